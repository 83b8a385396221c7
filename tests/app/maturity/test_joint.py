"""Joint rounds: many teams asked at once, published together through the gate."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update

from app import clock
from app.models import (
    AnonymousSheet,
    AssessmentRound,
    Invitation,
    JointRound,
    Membership,
    Programme,
    ProgrammeTeam,
    PublishedResult,
    RecordedAnswer,
    Team,
)
from tests.app.maturity.test_anonymous import DIMENSIONS
from tests.assessments.attacker import given_away
from tests.support.anonymous import ITEMS, crowd, give
from tests.support.build import a_round, answered
from tests.support.statements import counted

HOME = "/programme/rounds/"
HIDDEN = "Fewer than 5 answers or protected"


def later(days=7):
    return (clock.today() + timedelta(days=days)).isoformat()


def organisation(app, people, **sizes):
    """Teams of so many members; those whose name begins with p are in the programme Port. Their ids by name."""
    with app.extensions["database"].transaction() as session:
        programme = Programme(name="Port", name_key="port")
        session.add(programme)
        found = {}
        for name, size in sizes.items():
            team = Team(slug=name, name=name.title(), pmo_type="SUP")
            session.add(team)
            session.flush()
            session.add_all(Membership(person_id=p.id, team_id=team.id) for p in crowd(session, size, name.title()))
            if name.startswith("p"):
                session.add(ProgrammeTeam(team_id=team.id, programme_id=programme.id))
            found[name] = team.id
        session.flush()
    return found


def set_up(site, asked, **more):
    page = site.get(f"{HOME}new/")
    return page.submit({"title": "All", "purpose": "To see.", "closes_on": later(), "teams": [str(t) for t in asked.values()], **more})


def units_of(result):
    """What the table of a result says: {unit: the words of its cells}."""
    return {
        "".join(row.element.find("th").itertext()): ["".join(cell.itertext()) for cell in row.element.findall("td")] for row in result.all(".//tbody/tr")
    }


def everybody_hands_in(app, but=0, comments=()):
    """All invited hand in, except the last *but*; person n of a team answers 1 + n % 4."""
    with app.extensions["database"].transaction() as session:
        asked = session.execute(
            select(Invitation, AssessmentRound).join(AssessmentRound, AssessmentRound.id == Invitation.round_id).order_by(Invitation.id)
        ).all()
        for n, (invitation, round_) in enumerate(asked[: len(asked) - but]):
            words = {ITEMS[0]: f"canary {n}"} if n in comments else None
            give(session, round_, invitation, dict.fromkeys(ITEMS, 1 + n % 4), words)


def test_from_the_draft_to_one_publication_for_all(app, people, visit):
    teams = organisation(app, people, pier=7, port=6, park=2, quay=9)
    petra = visit(people.petra)
    assert "No joint round yet" in petra.get(HOME).words
    assert "always anonymous" in petra.get(f"{HOME}new/").words
    assert set_up(petra, teams).location == f"{HOME}1/"
    draft = petra.get(f"{HOME}1/")
    assert "Every member is invited when you open it" in draft.words
    assert draft.submit(action="open").status == 303
    page = petra.get(f"{HOME}1/")
    assert "24 people in four teams were invited" in page.words
    assert page.words.count("Fewer than 5 have submitted.") == 4
    everybody_hands_in(app, comments=(0, 1, 2, 3))
    closing = petra.get(f"{HOME}1/close/")
    assert "once and for good" in closing.words
    result = closing.submit(follow=True)
    # 24 = (7 + 6 + 2) + 9: the team of 2 falls, and the team of 6, because 15 - 7 - 6 would give the 2 away
    units = units_of(result)
    assert [(name, cells[0]) for name, cells in units.items()] == [
        ("The whole organisationorganisation", "24"), ("Portprogramme", "15"), ("Parkteam", HIDDEN), ("Pierteam", "7"), ("Portteam", HIDDEN), ("Quayteam", "9"),
    ]
    with app.extensions["database"].reading() as session:
        shown = set(session.scalars(select(Team.slug).join(PublishedResult, PublishedResult.team_id == Team.id)))
        assert shown == {"pier", "quay"}
        assert set(session.scalars(select(AssessmentRound.state))) == {"published"}
        assert len(session.scalars(select(JointRound.scores)).one()["scores"]) == 2
    hidden = petra.get("/teams/port/rounds/1/results/")
    assert "Nothing of this round is shown for this team. Fewer than 5 answers count, or" in hidden.words
    assert not hidden.all(".//main//table")                                       # no chart and no row that could be read as a zero
    assert "canary" not in petra.get("/teams/pier/rounds/1/results/").words        # seven answers are too few for comments
    assert result.words.count("canary") == 4                                       # they moved up to the programme of 15
    table = petra.post(f"{HOME}1/results/export.csv").text
    assert table.count(HIDDEN) == 2 * (3 + len(DIMENSIONS))


def test_what_leads_members_and_others_may_do_and_read(app, people, visit):
    teams = organisation(app, people, pier=7, quay=6)
    petra = visit(people.petra)
    set_up(petra, {**teams, "north": people.north.id})
    alice, bob, charlie = visit(people.alice), visit(people.bob), visit(people.charlie)
    petra.get(f"{HOME}1/").submit(action="open")
    for site in (alice, bob):
        assert site.get(f"{HOME}1/").status == 404
        assert site.get(f"{HOME}1/results/").status == 404
    mine = alice.get("/teams/north/rounds/1/")
    assert "Part of" in mine.words
    for deed in ("close/", "cancel/", "extend", "invite/"):
        assert alice.post(f"/teams/north/rounds/1/{deed}", {"closes_on": later()}).status == 403
        assert petra.post(f"/teams/north/rounds/1/{deed}", {"closes_on": later()}).status == 403
    assert "joint round of several teams" in petra.get("/teams/north/rounds/1/close/").words
    everybody_hands_in(app)
    petra.get(f"{HOME}1/close/").submit()
    for site in (alice, bob):
        page = site.get(f"{HOME}1/results/")
        assert "The whole organisation" in page.words
        assert "Pier" not in page.words
        assert site.post(f"{HOME}1/results/export.csv").status == 404
    assert charlie.get(f"{HOME}1/results/").status == 404                          # of a team that was not asked
    with app.extensions["database"].transaction() as session:
        session.execute(update(JointRound).values(shared_with_participants=False))
    assert bob.get(f"{HOME}1/results/").status == 404
    assert alice.get(f"{HOME}1/results/").status == 200


def test_what_cannot_be_is_refused_in_words(app, people, visit):
    teams = organisation(app, people, pier=3, quay=1)
    petra = visit(people.petra)
    for fields, says in (
        ({"teams": str(teams["pier"])}, "at least two teams"), ({"teams": None}, "at least two teams"), ({"teams": ["999", "1"]}, "from the list"),
        ({"min_group": "3"}, "from 4 to 50"), ({"closes_on": later(-3)}, "today or later"), ({"title": ""}, "Enter a name"),
    ):
        refused = set_up(petra, teams, **fields)
        assert refused.status == 422, fields
        assert says in refused.words
    set_up(petra, teams)
    assert "at least 5 people" in petra.post(f"{HOME}1/open").words                # four members are too few
    with app.extensions["database"].transaction() as session:
        twice = session.scalars(select(Membership.person_id).where(Membership.team_id == teams["pier"])).first()
        session.add_all([Membership(person_id=twice, team_id=teams["quay"]), *(Membership(person_id=p.id, team_id=teams["quay"]) for p in crowd(session, 4))])
    assert "would be asked in two of these teams" in petra.post(f"{HOME}1/open").words
    with app.extensions["database"].transaction() as session:
        session.execute(Membership.__table__.delete().where(Membership.person_id == twice, Membership.team_id == teams["quay"]))
        a_round(session, session.get(Team, teams["pier"]), number=7)
    assert "Pier has an open round" in petra.post(f"{HOME}1/open").words
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count(AssessmentRound.id))) == 1
    for step in ("close/", "extend"):
        assert petra.post(f"{HOME}1/{step}", {"closes_on": later()}).status == 409
    assert petra.get(f"{HOME}1/close/").status == 409
    assert petra.get(f"{HOME}1/cancel/").submit().status == 303
    assert petra.post(f"{HOME}1/open").status == 409


def test_a_joint_round_below_its_minimum_stays_open_and_a_cancelled_one_keeps_nothing(app, people, visit):
    petra = visit(people.petra)
    set_up(petra, organisation(app, people, pier=4, quay=3))
    petra.get(f"{HOME}1/").submit(action="open")
    everybody_hands_in(app, but=3)
    assert "Fewer than 5 people have submitted" in petra.post(f"{HOME}1/close/").words
    page = petra.get(f"{HOME}1/")
    assert page.submit({"closes_on": later(20)}, action="extend").status == 303
    with app.extensions["database"].transaction() as session:
        assert set(session.scalars(select(AssessmentRound.closes_on))) == {clock.today() + timedelta(days=20)}
        answered(session, session.scalars(select(Invitation).where(Invitation.state == "invited")).first(), {"GOV-1": 2}, submit=False)
    assert petra.get(f"{HOME}1/cancel/").submit().status == 303
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count()).select_from(AnonymousSheet)) == 0
        assert session.scalar(select(func.count(RecordedAnswer.id))) == 0
        assert set(session.scalars(select(AssessmentRound.state))) == {"cancelled"}


def test_figures_scraped_from_every_page_give_no_set_below_k_away(app, people, visit):
    """One pattern a person: whoever reads all n and means cannot work out the answers of fewer than five."""
    sizes = {"pier": 5, "port": 4, "park": 9, "quay": 6, "rock": 1, "sand": 8}
    teams = organisation(app, people, **sizes)
    petra = visit(people.petra)
    set_up(petra, teams)
    petra.get(f"{HOME}1/").submit(action="open")
    everybody_hands_in(app)
    result = petra.get(f"{HOME}1/close/").submit(follow=True)
    people_of = {f"{name.title()}team": {f"{name}{n}" for n in range(size)} for name, size in sizes.items()}
    people_of["Portprogramme"] = set().union(*(people_of[f"{name}team"] for name in ("Pier", "Port", "Park")))
    people_of["The whole organisationorganisation"] = set().union(*people_of.values())
    cells = {name: people_of[name] for name, words in units_of(result).items() if words[0] != HIDDEN}
    assert [int(words[0]) for name, words in units_of(result).items() if name in cells] == [len(cell) for cell in cells.values()]
    assert len(cells) >= 4
    assert given_away(cells, 5) == []


def test_the_pages_take_as_many_statements_for_twelve_teams_as_for_two(app, people, visit):
    petra = visit(people.petra)
    numbers = {}
    for number, count in ((1, 2), (2, 12)):
        set_up(petra, organisation_again(app, count, number))
        petra.get(f"{HOME}{number}/").submit(action="open")
        everybody_hands_in_of(app, number)
        with counted(app) as opened:
            assert petra.get(f"{HOME}{number}/").status == 200
        assert petra.get(f"{HOME}{number}/close/").submit().status == 303
        with counted(app) as shown:
            assert petra.get(f"{HOME}{number}/results/").status == 200
        with counted(app) as form:
            petra.get(f"{HOME}new/")
        numbers[number] = (len(opened), len(shown), len(form))
    assert numbers[1] == numbers[2]
    assert max(numbers[2]) <= 8


def organisation_again(app, count, number):
    with app.extensions["database"].transaction() as session:
        found = {}
        for t in range(count):
            team = Team(slug=f"x{number}-{t}", name=f"X{number} {t}", pmo_type="SUP")
            session.add(team)
            session.flush()
            session.add_all(Membership(person_id=p.id, team_id=team.id) for p in crowd(session, 5, f"X{number}-{t}-"))
            found[team.slug] = team.id
        return found


def everybody_hands_in_of(app, number):
    with app.extensions["database"].transaction() as session:
        for invitation, round_ in session.execute(
            select(Invitation, AssessmentRound).join(AssessmentRound, AssessmentRound.id == Invitation.round_id)
            .join(Team, Team.id == AssessmentRound.team_id).where(Team.slug.startswith(f"x{number}-"))
        ).all():
            give(session, round_, invitation, dict.fromkeys(ITEMS, 2))
