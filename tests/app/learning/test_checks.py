"""Trying a check: what is asked, kept, marked and told, and what is never told too early."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.content import library
from app.models import AttemptAnswer, QuizAttempt
from courses.questions import SingleChoice
from courses.quiz import drawn
from tests.support.sheets import fields, lesson
from tests.support.statements import counted

CHECK = "/courses/project-life-cycle/planning/check/"
LESSON = "C05-2"


def begin(site):
    return site.get(CHECK).submit({}).location


def rows(app, record):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(record).order_by(record.id)).all()


def test_somebody_begins_answers_right_and_passes(app, people, visit):
    site = visit(people.bob)
    page = site.get(CHECK)
    assert "4 of 5 right" in page.words
    questions = site.get(begin(site))
    assert len(questions.all(".//fieldset")) == 5
    done = questions.submit(fields(LESSON))
    assert done.status == 303
    result = site.get(done.location)
    assert result.h1 == "Passed: Planning"
    assert "5 of 5 right" in result.words
    assert [(r.score, r.passed) for r in rows(app, QuizAttempt)] == [(5, True)]
    assert [a.mark for a in rows(app, AttemptAnswer)] == [1, 1, 1, 1, 1]


def test_each_chosen_option_gets_its_own_reason(people, visit):
    site = visit(people.bob)
    question = next(q for q in lesson(LESSON).quiz.questions if isinstance(q, SingleChoice))
    wrong = next(o for o in question.options if not o.correct)
    page = site.get(begin(site)).submit(fields(LESSON) | {question.id: wrong.id}, follow=True)
    assert wrong.feedback in page.words


def test_an_open_question_is_asked_for_and_everything_typed_is_kept(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    sent = fields(LESSON)
    left_out = {name: None for name in sent if name.split(".")[0] == "q1"}
    page = site.get(path).submit(sent | left_out)
    assert page.status == 422
    assert "Answer question 1" in page.words
    assert rows(app, QuizAttempt)[0].submitted_at is None
    assert page.submit(fields(LESSON)).status == 303


def test_leaving_keeps_the_answers_and_going_on_finds_them(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    sent = fields(LESSON) | {"go": "save"}
    assert site.get(path).submit(sent).location == "/courses/project-life-cycle/planning/"
    assert len(rows(app, AttemptAnswer)) == 5
    assert site.get(CHECK).submit({}).location == path
    assert site.get(path).submit({"go": "submit"}, follow=True).h1 == "Passed: Planning"


def test_answers_are_saved_on_the_way_and_the_newest_counts(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    question = next(q for q in lesson(LESSON).quiz.questions if isinstance(q, SingleChoice))
    for option in question.options[:2]:
        answer = site.post(path + "save", {question.id: option.id})
        assert answer.status == 200
        assert answer.text.startswith('{"said":"Saved ')
    assert [a.answer for a in rows(app, AttemptAnswer)] == [question.options[1].id]


def test_nothing_is_saved_after_handing_in(people, visit):
    site = visit(people.bob)
    path = begin(site)
    site.get(path).submit(fields(LESSON))
    assert site.post(path + "save", {"q1": "a"}).status in {409, 422}


def test_handing_in_twice_leaves_the_first_result(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    page = site.get(path)
    page.submit(fields(LESSON))
    again = site.post(path, fields(LESSON, wrong=5))
    assert again.status == 303
    assert [r.score for r in rows(app, QuizAttempt)] == [5]


def test_two_tries_a_day_and_two_more_tomorrow(app, people, visit):
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False) as clock:
        site = visit(people.bob)
        for _ in range(2):
            site.get(begin(site)).submit(fields(LESSON, wrong=3))
        page = site.get(CHECK)
        assert "You have used both tries of today" in page.words
        assert site.post(CHECK).status == 409
        clock.shift(timedelta(days=1))
        site = visit(people.bob)
        assert site.get(begin(site)).submit(fields(LESSON), follow=True).h1 == "Passed: Planning"
        assert "Your best so far: 5 of 5, passed" in site.get(CHECK).words


def test_ten_clicks_at_once_open_one_try(app, people, visit):
    site = visit(people.bob)
    token = site.token()
    cookie = site.client.get_cookie("cairn", domain="127.0.0.1").value
    answers = []

    def click() -> None:
        browser = app.test_client()
        browser.set_cookie("cairn", cookie, domain="127.0.0.1")
        answers.append(browser.post(CHECK, data={"csrf_token": token}, base_url="http://127.0.0.1").headers.get("Location"))

    threads = [threading.Thread(target=click) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(app, QuizAttempt)) <= 2
    assert len(set(answers)) <= 2


def secrets_of(question):
    """Every sentence of a question that tells its key."""
    told = [o.feedback for o in getattr(question, "options", ())] + [o.feedback for o in getattr(question, "near", ())]
    told += [form.feedback for form in getattr(question, "forms", ())] + [pair.feedback for pair in getattr(question, "pairs", ())]
    told += [getattr(question, name, "") for name in ("when_true", "when_false", "right", "wrong", "general")]
    told += [secret for gap in getattr(question, "gaps", ()) for secret in secrets_of(gap.question)]
    return [secret for secret in told if secret]


@pytest.mark.parametrize("lesson_id", [LESSON, "C05-3", "C05-5", "C01-5"])
def test_the_key_is_in_no_page_before_the_try_is_handed_in(app, people, visit, lesson_id):
    site = visit(people.bob)
    text = lesson(lesson_id)
    place = f"/courses/{library().catalogue.course(text.course).slug}/{text.slug}/"
    path = site.get(f"{place}check/").submit({}).location
    questions = drawn(text.quiz, rows(app, QuizAttempt)[0].seed).questions
    secrets = [secret for question in questions for secret in secrets_of(question)]
    assert len(secrets) > 8
    for page in (site.get(f"{place}check/"), site.get(path), site.get(place)):
        assert not [secret for secret in secrets if secret in page.text or secret in page.words]


def test_random_numbers_stay_through_a_try_and_are_marked_by_it(app, people, visit):
    check = "/courses/project-life-cycle/execution-and-control/check/"
    site = visit(people.bob)
    path = site.get(check).submit({}).location
    asked = site.get(path).words
    seed = rows(app, QuizAttempt)[0].seed
    question = drawn(lesson("C05-3").quiz, seed).questions[1]
    assert question.text in asked
    assert question.text in site.get(path).words
    site.get(path).submit(fields("C05-3", seed=seed) | {"go": "save"})
    page = site.get(path).submit({"go": "submit"}, follow=True)
    assert "5 of 5 right" in page.words
    assert question.right in page.words


def test_a_known_mistake_gets_its_own_reason_and_gaps_their_part(app, people, visit):
    site = visit(people.bob)
    path = site.get("/courses/pmo-foundations/reading-maturity/check/").submit({}).location
    sent = fields("C01-5") | {"q2.n": "6", "q2.m": "2,83", "q2.l": "3"}
    page = site.get(path).submit(sent, follow=True)
    assert page.h1.startswith("Passed")
    assert "4.5 of 5 right" in page.words
    assert "Partly right: 0.5 of 1" in page.words
    assert "That is the mean rounded up" in page.words
    assert "1. 6; 2. 2.8333; 3. 2" in page.words
    assert [(r.score, r.passed) for r in rows(app, QuizAttempt)] == [(4.5, True)]
    assert "Your best so far: 4.5 of 5, passed" in site.get("/courses/pmo-foundations/reading-maturity/check/").words


def test_a_number_that_can_be_read_in_two_ways_is_asked_for_again_and_kept(app, people, visit):
    site = visit(people.bob)
    path = site.get("/courses/pmo-foundations/reading-maturity/check/").submit({}).location
    page = site.get(path).submit(fields("C01-5") | {"q2.m": "2,833"})
    assert page.status == 422
    assert "gap 2: write 2833 or 2.833: 2,833 can mean both" in page.words
    assert 'value="2,833"' in page.text
    assert rows(app, QuizAttempt)[0].submitted_at is None
    assert page.submit({"q2.m": "2.833"}, follow=True).h1.startswith("Passed")


def test_a_short_answer_is_read_in_any_case_and_its_key_is_held_back(people, visit):
    check = "/courses/project-life-cycle/gates-authority-and-records/check/"
    site = visit(people.bob)
    wrong = site.get(site.get(check).submit({}).location).submit(fields("C05-5", wrong=2) | {"q5": "the Budget"}, follow=True)
    assert "The budget is what may be spent." in wrong.words
    assert "Leave it out and compare" not in wrong.words
    right = site.get(site.get(check).submit({}).location).submit(fields("C05-5") | {"q5": " SUNK  cost "}, follow=True)
    assert "5 of 5 right" in right.words


def test_right_answers_are_shown_after_passing_or_when_no_try_is_left(people, visit):
    site = visit(people.bob)
    question = next(q for q in lesson(LESSON).quiz.questions if isinstance(q, SingleChoice))
    right = next(o for o in question.options if o.correct)
    wrong = {question.id: next(o.id for o in question.options if not o.correct)}
    first = site.get(begin(site)).submit(fields(LESSON, wrong=3) | wrong, follow=True)
    assert right.feedback not in first.words
    assert "Right answer" not in first.words
    second = site.get(begin(site)).submit(fields(LESSON, wrong=3) | wrong, follow=True)
    assert right.feedback in second.words


def test_the_try_of_somebody_else_is_not_there(people, visit):
    path = begin(visit(people.bob))
    for other in (people.alice, people.petra, people.adam):
        assert visit(other).get(path).status == 404
        assert visit(other).post(path, fields(LESSON)).status == 404
        assert visit(other).post(path + "save", {"q1": "a"}).status == 404


def test_a_try_under_another_lesson_is_not_there(people, visit):
    site = visit(people.bob)
    path = begin(site)
    assert site.get(path.replace("/planning/", "/closing/")).status == 404


@pytest.mark.parametrize("more", [{"score": "5"}, {"passed": "true"}, {"person_id": "1"}, {"mark": "1"}])
def test_fields_nobody_asked_for_are_ignored(app, people, visit, more):
    site = visit(people.bob)
    site.post(begin(site), fields(LESSON, wrong=5) | more)
    assert rows(app, QuizAttempt)[0].score == 0


@pytest.mark.parametrize(("name", "value"), [("single", "zz"), ("single", ["a", "b"]), ("numeric", "nan"), ("numeric", "1e9"), ("numeric", "١")])
def test_an_answer_that_was_not_offered_is_refused_and_nothing_stored(app, people, visit, name, value):
    site = visit(people.bob)
    path = begin(site)
    question = next((q for q in lesson(LESSON).quiz.questions if q.kind == name), None)
    if question is None:
        pytest.skip(f"this check has no {name} question")
    page = site.post(path, fields(LESSON) | {question.id: value})
    assert page.status == 422
    assert rows(app, AttemptAnswer) == []


def test_pages_of_a_check_ask_the_database_a_few_times_whatever_was_tried(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    site.get(path).submit(fields(LESSON, wrong=3))
    seen = []
    for address in (CHECK, path):
        with counted(app) as statements:
            site.get(address)
        seen.append(len(statements))
    assert seen == [2, 3]


def test_an_older_tab_does_not_wipe_the_answers_of_a_newer_one(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    singles = [q for q in lesson(LESSON).quiz.questions if isinstance(q, SingleChoice)]
    for question in singles:
        site.post(path + "save", {question.id: question.options[0].id, "question": question.id})
    assert {a.question_id for a in rows(app, AttemptAnswer)} == {question.id for question in singles}


def test_an_answer_that_is_taken_back_goes(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    question = next(q for q in lesson(LESSON).quiz.questions if isinstance(q, SingleChoice))
    site.post(path + "save", {question.id: question.options[0].id, "question": question.id})
    site.post(path + "save", {"question": question.id})
    assert rows(app, AttemptAnswer) == []


def test_a_try_begun_yesterday_counts_for_the_day_it_goes_on(app, people, visit):
    with time_machine.travel(datetime(2026, 11, 23, 23, 50, tzinfo=UTC), tick=False) as clock:
        path = begin(visit(people.bob))
        clock.shift(timedelta(minutes=20))
        site = visit(people.bob)
        site.get(path).submit(fields(LESSON, wrong=3))
        site.get(begin(site)).submit(fields(LESSON, wrong=3))
        assert site.post(CHECK).status == 409
        assert [r.day.isoformat() for r in rows(app, QuizAttempt)] == ["2026-11-24", "2026-11-24"]
