"""Asking, answering, and the places of a mentor under any parallelism."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from app.models import Event, Goal, Membership, Pairing
from tests.app.mentoring.records import AGREED, TODAY, asked, card, paired, put, somebody, stored

WISH = {"wish": "I want to lead a risk workshop."}


def ask(visit, person, mentor):
    return visit(person).post(f"/mentoring/mentors/{mentor.id}/", WISH)


def test_a_request_is_read_accepted_and_becomes_a_pairing(app, people, visit):
    card(app, people.charlie)
    sent = visit(people.bob).get(f"/mentoring/mentors/{people.charlie.id}/").submit(WISH, has="wish")
    assert sent.location == "/mentoring/requests/1/"
    assert "has not answered yet" in visit(people.bob).get(sent.location).words
    start = visit(people.charlie).get("/mentoring/")
    assert "Bob asks you to mentor them" in start.words
    page = visit(people.charlie).get(sent.location)
    assert "risk workshop" in page.words
    assert page.submit(AGREED, action="/accept").location == "/mentoring/pairings/1/"
    for person in (people.bob, people.charlie):
        assert "Run the next risk workshop" in visit(person).get("/mentoring/pairings/1/").words
    pairing = stored(app, Pairing, 1)
    assert (pairing.state, pairing.slot, pairing.agreed_on) == ("active", 1, TODAY)
    with app.extensions["database"].reading() as session:
        assert [e.what for e in session.query(Event).filter_by(thing="pairing").order_by(Event.id)] == ["asked for a mentor", "accepted a mentoring request"]


def test_a_request_is_declined_with_a_reason_that_the_mentee_reads(app, people, visit):
    asked(app, people.charlie, people.bob)
    page = visit(people.charlie).get("/mentoring/requests/1/")
    assert page.submit({"reason": ""}, action="/decline").status == 422
    assert page.submit({"reason": "No time before spring."}, action="/decline").status == 303
    assert "No time before spring." in visit(people.bob).get("/mentoring/requests/1/").words
    assert "No time before spring." in visit(people.bob).get("/mentoring/").words


def test_a_request_is_taken_back_before_it_is_answered(app, people, visit):
    asked(app, people.charlie, people.bob)
    assert visit(people.bob).get("/mentoring/requests/1/").submit(action="/withdraw").status == 303
    assert "taken back by Bob" in visit(people.charlie).get("/mentoring/requests/1/").words
    assert visit(people.charlie).post("/mentoring/requests/1/accept", AGREED).status == 409


ANSWERED = ["declined", "withdrawn", "active", "ended"]


def test_an_answered_request_is_not_answered_again(app, people, visit):
    card(app, people.charlie)
    pairing = asked(app, people.charlie, people.bob)
    mentor, mentee = visit(people.charlie), visit(people.bob)
    for state in ANSWERED:
        with app.extensions["database"].transaction() as session:
            session.get(Pairing, pairing.id).state = state
        assert mentor.post("/mentoring/requests/1/accept", AGREED).status == 409
        assert mentor.post("/mentoring/requests/1/decline", {"reason": "no"}).status == 409
        assert mentee.post("/mentoring/requests/1/withdraw").status == 409
        assert stored(app, Pairing, 1).state == state


def test_each_step_belongs_to_one_of_the_two(app, people, visit):
    """Accept and decline: the mentor who was asked. Withdraw: the mentee. Everybody else finds nothing."""
    card(app, people.charlie)
    asked(app, people.charlie, people.bob)
    for person in (people.alice, people.bob, people.petra, people.adam):
        assert visit(person).post("/mentoring/requests/1/accept", AGREED).status == 404
        assert visit(person).post("/mentoring/requests/1/decline", {"reason": "no"}).status == 404
    for person in (people.alice, people.charlie, people.petra, people.adam):
        assert visit(person).post("/mentoring/requests/1/withdraw").status == 404
    for person in (people.alice, people.petra, people.adam):
        assert visit(person).get("/mentoring/requests/1/").status == 404
    assert visit().get("/mentoring/requests/1/").location.startswith("/sign-in")
    assert stored(app, Pairing, 1).state == "requested"


def test_nobody_is_their_own_mentor(app, people, visit):
    card(app, people.charlie)
    page = ask(visit, people.charlie, people.charlie)
    assert page.status == 422
    assert "nobody can be their own mentor" in page.words


def test_nobody_asks_the_same_mentor_twice(app, people, visit):
    card(app, people.charlie)
    assert ask(visit, people.bob, people.charlie).status == 303
    page = ask(visit, people.bob, people.charlie)
    assert page.status == 422
    assert "You have asked already" in page.words


def test_the_same_form_sent_twice_asks_once(app, people, visit):
    card(app, people.charlie)
    page = visit(people.bob).get(f"/mentoring/mentors/{people.charlie.id}/")
    answers = [page.submit(WISH, has="wish") for _ in range(2)]
    assert [answer.location for answer in answers] == ["/mentoring/requests/1/"] * 2
    assert page.submit({"wish": "Something else."}, has="wish").status == 409
    assert stored(app, Pairing, 2) is None


def test_a_mentor_who_leads_my_team_is_refused(app, people, visit):
    card(app, people.alice)
    page = ask(visit, people.bob, people.alice)
    assert page.status == 422
    assert "Alice leads your team" in page.words


def test_a_mentor_who_has_become_my_lead_cannot_accept(app, people, visit):
    card(app, people.charlie)
    asked(app, people.charlie, people.bob)
    put(app, Membership(person_id=people.charlie.id, team_id=people.north.id, is_lead=True))
    page = visit(people.charlie).post("/mentoring/requests/1/accept", AGREED)
    assert page.status == 422
    assert "You lead a team of this person" in page.words


def test_two_people_do_not_mentor_each_other(app, people, visit):
    card(app, people.bob)
    paired(app, people.charlie, people.bob)
    page = ask(visit, people.charlie, people.bob)
    assert page.status == 422
    assert "cannot mentor each other" in page.words


def test_a_paused_and_a_full_mentor_are_refused_in_words(app, people, visit):
    dora = somebody(app, "Dora")
    card(app, people.charlie, state="paused")
    card(app, dora, capacity=1)
    paired(app, dora, people.adam)
    assert "Charlie has paused" in ask(visit, people.bob, people.charlie).words
    assert "Dora has no free place" in ask(visit, people.bob, dora).words


def test_an_unapproved_mentor_cannot_be_asked(app, people, visit):
    card(app, people.charlie, approved=False)
    assert ask(visit, people.bob, people.charlie).status == 404
    page = ask(visit, people.petra, people.charlie)
    assert page.status == 422
    assert "has to approve Charlie" in page.words


def test_a_mentor_who_is_not_approved_cannot_accept(app, people, visit):
    card(app, people.charlie, state="suspended", approved=False)
    asked(app, people.charlie, people.bob)
    assert visit(people.charlie).post("/mentoring/requests/1/accept", AGREED).status == 422


def test_a_full_mentor_cannot_accept(app, people, visit):
    card(app, people.charlie, capacity=1)
    paired(app, people.charlie, people.adam)
    pairing = asked(app, people.charlie, people.bob)
    page = visit(people.charlie).post(f"/mentoring/requests/{pairing.id}/accept", AGREED)
    assert page.status == 422
    assert "Your one place is taken" in page.words
    assert stored(app, Pairing, pairing.id).state == "requested"


AGREEMENT_FAULTS = [
    ({"competence1": ""}, "Choose a competence"),
    ({"competence1": "ZZ9"}, "Choose a competence from the list"),
    ({"from1": "5"}, "Choose the level now from the list"),
    ({"from1": "2", "to1": "2"}, "Choose a level above the one now"),
    ({"due1": "2026-02-30"}, "as a date that exists"),
    ({"due1": (TODAY - timedelta(days=1)).isoformat()}, "Choose a day from today to the end"),
    ({"due1": (TODAY + timedelta(days=181)).isoformat()}, "Choose a day from today to the end"),
    ({"ends_on": TODAY.isoformat()}, "Choose a day after today"),
    ({"ends_on": "9999-12-31"}, "between"),
    ({"rhythm": "never"}, "Choose how often you meet from the list"),
    ({"limits": ""}, "Enter the limits"),
    ({"competence2": "P03"}, "or leave the whole goal empty"),
    ({"text3": "Only words"}, "or leave the whole goal empty"),
    ({"competence3": "P06", "from3": "0", "to3": "1", "due3": AGREED["due1"]}, "Choose each competence once"),
]


def test_an_agreement_with_a_fault_says_which_and_stores_nothing(app, people, visit):
    card(app, people.charlie)
    asked(app, people.charlie, people.bob)
    form = visit(people.charlie).get("/mentoring/requests/1/")
    for fields, sentence in AGREEMENT_FAULTS:
        page = form.submit({**AGREED, **fields}, action="/accept")
        assert page.status == 422, fields
        assert sentence in page.words
    assert stored(app, Pairing, 1).state == "requested"
    assert stored(app, Goal, 1) is None


def test_three_goals_are_agreed_at_once(app, people, visit):
    card(app, people.charlie)
    asked(app, people.charlie, people.bob)
    more = {f"{name}{n}": value for n, c in ((2, "P03"), (3, "H02")) for name, value in (("competence", c), ("from", "1"), ("to", "3"), ("due", AGREED["due1"]))}
    assert visit(people.charlie).post("/mentoring/requests/1/accept", {**AGREED, **more}).status == 303
    assert len(visit(people.bob).get("/mentoring/pairings/1/").all(".//tbody/tr")) == 3


def test_parallel_accepts_never_exceed_the_places_of_a_mentor(app, people, visit):
    card(app, people.charlie, capacity=2)
    mentees = [somebody(app, f"Mentee{n}") for n in range(6)]
    requests = [asked(app, people.charlie, mentee) for mentee in mentees]
    sites = [visit(people.charlie) for _ in requests]
    bodies = [{**AGREED, "csrf_token": site.token()} for site in sites]

    def accept(n):
        answer = sites[n].client.post(f"/mentoring/requests/{requests[n].id}/accept", data=bodies[n], base_url="http://127.0.0.1")
        return answer.status_code

    with ThreadPoolExecutor(6) as crowd:
        statuses = sorted(crowd.map(accept, range(6)))
    assert statuses == [303, 303, 422, 422, 422, 422]
    with app.extensions["database"].reading() as session:
        taken = sorted(row.slot for row in session.query(Pairing).filter_by(state="active"))
        assert taken == [1, 2]
        assert session.query(Goal).count() == 2


def test_the_same_request_accepted_in_parallel_is_one_pairing(app, people, visit):
    card(app, people.charlie, capacity=3)
    asked(app, people.charlie, people.bob)
    sites = [visit(people.charlie) for _ in range(4)]
    bodies = [{**AGREED, "csrf_token": site.token()} for site in sites]

    def accept(n):
        return sites[n].client.post("/mentoring/requests/1/accept", data=bodies[n], base_url="http://127.0.0.1").status_code

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(accept, range(4))) == [303, 409, 409, 409]
    assert stored(app, Goal, 2) is None


def test_the_same_wish_sent_in_parallel_is_one_request(app, people, visit):
    card(app, people.charlie)
    sites = [visit(people.bob) for _ in range(4)]
    bodies = [{**WISH, "csrf_token": site.token()} for site in sites]

    def send(n):
        return sites[n].client.post(f"/mentoring/mentors/{people.charlie.id}/", data=bodies[n], base_url="http://127.0.0.1").status_code

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(send, range(4))) == [303, 422, 422, 422]


BAD_WISHES = ["", "   ", "x" * 2001, "a\x00b"]


def test_a_wish_that_cannot_be_kept_is_refused(app, people, visit):
    card(app, people.charlie)
    site = visit(people.bob)
    for wish in BAD_WISHES:
        assert site.post(f"/mentoring/mentors/{people.charlie.id}/", {"wish": wish}).status == 422
    assert stored(app, Pairing, 1) is None


def test_asking_without_the_token_is_refused(app, people, visit):
    card(app, people.charlie)
    page = visit(people.bob).post(f"/mentoring/mentors/{people.charlie.id}/", WISH, as_is=True)
    assert page.status == 400
