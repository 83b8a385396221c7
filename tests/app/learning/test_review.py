"""The spaced review: where cards come from, how one is answered, rated and undone, and what happens when content changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from app.content import library
from app.models import QuizAttempt, ReviewCard, ReviewRating
from courses.questions import SingleChoice
from courses.review import A_DAY
from tests.support.sheets import fields, lesson
from tests.support.statements import counted

CHECK = "/courses/project-life-cycle/planning/check/"
LESSON = "C05-2"
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
KEY = "Not right yet"


def cards(app):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(ReviewCard).order_by(ReviewCard.question_id)).all()


def take(site, wrong=0):
    sent = fields(LESSON, wrong=wrong)
    return site.get(site.get(CHECK).submit({}).location).submit(sent, follow=True)


def test_cards_come_from_what_was_missed_and_what_matters_once_the_key_may_be_seen(app, people, visit):
    assert lesson(LESSON).quiz.remember == ("q2", "q5")
    with time_machine.travel(MONDAY, tick=False) as clock:
        site = visit(people.bob)
        assert "Choose a course" in site.get("/review/").words
        take(site, wrong=2)
        assert cards(app) == []
        take(site)
        assert [(c.question_id, c.source, c.due_on.day) for c in cards(app)] == [("q1", "missed", 3), ("q2", "missed", 3), ("q5", "key", 3)]
        assert "The next card comes tomorrow" in site.get("/review/").words
        assert "card" not in site.get("/").find("ol").words
        clock.shift(timedelta(days=1))
        today = visit(people.bob).get("/")
        assert "3 cards, about 2 minutes" in today.words
        assert today.link("3 cards, about 2 minutes") == "/review/"


def test_a_card_is_answered_told_rated_undone_and_rated_again(app, people, visit):
    with time_machine.travel(MONDAY, tick=False) as clock:
        site = visit(people.bob)
        take(site, wrong=0)
        clock.shift(timedelta(days=1))
        site = visit(people.bob)
        question = next(q for q in lesson(LESSON).quiz.questions if q.id == "q2")
        assert isinstance(question, SingleChoice)
        right = next(o for o in question.options if o.correct)
        page = site.get("/review/")
        assert "Two cards left today, about one minute" in page.words
        assert all(option.feedback not in page.text for option in question.options)
        empty = page.submit({"go": "answer"})
        assert empty.status == 422
        assert "Answer the question, or show the answer" in empty.words
        card = next(c for c in cards(app) if c.question_id == "q2")
        assert site.post(f"/review/{card.id}/rate", {"rating": "3"}).status == 409
        told = page.submit({"q2": right.id, "go": "answer"}, follow=True)
        assert right.feedback in told.words
        assert "Again: tomorrow" in told.words
        assert "Good: in 2 days" in told.words
        assert [b.words for b in told.all(".//button[@class='button main']")] == ["Good: in 2 days"]
        assert told.submit({"rating": "5"}, action="/rate").status == 422
        again = told.submit({"rating": "4"}, action="/rate", follow=True)
        assert "Easy: the card is back in 8 days." in again.words
        assert "One card left today" in again.words
        undone = again.submit(action="/review/undo", follow=True)
        assert right.feedback in undone.words
        assert "Two cards left today" in undone.words
        undone.submit({"rating": "3"}, action="/rate")
        card = next(c for c in cards(app) if c.question_id == "q2")
        assert (card.due_on.isoformat(), card.turns, card.answer, card.told_at) == ("2026-11-05", 1, None, None)
        assert card.stability == pytest.approx(2.3065)


def test_what_was_only_looked_up_counts_and_retention_is_of_cards_that_came_back(app, people, visit):
    with time_machine.travel(MONDAY, tick=False) as clock:
        site = visit(people.bob)
        take(site)
        for rating in ("3", "3", "1", "3"):
            clock.shift(timedelta(days=3))
            site = visit(people.bob)
            shown = site.get("/review/").submit({"go": "look"}, follow=True)
            assert "Looked up" in shown.words
            assert "You left this question open" not in shown.words
            end = shown.submit({"rating": rating}, action="/rate", follow=True)
        assert "of 2 cards that came back" in end.words
        assert "50 % remembered: 1 of 2 cards" in end.words


def test_a_day_has_an_end_and_cards_rest_suspended_or_without_their_question(app, people, visit):
    with time_machine.travel(MONDAY, tick=False):
        today = MONDAY.date()
        known = [(one.id, q.id) for one in library().catalogue.lessons_in_order() for q in one.quiz.questions[:1]][: A_DAY + 3]
        with app.extensions["database"].transaction() as session:
            session.add_all(
                ReviewCard(person_id=people.bob.id, lesson_id=name, question_id=q, source="key", due_on=today)
                for name, q in [*known, (LESSON, "retired"), ("C99-1", "q1")]
            )
        site = visit(people.bob)
        page = site.get("/review/")
        assert "12 cards left today, about six minutes" in page.words
        assert "Three more cards are due; they wait until tomorrow" in page.words
        with counted(app) as few:
            site.get("/review/")
        assert len(few) <= 6
        listed = site.get("/review/cards/")
        assert "15 cards in the rhythm" in listed.words
        assert "Besides, two cards rest: what they ask is not in the courses at present" in listed.words
        first = cards_by_due(app)[0]
        after = listed.submit(action=f"/review/{first.id}/suspend", follow=True)
        assert "1 suspended" in after.words
        assert site.post(f"/review/{first.id}/answer", {"go": "look"}).status == 409
        assert "1 suspended" not in after.submit(action=f"/review/{first.id}/resume", follow=True).words
        gone = next(c for c in cards(app) if c.question_id == "retired")
        assert site.post(f"/review/{gone.id}/answer", {"go": "look"}).status == 404
        course = site.get("/review/cards/?course=project-life-cycle")
        assert {row.get("href").split("/")[2] for row in course.all(".//tbody//a")} == {"project-life-cycle"}
        done = [card.id for card in cards_by_due(app)[:A_DAY]]
        with app.extensions["database"].transaction() as session:
            session.add_all(ReviewRating(card_id=card, person_id=people.bob.id, day=today, rating=4, is_return=False, before={}) for card in done)
            session.execute(update(ReviewCard).where(ReviewCard.id.in_(done)).values(due_on=today + timedelta(days=8)))
        end = site.get("/review/")
        assert "Done for today: 12 cards rated" in end.words
        assert "Three more cards are due; they wait until tomorrow" in end.words


def cards_by_due(app):
    gone = ("retired",)
    return [c for c in sorted(cards(app), key=lambda c: c.id) if c.question_id not in gone and c.lesson_id != "C99-1"]


def test_somebody_who_passed_earlier_starts_with_one_button_and_missing_a_known_card_brings_it_back(app, people, visit):
    with time_machine.travel(MONDAY, tick=False) as clock:
        site = visit(people.bob)
        take(site)
        with app.extensions["database"].transaction() as session:
            session.query(ReviewRating).delete()
            session.query(ReviewCard).delete()
        page = site.get("/review/")
        assert "You have passed checks" in page.words
        started = page.submit(action="/review/collect", follow=True)
        assert "Two cards left today" in started.words
        with app.extensions["database"].transaction() as session:
            session.execute(update(ReviewCard).values(due_on=MONDAY.date() + timedelta(days=60)))
        clock.shift(timedelta(days=1))
        site = visit(people.bob)
        take(site, wrong=2)
        assert {c.question_id: (c.due_on - MONDAY.date()).days for c in cards(app)} == {"q1": 2, "q2": 2, "q5": 60}
        with app.extensions["database"].reading() as session:
            assert len(session.scalars(select(QuizAttempt)).all()) == 2
