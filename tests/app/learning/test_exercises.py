"""An exercise from handing in to the certificate, and who reads it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.access import Me
from app.content import library
from app.models import HandedInExercise, IssuedCertificate, LessonVisit, Membership, OutboxMessage
from app.records.exercises import who_may_review
from tests.support import uploads as made
from tests.support.build import active_pairing, passed_check

HERE = "/courses/mentoring-and-coaching/exercise/"
FREE = "/courses/pmo-foundations/exercise/"
COURSE = library().catalogue.course("C12")
assert COURSE.exercise is not None
GOOD = {f"level-{c.id}": "2" for c in COURSE.exercise.criteria}


def rows(app, record):
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(record).order_by(record.id)))


def all_lessons_done(app, who):
    with app.extensions["database"].transaction() as session:
        for lesson in (*library().catalogue.course("C05").lessons, *COURSE.lessons):
            session.add(LessonVisit(person_id=who.id, lesson_id=lesson.id, last_at=clock.now()))
            passed_check(session, who, lesson.id, clock.today() - timedelta(days=2))


def test_an_exercise_goes_back_and_forth_until_it_is_accepted_and_brings_the_certificate(app, people, visit):
    all_lessons_done(app, people.bob)
    bob, alice, petra = visit(people.bob), visit(people.alice), visit(people.petra)
    assert "Hand in the exercise" in bob.get("/courses/mentoring-and-coaching/").words
    assert "Still missing: your exercise, reviewed by your mentor or a colleague." in bob.get("/courses/mentoring-and-coaching/").words
    assert "An agreement and a look back" in bob.get("/").words
    page = bob.get(HERE)
    assert "Alice (leads your team)" in page.words
    assert "Petra" not in page.words
    empty = page.submit({"reviewer": str(people.alice.id)})
    assert (empty.status, "Write your exercise here, or choose a file or a link" in empty.words) == (422, True)
    stranger = page.submit({"text": "Goals.", "reviewer": str(people.charlie.id)})
    assert (stranger.status, stranger.find(".//textarea[@name='text']").words) == (422, "Goals.")
    assert made.send(bob, HERE, text="My agreement.", reviewer=people.alice.id, file=(made.PDF, "agreement.pdf")).location == HERE
    assert bob.post(HERE, {"text": "Once more.", "reviewer": str(people.alice.id)}).status == 409

    first = rows(app, HandedInExercise)[0]
    at, file = f"/exercises/{first.id}/", "/files/1/"
    assert "Review the exercise of Bob" in alice.get("/").words
    assert alice.get("/exercises/").link("Bob") == at
    review = alice.get(at)
    assert ("My agreement." in review.words, review.link("agreement.pdf")) == (True, file)
    assert [visit(who).get(address).status for who in (people.petra, people.charlie, people.adam) for address in (at, file)] == [404] * 6
    assert [bob.get(address).status for address in (at, file)] == [404, 200]
    assert "My agreement." not in petra.get(HERE).words
    mails = rows(app, OutboxMessage)
    assert [(m.recipient, m.subject) for m in mails] == [(people.alice.email, "Bob asks you to review an exercise")]
    assert "My agreement" not in mails[0].text

    no = review.submit({**GOOD, "level-goals": "1", "go": "accept"})
    assert (no.status, "Goals is on the lowest level" in no.words) == (422, True)
    no = review.submit({**GOOD, "level-goals": "1", "go": "return"})
    assert (no.status, "Say what has to change in Goals" in no.words) == (422, True)
    assert review.submit({**GOOD, "level-goals": "1", "remark-goals": "Whose goals are these?", "go": "return"}).location == at
    assert review.submit({**GOOD, "go": "accept"}).status == 409
    assert "Your exercise came back" in bob.get("/").words
    back = bob.get(HERE)
    assert "Whose goals are these?" in back.words
    assert back.find(".//textarea[@name='text']").words == "My agreement."
    assert back.submit({"text": "Her goals.", "reviewer": str(people.alice.id)}).status == 303
    assert "Your exercise came back" not in bob.get("/").words
    assert rows(app, IssuedCertificate) == []

    second = rows(app, HandedInExercise)[1]
    again = alice.get(f"/exercises/{second.id}/")
    assert "for the 2. time" in again.words
    assert "Whose goals are these?" in again.words
    assert again.submit({**GOOD, "summary": "Well done.", "go": "accept"}).status == 303
    assert [c.holder for c in rows(app, IssuedCertificate)] == ["Bob"]
    assert rows(app, OutboxMessage)[-1].subject == "Alice has accepted your exercise"
    done = bob.get(HERE)
    assert ("Accepted." in done.words, "Well done." in done.words, done.link("Your certificate")) == (True, True, f"/certificates/{rows(app, IssuedCertificate)[0].code}/")
    assert "Nothing waits for you." in alice.get("/exercises/").words


def test_who_may_be_asked_and_taking_back(app, people, visit):
    database = app.extensions["database"]
    with database.transaction() as session:
        active_pairing(session, people.charlie, people.bob, clock.today())
    bob, charlie = visit(people.bob), visit(people.charlie)
    offered = [option.words for option in bob.get(FREE).all(".//select[@name='reviewer']/option")]
    assert offered == ["Choose one", "Charlie (your mentor)", "Alice (leads your team)"]
    assert bob.get(FREE).submit({"text": "Between us.", "reviewer": str(people.charlie.id)}).status == 303
    row = rows(app, HandedInExercise)[0]
    assert charlie.get(f"/exercises/{row.id}/").status == 200
    assert bob.post(f"{FREE}take-back").status == 303
    assert [charlie.get(f"/exercises/{row.id}/").status, charlie.post(f"/exercises/{row.id}/", {**GOOD, "go": "accept"}).status] == [404, 404]
    assert bob.post(f"{FREE}take-back").status == 409
    assert "Nobody has asked you yet" in charlie.get("/exercises/").words
    with database.transaction() as session:
        session.add(Membership(person_id=people.charlie.id, team_id=people.north.id))
        session.add(HandedInExercise(person_id=people.charlie.id, course_id="C01", number=1, revision=1, reviewer_id=people.alice.id, text="x", state="accepted", reviewed_at=clock.now()))
    adam = visit(people.adam)
    assert [o.words for o in adam.get(FREE).all(".//select[@name='reviewer']/option")] == ["Choose one", "Petra (PMO lead)"]
    with database.reading() as session:
        alice = Me(people.alice.id, "Alice", people.alice.email, "UTC", teams=frozenset({people.north.id}), leads=frozenset({people.north.id}))
        assert [(one.name, one.why) for one in who_may_review(session, alice, "C01")] == [("Charlie", "has passed it")]
    assert "This course waits for another one." in bob.get("/courses/setting-up-a-pmo/exercise/").words
    assert bob.post("/courses/setting-up-a-pmo/exercise/", {"text": "x", "reviewer": str(people.alice.id)}).status == 409
    assert bob.get("/courses/no-such-course/exercise/").status == 404
