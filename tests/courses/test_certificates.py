"""What a certificate states, and until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from courses.catalogue import Catalogue
from courses.certificates import certificate_facts, certificate_status, hours
from courses.dates import months_after
from courses.errors import NotComplete
from courses.progress import Facts, course_progress
from tests.courses.values import CATALOGUE, CYCLE, MONDAY, done


def test_a_certificate_states_the_course_as_it_was_completed() -> None:
    catalogue = Catalogue(courses=(replace(CYCLE, revision=3, valid_months=24),))
    facts = certificate_facts(course_progress(catalogue, "C05", done("C05-1", "C05-2")))
    assert (facts.course, facts.title, facts.revision) == ("C05", "Project life cycle", 3)
    assert facts.lessons == ("Lesson C05-1", "Lesson C05-2")
    assert facts.competences == ("P01", "P03")
    assert facts.hours == 1.0
    assert (facts.completed_on, facts.valid_until) == (MONDAY, date(2028, 11, 2))


def test_a_certificate_without_months_has_no_end() -> None:
    assert certificate_facts(course_progress(CATALOGUE, "C05", done("C05-1", "C05-2"))).valid_until is None


def test_an_unfinished_course_has_no_certificate_and_says_what_is_missing() -> None:
    with pytest.raises(NotComplete, match=r"Project life cycle is not complete yet: Lessons 1 and 2 to pass"):
        certificate_facts(course_progress(CATALOGUE, "C05", Facts()))


def test_a_certificate_is_valid_on_its_last_day_and_expired_on_the_next() -> None:
    last = date(2026, 12, 31)
    assert certificate_status(last, None, last) == "valid"
    assert certificate_status(last, None, last + timedelta(days=1)) == "expired"
    assert certificate_status(None, None, last) == "valid"


def test_a_withdrawn_certificate_is_revoked_even_when_it_has_expired_too() -> None:
    assert certificate_status(date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)) == "revoked"
    assert certificate_status(None, date(2026, 3, 2), date(2026, 3, 1)) == "valid"


@pytest.mark.parametrize(("minutes", "expected"), [(150, 2.5), (165, 2.8), (125, 2.1), (0, 0.0)])
def test_minutes_as_hours_with_one_decimal(minutes: int, expected: float) -> None:
    assert hours(minutes) == expected


def test_a_month_after_the_thirty_first_is_the_last_of_the_month() -> None:
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
