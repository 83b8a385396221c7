"""Look-ups and orders of the catalogue."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courses.catalogue import Catalogue, by_prerequisites, circle
from courses.errors import NotInCatalogue
from tests.courses.values import CATALOGUE


def test_a_course_and_a_lesson_are_found_by_id_and_by_address() -> None:
    assert CATALOGUE.course("C06").title == "Planning"
    assert CATALOGUE.course_by_slug("project-life-cycle").id == "C05"
    assert CATALOGUE.lesson("C05-2").slug == "lesson-2"
    assert CATALOGUE.lesson_by_slug("project-life-cycle", "lesson-2").id == "C05-2"


def test_what_is_not_there_is_refused_with_its_kind_and_id() -> None:
    with pytest.raises(NotInCatalogue, match="there is no course C99"):
        CATALOGUE.course("C99")
    with pytest.raises(NotInCatalogue, match="there is no lesson lesson-2"):
        CATALOGUE.lesson_by_slug("planning", "lesson-2")
    with pytest.raises(NotInCatalogue, match="there is no template T99"):
        CATALOGUE.template("T99")


def test_courses_stand_after_those_they_need() -> None:
    assert [course.id for course in CATALOGUE.in_order()] == ["C05", "C06", "C07"]
    assert CATALOGUE.order == ("C05", "C06", "C07", "C09")
    assert [lesson.id for lesson in CATALOGUE.lessons_in_order()] == ["C05-1", "C05-2", "C06-1", "C07-1"]


def test_the_courses_of_domain_seven_come_in_an_order_that_can_be_taken() -> None:
    needs = {
        "C01": (),
        "C02": ("C01", "C03"),
        "C03": ("C01",),
        "C04": ("C02",),
        "C10": ("C04", "C13"),
        "C13": (),
    }
    assert by_prerequisites(needs) == ("C01", "C03", "C02", "C04", "C13", "C10")


def test_a_circle_is_found_and_the_order_still_has_everybody() -> None:
    needs = {"C01": ("C02",), "C02": ("C03",), "C03": ("C01",), "C04": ("C01",), "C05": ()}
    assert circle(needs) == ("C01", "C02", "C03")
    assert by_prerequisites(needs) == ("C05", "C01", "C02", "C03", "C04")


graphs = some.dictionaries(some.sampled_from("ABCDEF"), some.lists(some.sampled_from("ABCDEFG"), max_size=3))


@given(graphs)
@settings(max_examples=100, deadline=None)
def test_without_a_circle_every_course_stands_after_its_needs(needs: dict[str, list[str]]) -> None:
    order = by_prerequisites(needs)
    assert sorted(order) == sorted(needs)
    if not circle(needs):
        assert all(
            order.index(need) < order.index(key) for key in needs for need in needs[key] if need in needs
        )


def test_next_and_previous_stay_within_the_course() -> None:
    following = CATALOGUE.next_lesson("C05-1")
    assert following is not None
    assert following.id == "C05-2"
    assert CATALOGUE.next_lesson("C05-2") is None
    assert CATALOGUE.previous_lesson("C05-1") is None


def test_lessons_are_found_by_item_and_by_competence() -> None:
    assert [lesson.id for lesson in CATALOGUE.lessons_for_item("DEL-1")] == ["C06-1"]
    assert [lesson.id for lesson in CATALOGUE.lessons_for_competence("P03")] == ["C05-2", "C06-1"]
    assert CATALOGUE.lessons_for_item("GOV-1") == ()


def test_which_courses_need_which() -> None:
    assert [course.id for course in CATALOGUE.needed_by("C05")] == ["C06", "C07"]


def test_a_planned_lesson_can_be_named_before_it_is_written() -> None:
    assert not CATALOGUE.has_course("C09")
    assert CATALOGUE.title_of("C09-1") == "Give values"
    assert CATALOGUE.title_of("C05-1") == "Lesson C05-1"
    assert CATALOGUE.planned("C09").needs == ("C06",)


def test_an_empty_catalogue_is_fine() -> None:
    assert Catalogue().in_order() == ()
    assert Catalogue().lessons_in_order() == ()
