"""The time that is left in a course, from words and questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from courses.pace import Left, left_in_all, left_of, words_from
from courses.progress import LessonFacts, lesson_progress
from courses.quiz import Attempt
from tests.courses.values import lesson

BODY = """Two words.

## One heading

::: example A box with a name
Six [words](lesson:C01-1) stand in this box.
:::

## Another

Well-kept, 1,800 and it's.
"""
DAY = date(2026, 11, 2)
PASSED = LessonFacts(DAY, (Attempt(DAY, 4, 5, True),))


@pytest.mark.parametrize(("section", "words"), [(0, 15), (1, 13), (2, 5), (9, 5)])
def test_words_are_counted_from_a_section_on_without_names_of_boxes_and_addresses(section, words):
    assert words_from(replace(lesson("C01-1"), body=BODY), section) == words


def test_a_minute_has_180_words_or_one_question():
    assert [Left(words, questions).minutes for words, questions in ((1800, 5), (0, 0), (1, 0), (0, 2))] == [15, 0, 1, 2]
    assert left_in_all([Left(900, 5), Left(900, 5)]) == Left(1800, 10)


def test_nothing_is_left_of_what_is_done_and_the_check_counts_once():
    one = replace(lesson("C01-1"), body=BODY)
    assert left_of(lesson_progress(one, LessonFacts())) == Left(15, one.quiz.max)
    assert left_of(lesson_progress(one, LessonFacts(DAY)), section=2) == Left(5, one.quiz.max)
    assert left_of(lesson_progress(one, PASSED)) == Left()
    assert left_of(lesson_progress(one, LessonFacts(None, PASSED.attempts))) == Left(15, 0)
