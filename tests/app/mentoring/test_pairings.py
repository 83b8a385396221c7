"""A pairing: its page, sessions logged and planned, follow-ups, goals, the lead's knowledge, the end."""

from datetime import timedelta

import pytest

from app.models import Event, FollowUp, Goal, Meeting, MeetingNote, Pairing
from tests.app.mentoring.records import TODAY, asked, held, paired, planned, put, somebody, stored
from tests.support.statements import counted

AT = "/mentoring/pairings/1/"
LOG = {"held_on": TODAY.isoformat(), "minutes": "45", "competences": ["P06"], "shared": "Causes before effects.", "private": "I was nervous."}
PLAN = {"held_on": (TODAY + timedelta(days=2)).isoformat(), "starts_at": "14:00", "minutes": "45", "place": "Room 2", "topic": "Scoring"}


@pytest.fixture
def pair(app, people):
    """Charlie mentors Bob."""
    return paired(app, people.charlie, people.bob)


def everybody_else(people):
    return people.alice, people.petra, people.adam


def test_the_page_of_a_pairing_shows_what_the_two_work_towards(app, people, visit, pair):
    held(app, pair, people.charlie, shared="A risk needs a cause.", step="Send my register")
    planned(app, pair, people.bob)
    page = visit(people.bob).get(AT)
    assert page.h1 == "You and Charlie"
    for words in ("Run the next risk workshop", "Under way", "A risk needs a cause.", "Charlie: Send my register", "1 of 12, 50 min", "5 days ago", "Topic: Scoring risks."):
        assert words in page.words
    assert visit(people.charlie).get(AT).h1 == "You and Bob"


def test_a_pairing_is_open_to_the_two_and_to_nobody_else(app, people, visit, pair):
    one = held(app, pair, people.charlie, shared="x")
    for person in everybody_else(people):
        site = visit(person)
        for address in (AT, f"{AT}plan", f"{AT}sessions/{one.id}/", f"{AT}sessions/{one.id}/held", f"{AT}goals/1/", f"{AT}export.csv"):
            assert site.get(address).status == 404
        for deed in ("sessions", "plan", f"sessions/{one.id}/move", f"sessions/{one.id}/held", f"sessions/{one.id}/correct", f"sessions/{one.id}/cancel",
                     f"sessions/{one.id}/shared-note", f"sessions/{one.id}/private-note", f"sessions/{one.id}/share", f"sessions/{one.id}/delete-private",
                     "goals/1/", "follow-ups/1/done", "follow-ups/1/open", "tell-lead", "hide-from-lead"):
            assert site.post(AT + deed, {**LOG, **PLAN, "state": "reached", "ended_on": TODAY.isoformat()}).status == 404, deed
    assert visit().get(AT).location.startswith("/sign-in")
    assert visit().post(f"{AT}end").status == 401


def test_a_session_is_logged_in_one_form(app, people, visit, pair):
    site = visit(people.bob)
    answer = site.get(AT).submit(
        {**LOG, "other": "H02", "next1": "Score the top five", "owner1": "me", "until1": "2026-12-24", "next2": "Send the register", "owner2": "partner"}, has="minutes"
    )
    assert answer.location == AT
    meeting = stored(app, Meeting, 1)
    assert (meeting.state, meeting.minutes, meeting.competences, meeting.logged_by_id) == ("held", 45, ["P06", "H02"], people.bob.id)
    page = site.get(AT)
    assert "You: Score the top five, until 24 December 2026" in page.words
    assert "Charlie: Send the register" in page.words
    assert "I was nervous." in page.words
    theirs = visit(people.charlie).get(AT).words
    assert "Causes before effects." in theirs
    assert "nervous" not in theirs


