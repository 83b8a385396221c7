"""Files and links behind answers and agreed levels: who adds them, who reads them, and never in an anonymous round."""

from __future__ import annotations

from sqlalchemy import select

from app.models import AssessmentRound, Attachment, Invitation
from app.records.results import store_result
from assessments.questionnaire import Questionnaire
from tests.support import uploads as made
from tests.support.build import a_round, answered
from tests.support.sheets import library

ROUND = "/teams/north/rounds/1/"
GOV, HERE = f"{ROUND}answer/GOV/", f"{ROUND}answer/GOV/evidence/GOV-1/"
AGREED = f"{ROUND}agreed-levels/evidence/GOV-1/"


def model() -> Questionnaire:
    return library().questionnaires["pmo-maturity"]


def attached(app) -> list[Attachment]:
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.id)))


def close(app, **more) -> None:
    with app.extensions["database"].transaction() as session:
        for invitation in session.scalars(select(Invitation)):
            answered(session, invitation, {item.id: 2 for item in model().items if not (item.id == "GOV-1" and invitation.state == "started")})
        round_ = session.scalars(select(AssessmentRound)).one()
        round_.state = "closed"
        for name, value in more.items():
            setattr(round_, name, value)
        session.flush()
        store_result(session, round_, model())


def test_evidence_of_an_answer_from_the_answer_page_to_the_results(app, people, visit):
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, [(people.bob, "users"), (people.charlie, "office")])
    bob, charlie, alice = visit(people.bob), visit(people.charlie), visit(people.alice)
    onward = bob.get(GOV).submit({"GOV-1": "3", "go": "evidence GOV-1"})
    assert (onward.status, onward.location) == (303, HERE)
    page = bob.get(HERE)
    assert "Read by the lead of North and the PMO lead once the round is closed, without your name" in page.words
    assert made.send(bob, HERE, file=(made.PDF, "Charter by Bob.pdf")).location == HERE
    assert made.send(bob, HERE, link="https://wiki.north.example/charter").status == 303
    assert made.send(bob, HERE, link="ftp://wiki.north.example/").status == 422
    file, link = attached(app)
    assert bob.get(GOV).link("Charter by Bob.pdf") == f"/files/{file.id}/"
    assert "https://wiki.north.example/charter" not in charlie.get(GOV).text
    assert [visit(who).get(f"/files/{file.id}/").status for who in (people.bob, people.charlie, people.alice, people.petra)] == [200, 404, 404, 404]
    assert charlie.post(f"{HERE}{file.id}/remove").status == 404
    assert [visit(who).get(HERE).status for who in (people.alice, people.petra)] == [404, 404]
    assert bob.get(f"{ROUND}answer/GOV/evidence/STR-1/").status == 404
    bob.get(GOV).submit({"GOV-1": "3", "go": "save"})
    assert len(attached(app)) == 2

    close(app)
    assert made.send(bob, HERE, link="https://late.example/").status == 409
    assert bob.post(f"{HERE}{link.id}/remove").status == 409
    results = alice.get(f"{ROUND}results/")
    assert results.link("Charter by Bob.pdf") == f"/files/{file.id}/"
    assert "What did people add?" in results.words
    assert "Bob," not in results.words
    assert "Charter by Bob.pdf" not in charlie.get(f"{ROUND}results/").words
    assert [visit(who).get(f"/files/{file.id}/").status for who in (people.bob, people.charlie, people.alice, people.petra)] == [200, 404, 200, 200]


def test_evidence_of_an_agreed_level_is_for_everybody_who_reads_the_result(app, people, visit):
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, [(people.bob, "users"), (people.charlie, "office")])
    close(app)
    alice, charlie = visit(people.alice), visit(people.charlie)
    assert alice.get(AGREED).status == 404
    assert alice.get(f"{ROUND}agreed-levels/").submit({"item": "GOV-1", "level": "3", "reason": "We talked.", "evidence": "The charter."}).status == 303
    assert "Agreed: level 3" in alice.get(AGREED).words
    assert made.send(alice, AGREED, file=(made.png(), "charter.png")).status == 303
    assert (made.send(charlie, AGREED, link="https://a.example/").status, charlie.get(AGREED).status) == (403, 403)
    file = attached(app)[0]
    assert charlie.get(f"{ROUND}results/").link("charter.png") == f"/files/{file.id}/"
    assert charlie.get(f"/files/{file.id}/").status == 200
    assert charlie.post(f"{AGREED}{file.id}/remove").status == 403
    assert alice.get(f"{ROUND}agreed-levels/").submit({}, action="agreed-levels/remove").status == 303
    assert attached(app) == []
    assert list((app.extensions["settings"].instance_dir / "files").glob("*/*")) == []


def test_an_anonymous_round_takes_no_evidence_and_says_why(app, people, visit):
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, [(people.bob, "users"), (people.charlie, "office")], mode="anonymous", min_group=4)
    bob = visit(people.bob)
    page = bob.get(GOV)
    assert "Files and links are not taken in an anonymous round: they could say whose answer it is." in page.words
    assert "evidence GOV-1" not in page.text
    refused = bob.get(HERE)
    assert (refused.status, "not taken in an anonymous round" in refused.words) == (403, True)
    assert made.send(bob, HERE, link="https://a.example/").status == 403
    assert attached(app) == []
