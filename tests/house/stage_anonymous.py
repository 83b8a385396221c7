"""Answers without names on the stage: North's published round 4, and joint rounds published, drafted and open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.content import library
from app.models import (
    AnonymousSheet,
    AssessmentRound,
    Invitation,
    JointRound,
    JointTeam,
    Person,
    Programme,
    ProgrammeTeam,
    Team,
)
from app.records.anonymous import standing_comments
from app.records.anonymous_figures import team_unit
from app.records.publication import publish_alone, publish_joint
from tests.support.anonymous import ITEMS, give
from tests.support.build import a_round, answered

if TYPE_CHECKING:
    from tests.house.stage import Stage

PATTERN = {item: 1 + at % 5 for at, item in enumerate(ITEMS)}


def put_anonymous(session: Session, stage: Stage) -> None:
    """Nobody's answers are to be read by anybody, so nearly every word of them is a canary without readers."""
    _programmes(session, stage)
    people, model = stage.people, library().questionnaires["pmo-maturity"]
    crowd = [people[f"n{number}"] for number in range(1, 5 * stage.size + 1)]
    comments = {
        "Su": stage.secret("anonymous comment of Su", "canary-anonymous-su", "TL", "PL"),
        "Nia": stage.secret("anonymous comment of Nia", "canary-anonymous-nia", "TL", "PL"),
        "Ivo": stage.secret("anonymous comment of Ivo", "canary-anonymous-ivo", "TL", "PL"),
    }
    alone = stage.secret("lonely anonymous comment of Su", "canary-anonymous-alone-su")
    round_ = _answered(session, stage.teams["North"], 4, [people["Su"], people["Nia"], people["Ivo"], *crowd], [
        {ITEMS[0]: comments["Su"], ITEMS[2]: alone}, {ITEMS[0]: comments["Nia"]}, {ITEMS[0]: comments["Ivo"]},
    ], state="closed")
    round_.state, round_.closed_at = "published", clock.now()
    publish_alone(session, round_, model, "North")
    for number, key in enumerate(session.scalars(select(AnonymousSheet.id).where(AnonymousSheet.round_id == round_.id))):
        stage.secret(f"key of sheet {number}", key)
    stage.ids["comment key"] = standing_comments(session, round_.id, team_unit(round_.team_id))[0][0]
    _joint_rounds(session, stage, crowd)


def _programmes(session: Session, stage: Stage) -> None:
    for number in range(stage.size):
        programme = Programme(name=f"Programme {number}", name_key=f"programme {number}")
        session.add(programme)
        session.flush()
        stage.ids.setdefault("programme", str(programme.id))
        team = Team(slug=f"in-programme-{number}", name=f"In programme {number}", pmo_type="SUP")
        session.add(team)
        session.flush()
        session.add(ProgrammeTeam(team_id=team.id, programme_id=programme.id))
    session.add(ProgrammeTeam(team_id=stage.teams["North"].id, programme_id=int(stage.ids["programme"])))
    session.flush()


def _answered(session: Session, team: Team, number: int, people: list[Person], comments: list[dict[str, str]], **more: Any) -> AssessmentRound:
    """An anonymous round in which all of these have handed in."""
    asking = [(person, "users") for person in people]
    round_, asked = a_round(session, team, asking, number=number, mode="anonymous", opened_at=clock.now(), min_group=4, **more)
    for place, invitation in enumerate(asked):
        give(session, round_, invitation, PATTERN, comments[place] if place < len(comments) else None)
    return round_


def _joint_rounds(session: Session, stage: Stage, crowd: list[Person]) -> None:
    """Joint round 1 of North and South is published, 2 of South and West a draft, 3 of two teams of its own open with a draft of Su; more published ones."""
    people, model, now = stage.people, library().questionnaires["pmo-maturity"], clock.now()
    for number in (1, *range(10, 10 + stage.size)):
        rounds = [
            _answered(session, stage.teams["North"], 20 + number, [people["Su"], people["Nia"], *crowd], [], state="closed"),
            _answered(session, stage.teams["South"], 20 + number, [people["Pe"], people["Ivo"]], [], state="closed"),
        ]
        joint = _joint(session, number, "published", closed_at=now, opened_at=now)
        for round_ in rounds:
            round_.state, round_.closed_at = "published", now
            session.add(JointTeam(joint_id=joint.id, team_id=round_.team_id, round_id=round_.id))
        session.flush()
        joint.scores = publish_joint(session, joint, rounds, model)
    draft = _joint(session, 2, "draft")
    session.add_all(JointTeam(joint_id=draft.id, team_id=stage.teams[name].id) for name in ("South", "West"))
    joint = _joint(session, 3, "open", opened_at=now)
    for name in ("Joint A", "Joint B"):
        team = Team(slug=name.lower().replace(" ", "-"), name=name, pmo_type="SUP")
        session.add(team)
        session.flush()
        asked = [people["Nia"], *crowd] if name == "Joint A" else [people["Ivo"]]
        round_ = _answered(session, team, 1, asked, [{ITEMS[0]: stage.secret(f"comment in {name}", f"canary-open-{team.slug}")}], closes_on=joint.closes_on)
        session.add(JointTeam(joint_id=joint.id, team_id=team.id, round_id=round_.id))
        if name == "Joint B":
            mine = _invite(session, round_, people["Su"])
            answered(session, mine, {ITEMS[0]: 3}, submit=False, comments={ITEMS[0]: stage.secret("anonymous draft of Su", "canary-draft-su", "Su")})
            mine.started_at = None
    session.flush()


def _invite(session: Session, round_: AssessmentRound, person: Person) -> Invitation:
    invitation = Invitation(round_id=round_.id, person_id=person.id, role="Project manager", group="users")
    session.add(invitation)
    session.flush()
    return invitation


def _joint(session: Session, number: int, state: str, **more: Any) -> JointRound:
    joint = JointRound(
        number=number, title=f"All {number}", purpose="To see.", model_id="pmo-maturity", model_version=1, min_group=4, state=state,
        closes_on=clock.today() + timedelta(days=20), **more,
    )
    session.add(joint)
    session.flush()
    return joint
