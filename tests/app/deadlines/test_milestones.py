"""When a reminder is due, by rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.deadlines.letter import letter, subject
from app.deadlines.milestones import KINDS, milestone
from app.deadlines.mornings import is_morning, local_day
from app.deadlines.queries.reminders import Line

DUE = date(2026, 11, 27)


@pytest.mark.parametrize(("kind", "today", "since"), [
    ("action", date(2026, 11, 19), None), ("action", date(2026, 11, 20), date(2026, 11, 20)), ("action", date(2026, 11, 27), date(2026, 11, 20)),
    ("action", date(2026, 11, 28), date(2026, 11, 28)), ("action", date(2026, 12, 4), date(2026, 11, 28)), ("action", date(2026, 12, 5), date(2026, 12, 5)),
    ("action", date(2027, 1, 22), date(2027, 1, 16)), ("action", date(2027, 1, 23), None),
    ("round", date(2026, 11, 23), None), ("round", date(2026, 11, 24), date(2026, 11, 24)), ("round", DUE, date(2026, 11, 26)), ("round", date(2026, 11, 28), None),
    ("pairing", date(2026, 11, 25), date(2026, 11, 24)),
    ("certificate", date(2026, 10, 1), None), ("certificate", date(2026, 10, 2), date(2026, 10, 2)), ("certificate", DUE, date(2026, 10, 2)), ("certificate", date(2026, 11, 28), None),
])
def test_a_reminder_has_its_days(kind, today, since):
    assert milestone(KINDS[kind], DUE, today) == since


@example("action", -30)
@example("course", -30)
@example("round", -30)
@example("pairing", -30)
@example("certificate", -30)
@given(st.sampled_from(sorted(KINDS)), st.integers(-30, 90))
def test_whenever_a_worker_begins_to_look_nothing_is_told_ahead_of_its_day_and_later_days_are_told_in_order(kind, first):
    mornings = [DUE + timedelta(days=day) for day in range(first, 91)]
    found = [(today, since) for today in mornings if (since := milestone(KINDS[kind], DUE, today)) is not None]
    told = [since for _, since in found]
    assert all(since <= today for today, since in found)
    assert told == sorted(told)
    if first == -30:
        assert len(set(told)) == len(KINDS[kind].ahead) + KINDS[kind].weeks_over


def test_it_is_morning_at_seven_where_somebody_is():
    at = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
    assert [is_morning(at, zone) for zone in ("Europe/Berlin", "Europe/Lisbon", "Pacific/Kiritimati", "America/New_York")] == [True, False, True, False]
    assert (local_day(at, "Pacific/Kiritimati"), local_day(at, "Pacific/Niue")) == (date(2026, 11, 22), date(2026, 11, 21))


def test_the_letter_says_what_is_over_before_what_is_ahead():
    lines = (
        Line("action", "7", DUE, date(2026, 11, 26), "Hold the review", "Action DEL-2.L3 of North, blocked", "/teams/north/roadmap/actions/DEL-2.L3/"),
        Line("round", "2", DUE, date(2026, 11, 28), "Round 2 of North closes", "You have not handed in your answers yet", "/teams/north/rounds/2/"),
    )
    assert subject(lines) == "Two things to see to"
    assert letter("Bob", lines, base_url="https://cairn.example", today=DUE) == """Hello Bob,

Over:

- Hold the review: 1 day over (Thursday 26 November 2026)
  Action DEL-2.L3 of North, blocked.
  https://cairn.example/teams/north/roadmap/actions/DEL-2.L3/

Coming up:

- Round 2 of North closes: tomorrow (Saturday 28 November 2026)
  You have not handed in your answers yet.
  https://cairn.example/teams/north/rounds/2/

You get this mail at most once a day, and only when something is new on the list. Turn kinds of reminders off here:
https://cairn.example/settings/reminders/

Cairn
"""
