"""A team sees where it stands and what to do: a round is set up and answered on a phone and without scripts, closed, read,
planned from, and its first action begun."""

import re
from datetime import date, timedelta

import pytest

from app.content import library
from tests.browser.conftest import PASSWORD, press

MODEL = library().questionnaires["pmo-maturity"]
DIMENSIONS = [dimension.id for dimension in MODEL.dimensions]
SAVED = re.compile(r"^Saved ")


def items(dimension):
    return [item.id for item in MODEL.dimension(dimension).all_items()]


def choose(page, item, value):
    page.locator(f"[data-item='{item}'] label:has(input[value='{value}'])").click()


def post_page(page, round_href, dimension, value):
    """Answer a whole page the way a script does: the plain form, with the token of the page."""
    address = f"{round_href}answer/{dimension}/"
    token = page.locator("main [name=csrf_token]").first.input_value()
    answer = page.request.post(address, form={"csrf_token": token, "go": "next"} | dict.fromkeys(items(dimension), str(value)))
    assert answer.ok, answer.status


@pytest.fixture(scope="module")
def story():
    """What one chapter leaves for the next: addresses."""
    return {}


def test_a_lead_sets_up_a_round_invites_two_people_and_opens_it(visitor, story):
    lead = visitor().sign_in("lead.kes@demo.example")
    page = lead.open("/teams/kes/rounds/")
    press(page.get_by_role("link", name="Set up a round"))
    page.get_by_label("Name of the round").fill("After the first handover")
    press(page.get_by_role("button", name="Save the draft"))
    assert page.locator(".faults").get_by_role("link").count() >= 1
    assert page.get_by_label("Name of the round").input_value() == "After the first handover"
    page.get_by_label("Closing day").fill((date.today() + timedelta(days=10)).isoformat())
    page.get_by_label("Why do you ask?").fill("To see what the first handover has changed for the streams.")
    page.get_by_label("No: only the PMO lead can").check()
    page.get_by_label("Everybody invited, once the round is closed").check()
    press(page.get_by_role("button", name="Save the draft"))
    assert page.get_by_role("heading", level=1).inner_text() == "After the first handover"
    story["round"] = re.search(r"/teams/kes/rounds/\d+/", page.url)[0]
    lead.look()
    press(page.get_by_role("main").get_by_role("link", name="Invite people").first)
    page.get_by_label("Henrik Aalto").check()
    page.get_by_label("Beatriz Carvalho").check()
    page.get_by_label("Users of the PMO").check()
    press(page.get_by_role("button", name="Invite"))
    page.goto(story["round"])
    assert "0 of 2 have submitted" in page.locator("main").inner_text()
    press(page.get_by_role("button", name="Open the round"))
    assert page.get_by_role("table").get_by_text("Henrik Aalto").is_visible()
    lead.look()


def test_one_answers_on_a_phone_and_every_answer_is_kept(visitor, story):
    stream = visitor(width=360).sign_in("r4.kes@demo.example")
    page = stream.page
    press(page.locator("main").get_by_role("link", name=re.compile("asks for your view")).first)
    stream.look()
    press(page.get_by_role("button", name="Start"))
    stream.look()
    first, second = DIMENSIONS[:2]
    saved = page.locator("[data-saved]")
    for item in items(first):
        choose(page, item, 2)
    page.locator("[data-left]").filter(has_text=re.compile("^0$")).wait_for()
    choose(page, items(first)[-1], "DK")
    page.locator(f"[name='{items(first)[0]}.comment']").fill("The mandate hangs in the site office.")
    saved.filter(has_text=SAVED).wait_for()
    page.reload()
    opened = page.locator("details.answered")
    assert opened.count() == len(items(first))
    for each in opened.all():
        each.locator("summary").first.click()
    assert page.locator(f"input[name='{items(first)[0]}'][value='2']").is_checked()
    assert page.locator(f"input[name='{items(first)[-1]}'][value='DK']").is_checked()
    assert page.locator(f"[name='{items(first)[0]}.comment']").input_value() == "The mandate hangs in the site office."
    stream.look()
    press(page.get_by_role("button", name="Save and continue"))
    page.wait_for_url(f"**/answer/{second}/")
    for item in items(second):
        choose(page, item, 3)
    saved.filter(has_text=SAVED).wait_for()
    press(page.get_by_role("button", name="Save and continue"))
    page.wait_for_url(f"**/answer/{DIMENSIONS[2]}/")
    for dimension in DIMENSIONS[2:]:
        post_page(page, story["round"], dimension, 2)
    page.goto(f"{story['round']}check/")
    assert page.get_by_role("heading", level=1).inner_text() == "Ready to submit"
    stream.look()
    press(page.get_by_role("button", name="Submit"))
    assert page.get_by_role("heading", level=1).inner_text() == "Submitted. Thank you"


