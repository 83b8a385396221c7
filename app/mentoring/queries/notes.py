"""Notes and follow-ups of sessions: a shared note for the two, a private one for its author, each through what I may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.models import FollowUp, Meeting, MeetingNote, Pairing
from app.ui.filters import day
from app.ui.markdown import note_html


@dataclass(frozen=True)
class Note:
    """A note as I read it: its readers in words, its text and that text as HTML."""

    kind: str
    is_mine: bool
    readers: str
    text: str
    html: Markup
    version: int


@dataclass(frozen=True)
class FollowUpLine:
    """Something one of the two said they would do."""

    id: int
    text: str
    owner: str
    due: date | None
    is_done: bool

    @property
    def words(self) -> str:
        """'You: score the top five risks, until 26 November 2026'."""
        return f"{self.owner}: {self.text}" + (f", until {day(self.due)}" if self.due else "")


class Both(Protocol):
    """What is needed of the two to name who does something."""

    @property
    def pairing(self) -> Pairing: ...
    @property
    def first(self) -> str: ...


def notes_of(session: Session, me: Me, meeting_ids: Sequence[int], partner: str) -> dict[int, tuple[Note, ...]]:
    """The notes I may read by session, mine first. One statement."""
    found: dict[int, tuple[Note, ...]] = {}
    rows = session.scalars(
        visible(me, MeetingNote)
        .where(MeetingNote.meeting_id.in_(meeting_ids))
        .order_by(MeetingNote.meeting_id, MeetingNote.author_id != me.person_id, MeetingNote.kind.desc(), MeetingNote.id)
    )
    for row in rows:
        mine = row.author_id == me.person_id
        readers = "Private: only you read this" if row.kind == "private" else f"Shared by {'you' if mine else partner}: you and {partner} read this"
        note = Note(row.kind, mine, readers, row.text, note_html(row.text), row.version)
        found[row.meeting_id] = (*found.get(row.meeting_id, ()), note)
    return found


def follow_ups_of(session: Session, me: Me, both: Both, meeting_ids: Sequence[int]) -> dict[int, tuple[FollowUpLine, ...]]:
    """Follow-ups by session in the order they were written. One statement."""
    found: dict[int, tuple[FollowUpLine, ...]] = {}
    rows = session.scalars(visible(me, FollowUp).where(FollowUp.meeting_id.in_(meeting_ids)).order_by(FollowUp.id))
    for row in rows:
        line = FollowUpLine(row.id, row.text, "You" if row.owner_id == me.person_id else both.first, row.due_on, row.done_at is not None)
        found[row.meeting_id] = (*found.get(row.meeting_id, ()), line)
    return found


HEADER = ("Date", "State", "Time", "Minutes", "Place", "Topic", "Competences", "My shared note", "Shared note of the other", "My private note", "Follow-ups")


def export_rows(session: Session, me: Me, both: Both, named: dict[str, str]) -> list[tuple[str | int | None, ...]]:
    """My view of all sessions of a pairing, oldest first, under HEADER. Three statements."""
    meetings = session.scalars(visible(me, Meeting).where(Meeting.pairing_id == both.pairing.id).order_by(Meeting.held_on, Meeting.id)).all()
    ids = [meeting.id for meeting in meetings]
    notes, steps = notes_of(session, me, ids, both.first), follow_ups_of(session, me, both, ids)
    rows: list[tuple[str | int | None, ...]] = []
    for meeting in meetings:
        own = {(note.kind, note.is_mine): note.text for note in notes.get(meeting.id, ())}
        rows.append((
            meeting.held_on.isoformat(), meeting.state, meeting.starts_at, meeting.minutes, meeting.place, meeting.topic,
            ", ".join(named.get(c, c) for c in meeting.competences or ()),
            own.get(("shared", True), ""), own.get(("shared", False), ""), own.get(("private", True), ""),
            "; ".join(f"{'done' if step.is_done else 'open'}: {step.words}" for step in steps.get(meeting.id, ())),
        ))
    return rows
