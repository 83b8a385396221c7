"""Pages of measures: definitions, the figures of a team, tables, earned value."""

from app.measures.views import definitions, team
from app.measures.views.blueprint import pages

__all__ = ["definitions", "pages", "team"]
