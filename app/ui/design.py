"""The pattern page: every part the pages are made of, drawn by the same macros the pages use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from app.access import policy
from app.ui import charts
from app.ui.fields import Choice, Day, Line, OneOf, Paragraphs, SeveralOf, Tick, Whole
from app.ui.forms import Form, PlainForm, render

pages = Blueprint("design", __name__)

COLOURS = (
    ("ground", "page"), ("surface", "panels"), ("sunken", "tracks, quiet fills"), ("line", "hairlines"),
    ("line-firm", "edges of controls"), ("ink-2", "quiet text"), ("ink", "text"), ("accent", "links, main button, now"),
    ("accent-soft", "chosen"), ("good", "good"), ("care", "take care"), ("bad", "wrong"),
)
LEVELS = ((1, "Ad hoc"), (2, "Repeatable"), (3, "Defined"), (4, "Managed"), (5, "Optimising"))


class SampleForm(Form):
    """One field of each kind."""

    title = Line("Name of the round", "a name", hint="People see it in their invitation.")
    days = Whole("Days a quarter", "the days a quarter", 0, 500, hint="Person-days your team can give to improvement.")
    closes = Day("Closing date", "a closing date")
    kind = Choice("Type of PMO", "a type", [("SUP", "Supportive PMO"), ("CTL", "Controlling PMO")])
    view = OneOf("Plan towards", "a target", [("full", "The full target"), ("first-year", "One level up, where we are below")])
    groups = SeveralOf("Who answers?", "groups", [("office", "PMO office"), ("users", "Users of the PMO")])
    note = Paragraphs("A note for yourself", "a note", needed=False, readers="Private: only you read this")
    agree = Tick("Participants see the result")


def drawn() -> dict[str, Any]:
    """The charts of the page, from the demo team Harbour City."""
    now = (1.8833, 1.64, 1.9333, 1.7083, 1.7667, 1.88, 1.36, 1.70)
    target = (3.0, 2.0, 3.0, 2.0, 4.0, 4.0, 2.0, 3.0)
    axes = ("GOV", "STR", "MTH", "DEL", "TAL", "STK", "VAL", "KNO")
    return {
        "radar": charts.radar(axes, [charts.Series("target", "Target", target), charts.Series("now", "Now", now)]),
        "bar": charts.bar(1.7667, 4, 1.45),
        "strip": charts.strip("TAL-5", {1: 3, 3: 2}, 1),
        "office": charts.between(3.47), "users": charts.between(2.16),
    }


@pages.get("/design/")
@policy("admin or demo")
def parts() -> Any:
    form = SampleForm(data={"title": "Round 3, autumn 2026", "view": "full", "groups": ["office"]})
    faulty = SampleForm(formdata=None, data={"title": "Round 3, autumn 2026"})
    faulty.days.errors = ["Enter the days a quarter as a whole number, for example 25"]
    return render("design.html", form, faulty=faulty, colours=COLOURS, levels=LEVELS, drawn=drawn(), plain=PlainForm())
