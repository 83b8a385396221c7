"""The review of some demo people: cards from their checks, and how they went in the last weeks."""

from __future__ import annotations

from sqlalchemy import select

from app.access import Me
from app.content import library
from app.demo.reading import Demo
from app.demo.stage import Stage
from app.learning.actions.review import add_cards, answer_card, rate_card
from app.models import Person, ReviewCard
from courses.review import AGAIN, GOOD, HARD

BEGUN, STOPPED = 16, 4


def put_review(stage: Stage, demo: Demo) -> None:
    """Cards of everybody content/demo names, asked on each of their days from 16 to 4 days ago; what fell due since waits."""
    catalogue = library().catalogue
    for name in demo.learning.review:
        person = stage.people[name]
        me = Me(person.id, person.name, person.email, person.time_zone)
        stage.session.flush()
        add_cards(stage.session, me, catalogue.lessons_in_order(), due=stage.day(BEGUN), now=stage.at(BEGUN))
        for days_ago in range(BEGUN, STOPPED - 1, -1):
            _a_day(stage, person, me, days_ago)


def _a_day(stage: Stage, person: Person, me: Me, days_ago: int) -> None:
    today = stage.day(days_ago)
    due = select(ReviewCard).where(ReviewCard.person_id == person.id, ReviewCard.due_on <= today).order_by(ReviewCard.id)
    for card in stage.session.scalars(due).all():
        answer_card(stage.session, me, card.id, {}, now=stage.at(days_ago))
        rate_card(stage.session, me, card.id, AGAIN if (card.id + card.turns) % 7 == 0 else HARD if card.id % 3 == 0 else GOOD, today=today)
