"""The pages of a workshop: the big screen of the facilitator, the phone of everybody in the room, and what both ask again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import Forbidden, NotVisible, OutOfOrder
from app.maturity.queries.answering import my_place
from app.maturity.queries.place import WHO_RUNS, Place, place
from app.maturity.queries.promises import promises
from app.models import AgreedLevel, Invitation, RecordedAnswer, RevealedItem, WorkshopPlace
from assessments.questionnaire import Item, Questionnaire
from assessments.workshop import Spread, neighbours, next_to_settle, spread

NOT_OPEN = "A workshop is held while its round is open."


@dataclass(frozen=True)
class Level:
    """One statement of an item on the screen; `votes` is None until they are revealed."""

    value: int
    name: str
    text: str
    votes: int | None


@dataclass(frozen=True)
class ScreenPage:
    """What the room sees. `item` is None before the workshop begins."""

    place: Place
    item: Item | None
    dimension: str
    position: int
    total: int
    settled: int
    levels: tuple[Level, ...]
    since: datetime | None
    voted: str
    votes: int
    invited: int
    spread: Spread | None
    before: str
    after: str
    begin_at: str
    agreed: AgreedLevel | None
    items: list[tuple[str, str]]
    stage: str


def screen_page(session: Session, me: Me, *, slug: str, number: int) -> ScreenPage:
    """The item the room is at; five statements. Forbidden for those who do not run the round, NotVisible when it is no workshop."""
    here = screen_place(session, me, slug, number)
    model = here.model()
    agreed = {row.item_id: row for row in session.scalars(select(AgreedLevel).where(AgreedLevel.round_id == here.round.id))}
    at, is_revealed = whereabouts(session, here)
    item = model.item(at.item_id) if at and model.has(at.item_id) else None
    codes = votes_on(session, here, item.id) if item else ([], 0)
    shown = spread(item, codes[0]) if item and is_revealed else None
    before, after = neighbours(model, item.id) if item else ("", "")
    return ScreenPage(
        place=here, item=item, dimension=model.dimension_of(item.id).title if item else "",
        position=[i.id for i in model.items].index(item.id) + 1 if item else 0, total=len(model.items),
        settled=sum(i.id in agreed for i in model.items), levels=_levels(model, item, shown) if item else (), since=at.since if at else None,
        voted=voted_words(len(codes[0]), codes[1]), votes=len(codes[0]), invited=codes[1], spread=shown, before=before, after=after,
        begin_at=next_to_settle(model, {key: row.level for key, row in agreed.items()}), agreed=agreed.get(item.id) if item else None,
        items=[(i.id, f"{i.id} {i.title}{': level ' + str(agreed[i.id].level) if i.id in agreed else ''}") for i in model.items],
        stage=stage(item.id if item else "", is_revealed),
    )


def screen_place(session: Session, me: Me, slug: str, number: int, lock: bool = False) -> Place:
    """An open workshop I run."""
    here = place(session, me, slug, number, lock=lock)
    if not here.runs_it:
        raise Forbidden(WHO_RUNS)
    _demand_workshop(here)
    return here


def _demand_workshop(here: Place) -> None:
    if not here.round.is_workshop:
        raise NotVisible
    if here.round.state != "open":
        raise OutOfOrder(NOT_OPEN)


def _levels(model: Questionnaire, item: Item, shown: Spread | None) -> tuple[Level, ...]:
    names = {step.value: step.name for step in model.levels}
    votes: Mapping[int, int] = dict(shown.counts) if shown else {}
    return tuple(
        Level(int(c.value), names.get(int(c.value), ""), c.text, votes.get(int(c.value), 0) if shown else None) for c in item.choices
    )


def whereabouts(session: Session, here: Place) -> tuple[WorkshopPlace | None, bool]:
    """Where the room is, and whether the votes on that item are revealed; one statement."""
    row = session.execute(
        select(WorkshopPlace, RevealedItem.at)
        .outerjoin(RevealedItem, (RevealedItem.round_id == WorkshopPlace.round_id) & (RevealedItem.item_id == WorkshopPlace.item_id))
        .where(WorkshopPlace.round_id == here.round.id)
    ).one_or_none()
    return (row[0], row[1] is not None) if row else (None, False)


def votes_on(session: Session, here: Place, item_id: str) -> tuple[list[str], int]:
    """(codes of the votes on an item, how many are invited); two statements."""
    codes = session.scalars(
        select(RecordedAnswer.value).join(Invitation, Invitation.id == RecordedAnswer.invitation_id)
        .where(Invitation.round_id == here.round.id, RecordedAnswer.item_id == item_id, RecordedAnswer.value != "").order_by(RecordedAnswer.value)
    ).all()
    return list(codes), session.scalar(select(func.count()).where(Invitation.round_id == here.round.id)) or 0


def voted_words(votes: int, invited: int) -> str:
    """'4 of 6 have voted'."""
    return f"{votes} of {invited} {'has' if votes == 1 else 'have'} voted"


def stage(item_id: str, is_revealed: bool) -> str:
    """What makes a page of the workshop old: another item, or its reveal."""
    return f"{item_id}:{'shown' if is_revealed else 'hidden'}"


@dataclass(frozen=True)
class State:
    """What an open page asks every few seconds."""

    stage: str
    progress: int
    says: str


def state_now(session: Session, me: Me, *, slug: str, number: int) -> State:
    """Where the room is and how many have voted, for those invited and those who run it; at most four statements."""
    here = place(session, me, slug, number)
    if not here.round.is_workshop or (here.mine is None and not here.runs_it):
        raise NotVisible
    at, is_revealed = whereabouts(session, here)
    is_over = here.round.state != "open"
    if at is None or is_over:
        return State("over" if is_over else stage("", False), 0, "")
    codes, invited = votes_on(session, here, at.item_id)
    return State(stage(at.item_id, is_revealed), len(codes), voted_words(len(codes), invited))


@dataclass(frozen=True)
class VotePage:
    """The item the room is at, on the phone of somebody who votes. `item` is None before it begins and after it ended."""

    place: Place
    item: Item | None
    position: int
    total: int
    choices: list[tuple[str, str]]
    given: str
    counter: int
    spread: Spread | None
    agreed: int | None
    can_vote: bool
    stage: str
    promises: tuple[str, ...] = ()


def vote_page(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> VotePage:
    """My vote on the item the room is at; at most five statements."""
    here, mine = my_place(session, me, slug, number)
    if not here.round.is_workshop:
        raise NotVisible
    model = here.model()
    at, is_revealed = whereabouts(session, here)
    is_open = here.round.state == "open"
    item = model.item(at.item_id) if at and is_open and model.has(at.item_id) else None
    if item is None:
        return VotePage(here, None, 0, len(model.items), [], "", 0, None, None, False, stage("", False) if is_open else "over", promises(here.round, here.team))
    row = session.execute(
        select(RecordedAnswer.value, RecordedAnswer.reason, RecordedAnswer.counter)
        .where(RecordedAnswer.invitation_id == mine.id, RecordedAnswer.item_id == item.id)
    ).one_or_none()
    agreed = session.scalar(select(AgreedLevel.level).where(AgreedLevel.round_id == here.round.id, AgreedLevel.item_id == item.id))
    given = "" if row is None else f"NA {row.reason}" if row.value == "NA" else row.value
    return VotePage(
        here, item, [i.id for i in model.items].index(item.id) + 1, len(model.items), vote_choices(model, item), given, row.counter if row else 0,
        spread(item, votes_on(session, here, item.id)[0]) if is_revealed else None, agreed, not is_revealed and not here.is_late(now),
        stage(item.id, is_revealed),
    )


def vote_choices(model: Questionnaire, item: Item) -> list[tuple[str, str]]:
    """(value, words) of what can be voted: the levels, don't know, and not applicable with each reason the item offers."""
    names = {step.value: step.name for step in model.levels}
    levels = [(str(c.value), f"{c.value} {names.get(int(c.value), '')}: {c.text}") for c in item.choices]
    reasons = [(f"NA {reason}", f"Not applicable: {model.not_applicable.get(reason, reason)}") for reason in item.not_applicable]
    return [*levels, ("DK", "Don’t know"), *reasons]
