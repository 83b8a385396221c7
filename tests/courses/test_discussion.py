"""Who settles what was asked below a lesson, and who says what helped."""

from __future__ import annotations

import pytest

from courses.discussion import MOST_A_DAY, Standing, may_say_what_helped, may_settle, may_write_more, settles


@pytest.mark.parametrize(("asked_it", "looks_after", "question", "mistake"), [
    (False, False, False, False), (True, False, True, False), (False, True, True, True), (True, True, True, True),
])
def test_a_question_is_settled_by_its_asker_and_a_mistake_by_those_who_can_put_it_right(asked_it, looks_after, question, mistake):
    standing = Standing(asked_it, looks_after)
    assert (may_settle("question", standing), may_settle("mistake", standing)) == (question, mistake)
    assert may_say_what_helped(standing) == (asked_it or looks_after)


def test_an_answer_that_helped_settles_a_question_alone():
    assert (settles("question"), settles("mistake")) == (True, False)


def test_thirty_posts_a_day_and_no_more():
    assert MOST_A_DAY == 30
    assert (may_write_more(29), may_write_more(30)) == (True, False)
