"""What every form takes, refuses and does once (B1, B2, B23, B37, B43, B44, B49), and where the other bad inputs are tested.

| Input | Tests |
|---|---|
| B1 to B4, B7, B38, B40 | tests/app/ui/test_fields.py, at every kind of field; B1 and B2 here, at every form |
| B6, B8 to B10, B15, B18, B42 | test_bad_text.py, tests/app/ui/test_fields.py, tests/app/accounts/test_settings.py |
| B17 | tests/browser/test_long_words.py |
| B3, B35 | tests/app/test_security.py |
| B5 | no address takes JSON |
| B11, B12, B16 | test_bad_rich_text.py; no mail is sent |
| B13, B14, B22 | tests/app/admin/test_people.py, tests/app/search/test_search.py, tests/app/mentoring/test_pairing_rules.py |
| B19 to B34 | test_bad_addresses.py, test_hostile_input.py, tests/app/test_security.py |
| B36 | test_hostile_input.py |
| B37, B39 | tests/app/learning/test_checks.py, tests/app/maturity/test_autosave.py and test_har.py |
| B41 | tests/app/mentoring/test_pairings.py and test_pairing_rules.py |
| B43, B44 | tests/app/test_repeats.py, in parallel; here, at every form |
| B45 | test_bad_rich_text.py, at every form with a version |
| B46, B47 | tests/app/learning/test_checks.py, tests/app/maturity/test_autosave.py |
| B48 | tests/app/maturity/test_autosave.py |
| B49 | tests/app/learning/test_checks.py, tests/app/mentoring/test_requests.py; here, handing in |
| B50 | tests/app/maturity/test_rounds.py, tests/app/mentoring/test_pairings.py, tests/app/learning/test_certificates.py |
| B51 | tests/app/mentoring/test_requests.py; rings of actions: tests/assessments |
| B52 | tests/app/admin/test_account.py and test_site.py |
| B53 to B66 | test_bad_rich_text.py, tests/app/ui/test_markdown.py, tests/browser/test_content_policy.py |
| B78 to B93 | tests/app/admin/test_roster.py and test_import.py |
| B94 to B96 | test_bad_rich_text.py, tests/app/ui/test_csv.py |
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.models import Event, Invitation
from tests.house.given import GIVEN
from tests.house.house import BASE, House
from tests.house.sending import begin, body, forms, plain
from tests.house.test_canaries import digest

NOTHING_SEEN = "\u200b \u3164\u2060\u0301"
LIMIT = re.compile(r"Use at most ([0-9,]+) characters")
PERSON = "\U0001f469"  # one character, four bytes
PASSWORDS = ("password", "current")
HOW = re.compile(r"as a whole number|as a number|as a date|with hours and minutes")
# Lists, and the button that was pressed.
SEVERAL = ("people", "competences", "steps", "go", "pick", "kinds")
# Failed tries are counted, so they are stored; the demo offers buttons, not fields.
COUNTED = ("/sign-in", "/sign-in/demo", "/settings/confirm")
ERRORS = re.compile(r'<p class="error".*?</p>', re.DOTALL)


def single(fields: Mapping[str, Any]) -> list[str]:
    """The fields that take one value."""
    return sorted(name for name, value in fields.items() if not isinstance(value, list))


def answers(house: House) -> dict[str, str]:
    """The site's records, but for the keys of forms."""
    return {name: rows for name, rows in digest(house).items() if name != "idempotency_key"}


def said(answer: Any) -> str:
    """The sentences at fields."""
    return html.unescape(" ".join(ERRORS.findall(answer.get_data(as_text=True))))


def test_what_nobody_can_see_counts_as_nothing_in_every_form(house: House) -> None:
    """B1: a text with nothing in it and one of characters that show nothing get the same answer; a number and a day say how to enter them."""
    wrong, same = [], 0
    for rule, address, doer, who, fields in forms(house):
        begin(house, doer)
        for name in single(fields):
            if name in PASSWORDS:
                continue  # taken as it is typed
            empty = house.post(who, address, fields | {name: ""})
            if empty.status_code != 422:
                begin(house, doer)
                continue
            unseen = house.post(who, address, fields | {name: NOTHING_SEEN})
            same += said(empty) == said(unseen)
            if unseen.status_code != 422:
                wrong.append(f"{who} POST {rule} with an unseen {name}: {unseen.status_code}")
                begin(house, doer)
            elif "Enter " in said(empty) and said(empty) != said(unseen) and not HOW.search(said(unseen)):
                wrong.append(f"{who} POST {rule} with an unseen {name}: {said(unseen)}")
    house.set_back()
    assert not wrong, "\n" + "\n".join(wrong)
    assert same > 25


