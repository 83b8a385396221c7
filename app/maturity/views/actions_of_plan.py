"""The page of one action, and every button on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.maturity.actions import actions_of_plan as actions
from app.maturity.actions import attachments
from app.maturity.forms.actions_of_plan import (
    READERS,
    AssignForm,
    BlockForm,
    DropForm,
    EvidenceForm,
    NoteForm,
    ReopenForm,
    StepForm,
    StepsForm,
)
from app.maturity.queries import actions_of_plan as queries
from app.maturity.views.roadmap_pages import pages
from app.maturity.views.tracker import tracker_server
from app.security import with_files
from app.ui.forms import Form, PlainForm, go, render
from app.ui.uploading import AttachForm, store

HERE = "/actions/<action_id>"


@pages.get(f"{HERE}/")
@policy("signed in")
def action(slug: str, action_id: str) -> Any:
    return shown(slug, action_id)


def action_page(slug: str, action_id: str) -> queries.ActionPage:
    return queries.action_page(
        reading(), me(), slug=slug, action_id=action_id, today=clock.today(me().time_zone), wanted=request.args.get("page", ""),
        tracker=tracker_server(),
    )


def shown(slug: str, action_id: str, posted: Form | None = None) -> Any:
    """The page with its forms filled from what is stored; the one that was sent and refused keeps what was typed."""
    page = action_page(slug, action_id)
    row = page.action
    forms: dict[str, Form] = {
        "steps": StepsForm(None, data={"steps": [str(step) for step in row.steps_done]}), "evidence": EvidenceForm(None, data={"evidence": row.evidence, "actual_days": row.actual_days}),
        "block": BlockForm(None), "drop": DropForm(None), "reopen": ReopenForm(None), "note": NoteForm(None), "attach": AttachForm(None, readers=READERS),
        "assign": offered(AssignForm(None, data={"owner": str(row.owner_id or ""), "due_on": row.due_on}), page),
    }
    version = row.version
    if posted is not None:
        forms[next(name for name, form in forms.items() if type(form) is type(posted))] = posted
        version = posted.version.data if isinstance(posted, StepForm) else version
    return render("maturity/action.html", posted, page=page, forms=forms, version=version, plain=PlainForm())


def offered(form: AssignForm, page: queries.ActionPage) -> AssignForm:
    form.owner.choices = page.members
    return form


def carried_out(slug: str, action_id: str, form: Form, act: Callable[[], object]) -> Any:
    """Do it and show the action again, or show the form with what is wrong."""
    return go(actions.address(slug, action_id)) if form.accepted(act) else shown(slug, action_id, form)


@pages.post(f"{HERE}/<any('start', 'resume', 'put-back', 'take-up'):name>")
@policy("signed in")
def move(slug: str, action_id: str, name: str) -> Any:
    form = StepForm()
    actions.move(writing(), me(), slug=slug, action_id=action_id, name=name, version=form.version.data, now=clock.now())
    return go(actions.address(slug, action_id))


@pages.post(f"{HERE}/block")
@policy("signed in")
def block(slug: str, action_id: str) -> Any:
    form = BlockForm()
    return moved_for_a_reason(slug, action_id, "block", form, lambda: form.blocked_because.data)


@pages.post(f"{HERE}/drop")
@policy("signed in")
def drop(slug: str, action_id: str) -> Any:
    form = DropForm()
    return moved_for_a_reason(slug, action_id, "drop", form, lambda: form.dropped_because.data)


@pages.post(f"{HERE}/reopen")
@policy("signed in")
def reopen(slug: str, action_id: str) -> Any:
    form = ReopenForm()
    return moved_for_a_reason(slug, action_id, "reopen", form, lambda: form.reopened_because.data)


def moved_for_a_reason(slug: str, action_id: str, name: str, form: StepForm, reason: Callable[[], str]) -> Any:
    return carried_out(slug, action_id, form, lambda: actions.move(
        writing(), me(), slug=slug, action_id=action_id, name=name, version=form.version.data, now=clock.now(), reason=reason()
    ))


@pages.post(f"{HERE}/finish")
@policy("signed in")
def finish(slug: str, action_id: str) -> Any:
    form = EvidenceForm()
    return carried_out(slug, action_id, form, lambda: actions.move(
        writing(), me(), slug=slug, action_id=action_id, name="finish", version=form.version.data, now=clock.now(), evidence=form.evidence.data,
        actual_days=form.actual_days.data,
    ))


@pages.post(f"{HERE}/evidence")
@policy("signed in")
def evidence(slug: str, action_id: str) -> Any:
    form = EvidenceForm()
    return carried_out(slug, action_id, form, lambda: actions.save_evidence(
        writing(), me(), slug=slug, action_id=action_id, version=form.version.data, evidence=form.evidence.data, actual_days=form.actual_days.data
    ))


@pages.post(f"{HERE}/steps")
@policy("signed in")
def steps(slug: str, action_id: str) -> Any:
    form = StepsForm()
    form.steps.choices = [(str(step.number), step.text) for step in action_page(slug, action_id).steps]
    return carried_out(slug, action_id, form, lambda: actions.tick_steps(
        writing(), me(), slug=slug, action_id=action_id, version=form.version.data, steps=[int(step) for step in form.steps.data or ()]
    ))


@pages.post(f"{HERE}/assign")
@policy("signed in")
def assign(slug: str, action_id: str) -> Any:
    form = offered(AssignForm(), action_page(slug, action_id))
    return carried_out(slug, action_id, form, lambda: actions.assign(
        writing(), me(), slug=slug, action_id=action_id, version=form.version.data, owner_id=int(form.owner.data) if form.owner.data else None,
        due_on=form.due_on.data, reason=form.changed_because.data or "",
    ))


@pages.post(f"{HERE}/notes")
@policy("signed in")
def add_note(slug: str, action_id: str) -> Any:
    form = NoteForm()
    return carried_out(slug, action_id, form, lambda: actions.add_note(writing(), me(), slug=slug, action_id=action_id, text=form.note.data))


@pages.post(f"{HERE}/files")
@policy("signed in")
@with_files
def attach(slug: str, action_id: str) -> Any:
    form = AttachForm(readers=READERS)
    return carried_out(slug, action_id, form, lambda: attachments.add_to_action(
        writing(), me(), store(), slug=slug, action_id=action_id, offered=form.offered
    ))


@pages.post(f"{HERE}/files/<id:attachment_id>/remove")
@policy("signed in")
def detach(slug: str, action_id: str, attachment_id: int) -> Any:
    attachments.take_from_action(writing(), me(), store(), slug=slug, action_id=action_id, attachment_id=attachment_id)
    return go(actions.address(slug, action_id))
