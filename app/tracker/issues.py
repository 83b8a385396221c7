"""What Cairn wants of a tracker, whichever it is: find, make, look at and move one issue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

LABEL, DROPPED_LABEL = "cairn", "cairn-dropped"
Category = Literal["new", "working", "open", "done"]


class Trouble(Exception):
    """The tracker itself cannot be worked with now; everything waits, *wait* at least where it said so."""

    def __init__(self, sentence: str, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class NotTaken(Exception):
    """The tracker does not take this one thing. `fields` are those it objects to, where it says so."""

    def __init__(self, sentence: str, fields: frozenset[str] = frozenset()) -> None:
        super().__init__(sentence)
        self.fields = fields


class NotThere(NotTaken):
    """There is no such thing, or the token may not see it."""


class WrongProject(ValueError):
    """What was typed cannot be a project of this tracker."""


@dataclass(frozen=True)
class NewIssue:
    """An action as it is written into a tracker. By `marker` the issue is found again."""

    marker: str
    title: str
    text: str
    due_on: date


@dataclass(frozen=True)
class IssueRef:
    """Which issue it is: `ref` for the machine (it outlives a move between projects in Jira), `key` and `href` for people."""

    ref: str
    key: str
    href: str


@dataclass(frozen=True)
class Issue:
    """An issue as it stands: how far it is, the word the tracker has for that, and since when."""

    where: IssueRef
    category: Category
    status: str
    since: datetime


class Tracker(Protocol):
    """One tracker. `stages` are the categories it tells apart. Every call can raise Trouble, NotTaken and NotThere."""

    stages: tuple[Category, ...]

    def check(self, project: str) -> str:
        """The name of the project, after making sure that issues can be made and moved in it."""
        ...

    def find(self, project: str, marker: str) -> IssueRef | None:
        """The issue that carries the marker, whoever made it and however it stands."""
        ...

    def create(self, project: str, issue: NewIssue) -> IssueRef:
        """A new issue. It is made even where the project knows no due dates."""
        ...

    def look(self, project: str, ref: str) -> Issue:
        """The issue as it stands now."""
        ...

    def change(self, project: str, ref: str, *, due_on: date, is_dropped: bool) -> None:
        """Write the due date, and whether the action was dropped, as a label. Doing it twice does nothing more."""
        ...

    def move(self, project: str, ref: str, to: Category) -> None:
        """Bring the issue into a status of this category."""
        ...


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Whatever an answer lacks inside becomes Trouble: it is not the tracker it should be."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as fault:
        raise Trouble(f"{name} answered something that could not be read; check that CAIRN_TRACKER_URL leads to it") from fault
