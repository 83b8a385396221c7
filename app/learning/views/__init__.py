"""Pages of learning; importing a module here puts its routes on the blueprint."""

from app.learning.views import certificates, checks, courses, items, notes, reference, review
from app.learning.views.blueprint import pages

__all__ = ["certificates", "checks", "courses", "items", "notes", "pages", "reference", "review"]
