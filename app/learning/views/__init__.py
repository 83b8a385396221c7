"""Pages of learning; importing a module here puts its routes on the blueprint."""

from app.learning.views import certificates, checks, courses, exercises, items, reference
from app.learning.views.blueprint import pages

__all__ = ["certificates", "checks", "courses", "exercises", "items", "pages", "reference"]
