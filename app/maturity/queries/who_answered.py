"""Who answered what in a round whose answers carry names, and which sheets ask for a second look."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me, can
from app.errors import NotVisible, OutOfOrder
from app.maturity.queries.place import Place, place
from app.models import Invitation, Person, PublishedResult, RecordedAnswer
from app.records.results import model_of, recorded
from app.records.snapshot import SCORES, snapshot_in
from assessments.answers import Answer, AnswerSheet
from assessments.scoring import quality_flags


@dataclass(frozen=True)
class WhoAnsweredPage:
    """Item by person: (code, title, values in the order of the people). `odd` is who filled in the sheet in a way worth a second look, and why."""

    place: Place
    people: tuple[tuple[str, str], ...]
    odd: tuple[tuple[str, tuple[str, ...]], ...]
    dimensions: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...]


def who_answered_page(session: Session, me: Me, *, slug: str, number: int) -> WhoAnsweredPage:
    """Who answered what, for those the round named before the first question (condition 15); four statements."""
    here = place(session, me, slug, number)
    if not can(me, "see answers", here.round):
        raise NotVisible
    if here.round.state not in ("closed", "published"):
        raise OutOfOrder("Who answered what can be seen once the round is closed.")
    scores = session.scalar(select(SCORES).where(PublishedResult.round_id == here.round.id))
    figures = snapshot_in(scores) if scores else None
    rows = given_answers(session, here.round.id)
    people = {row[0]: (row[1], row[2]) for row in rows}
    values = {(row[0], row[4]): row[5] for row in rows}
    dimensions = tuple(
        (
            d.title,
            tuple(
                (item.id, item.title, tuple(values.get((who, item.id), "") for who in people)) for item in figures.items if item.dimension == d.id
            ),
        )
        for d in figures.dimensions
    ) if figures else ()
    return WhoAnsweredPage(here, tuple(people.values()), _odd(session, here, rows), dimensions)


def _odd(session: Session, here: Place, rows: list[tuple[int, str, str, str, str, str, str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, oddities) of the sheets that should be looked at before they are trusted (domain 3.3); one statement. Nothing is left out for it."""
    model = model_of(here.round)
    if model is None:
        return ()
    times = {} if here.round.is_workshop else {
        row[0]: (row[2] - row[1]).total_seconds()
        for row in session.execute(select(Invitation.id, Invitation.started_at, Invitation.submitted_at).where(Invitation.round_id == here.round.id))
        if row[1] and row[2]
    }
    sheets: dict[int, dict[str, Answer]] = {}
    names = {row[0]: row[1] for row in rows}
    for who, _, _, _, item, value, reason, unit in rows:
        answer = recorded(value, reason, unit)
        if answer is not None and model.has(item):
            sheets.setdefault(who, {})[item] = answer
    found = ((who, quality_flags(model, AnswerSheet(str(who), answers), times.get(who))) for who, answers in sheets.items())
    return tuple((names[who], tuple(flag.sentence for flag in flags)) for who, flags in found if flags)


def given_answers(session: Session, round_id: int) -> list[tuple[int, str, str, str, str, str, str, str]]:
    """(invitation, name, role, group, item, value, reason, unit) of all submitted sheets, by name; one statement."""
    rows = session.execute(
        select(
            Invitation.id, Person.name, Invitation.role, Invitation.group, RecordedAnswer.item_id, RecordedAnswer.value,
            RecordedAnswer.reason, RecordedAnswer.unit,
        )
        .join(Person, Person.id == Invitation.person_id)
        .join(RecordedAnswer, RecordedAnswer.invitation_id == Invitation.id)
        .where(Invitation.round_id == round_id, Invitation.state == "submitted", RecordedAnswer.value != "")
        .order_by(func.lower(Person.name), Invitation.id, RecordedAnswer.item_id)
    ).all()
    return [(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]) for row in rows]
