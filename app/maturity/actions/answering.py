"""Answering: start, save a page, save one item as somebody goes, submit, withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access import Me
from app.db import built_once, leave_no_trace, scrub_after
from app.errors import Differing, EditConflict, Forbidden, NotVisible, OutOfOrder, Refused
from app.maturity.actions.steps import in_site_words, note
from app.maturity.given import LAST, Given, Posted, read_counter, read_posted
from app.maturity.queries.answering import (
    GONE,
    dimension_here,
    kept_answers,
    my_place,
    next_href,
    onward,
    stops,
    told_last_time,
)
from app.maturity.queries.cards import Kept, spared
from app.maturity.queries.place import Place
from app.maturity.queries.promises import VERSION
from app.maturity.queries.response import current_band, today_there
from app.models import AssessmentRound, Invitation, RecordedAnswer
from app.records.anonymous import hand_in
from assessments import rounds as rules
from assessments.answers import AnswerSheet, missing_items, sheet_problems

EVIDENCE = "evidence "
MARKS = {"NA": "not applicable", "DK": "don’t know"}
TOO_LATE = "The closing day has passed, so nothing more is taken. What you saved is kept as a draft; ask the lead of the team to extend the round."


@dataclass(frozen=True)
class Saved:
    """What an autosave has to say: the counter now stored, whether this save is the one that counts, how far I am.

    `still` is what an item asked level by level waits for; '' where its answer is stored."""

    counter: int
    is_kept: bool
    answered: int
    total: int
    left_here: int
    spared: int
    still: str


def start(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> str:
    """Begin to answer; the address of the first page with something left."""
    here, mine = my_step(session, me, slug, number, "save", now)
    begin(here, mine, now)
    session.flush()
    return onward(here, stops(here, here.model(), kept_answers(session, mine.id)))


def save_page(session: Session, me: Me, *, slug: str, number: int, dimension: str, given: Mapping[str, Given], press: str, now: datetime) -> str:
    """Store the answers of one page; the address to go to: this page, the next, the evidence of an item, or after *submit* the last look. EditConflict when another window has saved something newer."""
    here, mine = my_step(session, me, slug, number, "save", now)
    model = here.model()
    dimension_here(model, dimension)
    kept = kept_answers(session, mine.id)
    newer = [
        Differing(item_id, _told(answer), _told_kept(kept[item_id]))
        for item_id, answer in given.items()
        if answer.counter is not None and item_id in kept and answer.counter < kept[item_id].counter and _differs(answer, kept[item_id])
    ]
    if newer:
        raise EditConflict(tuple(newer), f"{here.here}answer/{dimension}/")
    for item_id, answer in given.items():
        before = kept.get(item_id)
        if before is None and not answer.value and not answer.comment:
            continue
        if before is None or _differs(answer, before):
            write_answer(session, mine.id, item_id, answer, before, max(before.counter if before else 0, answer.counter or 0) + 1, noted_at(here, now))
    begin(here, mine, now)
    session.flush()
    if press == "submit":
        _hand_in_if_complete(session, me, here, mine, now)
        return f"{here.here}check/"
    if press.startswith(EVIDENCE):
        return f"{here.here}answer/{dimension}/evidence/{press.removeprefix(EVIDENCE)}/"
    return next_href(here, model, dimension) if press == "next" else f"{here.here}answer/{dimension}/"


def record_answer(
    session: Session, me: Me, *, slug: str, number: int, dimension: str, posted: Mapping[str, Sequence[str]], now: datetime
) -> Saved:
    """Store one item as it changes. An older counter than the stored one changes nothing and is told so."""
    here, mine = my_step(session, me, slug, number, "save", now)
    model = here.model()
    asked = dimension_here(model, dimension)
    earlier = told_last_time(session, me, here, model) if any(name.endswith(f".{LAST}") for name in posted) else {}
    item_id, answer, counter = _single(read_posted(tuple(asked.all_items()), posted, here.round.by_level, earlier), posted)
    kept = kept_answers(session, mine.id)
    before = kept.get(item_id)
    stored = before.counter if before else 0
    wanted = stored + 1 if counter is None else counter
    is_kept = wanted >= stored
    if is_kept and (before or answer.value or answer.comment):
        write_answer(session, mine.id, item_id, answer, before, wanted, noted_at(here, now))
    begin(here, mine, now)
    session.flush()
    if is_kept and answer.value:
        kept[item_id] = Kept(answer.value, answer.reason, answer.unit, "", wanted, now)
    done = {key for key, value in kept.items() if value.value}
    return Saved(
        max(stored, wanted), is_kept, sum(item.id in done for item in model.items), len(model.items),
        sum(item.id not in done for item in asked.all_items()), spared(model, kept) if here.round.by_level else 0,
        _still(answer, before),
    )


def _still(answer: Given, before: Kept | None) -> str:
    """What is not stored yet, and what stands until then."""
    if not answer.left:
        return ""
    old = before.as_answer() if before else None
    until_then = f" Until then your earlier answer stays: {MARKS.get(old.code) or 'level ' + old.code}." if old else ""
    return f"Not finished. {answer.left}.{until_then}"


def submit(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> None:
    """Hand the sheet in: every item has an answer. Refused names what is left; OutOfOrder before starting or after submitting."""
    here, mine = my_step(session, me, slug, number, "save", now)
    if mine.state == "invited":
        raise OutOfOrder("You have not started yet. Answer the statements first.")
    sheet = _sheet(session, here, mine)
    model = here.model()
    with in_site_words():
        after = rules.move_sheet(here.as_rule(), _state(mine), "submit", invited=True, missing=missing_items(model, sheet))
    problems = sheet_problems(model, sheet, ready=True)
    if problems:
        raise Refused(" ".join(problems))
    _hand_in(session, me, here, mine, after, now)


def _single(read: Posted, posted: Mapping[str, Sequence[str]]) -> tuple[str, Given, int | None]:
    """The one answer of an autosave with its counter. Refused when it is not exactly one, or not offered."""
    if read.faults:
        raise Refused(read.faults[0][1])
    if len(read.given) != 1 or len(posted.get("counter", ())) > 1:
        raise Refused("Send one answer at a time")
    (item_id, answer), = read.given.items()
    try:
        return item_id, answer, read_counter(next(iter(posted.get("counter", ())), ""))
    except ValueError as no:
        raise Refused(str(no)) from None


def _sheet(session: Session, here: Place, mine: Invitation) -> AnswerSheet:
    model = here.model()
    kept = kept_answers(session, mine.id)
    return AnswerSheet(str(mine.person_id), {key: answer for key, value in kept.items() if model.has(key) and (answer := value.as_answer())})


def _hand_in_if_complete(session: Session, me: Me, here: Place, mine: Invitation, now: datetime) -> None:
    sheet, model = _sheet(session, here, mine), here.model()
    if not missing_items(model, sheet) and not sheet_problems(model, sheet, ready=True):
        _hand_in(session, me, here, mine, "submitted", now)


def _hand_in(session: Session, me: Me, here: Place, mine: Invitation, after: str, now: datetime) -> None:
    _hold_open(session, here)
    if here.is_anonymous:
        _hand_in_without_name(session, here, mine, after, now)
        return
    mine.state, mine.submitted_at = after, now
    session.add(note(me, "submitted a sheet", here.round))
    session.flush()


def _hand_in_without_name(session: Session, here: Place, mine: Invitation, after: str, now: datetime) -> None:
    """Write the sheet, set the state, delete the draft: no event, no time, nothing that leads from one to the other (R4)."""
    _keep_band(session, here, now)
    hand_in(session, here.model(), round_id=here.round.id, invitation_id=mine.id, group=mine.group)
    mine.state = after
    session.flush()
    scrub_after(session)


def _keep_band(session: Session, here: Place, now: datetime) -> None:
    """On the first sheet of a day, keep the band as it was before: it is what everybody sees until the day is over."""
    today = today_there(here, now)
    first = (AssessmentRound.id == here.round.id) & (AssessmentRound.response_on.is_(None) | (AssessmentRound.response_on != today))
    session.execute(
        update(AssessmentRound).where(first).values(response=current_band(session, here), response_on=today)
        .execution_options(synchronize_session=False)
    )


def withdraw(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> None:
    """Take the sheet back to change it, until the round closes (condition 16)."""
    seen, _ = my_place(session, me, slug, number)
    if seen.is_anonymous:
        raise Forbidden(GONE)
    here, mine = my_step(session, me, slug, number, "withdraw", now)
    _hold_open(session, here)
    mine.state, mine.submitted_at = "started", None
    session.add(note(me, "withdrew a sheet", here.round))
    session.flush()


_HELD = select(Invitation).where(Invitation.id == bindparam("invitation")).with_for_update().execution_options(populate_existing=True)


def my_step(session: Session, me: Me, slug: str, number: int, step: rules.SheetStep, now: datetime) -> tuple[Place, Invitation]:
    """My invitation, held until this request is settled, after the rules have allowed *step*."""
    here, seen = my_place(session, me, slug, number)
    if here.round.is_workshop:
        raise OutOfOrder("This round is held as a workshop. Votes are given there, item by item.")
    mine = session.scalars(_HELD, {"invitation": seen.id}).one_or_none()
    if mine is None:
        raise NotVisible
    with in_site_words():
        rules.move_sheet(here.as_rule(), _state(mine), step, invited=True)
    if here.is_late(now):
        raise OutOfOrder(TOO_LATE)
    if here.is_anonymous:
        leave_no_trace(session)
    return here, mine


def _hold_open(session: Session, here: Place) -> None:
    """Nobody closes the round before this request is settled; OutOfOrder when somebody just did."""
    state = session.scalar(
        select(AssessmentRound.state).where(AssessmentRound.id == here.round.id).with_for_update(read=not here.is_anonymous)
    )
    if state != "open":
        raise OutOfOrder("This round takes no more answers.")


def _state(mine: Invitation) -> rules.SheetState:
    state: rules.SheetState = mine.state  # type: ignore[assignment]
    return state


def noted_at(here: Place, now: datetime) -> datetime:
    """The moment kept with an answer. Of an anonymous round it is the day alone: how long somebody took for an item is kept nowhere."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) if here.is_anonymous else now


