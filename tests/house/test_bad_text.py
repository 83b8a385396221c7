"""Texts that are not what they seem, at the fields where they matter (B6, B8 to B10, B18, B42). Every kind of field: tests/app/ui/test_fields.py."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models import Person
from tests.house.house import House
from tests.house.sending import body
from tests.house.test_bad_forms import said
from tests.house.test_canaries import digest


def test_bytes_that_are_no_text_are_kept_as_their_codes(house: House) -> None:
    """B6."""
    house.set_back()
    answer = house.post("Su", "/settings/", body(house, {"version": "1", "name": "Su%ff%ed%a0%80san", "time_zone": "UTC"}))
    with house.database.reading() as session:
        name = session.scalar(select(Person.name).where(Person.id == house.stage.people["Su"].id))
    house.set_back()
    assert (answer.status_code, name) == (303, "Su%FF%ED%A0%80san")


@pytest.mark.parametrize("twin", ["SU.CANARY@MAIL.EXAMPLE", "ｓｕ.canary@mail.example", "su.canary@ｍａｉｌ.example", " su.canary@mail.example\u00a0", "𝐬u.canary@mail.example"])
def test_an_e_mail_that_only_looks_different_is_the_same_account(house: House, twin: str) -> None:
    """B9."""
    house.set_back()
    added = house.post("Ad", "/admin/people/add", {"name": "Eve", "email": twin})
    moved = house.post("Pe", "/settings/email", {"email": twin})
    edited = house.post("Ad", "/admin/people/{Pe}/edit".format_map(house.stage.names()), {
        "version": "1", "name": "Pedro", "email": twin, "time_zone": "UTC", "reason": "He asked.",
    })
    checked = house.post("Ad", "/admin/people/import/", {"text": f"name,email\nEve,{twin}\n"})
    assert (added.status_code, moved.status_code, edited.status_code) == (422, 422, 422)
    assert "Here already" in checked.get_data(as_text=True)


def test_a_name_may_look_like_another_and_comes_without_traps(house: House) -> None:
    """B8, B9, B10, B18."""
    house.set_back()
    kept = {}
    for typed in ("Adam \u0410dmin", "\u00a0\u201cSu\u201d O\u2019Brien\u00ad-Łuk\u200basz\u00a0", "Su\u202enimda\u2066"):
        with house.database.reading() as session:
            version = session.scalar(select(Person.version).where(Person.id == house.stage.people["Su"].id))
        assert house.post("Su", "/settings/", {"version": str(version), "name": typed, "time_zone": "UTC"}).status_code == 303
        with house.database.reading() as session:
            kept[typed] = session.scalar(select(Person.name).where(Person.id == house.stage.people["Su"].id))
    house.set_back()
    assert list(kept.values()) == ["Adam \u0410dmin", "\u201cSu\u201d O\u2019Brien-Łukasz", "Sunimda"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "x" * 1000, "posixrules", "Europe/Berlin\n", "europe/berlin", "/usr/share/zoneinfo/UTC"])
def test_only_time_zones_of_the_list_are_taken(house: House, zone: str) -> None:
    """B42."""
    house.set_back()
    before = digest(house)
    names = house.stage.names()
    sent = [
        house.post("Su", "/settings/", {"version": "1", "name": "Susan", "time_zone": zone}),
        house.post("Ad", "/admin/organisation/", {"version": "1", "name": "Northern Works", "time_zone": zone}),
        house.post("Ad", "/admin/people/{Pe}/edit".format_map(names), {
            "version": "1", "name": "Pedro", "email": "pe.canary@mail.example", "time_zone": zone, "reason": "He moved.",
        }),
    ]
    assert [answer.status_code for answer in sent] == [422] * 3
    assert all("Choose" in said(answer) for answer in sent)
    assert digest(house) == before
