"""People with their standing ratings, their gaps, and who of a team needs help with a competence.

One statement for any number of people. Whoever calls decides whose ratings may be read: pass a condition from
`access.skills_seen`, or ids the person may see anyway."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me, skills_seen, with_account
from app.content import library
from app.models import Membership, Person, SkillRating
from assessments.skills import Rating, RoleProfile, SkillGap, SkillProfile, SkillsCatalogue, skill_profile
from courses.pathways import SkillGap as LessonGap
from courses.pathways import lessons_for_gaps


@dataclass(frozen=True, eq=False)
class RatedPerson:
    """Somebody with the ratings that stand, by competence, and the role they are measured against (None: no role yet).

    The same stored rows give the same object, so that what is drawn of it can be kept as long as nothing changes."""

    id: int
    name: str
    role: RoleProfile | None
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    rated_at: Mapping[str, datetime] = field(default_factory=dict)

    @cached_property
    def profile(self) -> SkillProfile | None:
        """The gaps against the role, None without a role."""
        return skill_profile(self.role, self.ratings) if self.role else None


_RATED = (
    select(
        Person.id, Person.name, Person.role_profile,
        SkillRating.competence_id, SkillRating.kind, SkillRating.level, SkillRating.rated_at,
    )
    .outerjoin(SkillRating, and_(SkillRating.person_id == Person.id, SkillRating.replaced_at.is_(None)))
    .where(with_account())
    .order_by(func.lower(Person.name), Person.id)
)
_RATED_BY_ID = db.Frequent(_RATED.where(Person.id == bindparam("person")))
_RATED_BY_IDS = _RATED.where(Person.id.in_(bindparam("people", expanding=True)))


def rated_people(session: Session, *conditions: ColumnElement[bool]) -> tuple[RatedPerson, ...]:
    """The people who fit, by name, with the ratings that stand: one statement for all of them."""
    return _of_rows(db.rows(session, _RATED.where(*conditions)))


def rated_members(session: Session, team_id: int) -> tuple[RatedPerson, ...]:
    """The people of a team whose accounts are open, by name, with the ratings that stand; one statement."""
    return _of_rows(db.rows(session, _RATED_MEMBERS, team=team_id))


def rated_person(session: Session, person_id: int) -> RatedPerson | None:
    """One person with the ratings that stand; one statement."""
    return next(iter(_of_rows(db.rows(session, _RATED_BY_ID, person=person_id))), None)


def _of_rows(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[RatedPerson, ...]:
    return _rated(tuple(rows), library().version)


@lru_cache(maxsize=256)
def _rated(rows: tuple[Row[*tuple[Any, ...]], ...], content: str) -> tuple[RatedPerson, ...]:
    roles = library().skills.roles
    levels: dict[int, dict[str, dict[str, int]]] = {}
    dates: dict[int, dict[str, datetime]] = {}
    named: dict[int, tuple[str, str | None]] = {}
    for person_id, name, role, competence, kind, level, rated_at in rows:
        named[person_id] = (name, role)
        if competence is not None:
            levels.setdefault(person_id, {}).setdefault(competence, {})[kind] = level
            own = dates.setdefault(person_id, {})
            own[competence] = max(rated_at, own.get(competence, rated_at))
    return tuple(
        RatedPerson(
            person_id, name, roles.get(role or ""),
            {c: Rating(kinds.get("self"), kinds.get("assessed")) for c, kinds in levels.get(person_id, {}).items()},
            dates.get(person_id, {}),
        )
        for person_id, (name, role) in named.items()
    )


def members_of(team_id: int | BindParameter[int]) -> tuple[ColumnElement[bool], ...]:
    """The condition for the people of a team whose accounts are open."""
    members = select(Membership.person_id).where(Membership.team_id == team_id)
    return (Person.id.in_(members), Person.disabled_at.is_(None))


_RATED_MEMBERS = _RATED.where(*members_of(bindparam("team")))


@dataclass(frozen=True)
class Gap:
    """What somebody has and what the role needs in one competence; `have` is None where nobody rated it."""

    competence: str
    name: str
    have: int | None
    need: int
    gap: int


def gaps(session: Session, person_ids: Collection[int]) -> dict[int, tuple[Gap, ...]]:
    """All gaps above 0 of each person, the largest first; one statement.

    Somebody without a role or without gaps has an empty tuple. The caller may see these people's ratings.
    """
    if not person_ids:
        return {}
    return {person.id: gaps_of(person) for person in _of_rows(db.rows(session, _RATED_BY_IDS, people=list(person_ids)))}


def gaps_of(person: RatedPerson) -> tuple[Gap, ...]:
    """The gaps above 0 of one person, the largest first, then the larger target, then in the role's order."""
    profile = person.profile
    return tuple(_gap(gap) for gap in profile.largest(len(profile.gaps))) if profile else ()


def _gap(gap: SkillGap) -> Gap:
    known = library().skills.competences
    return Gap(gap.competence, known[gap.competence].name, gap.rating, gap.target, gap.gap)


@dataclass(frozen=True)
class InNeed:
    """Somebody who has a gap in what an action needs, and the written lessons that close it: (title, address)."""

    person_id: int
    name: str
    gaps: tuple[Gap, ...]
    lessons: tuple[tuple[str, str], ...]


def in_need(session: Session, me: Me, team_id: int, competences: Iterable[str], most: int = 3) -> tuple[InNeed, ...]:
    """People of the team with a gap in these competences, whose skills I may see; at most *most* lessons each.

    Ordered by the size of the gaps together, largest first, then by name. One statement.
    """
    wanted = frozenset(competences)
    if not wanted:
        return ()
    found = []
    for person in rated_people(session, *members_of(team_id), skills_seen(me, Person.id)):
        open_gaps = tuple(gap for gap in gaps_of(person) if gap.competence in wanted)
        if open_gaps:
            found.append(InNeed(person.id, person.name, open_gaps, _lessons(open_gaps, most)))
    return tuple(sorted(found, key=lambda one: -sum(gap.gap for gap in one.gaps)))


def _lessons(open_gaps: tuple[Gap, ...], most: int) -> tuple[tuple[str, str], ...]:
    catalogue = library().catalogue
    asked = [LessonGap(gap.competence, gap.gap) for gap in open_gaps]
    return tuple(
        (found.lesson.title, f"/courses/{catalogue.course(found.lesson.course).slug}/{found.lesson.slug}/")
        for found in lessons_for_gaps(catalogue, asked, ())[:most]
    )


def level_words(skills: SkillsCatalogue, level: int | None) -> str:
    """2 -> '2 with support'; None -> 'not rated'."""
    names = {step.value: step.name for step in skills.scale}
    return "not rated" if level is None else f"{level} {names.get(level, '').lower()}".strip()


def role_words(role: RoleProfile | None) -> str:
    """The role inside a sentence: 'new project manager', 'PMO analyst'; 'no role yet' without one."""
    if role is None:
        return "no role yet"
    return role.name if role.name[:2].isupper() else role.name[:1].lower() + role.name[1:]
