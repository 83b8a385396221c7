"""Pages of rounds, answering and results; importing a module here puts its routes on the blueprint."""

from app.maturity.views import actions_of_plan, answering, changes, joint, plan_import, results, roadmap, rounds
from app.maturity.views.pages import pages

__all__ = ["actions_of_plan", "answering", "changes", "joint", "pages", "plan_import", "results", "roadmap", "rounds"]
