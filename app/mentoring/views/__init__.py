"""The pages of mentoring."""

from app.mentoring.views import mentors, pairings, sessions
from app.mentoring.views.blueprint import pages

__all__ = ["mentors", "pages", "pairings", "sessions"]
