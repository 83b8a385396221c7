"""The heat map of people and competences, and what hardly anybody of a group can do alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.content import library
from app.records.skills import RatedPerson, role_words
from assessments.skills import Rating, coverage

LARGEST, NAMED = 8, 8
SHADES = ("g0", "g2", "g3", "g4")
CSV_HEAD = ("Person", "Role", "Competence", "Name", "Own rating", "Assessed", "Counts", "Target", "Gap")
COVERAGE_HEAD = ("Competence", "Name", "People at 3 or more", "Who")


@dataclass(frozen=True)
class Column:
    """A competence as a column; `name` is empty where only its code fits."""

    id: str
    name: str
    title: str


@dataclass(frozen=True)
class Cell:
    """What one person has of what the role needs. `shade` is a class of the stylesheet."""

    competence: str
    value: str
    words: str
    shade: str


@dataclass(frozen=True)
class Row:
    """One person of the heat map."""

    name: str
    role: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Held:
    """A competence that nobody or one person holds on level 3 or above."""

    id: str
    name: str
    holders: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class SkillMap:
    """The chosen competences over the people of a group, and the coverage of all competences. The same people give the same object."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    coverage: tuple[Held, ...]
    people: int
    choices: tuple[tuple[str, str, bool], ...]


def skill_map(people: tuple[RatedPerson, ...], chosen: str = "", first: int = 0, end: int | None = None) -> SkillMap:
    """The map of *people*: the competences of an area, a single one, or (anything else) the eight largest gaps in all.

    Only those from place *first* up to *end* get a row; columns and coverage count everybody.
    """
    return _drawn(people, chosen, first, end, library().version)


@lru_cache(maxsize=64)
def _drawn(people: tuple[RatedPerson, ...], chosen: str, first: int, end: int | None, content: str) -> SkillMap:
    skills = library().skills
    ids = _columns(people, chosen)
    offered = [("", "The eight with the largest gaps"), *skills.areas.items()]
    offered += [(c.id, f"{c.id} {c.name}") for c in skills.competences.values()]
    return SkillMap(
        columns=tuple(
            Column(i, skills.competences[i].name if len(ids) <= NAMED else "", skills.competences[i].name) for i in ids
        ),
        rows=tuple(_row(person, ids) for person in people[first:end]),
        coverage=thin_coverage(people),
        people=len(people),
        choices=tuple((value, words, value == chosen) for value, words in offered),
    )


def thin_coverage(people: Sequence[RatedPerson]) -> tuple[Held, ...]:
    """Competences held at 3 or more by nobody or by one, those of nobody first, then in the catalogue's order."""
    return tuple(sorted((held for held in all_coverage(people) if len(held.holders) < 2), key=lambda held: len(held.holders)))


def all_coverage(people: Sequence[RatedPerson]) -> tuple[Held, ...]:
    """Who holds each competence, in the catalogue's order."""
    skills = library().skills
    names = {str(person.id): person.name for person in people}
    holders = coverage(tuple(skills.competences), {str(p.id): p.ratings for p in people}).holders
    return tuple(Held(i, skills.competences[i].name, tuple(names[p] for p in who)) for i, who in holders.items())


def _columns(people: Sequence[RatedPerson], chosen: str) -> tuple[str, ...]:
    skills = library().skills
    if chosen in skills.competences:
        return (chosen,)
    if chosen in skills.areas:
        return tuple(c.id for c in skills.competences.values() if c.area == chosen)
    missing = dict.fromkeys(skills.competences, 0)
    for person in people:
        for gap in person.profile.gaps if person.profile else ():
            missing[gap.competence] += gap.gap if gap.rating is not None else 0
    largest = set(sorted(missing, key=lambda competence: -missing[competence])[:LARGEST])
    return tuple(competence for competence in skills.competences if competence in largest)


def _row(person: RatedPerson, ids: Sequence[str]) -> Row:
    targets = person.role.targets if person.role else {}
    href = f"/skills/{person.id}/"
    cells = tuple(_cell(i, person.ratings.get(i, Rating()).value, targets.get(i)) for i in ids)
    return Row(person.name, role_words(person.role), href, cells)


def _cell(competence: str, have: int | None, need: int | None) -> Cell:
    if need is None:
        return Cell(competence, "–" if have is None else str(have), "no target", "g0")
    if have is None:
        return Cell(competence, f"– of {need}", "not rated", "g0")
    gap = max(0, need - have)
    return Cell(competence, f"{have} of {need}", f"−{gap}" if gap else "at target", SHADES[min(gap, 3)])


def map_table(people: Sequence[RatedPerson]) -> list[tuple[str | int | None, ...]]:
    """Every person and competence as a row of a table, under CSV_HEAD."""
    skills = library().skills
    table: list[tuple[str | int | None, ...]] = []
    for person in people:
        targets = person.role.targets if person.role else {}
        for c in skills.competences.values():
            rating, need = person.ratings.get(c.id, Rating()), targets.get(c.id)
            gap = None if need is None else max(0, need - (rating.value or 0))
            role = person.role.name if person.role else None
            table.append((person.name, role, c.id, c.name, rating.self_rated, rating.assessed, rating.value, need, gap))
    return table


def coverage_table(people: Sequence[RatedPerson]) -> list[tuple[str | int | None, ...]]:
    """Who holds each competence, under COVERAGE_HEAD."""
    return [(held.id, held.name, len(held.holders), ", ".join(held.holders)) for held in all_coverage(people)]
