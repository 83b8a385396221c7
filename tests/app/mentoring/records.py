"""Mentors, pairings and sessions for tests, with the few facts a test is about."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.models import FollowUp, Goal, Meeting, MeetingNote, Membership, MentorProfile, Pairing, Person, SkillRating
from app.ui.text import login_key

TODAY = clock.today()


def somebody(app, name, **more):
    """One more person with an account."""
    with app.extensions["database"].transaction() as session:
        email = f"{name.lower()}@north.example"
        person = Person(email=email, email_key=login_key(email), name=name, **more)
        session.add(person)
        session.flush()
        session.expunge_all()
    return person


def put(app, *rows):
    """Store rows; the first one, detached."""
    with app.extensions["database"].transaction() as session:
        session.add_all(rows)
        session.flush()
        session.expunge_all()
    return rows[0]


def card(app, person, competences=("P06",), capacity=2, state="published", approved=True, about="Twenty years of building sites."):
    """A mentor card, approved unless said otherwise."""
    when = clock.now() if approved else None
    return put(app, MentorProfile(person_id=person.id, about=about, competences=list(competences), capacity=capacity, state=state, approved_at=when))


def rated(app, person, **levels):
    """Own ratings by competence: rated(app, bob, P06=0)."""
    rows = [SkillRating(person_id=person.id, competence_id=c, kind="self", level=n, rater_id=person.id, rated_at=clock.now()) for c, n in levels.items()]
    put(app, *rows)


def leads(app, person, team):
    """Make somebody lead of a team."""
    put(app, Membership(person_id=person.id, team_id=team.id, is_lead=True))


def asked(app, mentor, mentee, wish="I want to run a risk workshop."):
    """A request that waits."""
    return put(app, Pairing(mentor_id=mentor.id, mentee_id=mentee.id, state="requested", wish=wish))


def paired(app, mentor, mentee, slot=1, state="active", began=30, **more):
    """A pairing that runs since *began* days ago and has one goal, from 0 to 2 in P06."""
    ended = clock.now() if state == "ended" else None
    pairing = put(app, Pairing(
        mentor_id=mentor.id, mentee_id=mentee.id, state=state, slot=slot, wish="WISH-WORDS", rhythm="two sessions a month", limits="Between us.",
        agreed_on=TODAY - timedelta(days=began), ends_on=TODAY + timedelta(days=152), ended_at=ended, **more,
    ))
    put(app, Goal(pairing_id=pairing.id, competence_id="P06", text="Run the next risk workshop", from_level=0, to_level=2, due_on=TODAY + timedelta(days=60)))
    return pairing


def held(app, pairing, by, days_ago=5, minutes=50, shared="", private="", step="", owner=None):
    """A held session with the notes of the one who logged it."""
    meeting = put(app, Meeting(
        pairing_id=pairing.id, state="held", held_on=TODAY - timedelta(days=days_ago), minutes=minutes, competences=["P06"], logged_by_id=by.id,
    ))
    for kind, text in (("shared", shared), ("private", private)):
        if text:
            put(app, MeetingNote(meeting_id=meeting.id, author_id=by.id, kind=kind, text=text))
    if step:
        put(app, FollowUp(meeting_id=meeting.id, owner_id=(owner or by).id, text=step, due_on=TODAY + timedelta(days=7)))
    return meeting


def planned(app, pairing, by, in_days=3, **more):
    """A session to come."""
    return put(app, Meeting(
        pairing_id=pairing.id, state="planned", held_on=TODAY + timedelta(days=in_days), starts_at="14:00", minutes=45, place="Room 2.14", topic="Scoring risks",
        logged_by_id=by.id, **more,
    ))


def stored(app, record, row_id):
    """The row as it stands in the database now."""
    with app.extensions["database"].reading() as session:
        return session.get(record, row_id)


AGREED = {
    "competence1": "P06", "text1": "Run the next risk workshop", "from1": "0", "to1": "2", "due1": (TODAY + timedelta(days=60)).isoformat(),
    "rhythm": "two sessions a month", "limits": "Between us.", "ends_on": (TODAY + timedelta(days=180)).isoformat(),
}
