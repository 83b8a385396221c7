"""Nothing that can be sent breaks the site or sets what is the server's to set (P5, P42; B1 to B52 and B19 to B24)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import select

from app.models import Membership, Person, QuizAttempt
from tests.house.addresses import doers, routes, values_of
from tests.house.house import House
from tests.house.sending import begin, body, forms, plain

NAME = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
# As they travel in a form: percent-encoded where they are no text at all.
VALUES = (
    "x" * 1000, quote("<script>alert(1)</script>"), quote("'; DROP TABLE person; --"), "a%00b", "%ed%a0%80%ff", quote("٣"), "-1", "1e309",
    "9999-12-31", "99999999999", quote("{{7*7}}\u202e\u2028"), "",
)
TEXT = ("99999999999", "%00", "%ed%a0%80", "9" * 400, quote("𝟛"), "-0", "nan")
EXTRA = {
    "role": "admin", "is_admin": "y", "is_pmo_lead": "y", "is_mentor": "y", "is_lead": "y", "score": "100", "passed": "y", "state": "published",
    "approved_at": "2026-01-01", "password_hash": "x", "email_key": "x", "disabled_at": "", "created_at": "2020-01-01", "id": "1", "progress": "100",
}
IDS = ("0", "-1", "007", str(2**63), "٣", "1 ", "%00", "..%2f..%2f", "%ff")
QUERY = ("page", "sort", "dir", "q", "team", "role", "state", "type", "show", "competence", "item", "thing", "next", "saved", "level", "time")
ASKED = ("0", "-1", "1000000000", ";drop", "%00%ff", "٣", "9" * 1500)
# Where roles are what the form is about.
GIVES_ROLES = ("/admin/people/",)
# A sheet takes no field that is not one of its items (B37).
STRICT = ("/teams/<slug>/rounds/<id:number>/answer/<dimension>/",)
REDIRECTS = ("/teams/<slug>/rounds/<id:number>/results/<any", "/programme/export/", "/skills/team/<slug>/export/", "/admin/people/<id:person_id>/link",
             "/teams/<slug>/kpis/import/run")


def owned(house: House) -> tuple[Any, ...]:
    """What only the server sets: roles, leads, and what was scored."""
    with house.database.reading() as session:
        return (
            session.execute(select(Person.id, Person.is_admin, Person.is_pmo_lead, Person.is_mentor).order_by(Person.id)).all(),
            session.execute(select(Membership.id, Membership.is_lead).order_by(Membership.id)).all(),
            session.execute(select(QuizAttempt.id, QuizAttempt.day_try, QuizAttempt.person_id, QuizAttempt.seed).order_by(QuizAttempt.id)).all(),
        )


def attacks(fields: Mapping[str, Any], names: set[str]) -> Iterator[dict[str, Any]]:
    """All fields with one hostile value after the other, each field twice, and each field alone among good ones."""
    good = plain(fields)
    for value in VALUES:
        yield dict.fromkeys(names, value)
    yield {name: (good.get(name, "1"), "2") for name in names}
    for place, name in enumerate(sorted(names), len(good)):
        yield good | {name: (VALUES + TEXT)[place % len(VALUES + TEXT)]}


@pytest.mark.parametrize("half", [0, 1])
def test_no_form_breaks_whatever_is_typed(house: House, half: int) -> None:
    wrong, sent = [], 0
    for rule, address, doer, who, fields in forms(house)[half::2]:
        begin(house, doer)
        answer = house.post(who, address, body(house, {}))
        names = set(fields) | (set(NAME.findall(answer.get_data(as_text=True))) if answer.status_code == 422 else set())
        names -= {"csrf_token", "form_key"}
        if answer.status_code < 400:
            begin(house, doer)
        statuses = [("nothing", answer.status_code)]
        for attack in attacks(fields, names) if names else [{}]:
            answer = house.post(who, address, body(house, attack))
            statuses.append((str(attack)[:160], answer.status_code))
            if answer.status_code < 400:
                begin(house, doer)
        sent += len(statuses)
        wrong += [f"{who} POST {rule} with {attack}: {status}" for attack, status in statuses if status >= 500]
    house.set_back()
    assert sent > 500
    assert not wrong, "\n" + "\n".join(wrong)


def test_fields_nobody_asked_for_change_nothing_the_server_owns(house: House) -> None:
    wrong = []
    for rule, address, doer, who, fields in forms(house):
        if rule.startswith(GIVES_ROLES):
            continue
        begin(house, doer)
        answer = house.post(who, address, fields)
        expected, status = owned(house), answer.status_code
        begin(house, doer)
        extra = {name: value for name, value in EXTRA.items() if name not in fields} | {"person_id": fields.get("person_id", str(house.stage.people["Ad"].id))}
        answer = house.post(who, address, {**extra, **fields})
        if doer and answer.status_code != status and not rule.startswith(STRICT):
            wrong.append(f"{who} POST {rule}: {answer.status_code} with extra fields, {status} without")
        if [row[:2] for row in owned(house)] != [row[:2] for row in expected]:
            wrong.append(f"{who} POST {rule} set something the server owns")
    house.set_back()
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_form_breaks_on_postgresql_which_holds_less(postgres_house: House) -> None:
    """SQLite stores a NUL and any whole number; PostgreSQL refuses both."""
    wrong, sent = [], 0
    for rule, address, doer, who, fields in forms(postgres_house):
        if doer and doer.given:
            continue
        answer = postgres_house.post(who, address, body(postgres_house, {}))
        names = set(fields) | (set(NAME.findall(answer.get_data(as_text=True))) if answer.status_code == 422 else set())
        names -= {"csrf_token", "form_key"}
        good = plain(fields)
        tries = [dict.fromkeys(names, "a%00b"), *(good | {name: value} for name in sorted(names) for value in ("a%00b", "99999999999"))]
        for attack in tries if names else []:
            status, sent = postgres_house.post(who, address, body(postgres_house, attack)).status_code, sent + 1
            if status >= 500:
                wrong.append(f"{who} POST {rule} with {attack}: {status}")
    assert sent > 300
    assert not wrong, "\n" + "\n".join(wrong)


def test_an_address_with_an_impossible_id_is_no_page(house: House) -> None:
    house.set_back()
    wrong = impossible(house, IDS)
    assert not wrong, "\n" + "\n".join(wrong)


def test_an_address_with_an_impossible_id_is_no_page_on_postgresql(postgres_house: House) -> None:
    wrong = impossible(postgres_house, ("%00", "%ff"))
    assert not wrong, "\n" + "\n".join(wrong)


def impossible(house: House, ids: tuple[str, ...]) -> list[str]:
    """Pages that answer something else than 404 when one of their ids is none."""
    wrong, adapter = [], house.app.url_map.bind("127.0.0.1")
    allowed = doers(house, "GET")
    for rule, _ in routes(house, "GET"):
        if "<any" in rule.rule:
            continue
        values = values_of(house, rule)
        who = allowed[rule.rule][0].who if rule.rule in allowed else "PL"
        for name, value in values.items():
            address = adapter.build(rule.endpoint, {**values, name: 424242 if isinstance(value, int) else "424242"}, method="GET")
            for hostile in ids:
                status = house.get(who, address.replace("424242", hostile)).status_code
                if status not in (404, 308) and not (status == 303 and rule.rule.startswith(REDIRECTS)):
                    wrong.append(f"{who} {rule.rule} with {name}={hostile}: {status}")
    return wrong


def test_no_page_breaks_whatever_stands_behind_the_question_mark(house: House) -> None:
    house.set_back()
    wrong = []
    allowed = doers(house, "GET")
    for rule, address in routes(house, "GET"):
        who = allowed[rule.rule][0].who if rule.rule in allowed else "PL"
        for value in ASKED:
            status = house.get(who, f"{address}?" + "&".join(f"{name}={value}" for name in QUERY)).status_code
            if status >= 500:
                wrong.append(f"{who} {address} with everything {value[:20]}: {status}")
    many = urlencode([(f"p{n}", n) for n in range(5000)])
    for address in ("/", "/search", "/admin/people/", "/courses/", "/programme/", "/sign-in"):
        status = house.get("PL", f"{address}?{many}").status_code
        if status >= 500:
            wrong.append(f"{address} with 5,000 parameters: {status}")
    assert not wrong, "\n" + "\n".join(wrong)
