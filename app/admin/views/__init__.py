"""The pages of administration."""

from app.admin.views import content, mail, people, programmes, roster, site
from app.admin.views.blueprint import pages

__all__ = ["content", "mail", "pages", "people", "programmes", "roster", "site"]
