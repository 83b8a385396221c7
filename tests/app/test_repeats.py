"""A form sent twice does its deed once; the same key with other content is refused (P72, B43, B44)."""

import threading

from sqlalchemy import func, select

from app.models import IdempotencyKey


def keys(app):
    with app.extensions["database"].reading() as session:
        return session.scalar(select(func.count()).select_from(IdempotencyKey))


def link(app, people):
    from app import clock
    from app.records.accounts import make_link

    with app.extensions["database"].transaction() as session:
        return make_link(session, people.bob.id, "invite", clock.now())


def test_the_second_click_gets_the_first_answer(app, people, visit):
    site = visit()
    form = {"password": "a quiet harbour at dusk", "form_key": "k1", "csrf_token": site.token()}
    path = f"/choose-password/{link(app, people)}"
    first, second = (site.post(path, form, as_is=True) for _ in range(2))
    assert (first.status, first.location) == (second.status, second.location) == (303, "/sign-in")
    assert keys(app) == 1


def test_the_same_key_with_other_content_is_refused(app, people, visit):
    site = visit()
    form = {"password": "a quiet harbour at dusk", "form_key": "k1", "csrf_token": site.token()}
    path = f"/choose-password/{link(app, people)}"
    site.post(path, form, as_is=True)
    answer = site.post(path, form | {"password": "another harbour at dawn"}, as_is=True)
    assert answer.status == 409


def test_a_refused_form_leaves_its_key_free(app, people, visit):
    site = visit()
    path = f"/choose-password/{link(app, people)}"
    assert site.post(path, {"password": "short", "form_key": "k1"}).status == 422
    assert keys(app) == 0


def test_ten_clicks_at_once_do_it_once(app, people, visit):
    site = visit()
    form = {"password": "a quiet harbour at dusk", "form_key": "k1", "csrf_token": site.token()}
    path = f"/choose-password/{link(app, people)}"
    cookie = site.client.get_cookie("cairn", domain="127.0.0.1").value
    seen = []

    def click() -> None:
        browser = app.test_client()
        browser.set_cookie("cairn", cookie, domain="127.0.0.1")
        seen.append(browser.post(path, data=form, base_url="http://127.0.0.1").status_code)

    threads = [threading.Thread(target=click) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [303] * 10
    assert keys(app) == 1
