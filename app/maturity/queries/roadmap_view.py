"""A plan with its figures, its proof, what more days would buy and what was left out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.maturity import quarters
from app.maturity.queries.roadmap_ahead import Ahead, ahead
from app.maturity.queries.roadmap_board import Quarter, Rows, board, improvement, title_of
from app.maturity.queries.roadmap_stored import AnyPlan
from app.records.snapshot import Snapshot
from app.ui.filters import SMALL
from app.ui.plots import Line, Plot, plot
from assessments.planning.reasons import improvement_words, percent_more

EMPTY = {
    "at target": "Every item stands at its target already, so there is nothing to lift. Aim further, or measure again.",
    "no capacity": "No useful action fits into the days given. Give a quarter more days and plan again.",
    "no slot": "The plan was allowed no action at a time. Allow at least one and plan again.",
    "no time": "Every useful action takes longer than the plan. Plan further ahead.",
    "all banned": "Every useful action was kept out of this plan.",
}
CODES = {
    "NO_CAPACITY": "for capacity", "NEEDS": "because they need another one first", "WIP": "because all places were taken",
    "ROLE_LIMIT": "because their role has no days left", "DIMENSION_LIMIT": "because their dimension has enough at a time",
    "TOO_LONG_CHAIN": "because they take too long", "BANNED": "because they were kept out",
}
VARIANTS = {"1": 4, "2": 6}
FIRST = 10
FEWEST = 2


@dataclass(frozen=True)
class Bought:
    """What a little more time or room would be worth: one row of the table. `gain` in points."""

    words: str
    days_used: int
    value: int
    gain: int
    index_after: float | None
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    is_proven: bool
    is_now: bool = False
    key: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class Omitted:
    """A useful action that is not in the plan, and why."""

    id: str
    title: str
    points: int
    days: int
    why: str


@dataclass(frozen=True)
class Reason:
    """Why an action is in the plan and in its quarter. `rank` of `among` by points a day; `opens` need it, worth `opens_points`."""

    id: str
    title: str
    quarter: str
    points: int
    days: int
    rank: int
    among: int
    opens: tuple[str, ...]
    opens_points: int
    now: str


@dataclass(frozen=True, eq=False)
class PlanView:
    """Everything a page shows of a worked-out plan; one object as long as nothing of it changes, so its markup is kept with it."""

    number: int
    made_at: datetime
    round_number: int
    adopted_at: datetime | None
    starts_on: date
    settings: str
    quarters: tuple[Quarter, ...]
    actions: int
    lift: float
    ahead: Ahead | None
    days_planned: int
    days_there: int
    days_done: int
    value: int
    greedy: int
    within: str
    empty: str
    notes: tuple[str, ...]
    bought: tuple[Bought, ...]
    curve: Plot | None
    gain_words: str
    reasons: tuple[Reason, ...]
    stability: str
    label: str
    more_words: str
    is_compared: bool
    left_out: tuple[Omitted, ...]
    left_words: str

    @property
    def percent_more(self) -> float | None:
        """How much more the plan is worth than taking the best action first, None where that says nothing."""
        return percent_more(self.value, self.greedy)

    @property
    def first_left_out(self) -> tuple[Omitted, ...]:
        """The most valuable ones."""
        return self.left_out[:FIRST]

    @property
    def busy_words(self) -> str:
        """Which dimension most actions raise, in a sentence."""
        most = self.ahead.busiest if self.ahead else None
        if most is None or self.actions < 2:
            return ""
        below = f", which is {most.target - most.now:.2f} below its target of {most.target}" if most.target and most.now and most.now < most.target else ""
        return f"{sentence_number(most.actions)} of {number_words(self.actions)} actions raise {most.title}{below}. "


def plan_view(
    saved: AnyPlan, round_number: int, figures: Snapshot | None, rows: Rows, slug: str, today: date
) -> PlanView:
    """The page of a plan that is worked out; *rows* as in `board`."""
    plan: Mapping[str, Any] = saved.plan or {}
    model_id = str(saved.inputs.get("model", ""))
    columns = board(saved, plan, rows, slug, today)
    cards = [card for column in columns for card in column.cards]
    counted = [card for card in cards if card.is_live or card.is_done]
    items = [known.item for card in counted if (known := improvement(model_id, card.id))]
    future = ahead(figures, saved.inputs, items)
    start = future.start if future else None
    left = _left_out(plan, model_id, quarters.names(saved.starts_on, saved.horizon))
    bought = _bought(saved, plan, start)
    return PlanView(
        number=saved.number, made_at=saved.created_at, round_number=round_number, adopted_at=saved.adopted_at, starts_on=saved.starts_on,
        settings=settings_words(saved.capacity, saved.wip), quarters=columns, actions=len(counted), lift=plan["lift"], ahead=future,
        days_planned=sum(card.days for card in counted), days_there=sum(saved.capacity), days_done=sum(card.days for card in cards if card.is_done),
        value=plan["value"], greedy=plan["greedy"]["value"], within=_within(plan),
        empty=EMPTY.get(plan.get("reason", ""), "") if not plan["plan"] else "", notes=tuple(plan.get("notes", ())),
        bought=bought, curve=_curve(saved, plan), gain_words=improvement_words(plan["value"], plan["greedy"]["value"]),
        reasons=reasons_in(saved), stability=_stability(saved, plan), label=saved.label,
        more_words=_more_words(bought) if is_compared(saved) else "", is_compared=is_compared(saved),
        left_out=left, left_words=_left_words(plan, left),
    )


def is_compared(saved: AnyPlan) -> bool:
    """Every comparison there is for a plan of its time is stored."""
    return len(saved.sensitivity or ()) >= VARIANTS.get(saved.rules_version, 1)


def settings_words(capacity: Sequence[int], wip: int) -> str:
    """'four quarters with 25 person-days each and four actions at a time'."""
    horizon = f"{number_words(len(capacity))} quarter{'' if len(capacity) == 1 else 's'}"
    days = f"{capacity[0]} person-days each" if len(set(capacity)) == 1 else f"{', '.join(map(str, capacity[:-1]))} and {capacity[-1]} person-days"
    return f"{horizon} with {days} and {number_words(wip)} action{'' if wip == 1 else 's'} at a time"


def number_words(number: int) -> str:
    """4 -> 'four', 16 -> '16'."""
    return SMALL[number] if 0 <= number < len(SMALL) else str(number)


def sentence_number(number: int) -> str:
    """8 -> 'Eight', to begin a sentence."""
    return number_words(number).capitalize()


def _within(plan: Mapping[str, Any]) -> str:
    """'' for a plan that is proven best, else how far off it may be at most: '0.8 %'."""
    if plan["status"] == "optimal" or not plan["bound"]:
        return ""
    reached = plan.get("stability", {}).get("score", plan["value"])
    return f"{math.ceil(1000 * (1 - reached / plan['bound'])) / 10:.1f} %"


def _bought(saved: AnyPlan, plan: Mapping[str, Any], start: float | None) -> tuple[Bought, ...]:
    usual = saved.capacity[0] if len(set(saved.capacity)) == 1 else None

    def index(lift: float) -> float | None:
        return None if start is None else start + lift

    now = f"{usual} days a quarter (now)" if usual is not None else "The days given (now)"
    rows = [Bought(now, plan["effort"], plan["value"], 0, index(plan["lift"]), (), (), plan["status"] == "optimal", True)]
    for entry in saved.sensitivity or ():
        rows.append(Bought(
            _variant_words(entry, usual, saved.wip), entry["effort"], entry["value"], entry["value"] - plan["value"], index(entry["lift"]),
            tuple(entry["added"]), tuple(entry["dropped"]), entry["status"] == "optimal",
            key=(entry["days"], entry["at_a_time"], entry.get("quarters", 0)),
        ))
    return tuple(rows)


def _variant_words(entry: Mapping[str, Any], usual: int | None, wip: int) -> str:
    if entry.get("quarters"):
        return "One more quarter like the last"
    if entry["at_a_time"]:
        at_a_time = f"{number_words(wip + entry['at_a_time'])} at a time"
        return f"{usual} days, {at_a_time}" if usual is not None else f"The same days, {at_a_time}"
    more = f"{number_words(entry['days'])} more"
    return f"{usual + entry['days']} days, {more}" if usual is not None else f"{more.capitalize()} in each quarter"


def _more_words(rows: Sequence[Bought]) -> str:
    """The table in a sentence."""
    one, five, more_at_a_time = (next(row for row in rows if row.key == key) for key in ((1, 0, 0), (5, 0, 0), (0, 1, 0)))
    longer = next((row for row in rows if row.key == (0, 0, 1)), None)
    if not any(row.gain > 0 for row in rows):
        return "Nothing: neither more days nor one more action at a time would add points."
    days = f"One more day a quarter is worth {_points(one)}; five more days {_points(five)}."
    later = f" One more quarter adds {_points(longer)}." if longer else ""
    return f"{days} One more action at a time adds {_points(more_at_a_time)} without any more days.{later}"


def _curve(saved: AnyPlan, plan: Mapping[str, Any]) -> Plot | None:
    """Points gained over more days a quarter; None until there are three to join."""
    known = [(0, 0), *((e["days"], max(0, e["value"] - plan["value"])) for e in saved.sensitivity or () if e["days"])]
    marks = [(float(days), f"+{days}" if days else "now") for days, _ in known]
    return plot([Line("now", "Points more than now", tuple(known))], marks) if len(known) > FEWEST else None


def reasons_in(saved: AnyPlan) -> tuple[Reason, ...]:
    """A line for each chosen action, in the order of the plan; none for plans made before reasons were kept."""
    plan: Mapping[str, Any] = saved.plan or {}
    model_id, named = str(saved.inputs.get("model", "")), quarters.names(saved.starts_on, saved.horizon)
    found = []
    for entry in plan.get("plan", ()):
        why = plan.get("why", {}).get(entry["action"])
        if why:
            found.append(Reason(
                entry["action"], title_of(model_id, entry["action"]), named[entry["quarter"] - 1], entry["value"], entry["effort"], why["rank"], why["among"],
                tuple(why["opens"]), why["opens_points"], in_calendar(why["now"], named),
            ))
    return tuple(found)


def _stability(saved: AnyPlan, plan: Mapping[str, Any]) -> str:
    """How many actions stay where they were, and what that was worth; '' where it did not count."""
    keep = saved.inputs.get("keep", {})
    if not keep:
        return ""
    places = {entry["action"]: entry["quarter"] for entry in plan["plan"]}
    stay = sum(places.get(name) == quarter for name, quarter in keep.items())
    return f"{stay} of {len(keep)} actions stay in the quarter they had; staying counts {saved.inputs.get('keep_points', 0)} points each."


def _points(row: Bought) -> str:
    return "nothing" if row.gain <= 0 else "1 point" if row.gain == 1 else f"{row.gain:,} points"


def _left_out(plan: Mapping[str, Any], model_id: str, named: Sequence[str]) -> tuple[Omitted, ...]:
    """The useful ones, the most valuable first, then by id; enablers that open nothing are not listed."""
    rows = []
    for entry in plan["left_out"]:
        figures = plan["candidates"].get(entry["action"], {})
        if figures.get("value"):
            why = in_calendar(entry["detail"], named)
            rows.append(Omitted(entry["action"], title_of(model_id, entry["action"]), figures["value"], figures["effort"], why))
    return tuple(sorted(rows, key=lambda row: (-row.points, row.id)))


def in_calendar(words: str, named: Sequence[str]) -> str:
    """'quarter 2' by the name people give it: 'Q4 2026'."""
    def name(found: re.Match[str]) -> str:
        number = int(found[1])
        return named[number - 1] if 0 < number <= len(named) else found[0]

    return re.sub(r"\b[Qq]uarter (\d+)", name, words)


def _left_words(plan: Mapping[str, Any], left: Sequence[Omitted]) -> str:
    useful = {row.id for row in left}
    counts = {code: sum(entry["code"] == code and entry["action"] in useful for entry in plan["left_out"]) for code in CODES}
    if not left:
        return "Nothing: every useful action is in the plan."
    if len(left) == 1:
        return "One useful action did not make it."
    reasons = [f"{number} {CODES[code]}" for code, number in counts.items() if number]
    return f"{sentence_number(len(left))} useful actions did not make it: {', '.join(reasons)}."
