"""What the people of the stage have learned: tries, a certificate, ratings and evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app import clock
from app.content import library
from app.models import (
    Attachment,
    AttemptAnswer,
    CourseAssignment,
    CourseTry,
    Enrolment,
    ExtraTime,
    HandedInExercise,
    HelpedToo,
    IssuedCertificate,
    LessonBookmark,
    LessonNote,
    LessonPost,
    LessonVisit,
    OutsideCertificate,
    Person,
    QuizAttempt,
    ReviewCard,
    ReviewRating,
    SkillEvidence,
)
from courses.catalogue import Course, Lesson
from courses.questions import MultipleChoice, Numeric, Ordering, ShortAnswer, SingleChoice, TrueFalse
from tests.support.build import rated

if TYPE_CHECKING:
    from tests.house.stage import Stage


def put_learning(session: Session, stage: Stage) -> None:
    """Su has passed one check, is half-way through another and holds a certificate; others have passed checks too."""
    now, today, su = clock.now(), clock.today(), stage.people["Su"]
    course = next(c for c in library().catalogue.courses if not c.needs and len(c.lessons) > 1)
    first, second = course.lessons[0], course.lessons[1]
    template = library().catalogue.templates[0]
    stage.ids |= {
        "course": course.slug, "lesson": first.slug, "lesson 2": second.slug, "template": template.id, "path": library().catalogue.paths[0].id,
        "code": "code-of-the-certificate-of-su", "course id": course.id,
    }
    session.add(Enrolment(person_id=su.id, course_id=course.id))
    session.add_all(LessonVisit(person_id=su.id, lesson_id=lesson.id, last_at=now, read_at=now) for lesson in (first, second))
    question = next(q for q in first.quiz.questions if isinstance(q, SingleChoice))
    chosen = next(option for option in question.options if option.correct)
    passed = QuizAttempt(
        person_id=su.id, lesson_id=first.id, revision=course.revision, day=today - timedelta(days=1), day_try=1, seed=5, submitted_at=now, score=4,
        max_score=first.quiz.max, passed=True,
    )
    passed.answers.append(AttemptAnswer(question_id=question.id, answer=chosen.id, mark=1.0, saved_at=now))
    running = QuizAttempt(
        person_id=su.id, lesson_id=second.id, revision=course.revision, day=today, day_try=1, seed=7, max_score=second.quiz.max,
    )
    session.add_all([passed, running])
    certificate = IssuedCertificate(
        code=stage.ids["code"], person_id=su.id, course_id=course.id, revision=course.revision, holder=su.name, course_title=course.title,
        issuer="Northern Works", facts={
            "summary": course.summary, "lessons": [lesson.title for lesson in course.lessons], "hours": 3, "completed_on": str(today), "competences": [],
        }, expires_on=None,
    )
    tried = CourseTry(
        person_id=su.id, course_id="C05", number=1, purpose="test-out", revision=library().catalogue.course("C05").revision, day=today, seed=3, answers={}, max_score=15,
    )
    session.add_all([certificate, tried])
    _put_extra_time(session, stage)
    stage.ids |= {"whole course": library().catalogue.course("C05").slug, "course try": str(tried.id)}
    stage.ids |= {"passed": str(passed.id), "running": str(running.id)}
    for lesson in (first, second):
        for asked in lesson.quiz.questions:
            if isinstance(asked, SingleChoice | MultipleChoice):
                for option in asked.options:
                    if option is not chosen and option.feedback:
                        stage.secret(f"key of {lesson.id} {asked.id} {option.id}", option.feedback)
            elif isinstance(asked, Numeric | ShortAnswer | Ordering):
                stage.secret(f"key of {lesson.id} {asked.id}", asked.wrong)
    for number in range(1, 5 * stage.size + 1):
        for back in range(2):
            session.add(QuizAttempt(
                person_id=su.id if back else stage.people[f"n{number}"].id, lesson_id=first.id, revision=course.revision,
                day=today - timedelta(days=number + 2), day_try=1, seed=number, submitted_at=now, score=1, max_score=first.quiz.max, passed=not back,
            ))
    _put_cards(session, stage, first, question, chosen.id)
    for number in range(stage.size):
        session.add(IssuedCertificate(
            code=f"more-{number}", person_id=su.id, course_id=course.id, revision=900 + number, holder=su.name, course_title=course.title,
            issuer="Northern Works", facts=certificate.facts, expires_on=today, revoked_at=now if number % 2 else None,
        ))
    session.flush()
    _exercises(session, stage, course)


def _exercises(session: Session, stage: Stage, course: Course) -> None:
    """Su has handed in an exercise for the mentor, after one that came back; more of both."""
    su, mentor, now = stage.people["Su"], stage.people["Me"], clock.now()
    assert course.exercise is not None
    stage.ids |= {f"level-{place}": f"level-{one.id}" for place, one in enumerate(course.exercise.criteria)}
    returned = {
        "state": "returned", "levels": {one.id: 1 for one in course.exercise.criteria}, "reviewed_at": now,
        "summary": stage.secret("review of an exercise", "canary-exercise-review", "Su", "Me"),
    }
    handed_in = HandedInExercise(
        person_id=su.id, course_id=course.id, number=50, revision=1, reviewer_id=mentor.id,
        text=stage.secret("exercise of Su", "canary-exercise", "Su", "Me"),
    )
    session.add(handed_in)
    for number in range(1, stage.size + 1):
        session.add(HandedInExercise(person_id=su.id, course_id=course.id, number=number, revision=1, reviewer_id=mentor.id, text="Before.", **returned))
        session.add(HandedInExercise(person_id=stage.people[f"n{number}"].id, course_id=course.id, number=1, revision=1, reviewer_id=mentor.id, text="Mine."))
    session.flush()
    for number in range(stage.size + 1):
        link = stage.secret("link of an exercise", "https://canary-of-an-exercise.example/", "Su", "Me") if not number else f"https://{number}.example/"
        session.add(Attachment(link=link, person_id=su.id, exercise_id=handed_in.id))
    session.flush()
    stage.ids["exercise"] = str(handed_in.id)


def _put_extra_time(session: Session, stage: Stage) -> None:
    """The PMO lead gave Su more time, and changed it since."""
    rows = [
        ExtraTime(person_id=stage.people["Su"].id, percent=percent, given_by_id=stage.people["PL"].id) for percent in (*[25] * stage.size, 100)
    ]
    session.add_all(rows)
    session.flush()
    stage.ids["extra time"] = str(rows[-1].id)


def _put_cards(session: Session, stage: Stage, lesson: Lesson, asked: SingleChoice, answer: str) -> None:
    """Su has a card to answer, one to rate, one that was rated today and one that is suspended; and cards whose questions are gone."""
    now, today, su = clock.now(), clock.today(), stage.people["Su"]
    told = next(q for q in lesson.quiz.questions if isinstance(q, TrueFalse))
    others = [q for q in lesson.quiz.questions if q.id not in (asked.id, told.id)]
    cards = {
        "card": ReviewCard(question_id=asked.id, due_on=today), "told card": ReviewCard(question_id=told.id, due_on=today, told_at=now),
        "rated card": ReviewCard(question_id=others[0].id, due_on=today + timedelta(days=9), stability=9.0, difficulty=5.0, last_on=today, turns=1),
        "suspended card": ReviewCard(question_id=others[1].id, due_on=today, suspended_at=now),
        **{f"gone {number}": ReviewCard(question_id=f"gone-{number}", due_on=today) for number in range(stage.size)},
    }
    for name, card in cards.items():
        card.person_id, card.lesson_id, card.source = su.id, lesson.id, "key"
        session.add(card)
        session.flush()
        stage.ids[name] = str(card.id)
    before = {"due_on": str(today), "stability": None, "difficulty": None, "last_on": None, "turns": 0, "answer": None, "mark": None}
    for number in range(stage.size):
        session.add(ReviewRating(
            card_id=cards["rated card"].id, person_id=su.id, day=today - timedelta(days=stage.size - number - 1), rating=3, is_return=True, before=before,
        ))
    stage.ids |= {"card question id": asked.id, "card answer": answer, "card text": asked.text}


def put_notes(session: Session, stage: Stage) -> None:
    """Su has written beside the first lesson, deleted a note, and marked a section that has since lost its heading."""
    su, lesson = stage.people["Su"], library().catalogue.lesson(f"{stage.ids['course id']}-1")
    secret = stage.secret("note of Su", "canary-note-of-su", "Su")
    note = LessonNote(person_id=su.id, lesson_id=lesson.id, text=secret)
    gone = LessonNote(person_id=su.id, lesson_id=lesson.id, text=stage.secret("deleted note of Su", "canary-deleted-note"), deleted_at=clock.now())
    mark = LessonBookmark(person_id=su.id, lesson_id=lesson.id, anchor="no-such-section", heading="A section that was")
    session.add_all([note, gone, mark])
    session.add_all(LessonNote(person_id=su.id, lesson_id=f"C99-{number}", heading="Retired", text="Kept.") for number in range(stage.size))
    session.flush()
    stage.ids |= {"note": str(note.id), "deleted note": str(gone.id), "bookmark": str(mark.id)}


def put_discussion(session: Session, stage: Stage) -> None:
    """Su has asked about the first lesson and the lead has answered; an answer and a question of Su were hidden."""
    su, lead, now, lesson = stage.people["Su"], stage.people["TL"], clock.now(), f"{stage.ids['course id']}-1"

    def put(who: Person, **more: object) -> LessonPost:
        post = LessonPost(**{"person_id": who.id, "lesson_id": lesson, "kind": "question", "title": "Asked", "text": "Words.", **more})
        session.add(post)
        session.flush()
        return post

    question = put(su)
    answer = put(lead, kind="answer", question_id=question.id, title="")
    away = {"hidden_at": now, "hidden_reason": "It gives an answer away."}
    put(su, kind="answer", question_id=question.id, title="", text=stage.secret("hidden answer", "canary-hidden-answer-of-su", "Su", "PL", "Ad"), **away)
    hidden = put(su, text=stage.secret("hidden question", "canary-hidden-question-of-su", "Su", "PL", "Ad"), **away)
    for number in range(stage.size):
        put(stage.people["Nia"], kind="answer", question_id=put(stage.people["n1"], kind="mistake" if number % 2 else "question").id, title="")
        put(stage.people["Nia"], kind="answer", question_id=question.id, title="")
        session.add(HelpedToo(post_id=answer.id, person_id=stage.people[f"n{number + 1}"].id))
    session.flush()
    stage.ids |= {"question": str(question.id), "lesson answer": str(answer.id), "hidden question": str(hidden.id)}


def put_skills(session: Session, stage: Stage) -> None:
    """Own and assessed ratings of everybody in North, with a note, and evidence of Su."""
    su, lead = stage.people["Su"], stage.people["TL"]
    rated(session, su, {"P03": 1, "P06": 0})
    rated(session, su, {"P03": 2}, kind="assessed", rater=lead, note=stage.secret("note of an assessment", "canary-assessment", "Su", "TL", "PL"))
    rated(session, stage.people["Me"], {"P03": 4, "P06": 4})
    evidence = SkillEvidence(
        person_id=su.id, competence_id="P03", text=stage.secret("evidence of Su", "canary-skill-evidence", "Su", "TL", "PL"), shown_on=clock.today(),
    )
    session.add(evidence)
    for number in range(1, 5 * stage.size + 1):
        rated(session, stage.people[f"n{number}"], {"P03": 1, "P06": 2})
        session.add(SkillEvidence(person_id=su.id, competence_id="P06", text="A workshop.", shown_on=clock.today()))
    session.flush()
    certificate = OutsideCertificate(
        person_id=su.id, title=stage.secret("certificate from elsewhere", "canary-outside", "Su", "TL", "PL"), issuer="Institute", issued_on=clock.today(), competences=["P03"],
    )
    session.add(certificate)
    for number in range(stage.size):
        session.add_all(
            OutsideCertificate(
                person_id=who, title=f"Course {number}", issuer="Institute", issued_on=clock.today(), competences=["P06"], state=state,
                reason="It is listed." if state == "approved" else "", decided_by_id=lead.id if state == "approved" else None,
                decided_at=clock.now() if state == "approved" else None,
            )
            for who, state in ((su.id, "approved"), (stage.people["n1"].id, "waiting"))
        )
    session.flush()
    session.add(Attachment(link="https://proof.example/", person_id=su.id, outside_certificate_id=certificate.id))
    session.flush()
    stage.ids["outside"] = str(certificate.id)
    stage.ids["evidence"] = str(evidence.id)


def put_assignments(session: Session, stage: Stage) -> None:
    """North is asked for one course by its lead, everybody for another by the PMO lead."""
    today, free = clock.today(), [c for c in library().catalogue.courses if c.id != stage.ids["course id"]]
    reason = stage.secret("why North is asked for a course", "canary-why-of-a-course", "Su", "TL", "PL")
    own = CourseAssignment(
        course_id=free[0].id, team_id=stage.teams["North"].id, due_on=today + timedelta(days=12), assigned_by_id=stage.people["TL"].id, why=reason,
    )
    of_all = CourseAssignment(course_id=free[1].id, due_on=today - timedelta(days=3), assigned_by_id=stage.people["PL"].id, by_office=True)
    session.add_all([own, of_all])
    for number in range(1, stage.size + 1):
        session.add(CourseAssignment(
            course_id=free[2].id, person_id=stage.people[f"n{number}"].id, due_on=today + timedelta(days=number), assigned_by_id=stage.people["TL"].id,
        ))
    session.flush()
    stage.ids |= {"assignment": str(own.id), "office assignment": str(of_all.id), "another course": free[2].id, "asked course": free[0].slug}
