"""A lead asks people to complete a course by a day, sees who is where and who is late, takes the list out, and takes it back."""

import csv
import re
from datetime import date, timedelta

from tests.browser.conftest import press

WHY = "The depot project starts in spring."


def test_a_lead_assigns_a_course_sees_who_is_where_and_takes_the_list_out(visitor):
    kes = visitor().sign_in("lead.kes@demo.example")
    page = kes.open("/assignments/")
    late = page.locator("main table tbody tr").filter(has_text="Project life cycle")
    assert re.search("[0-9]+ overdue", late.inner_text())
    press(late.get_by_role("link"))
    assert page.locator("main table").get_by_text("Overdue", exact=True).first.is_visible()
    assert page.get_by_role("button", name="Take it back").count() == 0  # a PMO lead asked for it
    page.get_by_label("Show").select_option(label="Overdue")
    press(page.get_by_role("button", name="Show", exact=True))
    states = page.locator("main table tbody [data-label=State]").all_inner_texts()
    assert states
    assert all("verdue" in state for state in states)
    kes.look_around()

    page.goto("/assignments/")
    press(page.get_by_role("link", name="Assign a course"))
    page.get_by_label("Course").select_option(label="PMO foundations")
    page.get_by_label("Of whom").select_option(index=1)
    page.get_by_label("Why").fill(WHY)
    page.get_by_label("Complete by").fill("2020-01-01")
    press(page.get_by_role("button", name="Assign the course"))
    assert page.locator(".faults, [role=alert]").first.is_visible()
    assert page.get_by_label("Why").input_value() == WHY
    kes.look()
    page.get_by_label("Complete by").fill((date.today() + timedelta(days=40)).isoformat())
    press(page.get_by_role("button", name="Assign the course"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("PMO foundations")
    assert WHY in page.locator("main").inner_text()
    people = page.locator("main table tbody tr")
    assert people.count() > 0
    kes.look_around()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take out as CSV").click()
    lines = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(lines) == people.count()

    asked = page.url
    learner = visitor(width=360).sign_in("r4.kes@demo.example")
    there = learner.open("/")
    assert "PMO foundations" in there.locator("main").inner_text()
    learner.look()
    press(page.get_by_role("button", name="Take it back"))
    page.goto("/assignments/")
    assert page.locator("main table tbody tr").filter(has_text="PMO foundations").count() == 0
    page.goto(asked)
    assert page.get_by_text("This was taken back.").is_visible()
    there.goto("/")
    assert "PMO foundations" not in there.locator("main").inner_text()
