"""The rounds: ten that are closed with their results, one published without names, two that are open and half answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.content import library
from app.demo.reading import Demo, TeamProfile
from app.demo.sheets import sheets_near
from app.demo.stage import Stage
from app.demo.story import AnonymousRound, FirstRound, OpenRound
from app.maturity.actions.guests import OUTSIDE
from app.models import AssessmentRound, Guest, Invitation, Person, RecordedAnswer, Team
from app.records.anonymous import hand_in
from app.records.publication import publish_alone
from app.records.results import store_result
from app.records.snapshot import Snapshot
from assessments.answers import Answer
from assessments.questionnaire import Questionnaire
from assessments.reading import DemoTeam

MODEL = "pmo-maturity"
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


def put_rounds(stage: Stage, demo: Demo) -> None:
    """Add all rounds with their answers, and the results of those that are closed."""
    model = shipped_model()
    files = {team.code: team for team in demo.answers}
    comments = {(comment.by, comment.item): comment.text for comment in demo.rounds.comments}
    results = {}
    for profile in demo.organisation.teams:
        asked = _asked(stage, demo, profile, 1)
        story = demo.rounds.first_of(profile.code)
        round_ = _round(stage, model, stage.teams[profile.code], 1, story.title, story.purpose, asked[0].person, story.opened)
        _close(stage, round_, story, asked[0].person)
        _answer(stage, round_, asked, sheets_of(model, files[profile.code]), comments)
        results[profile.code] = store_result(stage.session, round_, model)
    for held in demo.rounds.anonymous:
        profile = next(team for team in demo.organisation.teams if team.code == held.code)
        _anonymous_round(stage, model, held, _asked(stage, demo, profile, 1), results[held.code])
    for coming in demo.rounds.open:
        profile = next(team for team in demo.organisation.teams if team.code == coming.code)
        _open_round(stage, model, coming, _asked(stage, demo, profile, 2), results[coming.code])


def _anonymous_round(stage: Stage, model: Questionnaire, story: AnonymousRound, asked: Sequence[Asked], before: Snapshot) -> None:
    """Everybody hands in the way the site does, and the round is published once; what too few answered is not shown."""
    session = stage.session
    round_ = _round(stage, model, stage.teams[story.code], 2, story.title, story.purpose, asked[0].person, story.opened)
    round_.mode, round_.answers_shown_to_lead = "anonymous", False
    profile = {d.id: (d.index or 1) + story.lift.get(d.id, 0.05) for d in before.dimensions}
    made = sheets_near(model, profile, story.answered, f"{story.code} anonymous")
    for place, someone in enumerate(asked):
        invitation = invited(round_, someone.person.id, someone.role, someone.side)
        session.add(invitation)
        session.flush()
        if place >= story.answered:
            continue
        quiet = {item.id for d in model.dimensions if place < story.silent.get(d.id, 0) for item in d.all_items()}
        codes = {item: "DK" if item in quiet else code for item, code in made[place].items()}
        session.execute(insert(RecordedAnswer), answer_rows(invitation.id, read_codes(codes), stage.at(story.closed + 1)))
        hand_in(session, model, round_id=round_.id, invitation_id=invitation.id, group=invitation.group)
        invitation.state = "submitted"
    round_.state, round_.closed_at, round_.closes_on = "published", stage.at(story.closed), stage.day(story.closed)
    session.flush()
    publish_alone(session, round_, model, stage.teams[story.code].name)
    stage.note(story.closed, asked[0].person, "published a round", "round", round_.id)


def sheets_of(model: Questionnaire, team: DemoTeam) -> list[Sheet]:
    """The answers of a team: those of its file, or made near its profile."""
    if team.sheets:
        return [sheet.answers for sheet in team.sheets]
    return [read_codes(codes) for codes in sheets_near(model, team.profile, team.respondents, team.code)]


def read_codes(codes: Mapping[str, str]) -> Sheet:
    """A sheet from its written answers."""
    return {item: given for item, code in codes.items() if (given := Answer.from_code(code))}


def _asked(stage: Stage, demo: Demo, profile: TeamProfile, number: int) -> list[Asked]:
    places = ((profile.address(place), person) for place, person in enumerate(profile.people, 1) if person.is_asked(number))
    return [Asked(stage.people[name], person.role, demo.organisation.roles[person.role].side, name) for name, person in places]


def _round(
    stage: Stage, model: Questionnaire, team: Team, number: int, title: str, purpose: str, opener: Person, opened: int
) -> AssessmentRound:
    round_ = AssessmentRound(
        team_id=team.id, number=number, title=title, purpose=purpose, model_id=model.id, model_version=model.version,
        pmo_type=team.pmo_type, targets=model.targets(team.pmo_type), state="open", opened_at=stage.at(opened),
        created_by_id=opener.id, created_at=stage.at(opened + 2),
    )
    stage.session.add(round_)
    stage.session.flush()
    stage.note(opened + 2, opener, "set up a round", "round", round_.id)
    stage.note(opened, opener, "opened a round", "round", round_.id)
    return round_


def _close(stage: Stage, round_: AssessmentRound, story: FirstRound, opener: Person) -> None:
    """The round takes no more answers since the day of its story."""
    round_.state, round_.closed_at, round_.closes_on = "closed", stage.at(story.closed), stage.day(story.closed)
    stage.session.flush()
    stage.note(story.closed, opener, "closed a round", "round", round_.id)


def _answer(stage: Stage, round_: AssessmentRound, asked: Sequence[Asked], sheets: Sequence[Sheet], comments: Comments) -> None:
    """Invite everybody; the first people have submitted the sheets, the others did not answer."""
    opened, closed = round_.opened_at or stage.now, round_.closed_at or stage.now
    span = (closed - opened) / (len(sheets) + 2)
    invitations = []
    for place, someone in enumerate(asked):
        invitation = invited(round_, someone.person.id, someone.role, someone.side)
        if place < len(sheets):
            submitted(invitation, opened + span * (place + 1) + timedelta(minutes=17 * place))
        invitations.append(invitation)
    stage.session.add_all(invitations)
    stage.session.flush()
    rows = [
        row
        for someone, invitation, sheet in zip(asked, invitations, sheets, strict=False)
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


def _open_round(stage: Stage, model: Questionnaire, story: OpenRound, asked: Sequence[Asked], before: Snapshot) -> None:
    round_ = _round(stage, model, stage.teams[story.code], 2, story.title, story.purpose, asked[0].person, story.opened)
    round_.closes_on, round_.by_level = stage.day(-story.closes_in), story.by_level
    profile = {d.id: (d.index or 1) + story.lift.get(d.id, 0.05) for d in before.dimensions}
    made = sheets_near(model, profile, len(story.answered), f"{story.code} 2")
    sheets = dict(zip(story.answered, made, strict=True))
    rows = []
    for place, someone in enumerate(asked):
        invitation = invited(round_, someone.person.id, someone.role, someone.side)
        stage.session.add(invitation)
        count = story.answered.get(someone.name, 0)
        if count:
            when = stage.at(max(1, story.opened - 1 - place))
            if count >= len(model.items):
                submitted(invitation, when)
            else:
                invitation.state, invitation.started_at = "started", when - timedelta(minutes=count)
            stage.session.flush()
            begun = {item.id: sheets[someone.name][item.id] for item in model.items[:count]}
            rows += answer_rows(invitation.id, read_codes(begun), when)
    for guest in story.outside:
        person = Person(email=guest.email, email_key=f"guest {guest.email}", name=guest.name, disabled_at=stage.at(story.opened), is_demo=True)
        stage.session.add(person)
        stage.session.flush()
        stage.session.add(Guest(person_id=person.id, round_id=round_.id))
        stage.session.add(invited(round_, person.id, f"{OUTSIDE}: {guest.role}", "users"))
    stage.session.flush()
    stage.session.execute(insert(RecordedAnswer), rows)
