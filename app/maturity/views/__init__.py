"""Pages of rounds, answering and results; importing a module here puts its routes on the blueprint."""

from app.maturity.views import (
    actions_of_plan,
    answering,
    changes,
    evidence,
    joint,
    packs,
    plan_import,
    results,
    roadmap,
    rounds,
    tracker,
    workshop,
)
from app.maturity.views.pages import pages

__all__ = [
    "actions_of_plan", "answering", "changes", "evidence", "joint", "packs", "pages", "plan_import", "results", "roadmap", "rounds", "tracker",
    "workshop",
]
