"""Ratings and evidence: as the story has them, all others made near the target of the role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import insert

from app.content import library
from app.demo.reading import Demo
from app.demo.stage import Stage
from app.demo.story import OutsideStory, Ratings
from app.models import OutsideCertificate, Person, SkillEvidence, SkillRating
from assessments.skills import HIGHEST, LOWEST, RoleProfile

SEED = "skills of the demo"
OWN_STEPS = (-2, -1, -1, -1, 0, 0, 0, 0, 1)
ASSESSED_STEPS = (-1, 0, 0, 0)
ASSESSED_SHARE = 0.3
UNRATED_ROLE = "SPO"
Row = dict[str, Any]


def put_skills(stage: Stage, demo: Demo, leads: Mapping[str, Person]) -> None:
    """Add the ratings of everybody with a role, but for sponsors, and the evidence."""
    random = Random(SEED)
    told = {ratings.by: ratings for ratings in demo.skills.ratings}
    raters = _raters(stage, demo, leads)
    rows: list[Row] = []
    for name, (rater, team) in raters.items():
        person = stage.people[name]
        role = library().skills.roles.get(person.role_profile or "")
        if name in told:
            rows += _told(stage, person, rater, told[name])
        elif role and role.id != UNRATED_ROLE:
            days = random.randint(30, 320)
            made = made_levels(role, random, demo.skills.most.get(team, {}))
            rows += made_rows(person.id, rater.id, made, stage.at(days), stage.at(days - 8))
    for earlier in demo.skills.earlier:
        row = _row(stage.people[earlier.by].id, earlier.competence, "self", earlier.own, stage.people[earlier.by].id, stage.at(earlier.days_ago))
        rows.append(row | {"replaced_at": stage.at(told[earlier.by].days_ago)})
    stage.session.execute(insert(SkillRating), rows)
    for proof in demo.skills.evidence:
        person = stage.people[proof.by]
        piece = SkillEvidence(
            person_id=person.id, competence_id=proof.competence, text=proof.text, shown_on=stage.day(proof.days_ago),
            created_at=stage.at(proof.days_ago),
        )
        stage.session.add(piece)
        stage.session.flush()
        stage.note(proof.days_ago, person, "added evidence", "evidence", piece.id)


    for told_of in demo.skills.certificates:
        _certificate(stage, told_of)


def _certificate(stage: Stage, told: OutsideStory) -> None:
    """A certificate from elsewhere, recorded a day after it was issued."""
    person, recorded = stage.people[told.by], max(1, told.issued - 1)
    row = OutsideCertificate(
        person_id=person.id, title=told.title, issuer=told.issuer, issued_on=stage.day(told.issued), competences=told.competences,
        expires_on=None if told.expires_in is None else stage.day(-told.expires_in), created_at=stage.at(recorded),
    )
    if told.decided:
        row.state, row.reason = ("approved" if told.decided.approves else "declined"), told.decided.reason
        row.decided_by_id, row.decided_at = stage.people[told.decided.by].id, stage.at(max(1, recorded - 3))
    stage.session.add(row)
    stage.session.flush()
    stage.hang(person, stage.at(recorded), file=told.file, link=told.link, outside_certificate_id=row.id)
    stage.note(recorded, person, "recorded a certificate from elsewhere", "outside certificate", row.id)


def _raters(stage: Stage, demo: Demo, leads: Mapping[str, Person]) -> Mapping[str, tuple[Person, str]]:
    """For everybody in a team, who assesses them (the lead, and the PMO lead for leads) and the code of the team."""
    pmo = stage.people["pmo"]
    found: dict[str, tuple[Person, str]] = {}
    for profile in demo.organisation.teams:
        names = [profile.address(place) for place in range(1, len(profile.people) + 1)]
        lead = leads[profile.code]
        found |= {name: (pmo if stage.people[name] is lead else lead, profile.code) for name in names}
    return found


def made_levels(role: RoleProfile, random: Random, most: Mapping[str, int]) -> dict[str, tuple[int, int | None]]:
    """(own, assessed) per competence, near the target of the role; assessed is None for most."""
    found = {}
    for competence, target in role.targets.items():
        top = most.get(competence, HIGHEST)
        own = max(LOWEST, min(top, target + random.choice(OWN_STEPS)))
        assessed = max(LOWEST, min(top, own + random.choice(ASSESSED_STEPS)))
        found[competence] = (own, assessed if random.random() < ASSESSED_SHARE else None)
    return found


def made_rows(person_id: int, rater_id: int, levels: Mapping[str, tuple[int, int | None]], rated: datetime, checked: datetime) -> Iterator[Row]:
    """The rows of one person: own ratings by the person, the others by the rater."""
    for competence, (own, assessed) in levels.items():
        yield _row(person_id, competence, "self", own, person_id, rated)
        if assessed is not None:
            yield _row(person_id, competence, "assessed", assessed, rater_id, checked)


def _told(stage: Stage, person: Person, rater: Person, told: Ratings) -> Iterator[Row]:
    levels = {competence: (own, told.assessed.get(competence)) for competence, own in told.own.items()}
    stage.note(told.days_ago, person, "rated own skills", "person", person.id)
    if told.assessed:
        stage.note(told.days_ago - 8, rater, "assessed skills", "person", person.id, person)
    return made_rows(person.id, rater.id, levels, stage.at(told.days_ago), stage.at(told.days_ago - 8))


def _row(person_id: int, competence: str, kind: str, level: int, rater_id: int, when: datetime) -> Row:
    return {
        "person_id": person_id, "competence_id": competence, "kind": kind, "level": level, "note": "", "rater_id": rater_id,
        "rated_at": when, "replaced_at": None, "created_at": when,
    }
