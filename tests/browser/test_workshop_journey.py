"""A facilitator holds a workshop: somebody votes on a phone, the votes are revealed, a level is agreed on, the keys go on."""

import re
from datetime import date, timedelta


def test_a_workshop_from_its_set_up_to_the_second_item(visitor):
    lead = visitor().sign_in("lead.mer@demo.example")
    page = lead.open("/teams/mer/rounds/new/")
    page.get_by_label("Name of the round").fill("One afternoon together")
    page.get_by_label("Why do you ask?").fill("To agree on where we stand.")
    page.get_by_label("Closing day").fill((date.today() + timedelta(days=5)).isoformat())
    page.get_by_label(re.compile("^Workshop")).check()
    page.get_by_role("button", name="Save the draft").click()
    here = re.search(r"/teams/mer/rounds/\d+/", page.url)[0]
    page = lead.open(f"{here}invite/")
    page.locator("[name=people]").first.check()
    name = page.locator("label.choice").first.inner_text().split(",")[0]
    page.get_by_label("PMO office").check()
    page.locator("[name=email]").fill("r8.mer@demo.example")
    page.get_by_role("button", name="Invite").click()
    assert name in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Open the round").click()
    page.get_by_role("link", name="Go to the workshop").click()
    page.get_by_role("button", name="Begin").click()
    lead.look()
    phone = visitor(width=360, script=False).sign_in("r8.mer@demo.example")
    voting = phone.page
    voting.goto(f"{here}vote/")
    voting.locator("[name=value][value='3']").check()
    voting.get_by_role("button", name="Vote").click()
    assert "Your vote is in" in voting.get_by_role("main").inner_text()
    page.get_by_text("1 of 2 has voted").wait_for(timeout=8000)
    page.get_by_role("button", name="Reveal the votes").click()
    assert "One vote, for 3." in page.get_by_role("main").inner_text()
    first = page.get_by_role("heading", level=1).inner_text()
    page.locator("label:has([name=level][value='3'])").click()
    page.get_by_label("Why this level?").fill("The charter was shown in the room.")
    page.get_by_role("button", name="Save the level and go on").click()
    second = page.get_by_role("heading", level=1).inner_text()
    assert second != first
    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", level=1, name=first).wait_for()
    assert "1 of 45 agreed" in page.get_by_role("main").inner_text()
    lead.look()
