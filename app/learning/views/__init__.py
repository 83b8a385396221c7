"""Pages of learning; importing a module here puts its routes on the blueprint."""

from app.learning.views import assignments, certificates, checks, courses, items, reference
from app.learning.views.blueprint import pages

__all__ = ["assignments", "certificates", "checks", "courses", "items", "pages", "reference"]
