"""A round asked level by level, answered on a phone with scripts and without, and what is saved on the way."""

import re
from datetime import date, timedelta

import pytest

from app.content import library
from tests.browser.conftest import press

MODEL = library().questionnaires["pmo-maturity"]
STK = [item.id for item in MODEL.dimension("STK").all_items()]
LUM = "/teams/lum/rounds/2/"
SAVED = re.compile(r"^Saved ")


def say(page, name, value):
    """Press the card of an answer, the way a thumb does."""
    page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def is_shown(page, name):
    return page.locator(f"input[name='{name}'][value='yes']").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_one_answers_level_by_level_on_a_phone(visitor, script):
    stream = visitor(width=360, script=script).sign_in("r6.lum@demo.example" if script else "r3.lum@demo.example")
    page = stream.page
    page.goto(f"{LUM}answer/STK/")
    again = page.locator("input[value=anew]")
    asked = [place.get_attribute("name").removesuffix(".last") for place in again.all()]
    confirmed, one, *_ = asked
    plain = next((item for item in STK if item not in asked), None)
    assert not is_shown(page, f"{one}.2")
    say(page, f"{confirmed}.last", "same")
    say(page, f"{one}.last", "anew")
    assert (is_shown(page, f"{one}.2"), is_shown(page, f"{one}.3")) == (True, False)
    say(page, f"{one}.2", "yes")
    say(page, f"{one}.3", "yes")
    assert is_shown(page, f"{one}.4")
    if script:
        page.locator("[data-saved]").filter(has_text=f"Not finished. {one}: say whether level 4 is so too").wait_for()
    say(page, f"{one}.4", "yes")
    say(page, f"{one}.5", "no")
    if script:
        stream.look()
    say(page, f"{one}.3", "no")
    if script:  # what was said above is taken back; without scripts it stays in sight, and the server tells
        assert not is_shown(page, f"{one}.4")
        page.locator("[data-saved]").filter(has_text=SAVED).wait_for()
        say(page, one, "DK")
        assert not is_shown(page, f"{one}.2")
        say(page, one, "levels")
        say(page, f"{one}.2", "yes")
        say(page, f"{one}.3", "no")
        page.locator("[data-saved]").filter(has_text=SAVED).wait_for()
        page.reload()
    else:
        press(page.get_by_role("button", name="Save", exact=True))
        assert "you say not yet to level 3 and yes to level 4" in page.locator(".faults").inner_text()
        assert is_shown(page, f"{one}.4")
        say(page, f"{one}.4", "no")
        press(page.get_by_role("button", name="Save", exact=True))
    for item in (confirmed, one):
        assert "You chose" in page.locator(f"details:has([data-item='{item}']) summary").inner_text()
    assert page.locator(f"details:has([data-item='{one}']) summary").first.get_by_text("You chose 2 Repeatable").is_visible()
    assert plain is None or not page.locator(f"input[name='{plain}.last']").count()
    page.locator(f"details:has([data-item='{one}']) summary").first.click()
    assert [page.locator(f"input[name='{one}.{level}']:checked").get_attribute("value") for level in (2, 3)] == ["yes", "no"]
    if script:
        stream.look_around()


def test_the_keyboard_is_enough(visitor):
    page = visitor().sign_in("r5.lum@demo.example").page
    page.goto(f"{LUM}answer/GOV/")
    first = page.locator("input[value=anew]").first
    item = first.get_attribute("name").removesuffix(".last")
    page.locator(f"input[name='{item}.last']").first.focus()
    page.keyboard.press("ArrowRight")
    assert first.is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert [page.locator(f"input[name='{item}.{level}']:checked").get_attribute("value") for level in (2, 3)] == ["yes", "no"]
    page.locator("[data-saved]").filter(has_text=SAVED).wait_for()
    page.reload()
    assert "2 Repeatable" in page.locator(f"details:has([data-item='{item}']) summary").first.inner_text()


def test_the_form_ends_a_save_that_is_still_on_its_way(visitor):
    person = visitor().sign_in("r5.lum@demo.example")
    page = person.page
    page.goto(f"{LUM}answer/VAL/")
    ended = []
    held = []
    page.on("requestfailed", lambda request: ended.append(request.url))
    page.route("**/answer/VAL/save", lambda route: held.append(route))
    item = page.locator("input[value=anew]").first.get_attribute("name").removesuffix(".last")
    with page.expect_request("**/answer/VAL/save"):
        say(page, f"{item}.last", "same")
    page.evaluate("document.querySelector('main form[data-module]').addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_timeout(300)
    assert [url for url in ended if url.endswith("/answer/VAL/save")]
    page.locator(f"[name='{item}.comment']").fill("Typed after the form was sent.")
    page.wait_for_timeout(1000)
    assert len(held) == 1
    page.goto(f"{LUM}answer/VAL/")
    assert not person.complaints


def test_without_a_connection_answers_wait_on_the_page_and_go_out_later(visitor):
    page = visitor(width=360).sign_in("r5.lum@demo.example").page
    page.goto(f"{LUM}answer/KNO/")
    told = page.locator("[data-saved]")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    say(page, page.locator("input[value=anew]").first.get_attribute("name"), "same")
    told.filter(has_text="One answer waits on this page").wait_for()
    assert page.locator(".save-bar").bounding_box()["y"] < 900
    page.get_by_role("button", name=re.compile("^Save and")).click()
    page.context.set_offline(False)
    told.filter(has_text=SAVED).wait_for()
    assert page.url.endswith(f"{LUM}answer/KNO/")


def test_a_lead_sets_up_a_round_that_is_asked_level_by_level(visitor):
    lead = visitor(width=360).sign_in("lead.kes@demo.example")
    page = lead.open("/teams/kes/rounds/new/")
    page.get_by_label("Name of the round").fill("Step by step")
    page.get_by_label("Why do you ask?").fill("To see what it takes to answer.")
    page.get_by_label("Closing day").fill((date.today() + timedelta(days=10)).isoformat())
    page.get_by_label("Level by level").check()
    page.get_by_label("Workshop:").check()
    press(page.get_by_role("button", name="Save the draft"))
    assert "A workshop shows all levels side by side" in page.locator(".faults").inner_text()
    lead.look()
    page.get_by_label("Named:").check()
    press(page.get_by_role("button", name="Save the draft"))
    assert "Level by level" in page.locator("dl.facts").first.inner_text()
    press(page.get_by_role("link", name="Cancel the round"))
    press(page.get_by_role("button", name=re.compile("^Cancel the round")))