def test_every_text_is_kept_up_to_its_limit_and_refused_beyond(postgres_house: House) -> None:
    """B2, where the database counts as well: four bytes a character."""
    house, wrong, tried = postgres_house, [], 0
    for rule, address, doer, who, fields in forms(house):
        if doer and doer.given:
            continue
        good = plain(fields)
        for name in single(fields):
            refused = house.post(who, address, body(house, good | {name: "x" * 20_000}))
            found = LIMIT.search(refused.get_data(as_text=True))
            if not found or name in PASSWORDS:
                continue
            most, tried = int(found[1].replace(",", "")), tried + 1
            for number in (most + 1, most):
                answer = house.post(who, address, fields | {name: PERSON * number})
                too_long = f"Use at most {most:,} characters; this has {number:,}" in answer.get_data(as_text=True)
                if too_long != (number > most) or answer.status_code in (400, 500, 503):
                    wrong.append(f"{who} POST {rule} with {number} characters in {name}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert tried > 20


def test_no_form_takes_two_values_where_one_is_meant(house: House) -> None:
    """B23, B37: neither of two is guessed, and nothing is stored."""
    wrong, tried = [], 0
    for rule, address, doer, who, fields in forms(house):
        names = [name for name in single(fields) if name not in SEVERAL and fields[name] != "y"]
        if rule in COUNTED or not names:
            continue
        begin(house, doer)
        before = digest(house)
        for name in names:
            answer = house.post(who, address, {**fields, name: [fields[name], fields[name] or "1"]})
            tried += 1
            if answer.status_code < 400:
                wrong.append(f"{who} POST {rule} with two of {name}: {answer.status_code}")
                begin(house, doer)
        if digest(house) != before:
            wrong.append(f"{who} POST {rule} with two of {names} stored something")
    house.set_back()
    assert not wrong, "\n" + "\n".join(wrong)
    assert tried > 100


def test_every_form_sent_twice_does_its_deed_once_and_keeps_the_first_content(house: House) -> None:
    """B43, B44."""
    wrong, done = [], 0
    for rule, address, doer, who, fields in forms(house):
        begin(house, doer)
        keyed = {**fields, "form_key": "one-key"}
        first = house.post(who, address, keyed)
        if first.status_code >= 400:
            continue
        after, done = answers(house), done + 1
        second = house.post(who, address, keyed)
        if second.status_code in (401, 404) or house.clients.get(who) is None:
            continue  # signed out by the deed itself
        if second.status_code != 303 or (first.status_code == 303 and second.location != first.location):
            wrong.append(f"{who} POST {rule} twice: {first.status_code} {first.location}, then {second.status_code} {second.location}")
        other = house.post(who, address, {**keyed, "another": "field"})
        if other.status_code != 409:
            wrong.append(f"{who} POST {rule} with the same key and other content: {other.status_code}")
        if answers(house) != after:
            wrong.append(f"{who} POST {rule} twice did more than once")
    house.set_back()
    assert not wrong, "\n" + "\n".join(wrong)
    assert done > 60


def test_twenty_who_hand_in_one_sheet_at_once_hand_it_in_once(house: House) -> None:
    """B49."""
    house.set_back()
    with house.database.transaction() as session:
        GIVEN["every item is answered"](session, house.stage)
    cookie = house.client("Su").get_cookie("cairn", domain="127.0.0.1").value
    statuses: list[int] = []

    def hand_in() -> None:
        browser = house.app.test_client()
        browser.set_cookie("cairn", cookie, domain="127.0.0.1")
        statuses.append(browser.post("/teams/north/rounds/2/check/", base_url=BASE, data={"csrf_token": house.token}).status_code)

    threads = [threading.Thread(target=hand_in) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.database.reading() as session:
        state = session.scalar(select(Invitation.state).where(Invitation.id == int(house.stage.ids["invitation Su"])))
        events = session.scalar(select(func.count()).where(Event.what == "submitted a sheet", Event.person_id == house.stage.people["Su"].id))
    house.set_back()
    assert sorted(statuses) == [303, *[409] * 19]
    assert (state, events) == ("submitted", 1)
