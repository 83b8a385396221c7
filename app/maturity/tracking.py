"""An action and its issue: what the issue says, and which side follows the other. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from app.maturity.action_states import State
from app.tracker import Category, Issue, NewIssue
from assessments.improvements import Improvement

# What an issue may be while the action is in a state; the first that the tracker knows is the one it is brought to.
FITS: Mapping[State, tuple[Category, ...]] = {
    "planned": ("new", "open"), "in progress": ("working", "open"), "blocked": ("working", "open"), "done": ("done",), "dropped": ("done",),
}
BECOMES: Mapping[Category, State] = {"new": "planned", "working": "in progress", "open": "in progress", "done": "done"}
OPENED_THERE = "The issue was opened again, but the action is dropped here. Take the action up again, or close the issue"
LONGEST_TITLE = 250
EVIDENCE = 2000


@dataclass(frozen=True)
class Sides:
    """Both sides now, and as they were when last compared ('' before the first time). Moments are of the last change."""

    ours: State
    ours_before: str
    ours_since: datetime | None
    theirs: Category
    theirs_before: str
    theirs_since: datetime


@dataclass(frozen=True)
class Step:
    """What follows: the issue goes to `push`, or the action to `take`, or neither. `note` is for the lead."""

    push: Category | None = None
    take: State | None = None
    note: str = ""


def settled(sides: Sides, stages: Sequence[Category]) -> Step:
    """The side that changed since the last look leads; when both did, the later change does. Dropping is ours alone.

    The first time, what stands here is written there, unless the issue was closed later than the action last changed."""
    ours, theirs = sides.ours, sides.theirs
    if theirs in FITS[ours]:
        return Step()
    push, take = Step(push=next(stage for stage in FITS[ours] if stage in stages)), Step(take=BECOMES[theirs])
    is_later_here = sides.ours_since is not None and sides.ours_since >= sides.theirs_since
    if not sides.ours_before:
        return take if theirs == "done" and sides.ours_since is not None and not is_later_here else push
    we_changed, they_changed = ours != sides.ours_before, theirs != sides.theirs_before
    if ours == "dropped":
        return push if we_changed else Step(note=OPENED_THERE)
    if we_changed and they_changed:
        return push if is_later_here else take
    return push if we_changed else take if they_changed else Step()


def issue_of(known: Improvement, *, team: str, due_on: date, href: str, marker: str) -> NewIssue:
    """The action as an issue, in plain text that both trackers show as it is. No name of a person and no note is in it."""
    parts = [known.why]
    if known.steps:
        parts.append("What to do:\n\n" + "\n".join(f"{number}. {step}" for number, step in enumerate(known.steps, 1)))
    if known.deliverable:
        parts.append(f"What it delivers: {known.deliverable}")
    if known.evidence:
        parts.append(f"Done when there is: {known.evidence}")
    parts.append(f"From the roadmap of {team} in Cairn. Owner, notes and evidence are there: {href}")
    return NewIssue(marker, f"{known.title} ({known.id})"[:LONGEST_TITLE], "\n\n".join(part for part in parts if part), due_on)


def evidence_with(evidence: str, issue: Issue, tracker: str) -> str:
    """What shows that the action is done, with the issue in its last line, once."""
    if issue.where.href in evidence.split():
        return evidence
    line = f"{issue.where.key} is done in {tracker} ({issue.status}): {issue.where.href}"
    return f"{evidence[:EVIDENCE - len(line) - 1]}\n{line}" if evidence else line


def said_there(issue: Issue, tracker: str) -> str:
    """Why the action moved, for its history: 'PMO-12 is In Review in Jira'."""
    return f"{issue.where.key} is {issue.status} in {tracker}"


def as_state(text: str) -> State:
    """The stored state as the rules take it."""
    return cast(State, text)
