"""Looks before trusting: what may be odd about a sheet of a named round. Nothing is ever deleted for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessments.answers import AnswerSheet
from assessments.questionnaire import Questionnaire

QualityKind = Literal["same answer", "fast", "contradiction"]

SAME_IN_A_ROW = 20
SECONDS_AN_ITEM = 4
CONTRADICTIONS = (("MTH-5", "MTH-1", 2),)
"""The first item cannot sensibly stand this many levels above the second."""


@dataclass(frozen=True, slots=True)
class QualityFlag:
    """One oddity of one respondent's sheet, with a sentence to show beside it."""

    respondent: str
    kind: QualityKind
    sentence: str


def quality_flags(
    questionnaire: Questionnaire, sheet: AnswerSheet, seconds: float | None = None
) -> tuple[QualityFlag, ...]:
    """Oddities of a sheet: 20 equal answers in a row, under 4 s an item, pairs that contradict each other.

    `seconds` is how long the respondent had the questions open, if that is known.
    """
    found = []
    values = sheet.values()
    if _longest_run(questionnaire, sheet) >= SAME_IN_A_ROW:
        found.append(QualityFlag(sheet.respondent, "same answer", "The same answer 20 times in a row."))
    if seconds is not None and sheet.answers and seconds < SECONDS_AN_ITEM * len(sheet.answers):
        found.append(QualityFlag(sheet.respondent, "fast", "Less than four seconds an item."))
    for upper, lower, apart in CONTRADICTIONS:
        if upper in values and lower in values and values[upper] - values[lower] >= apart:
            sentence = f"{upper} stands {values[upper] - values[lower]} levels above {lower}."
            found.append(QualityFlag(sheet.respondent, "contradiction", sentence))
    return tuple(found)


def _longest_run(questionnaire: Questionnaire, sheet: AnswerSheet) -> int:
    longest, run, last = 0, 0, None
    for item in questionnaire.items:
        answer = sheet.answers.get(item.id)
        code = None if answer is None else answer.code
        run = run + 1 if code is not None and code == last else int(code is not None)
        last = code
        longest = max(longest, run)
    return longest
