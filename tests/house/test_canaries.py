"""Words only some may read appear on no page, export or list for anybody else; and looking changes nothing (P6, P12, P14, P40)."""

from __future__ import annotations

import hashlib
import html
import re

import pytest
from sqlalchemy import text

from app.models import Base
from tests.house.addresses import routes
from tests.house.house import House, links
from tests.house.stage import ROLES
from tests.support.documents import text_of

MOST_PAGES = 3000
EXPECTED = (200, 303, 308)
# The same for everybody who is signed in and made of content alone: read as one role.
CONTENT = ("/items/", "/kpis/", "/templates/", "/glossary/", "/search", "/help/", "/about/", "/privacy/")
# Measures nobody has recorded on the stage: the same empty form for each quarter of each.
# Who brings courses in and takes them out holds their keys.
WITH_KEYS = re.compile(r"/admin/content/[a-z0-9-]+/course\.zip")
EMPTY = re.compile(r"/teams/[a-z0-9-]+/kpis/K(?:1[4-9]|[23][0-9])/")
# A comment of one's own in a closed round: its author may read it, and no page shows it.
NOT_SHOWN_AGAIN = {"comment of Su", "evidence of Su in North"}
EXPORTS = (
    "/settings/download", "/admin/people/export/", "/skills/team/north/export/", "/skills/team/south/export/", "/programme/export/teams/", "/programme/export/people/",
    "/programme/export/coverage/", "/programme/export/overview.xlsx", "/programme/export/overview.pptx", "/teams/north/rounds/1/results/export.csv", "/teams/north/rounds/1/results/answers.csv",
    "/teams/south/rounds/1/results/export.csv", "/teams/north/rounds/4/results/export.csv", "/teams/north/rounds/4/results/answers.csv",
    *(f"/teams/north/rounds/{n}/results/export.{kind}" for n in (1, 4) for kind in ("pdf", "pptx", "xlsx", "json")),
    *(f"/programme/rounds/1/results/export.{kind}" for kind in ("csv", "pdf", "pptx", "xlsx", "json")),
    "/assignments/1/export", "/assignments/2/export",
    "/notes/notes.md", "/notes/notes.json",
    "/questions/project-life-cycle/initiation/marks.csv", "/questions/pmo-foundations/what-a-pmo-is/figures.csv",
)


def digest(house: House) -> dict[str, str]:
    """What is in each table, but for when somebody was last seen."""
    found = {}
    with house.database.reading() as session:
        for name in sorted(set(Base.metadata.tables) - {"sign_in"}):
            rows = session.execute(text(f'SELECT * FROM "{name}" ORDER BY 1, 2')).all()
            found[name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def crawl(house: House, who: str) -> tuple[dict[str, str], list[str]]:
    """Every page somebody comes to from the start, and every address of the stage they may open: (answers, what went wrong)."""
    seen: dict[str, str] = {}
    wrong: list[str] = []
    linked = ["/"]
    ahead = {address for rule, address in routes(house, "GET")}
    while linked or ahead:
        follows = bool(linked)
        address = linked.pop(0) if follows else ahead.pop()
        if address in seen or address.startswith("/assets/") or EMPTY.match(address) or (who != "TL" and address.startswith(CONTENT)) or len(seen) >= MOST_PAGES:
            continue
        answer = house.get(who, address)
        seen[address] = text_of(answer.get_data())
        if answer.status_code >= 500 or (follows and answer.status_code not in EXPECTED):
            wrong.append(f"{who} {address}: {answer.status_code}")
        if answer.status_code == 200 and answer.mimetype == "text/html":
            linked += sorted(href for href in links(seen[address]) if href not in seen and opens(house, href))
    return seen, wrong


def opens(house: House, href: str) -> bool:
    """Whether an address is one to open, not one a form is sent to."""
    return "GET" in house.app.url_map.bind("127.0.0.1").allowed_methods(href.partition("?")[0])


def leaks(house: House, who: str, pages: dict[str, str]) -> list[str]:
    """Where somebody reads what is not for them."""
    secrets = [(name, words) for name, (words, readers) in house.stage.canaries.items() if who not in readers]
    return [
        f"{who} reads {name} at {address}"
        for address, body in pages.items() for name, words in secrets
        if not (WITH_KEYS.fullmatch(address) and name.startswith("key of ")) and (words in body or words in html.unescape(body))
    ]


@pytest.mark.parametrize("who", ROLES)
def test_nobody_reads_what_is_for_others(house: House, who: str) -> None:
    house.set_back()
    before = digest(house)
    pages, wrong = crawl(house, who)
    after = digest(house)
    assert not wrong, "\n" + "\n".join(wrong)
    assert after == before, "pages that were only opened changed " + ", ".join(name for name in after if after[name] != before[name])
    assert len(pages) > (60 if who == "An" else 100)
    assert len(pages) < MOST_PAGES, "the crawl was cut short, so what it did not read says nothing"
    taken_out = {address: text_of(house.post(who, address, {"team": "north"}).get_data()) for address in EXPORTS}
    house.set_back()
    found = leaks(house, who, pages | taken_out)
    assert not found, "\n" + "\n".join(found)
    if who in ("Su", "Me", "TL"):
        every = "".join(pages.values())
        unseen = [name for name, (words, readers) in house.stage.canaries.items() if who in readers and words not in every]
        assert set(unseen) <= NOT_SHOWN_AGAIN, f"{who} finds no {unseen}, so their absence elsewhere says nothing"
