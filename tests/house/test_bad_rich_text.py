"""What people write is shown as words, wherever it is shown: pages, lists, charts, conflict pages, exports (B11, B12, B53 to B66, B94 to B96).

Every column that keeps somebody's words is filled with all attacks at once, each column with a mark of its own; the marks have
to be found again, so that not finding an attack says something. What one text becomes: tests/app/ui/test_markdown.py."""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from tests.app.ui.test_markdown import ATTACKS
from tests.house.addresses import doers, routes
from tests.house.house import House
from tests.house.sending import begin, forms
from tests.house.test_canaries import EXPORTS, digest
from tests.house.written import LINES, PARAGRAPHS, fill, mark_of
from tests.support.page import faults, tree

LINE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' onmouseover='alert(1) [a](javascript:alert(1)) {{7*7}} ${7*7} {% raise %} %(password)s {0.__class__} "
TEXT = "\n\n".join([*(attack.replace("\t", " ") for attack in ATTACKS), LINE])
SHORT = '"><img src=x onerror=alert(1)> {{7*7}}'
TEMPLATES = ("{{7*7}}", "${7*7}", "{% raise %}", "%(password)s", "{0.__class__}")
NEVER = {"iframe", "object", "embed", "math", "base", "noscript", "animate", "frame", "applet"}
FETCHED = {"script", "img", "link", "source", "video", "audio", "use"}
# What a page shows as a link of the site's own may be odd, but it stays a link into the site.
ODD = "relative link: x%22onerror"
# Only the name of a known browser is read out of it.
NOT_SHOWN = {"mark-of-sign_in-browser"}
# The same pages with other things on them.
MORE = (
    ("TL", "/teams/north/roadmap/actions/{blocked action of Su}/"), ("TL", "/teams/north/roadmap/actions/{done action of Su}/"),
    ("Su", "/mentoring/pairings/{past}/"), ("Su", "/teams/north/rounds/2/check/"), ("TL", "/teams/north/rounds/1/answers/"),
)
# What is new has no older version; these forms serve both.
NEW = {"/mentoring/pairings/<id:pairing_id>/plan", "/mentoring/profile/", "/teams/<slug>/rounds/new/"}
FORMULAS = ("=1+1;=2\",\"=3", "\t＠SUM(A1)", "\u200b+1", "-1\r\n=2")
STARTS = re.compile(r"[\s\0\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\0]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FILE_NAME = re.compile(r'attachment; filename="[A-Za-z0-9._-]{1,100}"')


def live(root: ET.Element) -> list[str]:
    """Elements and attributes that no words of a person may ever become."""
    found = []
    for e in (e for e in root.iter() if isinstance(e.tag, str)):
        target = (e.get("href") or e.get("src") or e.get("action") or "").strip()
        scheme = re.match(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):", target)
        if e.tag in NEVER or (e.tag == "meta" and e.get("http-equiv")):
            found.append(f"a {e.tag} element")
        if scheme and scheme[1].lower() not in {"http", "https", "mailto", "data"}:
            found.append(f"{e.tag} leads to {target[:40]}")
        if e.tag in FETCHED and not target.startswith(("/", "data:image/", "#", "https://cdn.jsdelivr.net/")) and (target or e.tag == "img"):
            found.append(f"{e.tag} loads {target[:40]}")
        if e.tag == "a" and (target.startswith("data:") or e.get("name")):
            found.append(f"a link with {target[:40]} {e.get('name')}")
        if e.tag == "form" and not target.startswith("/") and target:
            found.append(f"a form sent to {target[:40]}")
    return found


def wrong_with(house: House, answer: Any) -> list[str]:
    """Everything of a page that words of a person have changed."""
    text = answer.get_data(as_text=True)
    root = tree(text)
    return live(root) + [fault for fault in faults(house.app, root, text) if not fault.startswith(ODD)]


def openings(house: House) -> list[tuple[str, str]]:
    """(role, address) of every page, for the most powerful who may open it and for Su, about whom most words are."""
    allowed = doers(house, "GET")
    found = []
    for rule, address in routes(house, "GET"):
        who = [doer.who for doer in allowed.get(rule.rule, ()) if not doer.given] or ["PL"]
        found += [(role, address) for role in dict.fromkeys([who[0], *(["Su"] if "Su" in who else []), *(["TL"] if "TL" in who else [])])]
    return found + [(who, address.format_map(house.stage.names())) for who, address in MORE]


def test_words_of_people_stay_words_on_every_page(house: House) -> None:
    house.set_back()
    with house.database.transaction() as session:
        fill(session, LINE, TEXT)
    wrong, seen, pages = [], "", 0
    for who, address in openings(house):
        answer = house.get(who, address)
        if answer.status_code >= 500:
            wrong.append(f"{who} {address}: {answer.status_code}")
        if answer.status_code == 200 and answer.mimetype == "text/html":
            pages += 1
            body = answer.get_data(as_text=True)
            seen += body
            wrong += [f"{who} {address}: {fault}" for fault in wrong_with(house, answer)]
    house.set_back()
    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(wrong[:60])
    assert pages > 120
    words = html.unescape(seen)
    missing = {mark_of(column) for column in (*LINES, *PARAGRAPHS) if mark_of(column) not in words}
    assert missing == NOT_SHOWN
    assert all(words.count(template) > 50 for template in TEMPLATES)


def test_the_page_that_shows_both_texts_shows_them_as_words_and_keeps_what_was_first(house: House) -> None:
    """B45 with B53 to B66: an older page is sent for everything that has a version."""
    wrong, told = [], []
    for rule, address, doer, who, fields in forms(house):
        old = [name for name in fields if name == "version" or name.endswith("_version")]
        if not old or rule in NEW:
            continue
        begin(house, doer)
        before = digest(house)
        typed = {name: SHORT if isinstance(value, str) and " " in value else value for name, value in fields.items()}
        answer = house.post(who, address, typed | dict.fromkeys(old, "0"))
        body = html.unescape(answer.get_data(as_text=True))
        without = house.post(who, address, {name: value for name, value in fields.items() if name not in old})
        if (answer.status_code, without.status_code) != (409, 409):
            wrong.append(f"{who} POST {rule} with an old version: {answer.status_code}, without one: {without.status_code}")
            continue
        wrong += [f"{who} POST {rule}: {fault}" for fault in wrong_with(house, answer)]
        if SHORT in typed.values() and "Somebody else saved first" in body:
            told.append(rule)
            if SHORT not in body:
                wrong.append(f"{who} POST {rule} does not show what was typed")
        if digest(house) != before:
            wrong.append(f"{who} POST {rule} stored something")
    house.set_back()
    assert not wrong, "\n" + "\n".join(wrong)
    assert len(told) > 5


@pytest.mark.parametrize("start", FORMULAS)
def test_no_cell_of_any_export_starts_a_formula(house: House, start: str) -> None:
    house.set_back()
    with house.database.transaction() as session:
        fill(session, start, start)
    wrong, seen, files = [], "", 0
    asked = [(who, address, "GET", {}) for who, address in openings(house) if "export" in address]
    asked += [("PL", address, "POST", {"team": "north"}) for address in EXPORTS]
    for who, address, method, fields in asked:
        answer = house.post(who, address, fields) if method == "POST" else house.get(who, address)
        if answer.mimetype != "text/csv":
            continue
        files += 1
        text = answer.get_data(as_text=True)
        seen += text
        if not FILE_NAME.fullmatch(answer.headers["Content-Disposition"]):
            wrong.append(f"{who} {address} is called {answer.headers['Content-Disposition']}")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        wrong += [f"{who} {address}: line {n} has {len(row)} cells" for n, row in enumerate(rows) if len(row) != len(rows[0])]
        wrong += [f"{who} {address}: {cell!r}" for row in rows for cell in row if STARTS.match(cell) and not NUMBER.fullmatch(cell)]
    house.set_back()
    assert not wrong, "\n" + "\n".join(wrong[:40])
    assert files >= 8
    assert {mark for mark in map(mark_of, (*LINES, *PARAGRAPHS)) if mark in seen} >= {
        "mark-of-person-name", "mark-of-team-name", "mark-of-follow_up-text", "mark-of-meeting-topic", "mark-of-meeting_note-text",
    }
