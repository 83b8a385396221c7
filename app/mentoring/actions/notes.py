"""My notes on a session: a shared one for the two of us, a private one for me alone. Private may become shared, never the reverse."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access import Me, fetch, own_pairing
from app.errors import Differing, EditConflict, NotVisible, OutOfOrder, Refused
from app.mentoring.actions.pairings import inside, note_event
from app.models import Event, Meeting, MeetingNote, Pairing

MOST_WORDS = 4000


def write_shared(session: Session, me: Me, pairing_id: int, meeting_id: int, *, text: str, version: int | None) -> None:
    """Write or change my shared note while the pairing runs. Raises EditConflict when it changed since the page was opened."""
    pairing = inside(session, me, pairing_id)
    _write(session, me, _held(session, me, pairing_id, meeting_id), "shared", text, version)
    note_event(session, me, pairing, "wrote a shared note")


def write_private(session: Session, me: Me, pairing_id: int, meeting_id: int, *, text: str, version: int | None) -> None:
    """Write or change my private note. After the end one that exists may still be changed: it belongs to its author."""
    pairing: Pairing = fetch(session, me, Pairing, Pairing.id == pairing_id, own_pairing(me))
    meeting = _held(session, me, pairing_id, meeting_id)
    if pairing.state != "active" and _mine(session, me, meeting, "private") is None:
        inside(session, me, pairing_id)
    _write(session, me, meeting, "private", text, version)


def share_private(session: Session, me: Me, pairing_id: int, meeting_id: int) -> None:
    """Turn my private note into a shared one; where I have a shared one already, the words are added to it."""
    pairing = inside(session, me, pairing_id)
    meeting = _held(session, me, pairing_id, meeting_id)
    private = _mine(session, me, meeting, "private")
    if private is None:
        raise OutOfOrder("There is no private note of yours on this session any more.")
    shared = _mine(session, me, meeting, "shared")
    if shared is None:
        private.kind = "shared"
    else:
        text = f"{shared.text}\n\n{private.text}"
        if len(text) > MOST_WORDS:
            raise Refused(f"Both notes together have {len(text):,} characters; at most {MOST_WORDS:,} fit. Shorten one first.")
        shared.text = text
        session.delete(private)
    note_event(session, me, pairing, "wrote a shared note")


def delete_private(session: Session, me: Me, pairing_id: int, meeting_id: int) -> None:
    """Delete my private note, for good; also after the end."""
    meeting = _held(session, me, pairing_id, meeting_id)
    private = _mine(session, me, meeting, "private")
    if private is None:
        raise NotVisible
    session.delete(private)
    session.add(Event(person_id=me.person_id, what="deleted a private note", thing="session", thing_id=str(meeting.id)))


def _held(session: Session, me: Me, pairing_id: int, meeting_id: int) -> Meeting:
    meeting: Meeting = fetch(session, me, Meeting, Meeting.id == meeting_id, Meeting.pairing_id == pairing_id, lock=True)
    if meeting.state != "held":
        raise OutOfOrder("Notes are written once the session has taken place.")
    return meeting


def _mine(session: Session, me: Me, meeting: Meeting, kind: str) -> MeetingNote | None:
    own = (MeetingNote.meeting_id == meeting.id, MeetingNote.author_id == me.person_id, MeetingNote.kind == kind)
    try:
        found: MeetingNote = fetch(session, me, MeetingNote, *own, lock=True)
    except NotVisible:
        return None
    return found


def _write(session: Session, me: Me, meeting: Meeting, kind: str, text: str, version: int | None) -> None:
    note = _mine(session, me, meeting, kind)
    if note is None and version is None:
        session.add(MeetingNote(meeting_id=meeting.id, author_id=me.person_id, kind=kind, text=text))
        return
    if note is None or version != note.version:
        stored = note.text if note else ""
        raise EditConflict((Differing("Your note", text, stored),), f"/mentoring/pairings/{meeting.pairing_id}/sessions/{meeting.id}/")
    note.text = text
