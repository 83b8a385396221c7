"""An invitation goes to a colleague before the first answer, in named rounds, and the lead sees it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models import Invitation, Membership, OutboxMessage
from assessments.errors import RoundNotOpen, RoundRuleBroken, SheetAlreadySubmitted
from assessments.rounds import Round, check_handing_on
from tests.support.build import a_round
from tests.support.people import person

HERE = "/teams/north/rounds/1/"


def test_the_rule_of_handing_on():
    check_handing_on(Round("open"), "invited", in_team=True)
    with pytest.raises(RoundRuleBroken, match="fixed"):
        check_handing_on(Round("open", "anonymous"), "invited", in_team=True)
    with pytest.raises(RoundNotOpen):
        check_handing_on(Round("closed"), "invited", in_team=True)
    with pytest.raises(RoundRuleBroken, match="Only members"):
        check_handing_on(Round("open"), "invited", in_team=False)
    with pytest.raises(SheetAlreadySubmitted):
        check_handing_on(Round("open"), "started", in_team=True)


def test_bob_hands_on_to_nia_and_she_may_hand_back(app, people, visit):
    own = app.extensions["database"]
    with own.transaction() as session:
        nia = person("Nia")
        session.add(nia)
        session.flush()
        session.add(Membership(person_id=nia.id, team_id=people.north.id))
        a_round(session, people.north, [(people.bob, "users"), (people.charlie, "users")])
        session.expunge_all()
    page = visit(people.bob).get(visit(people.bob).get(f"{HERE}answer/").link("Hand the invitation on to a colleague"))
    assert "Choose somebody" in page.submit({"to": str(people.charlie.id)}).words
    assert page.submit({"to": str(nia.id)}).location == "/teams/north/rounds/"
    assert visit(people.bob).get(f"{HERE}answer/").status == 404
    assert "handed on by Bob" in visit(people.alice).get(HERE).words
    with own.reading() as session:
        letter = session.scalars(select(OutboxMessage)).one()
        assert (letter.recipient, "Bob hands an invitation on to you and asks for your view" in letter.text) == ("nia@north.example", True)
    assert "Hand the invitation" not in visit(people.charlie).get(f"{HERE}answer/").words
    visit(nia).get(f"{HERE}hand-on/").submit({"to": str(people.bob.id)})
    visit(people.bob).get(f"{HERE}answer/").submit(action="answer/")
    assert visit(people.bob).get(f"{HERE}hand-on/").status == 403
    with own.reading() as session:
        assert session.scalar(select(Invitation.role).where(Invitation.person_id == people.bob.id)) == "Project manager"
