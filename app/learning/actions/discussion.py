"""Asking about a lesson, answering, changing and removing what is mine, and looking after what stands there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.errors import Forbidden, NotVisible, OutOfOrder, Refused
from app.learning.letters import tell_asker
from app.learning.queries.discussion import Place, place_of_post
from app.models import Event, HelpedToo, LessonPost, Person
from app.records.editing import demand_version
from app.records.reminders import wants
from courses.discussion import MOST_A_DAY, Standing, may_say_what_helped, may_settle, may_write_more, settles

GONE = "This question was taken away or hidden meanwhile. It takes no answers."
NOT_AN_ANSWER = "Only an answer can help."
OWN = "This answer is yours. Others say whether it helped them."
WHO_SAYS = "Whoever asked says what helped, or those who look after the lesson."
WHO_SETTLES = "A question is settled by whoever asked it, a mistake by those who look after the lesson."


def ask(session: Session, me: Me, place: Place, *, kind: str, title: str, text: str, now: datetime) -> int:
    """Put a question below a lesson, or report a mistake in it; its id. Refused after thirty posts in a day."""
    _demand_room(session, me, now)
    post = LessonPost(person_id=me.person_id, lesson_id=place.lesson.id, kind=kind, title=title, text=text, created_at=now)
    session.add(post)
    session.flush()
    _note(session, me, "reported a mistake in a lesson" if kind == "mistake" else "asked a question in a lesson", post)
    return post.id


def answer(session: Session, me: Me, place: Place, question_id: int, *, text: str, now: datetime, base_url: str) -> int:
    """Answer a question; the id of the answer. Whoever asked hears of the first answer of somebody else by mail."""
    question = _standing(session, me, place, question_id)
    _demand_room(session, me, now)
    others = (LessonPost.question_id == question.id, LessonPost.person_id != question.person_id)
    is_first = me.person_id != question.person_id and not session.scalar(select(func.count()).select_from(LessonPost).where(*others))
    post = LessonPost(person_id=me.person_id, lesson_id=place.lesson.id, kind="answer", question_id=question.id, text=text, created_at=now)
    session.add(post)
    session.flush()
    _note(session, me, "answered a question in a lesson", post, question.person_id)
    asker = session.get_one(Person, question.person_id)
    if is_first and asker.disabled_at is None and wants(session, asker.id, "answer"):
        tell_asker(session, asker, me.name, question.title, f"{base_url}{place.href}{question.id}/")
    return post.id


def change(session: Session, me: Me, post_id: int, *, title: str, text: str, version: int | None, now: datetime) -> str:
    """Put other words in the place of mine; the address of the question. EditConflict when they changed in another window."""
    place, question_id, post = _held(session, me, post_id)
    if post.person_id != me.person_id or post.removed_at:
        raise NotVisible
    words = {"title": ("In one line", title)} if post.kind != "answer" else {}
    demand_version(post, version, words | {"text": ("Text", text)}, f"/posts/{post_id}/")
    post.title, post.text, post.changed_at = title, text, now
    _note(session, me, "changed a post in a lesson", post)
    return f"{place.href}{question_id}/"


def remove(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """Take my words away; where to look next. A question that was answered leaves its place behind, everything else goes altogether."""
    place, question_id, post = _held(session, me, post_id)
    if post.person_id != me.person_id or post.removed_at:
        raise NotVisible
    _note(session, me, "removed a post in a lesson", post)
    if post.kind != "answer" and _answers(session, post.id):
        post.title = post.text = ""
        post.removed_at = now
        session.flush()
        return f"{place.href}{question_id}/"
    has_helped = post.helped_at is not None
    _drop(session, post)
    if post.kind != "answer":
        return place.href
    question = session.get_one(LessonPost, question_id)
    if question.removed_at and not _answers(session, question_id):
        _drop(session, question)
        return place.href
    if has_helped and settles(_kind(question)):
        _set(session, question_id, settled_at=None)
    return f"{place.href}{question_id}/"


def hide(session: Session, me: Me, post_id: int, *, reason: str, now: datetime) -> str:
    """Take something out of sight of everybody but its writer and those who look after the lesson; the address of the question."""
    place, question_id, post = _looked_after(session, me, post_id)
    post.hidden_at, post.hidden_reason = now, reason
    _note(session, me, "hid a post in a lesson", post, post.person_id, reason=reason)
    return f"{place.href}{question_id}/"


def show(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """Bring it back."""
    place, question_id, post = _looked_after(session, me, post_id)
    post.hidden_at, post.hidden_reason = None, ""
    _note(session, me, "showed a post in a lesson again", post, post.person_id)
    return f"{place.href}{question_id}/"


def helped(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """This answer helped: it stands first, and a question is settled by it."""
    place, question, post = _answer_to_mark(session, me, post_id)
    session.execute(update(LessonPost).where(LessonPost.question_id == question.id, LessonPost.helped_at.is_not(None)).values(helped_at=None))
    _set(session, post.id, helped_at=now)
    if settles(_kind(question)):
        _set(session, question.id, settled_at=now)
    _note(session, me, "said which answer helped", post, post.person_id)
    return f"{place.href}{question.id}/"


def not_helped(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """It did not after all: the question is open again."""
    place, question, post = _answer_to_mark(session, me, post_id)
    _set(session, post.id, helped_at=None)
    if settles(_kind(question)):
        _set(session, question.id, settled_at=None)
    return f"{place.href}{question.id}/"


def settle(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """Nothing is left to do about it."""
    place, question = _question_to_settle(session, me, post_id)
    _set(session, question.id, settled_at=now)
    _note(session, me, "settled a question in a lesson", question, question.person_id)
    return f"{place.href}{question.id}/"


def reopen(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """There is something left to do."""
    place, question = _question_to_settle(session, me, post_id)
    _set(session, question.id, settled_at=None)
    _note(session, me, "opened a question in a lesson again", question, question.person_id)
    return f"{place.href}{question.id}/"


def helped_me(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """An answer of somebody else helped me too. Twice is once."""
    place, question, post = _answer(session, me, post_id)
    if post.person_id == me.person_id:
        raise OutOfOrder(OWN)
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"post_id": post.id, "person_id": me.person_id, "created_at": now}
    session.execute(insert(HelpedToo).values(row).on_conflict_do_nothing(index_elements=["post_id", "person_id"]))
    return f"{place.href}{question.id}/"


def not_helped_me(session: Session, me: Me, post_id: int, *, now: datetime) -> str:
    """Take that back."""
    place, question, post = _answer(session, me, post_id)
    session.execute(delete(HelpedToo).where(HelpedToo.post_id == post.id, HelpedToo.person_id == me.person_id))
    return f"{place.href}{question.id}/"


def _demand_room(session: Session, me: Me, now: datetime) -> None:
    """The row of the writer stays locked, so that the limit holds however many forms arrive at once."""
    session.execute(select(Person.id).where(Person.id == me.person_id).with_for_update())
    since = (LessonPost.person_id == me.person_id, LessonPost.created_at > now - timedelta(days=1))
    if not may_write_more(session.scalar(select(func.count()).select_from(LessonPost).where(*since)) or 0):
        raise Refused(f"You have written {MOST_A_DAY} questions and answers within a day. Write on tomorrow; copy your text if you leave this page")


def _standing(session: Session, me: Me, place: Place, question_id: int) -> LessonPost:
    """The question, locked, as long as it takes answers."""
    here = (LessonPost.id == question_id, LessonPost.lesson_id == place.lesson.id, LessonPost.kind != "answer")
    question: LessonPost = fetch(session, me, LessonPost, *here, lock=True)
    if question.removed_at or question.hidden_at:
        raise OutOfOrder(GONE)
    return question


def _held(session: Session, me: Me, post_id: int) -> tuple[Place, int, LessonPost]:
    """A post I may see, with its place; the question is locked before its answer, so that two deeds wait for each other."""
    place, question_id = place_of_post(session, me, post_id)
    question: LessonPost = fetch(session, me, LessonPost, LessonPost.id == question_id, lock=True)
    post: LessonPost = question if question_id == post_id else fetch(session, me, LessonPost, LessonPost.id == post_id, lock=True)
    return place, question_id, post


def _looked_after(session: Session, me: Me, post_id: int) -> tuple[Place, int, LessonPost]:
    place, question_id, post = _held(session, me, post_id)
    if not place.looks_after or post.removed_at:
        raise NotVisible
    return place, question_id, post


def _answer(session: Session, me: Me, post_id: int) -> tuple[Place, LessonPost, LessonPost]:
    """An answer that stands, and its question."""
    place, question_id, post = _held(session, me, post_id)
    if post.kind != "answer":
        raise OutOfOrder(NOT_AN_ANSWER)
    if post.hidden_at:
        raise OutOfOrder(GONE)
    return place, _standing(session, me, place, question_id), post


def _answer_to_mark(session: Session, me: Me, post_id: int) -> tuple[Place, LessonPost, LessonPost]:
    place, question, post = _answer(session, me, post_id)
    if not may_say_what_helped(Standing(question.person_id == me.person_id, place.looks_after)):
        raise Forbidden(WHO_SAYS)
    return place, question, post


def _question_to_settle(session: Session, me: Me, post_id: int) -> tuple[Place, LessonPost]:
    place, question_id = place_of_post(session, me, post_id)
    if question_id != post_id:
        raise NotVisible
    question = _standing(session, me, place, question_id)
    if not may_settle(_kind(question), Standing(question.person_id == me.person_id, place.looks_after)):
        raise Forbidden(WHO_SETTLES)
    return place, question


def _kind(question: LessonPost) -> Any:
    return question.kind


def _answers(session: Session, question_id: int) -> int:
    return session.scalar(select(func.count()).select_from(LessonPost).where(LessonPost.question_id == question_id)) or 0


def _drop(session: Session, post: LessonPost) -> None:
    session.execute(delete(HelpedToo).where(HelpedToo.post_id == post.id))
    session.delete(post)
    session.flush()


def _set(session: Session, post_id: int, **values: datetime | None) -> None:
    """What others say of a post is no new version of its words: its writer may be changing them at this moment."""
    session.execute(update(LessonPost).where(LessonPost.id == post_id).values(**values))


def _note(session: Session, me: Me, what: str, post: LessonPost, subject_id: int | None = None, **detail: str) -> None:
    about = subject_id if subject_id != me.person_id else None
    session.add(Event(person_id=me.person_id, subject_id=about, what=what, thing="post", thing_id=str(post.id), detail={"post": post.lesson_id, **detail}))
    session.flush()
