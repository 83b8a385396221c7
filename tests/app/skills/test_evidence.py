"""Evidence: added by the person, dated, with a web link at most, taken away by the person alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.models import SkillEvidence

GOOD = {"competence": "P06", "text": "Ran the risk workshop of the archive move", "link": "", "shown_on": "2026-01-15"}


def kept(app):
    with app.extensions["database"].transaction() as session:
        return [(e.person_id, e.competence_id, e.text, e.link) for e in session.scalars(select(SkillEvidence).order_by(SkillEvidence.id))]


def test_evidence_is_kept_and_shown_beside_its_competence(app, people, visit):
    site = visit(people.bob)
    answer = site.get("/skills/evidence/?competence=P06").submit(GOOD | {"link": "https://files.example/risks"}, has="text")
    assert (answer.status, answer.location) == (303, "/skills/evidence/")
    assert kept(app) == [(people.bob.id, "P06", GOOD["text"], "https://files.example/risks")]
    assert "Ran the risk workshop" in site.get("/skills/").find(".//tr[@id='P06']").words
    assert "Ran the risk workshop" in visit(people.alice).get(f"/skills/{people.bob.id}/assess/").words


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("competence", ""), ("competence", "P99"), ("competence", ["P01", "P02"]),
        ("text", ""), ("text", " \u200b\u2060"), ("text", "x" * 1001), ("text", "a\x00b"),
        ("link", "javascript:alert(1)"), ("link", "ftp://files.example"), ("link", "//files.example"), ("link", "https://me@files.example/"),
        ("shown_on", ""), ("shown_on", "2026-02-30"), ("shown_on", "1900-01-01"), ("shown_on", "9999-01-01"), ("shown_on", "15.01.2026"),
    ],
)
def test_evidence_that_cannot_be_kept_says_why_and_keeps_what_was_typed(app, people, visit, field, value):
    answer = visit(people.bob).get("/skills/evidence/").submit(GOOD | {field: value}, has="text")
    assert answer.status == 422
    assert answer.all(".//div[@class='faults']")
    assert kept(app) == []
    if field != "text":
        assert GOOD["text"] in answer.text


def test_evidence_about_a_day_to_come_is_refused(app, people, visit):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = visit(people.bob).get("/skills/evidence/").submit(GOOD | {"shown_on": tomorrow}, has="text")
    assert answer.status == 422
    assert "Enter a day up to today" in answer.words
    assert kept(app) == []


def test_own_evidence_can_be_taken_away_and_nobody_elses(app, people, visit):
    bob = visit(people.bob)
    bob.get("/skills/evidence/").submit(GOOD, has="text")
    page = bob.get("/skills/evidence/")
    address = next(f.get("action") for f in page.all("main//form") if "/delete/" in f.get("action"))
    for other in (people.alice, people.petra, people.charlie):
        assert visit(other).post(address).status == 404
    assert len(kept(app)) == 1
    assert page.submit(action="/delete/").status == 303
    assert kept(app) == []
    assert bob.post(address).status == 404


def test_a_double_click_keeps_one_piece(app, people, visit):
    page = visit(people.bob).get("/skills/evidence/")
    page.submit(GOOD, has="text")
    page.submit(GOOD, has="text")
    assert len(kept(app)) == 1


def test_long_lists_come_in_pages_of_50(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all(
            SkillEvidence(person_id=people.bob.id, competence_id="P01", text=f"Piece {n}", shown_on=clock.today()) for n in range(51)
        )
    site = visit(people.bob)
    assert len(site.get("/skills/evidence/").all("main//h3")) == 50
    for last in ("2", "999999"):
        assert len(site.get(f"/skills/evidence/?page={last}").all("main//h3")) == 1
    for odd in ("0", "-1", "abc", "٣"):
        assert site.get(f"/skills/evidence/?page={odd}").status == 200
