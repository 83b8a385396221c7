"""Role profiles, ratings and their gaps, coverage of a group, freshness of evidence (domain 7.5).

Ratings run from 0 none, 1 aware, 2 with support, 3 on my own, to 4 leads or teaches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

LOWEST, HIGHEST = 0, 4
HELD_AT = 3
TALK_AT = 2
FRESH_DAYS = 365
STALE_DAYS = 730

Freshness = Literal["fresh", "ageing", "stale", "none"]


@dataclass(frozen=True, slots=True)
class Competence:
    """Something people can be good at, in one of the areas practice, people or business."""

    id: str
    name: str
    area: str
    meaning: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """What a role needs: a target rating per competence id."""

    id: str
    name: str
    targets: Mapping[str, int]
    duty: str = ""


@dataclass(frozen=True, slots=True)
class RatingName:
    """One step of the rating scale."""

    value: int
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SkillsCatalogue:
    """The rating scale, the areas by id, all competences and roles by id, and role ids by owner's name.

    `owner_roles` says which role profile the owner of an improvement has: PMO analyst -> PAN.
    """

    scale: tuple[RatingName, ...]
    areas: Mapping[str, str]
    competences: Mapping[str, Competence]
    roles: Mapping[str, RoleProfile]
    owner_roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that shows a competence at a level, and when it happened."""

    competence: str
    on: date
    what: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """How somebody is rated on one competence, by themselves and by an assessor."""

    self_rated: int | None = None
    assessed: int | None = None

    @property
    def value(self) -> int | None:
        """The assessor's rating where there is one, else the person's own."""
        return self.self_rated if self.assessed is None else self.assessed

    @property
    def needs_talk(self) -> bool:
        """Whether the two ratings are two or more apart."""
        return (
            self.self_rated is not None
            and self.assessed is not None
            and abs(self.self_rated - self.assessed) >= TALK_AT
        )


@dataclass(frozen=True, slots=True)
class SkillGap:
    """One competence of a person against the target of the role. `rating` is None when nobody rated it."""

    competence: str
    target: int
    rating: int | None
    needs_talk: bool = False

    @property
    def gap(self) -> int:
        """max(0, target - rating); a competence nobody rated counts as 0."""
        return max(0, self.target - (self.rating or 0))


@dataclass(frozen=True, slots=True)
class SkillProfile:
    """A person against a role: every competence the role has a target for, in the role's order."""

    role: str
    gaps: tuple[SkillGap, ...]

    @property
    def index(self) -> float | None:
        """100 x sum of gaps / sum of targets, so 0 is fully there; None for a role without targets."""
        wanted = sum(gap.target for gap in self.gaps)
        return 100 * sum(gap.gap for gap in self.gaps) / wanted if wanted else None

    @property
    def unrated(self) -> tuple[str, ...]:
        """Competences with a target that nobody has rated."""
        return tuple(gap.competence for gap in self.gaps if gap.rating is None and gap.target)

    def largest(self, count: int = 3) -> tuple[SkillGap, ...]:
        """The largest gaps above 0, larger target first among equals, then in the role's order."""
        above = [gap for gap in self.gaps if gap.gap]
        return tuple(sorted(above, key=lambda gap: (-gap.gap, -gap.target))[:count])


def skill_profile(role: RoleProfile, ratings: Mapping[str, Rating]) -> SkillProfile:
    """A person's gaps against a role.

    NPM: targets sum to 35; at target except P03 1, P06 0, H02 1 (each target 2): gaps 4, index 11.4286.
    """
    return SkillProfile(
        role.id,
        tuple(
            SkillGap(competence, target, rating.value, rating.needs_talk)
            for competence, target in role.targets.items()
            for rating in [ratings.get(competence, Rating())]
        ),
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who holds each competence at 3 or more: nobody is a hole, one person a risk."""

    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def held_by_nobody(self) -> tuple[str, ...]:
        """Competences without a holder."""
        return tuple(key for key, people in self.holders.items() if not people)

    @property
    def held_by_one(self) -> tuple[str, ...]:
        """Competences that leave when one person leaves."""
        return tuple(key for key, people in self.holders.items() if len(people) == 1)


def coverage(competences: Sequence[str], people: Mapping[str, Mapping[str, Rating]]) -> Coverage:
    """Holders of each competence among people (person -> competence -> rating), in the order given."""
    return Coverage(
        {
            competence: tuple(
                person
                for person, ratings in people.items()
                if (ratings.get(competence, Rating()).value or 0) >= HELD_AT
            )
            for competence in competences
        }
    )


def freshness(evidence: Sequence[Evidence], competence: str, today: date) -> Freshness:
    """How recent the newest evidence is: fresh up to a year, ageing up to two, then stale.

    Evidence dated after `today` does not count.
    """
    ages = [(today - e.on).days for e in evidence if e.competence == competence and e.on <= today]
    if not ages:
        return "none"
    if min(ages) <= FRESH_DAYS:
        return "fresh"
    return "ageing" if min(ages) <= STALE_DAYS else "stale"
