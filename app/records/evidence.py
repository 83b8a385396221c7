"""What shows a competence at work: checks somebody passed, and what they wrote down themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.models import LessonVisit, QuizAttempt, SkillEvidence
from assessments.skills import Evidence


@dataclass(frozen=True)
class Shown:
    """One piece of evidence: when, in what words, where it can be seen ('' nowhere). `id` is 0 for a passed check."""

    competence: str
    on: date
    words: str
    href: str = ""
    id: int = 0

    @property
    def value(self) -> Evidence:
        """The piece as the freshness rule takes it."""
        return Evidence(self.competence, self.on, self.words)


@dataclass(frozen=True)
class LessonTraces:
    """Lessons whose check somebody passed, with the day of the first pass, and lessons they have opened."""

    passed: Mapping[str, date]
    opened: frozenset[str]


def lesson_traces(session: Session, person_id: int) -> LessonTraces:
    """What somebody left in the lessons; one statement. Opened lessons are for that person alone."""
    passes = (
        select(QuizAttempt.lesson_id, func.min(QuizAttempt.day), literal("passed"))
        .where(QuizAttempt.person_id == person_id, QuizAttempt.passed.is_(True))
        .group_by(QuizAttempt.lesson_id)
    )
    visits = select(LessonVisit.lesson_id, cast(null(), Date), literal("opened")).where(LessonVisit.person_id == person_id)
    rows = session.execute(union_all(passes, visits)).all()
    return LessonTraces(
        {lesson: day for lesson, day, kind in rows if kind == "passed"},
        frozenset(lesson for lesson, _, kind in rows if kind == "opened"),
    )


def own_words(session: Session, me: Me, person_id: int) -> tuple[Shown, ...]:
    """The evidence somebody wrote down, newest first, as far as I may see it; one statement."""
    rows = session.execute(
        visible(me, SkillEvidence)
        .with_only_columns(
            SkillEvidence.competence_id, SkillEvidence.shown_on, SkillEvidence.text, SkillEvidence.link, SkillEvidence.id
        )
        .where(SkillEvidence.person_id == person_id)
        .order_by(SkillEvidence.shown_on.desc(), SkillEvidence.id.desc())
    ).all()
    return tuple(Shown(*row) for row in rows)


def from_checks(passed: Mapping[str, date]) -> tuple[Shown, ...]:
    """Each passed check once for every competence its lesson builds, newest first."""
    catalogue = library().catalogue
    found = [
        Shown(competence, passed[lesson.id], f"Check of lesson {lesson.id} passed", f"/courses/{course.slug}/{lesson.slug}/")
        for course in catalogue.courses
        for lesson in course.lessons
        if lesson.id in passed
        for competence in lesson.competences
    ]
    return tuple(sorted(found, key=lambda shown: (shown.on, shown.words), reverse=True))
