"""The pages of administration."""

from app.admin.views import people, programmes, roster, site
from app.admin.views.blueprint import pages

__all__ = ["pages", "people", "programmes", "roster", "site"]
