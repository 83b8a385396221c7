"""Answers that are saved as somebody goes: nothing lost, nothing older wins, nothing after submit or close."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.content import library
from app.maturity.closing import takes_answers
from app.models import AssessmentRound, RecordedAnswer
from tests.support.build import a_round, answered

ITEMS = [item.id for item in library().questionnaires["pmo-maturity"].items]
GOV = "/teams/north/rounds/1/answer/GOV/"


@pytest.fixture
def open_round(app, people):
    with app.extensions["database"].transaction() as session:
        round_, asked = a_round(session, people.north, [(people.bob, "users"), (people.charlie, "office")])
        session.expunge_all()
    return round_, asked


def stored(app):
    with app.extensions["database"].reading() as session:
        return {a.item_id: a for a in session.scalars(select(RecordedAnswer))}


def save(site, **fields):
    token = fields.pop("token", None) or site.token()
    return site.client.post(f"{GOV}save", data=fields, headers={"X-CSRFToken": token, "Accept": "application/json"}, base_url="http://127.0.0.1")


def test_the_server_says_when_it_has_saved(app, people, visit, open_round):
    bob = visit(people.bob)
    said = save(bob, **{"GOV-1": "3", "GOV-1.comment": "  Since May. ", "counter": "1"})
    assert said.status_code == 200
    assert said.get_json() | {"at": ""} == {"saved": True, "at": "", "counter": 1, "answered": 1, "total": 45, "left_here": 5, "spared": 0, "still": ""}
    assert len(said.get_json()["at"]) == 5
    answer = stored(app)["GOV-1"]
    assert (answer.value, answer.comment, answer.counter) == ("3", "Since May.", 1)


def test_an_older_save_that_arrives_late_changes_nothing(app, people, visit, open_round):
    bob = visit(people.bob)
    save(bob, **{"GOV-1": "4", "counter": "7"})
    late = save(bob, **{"GOV-1": "2", "counter": "6"}).get_json()
    assert (late["saved"], late["counter"]) == (False, 7)
    assert stored(app)["GOV-1"].value == "4"


def test_a_comment_alone_is_kept_and_is_no_answer(app, people, visit, open_round):
    said = save(visit(people.bob), **{"GOV-1.comment": "I have to ask", "counter": "1"}).get_json()
    assert (said["saved"], said["answered"]) == (True, 0)
    assert visit(people.bob).get(GOV).find(".//textarea[@name='GOV-1.comment']").words == "I have to ask"


def test_a_page_that_is_older_than_what_another_window_saved_shows_both(app, people, visit, open_round):
    bob = visit(people.bob)
    first = bob.get(GOV)
    save(bob, **{"GOV-1": "4", "counter": "1"})
    conflict = first.submit({"GOV-1": "2", "go": "save"})
    assert conflict.status == 409
    assert "GOV-1: yours" in conflict.words
    assert stored(app)["GOV-1"].value == "4"
    assert bob.get(GOV).submit({"GOV-1": "2", "go": "save"}).status == 303
    assert stored(app)["GOV-1"].value == "2"


def test_after_submitting_and_after_closing_nothing_is_taken_and_it_is_said(app, people, visit, open_round):
    bob = visit(people.bob)
    token = bob.token()
    with app.extensions["database"].transaction() as session:
        answered(session, session.merge(open_round[1][0]), dict.fromkeys(ITEMS, 2))
    late = save(bob, **{"GOV-1": "5", "counter": "9", "token": token})
    assert late.status_code == 409
    assert "You have submitted" in late.get_json()["error"]
    with app.extensions["database"].transaction() as session:
        session.scalars(select(AssessmentRound)).one().state = "closed"
    closed = save(visit(people.charlie), **{"GOV-1": "5", "counter": "1"})
    assert (closed.status_code, closed.get_json()["error"]) == (409, "This round takes no more answers.")
    assert stored(app)["GOV-1"].value == "2"


@pytest.mark.parametrize("fields", [
    {"GOV-1": "6"}, {"GOV-1": "0"}, {"GOV-1": "2.5"}, {"GOV-1": "٣"}, {"GOV-1": "+3"}, {"GOV-1": "3.0"}, {"GOV-1": "NA"}, {"GOV-1": ["2", "3"]},
    {"GOV-1": "2", "GOV-2": "2"}, {"TAL-1": "2"}, {"XYZ-1": "2"}, {"GOV-1": "2", "counter": "-1"}, {"GOV-1": "2", "counter": "9" * 40},
    {"GOV-1": "2", "GOV-1.comment": "x" * 2001}, {"GOV-1": "2", "GOV-1.comment": "a\x00b"}, {},
])
def test_what_no_item_of_the_page_offers_is_refused_and_nothing_is_stored(app, people, visit, open_round, fields):
    answer = save(visit(people.bob), **fields)
    assert answer.status_code == 422
    assert answer.get_json()["error"]
    assert stored(app) == {}


def test_a_page_with_one_wrong_answer_stores_none_and_keeps_what_was_typed(app, people, visit, open_round):
    page = visit(people.bob).get(GOV).submit({"GOV-1": "9", "GOV-1.comment": "kept", "GOV-2": "3", "go": "next"})
    assert page.status == 422
    assert page.find(".//div[@class='faults']//a").get("href") == "#GOV-1"
    assert page.find(".//textarea[@name='GOV-1.comment']").words == "kept"
    assert page.find(".//input[@name='GOV-2'][@checked]").get("value") == "3"
    assert stored(app) == {}


def test_thirty_saves_at_once_lose_nothing(app, people, visit, open_round):
    bob = visit(people.bob)
    token = bob.token()
    items = [f"GOV-{n}" for n in range(1, 7)]

    def one(number):
        with app.test_client() as client:
            client._cookies = dict(bob.client._cookies)
            return client.post(
                f"{GOV}save", data={items[number % 6]: str(number // 6 + 1), "counter": str(number // 6 + 1)},
                headers={"X-CSRFToken": token, "Accept": "application/json"}, base_url="http://127.0.0.1",
            ).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(one, range(30))) == {200}
    assert {item: (a.value, a.counter) for item, a in stored(app).items()} == dict.fromkeys(items, ("5", 5))


def test_answers_count_until_half_a_minute_after_the_closing_day():
    midnight = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)  # the 28th begins in Berlin
    day = date(2026, 11, 27)
    assert takes_answers(day, "Europe/Berlin", midnight.replace(hour=23, second=29))
    assert not takes_answers(day, "Europe/Berlin", midnight.replace(hour=23, second=31))
    assert takes_answers(day, "UTC", midnight)
    assert takes_answers(None, "UTC", midnight)


def test_after_the_closing_day_a_draft_stays_to_be_read(app, people, visit, open_round):
    bob = visit(people.bob)
    save(bob, **{"GOV-1": "4", "counter": "1"})
    with app.extensions["database"].transaction() as session:
        session.scalars(select(AssessmentRound)).one().closes_on = date(2026, 1, 5)
    assert "closing day has passed" in save(bob, **{"GOV-1": "5", "counter": "2"}).get_json()["error"]
    page = bob.get(GOV)
    assert "No more answers are taken" in page.words
    assert "You chose 4 Managed" in page.words
    assert "The closing day has passed" in visit(people.alice).get("/teams/north/rounds/1/").words
