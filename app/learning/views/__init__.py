"""Pages of learning; importing a module here puts its routes on the blueprint."""

from app.learning.views import badges, certificates, checks, course_check, courses, flow, items, reference
from app.learning.views.blueprint import pages

__all__ = ["badges", "certificates", "checks", "course_check", "courses", "flow", "items", "pages", "reference"]
