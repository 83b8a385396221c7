"""Questions and mistakes people bring up in a lesson: who may settle them, who says what helped, how much somebody writes a day."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["question", "mistake"]
MOST_A_DAY = 30


@dataclass(frozen=True)
class Standing:
    """How somebody stands to what was asked: they asked it themselves, or they look after the lesson."""

    asked_it: bool
    looks_after: bool


def may_say_what_helped(standing: Standing) -> bool:
    """Whoever asked knows best what helped; those who look after the lesson may say it for them."""
    return standing.asked_it or standing.looks_after


def may_settle(kind: Kind, standing: Standing) -> bool:
    """A question is settled by whoever asked it, a mistake by those who can put the lesson right; they may settle both.

    A learner who reports a mistake cannot settle it; one who has found the answer in the meantime can settle the question."""
    return standing.looks_after or (standing.asked_it and kind == "question")


def settles(kind: Kind) -> bool:
    """Whether an answer that helped settles it: a question yes; a mistake stays in the lesson until somebody puts it right."""
    return kind == "question"


def may_write_more(today: int) -> bool:
    """Whether somebody who has written so many questions and answers in a day may write another: the thirtieth yes, the next no."""
    return today < MOST_A_DAY
