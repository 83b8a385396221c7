"""Courses begun, checks tried and passed, certificates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update

from app.access import Me
from app.content import library
from app.demo.reading import Demo
from app.demo.stage import Stage
from app.demo.story import AskedCourse, ExerciseStory, Learner
from app.learning.actions.certificates import issue_when_complete
from app.models import (
    AttemptAnswer,
    CourseAssignment,
    CourseTry,
    Enrolment,
    Event,
    HandedInExercise,
    IssuedCertificate,
    LessonVisit,
    Person,
    QuizAttempt,
)
from courses.catalogue import Course, Lesson
from courses.course_check import course_quiz
from courses.questions import (
    Asked,
    Cloze,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courses.quiz import drawn, mark


def put_learning(stage: Stage, demo: Demo) -> None:
    """Add what everybody has read, tried and earned."""
    for told in demo.learning.exercises:  # before certificates, which may wait for them
        _exercise(stage, told)
    for learner in demo.learning.learners:
        course = library().catalogue.course(learner.course)
        person, day = stage.people[learner.by], learner.begun
        stage.session.add(Enrolment(person_id=person.id, course_id=course.id, created_at=stage.at(day)))
        stage.note(day, person, "began a course", "course", course.id)
        for place, lesson in enumerate(course.lessons[: learner.passed]):
            day = max(1, learner.begun - place * learner.every)
            _visit(stage, person, lesson, day)
            if lesson.id in learner.failed:
                _try(stage, person, course, lesson, day, learner.failed[lesson.id])
                day = max(1, day - 1)
            _try(stage, person, course, lesson, day, ())
        _open_lesson(stage, person, course, learner)
        if learner.certificate:
            _certificate(stage, person, course, day)
    for tested in demo.learning.tested:
        course, person = library().catalogue.course(tested.course), stage.people[tested.by]
        _test_out(stage, person, course, tested.days_ago)
        _certificate(stage, person, course, tested.days_ago)
    for asked in demo.learning.asked:
        _ask(stage, asked)


def _ask(stage: Stage, asked: AskedCourse) -> None:
    """A course with a due date, as the lead or the PMO lead asked for it that day."""
    lead, course = stage.people[asked.by], library().catalogue.course(asked.course)
    team, person = stage.teams.get(asked.team), stage.people.get(asked.person)
    made = CourseAssignment(
        course_id=course.id, team_id=team.id if team else None, person_id=person.id if person else None, due_on=stage.day(-asked.due_in), why=asked.why,
        assigned_by_id=lead.id, by_office=lead.is_pmo_lead, created_at=stage.at(asked.days_ago),
    )
    stage.session.add(made)
    stage.session.flush()
    stage.note(asked.days_ago, lead, "assigned a course", "assignment", made.id, person)


def _exercise(stage: Stage, told: ExerciseStory) -> None:
    """An exercise as it was handed in and perhaps reviewed."""
    author, reviewer, when = stage.people[told.by], stage.people[told.reviewer], stage.at(told.days_ago)
    row = HandedInExercise(
        person_id=author.id, course_id=told.course, number=1, revision=library().catalogue.course(told.course).revision, reviewer_id=reviewer.id,
        text="\n\n".join(" ".join(part.split()) for part in told.text.split("\n\n")), created_at=when,
    )
    if told.review:
        row.state, row.reviewed_at = ("accepted" if told.review.accepts else "returned"), stage.at(told.review.days_ago)
        row.levels, row.remarks, row.summary = dict(told.review.levels), dict(told.review.remarks), told.review.summary
    stage.session.add(row)
    stage.session.flush()
    if told.file:
        stage.hang(author, when, file=told.file, exercise_id=row.id)
    stage.note(told.days_ago, author, "handed in an exercise", "exercise", row.id, reviewer)
    if told.review:
        stage.note(told.review.days_ago, reviewer, f"{row.state} an exercise", "exercise", row.id, author)


def _visit(stage: Stage, person: Person, lesson: Lesson, days_ago: int) -> None:
    when = stage.at(days_ago)
    stage.session.add(LessonVisit(person_id=person.id, lesson_id=lesson.id, last_at=when, read_at=when, created_at=when))


def _open_lesson(stage: Stage, person: Person, course: Course, learner: Learner) -> None:
    if learner.reading:
        when = stage.at(learner.reading.days_ago)
        lesson = course.lessons[learner.passed]
        stage.session.add(LessonVisit(person_id=person.id, lesson_id=lesson.id, last_at=when, heading=learner.reading.heading, created_at=when))


def _try(stage: Stage, person: Person, course: Course, lesson: Lesson, days_ago: int, wrong: Sequence[str]) -> None:
    """One try on that day, the first of the day, marked as the site marks it; questions in *wrong* are answered wrong."""
    seed = person.id * 1000 + days_ago
    sheet = {q.id: wrong_answer(q) if q.id in wrong else right_answer(q) for q in drawn(lesson.quiz, seed).questions}
    marked, when, day = mark(lesson.quiz, sheet, seed), stage.at(days_ago), stage.day(days_ago)
    attempt = QuizAttempt(
        person_id=person.id, lesson_id=lesson.id, revision=course.revision, day=day, day_try=1, seed=seed,
        submitted_at=when, score=marked.score, max_score=marked.max, passed=marked.passed, created_at=when,
    )
    attempt.answers = [
        AttemptAnswer(question_id=one.id, answer=sheet[one.id], mark=float(one.mark), saved_at=when, created_at=when)
        for one in marked.questions
    ]
    stage.session.add(attempt)
    stage.note(days_ago, person, "passed a check" if marked.passed else "tried a check", "lesson", lesson.id)


def _test_out(stage: Stage, person: Person, course: Course, days_ago: int) -> None:
    """The check over the whole course, passed at the first try."""
    if course.check is None:
        return
    quiz, seed, when = course_quiz(course, course.check), person.id, stage.at(days_ago)
    sheet = {q.id: right_answer(q) for q in drawn(quiz, seed).questions}
    marked = mark(quiz, sheet, seed)
    stage.session.add(CourseTry(
        person_id=person.id, course_id=course.id, number=1, purpose="test-out", revision=course.revision, day=stage.day(days_ago), seed=seed, answers=sheet,
        submitted_at=when, score=marked.score, max_score=marked.max, passed=marked.passed, created_at=when,
    ))
    stage.note(days_ago, person, "passed a test-out", "course", course.id)


def right_answer(question: Asked) -> Any:
    """The answer that has the mark, as a form would give it."""
    match question:
        case SingleChoice():
            return next(option.id for option in question.options if option.correct)
        case MultipleChoice():
            return [option.id for option in question.options if option.correct]
        case TrueFalse():
            return question.answer
        case Numeric():
            return _number(question, float(question.answer))
        case ShortAnswer():
            return next(form.text for form in question.forms if form.share == 100)
        case Cloze():
            return {gap.id: right_answer(gap.question) for gap in question.gaps}
        case Ordering():
            return [entry.id for entry in question.entries]
        case Matching():
            return {pair.id: pair.match for pair in question.pairs}


def _number(question: Numeric, number: float) -> Any:
    return {"number": number, "unit": question.unit} if question.units else number


def wrong_answer(question: Asked) -> Any:
    """A plausible answer without a mark."""
    match question:
        case SingleChoice():
            return next(option.id for option in question.options if not option.correct)
        case MultipleChoice():
            return [option.id for option in question.options if option.correct][1:] or [question.options[-1].id, question.options[0].id]
        case TrueFalse():
            return not question.answer
        case Numeric():
            return _number(question, float(question.answer * 2 + question.tolerance + 1))
        case ShortAnswer():
            return "I do not remember"
        case Cloze():
            return {gap.id: wrong_answer(gap.question) for gap in question.gaps}
        case Ordering():
            return [entry.id for entry in reversed(question.entries)]
        case Matching():
            return {pair.id: question.choices[0].id for pair in question.pairs}


def _certificate(stage: Stage, person: Person, course: Course, days_ago: int) -> None:
    """The certificate as the site issues it, dated back to the day of the last pass."""
    stage.session.flush()
    code = issue_when_complete(stage.session, Me(person.id, person.name, person.email, person.time_zone), course.id)
    stage.session.flush()
    then = {"created_at": stage.at(days_ago)}
    stage.session.execute(update(IssuedCertificate).where(IssuedCertificate.code == code).values(then))
    earned = (Event.person_id == person.id, Event.what == "earned a certificate", Event.thing_id == course.id)
    stage.session.execute(update(Event).where(*earned).values(then))
