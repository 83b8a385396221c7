"""The rules of an exercise that somebody else reviews."""

from __future__ import annotations

import pytest

from courses.exercises import Criterion, Exercise, Review, Reviewer, review_problems, reviewers

PLAN = Exercise("A plan", "Write a plan.", 60, "C05-2", tuple(Criterion(key, key.title(), ("no", "yes", "very")) for key in ("scope", "days")))


@pytest.mark.parametrize(("levels", "remarks", "summary", "accepts", "wrong"), [
    ({"scope": 2, "days": 3}, {}, "", True, []),
    ({"scope": 2}, {}, "", True, ["days"]),
    ({"scope": 1, "days": 2}, {"scope": "Too wide."}, "", True, ["scope"]),
    ({"scope": 1, "days": 2}, {}, "Nearly.", False, ["scope"]),
    ({"scope": 1, "days": 2}, {"scope": "Too wide."}, "", False, []),
    ({"scope": 2, "days": 2}, {}, "", False, [""]),
    ({"scope": 2, "days": 2}, {}, "The file cannot be opened.", False, []),
    ({"scope": 4, "days": 0}, {}, "", True, ["scope", "days"]),
])
def test_a_review_is_whole_before_it_is_given(levels, remarks, summary, accepts, wrong) -> None:
    assert [criterion for criterion, _ in review_problems(PLAN, Review(levels, remarks, summary, accepts))] == wrong


def test_mentors_come_first_then_leads_then_colleagues_and_the_pmo_lead_only_where_there_is_nobody() -> None:
    known = [
        Reviewer(9, "Petra", "PMO lead"), Reviewer(4, "Zoe", "has passed it"), Reviewer(4, "Zoe", "your mentor"), Reviewer(3, "Bo", "leads your team"),
        Reviewer(5, "Al", "has passed it"), Reviewer(1, "Me", "leads your team"),
    ]
    assert [(one.person, one.why) for one in reviewers(1, known)] == [(4, "your mentor"), (3, "leads your team"), (5, "has passed it")]
    assert [(one.person, one.why) for one in reviewers(1, known[:1])] == [(9, "PMO lead")]
    assert reviewers(9, known[:1]) == ()
