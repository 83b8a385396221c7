"""The figures of a check from stored tries: who sees them, from how many people on, what they count, and as CSV."""

from __future__ import annotations

from datetime import date

from app import clock
from app.models import AttemptAnswer, QuizAttempt
from courses.questions import SingleChoice
from courses.reading.results import read_results
from courses.statistics import statistics
from tests.support.people import person
from tests.support.sheets import lesson
from tests.support.statements import counted

PAGE = "/questions/project-life-cycle/planning/"
LESSON = "C05-2"


def put_tries(app, outcomes):
    """A person for each outcome: the ids of the questions answered right at the first try, and a better second one."""
    questions = lesson(LESSON).quiz.questions
    single = next(question for question in questions if isinstance(question, SingleChoice))
    right, wrong = (next(option.id for option in single.options if option.correct is is_right) for is_right in (True, False))
    with app.extensions["database"].transaction() as session:
        for number, known in enumerate(outcomes):
            somebody = person(f"Learner{number}")
            session.add(somebody)
            session.flush()
            for day, marks in ((1, known), (2, [question.id for question in questions])):
                attempt = QuizAttempt(
                    person_id=somebody.id, lesson_id=LESSON, revision=1, day=date(2026, 11, day), day_try=1, seed=number, submitted_at=clock.now(),
                    score=len(marks), max_score=5, passed=len(marks) >= 4,
                )
                attempt.answers = [
                    AttemptAnswer(
                        question_id=question.id, answer=(right if question.id in marks else wrong) if question is single else "kept", saved_at=clock.now(),
                        mark=float(question.id in marks),
                    )
                    for question in questions
                ]
                session.add(attempt)
    return single


def test_below_five_people_no_figure_is_shown_and_none_is_taken_out(app, people, visit):
    put_tries(app, [["q1"], ["q2"], ["q3"], ["q4"]])
    site = visit(people.petra)
    page = site.get(PAGE)
    assert "Not enough tries yet" in page.words
    assert "Facility" not in page.words
    assert "Planning" in site.get("/questions/").words
    assert site.post(PAGE + "figures.csv").text.count("\n") == 1
    assert site.post(PAGE + "marks.csv").text.count("\n") == 3


def test_the_first_try_of_each_person_counts_and_the_marks_give_the_same_figures_in_the_shell(app, people, visit):
    single = put_tries(app, [["q1", "q2", "q3"], ["q1", "q2"], ["q1"], [], ["q1", "q2", "q3"], ["q2"]])
    site = visit(people.adam)
    page = site.get(PAGE)
    assert "First tries at the present revision, six people" in page.words
    assert "Learner" not in page.text
    wrong = next(option for option in single.options if not option.correct)
    assert wrong.text in page.words
    assert not [option for option in single.options if option.feedback in page.words]
    read = read_results(site.post(PAGE + "marks.csv").text, "marks.csv")
    assert read.faults == ()
    figures = statistics(read.items, read.rows)
    assert (figures.n, round(figures.mean or 0, 4)) == (6, 1.6667)
    first = figures.items[0]
    assert (first.facility, first.discrimination) == (4 / 6, 0.43301270189221935)
    assert site.get(PAGE + "marks.csv").location == PAGE
    row = next(line for line in site.post(PAGE + "figures.csv").text.splitlines() if line.startswith('"q1"'))
    assert '"6","0.6667","0.5164","0.433","0.5"' in row
    assert "33 %" in site.get("/questions/").words


def test_the_pages_take_a_few_statements_whatever_was_tried(app, people, visit):
    put_tries(app, [["q1"]] * 5)
    site = visit(people.petra)
    for address, most in (("/questions/", 3), (PAGE, 4)):
        with counted(app) as statements:
            site.get(address)
        assert len(statements) <= most, address
