"""A mentor and a mentee: a session is logged, each sees what is meant for them, and a request is answered."""

import re

from tests.browser.conftest import press

SHARED = "We agreed that the supplier is asked for a recovery date in writing."
PRIVATE = "She is ready to run the next workshop without me."


def test_a_mentor_logs_a_session_and_the_private_note_stays_private(visitor):
    mentor = visitor().sign_in("mentor@demo.example")
    page = mentor.open("/mentoring/")
    press(page.locator("main table").get_by_role("link", name="Nia Okafor"))
    press(page.get_by_role("link", name="Log a session"))
    log = page.locator("#log")
    log.get_by_label("Minutes").fill("50")
    log.locator("[name=shared]").fill(SHARED)
    log.locator("[name=private]").fill(PRIVATE)
    log.get_by_label(re.compile("next step", re.IGNORECASE)).first.fill("Write to the supplier")
    press(log.get_by_role("button", name="Save session"))
    page.get_by_text(SHARED).wait_for()
    assert page.get_by_text(PRIVATE).is_visible()
    assert page.get_by_text("Write to the supplier").first.is_visible()
    mentor.look()
    mentee = visitor(width=360).sign_in("new@demo.example")
    there = mentee.open("/mentoring/")
    press(there.locator("main table").get_by_role("link", name="Marta Lindqvist"))
    there.get_by_text(SHARED).wait_for()
    assert PRIVATE not in there.content()
    assert there.get_by_text("Write to the supplier").first.is_visible()
    mentee.look()
    for side in (page, there):
        assert "Run the risk workshop of the permit portal with support" in side.locator("main").inner_text()
        assert "3 h 20 min" in side.locator("dl.facts").first.inner_text()  # 60, 40 and 50 minutes before, and 50 now


def test_somebody_asks_for_a_mentor_who_accepts_with_a_goal(visitor):
    wish = "I have to close two contracts this year and have never done a handover."
    asking = visitor(width=768).sign_in("r3.kes@demo.example")
    page = asking.open("/mentoring/mentors/")
    press(page.locator(".card h3 a").filter(has_text="Leila Rahmani"))
    page.get_by_label("What would you like to work on?").fill(wish)
    press(page.get_by_role("button", name="Send the request"))
    assert page.get_by_text("has not answered yet").is_visible()
    asking.look()
    mentor = visitor().sign_in("mentor2@demo.example")
    there = mentor.open("/mentoring/")
    press(there.locator("main").get_by_role("link", name=re.compile("Divya Menon")).first)
    assert there.get_by_text(wish).is_visible()
    mentor.look()
    there.get_by_label("Competence").first.select_option("P01")
    there.get_by_label("From level").first.select_option("1")
    there.get_by_label("To level").first.select_option("2")
    press(there.get_by_role("button", name="Accept and begin"))
    there.wait_for_url("**/mentoring/pairings/*/")
    assert "Divya Menon" in there.get_by_role("heading", level=1).inner_text()
    mentor.look()
    page.goto("/mentoring/")
    press(page.locator("main").get_by_role("link", name=re.compile("Leila Rahmani")).first)
    assert page.get_by_role("heading", name="What are we working towards?").is_visible()
    asking.look()


def test_a_mentor_declines_with_a_reason_that_the_other_reads(visitor):
    mentor = visitor().sign_in("mentor2@demo.example")
    page = mentor.open("/mentoring/")
    press(page.locator("main").get_by_role("link", name=re.compile("Eleni Papadaki")).first)
    page.get_by_label("Why not now?").fill("No place is free before spring. Marta Lindqvist may have one.")
    press(page.get_by_role("button", name="Decline"))
    mentor.look()
    asking = visitor(width=360).sign_in("r10.har@demo.example")
    there = asking.open("/mentoring/")
    assert "No place is free before spring" in there.locator("main").inner_text()
