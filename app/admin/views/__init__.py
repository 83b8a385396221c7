"""The pages of administration."""

from app.admin.views import mail, people, programmes, roster, site
from app.admin.views.blueprint import pages

__all__ = ["mail", "pages", "people", "programmes", "roster", "site"]
