"""The pages on which somebody answers: before the first question, one dimension at a time, and the last look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.errors import Forbidden, NotVisible, OutOfOrder
from app.maturity.queries.cards import Card, Kept, card, most_questions, spared
from app.maturity.queries.last_time import LastTime, last_answers
from app.maturity.queries.place import Place, place
from app.maturity.queries.promises import NO_EVIDENCE, comment_readers, promises
from app.models import Attachment, Invitation, RecordedAnswer
from app.records.attachments import attached
from assessments.answers import problem_with
from assessments.questionnaire import Dimension, Item, Questionnaire

MINUTES_AN_ITEM = 0.45
GONE = "You have submitted. In an anonymous round nobody can see or change the answers from then on, you included."


def my_place(session: Session, me: Me, slug: str, number: int) -> tuple[Place, Invitation]:
    """A round I am invited to. Everybody else finds no page here, PMO leads included. OutOfOrder before it opens."""
    here = place(session, me, slug, number)
    if here.mine is None:
        raise NotVisible
    if here.round.state in ("draft", "cancelled"):
        words = {"draft": "This round has not opened yet.", "cancelled": "This round was cancelled; nothing needs to be answered."}
        raise OutOfOrder(words[here.round.state])
    return here, here.mine


def kept_answers(session: Session, invitation_id: int) -> dict[str, Kept]:
    """Everything somebody stored, by item; one statement."""
    return {row[0]: Kept(*row[1:]) for row in db.rows(session, _KEPT, invitation=invitation_id)}


_KEPT = db.Frequent(
    select(
        RecordedAnswer.item_id, RecordedAnswer.value, RecordedAnswer.reason, RecordedAnswer.unit, RecordedAnswer.comment, RecordedAnswer.counter,
        RecordedAnswer.saved_at,
    ).where(RecordedAnswer.invitation_id == bindparam("invitation"))
)


@dataclass(frozen=True)
class Stop:
    """A dimension on the way through the questions."""

    number: int
    title: str
    href: str
    answered: int
    total: int
    is_here: bool

    @property
    def is_done(self) -> bool:
        """Every item has an answer."""
        return self.answered == self.total


def stops(here: Place, model: Questionnaire, kept: Mapping[str, Kept], at: str = "") -> tuple[Stop, ...]:
    """The dimensions in order, with how many items of each have an answer."""
    return tuple(
        Stop(
            number, d.title, f"{here.here}answer/{d.id}/", sum(i.id in kept and kept[i.id].value != "" for i in d.all_items()),
            len(list(d.all_items())), d.id == at,
        )
        for number, d in enumerate(model.dimensions, 1)
    )


@dataclass(frozen=True)
class WelcomePage:
    """What somebody should know before the first question."""

    place: Place
    promises: tuple[str, ...]
    comment_readers: str
    rule: str
    total: int
    answered: int
    minutes: int
    dimensions: int
    state: str
    can_write: bool
    onward: str
    questions: int


def welcome_page(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> WelcomePage:
    """The page before the first question; three statements."""
    here, mine = my_place(session, me, slug, number)
    model = here.model()
    way = stops(here, model, kept_answers(session, mine.id))
    left = sum(stop.total - stop.answered for stop in way)
    return WelcomePage(
        here, promises(here.round, here.team, here.joint), comment_readers(here.round, here.team), model.answering_rule, len(model.items),
        len(model.items) - left, minutes(left), len(way), mine.state, can_write(here, mine, now), onward(here, way),
        most_questions(model) if here.round.by_level else 0,
    )


def minutes(left: int) -> int:
    """About how long the rest takes, at 27 seconds a statement: 45 -> 20."""
    return max(1, round(left * MINUTES_AN_ITEM))


def onward(here: Place, way: tuple[Stop, ...]) -> str:
    """Where to go on: the first dimension with something left, else the last look."""
    return next((stop.href for stop in way if not stop.is_done), f"{here.here}check/")


def can_write(here: Place, mine: Invitation, now: datetime) -> bool:
    """Whether my answers can still be changed."""
    return here.round.state == "open" and mine.state != "submitted" and not here.is_late(now) and not here.round.is_workshop


@dataclass(frozen=True)
class AnswerPage:
    """One dimension to answer."""

    place: Place
    dimension: Dimension
    items: tuple[Item, ...]
    position: int
    way: tuple[Stop, ...]
    rule: str
    cards: tuple[Card, ...]
    answered: int
    total: int
    left_here: int
    minutes: int
    saved_at: datetime | None
    readers: str
    promises: tuple[str, ...]
    can_write: bool
    state: str
    back: str
    is_last: bool
    address: str
    last: Mapping[str, LastTime]
    spared: int
    questions: int
    no_evidence: str = NO_EVIDENCE


def answer_page(session: Session, me: Me, *, slug: str, number: int, dimension: str, now: datetime) -> AnswerPage:
    """The page of one dimension; at most five statements. What I answered the last time stands beside it in named rounds alone."""
    here, mine = my_place(session, me, slug, number)
    if here.is_anonymous and mine.state == "submitted":
        raise Forbidden(GONE)
    model = here.model()
    asked = dimension_here(model, dimension)
    kept = kept_answers(session, mine.id)
    way = stops(here, model, kept, dimension)
    position = next(stop.number for stop in way if stop.is_here)
    at = way[position - 1]
    left = sum(stop.total - stop.answered for stop in way)
    items = tuple(asked.all_items())
    hung = () if here.is_anonymous else attached(session, me, Attachment.invitation_id, [mine.id])
    last = told_last_time(session, me, here, model)
    by_level = here.round.by_level
    return AnswerPage(
        place=here, dimension=asked, items=items, position=position, way=way, rule=model.answering_rule,
        cards=tuple(
            card(model, item, kept.get(item.id), by_level=by_level, last=last.get(item.id), attached=tuple(a for a in hung if a.item == item.id))
            for item in items
        ),
        answered=len(model.items) - left, total=len(model.items), left_here=at.total - at.answered, minutes=minutes(left),
        saved_at=max((kept[i.id].saved_at for i in items if i.id in kept), default=None),
        readers=comment_readers(here.round, here.team), promises=promises(here.round, here.team, here.joint), can_write=can_write(here, mine, now),
        state=mine.state, back=way[position - 2].href if position > 1 else f"{here.here}answer/", is_last=position == len(way),
        address=at.href, last=last, spared=spared(model, kept) if by_level else 0, questions=most_questions(model) if by_level else 0,
    )


def told_last_time(session: Session, me: Me, here: Place, model: Questionnaire) -> dict[str, LastTime]:
    """What I said the last time, by item: in named rounds alone, and for nobody who was asked by link."""
    return {} if here.is_anonymous or me.guest_of else last_answers(session, me, here, model)


def dimension_here(model: Questionnaire, dimension: str) -> Dimension:
    """The dimension of an address, or NotVisible."""
    found = next((d for d in model.dimensions if d.id == dimension), None)
    if found is None:
        raise NotVisible
    return found


def next_href(here: Place, model: Questionnaire, dimension: str) -> str:
    """The page after this dimension: the next one, or the last look."""
    ids = [d.id for d in model.dimensions]
    at = ids.index(dimension) + 1
    return f"{here.here}answer/{ids[at]}/" if at < len(ids) else f"{here.here}check/"


@dataclass(frozen=True)
class Missing:
    """What is left in one dimension: (item, title, address, what to do)."""

    stop: Stop
    items: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class CheckPage:
    """The last look before submitting, and the confirmation after."""

    place: Place
    state: str
    submitted_at: datetime | None
    way: tuple[Stop, ...]
    missing: tuple[Missing, ...]
    left: int
    answered: int
    total: int
    dont_know: int
    not_applicable: int
    promises: tuple[str, ...]
    can_write: bool
    can_withdraw: bool
    spared: int
    questions: int


def check_page(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> CheckPage:
    """What is missing, by dimension; three statements."""
    here, mine = my_place(session, me, slug, number)
    model = here.model()
    kept = kept_answers(session, mine.id)
    is_gone = here.is_anonymous and mine.state == "submitted"
    way = () if is_gone else stops(here, model, kept)
    missing = tuple(
        Missing(stop, found) for stop, d in zip(way, model.dimensions, strict=not is_gone) if (found := _left_in(stop, d, kept))
    )
    values = [kept[item.id].value for item in model.items if item.id in kept]
    is_live = here.round.state == "open" and not here.is_late(now)
    return CheckPage(
        here, mine.state, mine.submitted_at, way, missing, sum(len(m.items) for m in missing), sum(s.answered for s in way),
        len(model.items), values.count("DK"), values.count("NA"), promises(here.round, here.team, here.joint), can_write(here, mine, now),
        is_live and mine.state == "submitted" and not is_gone and not here.round.is_workshop,
        spared(model, kept) if here.round.by_level else 0, most_questions(model) if here.round.by_level else 0,
    )


def _left_in(stop: Stop, dimension: Dimension, kept: Mapping[str, Kept]) -> tuple[tuple[str, str, str, str], ...]:
    found = []
    for item in dimension.all_items():
        answer = kept[item.id].as_answer() if item.id in kept else None
        problem = "No answer yet" if answer is None else problem_with(item, answer)
        if problem:
            found.append((item.id, item.title, f"{stop.href}#{item.id}", problem.removeprefix(f"{item.id}: ")))
    return tuple(found)
