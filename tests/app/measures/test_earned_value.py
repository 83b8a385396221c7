"""The earned-value page: the worked example, one date, several periods, and figures that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Refused
from app.measures.periods import Periods, read_periods
from app.measures.queries.earned_value import EXAMPLE, Asked, worked
from app.ui.measure_trend import trend
from app.ui.sheets import NotATable
from app.ui.trends import Line


def test_the_worked_example_is_a_link_and_what_is_wrong_is_said_without_losing_it(people, visit):
    alice = visit(people.alice)
    empty = alice.get("/earned-value/")
    assert "What do you know?" in empty.words
    assert empty.link("Load a worked example") == EXAMPLE
    page = alice.get(EXAMPLE)
    for words in ("0.8750", "0.8400", "1.1154", "228,571.43", "253,823.13", "221,000", "4.4667 of 10 periods", "11.1940 periods", "it ends on 7 December 2026 (by earned schedule)"):
        assert words in page.words, words
    assert page.all("table")[-1].words.count("M10") == 1
    wrong = alice.get("/earned-value/?bac=100&pv=120&ev=10&ac=5")
    assert (wrong.status, "The planned value cannot be more than the budget at completion, 100" in wrong.words) == (200, True)
    assert 'value="120"' in wrong.text
    assert "Enter the earned value, or paste the periods" in alice.get("/earned-value/?bac=100&pv=1").words
    assert "Enter the budget at completion as a number, for example 12.5" in alice.get("/earned-value/?bac=many").words
    assert "The table" in alice.get("/earned-value/?bac=100&table=x").words or "The first line names the columns" in alice.get("/earned-value/?bac=100&table=x").words


def test_one_date_is_enough_and_what_is_not_there_is_said():
    one = worked(Asked(bac=200_000, pv=100_000, ev=84_000, ac=96_000, rest=0.8, starts_on=date(2026, 1, 5), ends_on=date(2026, 11, 1)))
    assert [f.eac for f in one.forecasts] == ["228,571.43", "212,000", "253,823.13", "241,000"]
    assert one.end == "Planned until 1 November 2026; at this pace it ends on 28 December 2026 (by SPI, which is rough and misleads near the end)."
    assert (one.drawing, one.periods) == (None, ())
    spent = worked(Asked(bac=100, pv=90, ev=80, ac=100))
    assert next(m.words for m in spent.measures if "TCPI" in m.name) == "not reachable"
    assert worked(Asked(bac=100, pv=0, ev=0, ac=0, starts_on=date(2026, 1, 5), ends_on=date(2026, 11, 1))).end.startswith("When it ends cannot be said")
    for asked, field in ((Asked(bac=100), "pv"), (Asked(), "bac"), (Asked(bac=1, pv=1, ev=1, ac=1, green=0.5), "amber"), (Asked(table="period,pv,ev,ac\n1,10,12,9\n"), "table"),
                         (Asked(bac=1, pv=1, ev=1, ac=1, starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)), "ends_on")):
        with pytest.raises(Refused) as found:
            worked(asked)
        assert found.value.field == field


@pytest.mark.parametrize(("text", "told"), [
    ("", "The table is empty"),
    ("a,b\n1,2", "The first line names the columns"),
    ("period,pv,ev,ac", "Put 1 to 120 periods"),
    ("period,pv,ev,ac\n1,10,8", "Line 2 has 3 values for 4 columns"),
    ("period,pv,ev,ac\n1,10,8,", "Line 2: give earned and spent both"),
    ("period,pv,ev,ac\n1,,8,9", "Line 2: enter what was planned by then"),
    ("period,pv,ev,ac\n1,ten,8,9", "Line 2: planned ten is not a number"),
    ("period,pv,ev,ac\n1,10,8,9\n2,9,,", "Line 3: planned falls from 10 to 9"),
    ("period,pv,ev,ac\n1,10,,\n2,20,8,9", "Line 3: a period before it has no earned value"),
    ("period,pv,ev,ac\n1,10,,", "No period has earned and spent yet"),
])
def test_a_table_of_periods_is_read_strictly(text, told):
    with pytest.raises(NotATable, match=told):
        read_periods(text)


def test_a_table_may_use_the_short_names_and_end_with_the_plan():
    assert read_periods("month;ac;pv;ev\nJan;9;10;8\n;;25;\n") == Periods(("Jan", "2"), (10.0, 25.0), (8.0,), (9.0,))


def test_a_drawing_leaves_gaps_and_goes_below_nought():
    drawn = trend(("Q1", "Q2", "Q3"), [Line("now", "A", (-30.0, None, 72.0)), Line("target", "T", (50.0, 50.0, 50.0))])
    assert drawn.lines[0].paths == ()
    assert len(drawn.lines[0].dots) == 2
    assert [path.count("L") for path in drawn.lines[1].paths] == [1, 1]
    assert [mark.text for mark in drawn.marks] == ["-50", "0", "50", "100", "Q1", "Q2", "Q3"]
    assert [mark.text for mark in trend(("Q1",), [Line("now", "A", (0.0,))]).marks][0] == "0.0"
