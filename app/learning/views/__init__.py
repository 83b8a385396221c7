"""Pages of learning; importing a module here puts its routes on the blueprint."""

from app.learning.views import (
    assignments,
    badges,
    certificates,
    checks,
    course_check,
    courses,
    discussion,
    exercises,
    extra_time,
    flow,
    items,
    notes,
    reference,
    review,
)
from app.learning.views.blueprint import pages

__all__ = [
    "assignments", "badges", "certificates", "checks", "course_check", "courses", "discussion", "exercises", "extra_time", "flow", "items", "notes", "pages", "reference", "review",
]
