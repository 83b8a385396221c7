"""A plan as people read it: quarters as columns, an action as a card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from app.content import library
from app.maturity import quarters
from app.maturity.queries.roadmap_stored import AnyPlan
from app.models import PlannedAction
from assessments.improvements import Improvement
from courses.errors import NotInCatalogue

Tag = tuple[str, str, str]
STATE_TAGS: Mapping[str, Tag] = {
    "planned": ("Planned", "", "open"), "in progress": ("In progress", "now", "half"), "blocked": ("Blocked", "bad", "warning"),
    "done": ("Done", "good", "tick"), "dropped": ("Dropped", "", "cross"),
}
ROLE_TAGS: Mapping[str, Tag] = {
    "under way": ("Goes on", "now", "half"),
    "quick win": ("Quick win", "good", "up"), "enabler": ("Opens the way", "line", "arrow"), "gap": ("Closes a gap", "line", ""),
}
Lesson = tuple[str, str, str]


def improvement(model_id: str, action_id: str) -> Improvement | None:
    """The action in the content of this installation, None when it has been taken out."""
    catalogue = library().improvements.get(model_id)
    return catalogue.actions.get(action_id) if catalogue else None


def title_of(model_id: str, action_id: str) -> str:
    """What an action is called; its id when it is no longer in the content."""
    found = improvement(model_id, action_id)
    return found.title if found else action_id


def lessons_of(action: Improvement | None) -> tuple[Lesson, ...]:
    """(id, title, address) of the lessons of an action; the address is '' for a lesson that is not written yet."""
    return lessons_named(action.lessons) if action else ()


def lessons_named(names: Iterable[str]) -> tuple[Lesson, ...]:
    """The same for ids of lessons."""
    return tuple(_lesson(name) for name in names)


def _lesson(name: str) -> Lesson:
    catalogue = library().catalogue
    try:
        lesson = catalogue.lesson(name)
    except NotInCatalogue:
        return (name, _planned_title(name), "")
    return (name, lesson.title, f"/courses/{catalogue.course(lesson.course).slug}/{lesson.slug}/")


def _planned_title(name: str) -> str:
    try:
        return library().catalogue.title_of(name)
    except NotInCatalogue:
        return name


def state_tag(state: str, due_on: date, today: date) -> Tag:
    """The state in a word or two: 'In progress', or '2 weeks behind' while it is open and late."""
    late = quarters.behind(due_on, today) if state in ("planned", "in progress") else ""
    return (late, "care", "clock") if late else STATE_TAGS[state]


@dataclass(frozen=True)
class Card:
    """One action of a plan. `href` is '' where there is no page for it yet; `needs` are (id, is done)."""

    id: str
    title: str
    href: str
    why: str
    days: int
    weeks: int
    points: int
    due_on: date
    owner: str
    tag: Tag
    is_done: bool
    is_live: bool
    needs: tuple[tuple[str, bool], ...]
    unlocks: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    quarter: int
    was: str
    version: int
    bar: tuple[str, str]
    issue: str = ""


@dataclass(frozen=True)
class Quarter:
    """A column: 13 weeks with their capacity, what is planned and what is done, in person-days."""

    name: str
    dates: str
    when: str
    capacity: int
    planned: int
    done: int
    cards: tuple[Card, ...]
    too_much: str


Rows = Mapping[str, tuple[PlannedAction | Row[*tuple[Any, ...]], str]]


def board(saved: AnyPlan, plan: Mapping[str, Any], rows: Rows, slug: str, today: date) -> tuple[Quarter, ...]:
    """The columns of a plan. *rows* holds what has become of its actions, with the owner's name; empty for one never in use."""
    model_id = str(saved.inputs.get("model", ""))
    named = quarters.names(saved.starts_on, saved.horizon)
    now = quarters.quarter_of(saved.starts_on, today)
    done = {name for name, (row, _) in rows.items() if row.state == "done"}
    found = []
    for number, (name, capacity) in enumerate(zip(named, saved.capacity, strict=True), 1):
        entries = [entry for entry in plan["plan"] if stands_in(entry, rows) == number]
        cards = tuple(_card(model_id, saved, plan, entry, rows.get(entry["action"]), done, slug, today) for entry in entries)
        first, last = quarters.span(saved.starts_on, number)
        found.append(Quarter(
            name, f"{first.day} {first:%b} to {last.day} {last:%b}", "past" if number < now else "now" if number == now else "", capacity,
            sum(card.days for card in cards if card.is_live or card.is_done), sum(card.days for card in cards if card.is_done), cards,
            _too_much(cards, capacity, saved.wip),
        ))
    return tuple(found)


def stands_in(entry: Mapping[str, Any], rows: Rows) -> int:
    """The quarter an action stands in now: where it has been moved, else where the plan put it."""
    row = rows.get(entry["action"])
    return row[0].quarter if row else int(entry["quarter"])


def _too_much(cards: tuple[Card, ...], capacity: int, at_a_time: int) -> str:
    """What a quarter holds beyond its limits since actions were moved; '' while it keeps them."""
    counted = [card for card in cards if card.is_live or card.is_done]
    days = sum(card.days for card in counted) - capacity
    over = [f"{days} days more than there are"] if days > 0 else []
    over += [f"{len(counted)} actions where {at_a_time} were allowed"] if len(counted) > at_a_time else []
    return " and ".join(over)


def _card(
    model_id: str, saved: AnyPlan, plan: Mapping[str, Any], entry: Mapping[str, Any], row: tuple[PlannedAction | Row[*tuple[Any, ...]], str] | None,
    done: set[str], slug: str, today: date,
) -> Card:
    name = entry["action"]
    known, figures = improvement(model_id, name), plan["candidates"].get(name, {})
    kept = row[0] if row else None
    due = kept.due_on if kept else quarters.due_on(saved.starts_on, entry["finish_week"])
    return Card(
        id=name, title=known.title if known else name, href=f"/teams/{slug}/roadmap/actions/{name}/" if saved.is_current and kept else "",
        why=known.why if known else "", days=entry["effort"], weeks=figures.get("weeks", 0), points=entry["value"], due_on=due,
        owner=row[1] if row else "", tag=state_tag(kept.state, due, today) if kept else ROLE_TAGS[entry["role"]],
        is_done=bool(kept and kept.state == "done"), is_live=kept is None or kept.state not in ("done", "dropped"),
        needs=tuple((need, need in done) for need in figures.get("needs", ())), unlocks=tuple(entry["unlocks"]), lessons=lessons_of(known),
        quarter=stands_in(entry, {name: row} if row else {}),
        was=quarters.names(saved.starts_on, saved.horizon)[entry["quarter"] - 1] if kept and kept.quarter != entry["quarter"] else "",
        version=kept.version if kept else 0, bar=_bar(saved, due, figures.get("weeks", 0)),
        issue=getattr(kept, "issue", "") or "",  # records of a plan that is not in use know none
    )


def _bar(saved: AnyPlan, due: date, weeks: int) -> tuple[str, str]:
    """Where an action begins on the time line and how long it is, in per cent of the plan."""
    whole = quarters.WEEKS * saved.horizon
    end = min(whole, max(1.0, ((due - saved.starts_on).days + 3) / 7))
    begin = max(0.0, end - weeks)
    return f"{100 * begin / whole:.1f}", f"{100 * (end - begin) / whole:.1f}"
