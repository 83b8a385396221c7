"""Earned value: the worked project of the design, its edge cases, and what the figures are said to mean."""

from __future__ import annotations

import pytest

from assessments.earned_value import InvalidFigures, band, earned_schedule, measured, reading

PLAN = (10_000, 25_000, 45_000, 70_000, 100_000, 130_000, 155_000, 175_000, 190_000, 200_000)


def four(value):
    return None if value is None else round(value, 4)


def test_the_worked_project():
    found = measured(200_000, 100_000, 84_000, 96_000, 125_000)
    assert (found.cv, found.sv, four(found.cv_percent), found.sv_percent) == (-12_000, -16_000, -14.2857, -16)
    assert (found.cpi, found.spi, four(found.critical_ratio), four(found.tcpi)) == (0.875, 0.84, 0.735, 1.1154)
    assert (found.percent_planned, found.percent_done, found.percent_spent) == (50, 42, 48)
    table = [(round(f.eac, 2), round(f.etc, 2), round(f.vac, 2), four(f.tcpi)) for f in found.forecasts]
    assert table == [
        (228_571.43, 132_571.43, -28_571.43, 0.875), (212_000, 116_000, -12_000, 1.0),
        (253_823.13, 157_823.13, -53_823.13, 0.735), (221_000, 125_000, -21_000, 0.928),
    ]
    time = earned_schedule(PLAN, 84_000, 5)
    assert [four(value) for value in (time.earned, time.sv_t, time.spi_t, time.duration)] == [4.4667, -0.5333, 0.8933, 11.194]
    assert reading(found, time) == (
        "Every 1.00 spent bought 0.88 of planned work: 12,000 more was spent than earned.",
        "The project is 0.53 periods behind the plan. At this pace it takes 11.2 periods where 10 were planned.",
        "To stay inside the budget, every 1.00 from now on has to bring 1.12, more than the 0.88 so far.",
        "Plan with 228,571, or estimate the rest anew; the budget of 200,000 would need an efficiency nobody has seen here.",
    )


def test_an_efficiency_can_be_tried_on_the_rest():
    tried = measured(200_000, 100_000, 84_000, 96_000, rest=0.8).forecasts[-1]
    assert (tried.eac, tried.vac, tried.tcpi) == (241_000, -41_000, 0.8)
    with pytest.raises(InvalidFigures, match="has to be above 0"):
        measured(200_000, 100_000, 84_000, 96_000, rest=0)


def test_what_is_not_defined_is_not_nought():
    unspent = measured(100, 0, 0, 0)
    assert (unspent.cpi, unspent.spi, unspent.sv_percent, unspent.forecasts[0].eac, unspent.forecasts[1].eac) == (None, None, None, None, 100)
    assert reading(unspent)[0] == "Nothing is spent yet, so nothing can be said about cost."
    unearned = measured(100, 20, 0, 30)
    assert (unearned.cpi, unearned.forecasts[0].eac, unearned.forecasts[2].eac) == (0, None, None)
    assert reading(unearned)[-1] == "Nothing is earned yet: estimate the rest anew before you promise a sum."
    assert earned_schedule((50, 100), 0, 1).spi_t is None
    spent = measured(100, 90, 80, 100)
    assert spent.tcpi is None
    assert "The budget is spent and work is left: the budget cannot be kept." in reading(spent)
    done = measured(100, 100, 100, 110)
    assert (done.spi, done.tcpi, done.is_complete) == (1, 0, True)
    assert "even if the project ended late" in reading(done)[1]
    assert earned_schedule((50, 100), 100, 3).spi_t == pytest.approx(2 / 3)
    assert "ahead of the plan" in reading(measured(100, 50, 60, 50), earned_schedule((25, 50, 100), 60, 2))[1]
    assert reading(measured(100, 50, 50, 50)) == (
        "Every 1.00 spent bought 1.00 of planned work: cost is where it should be.", "As much is earned as was planned by now.",
        "To stay inside the budget, every 1.00 from now on has to bring 1.00; so far it brought 1.00.",
        "The budget of 100 can be kept; if the efficiency so far goes on, the project costs 100.",
    )


def test_impossible_sums_are_named():
    for given, names in (((0, 0, 0, 0), ["bac"]), ((100, 101, 102, 5), ["pv", "ev"]), ((100, -1, 5, -2), ["pv", "ac"]), ((100, 1, 1, 1, -5), ["etc"])):
        with pytest.raises(InvalidFigures) as found:
            measured(*given)
        assert [name for name, _ in found.value.problems] == names
    for plan, periods in (((), 1), ((10, 5), 1), ((10,), 0)):
        with pytest.raises(InvalidFigures):
            earned_schedule(plan, 5, periods)


def test_bands_are_a_convention():
    assert [band(index) for index in (0.95, 0.9499, 0.90, 0.8999, None)] == ["green", "amber", "amber", "red", "unknown"]
    assert band(0.97, green=0.98) == "amber"
