"""Offering to mentor, approval, and finding somebody with a reason."""

from app.models import Event, MentorProfile, Person
from tests.app.mentoring.records import asked, card, leads, paired, rated, somebody, stored
from tests.support.statements import counted

CARD = {"about": "Risk and planning.", "competences": ["P06"], "capacity": "2"}


def written(visit, person):
    site = visit(person)
    assert site.get("/mentoring/profile/").submit(CARD, has="about").status == 303
    return site


def test_a_card_is_written_published_approved_and_then_seen(app, people, visit):
    mentor = written(visit, people.charlie)
    assert "Only you see this card" in mentor.get("/mentoring/profile/").words
    assert mentor.get("/mentoring/profile/").submit(action="/publish").status == 303
    assert "has to approve it" in mentor.get("/mentoring/profile/").words
    assert "Charlie" not in visit(people.bob).get("/mentoring/mentors/").words
    assert visit(people.bob).get(f"/mentoring/mentors/{people.charlie.id}/").status == 404
    board = visit(people.petra).get("/mentoring/approvals/")
    assert "One card waits" in board.words
    assert board.submit(action="/approve").status == 303
    assert "Charlie" in visit(people.bob).get("/mentoring/mentors/").words
    assert stored(app, Person, people.charlie.id).is_mentor
    with app.extensions["database"].reading() as session:
        assert [e.what for e in session.query(Event).filter_by(subject_id=people.charlie.id)] == ["approved a mentor"]


def test_nobody_approves_their_own_card_and_only_pmo_leads_approve_at_all(app, people, visit):
    card(app, people.charlie, approved=False)
    card(app, people.petra, approved=False)
    assert visit(people.petra).post(f"/mentoring/mentors/{people.petra.id}/approve").status == 403
    assert stored(app, MentorProfile, 2).approved_at is None
    for person in (people.alice, people.bob, people.adam):
        assert visit(person).post(f"/mentoring/mentors/{people.charlie.id}/approve").status == 404
    assert visit(people.charlie).post(f"/mentoring/mentors/{people.charlie.id}/approve").status == 403
    assert "another PMO lead decides" in visit(people.petra).get("/mentoring/approvals/").words


def test_a_visible_card_is_not_for_others_to_suspend(app, people, visit):
    card(app, people.charlie)
    for person in (people.alice, people.bob, people.adam, people.charlie):
        assert visit(person).post(f"/mentoring/mentors/{people.charlie.id}/suspend").status == 403
    assert visit(people.petra).post(f"/mentoring/mentors/{people.charlie.id}/suspend").status == 303
    assert visit(people.bob).get(f"/mentoring/mentors/{people.charlie.id}/").status == 404
    assert not stored(app, Person, people.charlie.id).is_mentor
    assert visit(people.charlie).post("/mentoring/profile/publish").status == 409
    assert visit(people.petra).get("/mentoring/approvals/").submit(action="/approve").status == 303
    assert visit(people.bob).get(f"/mentoring/mentors/{people.charlie.id}/").status == 200


def test_approving_twice_is_out_of_order(app, people, visit):
    card(app, people.charlie)
    assert visit(people.petra).post(f"/mentoring/mentors/{people.charlie.id}/approve").status == 409


def test_a_draft_is_for_its_author_alone(app, people, visit):
    card(app, people.charlie, state="draft", approved=False)
    assert visit(people.petra).get(f"/mentoring/mentors/{people.charlie.id}/").status == 404
    assert "Charlie" not in visit(people.petra).get("/mentoring/approvals/").words
    assert visit(people.charlie).get(f"/mentoring/mentors/{people.charlie.id}/").status == 200


def test_a_paused_card_leaves_the_list_and_comes_back(app, people, visit):
    card(app, people.charlie)
    mentor = visit(people.charlie)
    assert mentor.get("/mentoring/profile/").submit(action="/pause").status == 303
    assert "Charlie" not in visit(people.bob).get("/mentoring/mentors/").words
    assert mentor.post("/mentoring/profile/pause").status == 409
    assert mentor.post("/mentoring/profile/publish").status == 303


def test_publishing_without_a_card_is_out_of_order(people, visit):
    assert visit(people.bob).post("/mentoring/profile/publish").status == 409


CARD_FAULTS = [("about", ""), ("about", "x" * 1501), ("capacity", "4"), ("capacity", "0"), ("capacity", "２"), ("capacity", "1_0"), ("competences", None), ("competences", ["ZZ9"])]


def test_a_card_with_a_fault_is_not_stored(app, people, visit):
    form = visit(people.charlie).get("/mentoring/profile/")
    for field, value in CARD_FAULTS:
        assert form.submit({**CARD, field: value}, has="about").status == 422, (field, value)
    assert stored(app, MentorProfile, 1) is None


def test_server_owned_fields_of_a_card_cannot_be_sent(app, people, visit):
    visit(people.charlie).get("/mentoring/profile/").submit({**CARD, "state": "published", "approved_at": "2026-01-01", "person_id": "1"}, has="about")
    found = stored(app, MentorProfile, 1)
    assert (found.state, found.approved_at, found.person_id) == ("draft", None, people.charlie.id)


def test_an_older_page_of_a_card_does_not_overwrite_a_newer_one(app, people, visit):
    card(app, people.charlie)
    site = visit(people.charlie)
    old = site.get("/mentoring/profile/")
    site.get("/mentoring/profile/").submit({"about": "Newer words."}, has="about")
    page = old.submit({"about": "Older words."}, has="about")
    assert page.status == 409
    assert "Newer words." in page.words
    assert stored(app, MentorProfile, 1).about == "Newer words."


