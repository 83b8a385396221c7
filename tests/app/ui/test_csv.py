"""CSV that a spreadsheet opens without running anything in it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.csv import csv_text


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", " =1", "\u200b=1", "\ufeff@x", "＝1", "　＋1", "\n-2"])
def test_what_would_start_a_formula_gets_a_leading_apostrophe(cell):
    assert read(csv_text(["x"], [[cell]]))[1][0].startswith("'")


def test_numbers_stay_plain_and_nothing_is_empty():
    assert csv_text(["a", "b", "c"], [[-0.7, 3, None]]) == '"a","b","c"\r\n"-0.7","3",""\r\n'


def test_line_breaks_become_spaces_and_quotes_survive():
    assert read(csv_text(["a"], [['say "no"\r\nthen; go, on']]))[1] == ['say "no" then; go, on']


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
@settings(max_examples=60, deadline=None)
def test_every_text_comes_back_as_one_cell(text):
    rows = read(csv_text(["a", "b"], [[text, "end"]]))
    assert len(rows) == 2
    assert rows[1][1] == "end"
    assert rows[1][0].removeprefix("'") == " ".join(text.splitlines()).removeprefix("'")
