"""What somebody sees who has not signed in, and the pattern page, at three widths, light and dark."""

import pytest

PUBLIC = ("/", "/sign-in", "/help/", "/about/", "/privacy/")


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_have_no_findings(visitor, path):
    visitor().open(path, around=True)


def test_the_pattern_page_has_no_findings(visitor):
    visitor().sign_in("admin@demo.example").open("/design/", around=True)


def test_a_page_that_is_not_there_says_so_and_leads_home(visitor):
    page = visitor().page
    answer = page.goto("/no-such-page/")
    assert answer.status == 404
    page.get_by_role("link", name="Go to Today").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("See where your PMO stands")


def test_signing_in_needs_only_the_keyboard(visitor):
    page = visitor().page
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("pmo@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type("a demo password for tests")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    assert page.get_by_role("heading", level=1).inner_text() == "Today"


def test_a_wrong_password_is_told_on_top_and_the_e_mail_is_kept(visitor):
    guest = visitor(width=360)
    page = guest.page
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("pmo@demo.example")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.locator(".faults").inner_text().startswith("One thing to put right")
    assert page.locator(":focus").get_attribute("class") == "faults"
    assert page.get_by_label("E-mail").input_value() == "pmo@demo.example"
    guest.complaints.clear()
    guest.look()
