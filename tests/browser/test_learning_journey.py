"""A new project manager finishes a course: from Today into the lesson, through the checks, to a certificate anybody can verify."""

import re

import pytest

from app.content import library
from tests.browser.conftest import press
from tests.support.sheets import fields

COURSE = "/courses/project-life-cycle/"
LESSON = f"{COURSE}execution-and-control/"


def right(lesson_id):
    """The right answers as a browser sends them, without the button."""
    return {name: value for name, value in fields(lesson_id).items() if name != "go"}


def forecast(page):
    """The question with random numbers, worked out from what the page says as a reader would."""
    words = page.locator("#q2 h2").inner_text().replace(",", "")
    done, total, week, _, _, pace = (int(number) for number in re.findall(r"[0-9]+", words))
    return str(week + (total - done) // pace)


def fill(page, name, value):
    """Give one field of a check its answer, by whatever control it has."""
    control = page.locator(f"[name='{name}']").first
    if control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(value)
    elif control.get_attribute("type") in {"radio", "checkbox"}:
        for each in [value] if isinstance(value, str) else value:
            page.locator(f"label:has([name='{name}'][value='{each}'])").click()
    else:
        control.fill(value)


def pass_check(page, lesson_id):
    """Take the check of the open lesson and hand in right answers."""
    press(page.locator("article").get_by_role("link", name=re.compile("^(Take|Go on with|Try) the check")))
    press(page.get_by_role("button", name=re.compile("Start the check|Try again")))
    for name, value in (right(lesson_id) | ({"q2": forecast(page)} if lesson_id == "C05-3" else {})).items():
        fill(page, name, value)
    page.locator("[data-said]").filter(has_text=re.compile("^Saved ")).wait_for()
    press(page.get_by_role("button", name="Hand in"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("Passed")


def test_reading_goes_on_where_it_stopped(visitor):
    nia = visitor().sign_in("new@demo.example")
    page = nia.page
    with page.expect_response(lambda answer: answer.url.endswith("/visit")) as visit:
        press(page.locator("main").get_by_role("link", name=re.compile("Continue.*Execution and control")))
    assert visit.value.ok
    assert page.url.endswith(f"{LESSON}#thirty-minutes-on-thursday")
    nia.look()
    headings = page.locator("article h2[id]")
    place = headings.last
    with page.expect_response(lambda answer: answer.url.endswith("/visit") and "heading=" in (answer.request.post_data or ""), timeout=20_000):
        page.mouse.wheel(0, 200)
        place.evaluate("e => e.scrollIntoView()")
    page.goto(LESSON)
    back = page.get_by_role("link", name=re.compile("^Go on at"))
    kept = back.get_attribute("href")
    assert kept.rpartition("#")[2] in [each.get_attribute("id") for each in headings.all()]
    assert not kept.endswith("#thirty-minutes-on-thursday")


def test_a_check_is_taken_with_the_keyboard_and_says_why_for_each_option(visitor):
    nia = visitor(width=360).sign_in("new@demo.example")
    page = nia.open(LESSON)
    press(page.locator("article").get_by_role("link", name="Take the check"))
    press(page.get_by_role("button", name="Start the check"))
    nia.look()
    lesson = library().catalogue.lesson("C05-3")
    answers = right("C05-3") | {"q2": forecast(page)}
    wrong = next(option.id for option in lesson.quiz.questions[0].options if not option.correct)
    first = page.locator(f"[name='q1'][value='{wrong}']")
    page.locator("[name='q1']").first.focus()
    with page.expect_response(lambda answer: answer.url.endswith("/save")):
        page.keyboard.press("Space")
    for _ in range(4):
        if first.is_checked():
            break
        page.keyboard.press("ArrowDown")
    assert first.is_checked()
    for name, value in answers.items():
        if name not in {"q1", "q4"}:
            fill(page, name, value)
    fill(page, "q4", "true" if answers["q4"] == "false" else "false")
    page.locator("[data-said]").filter(has_text=re.compile("^Saved ")).wait_for()
    press(page.get_by_role("button", name="Hand in"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("Not passed yet")
    assert "3 of 5 right; 4 are needed" in page.locator("main").inner_text()
    chosen = next(option for option in lesson.quiz.questions[0].options if option.id == wrong)
    assert chosen.feedback in page.locator("main").inner_text()
    assert page.get_by_text("Right answer", exact=True).count() == 0
    nia.look()


def test_the_remaining_lessons_are_passed_and_a_stranger_can_verify_the_certificate(visitor):
    nia = visitor().sign_in("new@demo.example")
    page = nia.open(LESSON)
    for lesson_id in ("C05-3", "C05-4", "C05-5"):
        pass_check(page, lesson_id)
        nia.look()
        if lesson_id != "C05-5":
            press(page.get_by_role("link", name=re.compile("^Next lesson")))
    press(page.get_by_role("link", name="Open the certificate"))
    nia.look()
    stranger = visitor(width=360)
    there = stranger.open(page.url)
    words = there.locator("main").inner_text()
    for fact in ("Nia Okafor", "Project life cycle", "Valid", "Completed", "5 of 5", "Execution and control", "Competences", "Demo organisation", "Course revision"):
        assert fact in words, fact
    assert there.get_by_text("Withdraw this certificate").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_a_word_is_found_in_the_glossary_and_by_search(visitor, width):
    nia = visitor(width=width).sign_in("new@demo.example")
    term = library().catalogue.glossary[0]
    page = nia.open("/glossary/")
    page.get_by_label("Search").last.fill(term.term)
    press(page.get_by_role("button", name="Show", exact=True))
    assert page.locator("dt").filter(has_text=term.term).first.is_visible()
    nia.look()
    page.goto("/search")
    page.get_by_label("Words to find").fill(term.term)
    press(page.get_by_role("button", name="Search", exact=True))
    assert page.locator("main ol.agenda li").first.is_visible()
    assert page.locator("main ol.agenda mark").count() >= 1
    nia.look()


def test_a_template_comes_as_a_file(visitor):
    page = visitor().sign_in("new@demo.example").open("/templates/T34/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download T34").click()
    assert download.value.suggested_filename.endswith(".md")
    assert "# " in download.value.path().read_text(encoding="utf-8")
