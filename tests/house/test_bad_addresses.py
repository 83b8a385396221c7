"""What stands in an address or a header and should not (B19 to B34).

Ids that cannot be, what stands behind the question mark: test_hostile_input.py. Whose page it is: test_access_matrix.py.
Hosts, cookies, `next`, other methods: tests/app/test_security.py. Two lengths of one body: the server refuses them (B34)."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DataError

from app.models import Pairing
from tests.house.addresses import doers, routes, values_of
from tests.house.house import BASE, House
from tests.house.test_canaries import digest

LONG = {"50,000 parameters": "&".join(f"p{n}=1" for n in range(50_000)), "64 kB": "q=" + "a" * 65_000}
PLACES = (("An", "/sign-in"), ("Su", "/"), ("Su", "/search"), ("PL", "/programme/"), ("Ad", "/admin/people/"), ("Su", "/no-such-page"))
# What belongs to another parent than the one in the address: parameter of the parent -> another of the same kind.
FOREIGN = {"pairing_id": "{past}", "slug": "south", "lesson": "{lesson}"}
CHILDREN = {"meeting_id", "goal_id", "follow_up_id", "action_id", "invitation_id", "attempt_id"}
TRICKS = (
    "/assets/../app/config.py", "/assets/x/../../config.py", "/assets/x/%2e%2e/%2e%2e/config.py", "/assets/x/..%2f..%2fconfig.py", "/assets/x/..;/config.py",
    "/assets/x/%252e%252e%252fconfig.py", "/assets/x/js/main.js.", "/assets/x/js/main.js/", "/assets/x//etc/passwd", "/assets/x/js/main.js%00.css",
    "/teams/north%2f..%2fsouth/", "/teams/./north/", "/teams/north/..;/", "/.git/config", "/instance/settings.toml", "/%2e%2e/instance/site.db",
)


@pytest.mark.parametrize("query", LONG.values(), ids=LONG)
def test_a_far_too_long_address_is_refused_in_words(house: House, query: str) -> None:
    house.set_back()
    for who, address in PLACES:
        answer = house.get(who, f"{address}?{query}")
        assert (answer.status_code, "This address is too long" in answer.get_data(as_text=True)) == (414, True), address
    assert house.post("Su", f"/sign-out?{query}").status_code == 414
    assert house.get("Su", "/" + "a" * 65_000).status_code == 414


@pytest.mark.parametrize(("who", "address"), [
    ("TL", "/teams/north/rounds/1/agreed-levels/?item=A1&item=A2"), ("PL", "/programme/?team=north&team=south"), ("Ad", "/admin/people/?team=north&team=south"),
])
def test_two_ids_where_one_is_meant_are_refused(house: House, who: str, address: str) -> None:
    house.set_back()
    assert house.get(who, address.rpartition("&")[0]).status_code == 200
    assert house.get(who, address).status_code == 400


def test_a_field_counts_in_the_body_and_not_in_the_address(house: House) -> None:
    house.set_back()
    answer = house.post("Su", "/settings/?name=Eve&job_title=Queen", {"version": "1", "name": "Susan", "time_zone": "UTC"})
    page = house.get("Su", f"/people/{house.stage.people['Su'].id}/").get_data(as_text=True)
    house.set_back()
    assert answer.status_code == 303
    assert "Susan" in page
    assert "Eve" not in page
    assert "Queen" not in page


def test_of_two_values_that_only_filter_the_first_counts(house: House) -> None:
    house.set_back()
    page = house.get("Su", "/search?q=charter&q=mentoring").get_data(as_text=True)
    assert 'value="charter"' in page


@pytest.mark.parametrize("name", FOREIGN)
def test_a_part_of_something_else_is_not_found_under_it(house: House, name: str) -> None:
    house.set_back()
    with house.database.transaction() as session:
        session.execute(update(Pairing).where(Pairing.id == int(house.stage.ids["asked"])).values(state="withdrawn"))
        session.execute(update(Pairing).where(Pairing.id == int(house.stage.ids["past"])).values(state="active", ended_at=None))
    wrong, tried, adapter, names = [], 0, house.app.url_map.bind("127.0.0.1"), house.stage.names()
    before = digest(house)
    for method in ("GET", "POST"):
        allowed = doers(house, method)
        for rule, _ in routes(house, method):
            if name not in rule.arguments or not CHILDREN & rule.arguments:
                continue
            values = values_of(house, rule)
            foreign = FOREIGN[name].format_map(names)
            address = adapter.build(rule.endpoint, values | {name: int(foreign) if isinstance(values[name], int) else foreign}, method=method)
            who = allowed[rule.rule][0].who
            status = (house.get(who, address) if method == "GET" else house.post(who, address, {"version": "1"})).status_code
            tried += 1
            if status != 404:
                wrong.append(f"{who} {method} {address}: {status}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert tried > 2
    assert digest(house) == before
    house.set_back()


def test_asking_for_the_head_of_a_page_or_opening_what_takes_a_form_changes_nothing(house: House) -> None:
    """B26, B29, B30: also with a header that names another method."""
    house.set_back()
    wrong, before = [], digest(house)
    allowed = doers(house, "GET")
    for rule, address in routes(house, "GET"):
        doer = allowed[rule.rule][0] if rule.rule in allowed else None
        head = house.client(doer.who if doer else "PL").head(address, base_url=BASE, buffered=True)
        no = (403,) if doer and doer.given else ()  # what it takes is not there now
        if head.data or head.status_code not in (200, 303, 404, *no):
            wrong.append(f"HEAD {address}: {head.status_code} with {len(head.data)} bytes")
    adapter = house.app.url_map.bind("127.0.0.1")
    posts = doers(house, "POST")
    for rule, address in routes(house, "POST"):
        if "GET" in adapter.allowed_methods(address):
            continue
        who = posts[rule.rule][0].who if rule.rule in posts else "Su"
        other = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "X-Method-Override": "POST"}
        opened = house.client(who).get(f"{address}?_method=POST", base_url=BASE, buffered=True, headers=other)
        if opened.status_code != 405:
            wrong.append(f"GET {address}: {opened.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert digest(house) == before


def test_a_form_that_names_another_method_is_only_a_form(house: House) -> None:
    house.set_back()
    before = digest(house)
    answer = house.client("Su").post(
        "/settings/", base_url=BASE, headers={"X-HTTP-Method-Override": "DELETE"},
        data={"csrf_token": house.token, "_method": "DELETE", "version": "1", "name": "", "time_zone": "UTC"},
    )
    assert answer.status_code == 422
    assert digest(house) == before


@pytest.mark.parametrize("path", TRICKS)
def test_a_path_leads_nowhere_but_to_pages(house: House, path: str) -> None:
    answer = house.get("Ad", path)
    assert answer.status_code in (308, 404), path
    assert "secret" not in answer.get_data(as_text=True)
    if answer.status_code == 308:
        assert house.get("Ad", answer.headers["Location"].removeprefix(BASE)).status_code == 404


@pytest.mark.parametrize("value", ["x" * 8000, "Mozilla\x1b[31m", "a\u202eb", "%0d%0aX-Evil: 1", "de;q=nan,*;q=-1"])
def test_any_header_is_only_words(house: House, value: str) -> None:
    house.set_back()
    sent = {name: value.encode().decode("latin-1") for name in ("User-Agent", "Accept-Language", "Referer", "X-Forwarded-For", "If-None-Match", "Range")}
    for address in ("/sign-in", "/", "/settings/", "/courses/"):
        answer = house.client("Su").get(address, base_url=BASE, headers=sent)
        assert answer.status_code in (200, 303), address
        assert "X-Evil" not in answer.headers


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
def test_headers_of_a_proxy_nobody_set_up_are_ignored(house: House, header: str) -> None:
    house.set_back()
    answer = house.client("Ad").get(f"/admin/people/{house.stage.people['Fay'].id}/", base_url=BASE, headers={header: "host=evil.example;for=evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.get_data(as_text=True)


def test_tries_to_sign_in_are_counted_by_the_real_address(house: House) -> None:
    house.set_back()
    statuses = [
        house.post("An", "/sign-in", {"email": f"nobody{n}@mail.example", "password": "wrong password"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
        for n in range(31)
    ]
    house.set_back()
    assert statuses == [422] * 30 + [429]


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=0-0,-1", "bytes=99999999-", "items=1"])
def test_a_part_of_a_private_page_is_the_whole_page(house: House, asked: str) -> None:
    house.set_back()
    whole, part = house.get("Su", "/settings/"), house.client("Su").get("/settings/", base_url=BASE, headers={"Range": asked})
    assert (part.status_code, part.headers["Cache-Control"]) == (200, "no-store")
    assert abs(len(part.data) - len(whole.data)) < 200


def test_a_mark_of_another_reader_brings_the_own_page(house: House) -> None:
    house.set_back()
    marks = {who: house.get(who, "/courses/").headers.get("ETag") for who in ("Su", "Pe")}
    assert marks["Su"]
    assert marks["Su"] != marks["Pe"]
    for who, status in (("Pe", 304), ("Su", 200)):
        assert house.client(who).get("/courses/", base_url=BASE, headers={"If-None-Match": marks["Pe"]}).status_code == status
    assert house.client("An").get("/courses/", base_url=BASE, headers={"If-None-Match": marks["Su"]}).status_code == 303


def test_a_line_break_in_an_address_stays_one_line_in_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    for fault in (ValueError("broken"), DataError("select", {}, Exception("broken"))):
        with house.app.test_request_context("/teams/a%0d%0aERROR%20forged/", base_url=BASE):
            house.app.handle_user_exception(fault)
    assert [record.getMessage().count("forged") for record in caplog.records] == [1, 1]
    assert not any(set(record.getMessage()) & set("\r\n\x1b") for record in caplog.records)
