"""A pairing as one of the two sees it: goals, sessions on a trail, follow-ups, facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me, fetch, own_pairing, visible
from app.content import library
from app.errors import OutOfOrder
from app.mentoring.pairing import NOT_YET, expected_sessions, first_name, first_of_two, review_day, spoken
from app.mentoring.queries.notes import FollowUpLine, Note, follow_ups_of, notes_of
from app.models import Goal, Meeting, Membership, Pairing, Person, Team
from app.ui.filters import count, day, day_month, joined, long_day
from app.ui.markdown import note_html
from app.ui.paging import Paging, paging


@dataclass(frozen=True)
class GoalRow:
    """A goal with its levels; `sign` and `kind` are those of its tag."""

    id: int
    name: str
    text: str
    from_level: int
    to_level: int
    due: str
    word: str
    kind: str
    sign: str
    href: str


@dataclass(frozen=True)
class SessionRow:
    """A session on the trail with what I may read of it. Planned ones carry no notes."""

    id: int
    number: int
    heading: str
    line: str
    href: str
    shared: tuple[Note, ...]
    private: Note | None
    follow_ups: tuple[FollowUpLine, ...]


@dataclass(frozen=True)
class PairingPage:
    """All that stands on the page of a pairing."""

    id: int
    title: str
    line: str
    partner: str
    first: str
    is_mentee: bool
    is_running: bool
    goals: tuple[GoalRow, ...]
    goal_choices: tuple[tuple[str, str], ...]
    planned: tuple[SessionRow, ...]
    held: tuple[SessionRow, ...]
    pages: Paging
    facts: tuple[tuple[str, str, str], ...]
    limits: Markup
    wish: Markup
    shown_to_lead: bool
    end_note: Markup

    @property
    def href(self) -> str:
        """The address of this page."""
        return f"/mentoring/pairings/{self.id}/"


@dataclass(frozen=True)
class Together:
    """The two of a pairing, seen by one of them."""

    pairing: Pairing
    partner: str
    partner_id: int
    teams: str

    @property
    def first(self) -> str:
        """What I call the other one."""
        return first_name(self.partner)


def together(session: Session, me: Me, pairing_id: int) -> Together:
    """A pairing of mine. Raises NotVisible for everybody but the two, OutOfOrder before it has begun. Two statements."""
    pairing: Pairing = fetch(session, me, Pairing, Pairing.id == pairing_id, own_pairing(me))
    if pairing.state not in ("active", "ended"):
        raise OutOfOrder(NOT_YET)
    partner_id = pairing.mentee_id if pairing.mentor_id == me.person_id else pairing.mentor_id
    rows = session.execute(
        select(Person.name, Team.name)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(Person.id == partner_id)
        .order_by(Team.name)
    ).all()
    return Together(pairing, rows[0][0], partner_id, joined([team for _, team in rows if team]))


def pairing_page(session: Session, me: Me, pairing_id: int, today: date, page: str = "") -> PairingPage:
    """The page of a pairing: goals by due date, planned sessions by date, held ones newest first. Eight statements."""
    both = together(session, me, pairing_id)
    pairing = both.pairing
    goals = session.scalars(visible(me, Goal).where(Goal.pairing_id == pairing.id).order_by(Goal.due_on, Goal.id)).all()
    totals = _totals(session, me, pairing.id)
    pages = paging(page, totals.sessions, f"/mentoring/pairings/{pairing.id}/")
    planned, held = _sessions(session, me, both, totals.sessions, pages, today)
    running = pairing.state == "active"
    known = library().skills.competences
    talked = _talked(session, me, pairing.id)
    return PairingPage(
        id=pairing.id,
        title=f"You and {both.partner}",
        line=_line(pairing),
        partner=both.partner,
        first=both.first,
        is_mentee=pairing.mentee_id == me.person_id,
        is_running=running,
        goals=tuple(_goal(goal, talked.get(goal.competence_id, 0), running) for goal in goals),
        goal_choices=tuple((g.competence_id, known[g.competence_id].name) for g in goals if g.state == "open" and g.competence_id in known),
        planned=planned if running and pages.number == 1 else (),
        held=held,
        pages=pages,
        facts=_facts(both, me, totals, today),
        limits=note_html(pairing.limits),
        wish=note_html(pairing.wish),
        shown_to_lead=pairing.shown_to_lead,
        end_note=note_html(pairing.end_note),
    )


def _line(pairing: Pairing) -> str:
    if pairing.state == "ended":
        ended = f" and ended on {day(pairing.ended_at.date())}" if pairing.ended_at else ""
        return f"Agreed on {day(pairing.agreed_on)}{ended}. You can both read it; nothing more is written in it."
    rhythm = f", {pairing.rhythm}" if pairing.rhythm else ""
    return f"Agreed on {day(pairing.agreed_on)}, until {day(pairing.ends_on)}{rhythm}. Either of you may end it at any time without giving a reason."


@dataclass(frozen=True)
class Totals:
    """Held sessions, their minutes, and the day of the last."""

    sessions: int
    minutes: int
    last: date | None


def _totals(session: Session, me: Me, pairing_id: int) -> Totals:
    number, minutes, last = session.execute(
        visible(me, Meeting)
        .with_only_columns(func.count(), func.coalesce(func.sum(Meeting.minutes), 0), func.max(Meeting.held_on))
        .where(Meeting.pairing_id == pairing_id, Meeting.state == "held")
    ).one()
    return Totals(number, int(minutes), last)


def _talked(session: Session, me: Me, pairing_id: int) -> dict[str, int]:
    """In how many held sessions each competence came up."""
    found: dict[str, int] = {}
    for competences in session.scalars(
        visible(me, Meeting).with_only_columns(Meeting.competences).where(Meeting.pairing_id == pairing_id, Meeting.state == "held")
    ):
        for competence in competences or ():
            found[competence] = found.get(competence, 0) + 1
    return found


def _goal(goal: Goal, talked: int, running: bool) -> GoalRow:
    known = library().skills.competences.get(goal.competence_id)
    word, kind, sign = {
        "reached": (f"Reached {day_month(goal.ended_on)}", "good", "tick"),
        "dropped": (f"Dropped {day_month(goal.ended_on)}", "", "cross"),
    }.get(goal.state, ("Under way", "now", "half") if talked else ("Not started", "", "open"))
    return GoalRow(
        goal.id, known.name if known else goal.competence_id, goal.text, goal.from_level, goal.to_level, day_month(goal.due_on), word, kind, sign,
        f"/mentoring/pairings/{goal.pairing_id}/goals/{goal.id}/" if running and goal.state == "open" else "",
    )


def _sessions(
    session: Session, me: Me, both: Together, total: int, pages: Paging, today: date
) -> tuple[tuple[SessionRow, ...], tuple[SessionRow, ...]]:
    mine = visible(me, Meeting).where(Meeting.pairing_id == both.pairing.id)
    planned = session.scalars(mine.where(Meeting.state == "planned").order_by(Meeting.held_on, Meeting.starts_at, Meeting.id)).all()
    held = session.scalars(
        mine.where(Meeting.state == "held").order_by(Meeting.held_on.desc(), Meeting.id.desc()).offset(pages.first_row).limit(pages.size)
    ).all()
    ids = [meeting.id for meeting in held]
    notes, steps = notes_of(session, me, ids, both.first), follow_ups_of(session, me, both, ids)
    return (
        tuple(_planned_row(meeting, total + number, today, me.time_zone) for number, meeting in enumerate(planned, 1)),
        tuple(_held_row(meeting, total - pages.first_row - at, notes.get(meeting.id, ()), steps.get(meeting.id, ()), today, me.time_zone) for at, meeting in enumerate(held)),
    )


def session_heading(meeting: Meeting, today: date, zone: str) -> str:
    """'5 November, 50 minutes' once held, 'Thursday 26 November, 14:00' before; with the year when it is another one.

    A time the clocks show twice that night in *zone* is said with its distance from UTC."""
    same_year = meeting.held_on.year == today.year
    if meeting.state == "held":
        when = f"{meeting.held_on.day} {meeting.held_on:%B}" if same_year else day(meeting.held_on)
        return f"{when}, {meeting.minutes} minutes"
    when = f"{meeting.held_on:%A} {meeting.held_on.day} {meeting.held_on:%B}" if same_year else long_day(meeting.held_on)
    if not meeting.starts_at:
        return when
    meant = first_of_two(meeting.held_on, meeting.starts_at, zone)
    return f"{when}, {meeting.starts_at}" + (f" ({meant})" if meant else "")


def competence_names(ids: Sequence[str]) -> str:
    """The names of competences in a row."""
    known = library().skills.competences
    return joined([known[c].name if c in known else c for c in ids])


def _planned_row(meeting: Meeting, number: int, today: date, zone: str) -> SessionRow:
    line = ", ".join([f"{meeting.minutes} minutes", *([meeting.place] if meeting.place else [])])
    topic = f" Topic: {meeting.topic.rstrip('.')}." if meeting.topic else ""
    return SessionRow(meeting.id, number, session_heading(meeting, today, zone), f"{line}.{topic}", _session_href(meeting), (), None, ())


def _held_row(meeting: Meeting, number: int, notes: Sequence[Note], steps: tuple[FollowUpLine, ...], today: date, zone: str) -> SessionRow:
    about = competence_names(meeting.competences or ())
    return SessionRow(
        meeting.id, number, session_heading(meeting, today, zone), f"About {about}." if about else "", _session_href(meeting),
        tuple(note for note in notes if note.kind == "shared"), next((note for note in notes if note.kind == "private"), None), steps,
    )


def _session_href(meeting: Meeting) -> str:
    return f"/mentoring/pairings/{meeting.pairing_id}/sessions/{meeting.id}/"


def _facts(both: Together, me: Me, totals: Totals, today: date) -> tuple[tuple[str, str, str], ...]:
    """(name, value, small print) of what is agreed and done so far."""
    pairing = both.pairing
    wanted = expected_sessions(pairing.rhythm, pairing.agreed_on, pairing.ends_on)
    done = f"{totals.sessions} of {wanted}" if wanted else str(totals.sessions)
    ended = pairing.ended_at.date() if pairing.ended_at else None
    facts = [
        ("Mentor" if pairing.mentee_id == me.person_id else "Mentee", both.partner, both.teams),
        ("Runs" if ended is None else "Ran", f"{day_month(pairing.agreed_on)} to {day_month(ended or pairing.ends_on)}", ""),
        ("Sessions", f"{done}, {spoken(totals.minutes)}", "You both see this"),
        ("Last one", "none yet" if totals.last is None else _ago((today - totals.last).days), ""),
    ]
    if ended is None and pairing.agreed_on and review_day(pairing.agreed_on) >= today:
        facts.append(("Look back", f"{day_month(review_day(pairing.agreed_on))}, week 12", "Go through your goals together"))
    return tuple(facts)


def _ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{count(days, 'day', words=False)} ago")
