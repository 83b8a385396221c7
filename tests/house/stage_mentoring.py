"""The mentoring of the stage: Me mentors Su now, Mo did before, and somebody asks Mo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app import clock
from app.models import FollowUp, Goal, Meeting, MeetingNote, MentorProfile, Pairing

if TYPE_CHECKING:
    from tests.house.stage import Stage


def put_mentoring(session: Session, stage: Stage) -> None:
    """Cards, a running pairing with sessions and notes of both, one that ended, requests."""
    now, today, people = clock.now(), clock.today(), stage.people
    session.add_all([
        MentorProfile(person_id=people["Me"].id, about="I built dams.", competences=["P06"], capacity=3, state="published", approved_at=now),
        MentorProfile(person_id=people["Mo"].id, about="I built roads.", competences=["P03"], capacity=3, state="published", approved_at=now),
        MentorProfile(person_id=people["Su"].id, about="I would like to help.", competences=["P06"], capacity=1, state="published"),
        MentorProfile(person_id=people["Nia"].id, about="canary-draft-card", competences=["P06"], capacity=1),
    ])
    stage.secret("draft card of Nia", "canary-draft-card")
    pairing = Pairing(
        mentor_id=people["Me"].id, mentee_id=people["Su"].id, state="active", slot=1, rhythm="two sessions a month",
        wish=stage.secret("wish of Su", "canary-wish-su", "Su", "Me"), limits=stage.secret("limits", "canary-limits", "Su", "Me"),
        agreed_on=today - timedelta(days=20), ends_on=today + timedelta(days=160),
    )
    past = Pairing(
        mentor_id=people["Mo"].id, mentee_id=people["Su"].id, state="ended", slot=2, agreed_on=today - timedelta(days=300), ends_on=today - timedelta(days=100),
        ended_at=now - timedelta(days=100), end_note=stage.secret("parting words", "canary-parting-words", "Su"),
    )
    asked = Pairing(mentor_id=people["Mo"].id, mentee_id=people["Su"].id, state="requested", wish=stage.secret("wish to Mo", "canary-wish-mo", "Su"))
    session.add_all([pairing, past, asked])
    session.flush()
    goal = Goal(
        pairing_id=pairing.id, competence_id="P06", text=stage.secret("goal", "canary-goal", "Su", "Me"), from_level=0, to_level=2,
        due_on=today + timedelta(days=60),
    )
    session.add(goal)
    session.add_all(
        Goal(pairing_id=pairing.id, competence_id="P03", text="More", from_level=0, to_level=2, due_on=today + timedelta(days=60)) for _ in range(stage.size)
    )
    held = _held(session, stage, pairing, 0)
    session.add_all([
        MeetingNote(meeting_id=held.id, author_id=people["Su"].id, kind="private", text=stage.secret("private note of Su", "canary-private-su", "Su")),
        MeetingNote(meeting_id=held.id, author_id=people["Me"].id, kind="private", text=stage.secret("private note of Me", "canary-private-me", "Me")),
        MeetingNote(meeting_id=held.id, author_id=people["Su"].id, kind="shared", text=stage.secret("shared note of Su", "canary-shared-su", "Su", "Me")),
        MeetingNote(meeting_id=held.id, author_id=people["Me"].id, kind="shared", text=stage.secret("shared note of Me", "canary-shared-me", "Su", "Me")),
    ])
    ahead = Meeting(
        pairing_id=pairing.id, state="planned", held_on=today + timedelta(days=4), starts_at="14:00", minutes=45, logged_by_id=people["Me"].id,
        topic=stage.secret("topic", "canary-topic", "Su", "Me"), place="Room 1",
    )
    promise = FollowUp(meeting_id=held.id, owner_id=people["Su"].id, text=stage.secret("follow-up", "canary-follow-up", "Su", "Me"), due_on=today)
    done = FollowUp(meeting_id=held.id, owner_id=people["Me"].id, text="Read it", due_on=today, done_at=now)
    old = _held(session, stage, past, 150)
    session.add_all([
        ahead, promise, done,
        MeetingNote(meeting_id=old.id, author_id=people["Mo"].id, kind="private", text=stage.secret("private note of Mo", "canary-private-mo")),
        MeetingNote(meeting_id=old.id, author_id=people["Su"].id, kind="private", text=stage.secret("old note of Su", "canary-old-private-su", "Su")),
    ])
    for number in range(stage.size):
        meeting = _held(session, stage, pairing, number)
        session.add_all([
            MeetingNote(meeting_id=meeting.id, author_id=people["Su"].id, kind="shared", text="We spoke."),
            FollowUp(meeting_id=meeting.id, owner_id=people["Su"].id, text="Do it", due_on=today),
            Meeting(pairing_id=pairing.id, state="planned", held_on=today + timedelta(days=8 + number), starts_at="09:00", minutes=30, logged_by_id=people["Su"].id),
        ])
        mentee = people[f"n{number + 1}"]
        running = Pairing(
            mentor_id=people["Me"].id, mentee_id=mentee.id, state="active", slot=10 + number, agreed_on=today - timedelta(days=40), ends_on=today + timedelta(days=90),
        )
        waits = Pairing(mentor_id=people["Mo"].id, mentee_id=mentee.id, state="requested", wish="Help me plan.")
        session.add_all([running, waits, MentorProfile(
            person_id=mentee.id, about="I can help too.", competences=["P06"], capacity=1, state="published", approved_at=now if number % 2 else None,
        )])
    session.flush()
    stage.ids |= {
        "pairing": str(pairing.id), "past": str(past.id), "asked": str(asked.id), "goal": str(goal.id), "held": str(held.id), "ahead": str(ahead.id),
        "promise": str(promise.id), "done": str(done.id), "old": str(old.id), "today": str(today), "soon": str(today + timedelta(days=3)),
        "later": str(today + timedelta(days=30)), "latest": str(today + timedelta(days=120)),
    }


def _held(session: Session, stage: Stage, pairing: Pairing, days_ago: int) -> Meeting:
    meeting = Meeting(
        pairing_id=pairing.id, state="held", held_on=clock.today() - timedelta(days=days_ago), minutes=50, competences=["P06"],
        logged_by_id=pairing.mentor_id,
    )
    session.add(meeting)
    session.flush()
    return meeting
