"""The first round of every team, closed with its result, and what all rounds of the demo are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.content import library
from app.demo.reading import Demo, TeamProfile
from app.demo.sheets import LITTLE, sheets_near
from app.demo.stage import Stage
from app.models import AssessmentRound, Invitation, Person, RecordedAnswer, Team
from app.records.results import store_result
from app.records.snapshot import Snapshot
from assessments.answers import Answer
from assessments.questionnaire import Questionnaire
from assessments.reading import DemoTeam

MODEL = "pmo-maturity"
FIRST = 1
Sheet = Mapping[str, Answer]
Comments = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Asked:
    """Somebody invited to a round."""

    person: Person
    role: str
    side: str
    name: str


def shipped_model() -> Questionnaire:
    """The maturity model the demo answers."""
    return library().questionnaires[MODEL]


def put_rounds(stage: Stage, demo: Demo) -> dict[str, Snapshot]:
    """Add the first round of every team with its answers; the results by code."""
    model = shipped_model()
    files = {team.code: team for team in demo.answers}
    results = {}
    for profile in demo.organisation.teams:
        people = asked(stage, demo, profile, FIRST)
        story = demo.rounds.first_of(profile.code)
        round_ = new_round(stage, model, stage.teams[profile.code], FIRST, story.title, story.purpose, people[0].person, story.opened)
        noted(stage, round_, people[0].person, story.opened)
        results[profile.code] = answered_and_closed(stage, model, round_, people, sheets_of(model, files[profile.code]), demo.rounds.written(FIRST), story.closed)
    return results


def answered_and_closed(
    stage: Stage, model: Questionnaire, round_: AssessmentRound, people: Sequence[Asked], sheets: Sequence[Sheet], comments: Comments, closed: int
) -> Snapshot:
    """Close the round on the day of its story, with everybody invited; the first people have submitted the sheets, the others did not answer."""
    round_.state, round_.closed_at, round_.closes_on = "closed", stage.at(closed), stage.day(closed)
    stage.session.flush()
    stage.note(closed, people[0].person, "closed a round", "round", round_.id)
    _answer(stage, round_, people, sheets, comments)
    return store_result(stage.session, round_, model)


def sheets_of(model: Questionnaire, team: DemoTeam) -> list[Sheet]:
    """The answers of a team: those of its file, or made near its profile."""
    if team.sheets:
        return [sheet.answers for sheet in team.sheets]
    return [read_codes(codes) for codes in sheets_near(model, team.profile, team.respondents, team.code)]


def later_sheets(model: Questionnaire, before: Snapshot, lift: Mapping[str, float], count: int, seed: str) -> list[dict[str, str]]:
    """Answers after *before*: each dimension is answered better by its lift, or by very little."""
    return sheets_near(model, {d.id: (d.index or 1) + lift.get(d.id, LITTLE) for d in before.dimensions}, count, seed)


def read_codes(codes: Mapping[str, str]) -> Sheet:
    """A sheet from its written answers."""
    return {item: given for item, code in codes.items() if (given := Answer.from_code(code))}


def asked(stage: Stage, demo: Demo, profile: TeamProfile, number: int) -> list[Asked]:
    """Who is invited to the round with this number, in the order of the file."""
    places = ((profile.address(place), person) for place, person in enumerate(profile.people, 1) if person.is_asked(number))
    return [Asked(stage.people[name], person.role, demo.organisation.roles[person.role].side, name) for name, person in places]


def new_round(
    stage: Stage, model: Questionnaire, team: Team, number: int, title: str, purpose: str, opener: Person, opened: int, **more: Any
) -> AssessmentRound:
    """A round that is open since so many days ago; *more* are other columns."""
    round_ = AssessmentRound(
        team_id=team.id, number=number, title=title, purpose=purpose, model_id=model.id, model_version=model.version,
        pmo_type=team.pmo_type, targets=model.targets(team.pmo_type), state="open", opened_at=stage.at(opened),
        created_by_id=opener.id, created_at=stage.at(opened + 2), **more,
    )
    stage.session.add(round_)
    stage.session.flush()
    return round_


def noted(stage: Stage, round_: AssessmentRound, opener: Person, opened: int) -> None:
    """The entries of a round somebody has set up and opened."""
    stage.note(opened + 2, opener, "set up a round", "round", round_.id)
    stage.note(opened, opener, "opened a round", "round", round_.id)


def _answer(stage: Stage, round_: AssessmentRound, people: Sequence[Asked], sheets: Sequence[Sheet], comments: Comments) -> None:
    opened, closed = round_.opened_at or stage.now, round_.closed_at or stage.now
    span = (closed - opened) / (len(sheets) + 2)
    invitations = []
    for place, someone in enumerate(people):
        invitation = invited(round_, someone.person.id, someone.role, someone.side)
        if place < len(sheets):
            submitted(invitation, opened + span * (place + 1) + timedelta(minutes=17 * place))
        invitations.append(invitation)
    stage.session.add_all(invitations)
    stage.session.flush()
    rows = [
        row
        for someone, invitation, sheet in zip(people, invitations, sheets, strict=False)
        for row in answer_rows(invitation.id, sheet, invitation.submitted_at or stage.now, someone.name, comments)
    ]
    stage.session.execute(insert(RecordedAnswer), rows)


def invited(round_: AssessmentRound, person_id: int, role: str, side: str) -> Invitation:
    """An invitation of the day the round opened."""
    return Invitation(round_id=round_.id, person_id=person_id, role=role, group=side, created_at=round_.opened_at)


def submitted(invitation: Invitation, when: datetime) -> None:
    """The person answered in 26 minutes and submitted."""
    invitation.state, invitation.started_at, invitation.submitted_at = "submitted", when - timedelta(minutes=26), when


def answer_rows(invitation_id: int, sheet: Sheet, when: datetime, name: str = "", comments: Comments | None = None) -> list[dict[str, Any]]:
    """The rows of one sheet."""
    known = comments or {}
    return [
        {
            "invitation_id": invitation_id, "item_id": item, "value": given.code, "reason": given.reason or "", "unit": given.unit or "",
            "comment": known.get((name, item), ""), "counter": 1, "saved_at": when, "created_at": when,
        }
        for item, given in sheet.items()
    ]