LOG_FAULTS = [
    ({"held_on": (TODAY + timedelta(days=1)).isoformat()}, "Choose today or an earlier day"),
    ({"held_on": "1900-01-01"}, "between"),
    ({"held_on": "2026-02-30"}, "a date that exists"),
    ({"minutes": "4"}, "from 5 to 480"),
    ({"minutes": "481"}, "from 5 to 480"),
    ({"minutes": "٤٥"}, "from 5 to 480"),
    ({"minutes": "45.0"}, "from 5 to 480"),
    ({"minutes": "1e2"}, "from 5 to 480"),
    ({"competences": ["H02"]}, "Choose competences from the list"),
    ({"other": "ZZ9"}, "Choose a competence from the list"),
    ({"owner1": "alice", "next1": "x"}, "Choose who does it from the list"),
    ({"until1": "2026-12-24"}, "or leave its date empty"),
    ({"shared": "x" * 4001}, "at most 4,000 characters"),
    ({"private": "a\x00b"}, "control characters"),
]


def test_a_session_with_a_fault_says_which_and_keeps_what_was_typed(app, people, visit, pair):
    form = visit(people.bob).get(AT)
    for fields, sentence in LOG_FAULTS:
        page = form.submit({**LOG, **fields}, has="minutes")
        assert page.status == 422, fields
        assert sentence in page.words
        assert "shared" in fields or "Causes before effects." in page.words
    assert stored(app, Meeting, 1) is None


def test_server_owned_fields_of_a_session_cannot_be_sent(app, people, visit, pair):
    visit(people.bob).post(f"{AT}sessions", {**LOG, "state": "planned", "logged_by_id": "1", "pairing_id": "9", "version": "7", "id": "99"})
    meeting = stored(app, Meeting, 1)
    assert (meeting.state, meeting.logged_by_id, meeting.pairing_id, meeting.version) == ("held", people.bob.id, 1, 1)


def test_the_same_log_sent_twice_is_one_session(app, people, visit, pair):
    page = visit(people.bob).get(AT)
    assert [page.submit(LOG, has="minutes").status for _ in range(2)] == [303, 303]
    assert stored(app, Meeting, 2) is None


def test_a_session_is_planned_moved_and_logged(app, people, visit, pair):
    site = visit(people.bob)
    assert site.get(f"{AT}plan").submit(PLAN).location == AT
    assert "Session with Bob" in visit(people.charlie).get("/mentoring/").words
    one = visit(people.charlie).get(f"{AT}sessions/1/")
    later = (TODAY + timedelta(days=9)).isoformat()
    assert one.submit({"held_on": later, "starts_at": "09:30"}, action="/move").status == 303
    assert stored(app, Meeting, 1).starts_at == "09:30"
    form = site.get(f"{AT}sessions/1/held")
    assert form.submit(LOG).location == AT
    assert stored(app, Meeting, 1).state == "held"
    assert stored(app, Meeting, 2) is None
    assert site.post(f"{AT}sessions/1/held", LOG).status == 409
    assert site.post(f"{AT}sessions/1/move", {**PLAN, "version": "3"}).status == 409
    assert site.post(f"{AT}sessions/1/cancel").status == 409


PLAN_FAULTS = [
    ({"held_on": (TODAY - timedelta(days=1)).isoformat()}, "Choose today or a later day"),
    ({"starts_at": "24:00"}, "for example 14:00"),
    ({"starts_at": "2 pm"}, "for example 14:00"),
    ({"starts_at": ""}, "Enter the time"),
    ({"minutes": "0"}, "from 5 to 480"),
    ({"topic": "x" * 201}, "at most 200 characters"),
]


def test_a_plan_with_a_fault_is_not_stored(app, people, visit, pair):
    form = visit(people.bob).get(f"{AT}plan")
    for fields, sentence in PLAN_FAULTS:
        page = form.submit({**PLAN, **fields})
        assert page.status == 422, fields
        assert sentence in page.words
    assert stored(app, Meeting, 1) is None


def test_a_time_the_clocks_skip_is_refused_with_the_next_one(app, visit, people):
    dora = somebody(app, "Dora", time_zone="Europe/Berlin")
    paired(app, people.charlie, dora)
    page = visit(dora).get(f"{AT}plan").submit({**PLAN, "held_on": "2027-03-28", "starts_at": "02:30"})
    assert page.status == 422
    assert "03:30" in page.words


