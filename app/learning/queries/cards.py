"""The review: the card that is asked now, how the reader stands, and all cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, and_, bindparam, cast, func, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.content import library
from app.errors import NotVisible, OutOfOrder
from app.learning.queries.asked import AskedQuestion
from app.learning.queries.checks import Refusal, questions_again
from app.learning.queries.review import ReviewedQuestion, reviewed
from app.models import QuizAttempt, ReviewCard, ReviewRating
from app.records.addresses import lesson_address
from app.records.review import COLUMNS, AskedCard, DueCards, asked_card, due_cards
from app.ui.filters import count, day, sentence, short_day
from app.ui.paging import Paging, paging
from courses.questions import Asked, Numeric, Ordering, ShortAnswer, TrueFalse
from courses.quiz import ShownQuiz, drawn, presented
from courses.review import AGAIN, RATINGS, Retention, minutes, seed_of, single, suggested, turns

WINDOW = 30
WEEK, MONTH = 7, 30


@dataclass(frozen=True)
class RatingButton:
    """A rating with what it leads to; `is_first` is the one the answer speaks for."""

    value: int
    label: str
    when: str
    is_first: bool


@dataclass(frozen=True)
class CardShown:
    """The card that is asked. `told` is None while the answer is still open."""

    id: int
    asked: AskedQuestion
    told: ReviewedQuestion | None
    is_looked_up: bool
    why: str
    buttons: tuple[RatingButton, ...]
    lesson: str
    lesson_href: str
    course: str


@dataclass(frozen=True)
class ReviewPage:
    """The review of one person. `last` words the last rating of today, which can be undone."""

    line: str
    card: CardShown | None
    last: str
    retention: str
    retention_of: str
    waiting: str
    total: int
    may_collect: bool


_MINE = ReviewRating.person_id == bindparam("person")
_LAST = select(ReviewRating.rating).where(_MINE, ReviewRating.day == bindparam("today")).order_by(ReviewRating.id.desc()).limit(1)
_RETURNS = select(func.count(ReviewRating.id)).where(_MINE, ReviewRating.is_return, ReviewRating.day > bindparam("since"))
_LIVE = and_(ReviewCard.person_id == bindparam("person"), ReviewCard.suspended_at.is_(None))
_STANDING = select(
    _LAST.scalar_subquery().label("rating"),
    _LAST.with_only_columns(ReviewCard.due_on).select_from(ReviewRating).join(ReviewCard, ReviewCard.id == ReviewRating.card_id).scalar_subquery().label("back_on"),
    _RETURNS.scalar_subquery().label("asked"),
    _RETURNS.where(ReviewRating.rating != AGAIN).scalar_subquery().label("recalled"),
    select(func.count(ReviewRating.id)).where(_MINE, ReviewRating.day == bindparam("today")).scalar_subquery().label("done"),
    select(func.count(ReviewCard.id)).where(ReviewCard.person_id == bindparam("person")).scalar_subquery().label("total"),
    select(func.min(ReviewCard.due_on)).where(_LIVE, ReviewCard.due_on > bindparam("today")).scalar_subquery().label("ahead"),
    select(func.coalesce(func.sum(cast(QuizAttempt.passed, Integer)), 0))
    .where(QuizAttempt.person_id == bindparam("person")).scalar_subquery().label("passed"),
)


def review_page(session: Session, me: Me, today: date, refused: tuple[int, Refusal] | None = None) -> ReviewPage:
    """The card that is asked now and how I stand; two statements. *refused* is the card and what was just sent and not accepted."""
    due = due_cards(session, me, today)
    number, refusal = refused or (0, None)
    card = next((card for card in due.cards if card.id == number and not card.is_told), None)
    standing = db.rows(session, _STANDING, person=me.person_id, today=today, since=today - timedelta(days=WINDOW))[0]
    kept = Retention(standing.recalled, standing.asked)
    return ReviewPage(
        line=_line(due, standing.done, standing.ahead, standing.total, today),
        card=_shown(card, today, refusal) if card else _shown(due.cards[0], today, None) if due.cards else None,
        last=f"{RATINGS[standing.rating]}: the card is back {soon(standing.back_on, today)}." if standing.rating else "",
        retention="" if kept.share is None else f"{round(100 * kept.share)} %",
        retention_of=f"{kept.recalled} of {count(kept.asked, 'card', words=False)} that came back in the last {WINDOW} days",
        waiting=f"{sentence(count(due.waiting, 'more card'))} {'is' if due.waiting == 1 else 'are'} due; {'it waits' if due.waiting == 1 else 'they wait'} until tomorrow." if due.waiting else "",
        total=standing.total, may_collect=not standing.total and bool(standing.passed),
    )


def card_asked(session: Session, me: Me, card_id: int, today: date) -> ShownQuiz:
    """A card of mine that is due, as I see it, without the key. NotVisible; OutOfOrder while it is suspended or not due."""
    row = session.execute(visible(me, ReviewCard).with_only_columns(*COLUMNS, ReviewCard.suspended_at).where(ReviewCard.id == card_id)).one_or_none()
    card = asked_card(row) if row else None
    if card is None or row is None:
        raise NotVisible
    if row.suspended_at is not None:
        raise OutOfOrder("This card is suspended. Resume it on the page of all cards.")
    if card.due > today:
        raise OutOfOrder("This card has its day already. Go on with the review.")
    return presented(single(card.question), seed_of(card.id, card.turns))


def _line(due: DueCards, done: int, ahead: date | None, total: int, today: date) -> str:
    if due.cards:
        return f"{sentence(count(len(due.cards), 'card'))} left today, about {count(due.minutes, 'minute')}. Stop whenever you like; the rest waits."
    if not total:
        return "Questions come back shortly before you would forget them."
    if done:
        coming = f" The next ones come {soon(ahead, today)}." if ahead and not due.waiting else ""
        return f"Done for today: {count(done, 'card')} rated.{coming}"
    return f"Nothing is due today.{f' The next card comes {soon(ahead, today)}.' if ahead else ''}"


def _shown(card: AskedCard, today: date, refusal: Refusal | None) -> CardShown:
    quiz, seed = single(card.question), seed_of(card.id, card.turns)
    shown = presented(quiz, seed)
    answers = {} if card.answer is None else {shown.questions[0].id: card.answer}
    one = questions_again(shown, answers, (), refusal)[0]
    told = reviewed(quiz, shown.questions, answers, seed, True)[0][0] if card.is_told else None
    first = suggested(card.mark)
    buttons = tuple(
        RatingButton(rating, RATINGS[rating], soon(turn.due, today), rating == first) for rating, turn in turns(card.memory, today).items()
    )
    catalogue, looked_up = library().catalogue, card.is_told and card.answer is None
    return CardShown(
        id=card.id, asked=one, told=told, is_looked_up=looked_up, why=_why(drawn(quiz, seed).questions[0]) if looked_up else "",
        buttons=buttons if card.is_told else (), lesson=card.lesson.title, lesson_href=lesson_address(catalogue, card.lesson.id),
        course=catalogue.course(card.lesson.course).title,
    )


def _why(keyed: Asked) -> str:
    """What is said to a right answer, for somebody who only looked it up; options say it themselves."""
    if isinstance(keyed, Numeric | ShortAnswer | Ordering):
        return keyed.right
    return (keyed.when_true if keyed.answer else keyed.when_false) if isinstance(keyed, TrueFalse) else ""


def soon(due: date, today: date) -> str:
    """A day as people say it: today, tomorrow, in 5 days, in 3 weeks, in 4 months; what is overdue is due today."""
    days = (due - today).days
    if days < 2:
        return "tomorrow" if days == 1 else "today"
    if days < 3 * WEEK:
        return f"in {days} days"
    return f"in {round(days / WEEK)} weeks" if days < 3 * MONTH else f"in {round(days / MONTH)} months"


@dataclass(frozen=True)
class CardRow:
    """A card in the list: when it comes back ('' while suspended), and why it is there."""

    id: int
    text: str
    lesson: str
    href: str
    when: str
    why: str
    is_suspended: bool
    asked: str


@dataclass(frozen=True)
class CardsPage:
    """My cards, those due first. `courses` are (slug, title) to choose from."""

    rows: tuple[CardRow, ...]
    paging: Paging
    courses: tuple[tuple[str, str], ...]
    chosen: str
    live: int
    suspended: int
    gone: int
    minutes: int


def cards_page(session: Session, me: Me, today: date, chosen: str, page: str) -> CardsPage:
    """All my cards of a course, or of all; one statement."""
    catalogue = library().catalogue
    rows = session.execute(
        visible(me, ReviewCard).with_only_columns(*COLUMNS, ReviewCard.suspended_at, ReviewCard.source)
        .order_by(ReviewCard.suspended_at.is_not(None), ReviewCard.due_on, ReviewCard.id)
    ).all()
    known = [(row, card) for row in rows if (card := asked_card(row)) is not None]
    of_courses = {card.lesson.course for _, card in known}
    courses = tuple((course.slug, course.title) for course in catalogue.in_order() if course.id in of_courses)
    wanted = next((course.id for course in catalogue.courses if course.slug == chosen and course.id in of_courses), "")
    listed = [(row, card) for row, card in known if not wanted or card.lesson.course == wanted]
    found = paging(page, len(listed), "/review/cards/", {"course": chosen if wanted else ""})
    return CardsPage(
        rows=tuple(_row(row, card, today) for row, card in listed[found.rows]), paging=found, courses=courses, chosen=chosen if wanted else "",
        live=sum(row.suspended_at is None for row, _ in known), suspended=sum(row.suspended_at is not None for row, _ in known),
        gone=len(rows) - len(known), minutes=minutes(sum(row.suspended_at is None and row.due_on <= today for row, _ in known)),
    )


def _row(row: Any, card: AskedCard, today: date) -> CardRow:
    suspended = row.suspended_at is not None
    text = presented(single(card.question), seed_of(card.id, card.turns)).questions[0].text
    return CardRow(
        card.id, text, card.lesson.title, lesson_address(library().catalogue, card.lesson.id),
        "" if suspended else sentence(soon(card.due, today)) if card.due <= today else f"{short_day(card.due)}, {soon(card.due, today)}",
        "missed in a check" if row.source == "missed" else "key question", suspended, f"last asked {day(card.memory.last)}" if card.memory else "not asked yet",
    )
