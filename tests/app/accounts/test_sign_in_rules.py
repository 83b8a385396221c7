"""How long a sign-in lasts, how links work, how many tries there are."""

import pytest
import time_machine
from sqlalchemy import func, select

from app import clock
from app.models import FailedSignIn, Person, SignIn
from app.records.accounts import make_link
from tests.support.passwords import PASSWORD, with_password


def link(app, person, purpose="invite"):
    with app.extensions["database"].transaction() as session:
        return f"/choose-password/{make_link(session, person.id, purpose, clock.now())}"


@pytest.mark.parametrize(("purpose", "minutes", "status"), [("reset", 59, 200), ("reset", 61, 404), ("invite", 7 * 1440 - 1, 200), ("invite", 7 * 1440 + 1, 404)])
def test_a_reset_link_lives_an_hour_and_an_invitation_a_week(app, people, visit, purpose, minutes, status):
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        address = link(app, people.bob, purpose)
        now.shift(minutes * 60)
        assert visit().get(address).status == status


def test_a_newer_link_a_newer_password_and_a_newer_sign_in_each_void_the_older_link(app, people, visit):
    first, second = link(app, people.bob), link(app, people.bob)
    assert [visit().get(first).status, visit().get(second).status] == [404, 200]
    visit().get(second).submit({"password": PASSWORD})
    third = link(app, people.bob)
    visit().get("/sign-in").submit({"email": "bob@north.example", "password": PASSWORD}, has="password")
    assert visit().get(third).status == 404


def test_a_changed_link_and_the_link_of_a_disabled_person_lead_nowhere(app, people, visit):
    address = link(app, people.bob)
    assert visit().get(address[:-1] + ("a" if address[-1] != "a" else "b")).status == 404
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).disabled_at = clock.now()
    assert visit().get(address).status == 404


def test_choosing_a_password_by_link_ends_all_sign_ins_and_signs_nobody_in(app, people, visit):
    browser, by_link = visit(people.bob), visit()
    with app.extensions["database"].transaction() as session:
        address = f"/choose-password/{make_link(session, people.bob.id, 'reset', clock.now())}"
    assert by_link.get(address).submit({"password": PASSWORD}).location == "/sign-in"
    assert not by_link.is_signed_in
    assert browser.get("/teams/").location.startswith("/sign-in")


@pytest.mark.parametrize(("typed", "said"), [
    ("elevenchars", "at least 12 characters"), ("a" * 129 + "bcdef", "at most 128 characters"), ("x" * 1025, "at most 128 characters"),
    ("password1234", "easy to guess"), ("BOB is my name 1" * 1, None), ("northern skies 22", "Leave your name"), ("long enough\x00 to count", "control characters"),
    ("cairn on the hill", "Leave your name"),
])
def test_a_password_is_judged_by_length_and_by_what_a_guesser_tries_first(app, people, visit, typed, said):
    page = visit().get(link(app, people.bob)).submit({"password": typed})
    if said is None:
        assert page.status == 303
    else:
        assert page.status == 422
        assert said in page.words


def test_a_password_typed_on_another_keyboard_is_the_same_and_a_space_at_its_end_counts(app, people, visit):
    with_password(app, people.bob, "cafe\u0301 au lait please ")
    ok = visit().get("/sign-in").submit({"email": "bob@north.example", "password": "caf\u00e9 au lait please "}, has="password")
    without = visit().get("/sign-in").submit({"email": "bob@north.example", "password": "caf\u00e9 au lait please"}, has="password")
    assert (ok.status, without.status) == (303, 422)


@pytest.mark.parametrize("typed", ["Bob@North.Example", " bob@north.example ", "ｂｏｂ@north.example"])
def test_the_e_mail_is_compared_without_case_and_width(app, people, visit, typed):
    with_password(app, people.bob)
    form = visit().get("/sign-in").submit({"email": typed, "password": PASSWORD}, has="password")
    assert form.status == 303


def test_a_disabled_person_gets_the_same_answer_as_a_wrong_password(app, people, visit):
    with_password(app, people.bob)
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).disabled_at = clock.now()
    page = visit().get("/sign-in").submit({"email": "bob@north.example", "password": PASSWORD}, has="password")
    wrong = visit().get("/sign-in").submit({"email": "nobody@north.example", "password": PASSWORD}, has="password")
    assert (page.status, page.find(".//div[@class='faults']").words) == (422, wrong.find(".//div[@class='faults']").words)


def test_thirty_failed_tries_from_one_place_stop_the_thirty_first_for_any_account(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all(FailedSignIn(account=f"someone {n}", address="127.0.0.1") for n in range(30))
    assert visit().get("/sign-in").submit({"email": "charlie@north.example", "password": "not the password"}, has="password").status == 429


def test_the_limit_ends_after_five_minutes_and_never_touches_a_live_sign_in(app, people, visit):
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        with_password(app, people.bob)
        site = visit(people.bob)
        for _ in range(10):
            visit().get("/sign-in").submit({"email": "bob@north.example", "password": "not the password"}, has="password")
        right = {"email": "bob@north.example", "password": PASSWORD}
        assert visit().get("/sign-in").submit(right, has="password").status == 429
        assert site.get("/teams/").status == 200
        now.shift(301)
        assert visit().get("/sign-in").submit(right, has="password").status == 303


@pytest.mark.parametrize(("who", "idle", "whole"), [("bob", 12, 14 * 24), ("petra", 2, 12), ("adam", 2, 12)])
def test_a_sign_in_ends_when_idle_and_in_any_case_after_its_time(people, visit, who, idle, whole):
    with time_machine.travel("2026-11-02 08:00Z", tick=False) as now:
        site, left = visit(getattr(people, who)), visit(getattr(people, who))
        now.shift(idle * 3600 + 60)
        assert left.get("/teams/").status == 303
    with time_machine.travel("2026-11-02 08:00Z", tick=False) as now:
        site = visit(getattr(people, who))
        steps = 2 * whole // idle
        for _ in range(steps - 1):
            now.shift(idle * 1800)
            assert site.get("/teams/").status == 200
        now.shift(idle * 1800 + 60)
        assert site.get("/teams/").status == 303


def test_last_seen_is_written_at_most_once_a_minute(app, people, visit):
    def seen():
        with app.extensions["database"].reading() as session:
            return session.scalar(select(func.max(SignIn.last_seen_at)))

    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        site = visit(people.bob)
        start = seen()
        now.shift(30)
        site.get("/teams/")
        assert seen() == start
        now.shift(31)
        site.get("/teams/")
        assert (seen() - start).seconds == 61
