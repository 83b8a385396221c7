"""From the first draft to the result, the way people go through it."""

from datetime import timedelta

from app import clock
from app.content import library

ITEMS = [item.id for item in library().questionnaires["pmo-maturity"].items]
DIMENSIONS = [d.id for d in library().questionnaires["pmo-maturity"].dimensions]


def dimension_items(dimension):
    return [i for i in ITEMS if i.startswith(dimension)]


def later(days=7):
    return (clock.today() + timedelta(days=days)).isoformat()


def answer_everything(site, value, changes=None):
    """Go page by page from the first statement to the last look."""
    page = site.get("/teams/north/rounds/1/answer/")
    page = page.submit(follow=True)
    for number, dimension in enumerate(DIMENSIONS, 1):
        assert f"Page {number} of 8" in page.words
        fields = {item: str(value) for item in dimension_items(dimension)}
        fields.update({k: v for k, v in (changes or {}).items() if k.startswith(dimension)})
        page = page.submit({**fields, "go": "next"}, follow=True)
    return page


def test_a_lead_asks_two_people_answer_and_the_result_has_the_right_numbers(people, visit):
    alice, bob, charlie = visit(people.alice), visit(people.bob), visit(people.charlie)
    page = alice.get("/teams/north/rounds/")
    form = alice.get(page.link("Set up the first round"))
    assert alice.get("/teams/north/rounds/new/").find(".//select[@name='pmo_type']/option[@selected]").get("value") == "SUP"
    made = form.submit({"title": "Autumn 2026", "purpose": "To see where to start.", "closes_on": later()})
    assert (made.status, made.location) == (303, "/teams/north/rounds/1/")

    draft = alice.get("/teams/north/rounds/1/")
    assert "Nobody yet" in draft.words
    assert draft.site.post("/teams/north/rounds/1/open").status == 409
    assert bob.get("/teams/north/rounds/1/").status == 404
    invite = alice.get(draft.link("Invite people"))
    assert invite.submit({"people": str(people.bob.id), "group": "users", "role": "Project manager"}).status == 303
    assert alice.get("/teams/north/rounds/1/invite/").submit({"email": "CHARLIE@north.example", "group": "office"}).status == 303
    assert bob.get("/teams/north/rounds/1/").status == 404
    assert alice.get("/teams/north/rounds/1/").submit(action="open").status == 303

    here = bob.get("/teams/north/rounds/1/")
    assert "named round" in here.words
    assert "Charlie" not in here.words
    welcome = bob.get(here.link("Answer"))
    assert "After closing, the lead of North and the PMO lead can see who answered what" in welcome.words
    assert "To see where to start." in welcome.words

    missing = answer_everything(bob, 2, {"STR-1": None, "GOV-6": "DK", "GOV-4": "3"})
    assert missing.h1 == "What is missing?"
    assert missing.link(library().questionnaires["pmo-maturity"].item("STR-1").title) == "/teams/north/rounds/1/answer/STR/#STR-1"
    back = bob.get("/teams/north/rounds/1/answer/STR/")
    assert back.submit({"STR-1": "1", "STR-2": "NA", "go": "save"}).status == 303
    refused = bob.post("/teams/north/rounds/1/check/")
    assert refused.status == 422
    assert "choose why this does not apply" in refused.words
    bob.get("/teams/north/rounds/1/answer/STR/").submit(
        {"STR-2": "NA", "STR-2.reason": "NA1", "STR-2.unit": "City treasury", "STR-3.comment": "We stop a project once a year."}
    )
    ready = bob.get("/teams/north/rounds/1/check/")
    assert ready.h1 == "Ready to submit"
    assert "43 levels chosen, 1 “don’t know”, 1 “not applicable”" in ready.words
    assert ready.submit({"go": "submit"}).status == 303
    assert bob.get("/teams/north/rounds/1/check/").h1.startswith("Submitted")

    outsider = answer_everything(charlie, 3)
    assert outsider.h1 == "Ready to submit"
    outsider.submit()
    people_of = alice.get("/teams/north/rounds/1/")
    assert "2 of 2 have submitted" in people_of.words
    closing = alice.get(people_of.link("Close the round"))
    assert "2 of 2 have submitted" in closing.words
    closed = closing.submit(follow=True)
    assert closed.h1 == "Results of round 1"

    # GOV: items 2.5 except GOV-4 (3, 3) = 3 and GOV-6 (3 alone) = 3: (4 x 2.5 + 3 + 3) / 6 = 2.6667
    figures = {row.words.split()[0]: row.words for row in closed.all(".//table[1]//tbody/tr")}
    assert "2.6730.33" in figures["GOV"]
    assert "Two views" in closed.words
    assert "We stop a project once a year." in closed.words
    assert "Bob" not in closed.words
    assert charlie.get("/teams/north/rounds/1/results/").status == 200
    assert "We stop a project" not in charlie.get("/teams/north/rounds/1/results/").words
    assert "Autumn 2026" in alice.get("/teams/north/rounds/").words


def test_a_submitted_sheet_can_be_taken_back_until_the_round_closes(app, people, visit):
    from tests.support.build import a_round, answered

    with app.extensions["database"].transaction() as session:
        _, (bobs, charlies) = a_round(session, people.north, [(people.bob, "users"), (people.charlie, "office")])
        answered(session, bobs, dict.fromkeys(ITEMS, 2))
        answered(session, charlies, dict.fromkeys(ITEMS, 3))
    bob = visit(people.bob)
    submitted = bob.get("/teams/north/rounds/1/answer/GOV/")
    assert "You have submitted" in submitted.words
    assert bob.post("/teams/north/rounds/1/answer/GOV/", {"GOV-1": "5", "go": "save"}).status == 409
    assert bob.get("/teams/north/rounds/1/check/").submit(action="withdraw").status == 303
    assert bob.get("/teams/north/rounds/1/answer/GOV/").submit({"GOV-1": "5"}).status == 303
    assert bob.post("/teams/north/rounds/1/withdraw").status == 409
    visit(people.alice).get("/teams/north/rounds/1/close/").submit()
    assert "1/2People answered" in visit(people.alice).get("/teams/north/rounds/1/results/").words
    kept = bob.get("/teams/north/rounds/1/answer/GOV/")
    assert "These answers stayed a draft and do not count" in kept.words
    assert bob.post("/teams/north/rounds/1/check/").status == 409
