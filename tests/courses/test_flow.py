"""Figures of lessons and courses that name nobody."""

from datetime import date, timedelta

from courses.flow import Walk, funnel, is_stuck, lesson_flow, protected

TODAY = date(2026, 11, 22)


def walk(days_ago: int, tries: int = 0, after: int | None = None) -> Walk:
    opened = TODAY - timedelta(days=days_ago)
    return Walk(opened, tries, None if after is None else opened + timedelta(days=after))


PASSED = [walk(40, tries, after) for tries, after in ((1, 2), (1, 2), (1, 3), (2, 4), (2, 5), (4, 9))]


def test_the_worked_lesson() -> None:
    flow = lesson_flow([*PASSED, walk(30), walk(3)], TODAY)
    assert (flow.people, flow.tries, flow.days, flow.stuck, flow.look) == (5, 1.5, 3.5, "fewer than a quarter", False)


def test_a_lesson_where_many_wait_is_worth_a_look() -> None:
    flow = lesson_flow([*PASSED[:3], walk(30), walk(2, tries=3)], TODAY)
    assert (flow.stuck, flow.look, flow.tries, flow.days) == ("a quarter to a half", True, None, None)
    assert lesson_flow([walk(30)] * 5, TODAY).stuck == "half or more"


def test_four_people_are_nobody() -> None:
    flow = lesson_flow(PASSED[:4], TODAY)
    assert (flow.people, flow.tries, flow.days, flow.stuck, flow.look) == (None, None, None, None, False)
    assert [protected(n) for n in (0, 4, 5, 9, 12)] == [None, None, 5, 5, 10]
    assert {stage.people for stage in funnel(4, [("One", 3)], 1)} == {None}


def test_stuck_is_three_weeks_or_three_tries() -> None:
    assert [is_stuck(walk(days, tries), TODAY) for days, tries in ((20, 2), (21, 0), (1, 3))] == [False, True, True]
    assert not is_stuck(walk(60, 5, after=50), TODAY)


def test_a_funnel_from_start_to_end() -> None:
    stages = funnel(23, [("One", 18), ("Two", 11)], 4)
    assert [(stage.name, stage.people) for stage in stages] == [("Started", 20), ("Passed: One", 15), ("Passed: Two", 10), ("Complete", None)]
