"""Evidence behind an answer, for whoever gives it, and behind an agreed level, for whoever runs the round."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.maturity.actions import attachments as actions
from app.maturity.queries import evidence as queries
from app.maturity.views.pages import pages
from app.security import with_files
from app.ui.forms import PlainForm, go, render
from app.ui.uploading import AttachForm, store

ANSWER = "/rounds/<id:number>/answer/<dimension>/evidence/<item>/"
AGREED = "/rounds/<id:number>/agreed-levels/evidence/<item>/"


def shown(page: queries.EvidencePage, form: AttachForm) -> Any:
    form.file.readers = page.readers
    return render("maturity/evidence.html", form, page=page, plain=PlainForm())


@pages.get(ANSWER)
@policy("signed in")
def answer_evidence(slug: str, number: int, dimension: str, item: str) -> Any:
    page = queries.answer_evidence_page(reading(), me(), slug=slug, number=number, dimension=dimension, item=item, now=clock.now())
    return shown(page, AttachForm(None))


@pages.post(ANSWER)
@policy("signed in")
@with_files
def add_answer_evidence(slug: str, number: int, dimension: str, item: str) -> Any:
    form, now = AttachForm(), clock.now()
    page = queries.answer_evidence_page(reading(), me(), slug=slug, number=number, dimension=dimension, item=item, now=now)
    if form.accepted(lambda: actions.add_to_answer(
        writing(), me(), store(), slug=slug, number=number, dimension=dimension, item=item, offered=form.offered, now=now
    )):
        return go(page.address)
    return shown(page, form)


@pages.post(f"{ANSWER}<id:attachment_id>/remove")
@policy("signed in")
def remove_answer_evidence(slug: str, number: int, dimension: str, item: str, attachment_id: int) -> Any:
    actions.take_from_answer(
        writing(), me(), store(), slug=slug, number=number, dimension=dimension, item=item, attachment_id=attachment_id, now=clock.now()
    )
    return go(f"/teams/{slug}/rounds/{number}/answer/{dimension}/evidence/{item}/")


@pages.get(AGREED)
@policy("signed in")
def agreed_evidence(slug: str, number: int, item: str) -> Any:
    return shown(queries.agreed_evidence_page(reading(), me(), slug=slug, number=number, item=item), AttachForm(None))


@pages.post(AGREED)
@policy("signed in")
@with_files
def add_agreed_evidence(slug: str, number: int, item: str) -> Any:
    form = AttachForm()
    page = queries.agreed_evidence_page(reading(), me(), slug=slug, number=number, item=item)
    if form.accepted(lambda: actions.add_to_agreed(writing(), me(), store(), slug=slug, number=number, item=item, offered=form.offered)):
        return go(page.address)
    return shown(page, form)


@pages.post(f"{AGREED}<id:attachment_id>/remove")
@policy("signed in")
def remove_agreed_evidence(slug: str, number: int, item: str, attachment_id: int) -> Any:
    actions.take_from_agreed(writing(), me(), store(), slug=slug, number=number, item=item, attachment_id=attachment_id)
    return go(f"/teams/{slug}/rounds/{number}/agreed-levels/evidence/{item}/")
