"""Is a plan on its way? Points promised and done over time, what the pace so far leads to, and early signs of trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

FEW_DAYS = 28
LATE = Fraction(4, 5)

State = Literal["planned", "in progress", "blocked", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class Promise:
    """One action: its points, the day the approved plan promised it, and what has become of it.

    `due` is the day it is due now, `weeks` its duration, `done` the day it was finished.
    """

    action: str
    points: int
    promised: date
    due: date
    weeks: int
    state: State
    done: date | None = None


@dataclass(frozen=True, slots=True)
class EarlySign:
    """LATE (overdue), NOT_BEGUN (too late to end on time), BLOCKED, with the days it is about."""

    action: str
    code: Literal["LATE", "NOT_BEGUN", "BLOCKED"]
    days: int


@dataclass(frozen=True)
class Pace:
    """Points promised and done by today; sums over time; the forecast and the warnings, worst first.

    `ratio` is done by promised, None while nothing was promised. `forecast` is the points expected at the
    end of the plan at the pace so far, `ends` the day on which all open points would be done; both None
    in the first four weeks and while nothing is done.
    """

    total: int
    promised: int
    done: int
    ratio: Fraction | None
    promised_line: tuple[tuple[date, int], ...]
    done_line: tuple[tuple[date, int], ...]
    forecast: int | None
    ends: date | None
    warnings: tuple[EarlySign, ...]

    @property
    def is_behind(self) -> bool:
        """Less than four fifths of what was promised by today is done."""
        return self.ratio is not None and self.ratio < LATE


def pace(promises: Sequence[Promise], starts_on: date, ends_on: date, today: date) -> Pace:
    """How a plan goes.

    Two actions of 100 points promised after 10 and 20 weeks of a plan of 40; on day 140 one is done:
    promised 200, done 100, ratio 1/2, forecast 200 at the end (100 points in 140 days, 140 more to go).
    """
    total = sum(p.points for p in promises if p.state != "dropped")
    done = [(p.done, p.points) for p in promises if p.state == "done" and p.done is not None]
    promised_now = sum(p.points for p in promises if p.promised <= today)
    done_now = sum(points for day, points in done if day <= today)
    forecast, finish = _forecast(done_now, total, starts_on, ends_on, today)
    return Pace(
        total, promised_now, done_now, Fraction(done_now, promised_now) if promised_now else None,
        _line([(p.promised, p.points) for p in promises], starts_on, ends_on), _line(done, starts_on, min(max(today, starts_on), ends_on)),
        forecast, finish, _warnings(promises, today),
    )  # fmt: skip


def _line(steps: Sequence[tuple[date, int]], first: date, last: date) -> tuple[tuple[date, int], ...]:
    """The running sum over the days on which it changes, from the first to the last day."""
    found, so_far = [(first, 0)], 0
    for day, points in sorted(steps):
        so_far += points
        found.append((min(max(day, first), max(last, first)), so_far))
    return (*found, (last, so_far)) if found[-1][0] < last else tuple(found)


def _forecast(done: int, total: int, starts_on: date, ends_on: date, today: date) -> tuple[int | None, date | None]:
    passed = (today - starts_on).days
    if passed < FEW_DAYS or not done:
        return None, None
    a_day = Fraction(done, passed)
    left = max(0, (ends_on - today).days)
    needed = -((done - total) / a_day).__floor__() if total > done else 0
    return min(total, done + int(a_day * left)), today + timedelta(days=needed)


def _warnings(promises: Sequence[Promise], today: date) -> tuple[EarlySign, ...]:
    found = []
    for p in promises:
        late = (today - p.due).days
        slack = (p.due - timedelta(weeks=p.weeks) - today).days
        if p.state in ("planned", "in progress", "blocked") and late > 0:
            found.append(EarlySign(p.action, "LATE", late))
        elif p.state == "blocked":
            found.append(EarlySign(p.action, "BLOCKED", -late))
        elif p.state == "planned" and slack < 0:
            found.append(EarlySign(p.action, "NOT_BEGUN", -slack))
    order = ("LATE", "BLOCKED", "NOT_BEGUN")
    return tuple(sorted(found, key=lambda w: (order.index(w.code), -w.days, w.action)))
