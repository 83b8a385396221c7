"""What came after the first rounds: second ones that measure finished plans, a joint one without names, two that are half answered, a workshop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import insert

from app.demo.reading import Demo, TeamProfile
from app.demo.rounds import (
    answer_rows,
    answered_and_closed,
    asked,
    invited,
    later_sheets,
    new_round,
    noted,
    read_codes,
    shipped_model,
    submitted,
)
from app.demo.sheets import sheets_after, sheets_near
from app.demo.stage import Stage
from app.demo.story import JointStory, LaterRound, OpenRound, WorkshopStory
from app.maturity.actions.guests import OUTSIDE
from app.models import (
    AgreedLevel,
    AssessmentRound,
    Event,
    Guest,
    JointRound,
    JointTeam,
    Person,
    RecordedAnswer,
    RevealedItem,
    WorkshopPlace,
)
from app.records.anonymous import hand_in
from app.records.publication import publish_joint
from app.records.snapshot import Snapshot
from assessments.questionnaire import Questionnaire

SECOND, THIRD = 2, 3
K = 5
MINUTES_PER_ITEM = 6


def put_later_rounds(stage: Stage, demo: Demo, first: Mapping[str, Snapshot]) -> None:
    """Add the later rounds, answered near what the *first* ones said."""
    model = shipped_model()
    for again in demo.rounds.again:
        _measured_again(stage, demo, model, again)
    _joint_round(stage, demo, model, demo.rounds.joint, first)
    for coming in demo.rounds.open:
        _open_round(stage, demo, model, coming, first[coming.code])
    _workshop(stage, demo, model, demo.rounds.workshop, first[demo.rounds.workshop.code])


def _profile(demo: Demo, code: str) -> TeamProfile:
    return next(team for team in demo.organisation.teams if team.code == code)


def _measured_again(stage: Stage, demo: Demo, model: Questionnaire, story: LaterRound) -> None:
    """A second round that is closed, answered by the same people; the items of the story stand on the level it says."""
    people = asked(stage, demo, _profile(demo, story.code), SECOND)
    round_ = new_round(stage, model, stage.teams[story.code], SECOND, story.title, story.purpose, people[0].person, story.opened)
    noted(stage, round_, people[0].person, story.opened)
    team = next(team for team in demo.answers if team.code == story.code)
    before = sheets_near(model, team.profile, team.respondents, team.code)[:story.answered]
    made = sheets_after(model, before, story.lift, f"{story.code} again")
    for item, level in story.stands.items():
        _bring_to(made, item, level)
    answered_and_closed(stage, model, round_, people, [read_codes(codes) for codes in made], demo.rounds.written(SECOND), story.closed)


def _bring_to(sheets: list[dict[str, str]], item: str, level: int) -> None:
    """Move everybody's answer to an item alike, so that its level, the low median, is the one wanted."""
    known = sorted(int(codes[item]) for codes in sheets if codes[item].isdigit())
    step = level - known[(len(known) - 1) // 2]
    for codes in sheets:
        if codes[item].isdigit():
            codes[item] = str(max(1, min(5, int(codes[item]) + step)))


def _joint_round(stage: Stage, demo: Demo, model: Questionnaire, story: JointStory, first: Mapping[str, Snapshot]) -> None:
    """Everybody hands in the way the site does, and all teams are published at once; what too few answered is not shown."""
    session, opener = stage.session, stage.people[story.by]
    when = {"opened_at": stage.at(story.opened), "closed_at": stage.at(story.closed), "closes_on": stage.day(story.closed)}
    joint = JointRound(
        number=1, title=story.title, purpose=story.purpose, model_id=model.id, model_version=model.version, min_group=K, state="published",
        created_by_id=opener.id, created_at=stage.at(story.opened + 2), **when,
    )
    session.add(joint)
    session.flush()
    rounds = []
    for told in story.teams:
        round_ = new_round(
            stage, model, stage.teams[told.code], SECOND, story.title, story.purpose, opener, story.opened,
            mode="anonymous", min_group=K, answers_shown_to_lead=False,
        )
        rounds.append(round_)
        session.add(JointTeam(joint_id=joint.id, team_id=round_.team_id, round_id=round_.id))
        made = later_sheets(model, first[told.code], told.lift, told.answered, f"{told.code} anonymous")
        for place, someone in enumerate(asked(stage, demo, _profile(demo, told.code), SECOND)):
            invitation = invited(round_, someone.person.id, someone.person.job_title, "users")
            session.add(invitation)
            session.flush()
            if place >= told.answered:
                continue
            quiet = {item.id for d in model.dimensions if place < told.silent.get(d.id, 0) for item in d.all_items()}
            codes = {item: "DK" if item in quiet else code for item, code in made[place].items()}
            session.execute(insert(RecordedAnswer), answer_rows(invitation.id, read_codes(codes), stage.at(story.closed + 1)))
            hand_in(session, model, round_id=round_.id, invitation_id=invitation.id, group=invitation.group)
            invitation.state = "submitted"
        round_.state, round_.closed_at, round_.closes_on = "published", joint.closed_at, joint.closes_on
    session.flush()
    joint.scores = publish_joint(session, joint, rounds, model)
    for days_ago, what in ((story.opened + 2, "set up"), (story.opened, "opened"), (story.closed, "published")):
        stage.note(days_ago, opener, f"{what} a joint round", "joint round", joint.id)


def _open_round(stage: Stage, demo: Demo, model: Questionnaire, story: OpenRound, before: Snapshot) -> None:
    people = asked(stage, demo, _profile(demo, story.code), SECOND)
    round_ = new_round(stage, model, stage.teams[story.code], SECOND, story.title, story.purpose, people[0].person, story.opened)
    noted(stage, round_, people[0].person, story.opened)
    round_.closes_on, round_.by_level = stage.day(-story.closes_in), story.by_level
    made = later_sheets(model, before, story.lift, len(story.answered), f"{story.code} 2")
    sheets = dict(zip(story.answered, made, strict=True))
    rows = []
    for place, someone in enumerate(people):
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


def _workshop(stage: Stage, demo: Demo, model: Questionnaire, story: WorkshopStory, before: Snapshot) -> None:
    """A workshop in the middle: the items before the one it is at are revealed, most of them agreed, and the room votes on this one."""
    session, people = stage.session, asked(stage, demo, _profile(demo, story.code), THIRD)
    facilitator = people[0].person
    round_ = new_round(
        stage, model, stage.teams[story.code], THIRD, story.title, story.purpose, facilitator, story.opened, is_workshop=True, closes_on=stage.day(-story.closes_in),
    )
    noted(stage, round_, facilitator, story.opened)
    ids = [item.id for item in model.items]
    seen = ids[:ids.index(story.at)]
    began = stage.now - timedelta(minutes=MINUTES_PER_ITEM * (len(seen) + 1))
    moment = {item: began + timedelta(minutes=MINUTES_PER_ITEM * place) for place, item in enumerate([*seen, story.at])}
    session.add(Event(person_id=facilitator.id, what="began a workshop", thing="round", thing_id=str(round_.id), created_at=began))
    made = later_sheets(model, before, {}, story.voters, f"{story.code} workshop")
    rows = []
    for place, someone in enumerate(people):
        invitation = invited(round_, someone.person.id, someone.role, someone.side)
        session.add(invitation)
        if place >= story.voters:
            continue
        invitation.state, invitation.started_at = "started", began
        session.flush()
        for item in [*seen, story.at][:None if place < story.voted else -1]:
            rows += answer_rows(invitation.id, read_codes({item: made[place][item]}), moment[item] + timedelta(minutes=1))
    session.execute(insert(RecordedAnswer), rows)
    session.add_all(RevealedItem(round_id=round_.id, item_id=item, at=moment[item] + timedelta(minutes=2)) for item in seen)
    session.add(WorkshopPlace(round_id=round_.id, item_id=story.at, since=moment[story.at]))
    _agree(stage, round_, story, facilitator, moment)
    session.flush()


def _agree(stage: Stage, round_: AssessmentRound, story: WorkshopStory, facilitator: Person, moment: Mapping[str, datetime]) -> None:
    for told in story.agreed:
        when = moment[told.item] + timedelta(minutes=MINUTES_PER_ITEM - 1)
        stage.session.add(AgreedLevel(
            round_id=round_.id, item_id=told.item, level=told.level, reason=told.reason, person_id=facilitator.id, created_at=when,
        ))
        stage.session.add(Event(
            person_id=facilitator.id, what=f"agreed on level {told.level} of {told.item}", thing="round", thing_id=str(round_.id), created_at=when,
        ))
