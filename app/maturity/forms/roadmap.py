"""What a lead says before a plan is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from app.maturity.wishes import Offer, Wishes, read_wishes
from app.ui.fields import Day, Line, OneOf, Paragraphs, Whole
from app.ui.forms import Form

VIEWS = [
    ("full", "The target of each dimension, however far it is"),
    ("next", "One level up: in each dimension at most one level above the one it has reached"),
]
MOST_QUARTERS, MOST_DAYS, MOST_AT_A_TIME = 8, 500, 20


def quarter_days(number: int) -> Whole:
    """The field for the days of one quarter."""
    return Whole(f"Quarter {number}", f"the days of quarter {number}", 0, MOST_DAYS, needed=False)


class AdoptForm(Form):
    """Why a plan replaces the one in use."""

    adopted_because = Paragraphs("Why this plan?", "the reason", 500, needed=False, readers="Read by the team and the PMO lead")


class PlanForm(Form):
    """Time, people and aim of a plan. A quarter left empty has the usual days."""

    days = Whole("Days a quarter", "the days a quarter", 0, MOST_DAYS, hint="Person-days for improvement, all people together.")
    wip = Whole("Actions at a time", "the actions at a time", 0, MOST_AT_A_TIME, hint="At most this many actions in one quarter.")
    horizon = Whole("Quarters", "the number of quarters", 1, MOST_QUARTERS, hint="How far the plan looks ahead. Four is a year.")
    starts_on = Day("Starts on", "the start", hint="A Monday. Week 1 of the plan begins here.")
    target_view = OneOf("How far should it aim?", "how far it should aim", VIEWS)
    label = Line("Name of this plan", "a name", 60, needed=False, hint="To tell plans apart, for example: with one more analyst.")
    most_per_dimension = Whole("Actions of one dimension", "the actions of one dimension", 1, MOST_AT_A_TIME, needed=False, hint="At most this many in one quarter. Empty: no limit.")
    keep_points = Whole(
        "Points for staying", "the points for staying", 0, 1000, needed=False,
        hint="What it is worth when an action stays in the quarter it has in the plan in use. 0: plan afresh.",
    )
    quarter_1 = quarter_days(1)
    quarter_2 = quarter_days(2)
    quarter_3 = quarter_days(3)
    quarter_4 = quarter_days(4)
    quarter_5 = quarter_days(5)
    quarter_6 = quarter_days(6)
    quarter_7 = quarter_days(7)
    quarter_8 = quarter_days(8)

    def __init__(self, offer: Offer | None = None, standing: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(**more)
        posted = request.form.to_dict() if request.method == "POST" else standing or {}
        self.wishes = read_wishes(offer, posted) if offer else Wishes()

    def sent(self) -> bool:
        """Posted, and every wish is one the form offers."""
        return super().sent() and not self.wishes.faults

    @property
    def faults(self) -> list[tuple[str, str]]:
        """The summary on top: the fields first, then wish by wish."""
        return [*super().faults, *self.wishes.faults]

    @property
    def by_quarter(self) -> list[Whole]:
        """The fields for single quarters, in order."""
        return [self[f"quarter_{number}"] for number in range(1, MOST_QUARTERS + 1)]

    @property
    def some_differ(self) -> bool:
        """A single quarter was filled in, so its field has to be seen."""
        return any(f.data is not None or f.errors for f in self.by_quarter)
