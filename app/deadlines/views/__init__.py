"""Pages about what is due; importing a module here puts its routes on the blueprint."""

from app.deadlines.views import calendar, reminders
from app.deadlines.views.blueprint import pages

__all__ = ["calendar", "pages", "reminders"]
