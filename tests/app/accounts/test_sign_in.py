"""Signing in and out."""

from app import clock
from app.records.accounts import make_link


def test_somebody_with_a_link_chooses_a_password_and_signs_in(app, people, visit):
    with app.extensions["database"].transaction() as session:
        token = make_link(session, people.bob.id, "invite", clock.now())
    site = visit()
    page = site.get(f"/choose-password/{token}")
    assert "Bob" in page.words
    answer = page.submit({"password": "a quiet harbour at dusk"})
    assert answer.status == 303
    signed = site.get("/sign-in").submit({"email": "BOB@north.example", "password": "a quiet harbour at dusk"}, has="password")
    assert (signed.status, signed.location) == (303, "/")
    assert site.get("/").h1 == "Today"
    assert site.get(f"/choose-password/{token}").status == 404


def test_a_wrong_password_says_the_same_for_known_and_unknown_people(people, visit):
    said = set()
    for email in ("bob@north.example", "nobody@north.example"):
        page = visit().get("/sign-in").submit({"email": email, "password": "not the password"}, has="password")
        assert page.status == 422
        said.add(page.find(".//div[@class='faults']").words)
    assert len(said) == 1


def test_the_eleventh_failed_try_is_not_even_looked_at(people, visit):
    for _ in range(10):
        visit().get("/sign-in").submit({"email": "bob@north.example", "password": "not the password"}, has="password")
    assert visit().get("/sign-in").submit({"email": "bob@north.example", "password": "not it either"}, has="password").status == 429


def test_a_copied_cookie_is_worthless_after_signing_out(people, visit):
    site, copy = visit(people.bob), visit()
    with site.client.session_transaction(base_url="http://127.0.0.1") as cookie:
        key = cookie["_user_id"]
    with copy.client.session_transaction(base_url="http://127.0.0.1") as cookie:
        cookie["_user_id"] = key
    assert copy.get("/").h1 == "Today"
    site.post("/sign-out")
    assert copy.get("/").h1 != "Today"
