"""A word as long as a field allows stretches no page of a phone (B17)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Route

from tests.house.addresses import doers, routes
from tests.house.conftest import house, staged  # noqa: F401
from tests.house.house import BASE, House
from tests.house.written import fill

WORD = "Donaudampfschifffahrtsgesellschaft" * 3
WIDEST = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
  && !e.closest(".wide, .scroller, pre, svg")).slice(-1).map(e => e.parentElement.tagName + "." + e.parentElement.className + " > " + e.tagName + "." + e.className).join()"""
ACCENTED = "a" + "\u0301" * 8


def test_a_long_word_scrolls_no_page_sideways(browser: Browser, house: House) -> None:  # noqa: F811
    house.set_back()
    with house.database.transaction() as session:
        fill(session, WORD, WORD + ACCENTED)
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=True)
    bodies: dict[str, bytes] = {}
    style = house.app.test_client().get(site_css(house), base_url=BASE).data

    def answer(route: Route) -> None:
        url = route.request.url
        if url in bodies:
            route.fulfill(status=200, headers={"Content-Type": "text/html; charset=utf-8"}, body=bodies[url])
        elif url.endswith("site.css"):
            route.fulfill(status=200, headers={"Content-Type": "text/css"}, body=style)
        else:
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    wide = []
    allowed = doers(house, "GET")
    for rule, address in routes(house, "GET"):
        who = [doer.who for doer in allowed.get(rule.rule, ()) if not doer.given] or ["PL"]
        got = house.get(who[0], address)
        if got.status_code != 200 or got.mimetype != "text/html" or WORD not in got.get_data(as_text=True):
            continue
        bodies[BASE + address] = got.data
        page.goto(BASE + address, wait_until="load")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            widest = page.evaluate(WIDEST)
            wide.append(f"{who[0]} {address}: {over}px, {widest}")
    context.close()
    house.set_back()
    assert len(bodies) > 40
    assert not wide, "\n" + "\n".join(wide)


def site_css(house: House) -> Any:  # noqa: F811
    """The address of the one stylesheet."""
    return next(rule.rule for rule in house.app.url_map.iter_rules() if rule.rule.endswith("/site.css"))
