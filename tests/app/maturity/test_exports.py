"""Results to take away: every figure equals that of the page, and what the page hides stands in no byte of any file."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from app import clock
from app.models import AssessmentRound, Event, PublishedResult, SignIn
from tests.app.maturity.test_joint import HOME, everybody_hands_in, organisation, set_up, units_of
from tests.support.anonymous import ITEMS, anonymous_round, crowd, give
from tests.support.documents import charts_of, rows_of, slides_of, text_of
from tests.support.roadmaps import har_round

HERE = "/teams/north/rounds/1/results/"
KINDS = ("pdf", "pptx", "xlsx", "csv", "json")
HIDDEN = "Fewer than 5 answers or protected"


def taken(site, address=HERE):
    """Every file of a result, by its kind."""
    found = {}
    for kind in KINDS:
        answer = site.post(f"{address}export.{kind}")
        assert answer.status == 200, (kind, answer.status)
        assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
        found[kind] = answer.body
    return found


def table_of(page):
    """The table of dimensions as the page shows it: {code: (index, target, gap)}."""
    rows = [[cell.words for cell in map(type(row), row.element)] for row in page.all(".//table[1]//tbody/tr")]
    return {row[0].split()[0]: tuple(row[1:4]) for row in rows if len(row) == 4}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_file_of_a_named_round_says_what_the_page_says(app, people, visit):
    with app.extensions["database"].transaction() as session:
        har_round(session, people.north)
    alice = visit(people.alice)
    page = alice.get(HERE)
    shown = table_of(page)
    assert shown["TAL"] == ("1.77", "4", "2.23")
    files = taken(alice)
    sheet = {row["Code"]: row for row in rows_of(files["xlsx"], "Dimensions")}
    assert {code: tuple(f"{row[name]:.2f}" if name != "Target" else str(row[name]) for name in ("Index", "Target", "Gap")) for code, row in sheet.items()} == shown
    items = {row["Code"]: row for row in rows_of(files["xlsx"], "Items")}
    assert (items["MTH-5"]["Mean"], items["MTH-5"]["n"], items["MTH-5"]["Do we agree?"]) == (2, 5, "Talk about it")
    assert rows_of(files["xlsx"], "Answers")[0] | {} == {"Code": "GOV-1", "Item": "Mandate and charter", "1 Ad hoc": 0, "2 Repeatable": 5, "3 Defined": 0, "4 Managed": 0, "5 Optimising": 0}
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert [(len(book[name]._charts), book[name].freeze_panes is not None) for name in ("Summary", "Dimensions")] == [(1, True), (1, True)]

    report = PdfReader(io.BytesIO(files["pdf"]))
    assert (report.metadata.title, report.trailer["/Root"]["/Lang"][:2], report.trailer["/Root"]["/MarkInfo"]["/Marked"]) == ("North: results of round 1", "en", True)
    words = text_of(files["pdf"])
    assert len(report.pages) == 4
    for code, figures in shown.items():
        assert re.search(rf"{code} [^0-9]*{' '.join(map(re.escape, figures))} ", words), code
    assert "Level reached: 1 Ad hoc" in words
    assert "30 of 45 items are agreed, 9 tolerable, 2 need a talk." in words

    radar, gaps = charts_of(files["pptx"])[:2]
    assert [f"{value:.2f}" for value in radar.plots[0].series[0].values] == [figures[0] for figures in shown.values()]
    assert max(gaps.plots[0].series[0].values) == 2.23
    deck = slides_of(files["pptx"])
    assert 5 <= len(deck) <= 8
    assert all("NOTE" not in slide.notes_slide.notes_text_frame.text and len(slide.notes_slide.notes_text_frame.text) > 40 for slide in deck)
    assert all(shape._element.xpath(".//p:cNvPr")[0].get("descr") for slide in deck for shape in slide.shapes if shape.has_chart or shape.has_table)

    body = json.loads(files["json"])
    assert (body["overall"]["index"], body["dimensions"]["TAL"]["gap"], body["items"]["GOV-1"]["counts"]["2"], body["not_shown"]) == (1.7737, 2.2333, 5, None)
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Event.what).where(Event.what == "exported the figures of a round")).all() == ["exported the figures of a round"] * 5


def test_who_may_take_a_result_out_and_that_the_password_is_asked_for(app, people, visit):
    with app.extensions["database"].transaction() as session:
        har_round(session, people.north)
    assert visit(people.bob).post(f"{HERE}export.pdf").status == 404
    assert visit(people.alice).post(f"{HERE}export.exe").status == 404
    alice = visit(people.alice)
    with app.extensions["database"].transaction() as session:
        session.execute(update(SignIn).values(checked_at=clock.now() - timedelta(hours=1)))
    asked = alice.post(f"{HERE}export.pptx")
    assert asked.status == 303
    assert asked.location.startswith("/settings/confirm")
    assert alice.get(f"{HERE}export.pptx").location.endswith("/results/")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("is_shown", [True, False])
def test_no_file_of_an_anonymous_round_holds_what_the_page_hides(app, people, visit, is_shown):
    """Six hand in. Shown: the third item has four answers and falls to the gate. Not shown: only four sheets are filled in."""
    with app.extensions["database"].transaction() as session:
        asked = crowd(session, 7)
        round_, invitations = anonymous_round(session, people.north, asked, 0, min_group=5)
        for place, invitation in enumerate(invitations[:6]):
            unsure = ITEMS[2:3] if is_shown else ITEMS[:30]
            give(session, round_, invitation, dict.fromkeys(ITEMS, 2 + place % 3) | dict.fromkeys(unsure if place < 2 else (), "DK"))
        session.expunge_all()
    alice = visit(people.alice)
    assert alice.get("/teams/north/rounds/1/close/").submit().status == 303
    page, files = alice.get(HERE), taken(alice)
    assert (HIDDEN if is_shown else "Nothing of this round is shown for this team") in page.words
    dimensions = {row["Code"]: row for row in rows_of(files["xlsx"], "Dimensions")}
    shown = table_of(page) if is_shown else dict.fromkeys(dimensions, ("–",))
    items = {row["Code"]: row for row in rows_of(files["xlsx"], "Items")}
    assert {code: "–" if row["Index"] is None else f"{row['Index']:.1f}" for code, row in dimensions.items()} == {code: cells[0] for code, cells in shown.items()}
    assert {cells[0] for cells in shown.values()} == ({"3.0"} if is_shown else {"–"})
    hidden = items[ITEMS[2]]
    assert (hidden["n"], hidden["Mean"], hidden["Do we agree?"]) == (None, None, HIDDEN)
    assert (items[ITEMS[1]]["n"] == 6) is is_shown
    body = json.loads(files["json"])
    assert [body["items"][ITEMS[2]][name] for name in ("n", "mean", "level", "counts", "dont_know")] == [None] * 5
    assert body["not_shown"] == HIDDEN
    for kind in KINDS:
        words = text_of(files[kind])
        assert HIDDEN in words, kind
        assert not any(person.name in words for person in asked), kind
        assert "3.25" not in words, kind                                # the mean of the four answers to that item
    counts = [list(row.values())[2:] for row in rows_of(files["xlsx"], "Answers")]
    assert all(cell is None for row in counts for cell in row)              # below 2k nobody learns how many chose what
    if not is_shown:
        assert "nowhere are the answers so far apart" not in page.words + text_of(files["pdf"]) + text_of(files["pptx"])
        assert [value for chart in charts_of(files["pptx"]) for series in chart.plots[0].series if series.name != "Target" for value in series.values] == [None] * len(shown)
        assert not re.search(r"\b[1-5]\.[0-9]\b", text_of(files["pdf"]).replace("From 1.0", ""))


def test_a_joint_round_leaves_with_the_units_that_were_published_and_no_other(app, people, visit):
    teams = organisation(app, people, pier=7, port=6, park=2, quay=9)
    petra = visit(people.petra)
    set_up(petra, teams)
    petra.get(f"{HOME}1/").submit(action="open")
    everybody_hands_in(app, comments=(0, 1, 2, 3))
    units = units_of(petra.get(f"{HOME}1/close/").submit(follow=True))
    files = {kind: petra.post(f"{HOME}1/results/export.{kind}").body for kind in KINDS}
    rows = rows_of(files["xlsx"], "Units")
    assert {f"{row['Unit']}{row['Kind']}": HIDDEN if row["n"] is None else str(row["n"]) for row in rows} == {name: cells[0] for name, cells in units.items()}
    assert [row["Note"] for row in rows if row["n"] is None] == [HIDDEN, HIDDEN]
    means = {name: cells[1] for name, cells in units.items() if cells[0] != HIDDEN}
    assert {f"{row['Unit']}{row['Kind']}": f"{row['Index']:.1f}" for row in rows if row["n"] is not None} == means
    body = json.loads(files["json"])
    assert [unit["index"] for unit in body["units"] if unit["title"] in ("Park", "Port") and unit["kind"] == "team"] == [None, None]
    for kind, held in files.items():
        words = text_of(held)
        assert "canary" not in words, kind
        assert words.count(HIDDEN) >= (1 if kind == "json" else 2), kind
    with app.extensions["database"].reading() as session:
        park = session.scalars(select(AssessmentRound.id).where(AssessmentRound.team_id == teams["park"])).one()
        assert session.scalar(select(PublishedResult.id).where(PublishedResult.round_id == park)) is None
    assert visit(people.alice).post(f"{HOME}1/results/export.xlsx").status == 404
