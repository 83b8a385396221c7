"""A practice check with a time limit: a hint after a wrong answer, a calm countdown, and a page that goes in at the end by itself."""

import re
import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import press
from tests.browser.test_learning_journey import fill, right

COURSE = Path(__file__).resolve().parents[2] / "content" / "courses" / "pmo-foundations"
CHECK = "/courses/pmo-foundations/what-a-pmo-is/check/"


@pytest.fixture
def timed(instance):
    """The course with twenty minutes for the check of its first lesson, which is practice, and a hint at its first question."""
    own = instance / "own-courses"
    folder = own / COURSE.name / "0090" / COURSE.name
    shutil.copytree(COURSE, folder)
    quiz = folder / "01-what-a-pmo-is.quiz.yaml"
    quiz.write_text("behaviour: practice\nminutes: 20\n" + quiz.read_text().replace("  text:", "  hint: Who decides about people?\n  text:", 1))
    active = own / "active.json"
    before = active.read_text() if active.exists() else "{}"
    active.write_text('{"pmo-foundations": 90}')
    yield
    active.write_text(before)
    shutil.rmtree(own / COURSE.name / "0090")


def test_somebody_practises_against_the_clock(visitor, timed):
    lead = visitor().sign_in("lead.kes@demo.example")
    page = lead.page
    page.clock.install()
    page.goto(CHECK)
    press(page.get_by_role("button", name=re.compile("Start the check|Try again")))
    line = page.locator(".clock")
    line.get_by_text("20 minutes left").wait_for()
    page.locator("#q1 input").first.check()
    press(page.get_by_role("button", name="Check answer 1"))
    page.locator("#q1").get_by_text("Hint: Who decides about people?").wait_for()
    lead.look_around()
    for name, value in right("C01-1").items():
        fill(page, name, value)
    page.clock.fast_forward("15:10")
    line.get_by_text("5 minutes left").wait_for()
    assert line.get_by_role("status").inner_text() == "Five minutes left"
    page.clock.fast_forward("04:00")
    line.get_by_text("less than a minute left").wait_for()
    assert line.get_by_role("status").inner_text() == "One minute left"
    with page.expect_navigation():
        page.clock.fast_forward("01:00")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Passed")
    assert page.get_by_text("Right, for 0.67 of 1").count() == 1
