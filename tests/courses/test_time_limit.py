"""Time limits: how long somebody has, when a try ends, what still counts, and what is wrong with a limit in a file."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.reading import read_quiz
from courses.time_limit import SHARES, end_of, extra_in, limit_words, minutes_for, phase, share_of

BEGUN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
QUIZ = """pass_mark: 1
minutes: 20
questions:
- {id: q1, type: true-false, text: It is., answer: true, feedback: {"true": "Yes.", "false": "No."}}
"""


@pytest.mark.parametrize(
    ("minutes", "extra", "mine"), [(20, 0, 20), (25, 50, 38), (20, 25, 25), (20, 100, 40), (20, None, None), (None, 50, None), (None, None, None)]
)
def test_extra_time_is_rounded_up_to_whole_minutes(minutes, extra, mine):
    assert minutes_for(minutes, extra) == mine


@pytest.mark.parametrize(
    ("seconds", "stands"), [(0, "running"), (1199, "running"), (1200, "closing"), (1219, "closing"), (1220, "over"), (99999, "over")]
)
def test_what_is_on_its_way_has_twenty_seconds(seconds, stands):
    assert phase(end_of(BEGUN, 20), BEGUN + timedelta(seconds=seconds)) == stands


def test_without_a_limit_nothing_ends():
    assert end_of(BEGUN, None) is None
    assert phase(None, BEGUN + timedelta(days=400)) == "running"


@pytest.mark.parametrize(
    ("minutes", "extra", "words"),
    [
        (None, 50, "No limit. Your answers"), (20, 0, "20 minutes. The server counts"), (20, 50, "30 minutes, 20 and your 50 % of extra time. The server"),
        (20, None, "No limit for you, where others have 20 minutes."),
    ],
)
def test_the_limit_is_told_before_the_start(minutes, extra, words):
    assert limit_words(minutes, extra).startswith(words)


def test_each_share_reads_back():
    assert [share_of(extra_in(share)) for share in SHARES] == list(SHARES)


@pytest.mark.parametrize(("given", "fault"), [("minutes: 4", "must be at least 5"), ("minutes: 241", "must be at most 240"), ("minutes: long", "must be a whole number")])
def test_a_limit_is_five_minutes_to_four_hours(given, fault):
    assert read_quiz(QUIZ, "q.yaml").quiz.minutes == 20
    assert [str(one) for one in read_quiz(QUIZ.replace("minutes: 20", given), "q.yaml").faults] == [f"q.yaml:2: `minutes` {fault}"]
