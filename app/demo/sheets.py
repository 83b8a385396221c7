"""Answers of a team that come out near an intended profile; the same seed gives the same answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from assessments.questionnaire import Dimension, Questionnaire

SPREAD, OPEN_SHARE = 0.35, 0.02
CLOSE, LITTLE = 0.04, 0.05
LOWEST, HIGHEST = 1, 5
MOST_MOVES = 2000
Levels = dict[str, list[int | None]]


def sheets_near(model: Questionnaire, profile: Mapping[str, float], respondents: int, seed: str) -> list[dict[str, str]]:
    """One sheet of answer codes per respondent. The index of each dimension is within 0.05 of the profile.

    A profile of 1.0 gives level 1 throughout; about one answer in fifty is "don't know"."""
    random = Random(seed)
    lean = [random.gauss(0, SPREAD) for _ in range(respondents)]
    sheets: list[dict[str, str]] = [{} for _ in range(respondents)]
    for dimension in model.dimensions:
        for item, levels in _levels(dimension, profile[dimension.id], lean, random).items():
            for sheet, level in zip(sheets, levels, strict=True):
                sheet[item] = "DK" if level is None else str(level)
    return sheets


def sheets_after(model: Questionnaire, before: Sequence[Mapping[str, str]], lift: Mapping[str, float], seed: str) -> list[dict[str, str]]:
    """What the same people answer later: single answers move by one level until the index of each dimension has moved by its lift."""
    random = Random(seed)
    sheets = [dict(sheet) for sheet in before]
    for dimension in model.dimensions:
        levels: Levels = {item.id: [int(sheet[item.id]) if sheet[item.id].isdigit() else None for sheet in sheets] for item in dimension.all_items()}
        _nudge(levels, _index(levels) + lift.get(dimension.id, LITTLE), random)
        for item, row in levels.items():
            for sheet, level in zip(sheets, row, strict=True):
                sheet[item] = sheet[item] if level is None else str(level)
    return sheets


def _levels(dimension: Dimension, wanted: float, lean: list[float], random: Random) -> Levels:
    found: Levels = {}
    for item in dimension.all_items():
        offset = random.gauss(0, SPREAD)
        row: list[int | None] = [_clipped(round(wanted + offset + own + random.gauss(0, SPREAD))) for own in lean]
        if len(lean) > 1 and random.random() < OPEN_SHARE * len(lean):
            row[random.randrange(len(lean))] = None
        found[item.id] = row
    _nudge(found, wanted, random)
    return found


def _nudge(levels: Levels, wanted: float, random: Random) -> None:
    """Move single answers by one level until the mean of the item means is close to what is wanted.

    With one or two people a level may be too large a step to come closer; it ends then as well."""
    wanted = max(LOWEST, min(HIGHEST, wanted))
    window = max(CLOSE, 0.5 / sum(len(row) for row in levels.values()))
    for _ in range(MOST_MOVES):
        missing = wanted - _index(levels)
        if abs(missing) <= window:
            return
        step = 1 if missing > 0 else -1
        places = [(item, at) for item, row in levels.items() for at, level in enumerate(row) if level is not None and LOWEST <= level + step <= HIGHEST]
        item, at = random.choice(places)
        levels[item][at] = (levels[item][at] or 0) + step


def _index(levels: Levels) -> float:
    means = [sum(known) / len(known) for row in levels.values() if (known := [level for level in row if level is not None])]
    return sum(means) / len(means)


def _clipped(level: int) -> int:
    return max(LOWEST, min(HIGHEST, level))
