"""Pages of measures: definitions, the figures of a team, tables, earned value."""

from app.measures.views import definitions, earned_value, programme, team
from app.measures.views.blueprint import pages

__all__ = ["definitions", "earned_value", "pages", "programme", "team"]
