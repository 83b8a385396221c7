"""What somebody is to be reminded of, as they may see it now, and the page where kinds are turned off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.deadlines.milestones import KINDS, milestone
from app.deadlines.queries.certificates import endings
from app.deadlines.queries.dated import agreements
from app.models import AssessmentRound, Invitation, Reminder, ReminderChoice, Team
from app.records.assignments import asked_of_me, due_courses
from app.records.learning import studied
from app.records.roadmaps import my_actions


@dataclass(frozen=True)
class Line:
    """One thing in a mail. `since` is the day of the milestone it is told for: with kind and thing it is told once."""

    kind: str
    thing: str
    since: date
    day: date
    title: str
    text: str
    href: str


def muted_kinds(session: Session, me: Me) -> frozenset[str]:
    """The kinds I have turned off; one statement."""
    return frozenset(session.scalar(visible(me, ReminderChoice).with_only_columns(ReminderChoice.muted)) or ())


def lines(session: Session, me: Me, today: date) -> tuple[Line, ...]:
    """What I am to be told of this morning and have not been told, the earliest day first; nine statements at most."""
    muted = muted_kinds(session, me)
    found = []
    for kind, thing, day, title, text, href in _all(session, me, today, muted):
        since = milestone(KINDS[kind], day, today)
        if since is not None:
            found.append(Line(kind, thing, since, day, title, text, href))
    told = {
        (kind, thing, day) for kind, thing, day in session.execute(
            select(Reminder.kind, Reminder.thing, Reminder.day).where(Reminder.person_id == me.person_id, Reminder.kind.in_(KINDS))
        )
    }
    return tuple(sorted((one for one in found if (one.kind, one.thing, one.since) not in told), key=lambda one: (one.day, one.kind, one.thing)))


Found = tuple[str, str, date, str, str, str]


def _all(session: Session, me: Me, today: date, muted: frozenset[str]) -> Iterator[Found]:
    if "action" not in muted:
        for action in my_actions(session, me, today):
            yield "action", str(action.id), action.due_on, action.title, f"Action {action.action_id} of {action.team}, {action.state}", action.href
    if "course" not in muted and (asked := asked_of_me(session, me)):
        for course in due_courses(asked, library().catalogue, studied(session, me), today).values():
            yield "course", course.course, course.due_on, course.title, f"Course. {course.asked}. You: {course.place}", course.href
    if "round" not in muted:
        yield from _rounds(session, me)
    if "pairing" not in muted:
        for pairing in agreements(session, me):
            text = "Talk about what was reached, and whether to go on"
            yield "pairing", str(pairing.id), pairing.ends_on, f"Your mentoring agreement with {pairing.partner} ends", text, f"/mentoring/pairings/{pairing.id}/"
    if "certificate" not in muted:
        for one in endings(session, me, today):
            yield "certificate", one.key, one.ends_on, f"Your certificate {one.title} runs out", one.renewal, one.href


def _rounds(session: Session, me: Me) -> Iterator[Found]:
    """Named rounds I have not handed in. Of a round without names everybody asked is told: who is not told would have answered (R7)."""
    rows = session.execute(
        select(AssessmentRound.id, AssessmentRound.number, AssessmentRound.mode, AssessmentRound.closes_on, Team.name, Team.slug)
        .join(Invitation, Invitation.round_id == AssessmentRound.id)
        .join(Team, Team.id == AssessmentRound.team_id)
        .where(
            Invitation.person_id == me.person_id, AssessmentRound.state == "open", AssessmentRound.closes_on.is_not(None),
            or_(AssessmentRound.mode == "anonymous", Invitation.state != "submitted"),
        )
        .order_by(AssessmentRound.id)
    )
    for row in rows:
        text = "Everybody asked gets this. If you have handed in, there is nothing to do" if row.mode == "anonymous" else "You have not handed in your answers yet"
        yield "round", str(row.id), row.closes_on, f"Round {row.number} of {row.name} closes", text, f"/teams/{row.slug}/rounds/{row.number}/"
