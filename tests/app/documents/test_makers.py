"""Makers of files: what goes in comes out, nothing a person typed can run, and parts of a slide do not cover each other."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from app.documents.inert import inert
from app.documents.slides import LEFT, RIGHT, Chart, Slide, Table, Words, deck
from app.documents.typesetting import pdf
from app.documents.workbook import Chart as SheetChart
from app.documents.workbook import Sheet, columns, workbook
from tests.support.documents import charts_of, slides_of, text_of

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "=HYPERLINK(\"x\")", "{=1}", "https://example.org", "1.5")


def test_text_stays_text_and_numbers_stay_numbers_in_a_workbook():
    rows = [[words, n, n / 3, date(2026, 8, 28)] for n, words in enumerate(HOSTILE)] + [["Ω 漢字 \x01", None, None, None]]
    sheet = Sheet("A", ("=title",), columns(("=head", 20, "text"), ("n", 8, "whole"), ("x", 8, "two"), ("Due", 12, "day")), rows)
    body = workbook("=book", [sheet, Sheet("Empty", (), columns(("Nothing", 9, "text")), [], (SheetChart("radar", "t", "says", 0, (0,), "C1"),))])
    page = openpyxl.load_workbook(io.BytesIO(body))["A"]
    read = list(page.iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in read[:7]] == [inert(words) for words in HOSTILE[:7]]
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in page.iter_rows() for cell in row)
    assert (read[9][0], read[9][1], read[9][2]) == ("1.5", 9, 3)
    assert read[0][3].date() == date(2026, 8, 28)
    assert (page["A1"].value, page["A3"].value, page.freeze_panes) == ("'=title", "'=head", "A4")
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "worksheets" in name)


def test_slides_carry_native_charts_with_gaps_and_words_for_those_who_cannot_see_them():
    chart = Chart("radar", ("A", "B", "C"), (("Now", (1.5, None, 3.0)),), "Radar of three", LEFT, high=5, low=0)
    table = Table(("Team", "n"), (("=1+1\nnext", "3"),), (3, 1), "Teams", RIGHT, shades={(0, 1): 4})
    first = Slide("Tide & Harbour <b>", (Words(("# Head", "- a point", "a line"), (0.7, 4.2, 11.9, 1)),), "Notes of the first", is_first=True)
    body = deck("A deck", [first, Slide("What a long title " * 8, (chart, table), "What it means")], "Foot")
    slides = slides_of(body)
    assert slides[0].shapes.title.text_frame.text == "Tide & Harbour <b>"
    assert [slide.notes_slide.notes_text_frame.text for slide in slides] == ["Notes of the first", "What it means"]
    assert list(charts_of(body)[0].plots[0].series[0].values) == [1.5, None, 3.0]
    assert [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in slides[1].shapes if shape.has_chart or shape.has_table] == ["Radar of three", "Teams"]
    held = next(shape.table for shape in slides[1].shapes if shape.has_table)
    assert held.cell(1, 0).text == "=1+1 next"


@pytest.mark.parametrize("name", ["#panic()", "*bold* $x$ `code` \\ @ref <b>", "Łukasz Żółć"])
def test_what_people_typed_is_set_as_it_stands(name):
    hidden = {"title": "–", "kind": "team", "n": "–", "index": "–", "level": "–", "figures": [], "shown": False}
    shown = {"title": name, "kind": "programme", "n": "7", "index": "2.5", "level": "2 Repeatable", "figures": ["2.4"], "shown": True}
    body = pdf("joint", {"title": name, "origin": name, "dimensions": [["GOV", "Mandate"]], "not_shown": "Hidden", "rows": [shown, hidden], "made": [["n", name]]})
    assert text_of(body).count(name) >= 3
    assert "Hidden" in text_of(body)
