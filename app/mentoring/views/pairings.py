"""A pairing: its page, goals, follow-ups, the lead's knowledge, the end, the export; and all pairings for PMO leads."""

from __future__ import annotations

from typing import Any

from app.access import me, policy
from app.content import library
from app.db import reading, writing
from app.mentoring.actions import pairings as actions
from app.mentoring.forms import EndForm, GoalForm, LogForm
from app.mentoring.queries import notes, parts
from app.mentoring.queries.pairing import PairingPage, pairing_page, together
from app.mentoring.queries.programme import programme_page
from app.mentoring.views.blueprint import my_day, pages
from app.mentoring.views.mentors import page_asked
from app.security import attachment
from app.ui.csv import csv_text
from app.ui.forms import PlainForm, go, render


@pages.get("/programme/")
@policy("pmo lead")
def programme() -> Any:
    return render("mentoring/programme.html", page=programme_page(reading(), me(), my_day(), page_asked()))


@pages.get("/pairings/<id:pairing_id>/")
@policy("signed in")
def pairing(pairing_id: int) -> Any:
    page = pairing_page(reading(), me(), pairing_id, my_day(), page_asked())
    return pairing_answer(page, LogForm(my_day(), page.first, page.goal_choices))


def pairing_answer(page: PairingPage, form: LogForm) -> Any:
    """The pairing with the form to log a session."""
    return render("mentoring/pairing.html", form, page=page, plain=PlainForm())


@pages.get("/pairings/<id:pairing_id>/export.csv")
@policy("signed in")
def export(pairing_id: int) -> Any:
    both = together(reading(), me(), pairing_id)
    names = {c.id: c.name for c in library().skills.competences.values()}
    rows = notes.export_rows(reading(), me(), both, names)
    return attachment(csv_text(notes.HEADER, rows), f"mentoring-sessions-{pairing_id}.csv", "text/csv")


@pages.post("/pairings/<id:pairing_id>/follow-ups/<id:follow_up_id>/done")
@policy("signed in")
def tick(pairing_id: int, follow_up_id: int) -> Any:
    actions.tick_follow_up(writing(), me(), pairing_id, follow_up_id, done=True)
    return go(f"/mentoring/pairings/{pairing_id}/")


@pages.post("/pairings/<id:pairing_id>/follow-ups/<id:follow_up_id>/open")
@policy("signed in")
def untick(pairing_id: int, follow_up_id: int) -> Any:
    actions.tick_follow_up(writing(), me(), pairing_id, follow_up_id, done=False)
    return go(f"/mentoring/pairings/{pairing_id}/")


@pages.get("/pairings/<id:pairing_id>/goals/<id:goal_id>/")
@policy("signed in")
def goal(pairing_id: int, goal_id: int) -> Any:
    page = parts.goal_page(reading(), me(), pairing_id, goal_id)
    return render("mentoring/goal.html", GoalForm(ended_on=my_day(), version=page.version), page=page)


@pages.post("/pairings/<id:pairing_id>/goals/<id:goal_id>/")
@policy("signed in")
def close_goal(pairing_id: int, goal_id: int) -> Any:
    form = GoalForm()
    if form.accepted(
        lambda: actions.close_goal(
            writing(), me(), pairing_id, goal_id, state=form.state.data, ended_on=form.ended_on.data, version=form.version.data
        )
    ):
        return go(f"/mentoring/pairings/{pairing_id}/")
    return render("mentoring/goal.html", form, page=parts.goal_page(reading(), me(), pairing_id, goal_id))


@pages.post("/pairings/<id:pairing_id>/tell-lead")
@policy("signed in")
def tell_lead(pairing_id: int) -> Any:
    actions.tell_lead(writing(), me(), pairing_id, shown=True)
    return go(f"/mentoring/pairings/{pairing_id}/")


@pages.post("/pairings/<id:pairing_id>/hide-from-lead")
@policy("signed in")
def hide_from_lead(pairing_id: int) -> Any:
    actions.tell_lead(writing(), me(), pairing_id, shown=False)
    return go(f"/mentoring/pairings/{pairing_id}/")


@pages.get("/pairings/<id:pairing_id>/end")
@policy("signed in")
def ask_end(pairing_id: int) -> Any:
    return render("mentoring/end.html", EndForm(), page=parts.end_page(reading(), me(), pairing_id))


@pages.post("/pairings/<id:pairing_id>/end")
@policy("signed in")
def end(pairing_id: int) -> Any:
    form = EndForm()
    after: list[str] = []
    if form.accepted(lambda: after.append(actions.end_pairing(writing(), me(), pairing_id, words=form.words.data))):
        return go(after[0])
    return render("mentoring/end.html", form, page=parts.end_page(reading(), me(), pairing_id))
