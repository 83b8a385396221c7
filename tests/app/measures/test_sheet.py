"""Figures as a table: read strictly, line by line, and written so that they can be read again."""

from __future__ import annotations

import pytest

from app.config import ROOT
from app.measures.sheet import Standing, inputs_cell, read_sheet
from app.ui.sheets import NotATable
from assessments.reading.measures import read_kpis

KPIS = read_kpis(ROOT / "content" / "kpis")
HEAD = "kpi,quarter,raw_numbers,value,source,comment\n"


def sheet(body, stands=None, head=HEAD):
    return read_sheet(head + body, KPIS, stands or {}, latest=8107, oldest=8067)


def test_raw_numbers_are_worked_out_and_compared_with_what_stands():
    stands = {("K01", 8106): Standing(75.0, {"accepted": 6.0, "due": 8.0}), ("K02", 8106): Standing(50.0, {})}
    read = sheet("k01,2026-Q3,accepted=6; due=8,,list,\nK02,Q3 2026,,71.4286,,'=late\nK04,2026-Q4,ev=84000;ac=96000,0.875,,\n", stands)
    assert read.faults == ()
    assert [(row.kpi.id, row.state, row.words) for row in read.rows] == [("K01", "here", "75.0 %"), ("K02", "changed", "71.4 %"), ("K04", "new", "0.88")]
    assert read.rows[1].comment == "=late"
    assert inputs_cell({"accepted": 6.0, "mean": 2.5}) == "accepted=6; mean=2.5"


@pytest.mark.parametrize(("line", "told"), [
    ("K99,2026-Q3,,1,,", "Line 2, kpi: there is no measure K99"),
    ("K01,2026-Q9,,1,,", "Line 2, quarter: enter a quarter such as 2026-Q3"),
    ("K01,2027-Q1,,1,,", "Line 2, quarter: Q1 2027 is still to come"),
    ("K01,2001-Q1,,1,,", "Line 2, quarter: Q1 2001 is too long ago"),
    ("K01,2026-Q3,,,,", "Line 2, raw_numbers: enter the raw numbers, or the result under value"),
    ("K01,2026-Q3,accepted=9; due=8,,,", "Line 2, raw_numbers: accepted and closed cannot be more than due to finish"),
    ("K01,2026-Q3,accepted=6,,,", "Line 2, raw_numbers: enter due to finish"),
    ("K01,2026-Q3,accepted 6,,,", "Line 2, raw_numbers: write name=number, for example accepted=6"),
    ("K01,2026-Q3,x=6,,,", "Line 2, raw_numbers: K01 has no input x; it has accepted, due"),
    ("K01,2026-Q3,due=6; due=7,,,", "Line 2, raw_numbers: due stands there twice"),
    ('K01,2026-Q3,,"1,000",,', "Line 2, value: 1,000 is not a number such as 12.5; leave out units and thousands separators"),
    ("K01,2026-Q3,accepted=6; due=8,60,,", "Line 2, value: does not fit the raw numbers; leave it out, it is worked out"),
    ("K01,2026-Q3,,1", "Line 2: has 4 values for 6 columns"),
])
def test_every_fault_has_its_line_and_says_what_to_do(line, told):
    assert [str(fault) for fault in sheet(line + "\n").faults] == [told]


def test_a_figure_may_stand_once_and_columns_are_known():
    twice = sheet("K01,2026-Q3,,1,,\nK01,2026-Q3,,2,,\n")
    assert [str(fault) for fault in twice.faults] == ["Line 3: K01 for Q3 2026 stands in line 2 already"]
    for head, told in (("kpi,value\n", "column quarter is missing"), ("kpi,quarter,colour\n", "no column colour"), ("kpi,quarter,kpi\n", "stands twice")):
        with pytest.raises(NotATable, match=told):
            sheet("K01,1,2\n", head=head)
    with pytest.raises(NotATable, match="nothing in it"):
        sheet("", head="\n")
    with pytest.raises(NotATable, match="Put 1 to 2,000"):
        sheet("")
