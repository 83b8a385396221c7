"""Rating, assessing, keeping evidence, setting a role, and taking a team's skills out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch, skills_seen
from app.content import library
from app.errors import Differing, EditConflict, Refused
from app.models import Event, Person, SkillEvidence, SkillRating
from app.records.accounts import demand_fresh
from app.skills.queries.people import NOT_OWN, NOT_OWN_ROLE, role_page, to_assess
from app.skills.queries.rating import newest_rating
from app.skills.queries.team import team_csv


def rate_myself(session: Session, me: Me, *, levels: Mapping[str, int], newest: int | None, now: datetime) -> int:
    """Keep my own ratings: one new row for each level that differs. Returns how many. Raises EditConflict."""
    fetch(session, me, Person, Person.id == me.person_id, lock=True)
    given = _keep(session, me, me.person_id, "self", levels, {}, newest, now)
    session.add(Event(person_id=me.person_id, what="rated own skills", thing="person", thing_id=str(me.person_id), detail={"ratings": given}))
    return given


def assess(
    session: Session, me: Me, person_id: int, *,
    levels: Mapping[str, int], notes: Mapping[str, str], newest: int | None, now: datetime,
) -> int:
    """Assess somebody I lead, or anybody else as PMO lead. Raises NotVisible, Forbidden, Refused, EditConflict."""
    to_assess(session, me, person_id)
    person = fetch(session, me, Person, Person.id == person_id, skills_seen(me, Person.id), lock=True)
    demand(me, "assess skills", person, NOT_OWN)
    for competence, note in notes.items():
        if note and competence not in levels:
            raise Refused(f"Choose a level for {library().skills.competences[competence].name} to go with the note", competence)
    given = _keep(session, me, person_id, "assessed", levels, notes, newest, now)
    session.add(Event(
        person_id=me.person_id, subject_id=person_id, what="assessed skills", thing="person", thing_id=str(person_id), detail={"ratings": given},
    ))
    return given


def _keep(
    session: Session, me: Me, person_id: int, kind: str,
    levels: Mapping[str, int], notes: Mapping[str, str], newest: int | None, now: datetime,
) -> int:
    standing = {
        rating.competence_id: rating
        for rating in session.scalars(
            select(SkillRating).where(SkillRating.person_id == person_id, SkillRating.kind == kind, SkillRating.replaced_at.is_(None))
        )
    }
    changed = {
        competence: (level, notes.get(competence, ""))
        for competence, level in levels.items()
        if competence not in standing or (level, notes.get(competence, standing[competence].note)) != (standing[competence].level, standing[competence].note)
    }
    if changed and newest is not None and newest != newest_rating(session, person_id, kind):
        raise EditConflict(_differing(changed, standing), "/skills/rate/" if kind == "self" else f"/skills/{person_id}/assess/")
    for competence in changed:
        if competence in standing:
            standing[competence].replaced_at = now
    session.flush()  # the old rating must have stepped down before the new one may stand
    session.add_all(
        SkillRating(person_id=person_id, competence_id=competence, kind=kind, level=level, note=note, rater_id=me.person_id, rated_at=now)
        for competence, (level, note) in changed.items()
    )
    session.flush()
    return len(changed)


def _differing(changed: Mapping[str, tuple[int, str]], standing: Mapping[str, SkillRating]) -> tuple[Differing, ...]:
    known = library().skills.competences
    return tuple(
        Differing(known[c].name, f"{level} {note}".strip(), f"{standing[c].level} {standing[c].note}".strip() if c in standing else "not rated")
        for c, (level, note) in changed.items()
    )


def add_evidence(session: Session, me: Me, *, competence: str, text: str, link: str, shown_on: date, today: date) -> int:
    """Keep a piece of evidence of my own. Raises Refused for a day to come."""
    if shown_on > today:
        raise Refused("Enter a day up to today; evidence is about what has happened", "shown_on")
    piece = SkillEvidence(person_id=me.person_id, competence_id=competence, text=text, link=link, shown_on=shown_on)
    session.add(piece)
    session.flush()
    session.add(Event(person_id=me.person_id, what="added evidence", thing="evidence", thing_id=str(piece.id), detail={"competence": competence}))
    return piece.id


def take_evidence_away(session: Session, me: Me, evidence_id: int) -> None:
    """Delete a piece of evidence of my own. Raises NotVisible for anybody else's."""
    piece = fetch(session, me, SkillEvidence, SkillEvidence.id == evidence_id, SkillEvidence.person_id == me.person_id, lock=True)
    session.delete(piece)
    session.add(Event(
        person_id=me.person_id, what="took evidence away", thing="evidence", thing_id=str(evidence_id), detail={"competence": piece.competence_id},
    ))


def set_role(session: Session, me: Me, person_id: int, *, role: str, version: int | None) -> str:
    """Say which role somebody is measured against; the address to go on to. Raises NotVisible, Forbidden, EditConflict."""
    page = role_page(session, me, person_id)
    person = fetch(session, me, Person, Person.id == person_id, lock=True)
    demand(me, "set role", person, NOT_OWN_ROLE)
    if version != person.version:
        roles = library().skills.roles
        yours, stored = roles[role].name, roles[person.role_profile].name if person.role_profile in roles else "none"
        raise EditConflict((Differing("Role", yours, stored),), f"/skills/{person_id}/role/")
    before, person.role_profile = person.role_profile, role
    session.add(Event(
        person_id=me.person_id, subject_id=person_id, what="set a role", thing="person", thing_id=str(person_id), detail={"from": before, "to": role},
    ))
    return page.back


def take_team_skills(session: Session, me: Me, slug: str, now: datetime) -> str:
    """The skills of a team I lead as CSV, noted as an event. Raises NotVisible, NotFresh."""
    demand_fresh(session, me, now)
    team_id, text = team_csv(session, me, slug)
    session.add(Event(person_id=me.person_id, what="exported skills", thing="team", thing_id=str(team_id)))
    return text
