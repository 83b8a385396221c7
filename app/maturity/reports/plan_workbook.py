"""A plan as a workbook: a Gantt sheet with weeks as columns, all actions, the load of the quarters, what was left out, notes."""

from __future__ import annotations

from datetime import timedelta

from app.documents.workbook import Cell, Chart, Column, Shade, Sheet, columns, workbook
from app.maturity import quarters
from app.maturity.queries.roadmap_board import Card
from app.maturity.reports.plan_words import CONFIRM, POINTS, Plan, figures, origin
from app.maturity.reports.words import SELF
from app.ui.filters import day_month

SHADE: dict[str, Shade] = {"Done": "done", "Blocked": "blocked", "In progress": "under way", "Goes on": "under way"}


def plan_workbook(plan: Plan) -> bytes:
    """The plan as an XLSX file."""
    return workbook(plan.title, [_gantt(plan), _actions(plan), _load(plan), _left_out(plan), _notes(plan)])


def _cards(plan: Plan) -> list[tuple[str, Card]]:
    return [(q.name, card) for q in plan.view.quarters for card in q.cards]


def weeks_of(plan: Plan, card: Card) -> range:
    """The weeks an action covers, counted from 0: due on the Friday of week 3 with a length of 3 weeks -> range(0, 3)."""
    whole = quarters.WEEKS * len(plan.view.quarters)
    last = min(whole, max(1, -(-((card.due_on - plan.view.starts_on).days + 3) // 7)))
    return range(max(0, last - max(1, card.weeks)), last)


def _gantt(plan: Plan) -> Sheet:
    """One row an action, one column a week; the cells of its weeks are filled, and S and F mark the first and the last."""
    v = plan.view
    head = [*columns(("Action", 10, "text"), ("Title", 44, "text"), ("Owner", 20, "text"), ("State", 16, "text"), ("Due", 12, "day"))]
    weeks = quarters.WEEKS * len(v.quarters)
    head += [Column(_week(plan, week), 2.6, "narrow") for week in range(weeks)]
    rows: list[list[Cell]] = []
    shades: dict[tuple[int, int], Shade] = {}
    for place, (_, card) in enumerate(_cards(plan)):
        held = weeks_of(plan, card)
        signs = {held[-1]: "F"} | {held[0]: "S"} if len(held) > 1 else {held[0]: "F"}
        rows.append([card.id, card.title, card.owner or "to be named", card.tag[0], card.due_on, *(signs.get(week, "") for week in range(weeks))])
        for week in held:
            shades[place, 5 + week] = SHADE.get(card.tag[0], "planned")
    above = (plan.title, origin(plan), "Each column is a week from the Monday named above it; S and F are the first and the last week of an action. Dark is under way, green done, red blocked.")
    return Sheet("Gantt", above, tuple(head), rows, shades=shades, frozen=2, upright_from=5)


def _week(plan: Plan, week: int) -> str:
    monday = plan.view.starts_on + timedelta(days=7 * week)
    return f"{monday.day} {monday:%b}" + (f" {monday:%y}" if week % quarters.WEEKS == 0 else "")


def _actions(plan: Plan) -> Sheet:
    why = {reason.id: reason for reason in plan.view.reasons}
    head = columns(
        ("Action", 10, "text"), ("Title", 44, "text"), ("Quarter", 10, "text"), ("State", 16, "text"), ("Owner", 20, "text"), ("Days", 7, "whole"),
        ("Weeks", 7, "whole"), ("Points", 8, "whole"), ("Due", 12, "day"), ("Needs", 20, "long"), ("Opens", 24, "long"), ("Lessons", 20, "long"),
        ("Rank", 7, "whole"), ("What changes", 50, "long"), ("Why then", 50, "long"),
    )
    rows: list[list[Cell]] = []
    for quarter, card in _cards(plan):
        reason = why.get(card.id)
        rows.append([
            card.id, card.title, quarter, card.tag[0], card.owner or "to be named", card.days, card.weeks, card.points, card.due_on,
            ", ".join(need for need, _ in card.needs), ", ".join(card.unlocks), ", ".join(name for name, _, _ in card.lessons),
            reason.rank if reason else None, card.why, reason.now if reason else "",
        ])
    return Sheet("Actions", ("Actions", plan.view.empty or plan.view.gain_words), head, rows, frozen=2)


def _load(plan: Plan) -> Sheet:
    head = columns(("Quarter", 12, "text"), ("Dates", 20, "text"), ("Days there are", 14, "whole"), ("Days planned", 14, "whole"), ("Days done", 12, "whole"), ("Actions", 10, "whole"), ("Note", 40, "long"))
    rows: list[list[Cell]] = [[q.name, q.dates, q.capacity, q.planned, q.done, len(q.cards), q.too_much] for q in plan.view.quarters]
    chart = Chart(
        "column", "Days planned against days there are", f"Columns of days for {len(rows)} quarters.", 0, (3, 2), f"A{len(rows) + 5}", low=0, size=(620, 360),
    )
    return Sheet("Quarters", ("How full are the quarters?",), head, rows, (chart,))


def _left_out(plan: Plan) -> Sheet:
    head = columns(("Action", 10, "text"), ("Title", 44, "text"), ("Points", 8, "whole"), ("Days", 7, "whole"), ("Why not", 90, "long"))
    rows: list[list[Cell]] = [[o.id, o.title, o.points, o.days, o.why] for o in plan.view.left_out]
    return Sheet("Left out", ("What was left out, and why?", plan.view.left_words), head, rows, frozen=2)


def _notes(plan: Plan) -> Sheet:
    rows: list[list[Cell]] = [[name, f"{value}. {means}"] for value, name, means in figures(plan)]
    rows += [["Points", POINTS], ["Index after the plan", CONFIRM], ["Due", f"The Friday of the last week of an action; the plan starts on {day_month(plan.view.starts_on)}."], ["What this is", SELF]]
    return Sheet("Notes", ("What does each number mean?",), columns(("Number", 46, "text"), ("What it means", 110, "long")), rows)
