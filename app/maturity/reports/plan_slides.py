"""A plan as slides: one page for the committee, and the picture of where it leads where that may be shown."""

from __future__ import annotations

from app.documents.slides import LEFT, RIGHT, Chart, Slide, Table, Words, deck
from app.maturity.reports.plan_words import CONFIRM, POINTS, Plan, figures, gains, load, origin
from app.ui.filters import count, half_up, rounded, sentence

PER_QUARTER = 5
"""Actions of a quarter with room on the page; the report has the rest."""


def plan_slides(plan: Plan) -> bytes:
    """The plan as a PPTX file of one or two slides."""
    return deck(plan.title, [_page(plan), *_ahead(plan)], plan.title)


def _page(plan: Plan) -> Slide:
    v = plan.view
    parts: list[Words] = []
    shown = v.quarters[:4]
    gap, top = 0.2, 1.7
    longest = max((len(q.cards) for q in shown), default=0)
    each = (11.93 - gap * (len(shown) - 1)) / len(shown)
    for place, quarter in enumerate(shown):
        cards = [f"- {card.title} ({count(card.days, 'day', words=False)}{', ' + card.tag[0].lower() if card.is_done or not card.is_live else ''})" for card in quarter.cards]
        more = [f"and {len(cards) - PER_QUARTER} more"] if len(cards) > PER_QUARTER else []
        lines = (f"# {quarter.name}", load(v, place), *(cards[:PER_QUARTER] or ["Nothing is planned here."]), *more)
        parts.append(Words(lines, (0.7 + place * (each + gap), top, each, 3.7), 14 if longest <= 4 else 12))
    later = f" {count(len(v.quarters) - 4, 'more quarter')} in the report." if len(v.quarters) > 4 else ""
    below = [f"{value} {name[:1].lower()}{name[1:]}: {means}" for value, name, means in figures(plan)]
    parts.append(Words((f"# What it promises{':' + later if later else ''}", *below, f"Left out: {v.left_words}"), (0.7, 5.45, 11.93, 1.45), 13))
    most = v.busy_words.strip() or v.empty or "What is needed first stands before what needs it."
    title = f"{sentence(count(v.actions, 'action'))} in {count(len(v.quarters), 'quarter')}: {most[:1].lower()}{most[1:]}"
    return Slide(title, tuple(parts), f"{origin(plan)}\n{POINTS}\n{CONFIRM}\n{v.gain_words} {v.stability}".strip())


def _ahead(plan: Plan) -> list[Slide]:
    ahead = plan.view.ahead
    if ahead is None or ahead.now is None:
        return []
    rows = ahead.dimensions
    chart = Chart(
        "radar", tuple(d.id for d in rows),
        (("After the plan", tuple(_two(d.after) for d in rows)), ("Target", tuple(None if d.target is None else float(d.target) for d in rows)), ("Now", tuple(_two(d.now) for d in rows))),
        "Radar: index now, after the plan, and target. The table beside it has the numbers.", LEFT, "0", 5, 0,
    )
    lines = tuple((d.id, d.title, str(d.actions), rounded(d.now), rounded(d.after), str(d.target or "–")) for d in rows)
    table = Table(("", "Dimension", "Actions", "Now", "After", "Target"), lines, (0.62, 2.5, 0.85, 0.68, 0.7, 0.75), "Index of each dimension now, after the plan, and its target", RIGHT, 14, frozenset({2, 3, 4, 5}))
    return [Slide(gains(plan.view), (chart, table), f"Every action lifts its item by one level. {CONFIRM}")]


def _two(value: float | None) -> float | None:
    return None if value is None else float(half_up(value))
