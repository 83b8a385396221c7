"""Questions about a lesson: asked, answered, settled, found, changed, removed and hidden; who reads them, and who hears of them."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from app import clock
from app.models import Event, HelpedToo, LessonPost, OutboxMessage, Person, ReminderChoice
from tests.support.statements import counted

LESSON = "/courses/project-life-cycle/planning/"
HERE = f"{LESSON}questions/"
LOCKED = "/courses/setting-up-a-pmo/objectives/questions/"
QUESTION = {"kind": "question", "title": "Why is the float of D five weeks?", "text": "In **Order, path and float** I get three."}
sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def rows(app, record=LessonPost):
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(record).order_by(record.id)))


def put(app, who, **more):
    with app.extensions["database"].transaction() as session:
        values = {"person_id": who.id, "lesson_id": "C05-2", "kind": "question", "title": "Asked", "text": "Words.", **more}
        post = LessonPost(**values)
        session.add(post)
        session.flush()
        return post.id


def test_a_question_is_asked_answered_and_settled_by_the_answer_that_helped(app, people, visit):
    bob, alice, charlie = visit(people.bob), visit(people.alice), visit(people.charlie)
    assert bob.get(LESSON).link("Stuck, or found a mistake? Questions about this lesson") == HERE
    page = bob.get(HERE)
    assert "Nobody has asked yet" in page.words
    empty = page.submit({"title": " ", "text": "Only words."})
    assert (empty.status, "Enter a line that says what it is about" in empty.words, empty.find(".//textarea").words) == (422, True, "Only words.")
    assert page.submit({"kind": "rumour", "title": "x", "text": "y"}).status == 422
    asked = page.submit(QUESTION, follow=True)
    at = f"{HERE}1/"
    assert (asked.address, asked.h1) == (at, QUESTION["title"])
    assert "<strong>Order, path and float</strong>" in asked.text

    long = alice.get(at).submit({"text": "x" * 4001}, has="text")
    assert (long.status, "Use at most 4,000 characters" in long.words) == (422, True)
    assert alice.get(at).submit({"text": "D may finish at 12 and can finish at 7."}, has="text").location == at
    assert charlie.get(at).submit({"text": "Look at what E waits for."}, has="text").status == 303
    assert [(m.recipient, m.subject) for m in rows(app, OutboxMessage)] == [(people.bob.email, "Alice has answered your question")]
    assert "D may finish" not in rows(app, OutboxMessage)[0].text

    assert alice.post("/posts/2/helped-me").status == 409
    assert charlie.get(at).submit(action="/posts/2/helped-me").location == at
    assert charlie.post("/posts/2/helped-me").status == 303
    assert "Helped one person, you among them" in charlie.get(at).words
    assert len(rows(app, HelpedToo)) == 1
    assert charlie.post("/posts/2/helped").status == 403
    assert charlie.post("/posts/1/settle").status == 403
    assert bob.get(at).submit(action="/posts/3/helped").status == 303
    settled = bob.get(at).submit(action="/posts/2/helped", follow=True)
    assert settled.text.index("D may finish at 12") < settled.text.index("Look at what E waits for")
    assert settled.text.count("This helped") == 1
    assert rows(app)[0].settled_at
    assert bob.get(at).submit(action="/posts/2/not-helped").status == 303
    assert rows(app)[0].settled_at is None
    assert charlie.get(at).submit(action="/posts/2/not-helped-me").status == 303
    assert rows(app, HelpedToo) == []
    assert bob.post("/posts/1/helped-me").status == 409
    assert bob.post("/posts/2/settle").status == 404
    assert [e.what for e in rows(app, Event)].count("answered a question in a lesson") == 2


@sqlite
def test_the_first_answer_is_told_once_and_not_to_those_who_turned_it_off_or_have_left(app, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    first, second, third = (put(app, people.bob) for _ in range(3))
    assert bob.get(f"{HERE}{first}/").submit({"text": "I go on."}, has="text").status == 303
    assert rows(app, OutboxMessage) == []
    alice.get(f"{HERE}{first}/").submit({"text": "Yes."}, has="text")
    alice.get(f"{HERE}{first}/").submit({"text": "And more."}, has="text")
    assert len(rows(app, OutboxMessage)) == 1
    choice = bob.get("/settings/reminders/")
    assert "The first answer to a question I asked in a lesson" in choice.words
    assert choice.submit({"kinds": ["action"]}).status == 303
    assert "answer" in rows(app, ReminderChoice)[0].muted
    alice.get(f"{HERE}{second}/").submit({"text": "Yes."}, has="text")
    with app.extensions["database"].transaction() as session:
        session.execute(update(ReminderChoice).values(muted=[]))
        session.execute(update(Person).where(Person.id == people.bob.id).values(disabled_at=clock.now()))
    alice.get(f"{HERE}{third}/").submit({"text": "Yes."}, has="text")
    assert len(rows(app, OutboxMessage)) == 1
    assert "Bob" in alice.get(f"{HERE}{third}/").words


@sqlite
def test_questions_are_sorted_searched_and_paged_in_a_constant_number_of_statements(app, people, visit):
    bob = visit(people.bob)
    plain, helpful = put(app, people.alice, title="Café first"), put(app, people.alice, title="Of use")
    answer = put(app, people.bob, kind="answer", question_id=helpful, title="")
    with app.extensions["database"].transaction() as session:
        session.add(HelpedToo(post_id=answer, person_id=people.charlie.id))

    def titles(query):
        return [one.words for one in bob.get(HERE + query).all(".//section[@class='item stack tight']/h2")]

    put(app, people.alice, title="Newest", settled_at=clock.now())
    assert titles("") == ["Newest", "Of use", "Café first"]
    assert titles("?show=unanswered") == ["Café first"]
    assert titles("?show=helpful") == ["Of use", "Newest", "Café first"]
    assert titles("?show=nonsense&page=-7") == ["Newest", "Of use", "Café first"]
    assert titles("?q=CAFE+words") == ["Café first"]
    assert "No question with “zebra”" in bob.get(f"{HERE}?q=zebra").words
    assert "Search for at most 200 characters" in bob.get(f"{HERE}?q={'%25' * 201}").words
    with counted(app) as few:
        bob.get(HERE)
    for number in range(25):
        one = put(app, people.alice, title=f"More {number}")
        put(app, people.bob, kind="answer", question_id=one, title="")
    with counted(app) as many:
        page = bob.get(HERE)
    assert len(few) == len(many)
    assert len(page.all(".//section[@class='item stack tight']")) == 20
    assert len(titles("?page=2")) == 8
    for _ in range(55):
        put(app, people.alice, kind="answer", question_id=plain, title="")
    with counted(app) as long:
        page = bob.get(f"{HERE}{plain}/")
    assert (len(page.all(".//article")), len(long)) == (50, len(many) - 1)
    assert len(bob.get(f"{HERE}{plain}/?page=2").all(".//article")) == 5


def test_words_of_mine_are_changed_and_removed_and_answers_keep_their_place(app, people, visit):
    bob, alice = visit(people.bob), visit(people.alice)
    question = put(app, people.bob)
    answer = put(app, people.alice, kind="answer", question_id=question, title="", helped_at=clock.now())
    at, mine = f"{HERE}{question}/", f"/posts/{question}/"
    assert bob.get(at).link("Change or delete") == mine
    changed = bob.get(mine).submit({"title": "Asked better", "text": "Other words."}, has="text", follow=True)
    assert ("Asked better" in changed.words, "changed on" in changed.words) == (True, True)
    stale = bob.post(mine, {"version": "1", "title": "Too late", "text": "Words."})
    assert (stale.status, "Too late" in stale.words) == (409, True)
    assert alice.post(f"/posts/{answer}/helped-me").status == 409
    edit = alice.get(f"/posts/{answer}/")
    assert bob.post(f"/posts/{answer}/helped").status == 303
    assert edit.submit({"text": "Clearer."}, has="text").status == 303
    for site, post in ((alice, question), (bob, answer), (visit(people.petra), question)):
        assert [site.get(f"/posts/{post}/").status, site.post(f"/posts/{post}/", {"version": "1", "title": "x", "text": "x"}).status, site.post(f"/posts/{post}/delete").status] == [404] * 3
    mine_alone = visit(people.bob).get("/settings/download").submit()
    assert [one["title"] for one in json.loads(mine_alone.response.get_data(as_text=True))["questions_and_answers_in_lessons"]] == ["Asked better"]

    gone = bob.get(mine).submit(action="/delete", follow=True)
    assert (gone.h1, "Clearer." in gone.words, "Other words" in gone.words) == ("Removed by its writer", True, False)
    assert bob.get(mine).status == 404
    assert alice.post(at, {"text": "More."}).status == 409
    assert alice.get(f"/posts/{answer}/").submit(action="/delete").location == HERE
    assert rows(app) == []
    lonely = put(app, people.bob)
    assert bob.post(f"/posts/{lonely}/delete").location == HERE
    assert rows(app) == []


@sqlite
def test_what_was_hidden_is_read_by_its_writer_and_those_who_look_after_the_lesson_alone(app, people, visit):
    bob, alice, petra = visit(people.bob), visit(people.alice), visit(people.petra)
    question = put(app, people.bob, title="Give me q3")
    answer = put(app, people.alice, kind="answer", question_id=question, title="", text="It is the second.")
    at = f"{HERE}{question}/"
    assert [alice.get(f"/posts/{question}/hide/").status, alice.post(f"/posts/{question}/hide/", {"reason": "x"}).status, alice.post(f"/posts/{answer}/show").status] == [404] * 3
    page = petra.get(petra.get(at).link("Hide"))
    assert page.submit({"reason": " "}).status == 422
    assert petra.get(f"/posts/{answer}/hide/").submit({"reason": "It gives the check away."}).location == at
    assert "It is the second." not in bob.get(at).words
    assert "It gives the check away." in alice.get(at).words
    assert bob.post(f"/posts/{answer}/helped").status == 404
    assert petra.get(f"/posts/{question}/hide/").submit({"reason": "It asks for answers."}).location == at
    assert ("It asks for answers." in bob.get(at).words, alice.get(at).status, "Give me q3" in alice.get(HERE).words) == (True, 404, False)
    assert [alice.get(f"/posts/{answer}/").status, alice.post(f"/posts/{answer}/delete").status, bob.post(at, {"text": "Please."}).status] == [404, 404, 409]
    logged = rows(app, Event)[-1]
    assert (logged.what, logged.subject_id, logged.detail["reason"]) == ("hid a post in a lesson", people.bob.id, "It asks for answers.")
    assert petra.get(at).submit(action=f"/posts/{question}/show").status == 303
    assert alice.get(at).status == 200


@sqlite
def test_a_lesson_that_is_not_open_shows_and_takes_no_questions_but_to_those_who_look_after_it(app, people, visit):
    post = put(app, people.charlie, lesson_id="C03-1")
    bob, adam = visit(people.bob), visit(people.adam)
    asked = (bob.get(LOCKED), bob.post(LOCKED, QUESTION), bob.get(f"{LOCKED}{post}/"), bob.post(f"{LOCKED}{post}/", {"text": "x"}))
    assert [one.status for one in asked] == [409] * 4
    assert [bob.post(f"/posts/{post}/{deed}").status for deed in ("helped-me", "settle", "delete")] == [404] * 3
    assert adam.get(f"{LOCKED}{post}/").status == 200
    assert bob.get(f"{HERE}{post}/").status == 404
    retired = put(app, people.bob, lesson_id="X01-1")
    assert bob.get(f"/posts/{retired}/").status == 404
    assert bob.get("/courses/project-life-cycle/no-such-lesson/questions/").status == 404


@sqlite
def test_mistakes_and_open_questions_of_a_course_wait_for_those_who_look_after_it(app, people, visit):
    bob, petra, at = visit(people.bob), visit(people.petra), "/courses/project-life-cycle/questions/"
    mistake = put(app, people.bob, kind="mistake", title="The sum is wrong", lesson_id="C05-1")
    put(app, people.bob, title="Another course", lesson_id="C01-1")
    put(app, people.bob, title="How long?")
    assert bob.get(at).status == 404
    assert petra.get("/courses/project-life-cycle/").link("What people ask about it") == at
    page = petra.get(at)
    assert page.words.index("How long?") > page.words.index("The sum is wrong")
    assert "Another course" not in page.words
    thread = petra.get(page.link("The sum is wrong"))
    assert bob.post(f"/posts/{mistake}/settle").status == 403
    assert thread.submit(action="/settle").status == 303
    assert "The sum is wrong" not in petra.get(at).words
    assert "The sum is wrong" in petra.get(f"{at}?state=settled").words
    assert petra.get(thread.address).submit(action="/reopen").status == 303
    assert "The sum is wrong" in petra.get(at).words


@sqlite
def test_nobody_writes_more_than_thirty_times_a_day(app, people, visit):
    question = put(app, people.alice)
    for _ in range(29):
        put(app, people.bob, kind="answer", question_id=question, title="")
    bob = visit(people.bob)
    assert bob.get(HERE).submit(QUESTION).status == 303
    refused = bob.get(HERE).submit(QUESTION)
    assert (refused.status, "You have written 30 questions and answers within a day" in refused.words) == (422, True)
    assert refused.find(".//textarea").words == QUESTION["text"]
    assert bob.get(f"{HERE}{question}/").submit({"text": "One more."}, has="text").status == 422
