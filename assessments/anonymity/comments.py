"""Where free-text comments may be shown: at the lowest unit with enough answers, else further up, else not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.anonymity.response import least_for_comments
from assessments.anonymity.units import UnitTree

LEAST_COMMENTS = 3


def placed(
    tree: UnitTree,
    answers: Mapping[str, Mapping[str, int]],
    comments: Sequence[tuple[str, str, str]],
    k: int,
) -> dict[str, str | None]:
    """The unit each comment is shown at, None for nowhere, by comment id (R15).

    `answers` holds for each published unit the n of each item shown there; `comments` are (id, item, team). A unit
    shows the comments of an item if the item has max(8, k + 3) answers there and at least three comments that no
    unit below shows; the others move up. Teams of 9 with 3 comments and of 9 with 1, k = 5: the first shows its own
    three; the one of the second moves up and stays hidden unless two more join it there.
    """
    waiting: dict[tuple[str, str], list[str]] = {}
    for comment, item, team in comments:
        waiting.setdefault((team, item), []).append(comment)
    found: dict[str, str | None] = {}
    for unit in sorted(tree.units, key=lambda unit: -len(tree.way_up(unit.id))):
        for item in dict.fromkeys(item for at, item in waiting if at == unit.id):
            here = waiting.pop((unit.id, item))
            enough = answers.get(unit.id, {}).get(item, 0) >= least_for_comments(k)
            if enough and len(here) >= LEAST_COMMENTS:
                found.update(dict.fromkeys(here, unit.id))
            elif unit.parent is None:
                found.update(dict.fromkeys(here))
            else:
                waiting.setdefault((unit.parent, item), []).extend(here)
    return found
