"""Setting up rounds: who may, in which order, what is refused, and that one round of a team is open however hard people try."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.content import library
from app.models import AssessmentRound, Event, Invitation, Organisation
from app.records.results import store_result
from tests.support.build import a_round, answered
from tests.support.people import person
from tests.support.statements import counted

ITEMS = [item.id for item in library().questionnaires["pmo-maturity"].items]
HERE = "/teams/north/rounds/1/"


def later(days=7):
    return (clock.today() + timedelta(days=days)).isoformat()


def build(app, people, state="open", asked=None, **more):
    with app.extensions["database"].transaction() as session:
        found = a_round(session, people.north, asked if asked is not None else [(people.bob, "users")], state=state, **more)
        session.expunge_all()
    return found


def set_up(visit, person, **fields):
    page = visit(person).get("/teams/north/rounds/new/")
    return page.submit({"title": "Autumn", "purpose": "To see.", "closes_on": later(), **fields})


@pytest.mark.parametrize(("fields", "says"), [
    ({"title": ""}, "Enter a name"), ({"title": "x" * 81}, "at most 80"), ({"purpose": " \u200b "}, "Enter a reason"),
    ({"closes_on": "2026-02-30"}, "as a date that exists"), ({"closes_on": "2019-01-01"}, "closing day"), ({"closes_on": "9999-01-01"}, "between"),
    ({"model_id": "meeting-health"}, "Choose the questions from the list"), ({"pmo_type": "ZZZ"}, "from the list"),
    ({"answers_shown_to_lead": None}, "Choose yes or no"), ({"shared": "perhaps"}, "from the list"),
])
def test_a_round_that_cannot_be_is_refused_in_words(app, people, visit, fields, says):
    page = set_up(visit, people.alice, **fields)
    assert page.status == 422
    assert says in page.words
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count(AssessmentRound.id))) == 0


def test_yesterday_is_no_closing_day(people, visit):
    assert "today or later" in set_up(visit, people.alice, closes_on=later(-2)).words


def test_the_same_draft_sent_twice_is_one_round(app, people, visit):
    page = visit(people.alice).get("/teams/north/rounds/new/")
    fields = {"title": "Autumn", "purpose": "To see.", "closes_on": later()}
    assert [page.submit(fields).location for _ in range(2)] == [HERE, HERE]
    assert page.submit({**fields, "title": "Other"}).status == 409
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count(AssessmentRound.id))) == 1


def test_a_draft_is_changed_by_one_at_a_time_and_an_open_round_not_at_all(app, people, visit):
    build(app, people, state="draft", closes_on=clock.today() + timedelta(days=3))
    mine, hers = (visit(p).get(f"{HERE}edit/") for p in (people.alice, people.petra))
    assert hers.submit({"title": "Petra’s name"}).status == 303
    conflict = mine.submit({"title": "Alice’s name"})
    assert conflict.status == 409
    assert "Petra’s name" in conflict.words
    visit(people.alice).get(HERE).submit(action="open")
    assert visit(people.alice).get(f"{HERE}edit/").status == 409
    assert mine.submit({"title": "Late"}).status == 409


@pytest.mark.parametrize(("state", "step", "status"), [
    ("draft", "close/", 409), ("draft", "extend", 409), ("open", "open", 409), ("closed", "open", 409), ("closed", "close/", 409),
    ("closed", "cancel/", 409), ("cancelled", "open", 409), ("cancelled", "close/", 409), ("cancelled", "cancel/", 409), ("open", "close/", 409),
])
def test_a_step_out_of_order_changes_nothing(app, people, visit, state, step, status):
    build(app, people, state=state)
    assert visit(people.alice).post(f"{HERE}{step}", {"closes_on": later()}).status == status
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(AssessmentRound.state)) == state
        assert session.scalar(select(func.count(Event.id)).where(Event.thing == "round")) == 0


def test_results_answers_and_submitting_before_their_time_are_told_so(app, people, visit):
    build(app, people, state="draft")
    alice, bob = visit(people.alice), visit(people.bob)
    assert alice.get(f"{HERE}results/").status == 409
    assert alice.get(f"{HERE}answers/").status == 409
    assert bob.get(f"{HERE}answer/").status == 404
    alice.get(HERE).submit(action="open")
    assert bob.post(f"{HERE}check/").status == 409
    assert bob.get(f"{HERE}answer/GOV/").status == 200
    assert bob.get(f"{HERE}answer/XYZ/").status == 404


def test_invitations_go_to_members_and_to_known_people_once(app, people, visit):
    build(app, people, state="draft", asked=[])
    alice = visit(people.alice)
    for fields, says in (
        ({"group": "users"}, "Choose at least one person"), ({"people": str(people.bob.id)}, "Choose a side"),
        ({"people": str(people.charlie.id), "group": "users"}, "from the list"),
        ({"email": "nobody@north.example", "group": "users"}, "Nobody with an account"), ({"email": "no mail", "group": "users"}, "Enter an e-mail address"),
    ):
        page = alice.get(f"{HERE}invite/").submit({"group": None, **fields})
        assert page.status == 422
        assert says in page.words
    assert alice.get(f"{HERE}invite/").submit({"people": [str(people.bob.id), str(people.alice.id)], "group": "users"}).status == 303
    again = alice.get(f"{HERE}invite/").submit({"email": "bob@north.example", "group": "office"})
    assert "invited already" in again.words
    with app.extensions["database"].reading() as session:
        assert sorted(session.scalars(select(Invitation.person_id))) == sorted([people.alice.id, people.bob.id])


def test_an_invitation_goes_back_only_before_its_person_has_started(app, people, visit):
    _, (bobs, charlies) = build(app, people, asked=[(people.bob, "users"), (people.charlie, "office")])
    visit(people.bob).get(f"{HERE}answer/").submit()
    alice = visit(people.alice)
    assert alice.post(f"{HERE}invitations/{bobs.id}/remove").status == 409
    assert alice.get(HERE).submit(action=f"{charlies.id}/remove").status == 303
    assert alice.post(f"{HERE}invitations/{charlies.id}/remove").status == 404
    assert visit(people.charlie).get(HERE).status == 404


def test_the_closing_day_moves_while_the_round_is_open(app, people, visit):
    build(app, people, closes_on=clock.today() - timedelta(days=3))
    page = visit(people.alice).get(HERE)
    assert page.submit({"closes_on": later(-1)}, action="extend").status == 422
    assert page.submit({"closes_on": later(9)}, action="extend").status == 303
    assert visit(people.bob).get(f"{HERE}answer/").submit().status == 303


def test_two_drafts_opened_at_once_give_one_open_round(app, people, visit):
    build(app, people, state="draft")
    build(app, people, state="draft", number=2)
    alices = [visit(people.alice) for _ in range(6)]
    tokens = [site.token() for site in alices]

    def press(n):
        return alices[n].post(f"/teams/north/rounds/{n % 2 + 1}/open", {"csrf_token": tokens[n]}, as_is=True).status

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(press, range(6)))
    assert statuses == [303, 409, 409, 409, 409, 409]
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count(AssessmentRound.id)).where(AssessmentRound.state == "open")) == 1


ROWS = [
    ("", {"alice": 200, "bob": 200, "charlie": 404, "petra": 200, "adam": 404}),
    ("answer/", {"alice": 404, "bob": 200, "charlie": 404, "petra": 404, "adam": 404}),
    ("answer/GOV/", {"alice": 404, "bob": 200, "charlie": 404, "petra": 404, "adam": 404}),
    ("check/", {"alice": 404, "bob": 200, "charlie": 404, "petra": 404, "adam": 404}),
    ("invite/", {"alice": 200, "bob": 403, "charlie": 404, "petra": 200, "adam": 404}),
    ("close/", {"alice": 200, "bob": 403, "charlie": 404, "petra": 200, "adam": 404}),
    ("cancel/", {"alice": 200, "bob": 403, "charlie": 404, "petra": 200, "adam": 404}),
]


@pytest.mark.parametrize(("page", "who"), ROWS)
def test_who_may_open_which_page_of_an_open_round(app, people, visit, page, who):
    _, (bobs,) = build(app, people)
    with app.extensions["database"].transaction() as session:
        answered(session, session.merge(bobs), dict.fromkeys(ITEMS, 2))
    assert {name: visit(getattr(people, name)).get(f"{HERE}{page}").status for name in who} == who
    assert visit().get(f"{HERE}{page}").status == 303


CLOSED = [
    ("results/", True, {"alice": 200, "bob": 200, "charlie": 404, "petra": 200, "adam": 404}),
    ("results/", False, {"alice": 200, "bob": 404, "charlie": 404, "petra": 200, "adam": 404}),
    ("agreed-levels/", True, {"alice": 200, "bob": 403, "charlie": 404, "petra": 200, "adam": 404}),
    ("answers/", True, {"alice": 200, "bob": 404, "charlie": 404, "petra": 200, "adam": 404}),
]


@pytest.mark.parametrize(("page", "shared", "who"), CLOSED)
def test_who_may_read_what_of_a_closed_round(app, people, visit, page, shared, who):
    _, (bobs,) = build(app, people, shared_with_participants=shared)
    with app.extensions["database"].transaction() as session:
        answered(session, session.merge(bobs), dict.fromkeys(ITEMS, 2))
    assert visit(people.alice).get(f"{HERE}close/").submit().status == 303
    assert {name: visit(getattr(people, name)).get(f"{HERE}{page}").status for name in who} == who


def test_a_closed_round_says_who_did_not_answer(app, people, visit):
    _, (bobs, _, charlies) = build(app, people, asked=[(people.bob, "users"), (people.petra, "office"), (people.charlie, "users")])
    with app.extensions["database"].transaction() as session:
        answered(session, session.merge(bobs), dict.fromkeys(ITEMS, 2))
        answered(session, session.merge(charlies), {"GOV-1": 2}, submit=False)
    assert visit(people.alice).get(f"{HERE}close/").submit().status == 303
    page = visit(people.alice).get(HERE)
    states = {row.words.split("Project manager")[0]: row.words for row in page.all(".//tbody/tr")}
    assert "Submitted" in states["Bob"]
    assert "Not submitted" in states["Charlie"]
    assert "Not answered" in states["Petra"]
    assert "Invited" not in " ".join(states.values())


def test_writing_follows_the_same_rows(app, people, visit):
    _, (bobs,) = build(app, people, state="draft")
    deeds = ("edit/", "invite/", "open", "extend", "close/", "cancel/", f"invitations/{bobs.id}/remove", "agreed-levels/", "agreed-levels/remove")
    for deed in deeds:
        assert visit(people.bob).post(f"{HERE}{deed}").status == 404  # a draft is not for those invited
        assert visit(people.charlie).post(f"{HERE}{deed}").status == 404
        assert visit(people.adam).post(f"{HERE}{deed}").status == 404
    visit(people.alice).post(f"{HERE}open")
    for deed in deeds[:-2]:
        assert visit(people.bob).post(f"{HERE}{deed}", {"closes_on": later()}).status == 403, deed
    assert visit(people.petra).post(f"{HERE}answer/").status == 404
    assert visit(people.bob).get("/teams/north/rounds/new/").status == 403
    assert visit(people.charlie).get("/teams/north/rounds/new/").status == 404


def test_the_organisation_can_leave_rounds_to_the_pmo_lead(app, people, visit):
    build(app, people, state="draft")
    with app.extensions["database"].transaction() as session:
        session.scalars(select(Organisation)).one().leads_run_rounds = False
    alice = visit(people.alice)
    assert alice.get(HERE).status == 200
    assert alice.post(f"{HERE}open").status == 403
    assert alice.get("/teams/north/rounds/new/").status == 403
    assert visit(people.petra).post(f"{HERE}open").status == 303


def test_forty_respondents_cost_no_more_statements_than_five(app, people, visit):
    with app.extensions["database"].transaction() as session:
        crowd = [person(f"Crowd{n}") for n in range(40)]
        session.add_all(crowd)
        session.flush()
        for number, size in ((1, 5), (2, 40)):
            round_, asked = a_round(session, people.north, [(p, "users" if n % 2 else "office") for n, p in enumerate(crowd[:size])], number=number)
            for n, invitation in enumerate(asked):
                answered(session, invitation, {item: 1 + (n + k) % 4 for k, item in enumerate(ITEMS)}, comments={"GOV-1": f"Note {n}"})
            session.flush()
            round_.state = "closed"
            store_result(session, round_, library().questionnaires["pmo-maturity"])
        a_round(session, people.north, [(p, "users") for p in crowd], number=3)
        first = crowd[0]
        session.expunge_all()
    alice, member = visit(people.alice), visit(first)
    for page in ("results/", "answers/", "agreed-levels/", ""):
        numbers = []
        for number in (1, 2):
            with counted(app) as statements:
                assert alice.get(f"/teams/north/rounds/{number}/{page}").status == 200
            numbers.append(len(statements))
        assert numbers[1] == numbers[0], (page, numbers)
        assert max(numbers) <= 8
    with counted(app) as statements:
        member.get("/teams/north/rounds/3/answer/GOV/")
    assert len(statements) <= 5
    with counted(app) as statements:
        alice.get("/teams/north/rounds/")
    assert len(statements) <= 5
