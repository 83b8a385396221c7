"""Everything with a day that waits for one person, as that person may see it now, for the calendar outside the site.

What people write to each other stays here: no topic of a session, no note, no reason. What was dropped or taken back is
told as cancelled for a month, so that calendars which keep what they once read take it out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.access import Me, own_pairing, visible
from app.content import library
from app.documents.calendar import Dated
from app.models import AssessmentRound, Invitation, Meeting, Pairing, Person, PlannedAction, SavedRoadmap, Team
from app.records.assignments import asked_of_me, due_courses
from app.records.learning import studied
from app.records.mentoring import partner_name
from app.records.roadmaps import action_sequences, action_titles, action_uid
from app.records.teams import LIVE_STATES
from courses.progress import course_progress

KEPT = timedelta(days=30)


def dated(session: Session, me: Me, now: datetime) -> tuple[Dated, ...]:
    """My actions, courses asked of me, rounds to answer, sessions and ends of agreements, the earliest first; seven statements."""
    found = (*_actions(session, me, now), *_courses(session, me, now), *_rounds(session, me), *_sessions(session, me), *_agreements(session, me))
    return tuple(sorted(found, key=lambda one: (one.day, one.starts_at, one.uid)))


def _actions(session: Session, me: Me, now: datetime) -> Iterator[Dated]:
    """One entry for an action of a team, through all plans that held it: their changes add up to the sequence."""
    current = aliased(SavedRoadmap)
    live = PlannedAction.state.in_(LIVE_STATES)
    dropped = and_(PlannedAction.state == "dropped", PlannedAction.ended_at > now - KEPT)
    rows = session.execute(
        visible(me, PlannedAction)
        .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .join(Team, Team.id == SavedRoadmap.team_id)
        .outerjoin(current, and_(current.team_id == SavedRoadmap.team_id, current.is_current))
        .with_only_columns(
            PlannedAction.action_id, PlannedAction.state, PlannedAction.due_on, SavedRoadmap.is_current, SavedRoadmap.number, Team.id, Team.name, Team.slug,
        )
        .where(
            PlannedAction.owner_id == me.person_id, Team.archived_at.is_(None),
            or_(and_(SavedRoadmap.is_current, or_(live, dropped)), and_(SavedRoadmap.is_current.is_(False), live, current.adopted_at > now - KEPT)),
        )
        .order_by(SavedRoadmap.is_current.desc(), SavedRoadmap.number.desc(), PlannedAction.id)
    ).all()
    titles, times, seen = action_titles(), action_sequences(session, {row.id for row in rows}), set()
    for row in rows:
        if (row.id, row.action_id) in seen:
            continue  # an older plan held it too
        seen.add((row.id, row.action_id))
        yield Dated(
            action_uid(row.id, row.action_id), times[row.id, row.action_id], row.due_on, titles.get(row.action_id, row.action_id), f"Roadmap action {row.action_id}, {row.name}",
            f"/teams/{row.slug}/roadmap/actions/{row.action_id}/", "Roadmap action", is_dropped=row.state == "dropped" or not row.is_current,
        )


def _courses(session: Session, me: Me, now: datetime) -> Iterator[Dated]:
    """One entry for a course however often it was asked for; taken back everywhere, it is told as cancelled."""
    asked, catalogue = asked_of_me(session, me), library().catalogue
    if not asked:
        return
    mine = studied(session, me)
    due = due_courses(asked, catalogue, mine, now.date())
    for course_id in dict.fromkeys(one.course for one in asked if catalogue.has_course(one.course)):
        rows, course = [one for one in asked if one.course == course_id], catalogue.course(course_id)
        gone = [one for one in rows if one.withdrawn_at is not None and one.withdrawn_at > now - KEPT]
        is_over = all(one.withdrawn_at is not None for one in rows)
        if course_id in due or (is_over and gone and not course_progress(catalogue, course_id, mine.facts).complete):
            yield Dated(
                f"course-{course_id}", sum(one.version for one in rows), due[course_id].due_on if course_id in due else gone[-1].due_on,
                f"Complete the course {course.title}", due[course_id].asked if course_id in due else "Taken back", f"/courses/{course.slug}/", "Course",
                is_dropped=is_over,
            )


def _rounds(session: Session, me: Me) -> Iterator[Dated]:
    """Rounds I am asked in. One without names stays until it closes: that it went away would tell who has answered (R3, R7).

    Its version rises when the closing day is moved, never because somebody answered."""
    rows = session.execute(
        select(AssessmentRound.id, AssessmentRound.version, AssessmentRound.number, AssessmentRound.closes_on, Team.name, Team.slug)
        .join(Invitation, Invitation.round_id == AssessmentRound.id)
        .join(Team, Team.id == AssessmentRound.team_id)
        .where(
            Invitation.person_id == me.person_id, AssessmentRound.state == "open", AssessmentRound.closes_on.is_not(None),
            or_(AssessmentRound.mode == "anonymous", Invitation.state != "submitted"),
        )
        .order_by(AssessmentRound.id)
    )
    for row in rows:
        yield Dated(
            f"round-{row.id}", row.version, row.closes_on, f"Round {row.number} of {row.name} closes", "Last day to answer.",
            f"/teams/{row.slug}/rounds/{row.number}/", "Maturity round",
        )


def _sessions(session: Session, me: Me) -> Iterator[Dated]:
    """Planned sessions of running pairings; the time is that of whoever planned it."""
    planner = aliased(Person)
    rows = session.execute(
        visible(me, Meeting)
        .join(Pairing, Pairing.id == Meeting.pairing_id)
        .join(planner, planner.id == Meeting.logged_by_id)
        .with_only_columns(
            Meeting.id, Meeting.version, Meeting.pairing_id, Meeting.held_on, Meeting.starts_at, Meeting.minutes, Meeting.place,
            planner.time_zone, partner_name(me).label("partner"),
        )
        .where(Meeting.state == "planned", Pairing.state == "active")
        .order_by(Meeting.id)
    )
    for row in rows:
        yield Dated(
            f"session-{row.id}", row.version, row.held_on, f"Mentoring session with {row.partner}", f"{row.minutes} minutes",
            f"/mentoring/pairings/{row.pairing_id}/sessions/{row.id}/", "Mentoring", row.starts_at, row.minutes, row.time_zone, row.place,
        )


def _agreements(session: Session, me: Me) -> Iterator[Dated]:
    for row in agreements(session, me):
        yield Dated(
            f"pairing-{row.id}", row.version, row.ends_on, f"Mentoring agreement with {row.partner} ends", "Talk about what was reached, and whether to go on.",
            f"/mentoring/pairings/{row.id}/", "Mentoring",
        )


def agreements(session: Session, me: Me) -> Any:
    """My running pairings that end on a day, with the name of the other one; one statement."""
    return session.execute(
        visible(me, Pairing)
        .with_only_columns(Pairing.id, Pairing.version, Pairing.ends_on, partner_name(me).label("partner"))
        .where(own_pairing(me), Pairing.state == "active", Pairing.ends_on.is_not(None))
        .order_by(Pairing.ends_on, Pairing.id)
    ).all()