def test_one_answers_without_scripts_and_is_led_to_what_is_missing(visitor, story):
    stream = visitor(script=False).sign_in("r5.kes@demo.example")
    page = stream.page
    page.goto(story["round"])
    press(page.get_by_role("link", name=re.compile("answer", re.IGNORECASE)).first)
    press(page.get_by_role("button", name="Start"))
    first, second, *others = DIMENSIONS
    for item in items(first):
        choose(page, item, 3)
    press(page.get_by_role("button", name="Save and continue"))
    for item in items(second):
        if item != "STR-1":
            choose(page, item, "NA" if item == "STR-2" else 1)
    press(page.get_by_role("button", name="Save and continue"))
    page.wait_for_url(f"**/answer/{others[0]}/")
    for dimension in others:
        post_page(page, story["round"], dimension, 2)
    page.goto(f"{story['round']}check/")
    assert page.get_by_role("heading", level=1).inner_text() == "What is missing?"
    gaps = page.locator("main section li", has=page.locator(".code"))
    assert [gap.locator(".code").inner_text() for gap in gaps.all()] == ["STR-1", "STR-2"]
    assert "Choose why this does not apply" in gaps.last.inner_text()
    press(gaps.first.get_by_role("link"))
    assert page.url.endswith("/answer/STR/#STR-1")
    page.locator("[name='STR-2.reason']").select_option("NA1")
    page.locator("[name='STR-2.unit']").fill("The department of the owner")
    choose(page, "STR-1", 2)
    press(page.get_by_role("button", name="Save and continue"))
    page.goto(f"{story['round']}check/")
    press(page.get_by_role("button", name="Submit"))
    assert page.get_by_role("heading", level=1).inner_text() == "Submitted. Thank you"


def test_the_lead_closes_the_round_and_reads_the_result(visitor, story):
    lead = visitor().sign_in("lead.kes@demo.example")
    page = lead.open(story["round"])
    assert "2 of 2 have submitted" in page.locator("main").inner_text()
    press(page.get_by_role("link", name="Close the round").first)
    assert "2 submitted sheets will make the result" in page.locator("main").inner_text().replace("Two", "2")
    press(page.get_by_role("button", name="Close the round and see the result"))
    page.wait_for_url("**/results/")
    lead.look()
    assert re.match(r"\d\.\d\d", page.locator(".figures .value").first.inner_text())
    assert re.search(r"Level reached: [1-5]", page.locator(".figures").inner_text())
    radar = page.locator("svg.radar")
    assert radar.locator("text.axis-name").count() == 8
    assert page.locator("svg.radar .dot-now").count() == 8
    assert "The mandate hangs in the site office." in page.locator("main").text_content()


def test_a_plan_is_worked_out_taken_into_use_and_its_first_action_begun(visitor, story):
    lead = visitor().sign_in("lead.kes@demo.example")
    page = lead.open("/teams/kes/roadmap/plan/")
    page.get_by_label("Days a quarter").fill("8")
    page.get_by_label("Actions at a time").fill("2")
    page.get_by_label("Quarters", exact=True).fill("2")
    press(page.get_by_role("button", name="Work out the plan"))
    page.wait_for_url(re.compile(r"/roadmap/plans/\d+/$"))
    use = page.get_by_role("button", name="Use this plan")
    use.wait_for(timeout=180_000)
    lead.look()
    press(use)
    page.wait_for_url("**/teams/kes/roadmap/")
    lead.look()
    assert page.locator(".board .quarter").count() == 2
    first = page.locator(".board .task h4 a").first
    title = first.inner_text()
    press(first)
    assert page.get_by_role("heading", level=1).inner_text() == title
    press(page.get_by_role("button", name="Start"))
    page.get_by_text("Change owner or due date").click()
    page.get_by_label("Owner").select_option(label="Divya Menon")
    page.get_by_label("Due on").fill("2027-06-30")
    page.get_by_label("Reason").fill("Divya has done it before.")
    press(page.get_by_role("button", name="Save", exact=True))
    assert "Divya Menon" in page.locator("dl.facts").first.inner_text()
    page.get_by_label("Note").fill("Begun with the schedule of the control centre.")
    press(page.get_by_role("button", name="Add the note"))
    assert page.get_by_text("Begun with the schedule of the control centre.").is_visible()
    lead.look()
    owner = visitor(width=768).sign_in("r3.kes@demo.example")
    assert owner.page.get_by_role("link", name=title, exact=True).is_visible()
    owner.look()


@pytest.mark.parametrize("script", [True, False])
def test_a_sign_in_that_ends_while_somebody_writes_loses_nothing(visitor, script):
    writer, elsewhere = visitor(script=script).sign_in("new@demo.example"), visitor().sign_in("new@demo.example")
    page, item = writer.page, items(DIMENSIONS[-1])[0]
    page.goto("/teams/har/rounds/2/answer/")
    press(page.get_by_role("button", name=re.compile("^(Start|Go on answering)$")))
    page.goto(f"/teams/har/rounds/2/answer/{DIMENSIONS[-1]}/")
    press(elsewhere.open("/settings/").get_by_role("button", name="End all others"))
    for closed in page.locator("details.answered summary").all():
        closed.click()
    words = f"Written {'with' if script else 'without'} scripts while signed out."
    page.locator(f"[name='{item}.comment']").fill(words)
    if script:
        page.locator("[data-saved]").filter(has_text="You are signed out. Sign in in another tab; your text stays here.").wait_for()
        assert all("401" in complaint for complaint in writer.complaints)
        writer.complaints.clear()
    press(page.get_by_role("button", name=re.compile("^Save")).first)
    page.wait_for_url("**/sign-in?**")
    assert "It is kept for one hour" in page.locator("main").inner_text()
    if script:
        writer.look()
    page.get_by_label("E-mail").fill("new@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in", exact=True))
    page.wait_for_url("**/kept-text/*/")
    assert page.locator(f"[name='{item}.comment']").input_value() == words
    if script:
        writer.look()
    press(page.get_by_role("button", name=re.compile("^Save")).first)
    page.goto(f"/teams/har/rounds/2/answer/{DIMENSIONS[-1]}/")
    assert page.locator(f"[name='{item}.comment']").input_value() == words
