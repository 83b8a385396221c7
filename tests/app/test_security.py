"""What every answer carries and what no request may do."""

from __future__ import annotations

import pytest

from app.ui.redirects import safe_path
from tests.support.site import BASE

POLICY = (
    "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net/npm/chart.js@4.6.1/dist/chart.umd.min.js; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no-such-page", "/healthz", "/help/", "/assets/x/js/main.js"])
def test_every_answer_carries_the_same_protecting_headers(people, visit, path):
    with visit().client.get(path, base_url=BASE) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Cookie" in headers["Vary"]


def test_a_post_without_its_token_is_refused_and_says_what_to_do(people, visit):
    page = visit(people.bob).post("/sign-out", {"nothing": "1"}, as_is=True)
    assert page.status == 400
    assert "try again" in page.words


def test_a_token_of_somebody_else_is_refused(people, visit):
    token = visit(people.alice).token()
    assert visit(people.bob).post("/sign-out", {"csrf_token": token}, as_is=True).status == 400


def test_a_cross_site_post_is_refused_even_with_a_token(people, visit):
    site = visit(people.bob)
    answer = site.post("/sign-out", {"csrf_token": site.token()}, as_is=True, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 400


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_an_unknown_host_is_refused(people, visit, host):
    assert visit().client.get("/", headers={"Host": host}, base_url=BASE).status_code == 400


@pytest.mark.parametrize("wanted", [
    "//evil.example", "/\\evil.example", "https:evil.example", "\t//evil.example", "javascript:alert(1)", "http://ourhost@evil",
    "%2f%2fevil", "/%2f%2fevil", "/a\r\nLocation: //evil", "/" + "a" * 3000, "", "teams",
])
def test_a_bad_next_address_leads_home(wanted):
    assert safe_path(wanted) == "/"


def test_a_good_next_address_is_kept():
    assert safe_path("/teams/har/?tab=1#x") == "/teams/har/?tab=1#x"


@pytest.mark.parametrize("cookie", ["x", "a.b.c", "x" * 8000, "\x00"])
def test_a_forged_cookie_means_signed_out_not_an_error(app, people, visit, cookie):
    answer = visit().client.get("/", base_url=BASE, headers={"Cookie": f"cairn={cookie}"})
    assert answer.status_code == 200


def test_a_signed_out_reader_is_led_to_sign_in_and_back(people, visit):
    answer = visit().get("/design/")
    assert (answer.status, answer.location) == (303, "/sign-in?next=/design/")


def test_a_page_that_is_not_mine_looks_like_one_that_is_not_there(people, visit):
    site = visit(people.bob)
    theirs, nothing = site.get("/design/"), site.get("/design-no-such/")
    assert theirs.status == nothing.status == 404
    assert theirs.words == nothing.words


@pytest.mark.parametrize("method", ["TRACE", "PUT", "BREW"])
def test_other_methods_are_refused(people, visit, method):
    assert visit(people.bob).client.open("/", method=method, base_url=BASE).status_code in {400, 405}


def test_head_works_wherever_get_does(people, visit):
    answer = visit(people.bob).client.head("/", base_url=BASE)
    assert (answer.status_code, answer.data) == (200, b"")


def test_a_megabyte_in_a_field_is_refused(people, visit):
    site = visit()
    sent = {"csrf_token": site.token(), "email": "a" * (1 << 20), "password": "x"}
    for came_from, leads_back in ((f"{BASE}/sign-in", True), ("http://elsewhere.example/sign-in", False)):
        answer = site.client.post("/sign-in", data=sent, base_url=BASE, headers={"Referer": came_from})
        assert (answer.status_code, '<a class="button main" href="/sign-in">Open the form again' in answer.text) == (413, leads_back)


def test_invalid_bytes_in_a_query_do_no_harm(people, visit):
    assert visit().client.get("/sign-in?next=%ff%ed%a0%80", base_url=BASE).status_code == 200
