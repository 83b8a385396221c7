"""The pages of administration."""

from app.admin.views import mail, people, roster, site
from app.admin.views.blueprint import pages

__all__ = ["mail", "pages", "people", "roster", "site"]
