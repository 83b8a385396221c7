"""Sessions of a pairing: log one, plan one, move it, and my notes on it."""

from __future__ import annotations

from typing import Any

from app.access import me, policy
from app.db import reading, writing
from app.mentoring.actions import notes, sessions
from app.mentoring.forms import FactsForm, LogForm, PlanForm, PrivateNoteForm, SharedNoteForm
from app.mentoring.queries.pairing import pairing_page
from app.mentoring.queries.parts import SessionPage, plan_page, session_page
from app.mentoring.views.blueprint import my_day, pages
from app.mentoring.views.pairings import pairing_answer
from app.ui.forms import Form, PlainForm, go, render

AT = "/pairings/<id:pairing_id>"
ONE = f"{AT}/sessions/<id:meeting_id>"


def written(form: LogForm) -> dict[str, Any]:
    """What was logged, as the action takes it."""
    return {
        "held_on": form.held_on.data, "minutes": form.minutes.data, "competences": form.talked_about,
        "shared": form.shared.data, "private": form.private.data, "next_steps": form.next_steps,
    }


def planned(form: PlanForm) -> dict[str, Any]:
    """What was planned, as the action takes it."""
    return {
        "held_on": form.held_on.data, "starts_at": form.starts_at.data, "minutes": form.minutes.data,
        "place": form.place.data, "topic": form.topic.data,
    }


@pages.post(f"{AT}/sessions")
@policy("signed in")
def log(pairing_id: int) -> Any:
    page = pairing_page(reading(), me(), pairing_id, my_day())
    form = LogForm(my_day(), page.first, page.goal_choices)
    if form.accepted(lambda: sessions.log_session(writing(), me(), pairing_id, **written(form))):
        return go(page.href)
    return pairing_answer(page, form)


@pages.get(f"{AT}/plan")
@policy("signed in")
def plan(pairing_id: int) -> Any:
    page = plan_page(reading(), me(), pairing_id)
    return render("mentoring/plan.html", PlanForm(held_on=my_day(), minutes=45), page=page)


@pages.post(f"{AT}/plan")
@policy("signed in")
def take_plan(pairing_id: int) -> Any:
    form = PlanForm()
    if form.accepted(lambda: sessions.plan_session(writing(), me(), pairing_id, **planned(form))):
        return go(f"/mentoring/pairings/{pairing_id}/")
    return render("mentoring/plan.html", form, page=plan_page(reading(), me(), pairing_id))


@pages.get(f"{ONE}/")
@policy("signed in")
def one(pairing_id: int, meeting_id: int) -> Any:
    return session_answer(session_page(reading(), me(), pairing_id, meeting_id, my_day()))


def session_answer(page: SessionPage, sent: Form | None = None) -> Any:
    """The page of a session with its forms; *sent* is the one that was not accepted."""
    def shown(kind: type[Form], **stored: Any) -> Form:
        return sent if isinstance(sent, kind) else kind(formdata=None, **stored)

    return render(
        "mentoring/session.html" if page.is_held else "mentoring/planned.html", sent, page=page, plain=PlainForm(),
        moving=shown(PlanForm, held_on=page.held_on, starts_at=page.starts_at, minutes=page.minutes, place=page.place, topic=page.topic, version=page.version),
        shared=shown(SharedNoteForm, shared=page.shared and page.shared.text, shared_version=page.shared and page.shared.version),
        private=shown(PrivateNoteForm, private=page.private and page.private.text, private_version=page.private and page.private.version),
        facts=shown(FactsForm, held_on=page.held_on, minutes=page.minutes, version=page.version),
    )


@pages.post(f"{ONE}/move")
@policy("signed in")
def move(pairing_id: int, meeting_id: int) -> Any:
    form = PlanForm()
    if form.accepted(lambda: sessions.move_session(writing(), me(), pairing_id, meeting_id, **planned(form), version=form.version.data)):
        return go(f"/mentoring/pairings/{pairing_id}/")
    return session_answer(session_page(reading(), me(), pairing_id, meeting_id, my_day()), form)


@pages.post(f"{ONE}/cancel")
@policy("signed in")
def cancel(pairing_id: int, meeting_id: int) -> Any:
    sessions.cancel_session(writing(), me(), pairing_id, meeting_id)
    return go(f"/mentoring/pairings/{pairing_id}/")


@pages.get(f"{ONE}/held")
@policy("signed in")
def ask_held(pairing_id: int, meeting_id: int) -> Any:
    page = session_page(reading(), me(), pairing_id, meeting_id, my_day())
    form = LogForm(my_day(), page.first, page.goal_choices, page.minutes, min(page.held_on, my_day()))
    return render("mentoring/held.html", form, page=page)


@pages.post(f"{ONE}/held")
@policy("signed in")
def held(pairing_id: int, meeting_id: int) -> Any:
    page = session_page(reading(), me(), pairing_id, meeting_id, my_day())
    form = LogForm(my_day(), page.first, page.goal_choices)
    if form.accepted(lambda: sessions.log_session(writing(), me(), pairing_id, planned_id=meeting_id, **written(form))):
        return go(page.pairing_href)
    return render("mentoring/held.html", form, page=page)


@pages.post(f"{ONE}/correct")
@policy("signed in")
def correct(pairing_id: int, meeting_id: int) -> Any:
    form = FactsForm()
    if form.accepted(
        lambda: sessions.correct_session(
            writing(), me(), pairing_id, meeting_id, held_on=form.held_on.data, minutes=form.minutes.data, version=form.version.data
        )
    ):
        return go(f"/mentoring/pairings/{pairing_id}/sessions/{meeting_id}/")
    return session_answer(session_page(reading(), me(), pairing_id, meeting_id, my_day()), form)


@pages.post(f"{ONE}/shared-note")
@policy("signed in")
def shared_note(pairing_id: int, meeting_id: int) -> Any:
    form = SharedNoteForm()
    if form.accepted(
        lambda: notes.write_shared(writing(), me(), pairing_id, meeting_id, text=form.shared.data, version=form.shared_version.data)
    ):
        return go(f"/mentoring/pairings/{pairing_id}/sessions/{meeting_id}/")
    return session_answer(session_page(reading(), me(), pairing_id, meeting_id, my_day()), form)


@pages.post(f"{ONE}/private-note")
@policy("signed in")
def private_note(pairing_id: int, meeting_id: int) -> Any:
    form = PrivateNoteForm()
    if form.accepted(
        lambda: notes.write_private(writing(), me(), pairing_id, meeting_id, text=form.private.data, version=form.private_version.data)
    ):
        return go(f"/mentoring/pairings/{pairing_id}/sessions/{meeting_id}/")
    return session_answer(session_page(reading(), me(), pairing_id, meeting_id, my_day()), form)


@pages.post(f"{ONE}/share")
@policy("signed in")
def share(pairing_id: int, meeting_id: int) -> Any:
    notes.share_private(writing(), me(), pairing_id, meeting_id)
    return go(f"/mentoring/pairings/{pairing_id}/sessions/{meeting_id}/")


@pages.post(f"{ONE}/delete-private")
@policy("signed in")
def delete_private(pairing_id: int, meeting_id: int) -> Any:
    notes.delete_private(writing(), me(), pairing_id, meeting_id)
    return go(f"/mentoring/pairings/{pairing_id}/sessions/{meeting_id}/")
