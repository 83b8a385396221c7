"""How the plan in use goes: promised against done, the forecast and the early signs, in words and as a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.maturity import quarters
from app.maturity.queries.roadmap_board import Rows, title_of
from app.maturity.queries.roadmap_stored import AnyPlan
from app.ui.filters import day
from app.ui.plots import Line, Plot, plot
from assessments.planning.pace import EarlySign, Pace, Promise, pace


@dataclass(frozen=True)
class Sign:
    """An early sign of trouble, with the page of its action."""

    id: str
    title: str
    href: str
    words: str


@dataclass(frozen=True, eq=False)
class Progress:
    """The burn-up of a plan: a sentence, the drawing, its table (quarter, promised, done) and the signs."""

    words: str
    forecast: str
    is_behind: bool
    drawing: Plot
    rows: tuple[tuple[str, int, int | None], ...]
    signs: tuple[Sign, ...]


def progress_of(saved: AnyPlan, rows: Rows, slug: str, today: date) -> Progress | None:
    """How the plan goes today, None before it begins or while it holds nothing; no statement."""
    first, last = saved.starts_on, quarters.span(saved.starts_on, saved.horizon)[1]
    if not rows or today < first:
        return None
    plan = saved.plan or {}
    figures = plan.get("candidates", {})
    weeks = {entry["action"]: int(entry["finish_week"]) for entry in plan.get("plan", ())}
    promises = [
        Promise(
            name, row.value, quarters.due_on(first, weeks.get(name, row.finish_week)), row.due_on, int(figures.get(name, {}).get("weeks", 1)),
            row.state, row.ended_at.date() if row.ended_at else None,  # type: ignore[arg-type]
        )
        for name, (row, _) in rows.items()
    ]
    found = pace(promises, first, last, today)
    model_id = str(saved.inputs.get("model", ""))
    signs = tuple(Sign(w.action, title_of(model_id, w.action), f"/teams/{slug}/roadmap/actions/{w.action}/", _sign(w)) for w in found.warnings)
    return Progress(_words(found), _forecast(found, last), found.is_behind, _drawing(found, saved, today), _table(found, saved, today), signs)


def _words(found: Pace) -> str:
    if found.ratio is None:
        return f"Nothing was promised by today; {found.done:,} of {found.total:,} points are done."
    share = f"{round(100 * found.ratio)} %"
    return f"{found.done:,} points are done of the {found.promised:,} promised by today ({share}); {found.total:,} are in the plan."


def _forecast(found: Pace, last: date) -> str:
    if found.forecast is None or found.ends is None:
        return "A forecast follows when four weeks have passed and something is done."
    if found.ends <= last:
        return f"At the pace so far everything is done by {day(found.ends)}, in time."
    return f"At the pace so far {found.forecast:,} of {found.total:,} points are done when the plan ends on {day(last)}; the rest by {day(found.ends)}."


def _sign(warning: EarlySign) -> str:
    days = f"{warning.days} day{'' if warning.days == 1 else 's'}"
    words: Mapping[str, str] = {
        "LATE": f"overdue by {days}", "BLOCKED": f"blocked, due in {days}", "NOT_BEGUN": f"not begun: it should have started {days} ago to end in time",
    }
    return words[warning.code]


def _drawing(found: Pace, saved: AnyPlan, today: date) -> Plot:
    def at(points: tuple[tuple[date, int], ...]) -> tuple[tuple[float, float], ...]:
        """The line in steps: the sum holds until the day it rises."""
        steps: list[tuple[float, float]] = []
        for when, value in points:
            if steps:
                steps.append((float((when - saved.starts_on).days), steps[-1][1]))
            steps.append((float((when - saved.starts_on).days), float(value)))
        return tuple(steps)

    lines = [Line("target", "Promised", at(found.promised_line)), Line("now", "Done", at(found.done_line))]
    last = quarters.DAYS * saved.horizon
    if found.forecast is not None and today < quarters.span(saved.starts_on, saved.horizon)[1]:
        lines.append(Line("ahead", "At this pace", ((float((today - saved.starts_on).days), float(found.done)), (float(last), float(found.forecast)))))
    names = quarters.names(saved.starts_on, saved.horizon)
    return plot(lines, [(0.0, ""), *((quarters.DAYS * (n + 0.5), name) for n, name in enumerate(names)), (float(last), "")])


def _table(found: Pace, saved: AnyPlan, today: date) -> tuple[tuple[str, int, int | None], ...]:
    rows = []
    for number, name in enumerate(quarters.names(saved.starts_on, saved.horizon), 1):
        begin, end = quarters.span(saved.starts_on, number)
        rows.append((
            name, max(value for when, value in found.promised_line if when <= end),
            max(value for when, value in found.done_line if when <= end) if begin <= today else None,
        ))
    return tuple(rows)
