"""A facilitator holds a workshop: somebody votes on a phone, the votes are revealed, a level is agreed on, the keys go on."""

import re
from datetime import date, timedelta

from tests.browser.conftest import press


def test_a_workshop_from_its_set_up_to_the_second_item(visitor):
    lead = visitor().sign_in("lead.mer@demo.example")
    page = lead.open("/teams/mer/rounds/new/")
    page.get_by_label("Name of the round").fill("One afternoon together")
    page.get_by_label("Why do you ask?").fill("To agree on where we stand.")
    page.get_by_label("Closing day").fill((date.today() + timedelta(days=5)).isoformat())
    page.get_by_label(re.compile("^Workshop")).check()
    press(page.get_by_role("button", name="Save the draft"))
    here = re.search(r"/teams/mer/rounds/\d+/", page.url)[0]
    page = lead.open(f"{here}invite/")
    page.locator("[name=people]").first.check()
    name = page.locator("label.choice").first.inner_text().split(",")[0]
    page.get_by_label("PMO office").check()
    page.locator("[name=email]").fill("r8.mer@demo.example")
    press(page.get_by_role("button", name="Invite"))
    assert name in page.get_by_role("main").inner_text()
    press(page.get_by_role("button", name="Open the round"))
    press(page.get_by_role("link", name="Go to the workshop"))
    press(page.get_by_role("button", name="Begin"))
    lead.look()
    phone = visitor(width=360, script=False).sign_in("r8.mer@demo.example")
    voting = phone.page
    voting.goto(f"{here}vote/")
    voting.locator("[name=value][value='3']").check()
    press(voting.get_by_role("button", name="Vote"))
    assert "Your vote is in" in voting.get_by_role("main").inner_text()
    page.get_by_text("1 of 2 has voted").wait_for(timeout=8000)
    press(page.get_by_role("button", name="Reveal the votes"))
    assert "One vote, for 3." in page.get_by_role("main").inner_text()
    first = page.get_by_role("heading", level=1).inner_text()
    page.locator("label:has([name=level][value='3'])").click()
    page.get_by_label("Why this level?").fill("The charter was shown in the room.")
    press(page.get_by_role("button", name="Save the level and go on"))
    second = page.get_by_role("heading", level=1).inner_text()
    assert second != first
    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", level=1, name=first).wait_for()
    page.get_by_role("main").get_by_text("1 of 45 agreed").first.wait_for()
    lead.look()
