"""A list of people as CSV, read strictly: every fault with its line, nothing guessed, nothing half.

Pure: bytes and look-ups in, rows and faults out. Who may import whom is decided by the roles the caller offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.ui.sheets import LineFault, NotATable, lines_of, unguarded
from app.ui.text import EMAIL, INVISIBLE, NotText, clean_line, login_key

MOST_ROWS = 5_000
COLUMNS = ("name", "email", "role", "team", "job_title", "role_profile")
LIMITS = {"name": 120, "email": 254, "job_title": 120}
ROLES = {"": "learner", "learner": "learner", "lead": "lead", "mentor": "mentor", "pmo-lead": "pmo-lead", "pmo lead": "pmo-lead", "admin": "admin"}

State = Literal["new", "here", "closed"]


@dataclass(frozen=True)
class RosterRow:
    """Somebody in the list. `state` says whether there is an account already; then nothing happens to it."""

    line: int
    name: str
    email: str
    role: str
    team: str
    job_title: str
    role_profile: str
    state: State


@dataclass(frozen=True)
class Known:
    """What rows are checked against: accounts (closed or not) by sign-in key, teams and role profiles by lower-case name."""

    accounts: Mapping[str, bool] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset({"learner"})


@dataclass(frozen=True)
class Roster:
    """A file that could be read: its rows in order, every fault, and the columns that mean nothing here."""

    separator: str
    rows: tuple[RosterRow, ...]
    faults: tuple[LineFault, ...]
    unknown: tuple[str, ...]

    def of(self, state: State) -> tuple[RosterRow, ...]:
        """The rows whose account is new, here already, or closed."""
        return tuple(row for row in self.rows if row.state == state)


def read_roster(text: str, known: Known) -> Roster:
    """The people of a CSV text with a header line. Raises NotATable when no row can be trusted.

    'name,email' and one line 'Ann,ann@example.org' give one row with state 'new' and role 'learner'."""
    separator, lines = lines_of(text)
    if not lines:
        raise NotATable("There is nothing in it. Put the columns in the first line: name, email, role, team, job_title, role_profile")
    columns, unknown = _columns(lines[0][1])
    body = lines[1:]
    if not body:
        raise NotATable("There is a header but nobody below it. Put one person in each line")
    if len(body) > MOST_ROWS:
        raise NotATable(f"There are {len(body):,} people in it; at most {MOST_ROWS:,} at a time. Split it into two files")
    reader = _Reader(known)
    for line, cells in body:
        if len(cells) != len(columns):
            reader.fault(line, "", f"has {len(cells)} values for {len(columns)} columns")
        else:
            reader.take(line, dict(zip(columns, cells, strict=True)))
    return Roster(separator, tuple(reader.rows), tuple(reader.faults), unknown)


def _columns(header: list[str]) -> tuple[list[str], tuple[str, ...]]:
    names = [cell.strip().casefold().replace("-", "").replace(" ", "_") for cell in header]
    for name in COLUMNS:
        if names.count(name) > 1:
            raise NotATable(f"The column {name} stands twice in the header. Keep one of them")
    for name in ("name", "email"):
        if name not in names:
            raise NotATable(f"The column {name} is missing. The first line names the columns: {', '.join(COLUMNS)}")
    return names, tuple(cell.strip() or "(without a name)" for cell, name in zip(header, names, strict=True) if name not in COLUMNS)


class _Reader:
    """Rows and faults as they are found."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.rows: list[RosterRow] = []
        self.faults: list[LineFault] = []
        self.seen: dict[str, int] = {}

    def fault(self, line: int, column: str, sentence: str) -> None:
        self.faults.append(LineFault(line, column, sentence))

    def _said(self, line: int, column: str) -> bool:
        return any((fault.line, fault.column) == (line, column) for fault in self.faults[-len(COLUMNS):])

    def take(self, line: int, cells: Mapping[str, str]) -> None:
        """Check one line; keep it only when nothing in it is wrong."""
        before = len(self.faults)
        texts = {name: self._text(line, name, cells.get(name, "")) for name in COLUMNS}
        if not texts["name"] and not self._said(line, "name"):
            self.fault(line, "name", "enter a name")
        key = self._email(line, cells.get("email", ""), texts["email"])
        role, team, profile = self._role(line, texts), self._one_of(line, "team", texts, self.known.teams), self._one_of(line, "role_profile", texts, self.known.profiles)
        if len(self.faults) > before:
            return
        state: State = "new" if key not in self.known.accounts else "closed" if self.known.accounts[key] else "here"
        self.rows.append(RosterRow(line, texts["name"], texts["email"], role, team, texts["job_title"], profile, state))

    def _text(self, line: int, column: str, cell: str) -> str:
        cell = unguarded(cell)
        try:
            return clean_line(cell, LIMITS.get(column, 120))
        except NotText as fault:
            self.fault(line, column, str(fault)[:1].lower() + str(fault)[1:])
            return ""

    def _email(self, line: int, typed: str, email: str) -> str:
        key = login_key(email)
        if any(ord(c) in INVISIBLE for c in typed):
            self.fault(line, "email", "holds characters nobody can see; type it again")
        elif not EMAIL.fullmatch(email):
            if not self._said(line, "email"):
                self.fault(line, "email", "enter an e-mail address such as name@example.org")
        elif key in self.seen:
            self.fault(line, "email", f"{email} stands in line {self.seen[key]} already")
        else:
            self.seen[key] = line
        return key

    def _role(self, line: int, texts: Mapping[str, str]) -> str:
        role = ROLES.get(texts["role"].casefold())
        if role is None:
            self.fault(line, "role", f"there is no role {texts['role']}; use {', '.join(sorted(set(ROLES.values())))}")
        elif role not in self.known.roles:
            self.fault(line, "role", f"the role {role} is not yours to give; an administrator can")
        elif role == "lead" and not texts["team"]:
            self.fault(line, "team", "a lead needs a team")
        return role or ""

    def _one_of(self, line: int, column: str, texts: Mapping[str, str], offered: Mapping[str, str]) -> str:
        typed = texts[column]
        found = offered.get(typed.casefold(), "") if typed else ""
        if typed and not found:
            self.fault(line, column, f"there is no {column.replace('_', ' ')} {typed}")
        return found
