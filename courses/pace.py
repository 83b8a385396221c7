"""How long a course still takes, from the words that are left to read and the questions that are left to answer.

A slow, attentive reader takes in 180 words of a text with examples a minute; a question with its reasons takes one minute.
Exercises are not counted: some people do them in their heads, some at their desks over a week.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from courses.catalogue import Lesson
from courses.progress import LessonProgress

WORDS_A_MINUTE = 180
QUESTIONS_A_MINUTE = 1

_SECTION = re.compile(r"^## ", re.MULTILINE)
_FENCE = re.compile(r"^:{3,}.*$", re.MULTILINE)
_TARGET = re.compile(r"\]\([^)]*\)")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")


@dataclass(frozen=True)
class Left:
    """What is left to do: words to read and questions to answer."""

    words: int = 0
    questions: int = 0

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up: 1,800 words and 5 questions are 15."""
        return -(-self.words // WORDS_A_MINUTE) + -(-self.questions // QUESTIONS_A_MINUTE)


def words_from(lesson: Lesson, section: int = 0) -> int:
    """Words of a lesson from its section with this number on; 0 is the very beginning, 1 the first heading.

    Names of boxes and addresses of links are no words. A number past the last section counts as the last one."""
    left = _words_from_each(lesson.body)
    return left[min(section, len(left) - 1)]


@lru_cache(maxsize=4096)
def _words_from_each(body: str) -> tuple[int, ...]:
    """The words from each section on to the end; counted once, for every page of learning asks."""
    parts = _SECTION.split(_TARGET.sub("]", _FENCE.sub("", body)))
    counted = [len(_WORD.findall(part)) for part in parts]
    return tuple(sum(counted[section:]) for section in range(len(counted)))


def left_of(progress: LessonProgress, section: int = 0) -> Left:
    """What is left of one lesson: nothing once it is done; the check alone is left out where it is passed already.

    *section* is where reading stopped, as in `words_from`."""
    if progress.state == "done":
        return Left()
    passed = progress.best is not None and progress.best.passed
    return Left(words_from(progress.lesson, section), 0 if passed else progress.lesson.quiz.max)


def left_in_all(parts: Iterable[Left]) -> Left:
    """The sum: 900 words and 5 questions, and 900 words and 5 questions, are 1,800 words and 10 questions."""
    listed = tuple(parts)
    return Left(sum(part.words for part in listed), sum(part.questions for part in listed))