def test_capacity_cannot_fall_below_the_places_that_are_taken(app, people, visit):
    card(app, people.charlie)
    paired(app, people.charlie, people.bob, slot=1)
    paired(app, people.charlie, people.adam, slot=2)
    page = visit(people.charlie).get("/mentoring/profile/").submit({"capacity": "1"}, has="about")
    assert page.status == 422
    assert "You mentor 2 people now" in page.words


def test_mentors_who_cover_my_largest_gaps_come_first_with_the_reason(app, people, visit):
    """Bob is a new project manager (P06 target 2, P03 target 2): gap 2 in P06, where Dora stands on 4 and Charlie on 1."""
    rated(app, people.bob, **dict.fromkeys(("P01", "P02", "P03", "P05", "P07", "P08", "P09", "P11", "H01", "H02", "H03", "H06"), 2), **dict.fromkeys(("P04", "P10", "P12", "P13", "H05", "B01", "B02", "B03", "B05"), 1), P06=0)
    dora = somebody(app, "Dora", job_title="Programme manager")
    card(app, people.charlie)
    card(app, dora)
    rated(app, people.charlie, P06=1)
    rated(app, dora, P06=4, H05=4)
    page = visit(people.bob).get("/mentoring/mentors/")
    names = [a.words for a in page.all("article//h3/a")]
    assert names == ["Dora", "Charlie"]
    assert "Covers one of your largest gaps: Risk, opportunity and issue management (you 0, needed 2)" in page.words
    assert "4 leads or teaches" in page.words
    assert "Negotiation" not in " ".join(card.words for card in page.all("article"))


def test_without_ratings_the_page_says_what_to_do(app, people, visit):
    card(app, people.charlie)
    assert "Rate your skills" in visit(people.bob).get("/mentoring/mentors/").words
    assert "Choose your role" in visit(people.adam).get("/mentoring/mentors/").words


def test_mentors_can_be_filtered_by_competence(app, people, visit):
    dora = somebody(app, "Dora")
    card(app, people.charlie, competences=["P06"])
    card(app, dora, competences=["H02", "P06"])
    page = visit(people.bob).get("/mentoring/mentors/?competence=H02")
    assert [a.words for a in page.all("article//h3/a")] == ["Dora"]
    assert "Nobody offers this yet" in visit(people.bob).get("/mentoring/mentors/?competence=B05").words
    assert len(visit(people.bob).get("/mentoring/mentors/?competence=nonsense").all("article")) == 2


def test_an_empty_list_teaches_and_everybody_signed_in_may_look(people, visit):
    for person in (people.alice, people.bob, people.charlie, people.petra, people.adam):
        page = visit(person).get("/mentoring/mentors/")
        assert "No mentor has a card yet" in page.words
    assert visit().get("/mentoring/mentors/").location.startswith("/sign-in")


def test_every_role_sees_a_published_card(app, people, visit):
    card(app, people.charlie)
    for person in (people.alice, people.bob, people.charlie, people.petra, people.adam):
        assert visit(person).get(f"/mentoring/mentors/{people.charlie.id}/").h1 == "Charlie"


def test_a_card_says_why_i_cannot_ask(app, people, visit):
    card(app, people.alice)
    card(app, people.charlie, capacity=1)
    paired(app, people.charlie, people.adam)
    page = visit(people.bob).get("/mentoring/mentors/")
    assert "Leads your team" in page.words
    assert "Has no free place at present." in page.words


def test_a_disabled_mentor_is_gone(app, people, visit):
    from app import clock

    gone = somebody(app, "Gus", disabled_at=clock.now())
    card(app, gone)
    assert "Gus" not in visit(people.bob).get("/mentoring/mentors/").words
    assert visit(people.bob).get(f"/mentoring/mentors/{gone.id}/").status == 404


def test_fifty_mentors_fit_on_a_page_with_the_same_number_of_statements(app, people, visit):
    card(app, people.charlie)
    site = visit(people.bob)
    site.get("/mentoring/mentors/")
    with counted(app) as few:
        site.get("/mentoring/mentors/")
    for n in range(50):
        card(app, somebody(app, f"Mentor{n:02}"))
    with counted(app) as many:
        page = site.get("/mentoring/mentors/")
    assert len(few) == len(many) <= 8
    assert len(page.all("article")) == 50
    assert len(site.get("/mentoring/mentors/?page=2").all("article")) == 1


def test_approvals_are_for_pmo_leads(app, people, visit):
    for person in (people.alice, people.bob, people.charlie, people.adam):
        assert visit(person).get("/mentoring/approvals/").status == 404
    assert visit().get("/mentoring/approvals/").location.startswith("/sign-in")


def test_what_a_mentor_writes_cannot_carry_markup(app, people, visit):
    card(app, people.charlie, about="<img src=x onerror=alert(1)> [a](javascript:alert(1)) {{7*7}}")
    page = visit(people.bob).get(f"/mentoring/mentors/{people.charlie.id}/")
    assert not page.all(".//main//img")
    assert "{{7*7}}" in page.words
    assert not [a for a in page.all("a") if a.get("href").startswith("javascript")]


def test_my_list_says_whom_i_asked(app, people, visit):
    card(app, people.charlie)
    asked(app, people.charlie, people.bob)
    assert "You asked or work together" in visit(people.bob).get("/mentoring/mentors/").words


def test_a_lead_may_mentor_somebody_from_another_team(app, people, visit):
    dora = somebody(app, "Dora")
    leads(app, dora, people.south)
    card(app, dora)
    page = visit(people.bob).get(f"/mentoring/mentors/{dora.id}/")
    assert page.submit({"wish": "Planning."}, has="wish").status == 303
