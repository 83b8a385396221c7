"""The pages of administration."""

from app.admin.views import people, roster, site
from app.admin.views.blueprint import pages

__all__ = ["pages", "people", "roster", "site"]
