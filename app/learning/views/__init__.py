"""Pages of learning; importing a module here puts its routes on the blueprint."""

from app.learning.views import badges, certificates, checks, courses, items, reference
from app.learning.views.blueprint import pages

__all__ = ["badges", "certificates", "checks", "courses", "items", "pages", "reference"]