def test_a_time_that_comes_twice_is_shown_with_its_distance_from_utc(app, visit, people):
    dora = somebody(app, "Dora", time_zone="Europe/Berlin")
    paired(app, people.charlie, dora)
    site = visit(dora)
    assert site.get(f"{AT}plan").submit({**PLAN, "held_on": "2027-10-31", "starts_at": "02:30"}).status == 303
    assert ", 02:30 (UTC+02:00)" in site.get(AT).words
    assert ", 02:30 (UTC+02:00)" in site.get(f"{AT}sessions/1/").h1
    assert "02:30 (" not in visit(people.charlie).get(AT).words


def test_the_other_one_has_moved_the_session_first(app, people, visit, pair):
    planned(app, pair, people.bob)
    old = visit(people.bob).get(f"{AT}sessions/1/")
    visit(people.charlie).get(f"{AT}sessions/1/").submit({"starts_at": "10:00"}, action="/move")
    page = old.submit({"starts_at": "11:00"}, action="/move")
    assert page.status == 409
    assert "10:00" in page.words
    assert stored(app, Meeting, 1).starts_at == "10:00"


def test_a_planned_session_is_cancelled(app, people, visit, pair):
    planned(app, pair, people.bob)
    assert visit(people.charlie).get(f"{AT}sessions/1/").submit(action="/cancel").status == 303
    assert stored(app, Meeting, 1) is None


def test_date_and_length_of_a_held_session_are_corrected_and_both_remembered(app, people, visit, pair):
    held(app, pair, people.bob, minutes=500)
    page = visit(people.charlie).get(f"{AT}sessions/1/")
    assert page.submit({"minutes": "50"}, action="/correct").status == 303
    assert stored(app, Meeting, 1).minutes == 50
    assert page.submit({"minutes": "60", "form_key": None}, action="/correct").status == 409
    assert page.submit({"minutes": "60", "version": "2", "form_key": None, "held_on": (TODAY + timedelta(days=1)).isoformat()}, action="/correct").status == 422
    with app.extensions["database"].reading() as session:
        assert any("500 minutes to" in event.what for event in session.query(Event))
    planned(app, pair, people.bob)
    assert visit(people.bob).post(f"{AT}sessions/2/correct", {"held_on": TODAY.isoformat(), "minutes": "45", "version": "1"}).status == 409


def test_either_of_the_two_ticks_a_follow_up_and_opens_it_again(app, people, visit, pair):
    held(app, pair, people.bob, step="Score the top five")
    assert "Score the top five" in visit(people.bob).get("/mentoring/").words
    assert visit(people.charlie).get(AT).submit(action="/done").status == 303
    assert stored(app, FollowUp, 1).done_at is not None
    assert "Score the top five" not in visit(people.bob).get("/mentoring/").words
    assert visit(people.bob).post(f"{AT}follow-ups/1/done").status == 409
    assert visit(people.bob).get(AT).submit(action="/open").status == 303
    assert visit(people.bob).post(f"{AT}follow-ups/1/open").status == 409


def test_parts_of_another_pairing_are_not_found_under_this_one(app, people, visit, pair):
    """Bob is mentored by Charlie in pairing 1 and by Dora in pairing 2; session, goal and follow-up 1 belong to pairing 1."""
    dora = somebody(app, "Dora")
    paired(app, dora, people.bob)
    held(app, pair, people.bob, step="x", private="y")
    other = "/mentoring/pairings/2/"
    site = visit(people.bob)
    assert site.get(f"{other}sessions/1/").status == 404
    assert site.get(f"{other}goals/1/").status == 404
    for deed in ("follow-ups/1/done", "sessions/1/share", "sessions/1/delete-private"):
        assert site.post(other + deed).status == 404
    assert site.post(f"{other}sessions/1/shared-note", {"shared": "z"}).status == 404


