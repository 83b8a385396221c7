"""Questions of demo people about lessons, with what others answered."""

from __future__ import annotations

from typing import Any

from app.demo.reading import Demo
from app.demo.stage import Stage
from app.models import HelpedToo, LessonPost
from courses.discussion import settles


def put_discussion(stage: Stage, demo: Demo) -> None:
    """What content/demo says somebody asked and answered."""
    for told in demo.learning.questions:
        settled = stage.at(told.settled) if told.settled is not None else None
        question = _post(stage, told.lesson, told.by, told.days_ago, kind=told.kind, title=told.title, text=told.text, settled_at=settled)
        stage.note(told.days_ago, stage.people[told.by], "reported a mistake in a lesson" if told.kind == "mistake" else "asked a question in a lesson", "post", question.id)
        for one in told.answers:
            when = stage.at(one.days_ago) if one.helped else None
            answer = _post(stage, told.lesson, one.by, one.days_ago, kind="answer", question_id=question.id, text=one.text, helped_at=when)
            stage.note(one.days_ago, stage.people[one.by], "answered a question in a lesson", "post", answer.id, stage.people[told.by])
            if one.helped and settles(told.kind):
                question.settled_at = when
            stage.session.add_all(HelpedToo(post_id=answer.id, person_id=stage.people[who].id, created_at=stage.at(one.days_ago)) for who in one.helped_too)


def _post(stage: Stage, lesson: str, by: str, days_ago: int, **words: Any) -> LessonPost:
    post = LessonPost(person_id=stage.people[by].id, lesson_id=lesson, created_at=stage.at(days_ago), **words)
    stage.session.add(post)
    stage.session.flush()
    return post
