"""Mails about exercises and questions. They say that something waits, and nothing of what was written."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.mail import post
from app.models import HandedInExercise, Person
from app.records.exercises import course_title, exercise_address

SIGN = "\n\nCairn\n"


def tell_reviewer(session: Session, row: HandedInExercise, reviewer: Person, author: str, base_url: str) -> None:
    """Somebody is asked to review an exercise."""
    post(
        session, to=reviewer.email, person_id=reviewer.id, subject=f"{author} asks you to review an exercise",
        text=f"Hello {reviewer.name},\n\n{author} has handed in the exercise of the course “{course_title(row.course_id)}” and asks you to review it. "
        f"Only the two of you can read it.\n\n{base_url}/exercises/{row.id}/{SIGN}",
    )


def tell_author(session: Session, row: HandedInExercise, author: Person, reviewer: str, base_url: str) -> None:
    """The review is there."""
    accepted = row.state == "accepted"
    post(
        session, to=author.email, person_id=author.id, subject=f"{reviewer} has {'accepted' if accepted else 'returned'} your exercise",
        text=f"Hello {author.name},\n\n{reviewer} has {'accepted' if accepted else 'returned'} your exercise of the course “{course_title(row.course_id)}”. "
        f"{'Read the review here:' if accepted else 'Read what has to change, and hand it in again:'}\n\n{base_url}{exercise_address(row.course_id)}{SIGN}",
    )


def tell_asker(session: Session, asker: Person, who: str, title: str, address: str) -> None:
    """The first answer to a question is there."""
    post(
        session, to=asker.email, person_id=asker.id, subject=f"{who} has answered your question",
        text=f"Hello {asker.name},\n\n{who} has answered what you asked in a lesson: “{title}”. Read it, and say whether it helped:\n\n{address}\n\n"
        f"You get this mail for the first answer alone. Turn it off under Settings, Reminders.{SIGN}",
    )
