"""The start of mentoring: who I work with, who waits for whom, what I said I would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session, aliased

from app.access import Me, own_pairing, visible
from app.mentoring.pairing import spoken
from app.models import Meeting, Membership, MentorProfile, Pairing, Person
from app.records.mentoring import MentoringStep, next_sessions, open_follow_ups, partner_name, waiting_requests
from app.ui.filters import count, day_month
from app.ui.paging import Paging, paging

Tabs = tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class PairingRow:
    """One pairing in my list. `part` is what I am in it."""

    href: str
    partner: str
    part: str
    state: str
    runs: str
    sessions: str
    last: str


@dataclass(frozen=True)
class SentRow:
    """A request of mine and what became of it."""

    href: str
    mentor: str
    asked: str
    state: str
    answer: str


@dataclass(frozen=True)
class KnownPairing:
    """A pairing in a team I lead, of which the mentee told me."""

    mentee: str
    mentor: str
    runs: str
    sessions: int


@dataclass(frozen=True)
class StartPage:
    """All that stands on the first page of mentoring."""

    tabs: Tabs
    pairings: tuple[PairingRow, ...]
    pages: Paging
    waiting: tuple[MentoringStep, ...]
    sent: tuple[SentRow, ...]
    sessions: tuple[MentoringStep, ...]
    follow_ups: tuple[MentoringStep, ...]
    known: tuple[KnownPairing, ...]
    hours: str
    has_card: bool
    finds_first: bool
    today: date

    @property
    def is_empty(self) -> bool:
        """Nothing has begun yet, so the page says what will stand here."""
        return not (self.pairings or self.waiting or self.sent)


def mentoring_tabs(me: Me, here: str) -> Tabs:
    """The places inside mentoring; two more for PMO leads."""
    places = [("My mentoring", "/mentoring/"), ("Mentors", "/mentoring/mentors/"), ("My mentor card", "/mentoring/profile/")]
    if me.is_pmo_lead:
        places += [("Approvals", "/mentoring/approvals/"), ("Pairings", "/mentoring/programme/")]
    return tuple((word, href, href == here) for word, href in places)


def held_sessions() -> Subquery:
    """Held sessions of each pairing: how many, minutes together, the last day."""
    return (
        select(
            Meeting.pairing_id, func.count().label("sessions"), func.sum(Meeting.minutes).label("minutes"), func.max(Meeting.held_on).label("last")
        )
        .where(Meeting.state == "held")
        .group_by(Meeting.pairing_id)
        .subquery()
    )


def start_page(session: Session, me: Me, today: date, page: str = "") -> StartPage:
    """My pairings (running first, newest first in each), requests, sessions ahead and open follow-ups."""
    rows = _my_rows(session, me)
    running = [row for row in rows if row.state in ("active", "ended")]
    pages = paging(page, len(running), "/mentoring/")
    card = session.scalar(select(MentorProfile.state).where(MentorProfile.person_id == me.person_id))
    mentored = any(row.state == "active" and row.mentee_id == me.person_id for row in rows)
    return StartPage(
        tabs=mentoring_tabs(me, "/mentoring/"),
        pairings=tuple(_pairing_row(row, me) for row in running[pages.rows]),
        pages=pages,
        waiting=waiting_requests(session, me),
        sent=tuple(_sent_row(row) for row in rows if row.mentee_id == me.person_id and row.state in SENT)[:5],
        sessions=next_sessions(session, me, today),
        follow_ups=open_follow_ups(session, me),
        known=_known(session, me) if me.leads else (),
        hours=_hours(running),
        has_card=card is not None,
        finds_first=not mentored and card is None,
        today=today,
    )


SENT = {"requested": "waiting", "declined": "declined", "withdrawn": "withdrawn"}


def _my_rows(session: Session, me: Me) -> list[Any]:
    held = held_sessions()
    rank = case((Pairing.state == "active", 0), (Pairing.state == "requested", 1), else_=2)
    return list(
        session.execute(
            visible(me, Pairing)
            .with_only_columns(
                Pairing.id, Pairing.state, Pairing.mentor_id, Pairing.mentee_id, Pairing.created_at, Pairing.agreed_on, Pairing.ends_on, Pairing.ended_at,
                Pairing.answer_reason, partner_name(me).label("partner"), held.c.sessions, held.c.minutes, held.c.last,
            )
            .outerjoin(held, held.c.pairing_id == Pairing.id)
            .where(own_pairing(me))
            .order_by(rank, Pairing.id.desc())
        ).all()
    )


def _pairing_row(row: Any, me: Me) -> PairingRow:
    over = row.state == "ended"
    ends = row.ended_at.date() if over and row.ended_at else row.ends_on
    return PairingRow(
        href=f"/mentoring/pairings/{row.id}/",
        partner=row.partner,
        part="You mentor" if row.mentor_id == me.person_id else "Your mentor",
        state="Ended" if over else "Running",
        runs=f"{day_month(row.agreed_on)} to {day_month(ends)}",
        sessions=f"{count(row.sessions or 0, 'session', words=False)}, {spoken(row.minutes or 0)}" if row.sessions else "none yet",
        last=day_month(row.last),
    )


def _sent_row(row: Any) -> SentRow:
    return SentRow(f"/mentoring/requests/{row.id}/", row.partner, day_month(row.created_at.date()), SENT[row.state], row.answer_reason)


def _hours(rows: list[Any]) -> str:
    sessions, minutes = sum(row.sessions or 0 for row in rows), sum(row.minutes or 0 for row in rows)
    return f"{count(sessions, 'session', words=False)}, {spoken(minutes)} in all" if sessions else ""


def _known(session: Session, me: Me) -> tuple[KnownPairing, ...]:
    held, mentor, mentee = held_sessions(), aliased(Person), aliased(Person)
    rows = session.execute(
        visible(me, Pairing)
        .with_only_columns(mentee.name.label("mentee"), mentor.name.label("mentor"), Pairing.agreed_on, Pairing.ends_on, held.c.sessions)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .outerjoin(held, held.c.pairing_id == Pairing.id)
        .where(Pairing.shown_to_lead, Pairing.state == "active", Pairing.mentor_id != me.person_id, Pairing.mentee_id.in_(_led(me)))
        .order_by(func.lower(mentee.name), Pairing.id)
        .limit(50)
    ).all()
    return tuple(KnownPairing(row.mentee, row.mentor, f"{day_month(row.agreed_on)} to {day_month(row.ends_on)}", row.sessions or 0) for row in rows)


def _led(me: Me) -> Any:
    return select(Membership.person_id).where(Membership.team_id.in_(me.leads))
