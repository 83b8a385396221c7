"""Skills: gaps against a role, two ratings, coverage of a group, freshness of evidence."""

from datetime import date

import pytest

from assessments.reading import read_skills
from assessments.skills import Evidence, Rating, RoleProfile, coverage, freshness, skill_profile
from tests.assessments.values import CONTENT


def test_the_index_of_a_new_project_manager():
    role = read_skills(CONTENT / "skills").roles["NPM"]
    assert sum(role.targets.values()) == 35
    ratings = {name: Rating(self_rated=target) for name, target in role.targets.items()}
    ratings |= {"P03": Rating(1), "P06": Rating(0), "H02": Rating(1)}
    found = skill_profile(role, ratings)
    assert sum(gap.gap for gap in found.gaps) == 4
    assert found.index == pytest.approx(11.4286, abs=1e-4)
    assert [gap.competence for gap in found.largest()] == ["P06", "P03", "H02"]


def test_the_assessors_rating_replaces_the_own_one():
    assert Rating(self_rated=3).value == 3
    assert Rating(self_rated=3, assessed=1).value == 1
    assert Rating(assessed=2).value == 2
    assert Rating().value is None


def test_ratings_two_apart_need_a_talk():
    assert Rating(3, 1).needs_talk
    assert Rating(0, 2).needs_talk
    assert not Rating(3, 2).needs_talk
    assert not Rating(3).needs_talk


def test_being_above_target_closes_no_other_gap():
    found = skill_profile(
        RoleProfile("R", "Role", {"P01": 2, "P02": 2}), {"P01": Rating(4), "P02": Rating(1)}
    )
    assert [gap.gap for gap in found.gaps] == [0, 1]
    assert found.index == 25.0


def test_an_unrated_competence_counts_as_none_and_is_named():
    found = skill_profile(RoleProfile("R", "Role", {"P01": 2, "P02": 0}), {})
    assert (found.index, found.unrated) == (100.0, ("P01",))
    assert skill_profile(RoleProfile("R", "Role", {}), {}).index is None


def test_coverage_names_what_nobody_or_one_person_holds():
    people = {
        "Ana": {"P01": Rating(3), "P02": Rating(4, 2)},
        "Ben": {"P01": Rating(4)},
        "Cem": {"P03": Rating(3)},
    }
    found = coverage(["P01", "P02", "P03"], people)
    assert found.holders["P01"] == ("Ana", "Ben")
    assert found.held_by_nobody == ("P02",)
    assert found.held_by_one == ("P03",)


@pytest.mark.parametrize(
    ("on", "word"),
    [
        (date(2024, 6, 1), "fresh"),
        (date(2023, 5, 31), "ageing"),
        (date(2022, 5, 31), "stale"),
        (date(2024, 6, 2), "none"),
    ],
)
def test_freshness_of_evidence(on, word):
    assert freshness([Evidence("P01", on, "A plan")], "P01", date(2024, 6, 1)) == word


def test_the_newest_evidence_decides():
    old, new = Evidence("P01", date(2020, 1, 1), "a"), Evidence("P01", date(2024, 1, 1), "b")
    assert freshness([old, new], "P01", date(2024, 6, 1)) == "fresh"
    assert freshness([old, new], "P02", date(2024, 6, 1)) == "none"
