"""Rating oneself and being assessed: what is stored, what is refused, who may."""

import pytest
from sqlalchemy import select

from app.models import Event, Person, SkillRating
from tests.support.build import active_pairing, rated


def ratings(app, person, kind="self"):
    """(competence, level, stands) of somebody, oldest first."""
    with app.extensions["database"].transaction() as session:
        rows = session.scalars(
            select(SkillRating).where(SkillRating.person_id == person.id, SkillRating.kind == kind).order_by(SkillRating.id)
        )
        return [(row.competence_id, row.level, row.replaced_at is None) for row in rows]


def test_only_rows_that_change_become_ratings_and_the_old_one_stays_as_history(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"P01": 2, "P02": 1})
    answer = visit(people.bob).get("/skills/rate/").submit({"P02": "3", "H01": "0"})
    assert (answer.status, answer.location) == (303, "/skills/?saved=2")
    assert ratings(app, people.bob) == [("P01", 2, True), ("P02", 1, False), ("P02", 3, True), ("H01", 0, True)]


def test_the_form_starts_from_what_stands(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"P01": 2})
    page = visit(people.bob).get("/skills/rate/")
    assert len(page.all("main//fieldset")) == 24
    assert [(e.get("name"), e.get("value")) for e in page.all(".//input[@checked]")] == [("P01", "2")]


def test_a_form_sent_twice_rates_once(app, people, visit):
    page = visit(people.bob).get("/skills/rate/")
    first, second = page.submit({"P01": "3"}), page.submit({"P01": "3"})
    assert first.location == second.location
    assert ratings(app, people.bob) == [("P01", 3, True)]


def test_the_same_key_with_other_content_keeps_the_first(app, people, visit):
    page = visit(people.bob).get("/skills/rate/")
    page.submit({"P01": "3"})
    assert page.submit({"P01": "1"}).status == 409
    assert ratings(app, people.bob) == [("P01", 3, True)]


def test_an_older_page_never_overwrites_a_newer_rating(app, people, visit):
    site = visit(people.bob)
    old, new = site.get("/skills/rate/"), site.get("/skills/rate/")
    new.submit({"P01": "3"})
    answer = old.submit({"P01": "1"})
    assert answer.status == 409
    assert "Governance and life cycle" in answer.words
    assert ratings(app, people.bob) == [("P01", 3, True)]


@pytest.mark.parametrize("bad", ["5", "-1", "2.0", "٢", " ", "x", ["1", "2"]])
def test_a_level_that_was_not_offered_stores_nothing(app, people, visit, bad):
    answer = visit(people.bob).get("/skills/rate/").submit({"P01": "2", "P02": bad})
    assert answer.status == 422
    assert answer.all(".//div[@class='faults']")
    assert ratings(app, people.bob) == []


def test_fields_that_are_not_part_of_the_form_change_nothing(app, people, visit):
    values = {"P01": "1", "P99": "4", "person_id": str(people.alice.id), "kind": "assessed", "rater_id": "1"}
    assert visit(people.bob).get("/skills/rate/").submit(values).status == 303
    assert ratings(app, people.bob) == [("P01", 1, True)]
    assert ratings(app, people.alice) == ratings(app, people.bob, "assessed") == []


def test_a_post_without_its_token_is_refused(app, people, visit):
    assert visit(people.bob).post("/skills/rate/", {"P01": "2"}, as_is=True).status == 400
    assert ratings(app, people.bob) == []


def test_a_lead_assesses_with_a_note_and_the_person_reads_both(app, people, visit):
    page = visit(people.alice).get(f"/skills/{people.bob.id}/assess/")
    answer = page.submit({"P03": "3", "note_P03": "Built the schedule of the archive move"})
    assert answer.location == f"/skills/{people.bob.id}/?saved=1"
    assert ratings(app, people.bob, "assessed") == [("P03", 3, True)]
    words = visit(people.bob).get("/skills/").find(".//tr[@id='P03']").words
    assert "assessed by Alice: Built the schedule of the archive move" in words
    with app.extensions["database"].transaction() as session:
        event = session.scalars(select(Event).where(Event.what == "assessed skills")).one()
        assert (event.person_id, event.subject_id) == (people.alice.id, people.bob.id)


def test_a_note_needs_a_level(app, people, visit):
    answer = visit(people.alice).get(f"/skills/{people.bob.id}/assess/").submit({"note_P03": "Good"})
    assert answer.status == 422
    assert "Choose a level for Planning and scheduling to go with the note" in answer.words
    assert ratings(app, people.bob, "assessed") == []


@pytest.mark.parametrize(("note", "status"), [("x" * 500, 303), ("x" * 501, 422), ("a\x00b", 422), ("e\u0301" * 500, 303)])
def test_a_note_holds_500_characters_of_plain_text(people, visit, note, status):
    page = visit(people.alice).get(f"/skills/{people.bob.id}/assess/")
    assert page.submit({"P03": "3", "note_P03": note}).status == status


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("petra", 200), ("bob", 403), ("charlie", 404), ("adam", 404)])
def test_the_lead_and_the_pmo_lead_assess_and_nobody_else(people, visit, who, status):
    site = visit(getattr(people, who))
    assert site.get(f"/skills/{people.bob.id}/assess/").status == status
    assert site.post(f"/skills/{people.bob.id}/assess/", {"P01": "4"}).status == (303 if status == 200 else status)


@pytest.mark.parametrize("who", ["alice", "petra"])
def test_nobody_assesses_themselves_whatever_else_they_may_do(app, people, visit, who):
    person = getattr(people, who)
    answer = visit(person).post(f"/skills/{person.id}/assess/", {"P01": "4"})
    assert answer.status == 403
    assert "Nobody assesses their own skills" in answer.words
    assert ratings(app, person, "assessed") == []


def test_a_mentor_who_may_read_may_not_assess(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).shares_progress = True
        active_pairing(session, people.charlie, people.bob, people.bob.created_at.date())
    assert visit(people.charlie).get(f"/skills/{people.bob.id}/assess/").status == 403