def test_a_goal_is_marked_as_reached_with_its_day(app, people, visit, pair):
    page = visit(people.bob).get(f"{AT}goals/1/")
    assert page.submit({"state": "reached", "ended_on": (TODAY + timedelta(days=1)).isoformat()}).status == 422
    assert page.submit({"state": "reached", "ended_on": (TODAY - timedelta(days=60)).isoformat(), "form_key": None}).status == 422
    assert page.submit({"state": "open", "ended_on": TODAY.isoformat(), "form_key": None}).status == 422
    assert page.submit({"state": "reached", "ended_on": TODAY.isoformat(), "form_key": None}).status == 303
    assert stored(app, Goal, 1).state == "reached"
    assert "Reached" in visit(people.charlie).get(AT).words
    assert visit(people.charlie).post(f"{AT}goals/1/", {"state": "dropped", "ended_on": TODAY.isoformat(), "version": "2"}).status == 409


def test_an_older_page_of_a_goal_is_a_conflict(app, people, visit, pair):
    assert visit(people.bob).post(f"{AT}goals/1/", {"state": "reached", "ended_on": TODAY.isoformat(), "version": "0"}).status == 409


def test_the_mentee_decides_whether_the_lead_knows(app, people, visit, pair):
    held(app, pair, people.bob, shared="SECRET")
    lead = visit(people.alice)
    assert "Charlie" not in lead.get("/mentoring/").words
    assert visit(people.charlie).post(f"{AT}tell-lead").status == 404
    assert visit(people.bob).get(AT).submit(action="/tell-lead").status == 303
    known = lead.get("/mentoring/").words
    assert "Charlie" in known
    assert "SECRET" not in known
    assert lead.get(AT).status == 404
    assert lead.post(f"{AT}end").status == 404
    assert lead.get(f"{AT}end").status == 404
    assert visit(people.bob).get(AT).submit(action="/hide-from-lead").status == 303
    assert "Charlie" not in lead.get("/mentoring/").words


def test_a_lead_of_another_team_never_knows(app, people, visit, pair):
    from app.models import Membership

    dora = somebody(app, "Dora")
    put(app, Membership(person_id=dora.id, team_id=people.south.id, is_lead=True))
    visit(people.bob).post(f"{AT}tell-lead")
    assert "Bob" not in visit(dora).get("/mentoring/").words


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_either_ends_without_fault_and_then_both_only_read(app, people, visit, pair, who):
    one = held(app, pair, people.bob, shared="Kept words", private="Mine alone", step="x")
    planned(app, pair, people.bob)
    me = visit(getattr(people, who))
    assert me.get(f"{AT}end").submit({"words": "Thank you."}).location == AT
    assert stored(app, Meeting, 2) is None
    for person in (people.bob, people.charlie):
        site = visit(person)
        page = site.get(AT)
        assert "Kept words" in page.words
        assert "Thank you." in page.words
        assert not [f for f in page.all("form") if AT in f.get("action")]
        for deed, fields in (
            ("sessions", LOG), ("plan", PLAN), ("end", {}), ("follow-ups/1/done", {}), (f"sessions/{one.id}/shared-note", {"shared": "x"}),
            (f"sessions/{one.id}/correct", {"held_on": TODAY.isoformat(), "minutes": "45", "version": "1"}),
            ("goals/1/", {"state": "reached", "ended_on": TODAY.isoformat(), "version": "1"}), (f"sessions/{one.id}/share", {}),
        ):
            assert site.post(AT + deed, fields).status == 409, deed
    assert visit(people.bob).post(f"{AT}tell-lead").status == 409
    assert "Mine alone" in visit(people.bob).get(AT).words
    assert "Mine alone" not in visit(people.charlie).get(AT).words


def test_a_pmo_lead_may_end_a_pairing_and_others_may_not(app, people, visit, pair):
    for person in (people.alice, people.adam):
        assert visit(person).get(f"{AT}end").status == 404
        assert visit(person).post(f"{AT}end", {"words": ""}).status == 404
    page = visit(people.petra).get(f"{AT}end")
    assert "WISH-WORDS" not in page.words
    assert page.submit({"words": ""}).location == "/mentoring/programme/"
    assert stored(app, Pairing, 1).state == "ended"


