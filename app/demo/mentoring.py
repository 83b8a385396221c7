"""Mentors, two pairings with their sessions, and a request that waits."""

from __future__ import annotations

from app.demo.reading import Demo
from app.demo.stage import Stage
from app.demo.story import HeldSession, Mentor, PairingStory, Task
from app.mentoring.pairing import MONTHS, USUAL_LIMITS, months_later
from app.models import FollowUp, Goal, Meeting, MeetingNote, MentorProfile, Pairing


def put_mentoring(stage: Stage, demo: Demo) -> None:
    """Add the mentor cards, the pairings and the request."""
    for mentor in demo.mentoring.mentors:
        _mentor(stage, mentor)
    for story in demo.mentoring.pairings:
        _pairing(stage, story)
    for wish in demo.mentoring.requests:
        pairing = Pairing(
            mentor_id=stage.people[wish.mentor].id, mentee_id=stage.people[wish.mentee].id, state="requested", wish=wish.wish,
            created_at=stage.at(wish.asked),
        )
        stage.session.add(pairing)
        stage.session.flush()
        stage.note(wish.asked, stage.people[wish.mentee], "asked for a mentor", "pairing", pairing.id, stage.people[wish.mentor])


def _mentor(stage: Stage, mentor: Mentor) -> None:
    person = stage.people[mentor.by]
    person.is_mentor = True
    profile = MentorProfile(
        person_id=person.id, about=mentor.about, competences=mentor.competences, capacity=mentor.capacity, state="published",
        approved_at=stage.at(mentor.approved), created_at=stage.at(mentor.approved + 3),
    )
    stage.session.add(profile)
    stage.session.flush()
    stage.note(mentor.approved + 3, person, "wrote the mentor card", "mentor profile", profile.id)
    stage.note(mentor.approved, stage.people["pmo"], "approved a mentor", "mentor profile", profile.id, person)


def _pairing(stage: Stage, story: PairingStory) -> None:
    mentor, mentee = stage.people[story.mentor], stage.people[story.mentee]
    agreed = stage.day(story.agreed)
    pairing = Pairing(
        mentor_id=mentor.id, mentee_id=mentee.id, state="active", slot=1, wish=story.wish, rhythm=story.rhythm, limits=USUAL_LIMITS,
        agreed_on=agreed, ends_on=months_later(agreed, MONTHS), shown_to_lead=True, created_at=stage.at(story.agreed + 4),
    )
    stage.session.add(pairing)
    stage.session.flush()
    stage.note(story.agreed + 4, mentee, "asked for a mentor", "pairing", pairing.id, mentor)
    stage.note(story.agreed, mentor, "accepted a mentoring request", "pairing", pairing.id, mentee)
    stage.session.add_all(
        Goal(
            pairing_id=pairing.id, competence_id=goal.competence, text=goal.text, from_level=goal.from_level, to_level=goal.to_level,
            due_on=stage.day(-goal.due_in), created_at=stage.at(story.agreed),
        )
        for goal in story.goals
    )
    for held in story.sessions:
        _session(stage, pairing, held)
    planned, writer = story.planned, stage.people[story.planned.by]
    stage.session.add(Meeting(
        pairing_id=pairing.id, state="planned", held_on=stage.day(-planned.days_ahead), starts_at=planned.starts_at, minutes=planned.minutes,
        place=planned.place, topic=planned.topic, logged_by_id=writer.id, created_at=stage.at(story.sessions[-1].days_ago),
    ))
    stage.note(story.sessions[-1].days_ago, writer, "planned a session", "pairing", pairing.id)


def _session(stage: Stage, pairing: Pairing, held: HeldSession) -> None:
    when, writer = stage.at(held.days_ago), stage.people[held.logged_by]
    meeting = Meeting(
        pairing_id=pairing.id, held_on=stage.day(held.days_ago), minutes=held.minutes, competences=held.competences,
        logged_by_id=writer.id, created_at=when,
    )
    stage.session.add(meeting)
    stage.session.flush()
    stage.session.add_all(
        MeetingNote(meeting_id=meeting.id, author_id=stage.people[note.by].id, kind=note.kind, text=note.text, created_at=when)
        for note in held.notes
    )
    stage.session.add_all(_follow_up(stage, meeting, task, held.days_ago) for task in held.follow_ups)
    stage.note(held.days_ago, writer, "logged a session", "pairing", pairing.id)


def _follow_up(stage: Stage, meeting: Meeting, task: Task, days_ago: int) -> FollowUp:
    return FollowUp(
        meeting_id=meeting.id, owner_id=stage.people[task.owner].id, text=task.text,
        due_on=stage.day(-task.due_in if task.due is None else task.due),
        done_at=None if task.done is None else stage.at(task.done), created_at=stage.at(days_ago),
    )