def begin(here: Place, mine: Invitation, now: datetime) -> None:
    """The first answer: what was promised is kept with it, in a named round the moment too."""
    if mine.state == "invited":
        mine.state, mine.accepted = "started", VERSION
        mine.started_at = None if here.is_anonymous else now


def _differs(answer: Given, kept: Kept) -> bool:
    """Whether storing *answer* would change what is kept; what the form left out changes nothing."""
    said = bool(answer.value) and (answer.value, answer.reason, answer.unit) != (kept.value, kept.reason, kept.unit)
    return said or (answer.comment is not None and answer.comment != kept.comment)


def write_answer(session: Session, invitation_id: int, item_id: str, answer: Given, before: Kept | None, counter: int, now: datetime) -> None:
    """Insert or replace one answer in one statement, so that two that arrive together never make two rows (P70, P73)."""
    was = before or Kept("", "", "", "", 0, now)
    values: dict[str, Any] = {
        "value": answer.value or was.value,
        "reason": answer.reason if answer.value else was.reason,
        "unit": answer.unit if answer.value else was.unit,
        "comment": was.comment if answer.comment is None else answer.comment,
        "counter": counter,
        "saved_at": now,
    }
    own = session.connection()
    own.execute(_upsert(own.dialect.name, tuple(values)), {"invitation_id": invitation_id, "item_id": item_id, "created_at": now, **values})


@built_once
def _upsert(dialect: str, changed: tuple[str, ...]) -> Executable:
    statement: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(RecordedAnswer)
    return statement.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=["invitation_id", "item_id"], set_={name: statement.excluded[name] for name in changed},
        where=RecordedAnswer.counter <= statement.excluded.counter,
    )


def _told(answer: Given) -> str:
    return ". ".join(part for part in (answer.value, answer.reason, answer.unit, answer.comment or "") if part)


def _told_kept(kept: Kept) -> str:
    return ". ".join(part for part in (kept.value, kept.reason, kept.unit, kept.comment) if part)