def test_before_the_answer_nothing_is_written(app, people, visit):
    asked(app, people.charlie, people.bob)
    for person in (people.bob, people.charlie):
        assert visit(person).get(AT).status == 409
        assert visit(person).post(f"{AT}sessions", LOG).status == 409
        assert visit(person).post(f"{AT}end").status == 409


def test_a_place_is_free_again_after_the_end(app, people, visit, pair):
    visit(people.bob).post(f"{AT}end", {"words": ""})
    assert paired(app, people.charlie, people.adam, slot=1).id == 2


def test_many_sessions_cost_no_more_statements_and_are_paged(app, people, visit, pair):
    held(app, pair, people.bob, shared="x", step="y")
    site = visit(people.bob)
    site.get(AT)
    with counted(app) as few:
        site.get(AT)
    put(app, *[
        Meeting(pairing_id=1, state="held", held_on=TODAY - timedelta(days=n % 30), minutes=30, competences=[], logged_by_id=people.bob.id) for n in range(60)
    ])
    with counted(app) as many:
        page = site.get(AT)
    assert len(few) == len(many) <= 11
    assert len(page.all(".//ol[@class='trail']/li")) == 50
    assert len(site.get(f"{AT}?page=2").all(".//ol[@class='trail']/li")) == 11
    assert "61 of 12, 30 h 50 min" in page.words


def test_the_start_page_costs_the_same_for_few_and_many(app, people, visit, pair):
    site = visit(people.charlie)
    site.get("/mentoring/")
    with counted(app) as few:
        site.get("/mentoring/")
    for n in range(5):
        other = paired(app, people.charlie, somebody(app, f"Mentee{n}"), slot=n + 2)
        held(app, other, people.charlie, step="Read it")
        planned(app, other, people.charlie)
    with counted(app) as many:
        page = site.get("/mentoring/")
    assert len(few) == len(many) <= 8
    assert "5 sessions, 4 h 10 min in all" in page.words


def test_the_start_page_teaches_when_it_is_empty(people, visit):
    for person in (people.alice, people.bob, people.charlie, people.petra, people.adam):
        assert "Nothing here yet" in visit(person).get("/mentoring/").words
    assert visit(people.bob).get("/mentoring/").link("Find a mentor") == "/mentoring/mentors/"
    assert visit().get("/mentoring/").location.startswith("/sign-in")


def test_a_planned_session_whose_day_has_passed_asks_to_be_logged(app, people, visit, pair):
    planned(app, pair, people.bob, in_days=-2)
    assert "Log or move the session with Charlie" in visit(people.bob).get("/mentoring/").words


def test_no_event_holds_words_of_a_note(app, people, visit, pair):
    site = visit(people.bob)
    site.post(f"{AT}sessions", LOG)
    with app.extensions["database"].reading() as session:
        said = " ".join(f"{e.what} {e.detail}" for e in session.query(Event))
    assert "logged a session" in said
    assert "Causes" not in said
    assert "nervous" not in said


def test_the_export_is_my_own_view_and_safe_to_open(app, people, visit, pair):
    one = held(app, pair, people.bob, shared="=1+1", private="Mine", step="@cmd")
    put(app, MeetingNote(meeting_id=one.id, author_id=people.charlie.id, kind="private", text="THEIRS"))
    put(app, MeetingNote(meeting_id=one.id, author_id=people.charlie.id, kind="shared", text="From Charlie\nline two"))
    answer = visit(people.bob).get(f"{AT}export.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mentoring-sessions-1.csv"'
    lines = answer.text.split("\r\n")
    assert lines[0].startswith('"Date","State","Time","Minutes"')
    assert "\"'=1+1\",\"From Charlie line two\",\"Mine\",\"open: You: @cmd, until" in lines[1]
    assert "THEIRS" not in answer.text
