"""Measures: figures from raw numbers, standing, trend and movement, with the worked quarter of the design."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.config import ROOT
from assessments.arithmetic import DividedByZero, FormulaRefused, holds, names_in, value_of
from assessments.errors import FileFaults
from assessments.measures import (
    faults_in,
    last_day,
    moved,
    quarter_code,
    quarter_name,
    quarter_of,
    read_quarter,
    shown,
    standing,
    together,
    trend,
    worked_out,
)
from assessments.reading.measures import read_kpis

KPIS = read_kpis(ROOT / "content" / "kpis")
ANSWERS = {"s1": 1, "s2": 2, "s3": 4, "s4": 8, "s5": 5}


@pytest.mark.parametrize(("kpi", "inputs", "value"), [
    ("K01", {"accepted": 6, "due": 8}, 75.0),
    ("K02", {"on_time": 5, "closed": 7}, 71.4286),
    ("K04", {"ev": 234_000, "ac": 236_000}, 0.9915),
    ("K05", {"ev": 234_000, "pv": 245_000}, 0.9551),
    ("K07", ANSWERS, 65.0),
    ("K08", {"answers": 20, "sum": 74, "invited": 30}, 67.5),
    ("K09", {"benefit": 330_000, "cost": 240_000}, 37.5),
    ("K10", {"value": 180_000, "cost": 150_000}, 20.0),
    ("K11", {"realised": 90_000, "planned": 120_000}, 75.0),
    ("K14", {"deviations": 45, "closed": 3}, 85.0),
    ("K22", {"gaps": 14, "targets": 96}, 14.5833),
    ("K16", {"median": 12.5, "closed": 9}, 12.5),
    ("K33", {"defects": 7, "closed": 4}, 1.75),
])
def test_the_worked_quarter(kpi, inputs, value):
    assert faults_in(KPIS[kpi], inputs) == ()
    assert round(worked_out(KPIS[kpi], inputs).value, 4) == value


def test_no_case_is_no_figure_and_few_cases_are_said():
    none = worked_out(KPIS["K01"], {"accepted": 0, "due": 0})
    assert (none.value, none.cases, none.is_small) == (None, 0.0, False)
    assert worked_out(KPIS["K09"], {"benefit": 5, "cost": 0}).value is None
    assert worked_out(KPIS["K01"], {"accepted": 3, "due": 4}).is_small
    assert not worked_out(KPIS["K01"], {"accepted": 4, "due": 5}).is_small
    assert not worked_out(KPIS["K04"], {"ev": 1, "ac": 2}).is_small


def test_several_teams_are_the_ratio_of_their_sums_and_medians_do_not_add_up():
    two = [{"ev": 84_000.0, "ac": 96_000.0}, {"ev": 150_000.0, "ac": 140_000.0}, {"ev": 5.0}]
    assert round(together(KPIS["K04"], two).value, 4) == 0.9915
    assert together(KPIS["K16"], [{"median": 3, "closed": 4}]) is None
    assert together(KPIS["K04"], []) is None


def test_impossible_numbers_are_named():
    assert faults_in(KPIS["K01"], {"accepted": 9, "due": 8}) == (("accepted", "Accepted and closed cannot be more than due to finish"),)
    assert faults_in(KPIS["K01"], {"due": 8}) == (("accepted", "Enter accepted and closed"),)
    assert faults_in(KPIS["K01"], {"accepted": 1.5, "due": 8, "x": 1})[0] == ("x", "K01 has no input x")
    assert faults_in(KPIS["K01"], {"accepted": 1.5, "due": 8}) == (("accepted", "Accepted and closed: enter a whole number"),)
    assert faults_in(KPIS["K01"], {"accepted": -1, "due": 8})[0][0] == "accepted"
    assert faults_in(KPIS["K08"], {"answers": 10, "sum": 51})[0][1].endswith("at most five times their number")
    assert faults_in(KPIS["K07"], {**ANSWERS, "invited": 19}) == (("", "More answers than people invited: check both numbers"),)


def test_standing_knows_which_way_is_good():
    assert [standing(KPIS["K02"], value, 80) for value in (80, 71.4286, 69.9, None)] == ["at target", "close", "off target", "no cases"]
    assert [standing(KPIS["K13"], value, 5) for value in (5, 7, 10.1)] == ["at target", "close", "off target"]
    assert [standing(KPIS["K04"], value, 0.95) for value in (0.95, 0.90, 0.89)] == ["at target", "close", "off target"]
    assert standing(KPIS["K29"], 5, None) == standing(KPIS["K02"], 5, None) == "no target"
    assert standing(KPIS["K02"], None, 80, is_recorded=False) == "missing"


def test_a_trend_needs_three_figures():
    assert [trend(KPIS["K06"], values) for values in ([60, 66, 72], [60, 72, 66], [72, 66, 60], [66, None, 72], [60, 66])] == [
        "better", "level", "worse", "too few", "too few"]
    assert trend(KPIS["K16"], [9, 20, 14, 12]) == "better"
    assert trend(KPIS["K06"], [1, 70, 70, 70]) == "level"
    assert trend(KPIS["K29"], [1, 2, 3]) == "other"


def test_movement_between_two_quarters_is_worded():
    better = moved(KPIS["K06"], {8105: 60.0, 8107: 72.0}, 8105, 8107)
    assert (better.direction, better.by, better.is_verified) == ("better", 12.0, True)
    assert better.words == "Milestone hit rate went from 60.0 % to 72.0 %: the way it should."
    worse = moved(KPIS["K16"], {8105: 10.0, 8107: 12.5}, 8105, 8107)
    assert (worse.direction, worse.words) == ("worse", "Issue resolution time went from 10.0 days to 12.5 days: the wrong way.")
    assert moved(KPIS["K06"], {8105: None, 8107: 72.0}, 8105, 8107).words == "Milestone hit rate: no figure at the start, so nothing can be said yet."
    assert moved(KPIS["K06"], {8105: 72.0}, 8105, 8107).direction == "too few"
    assert moved(KPIS["K06"], {1: 0.1 + 0.2, 2: 0.3}, 1, 2).direction == "level"
    assert moved(KPIS["K29"], {1: 5.0, 2: 9.0}, 1, 2).direction == "other"


def test_quarters_count_on_over_the_year():
    assert quarter_of(date(2026, 11, 27)) == 8107
    assert (quarter_name(8107), quarter_code(8107), quarter_name(8108)) == ("Q4 2026", "2026-Q4", "Q1 2027")
    assert [read_quarter(text) for text in ("2026-Q4", "2026q4", "Q4 2026", "2026-Q5", "1999-Q1", "", "٢٠٢٦-Q4")] == [8107, 8107, 8107, None, None, None, None]
    assert last_day(8107) == date(2026, 12, 31)
    assert shown(KPIS["K04"], 0.9915) == "0.99"
    assert shown(KPIS["K29"], 240_000) == "240,000"


def test_formulas_are_arithmetic_and_nothing_else():
    assert value_of("100 * (a - 1) / -4 + 0.1", {"a": Fraction(3)}) == Fraction(-499, 10)
    assert names_in("ev / ac") == {"ev", "ac"}
    assert holds("a <= 5 and a > 2", {"a": Fraction(3)})
    for bad in ("__import__('os')", "a ** 9", "a.b", "[1]", "'x'", "True", "1 if a else 2", "(" * 40 + "1", "", "a < 2 < 3", "b"):
        with pytest.raises(FormulaRefused):
            value_of(bad, {"a": Fraction(1)})
    with pytest.raises(FormulaRefused):
        holds("a", {"a": Fraction(1)})
    with pytest.raises(DividedByZero):
        value_of("1 / a", {"a": Fraction(0)})


def test_all_33_measures_are_complete_and_a_starter_set_is_marked():
    assert list(KPIS) == [f"K{number:02}" for number in range(1, 34)]
    assert [name for name, kpi in KPIS.items() if kpi.is_starter] == ["K01", "K02", "K03", "K06", "K07", "K08", "K09", "K26"]
    assert all(kpi.items and kpi.cautions and kpi.supplier for kpi in KPIS.values())
    texts = [text for kpi in KPIS.values() for text in kpi.cautions]
    assert len(set(texts)) == len(texts)


def test_faults_in_a_file_of_measures_come_with_their_lines(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "subject: X\nkpis:\n- id: A1\n  name: N\n  meaning: M\n  formula: F\n  unit: \"%\"\n  good: context\n  inputs:\n"
        "  - {id: part, name: P, part_of: whole}\n  compute: 100 * part / all_of_it\n  cases: \"part +\"\n  target: 5\n  slack: -1\n"
        "  supplier: S\n  cautions: [C]\n  items: [QQQ-1]\n", encoding="utf-8")
    with pytest.raises(FileFaults) as found:
        read_kpis(tmp_path, {"GOV-1"})
    told = [str(fault).rpartition("a.yaml")[2] for fault in found.value.faults]
    assert told == [
        ":10: There is no other input whole.",
        ":11: The formula 100 * part / all_of_it uses all_of_it, which is no input.",
        ":12: The formula part + does not work: this cannot be read as arithmetic: part +.",
        ":13: A measure read in its context has no target.",
        ":14: The slack is 0 or more.",
        ":17: There is no item QQQ-1.",
    ]
