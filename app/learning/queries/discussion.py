"""What people ask about a lesson: the list below it, one question with its answers, and what is open in a whole course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, can, looks_after_lessons, seen, visible
from app.content import library
from app.db import built_once
from app.errors import NotVisible, OutOfOrder
from app.learning.queries.checks import lesson_at
from app.models import HelpedToo, LessonPost, Person
from app.records.addresses import lesson_address
from app.records.learning import studied
from app.ui.markdown import note_html
from app.ui.paging import Paging, paging
from app.ui.text import NotText, clean_line, folded
from courses.catalogue import Course, Lesson
from courses.discussion import Standing, may_say_what_helped, may_settle
from courses.errors import NotInCatalogue
from courses.progress import course_progress

LOCKED = "This course waits for another one. What people ask about its lessons opens with them."
REMOVED = "Removed by its writer"
LONGEST, A_PAGE, ANSWERS = 200, 20, 50
WAYS = {"": "Newest first", "unanswered": "Without an answer", "helpful": "Most helpful first"}
STATES = {"": "Open", "settled": "Settled"}
MADE = {"question": "Question", "mistake": "Mistake"}

_answer = aliased(LessonPost)
_STANDS = (_answer.question_id == LessonPost.id, _answer.hidden_at.is_(None))


@dataclass(frozen=True)
class Place:
    """A lesson that is open to me, as the place of its questions."""

    course: Course
    lesson: Lesson
    looks_after: bool

    @property
    def lesson_href(self) -> str:
        """The address of the lesson."""
        return f"/courses/{self.course.slug}/{self.lesson.slug}/"

    @property
    def href(self) -> str:
        """The address of its questions."""
        return f"{self.lesson_href}questions/"


def place_of(session: Session, me: Me, course: Course, lesson: Lesson) -> Place:
    """The one way to the questions of a lesson: whoever may read the lesson may read and write them. OutOfOrder while it is locked.

    One statement."""
    catalogue = library().catalogue
    progress = course_progress(catalogue, course.id, studied(session, me, catalogue.with_needed(course)).facts)
    if not can(me, "read discussion", next(one for one in progress.lessons if one.lesson.id == lesson.id)):
        raise OutOfOrder(LOCKED)
    return Place(course, lesson, looks_after_lessons(me))


def place_at(session: Session, me: Me, course: str, lesson: str) -> Place:
    """The place at an address, or NotVisible."""
    return place_of(session, me, *lesson_at(course, lesson))


def place_of_post(session: Session, me: Me, post_id: int) -> tuple[Place, int]:
    """Where a post stands that I may see, and the id of its question (its own, where it is one). Two statements.

    NotVisible for all others, also while the lesson is locked or when it is no longer in the courses."""
    row = session.execute(visible(me, LessonPost).with_only_columns(LessonPost.lesson_id, LessonPost.question_id).where(LessonPost.id == post_id)).one_or_none()
    if row is None:
        raise NotVisible
    try:
        lesson = library().catalogue.lesson(row.lesson_id)
        return place_of(session, me, library().catalogue.course(lesson.course), lesson), row.question_id or post_id
    except (NotInCatalogue, OutOfOrder):
        raise NotVisible from None


@dataclass(frozen=True)
class QuestionLine:
    """A question or mistake in a list. `helped` counts the people its answers helped."""

    id: int
    kind: str
    title: str
    href: str
    lesson: str
    person_id: int
    name: str
    at: datetime
    answers: int
    helped: int
    is_settled: bool
    is_hidden: bool


@dataclass(frozen=True)
class DiscussionPage:
    """The questions of a lesson. `ways` are the orders of the list: (words, address, is here)."""

    place: Place
    rows: tuple[QuestionLine, ...]
    paging: Paging
    ways: tuple[tuple[str, str, bool], ...]
    way: str
    wanted: str
    fault: str


def discussion_page(session: Session, me: Me, place: Place, *, way: str, typed: str, page: str) -> DiscussionPage:
    """A page of twenty; two statements. A search finds questions that hold every word in their title or text."""
    way, fault, wanted = way if way in WAYS else "", "", ""
    try:
        wanted = clean_line(typed[: LONGEST * 5], LONGEST)
    except NotText:
        fault = f"Search for at most {LONGEST} characters of plain text."
    found = db.rows(session, _wanted(me, way, bool(wanted)), lessons=[place.lesson.id])
    words = folded(wanted).split()
    ids = [row.id for row in found if not words or all(word in folded(f"{row.title} {row.text}") for word in words)]
    here = paging(page, len(ids), place.href, {"show": way, "q": wanted}, A_PAGE)
    ways = tuple((name, place.href + (f"?show={key}" if key else ""), key == way) for key, name in WAYS.items())
    return DiscussionPage(place, _lines(session, ids[here.rows]), here, ways, way, wanted, fault)


@dataclass(frozen=True)
class CoursePage:
    """What is open, or what was settled, in all lessons of a course."""

    course: Course
    rows: tuple[QuestionLine, ...]
    paging: Paging
    states: tuple[tuple[str, str, bool], ...]
    state: str


def course_page(session: Session, me: Me, course: Course, *, state: str, page: str) -> CoursePage:
    """For those who look after the lessons: mistakes first, then the oldest first; two statements."""
    state, href = state if state in STATES else "", f"/courses/{course.slug}/questions/"
    ids = [row.id for row in db.rows(session, _of_course(me, state == "settled"), lessons=[one.id for one in course.lessons])]
    here = paging(page, len(ids), href, {"state": state}, A_PAGE)
    states = tuple((name, href + (f"?state={key}" if key else ""), key == state) for key, name in STATES.items())
    return CoursePage(course, _lines(session, ids[here.rows]), here, states, state)


@dataclass(frozen=True)
class PostLine:
    """A question or an answer as somebody reads it. `helped` counts the people an answer helped too."""

    id: int
    person_id: int
    name: str
    office: bool
    at: datetime
    changed: datetime | None
    text: str
    is_mine: bool
    is_removed: bool
    hidden: str
    has_helped: bool
    helped: int
    helped_me: bool

    @property
    def body(self) -> Markup:
        """The words as they are shown."""
        return note_html(self.text)


@dataclass(frozen=True)
class ThreadPage:
    """A question with its answers, the one that helped first."""

    place: Place
    kind: str
    title: str
    href: str
    is_settled: bool
    asked: PostLine
    answers: tuple[PostLine, ...]
    paging: Paging
    takes_answers: bool
    may_say_what_helped: bool
    may_settle: bool


def thread_page(session: Session, me: Me, place: Place, question_id: int, *, page: str) -> ThreadPage:
    """The question at this address, or NotVisible; one statement."""
    rows = db.rows(session, _thread(me), question=question_id, lesson=place.lesson.id, person=me.person_id)
    if not rows or rows[0].question_id is not None:
        raise NotVisible
    first, kind = rows[0], rows[0].kind
    posts = [_post(me, row) for row in rows]
    href, standing = f"{place.href}{question_id}/", Standing(first.person_id == me.person_id, place.looks_after)
    here = paging(page, len(posts) - 1, href, size=ANSWERS)
    takes = first.removed_at is None and first.hidden_at is None
    return ThreadPage(
        place, kind, title_of(first), href, first.settled_at is not None, posts[0], tuple(posts[1:][here.rows]), here, takes,
        takes and may_say_what_helped(standing), takes and may_settle(kind, standing),
    )


@dataclass(frozen=True)
class PostPage:
    """One post: to change by its writer, or to hide by those who look after the lesson."""

    place: Place
    post: LessonPost
    href: str

    @property
    def thing(self) -> str:
        """What it is, as a button says it."""
        return {"question": "question", "mistake": "report", "answer": "answer"}[self.post.kind]


def post_page(session: Session, me: Me, post_id: int, *, own: bool) -> PostPage:
    """A post of mine (*own*), or any that stands, for those who look after the lesson. NotVisible for everybody else; three statements."""
    place, question_id = place_of_post(session, me, post_id)
    whose = LessonPost.person_id == me.person_id
    post = session.scalars(visible(me, LessonPost).where(LessonPost.id == post_id, LessonPost.removed_at.is_(None), *((whose,) if own else ()))).one_or_none()
    if post is None or not (own or place.looks_after):
        raise NotVisible
    return PostPage(place, post, f"{place.href}{question_id}/")


def title_of(row: Any) -> str:
    """The title of a question, also of one its writer took away."""
    return row.title if row.removed_at is None else REMOVED


def _asked(me: Me) -> tuple[ColumnElement[bool], ...]:
    return (LessonPost.lesson_id.in_(bindparam("lessons", expanding=True)), LessonPost.kind != "answer", seen(me, LessonPost))


def _helped() -> ScalarSelect[int]:
    return select(func.count()).select_from(HelpedToo).join(_answer, _answer.id == HelpedToo.post_id).where(*_STANDS).correlate(LessonPost).scalar_subquery()


@built_once
def _wanted(me: Me, way: str, searches: bool) -> Select[Any]:
    """The questions of a lesson in order; their words only where they are searched."""
    words: tuple[Any, ...] = (LessonPost.title, LessonPost.text) if searches else ()
    found: Select[Any] = select(LessonPost.id, *words).where(*_asked(me))
    if way == "unanswered":
        found = found.where(LessonPost.settled_at.is_(None), LessonPost.removed_at.is_(None), ~exists().where(*_STANDS))
    if way == "helpful":
        found = found.order_by(_helped().desc())
    return found.order_by(LessonPost.id.desc())


@built_once
def _of_course(me: Me, settled: bool) -> Select[Any]:
    state = LessonPost.settled_at.is_not(None) if settled else LessonPost.settled_at.is_(None)
    found = select(LessonPost.id).where(*_asked(me), LessonPost.removed_at.is_(None), state)
    return found.order_by(LessonPost.settled_at.desc(), LessonPost.id.desc()) if settled else found.order_by(LessonPost.kind, LessonPost.id)


_LINES = (
    select(
        LessonPost.id, LessonPost.kind, LessonPost.lesson_id, LessonPost.title, LessonPost.person_id, LessonPost.created_at, LessonPost.settled_at,
        LessonPost.removed_at, LessonPost.hidden_at, Person.name,
        select(func.count()).select_from(_answer).where(*_STANDS).correlate(LessonPost).scalar_subquery().label("answers"), _helped().label("helped"),
    ).join(Person, Person.id == LessonPost.person_id).where(LessonPost.id.in_(bindparam("ids", expanding=True)))
)


def _lines(session: Session, ids: Sequence[int]) -> tuple[QuestionLine, ...]:
    """These questions in this order; the caller may see them."""
    rows = {row.id: row for row in db.rows(session, _LINES, ids=list(ids))}
    return tuple(_line(rows[number]) for number in ids)


def _line(row: Any) -> QuestionLine:
    catalogue = library().catalogue
    return QuestionLine(
        row.id, row.kind, title_of(row), f"{lesson_address(catalogue, row.lesson_id)}questions/{row.id}/", catalogue.lesson(row.lesson_id).title,
        row.person_id, row.name, row.created_at, row.answers, row.helped, row.settled_at is not None, row.hidden_at is not None,
    )


_POST: tuple[Any, ...] = (
    LessonPost.id, LessonPost.kind, LessonPost.question_id, LessonPost.title, LessonPost.text, LessonPost.person_id, LessonPost.created_at,
    LessonPost.changed_at, LessonPost.removed_at, LessonPost.hidden_at, LessonPost.hidden_reason, LessonPost.settled_at, LessonPost.helped_at,
)


@built_once
def _thread(me: Me) -> Select[Any]:
    pressed = select(func.count()).select_from(HelpedToo).where(HelpedToo.post_id == LessonPost.id).scalar_subquery()
    mine = exists().where(HelpedToo.post_id == LessonPost.id, HelpedToo.person_id == bindparam("person"))
    return (
        select(*_POST, Person.name, Person.is_pmo_lead, pressed.label("helped"), mine.label("helped_me"))
        .join(Person, Person.id == LessonPost.person_id)
        .where(
            or_(LessonPost.id == bindparam("question"), LessonPost.question_id == bindparam("question")), LessonPost.lesson_id == bindparam("lesson"),
            seen(me, LessonPost),
        )
        .order_by(LessonPost.question_id.is_not(None), LessonPost.helped_at.is_(None), LessonPost.id)
    )


def _post(me: Me, row: Any) -> PostLine:
    return PostLine(
        row.id, row.person_id, row.name, row.is_pmo_lead, row.created_at, row.changed_at, row.text, row.person_id == me.person_id,
        row.removed_at is not None, row.hidden_reason if row.hidden_at else "", row.helped_at is not None, row.helped, bool(row.helped_me),
    )
