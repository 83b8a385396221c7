"""A writer: the preview says what is wrong and where, questions come from another system, and figures show how they do."""

import csv
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.browser.conftest import ROOT, Visitor, press

COURSE = ROOT / "content" / "courses" / "pmo-foundations"
LESSON = "01-what-a-pmo-is"
GIFT = """// from another system
::Mandate:: What does a mandate settle?{
=What the office may decide and for whom.#Decisions and reach make it a mandate.
~How many people the office has.#That is a budget.
~Which tool it uses.#Tools follow.
}

::Reach:: An office without a sponsor keeps its reach. {FALSE#It loses it with the first conflict.#Right: somebody has to stand behind it.}

::Story:: Tell how your office began. {}
"""


@pytest.fixture
def preview(tmp_path):
    """The address of a preview of a course that can be written in, and the folder of that course."""
    folder = tmp_path / COURSE.name
    shutil.copytree(COURSE, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path / "log.txt").open("wb") as log:
        running = subprocess.Popen([sys.executable, "-m", "app", "preview", str(folder), "--port", str(port)], cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/stamp", running)
            yield f"http://127.0.0.1:{port}", folder
        finally:
            running.terminate()
            running.wait(20)


def wait_for(address, running):
    until = time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the preview did not start")


@pytest.fixture
def writer(browser, preview):
    """Somebody who looks at the preview."""
    made = Visitor(browser, preview[0])
    yield made
    made.close()


def test_a_fault_is_shown_with_file_and_line_and_goes_away_as_soon_as_it_is_mended(writer, preview):
    file = preview[1] / f"{LESSON}.md"
    good = file.read_text(encoding="utf-8")
    page = writer.open("/", around=True)
    assert page.get_by_text("No faults.").is_visible()
    lesson = page.locator("main > section > details").filter(has_text="What a PMO is, and is not")
    lesson.locator("summary").first.click()
    assert lesson.get_by_text("Right", exact=True).first.is_visible()

    number = next(number for number, line in enumerate(good.splitlines(), 1) if line.startswith("minutes:"))
    file.write_text(re.sub("(?m)^minutes: .*", "minutes: soon", good), encoding="utf-8")
    fault = page.locator("li .code")
    fault.wait_for()
    assert f"{LESSON}.md:{number}: `minutes`" in fault.inner_text()
    assert page.locator("main > section > details").filter(has_text="What a PMO is, and is not").count() == 0
    assert page.locator("main > section > details").count() == 4
    writer.look()

    file.write_text(good, encoding="utf-8")
    page.get_by_text("No faults.").wait_for()
    assert page.locator("main > section > details").count() == 5
    writer.look()


def test_questions_of_another_system_are_looked_at_taken_as_a_file_and_stand_in_the_preview(visitor, writer, preview):
    admin = visitor().sign_in("admin@demo.example")
    page = admin.open("/admin/questions/", around=True)
    page.get_by_label("Or paste the questions").fill("::Broken:: Nobody closes this {")
    press(page.get_by_role("button", name="Show the questions"))
    assert "Nobody closes this" in page.get_by_label("Or paste the questions").input_value()
    admin.look()
    page.get_by_label("Or paste the questions").fill(GIFT)
    press(page.get_by_role("button", name="Show the questions"))
    assert page.get_by_role("heading", name="Two questions understood").is_visible()
    assert page.get_by_text("Not taken over, or changed:").is_visible()
    assert page.get_by_role("heading", name="What does a mandate settle?").is_visible()
    admin.look_around()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the quiz file").click()
    quiz = download.value.path().read_text(encoding="utf-8")
    assert page.goto("/courses/").status == 200
    assert "What does a mandate settle?" not in page.content()

    (preview[1] / f"{LESSON}.quiz.yaml").write_text(quiz, encoding="utf-8")
    there = writer.page
    there.goto("/")
    fault = there.locator("li .code")
    fault.first.wait_for()
    assert f"{LESSON}.quiz.yaml" in fault.first.inner_text()  # a lesson of this site asks five questions, and the page says so
    writer.look()


def test_figures_of_questions_lead_from_the_list_to_the_question_and_out_as_a_table(visitor):
    pmo = visitor().sign_in("pmo@demo.example")
    page = pmo.open("/questions/")
    row = page.locator("main table tbody tr").filter(has_text="Initiation")
    assert re.search(r"[0-9]+ %", row.inner_text())
    press(row.get_by_role("link"))
    assert page.get_by_role("heading", level=1).inner_text() == "Questions: Initiation"
    first = page.locator("main table").first.locator("tbody tr").first
    facility = first.locator("[data-label=Facility]").inner_text()
    assert re.fullmatch("[0-9]+ %", facility)
    first.get_by_role("link").click()
    assert page.url.endswith("#q1")
    assert page.locator("#q1").get_by_text("Key", exact=True).is_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take out the figures").click()
    lines = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(lines) == page.locator("main table").first.locator("tbody tr").count()
    pmo.look_around()
