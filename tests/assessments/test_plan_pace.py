"""Is a plan on its way?"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from assessments.planning.pace import EarlySign, Promise, pace

START, END = date(2026, 1, 5), date(2026, 10, 9)


def after(weeks: int) -> date:
    return START + timedelta(weeks=weeks)


def promise(name: str, weeks: int, state: str = "planned", done: date | None = None, **more: object) -> Promise:
    return Promise(name, 100, after(weeks), after(weeks), 4, state, done, **more)  # type: ignore[arg-type]


def test_half_of_what_was_promised_is_done_and_the_pace_tells_where_it_leads() -> None:
    found = pace([promise("a", 10, "done", after(8)), promise("b", 20)], START, after(40), START + timedelta(days=140))

    assert (found.total, found.promised, found.done, found.ratio, found.is_behind) == (200, 200, 100, Fraction(1, 2), True)
    assert (found.forecast, found.ends) == (200, START + timedelta(days=280))
    assert found.promised_line == ((START, 0), (after(10), 100), (after(20), 200), (after(40), 200))
    assert found.done_line == ((START, 0), (after(8), 100), (after(20), 100))


def test_nothing_is_forecast_in_the_first_weeks_or_from_nothing() -> None:
    early = pace([promise("a", 1, "done", after(1))], START, END, after(3))
    none = pace([promise("a", 20)], START, END, after(10))

    assert (early.forecast, early.ends) == (None, None)
    assert (none.forecast, none.ratio, none.is_behind) == (None, None, False)


def test_the_worst_signs_come_first() -> None:
    open_ones = [
        promise("late", 9, "in progress"), promise("stuck", 14, "blocked"), promise("tight", 12), promise("fine", 30), promise("gone", 1, "dropped"),
    ]  # fmt: skip
    found = pace(open_ones, START, END, after(10))

    assert found.warnings == (EarlySign("late", "LATE", 7), EarlySign("stuck", "BLOCKED", 28), EarlySign("tight", "NOT_BEGUN", 14))


def test_dropped_points_stay_promised_but_are_no_longer_to_come() -> None:
    found = pace([promise("a", 2, "dropped"), promise("b", 4, "done", after(4))], START, END, after(10))

    assert (found.total, found.promised, found.done) == (100, 200, 100)
    assert found.ends == after(10)
