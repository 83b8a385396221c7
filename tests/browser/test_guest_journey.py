"""Somebody without an account answers by link: a lead invites, a letter brings the link, a phone opens it, the link is taken away."""

import re
import sqlite3

from tests.browser.conftest import press

HERE = "/teams/har/rounds/2/"


def link_in_last_letter(instance):
    """The link the letter would have brought, from the letters that wait."""
    with sqlite3.connect(instance / "site.db") as letters:
        (text,) = letters.execute("SELECT text FROM outbox_message WHERE text LIKE '%/invited/%' ORDER BY id DESC LIMIT 1").fetchone()
    return re.search(r"(/invited/\S+)", text)[1]


def test_a_guest_answers_on_a_phone_without_scripts_and_sees_nothing_else(visitor, instance):
    lead = visitor().sign_in("lead.har@demo.example")
    page = lead.open(f"{HERE}invite-outside/", around=True)
    page.get_by_label("Name").fill("Olaf Nilsen")
    page.get_by_label("E-mail").fill("olaf@supplier.example")
    page.get_by_label(re.compile("^Role")).fill("Supplier")
    page.get_by_label("Users of the PMO").check()
    press(page.get_by_role("main").get_by_role("button").first)
    row = page.get_by_role("row").filter(has_text="Olaf Nilsen")
    assert "Outside: Supplier" in row.inner_text()
    lead.look()

    phone = visitor(width=360, script=False)
    mine = phone.page
    mine.goto(link_in_last_letter(instance))
    assert "Olaf Nilsen" in mine.get_by_role("main").inner_text()
    press(mine.get_by_role("button", name="Go to the questions"))
    assert "Everybody invited who has an account here sees the result" in mine.get_by_role("main").inner_text()
    press(mine.get_by_role("button", name="Start"))
    mine.locator("label:has([name='GOV-1'][value='3'])").click()
    press(mine.get_by_role("button", name="Save", exact=True))
    assert mine.locator("[name='GOV-1'][value='3']").is_checked()
    phone.look(axe="")
    for address in ("/teams/har/", f"{HERE}results/", "/search?q=risk"):
        assert mine.goto(address).status == 404
    phone.complaints.clear()  # the browser names each page that was refused

    page.goto(HERE)
    row = page.get_by_role("row").filter(has_text="Olaf Nilsen")
    assert "Started" in row.inner_text()
    press(row.get_by_role("button", name="Take the link away"))
    assert "link taken away" in page.get_by_role("row").filter(has_text="Olaf Nilsen").inner_text()
    mine.goto(f"{HERE}answer/GOV/")
    assert "/sign-in" in mine.url
