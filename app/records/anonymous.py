"""Sheets without names: the only module that writes, reads or deletes them.

What is written here is never joined to an invitation again. At the close every row gets a new random key in a random
order, so that neither keys nor the database's own order tell who came when."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from app.models import AnonymousComment, AnonymousSheet, Invitation, RecordedAnswer
from app.models.anonymous import random_key
from assessments.answers import Answer, AnswerSheet, Group
from assessments.questionnaire import Questionnaire

SHUFFLE = random.SystemRandom()
Row = dict[str, Any]
TABLES = (cast(Table, AnonymousSheet.__table__), cast(Table, AnonymousComment.__table__))


def hand_in(session: Session, model: Questionnaire, *, round_id: int, invitation_id: int, group: str) -> None:
    """Turn the draft of an invitation into a sheet and comments without a name, and delete the draft.

    Reasons and units of "not applicable" are left behind: no result needs them, and a unit could give somebody away."""
    draft = {
        row.item_id: row
        for row in session.execute(
            select(RecordedAnswer.item_id, RecordedAnswer.value, RecordedAnswer.comment).where(RecordedAnswer.invitation_id == invitation_id)
        )
    }
    answers = {item.id: draft[item.id].value for item in model.items if item.id in draft and draft[item.id].value}
    session.execute(insert(AnonymousSheet).values(id=random_key(), round_id=round_id, group=group, answers=answers))
    comments: list[Row] = [
        {"id": random_key(), "round_id": round_id, "item_id": item.id, "text": draft[item.id].comment, "shown_at": ""}
        for item in model.items if item.id in draft and draft[item.id].comment
    ]
    if comments:
        SHUFFLE.shuffle(comments)
        session.execute(insert(AnonymousComment), comments)
    session.execute(delete(RecordedAnswer).where(RecordedAnswer.invitation_id == invitation_id))


@dataclass(frozen=True)
class Written:
    """All rows of some rounds as they were read: `keys` says which, `sheets` and `comments` are the same rows in random order under new keys."""

    keys: frozenset[str]
    sheets: tuple[Row, ...]
    comments: tuple[Row, ...]

    def by_round(self, model: Questionnaire) -> dict[int, list[AnswerSheet]]:
        """The sheets by round, each named by its new key. Answers to items the model no longer has are left out."""
        found: dict[int, list[AnswerSheet]] = {}
        known = {item.id for item in model.items}
        read: dict[str, Answer | None] = {}  # a few codes stand for hundreds of thousands of answers
        for row in sorted(self.sheets, key=lambda row: row["id"]):
            read |= {code: Answer.from_code(code) for code in set(row["answers"].values()) - read.keys()}
            answers = {key: answer for key, code in row["answers"].items() if key in known and (answer := read[code])}
            group: Group = "office" if row["respondent_group"] == "office" else "users"
            found.setdefault(row["round_id"], []).append(AnswerSheet(row["id"], answers, group))
        return found

    def placed(self, places: Mapping[str, str | None]) -> tuple[Row, ...]:
        """The comments with the unit each stands at; those with no place are gone, because nobody will ever read them."""
        return tuple(row | {"shown_at": places[row["id"]]} for row in self.comments if places[row["id"]] is not None)


def written(session: Session, round_ids: Sequence[int]) -> Written:
    """Read all sheets and comments of these rounds, and give each a new key and a random place (R6); two statements."""
    keys: set[str] = set()
    found: list[tuple[Row, ...]] = []
    for table in TABLES:
        rows: list[Row] = [dict(row._mapping) for row in session.execute(select(table).where(table.c.round_id.in_(round_ids)))]
        keys |= {row["id"] for row in rows}
        SHUFFLE.shuffle(rows)
        found.append(tuple(row | {"id": random_key()} for row in rows))
    return Written(frozenset(keys), found[0], found[1])


def keys_of(session: Session, round_ids: Sequence[int]) -> frozenset[str]:
    """The keys of all sheets and comments of these rounds as they are now; two statements."""
    return frozenset(key for table in TABLES for key in session.scalars(select(table.c.id).where(table.c.round_id.in_(round_ids))))


def rewrite(session: Session, round_ids: Sequence[int], sheets: Sequence[Row], comments: Sequence[Row]) -> None:
    """Put these rows in the place of all sheets and comments of the rounds."""
    for table, rows in zip(TABLES, (sheets, comments), strict=True):
        session.execute(delete(table).where(table.c.round_id.in_(round_ids)))
        if rows:
            session.execute(insert(table), list(rows))


def erase_drafts(session: Session, round_ids: Sequence[int]) -> None:
    """Drafts that were not submitted go when the round ends: they are the last answers with a name."""
    asked = select(Invitation.id).where(Invitation.round_id.in_(round_ids))
    session.execute(delete(RecordedAnswer).where(RecordedAnswer.invitation_id.in_(asked)))


def erase_answers(session: Session, round_ids: Sequence[int]) -> None:
    """A cancelled round keeps no answers at all."""
    erase_drafts(session, round_ids)
    session.execute(delete(AnonymousSheet).where(AnonymousSheet.round_id.in_(round_ids)))
    session.execute(delete(AnonymousComment).where(AnonymousComment.round_id.in_(round_ids)))


def comments_at(session: Session, round_ids: Iterable[int], units: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The comments that stand at units, by unit and item, in the order shuffled at the publication; one statement."""
    found: dict[str, dict[str, list[str]]] = {}
    for unit, item_id, words in session.execute(
        select(AnonymousComment.shown_at, AnonymousComment.item_id, AnonymousComment.text)
        .where(AnonymousComment.round_id.in_(list(round_ids)), AnonymousComment.shown_at.in_(list(units))).order_by(AnonymousComment.id)
    ):
        found.setdefault(unit, {}).setdefault(item_id, []).append(words)
    return found


def standing_comments(session: Session, round_id: int, unit: str, lock: bool = False) -> list[tuple[str, str, str]]:
    """(key, item, words) of the comments of a round that stand at a unit, in the order shuffled at the publication; one statement."""
    found = (
        select(AnonymousComment.id, AnonymousComment.item_id, AnonymousComment.text)
        .where(AnonymousComment.round_id == round_id, AnonymousComment.shown_at == unit).order_by(AnonymousComment.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found.with_for_update() if lock else found)]


def replace_comment(session: Session, key: str, words: str) -> None:
    """Other words in the place of a comment; what stood there is gone."""
    session.execute(update(AnonymousComment).where(AnonymousComment.id == key).values(text=words))
