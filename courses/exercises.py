"""The exercise of a course that somebody else reads: what is asked, how it is judged, and who may judge it.

A reviewer chooses one level for each criterion. An exercise is accepted when no criterion is on the lowest level; it is
returned with a remark wherever something has to change, and may be handed in again as often as it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

LEVEL_NAMES = ("Not yet", "Good enough", "Strong")
LOWEST = 1
Why = Literal["your mentor", "leads your team", "has passed it", "PMO lead"]
_ORDER: tuple[Why, ...] = ("your mentor", "leads your team", "has passed it", "PMO lead")


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked at. `levels` says in words what each of the three levels looks like, lowest first."""

    id: str
    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Exercise:
    """What is asked for, in about `minutes` minutes of work, with four to six criteria. `lesson` is the one it belongs to."""

    title: str
    task: str
    minutes: int
    lesson: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Review:
    """What a reviewer says: a level and perhaps a remark by criterion, a summary, and whether it is accepted."""

    levels: Mapping[str, int]
    remarks: Mapping[str, str]
    summary: str
    accepts: bool


@dataclass(frozen=True)
class Reviewer:
    """Somebody who may be asked, with the reason."""

    person: int
    name: str
    why: Why


def review_problems(exercise: Exercise, review: Review) -> tuple[tuple[str, str], ...]:
    """(criterion, sentence) of everything that keeps a review from being given; '' for the review as a whole.

    With levels {"a": 1, "b": 2} nothing can be accepted: ("a", "... it is on the lowest level"). Returned, a needs a remark."""
    found = []
    for one in exercise.criteria:
        level = review.levels.get(one.id)
        if level is None or not LOWEST <= level <= len(one.levels):
            found.append((one.id, f"Choose a level for {one.name}"))
        elif level == LOWEST and review.accepts:
            found.append((one.id, f"{one.name} is on the lowest level. Return the exercise, or choose a higher level"))
        elif level == LOWEST and not review.remarks.get(one.id):
            found.append((one.id, f"Say what has to change in {one.name}"))
    if not review.accepts and not review.summary and not any(review.remarks.values()):
        found.append(("", "Say what has to change before you return the exercise"))
    return tuple(found)


def reviewers(author: int, known: Iterable[Reviewer]) -> tuple[Reviewer, ...]:
    """Who may review an exercise of *author*: the own mentor, a lead of the own team, a colleague who has passed it.

    Each once, with the first reason in that order, then by name; never the author. A PMO lead is asked only where there is
    nobody else, so that a certificate never hangs on a team of one.
    Mentor 7 who also leads the team and PMO lead 9 give 7, "your mentor", alone."""
    best: dict[int, Reviewer] = {}
    for one in sorted(known, key=lambda r: _ORDER.index(r.why)):
        if one.person != author:
            best.setdefault(one.person, one)
    near = [one for one in best.values() if one.why != "PMO lead"]
    return tuple(sorted(near or best.values(), key=lambda r: (_ORDER.index(r.why), r.name.lower(), r.person)))
