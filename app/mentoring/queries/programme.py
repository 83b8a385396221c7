"""All pairings for a PMO lead: dates, states, counts and goal states. No topic, no note, no wish is selected here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from app.access import Me, visible
from app.mentoring.pairing import WAITING_DAYS, is_silent, spoken
from app.mentoring.queries.start import Tabs, held_sessions, mentoring_tabs
from app.models import Goal, Pairing, Person
from app.ui.filters import count, day_month
from app.ui.paging import Paging, paging

SHOWN = ("active", "requested", "ended")


@dataclass(frozen=True)
class ProgrammeRow:
    """A pairing in one line. `alarm` says what needs a look, '' when nothing does."""

    mentee: str
    mentor: str
    word: str
    kind: str
    sign: str
    runs: str
    sessions: str
    last: str
    goals: str
    alarm: str
    end: str


@dataclass(frozen=True)
class ProgrammePage:
    """All pairings, with what they add up to."""

    tabs: Tabs
    rows: tuple[ProgrammeRow, ...]
    pages: Paging
    running: int
    waiting: int
    ended: int
    time: str
    sessions: int


def programme_page(session: Session, me: Me, today: date, page: str) -> ProgrammePage:
    """Running pairings (longest without a session first), then requests (longest wait first), then ended ones. Three statements."""
    held = held_sessions()
    sums: dict[str, Any] = {
        row.state: row
        for row in session.execute(
            visible(me, Pairing)
            .with_only_columns(Pairing.state, func.count().label("pairings"), func.sum(held.c.sessions).label("sessions"), func.sum(held.c.minutes).label("minutes"))
            .outerjoin(held, held.c.pairing_id == Pairing.id)
            .where(Pairing.state.in_(SHOWN))
            .group_by(Pairing.state)
        )
    }
    numbers = {state: sums[state].pairings if state in sums else 0 for state in SHOWN}
    pages = paging(page, sum(numbers.values()), "/mentoring/programme/")
    rows = _rows(session, me, pages)
    return ProgrammePage(
        tabs=mentoring_tabs(me, "/mentoring/programme/"),
        rows=tuple(_row(row, today) for row in rows),
        pages=pages,
        running=numbers["active"], waiting=numbers["requested"], ended=numbers["ended"],
        time=spoken(sum(int(row.minutes or 0) for row in sums.values())),
        sessions=sum(int(row.sessions or 0) for row in sums.values()),
    )


def _rows(session: Session, me: Me, pages: Paging) -> list[Any]:
    held, mentor, mentee = held_sessions(), aliased(Person), aliased(Person)
    goals = (
        select(Goal.pairing_id, func.count().label("goals"), func.sum(case((Goal.state == "reached", 1), else_=0)).label("reached"), func.sum(case((Goal.state == "dropped", 1), else_=0)).label("dropped"))
        .group_by(Goal.pairing_id)
        .subquery()
    )
    rank = case((Pairing.state == "active", 0), (Pairing.state == "requested", 1), else_=2)
    return list(
        session.execute(
            visible(me, Pairing)
            .with_only_columns(
                Pairing.id, Pairing.state, Pairing.created_at, Pairing.agreed_on, Pairing.ends_on, Pairing.ended_at,
                mentor.name.label("mentor"), mentee.name.label("mentee"),
                held.c.sessions, held.c.minutes, held.c.last, goals.c.goals, goals.c.reached, goals.c.dropped,
            )
            .join(mentor, mentor.id == Pairing.mentor_id)
            .join(mentee, mentee.id == Pairing.mentee_id)
            .outerjoin(held, held.c.pairing_id == Pairing.id)
            .outerjoin(goals, goals.c.pairing_id == Pairing.id)
            .where(Pairing.state.in_(SHOWN))
            .order_by(rank, func.coalesce(held.c.last, Pairing.agreed_on), Pairing.id)
            .offset(pages.first_row)
            .limit(pages.size)
        ).all()
    )


STATES = {"active": ("Running", "now", "half"), "requested": ("Waits for an answer", "care", "clock"), "ended": ("Ended", "", "tick")}


def _row(row: Any, today: date) -> ProgrammeRow:
    word, kind, sign = STATES[row.state]
    asked = row.created_at.date()
    ends = row.ended_at.date() if row.ended_at else row.ends_on
    return ProgrammeRow(
        mentee=row.mentee, mentor=row.mentor, word=word, kind=kind, sign=sign,
        runs=f"Asked {day_month(asked)}" if row.state == "requested" else f"{day_month(row.agreed_on)} to {day_month(ends)}",
        sessions=f"{row.sessions}, {spoken(row.minutes)}" if row.sessions else "0",
        last=day_month(row.last),
        goals=f"{row.reached} of {count(row.goals, 'goal', words=False)} reached" + (f", {row.dropped} dropped" if row.dropped else "") if row.goals else "–",
        alarm=_alarm(row, asked, today),
        end=f"/mentoring/pairings/{row.id}/end" if row.state == "active" else "",
    )


def _alarm(row: Any, asked: date, today: date) -> str:
    if row.state == "active" and is_silent(row.last, row.agreed_on, today):
        return "No session for 30 days"
    if row.state == "requested" and (today - asked).days > WAITING_DAYS:
        return f"No answer for {(today - asked).days} days"
    return ""
