"""Courses asked of people by a day: who may ask, what people see, who is where, and what changes it."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar
from sqlalchemy import select, update

from app import clock
from app.content import library
from app.models import CourseAssignment, Event, IssuedCertificate, LessonVisit, Membership, Person, QuizAttempt
from tests.support.calendars import read_back
from tests.support.people import person
from tests.support.site import BASE
from tests.support.statements import counted

COURSE = "C05"


def assign(visit, who, audience, days=5, why="", course=COURSE):
    due = (clock.today() + timedelta(days=days)).isoformat()
    return visit(who).get("/assignments/new").submit({"course": course, "audience": audience, "due_on": due, "why": why})


def pass_lessons(session, who, number):
    lessons = library().catalogue.course(COURSE).lessons[:number]
    now = clock.now()
    session.add_all(LessonVisit(person_id=who.id, lesson_id=lesson.id, last_at=now, read_at=now) for lesson in lessons)
    session.add_all(QuizAttempt(
        person_id=who.id, lesson_id=lesson.id, revision=1, day=clock.today(), day_try=1, seed=1, submitted_at=now, score=5, max_score=5, passed=True,
    ) for lesson in lessons)
    session.flush()


def test_a_lead_asks_a_team_and_people_see_by_when_by_whom_and_why(app, people, visit):
    database, today = app.extensions["database"], clock.today()
    made = assign(visit, people.alice, f"team-{people.north.id}", why="The audit <asks> for it")
    assert made.status == 303
    bob = visit(people.bob)
    home, catalogue, course = bob.get("/"), bob.get("/courses/"), bob.get("/courses/project-life-cycle/")
    assert "due in 5 days" in home.words
    assert "Asked of North by Alice: The audit <asks> for it" in home.words
    assert "Due in 5 days" in catalogue.words
    assert catalogue.all(".//article")[0].words.startswith("OpenDue in 5 days")
    assert "due in 5 days. Asked of North by Alice: The audit <asks> for it You have not started." in course.words
    tag = course.headers["ETag"]
    assert bob.client.get("/courses/project-life-cycle/", base_url=BASE, headers={"If-None-Match": tag}).status_code == 304
    assert "due in 5 days" not in visit(people.charlie).get("/").words
    # the earlier of two days counts, and what is complete is due no more
    assert assign(visit, people.petra, "everybody", days=2).status == 303
    assert "Asked of everybody by Petra" in bob.get("/").words
    assert bob.client.get("/courses/project-life-cycle/", base_url=BASE, headers={"If-None-Match": tag}).status_code == 200
    address = bob.get("/settings/calendar/").submit(action="make").find(".//code").words.removeprefix(BASE)
    entry = read_back(visit().client.get(address, base_url=BASE).data)[f"course-{COURSE}"]
    assert (entry.decoded("dtstart"), entry["sequence"], str(entry["status"])) == (today + timedelta(days=2), 2, "CONFIRMED")
    with database.transaction() as session:
        session.execute(update(CourseAssignment).where(CourseAssignment.team_id.is_(None)).values(due_on=today - timedelta(days=2)))
    assert "2 days over" in bob.get("/").words
    visit(people.petra).get("/assignments/2/").submit(action="withdraw")
    assert "due in 5 days" in bob.get("/").words
    visit(people.alice).get(made.location).submit(action="withdraw")
    assert "Project life cycle" not in bob.get("/").words
    assert visit(people.alice).get(made.location).words.count("This was taken back") == 1
    gone = Calendar.from_ical(visit().client.get(address, base_url=BASE).data).walk("VEVENT")[0]
    assert (str(gone["status"]), gone["sequence"]) == ("CANCELLED", 4)
    with database.transaction() as session:
        pass_lessons(session, people.bob, 5)
    assert assign(visit, people.alice, f"team-{people.north.id}", days=9).status == 303
    assert "Project life cycle" not in bob.get("/").words
    refused = assign(visit, people.alice, f"person-{people.bob.id}")
    assert "Bob has completed this course" in refused.words
    with database.reading() as session:
        noted = session.scalars(select(Event).where(Event.thing == "assignment").order_by(Event.id)).all()
    assert [event.what for event in noted] == ["assigned a course", "assigned a course", "took a course assignment back", "took a course assignment back", "assigned a course"]
    assert noted[0].detail == {"assignment": "Project life cycle", "of": "North", "due": (today + timedelta(days=5)).isoformat(), "why": "The audit <asks> for it"}


def test_leads_ask_their_own_people_only_and_leave_what_the_office_asked_for(app, people, visit):
    offered = [option.get("value") for option in visit(people.alice).get("/assignments/new").all(".//select[@id='audience']/option")]
    assert offered == ["", f"team-{people.north.id}", f"person-{people.alice.id}", f"person-{people.bob.id}"]
    for audience in ("everybody", f"team-{people.south.id}", f"person-{people.charlie.id}", "person-0", "x"):
        alice = visit(people.alice)
        answer = alice.post("/assignments/new", {"course": COURSE, "audience": audience, "due_on": clock.today().isoformat()})
        assert (answer.status, "from the list" in answer.words) == (422, True), audience
    for days, course, sentence in ((-1, COURSE, "Choose today or a later day"), (3, "C99", "Choose a course from the list")):
        assert sentence in assign(visit, people.alice, f"team-{people.north.id}", days=days, course=course).words
    assert visit(people.bob).get("/assignments/new").status == 404
    assert assign(visit, people.petra, f"team-{people.north.id}").status == 303
    assert "asked of them already" in assign(visit, people.alice, f"team-{people.north.id}").words
    page = visit(people.alice).get("/assignments/1/")
    assert "PMO leads change it" in page.words
    alice = visit(people.alice)
    assert alice.post("/assignments/1/withdraw").status == 403
    assert alice.post("/assignments/1/change", {"version": "1", "due_on": clock.today().isoformat()}).status == 403
    with app.extensions["database"].transaction() as session:
        charlie_leads = session.scalars(select(Membership).where(Membership.person_id == people.charlie.id)).one()
        charlie_leads.is_lead = True
    charlie = visit(people.charlie)
    assert charlie.get("/assignments/1/").status == 404
    assert charlie.get("/assignments/").words.count("No course is asked for yet") == 1
    petra = visit(people.petra).get("/assignments/1/")
    later = (clock.today() + timedelta(days=40)).isoformat()
    assert petra.submit({"due_on": later, "why": "More time"}, action="change").location == "/assignments/1/"
    stale = petra.submit({"due_on": clock.today().isoformat(), "form_key": "another"}, action="change")
    assert (stale.status, "More time" in stale.words) == (409, True)


def test_a_lead_sees_who_is_where_filters_sorts_and_takes_it_out(app, people, visit):
    database = app.extensions["database"]
    with database.transaction() as session:
        dora, eve, gone = person("Dora"), person("Eve"), person("Gone", disabled_at=clock.now())
        session.add_all([dora, eve, gone])
        session.flush()
        session.add_all(Membership(person_id=one.id, team_id=people.north.id) for one in (dora, eve, gone))
        pass_lessons(session, dora, 2)
        pass_lessons(session, eve, 5)
        session.add(IssuedCertificate(
            code="of-eve", person_id=eve.id, course_id=COURSE, revision=1, holder="Eve", course_title="Project life cycle", issuer="Northern Works", facts={},
        ))
    assign(visit, people.petra, "everybody")
    assert "1 of 4" in visit(people.alice).get("/assignments/").words
    assert "1 of 7" in visit(people.petra).get("/assignments/").words
    alice = visit(people.alice)
    page = alice.get("/assignments/1/")
    assert [row.words for row in page.all(".//main//tbody/tr")] == [
        "AliceNorthNot started–0 of 5", "BobNorthNot started–0 of 5", "DoraNorthStartedat lesson 3 of 52 of 5",
        f"EveNorthCompleteon {clock.today().day} {clock.today():%b %Y}5 of 5",
    ]
    assert "Charlie" not in page.words
    assert [row.words[:5] for row in alice.get("/assignments/1/?show=started&sort=least").all(".//main//tbody/tr")] == ["DoraN"]
    with database.transaction() as session:
        session.execute(update(CourseAssignment).values(due_on=clock.today() - timedelta(days=1)))
    late = alice.get("/assignments/1/?sort=state")
    assert "3 overdue" in late.words
    assert "1 day over" in late.words
    assert late.all(".//main//tbody/tr")[-1].words.startswith("Eve")
    with counted(app) as statements:
        alice.get("/assignments/1/?sort=state")
    assert len(statements) <= 5
    table = alice.post("/assignments/1/export")
    assert table.headers["Content-Disposition"] == 'attachment; filename="assignment-1.csv"'
    assert table.text.splitlines()[3].startswith('"Dora","North","Project life cycle","overdue","at lesson 3 of 5","2","5",""')
    assert len(table.text.splitlines()) == 5
    with database.reading() as session:
        assert session.scalars(select(Event.what).order_by(Event.id.desc())).first() == "exported who has completed a course"
        assert session.scalar(select(Person.id).where(Person.name == "Gone")) is not None
