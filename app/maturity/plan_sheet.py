"""The table of a plan, sent back with other states, owners and days: what would change, and what was not understood. Pure.

The template is the table a plan is taken away as. A row may take several steps at once (planned to done); what the steps
ask for has to stand in the row. Empty cells of state, day, reason and evidence leave what is there; an empty owner is nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.maturity.action_states import MOVES, Move
from app.ui.fields import ISO_DAY
from app.ui.sheets import LineFault, NotATable, lines_of, unguarded
from app.ui.text import NotText, clean_line

READ = ("action", "state", "due", "owner", "reason", "evidence")
LIMITS = {"reason": 500, "evidence": 2000}
LABELS = {"state": "State", "due": "Due", "owner": "Owner", "reason": "Reason", "evidence": "Evidence"}
STATES = ("planned", "in progress", "blocked", "done", "dropped")
STARTED = ("in progress", "blocked", "done")
MOST_ROWS = 5_000
YEARS_AHEAD = 20


@dataclass(frozen=True)
class Standing:
    """An action as the plan has it now."""

    title: str
    state: str
    due: date
    owner: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class KnownPlan:
    """What rows are checked against: the actions, the members by lower-case name (None for a name two people have), the first day."""

    actions: Mapping[str, Standing]
    members: Mapping[str, int | None]
    starts_on: date
    today: date


@dataclass(frozen=True)
class Change:
    """What one row changes: `values` by column of the table, `words` as (what, before, after), `way` the steps of its state.

    `reason` is what the row says; it is among the values only where the state keeps it."""

    line: int
    action: str
    title: str
    values: Mapping[str, str | date]
    owner_id: int | None
    reason: str
    way: tuple[Move, ...]
    words: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class PlanSheet:
    """A table that could be read."""

    changes: tuple[Change, ...]
    faults: tuple[LineFault, ...]
    unknown: tuple[str, ...]
    same: int


def way(before: str, after: str) -> tuple[Move, ...]:
    """The fewest steps from one state to another, () when they are the same.

    way('planned', 'done') is start, finish; way('done', 'dropped') is reopen, drop."""
    ways: dict[str, tuple[Move, ...]] = {before: ()}
    while after not in ways:
        ways = {move.after: (*taken, move) for state, taken in ways.items() for move in MOVES.values() if state in move.before} | ways
    return ways[after]


def read_plan_sheet(text: str, known: KnownPlan, columns: Sequence[str]) -> PlanSheet:
    """What a table would change. *columns* are those an export has: others are named. Raises NotATable when no row can be trusted."""
    _, lines = lines_of(text)
    if not lines:
        raise NotATable("There is nothing in it. Take the plan away as a table, change it, and send that")
    header = [cell.strip().casefold() for cell in lines[0][1]]
    for name in READ:
        if header.count(name) > 1:
            raise NotATable(f"The column {name.capitalize()} stands twice in the header. Keep one of them")
    if "action" not in header:
        raise NotATable("The column Action is missing. The first line names the columns, as in the table a plan is taken away as")
    if len(lines) - 1 > MOST_ROWS:
        raise NotATable(f"There are {len(lines) - 1:,} lines in it; at most {MOST_ROWS:,} can be read")
    exported = {name.casefold() for name in columns}
    reader = _Reader(known)
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            reader.fault(line, "", f"has {len(cells)} values for {len(header)} columns")
        else:
            reader.take(line, dict(zip(header, (unguarded(cell) for cell in cells), strict=True)))
    unknown = tuple(cell.strip() or "(without a name)" for cell, name in zip(lines[0][1], header, strict=True) if name not in exported)
    return PlanSheet(tuple(reader.changes), tuple(reader.faults), unknown, reader.same)


@dataclass
class _Reader:
    """Changes and faults as they are found."""

    known: KnownPlan
    changes: list[Change] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    same: int = 0

    def fault(self, line: int, column: str, sentence: str) -> None:
        self.faults.append(LineFault(line, column, sentence))

    def take(self, line: int, cells: Mapping[str, str]) -> None:
        """Check one line; keep what it changes only when nothing in it is wrong."""
        before = len(self.faults)
        name = cells["action"].strip()
        stands = self.known.actions.get(name)
        if stands is None:
            return self.fault(line, "Action", f"{name[:60]} is not an action of the plan in use" if name else "names no action")
        if name in self.seen:
            return self.fault(line, "Action", f"{name} stands in line {self.seen[name]} already")
        self.seen[name] = line
        texts = {column: self._text(line, column, cells.get(column, "")) for column in LIMITS}
        values: dict[str, str | date] = {column: text for column, text in texts.items() if text and text != getattr(stands, column)}
        state = self._state(line, cells.get("state", ""), stands)
        due, (owner, owner_id) = self._due(line, cells.get("due", ""), stands), self._owner(line, cells, stands)
        values |= {key: value for key, value in (("state", state), ("due", due), ("owner", owner)) if value != getattr(stands, key)}
        steps = way(stands.state, state)
        self._ask(line, stands, texts, values, steps)
        if not (steps[-1].asks == "reason" if steps else state in ("blocked", "dropped")):
            values.pop("reason", None)
        if len(self.faults) > before:
            return None
        if not values:
            self.same += 1
            return None
        words = tuple((LABELS[key], _shown(getattr(stands, key)), _shown(values[key])) for key in LABELS if key in values)
        self.changes.append(Change(line, name, stands.title, values, owner_id, texts["reason"], steps, words))
        return None

    def _needs_reason(self, stands: Standing, values: Mapping[str, object], steps: Sequence[Move]) -> bool:
        moved = bool({"due", "owner"} & values.keys()) and stands.state in STARTED
        return moved or any(move.asks == "reason" for move in steps)

    def _ask(self, line: int, stands: Standing, texts: Mapping[str, str], values: Mapping[str, object], steps: Sequence[Move]) -> None:
        if any(move.asks == "evidence" for move in steps) and not (texts["evidence"] or stands.evidence):
            self.fault(line, "Evidence", "say what shows that it is done")
        asking = [move for move in steps if move.asks == "reason"]
        if asking and not texts["reason"]:
            self.fault(line, "Reason", f"say why it is {asking[-1].after if asking[-1].name != 'reopen' else 'opened again'}")
        elif self._needs_reason(stands, values, steps) and not texts["reason"]:
            self.fault(line, "Reason", "say why owner or day change: the action has been started")

    def _text(self, line: int, column: str, cell: str) -> str:
        try:
            return clean_line(cell, LIMITS[column])
        except NotText as fault:
            self.fault(line, LABELS[column], str(fault)[:1].lower() + str(fault)[1:])
            return ""

    def _state(self, line: int, cell: str, stands: Standing) -> str:
        state = " ".join(cell.casefold().split())
        if state and state not in STATES:
            self.fault(line, "State", f"there is no state {cell.strip()[:60]}; use {', '.join(STATES)}")
        return state if state in STATES else stands.state

    def _due(self, line: int, cell: str, stands: Standing) -> date:
        typed = cell.strip()
        if not typed:
            return stands.due
        try:
            day = date.fromisoformat(typed) if ISO_DAY.fullmatch(typed) else None
        except ValueError:
            day = None
        if day is None:
            self.fault(line, "Due", "write the day as 2026-11-27")
        elif day != stands.due and not self.known.starts_on <= day <= date(self.known.today.year + YEARS_AHEAD, 12, 31):
            self.fault(line, "Due", f"choose a day from {self.known.starts_on.isoformat()}, the start of the plan, to {self.known.today.year + YEARS_AHEAD}")
        return day or stands.due

    def _owner(self, line: int, cells: Mapping[str, str], stands: Standing) -> tuple[str, int | None]:
        typed = " ".join(cells.get("owner", stands.owner).split())
        if typed == stands.owner or not typed:
            return typed, None
        found = self.known.members.get(typed.casefold())
        if typed.casefold() not in self.known.members:
            self.fault(line, "Owner", f"{typed[:60]} is not in the team")
        elif found is None:
            self.fault(line, "Owner", f"two people are called {typed[:60]}; choose the owner on the page of the action")
        return typed, found


def _shown(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else value
