"""What Today and the roadmap ask about rounds."""

from datetime import date

import pytest

from app.access import Me
from app.content import library
from app.records.maturity import closing_words, current_levels, latest_result, open_invitations
from app.records.results import store_result
from tests.support.build import a_round, answered
from tests.support.people import cast

MODEL = library().questionnaires["pmo-maturity"]
ITEMS = [item.id for item in MODEL.items]
TODAY = date(2026, 11, 23)  # a Monday


def me(person):
    return Me(person.id, person.name, person.email, "UTC")


@pytest.mark.parametrize(("day", "words"), [
    (date(2026, 11, 27), ", closes on Friday"), (date(2026, 11, 23), ", closes today"), (date(2026, 11, 24), ", closes tomorrow"),
    (date(2026, 12, 11), ", closes on 11 December"), (date(2026, 11, 3), ", was to close on 3 November"), (None, ""),
])
def test_a_closing_day_in_words(day, words):
    assert closing_words(day, TODAY) == words


def test_today_shows_how_far_i_am_and_where_to_go_on(database, people_in):
    people = people_in
    with database.transaction() as session:
        _, (bobs, _) = a_round(session, people.north, [(people.bob, "users"), (people.charlie, "office")], closes_on=date(2026, 11, 27))
        answered(session, bobs, dict.fromkeys(ITEMS[:28], 2), submit=False)
    with database.reading() as session:
        (found,) = open_invitations(session, me(people.bob), TODAY)
        assert (found.words, found.next_dimension, found.href) == ("28 of 45 answered, closes on Friday", "TAL", "/teams/north/rounds/1/answer/TAL/")
        (fresh,) = open_invitations(session, me(people.charlie), TODAY)
        assert (fresh.words, fresh.href) == ("0 of 45 answered, closes on Friday", "/teams/north/rounds/1/answer/")
        assert open_invitations(session, me(people.alice), TODAY) == ()
        assert current_levels(session, people.north.id) is None


def test_a_plan_starts_from_the_last_closed_round_without_what_does_not_apply(database, people_in):
    people = people_in
    with database.transaction() as session:
        for number, level in ((1, 1), (2, 3)):
            round_, asked = a_round(session, people.north, [(people.alice, "office"), (people.bob, "users")], number=number, state="closed")
            for invitation in asked:
                answered(session, invitation, {**dict.fromkeys(ITEMS, level), "STR-2": ("NA", "NA2", "")})
            store_result(session, round_, MODEL)
    with database.reading() as session:
        now = current_levels(session, people.north.id)
        assert (now.number, now.levels["GOV-1"], now.out_of_scope, now.respondents) == (2, 3, {"STR-2"}, 2)
        assert "STR-2" not in now.levels
        _, _, figures = latest_result(session, people.north.id)
        assert figures.change.number == 1
        assert figures.change.difference == pytest.approx(2.0)
        assert figures.change.verdict is None  # two people are too few to judge


@pytest.fixture
def people_in(database):
    return cast(database)
