"""content/skills -> competences and role profiles; every fault with its file and line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assessments.errors import Fault, FileFaults
from assessments.reading.documents import Id, Model, Strict, Text, YamlFile, read_yaml, validated
from assessments.skills import HIGHEST, LOWEST, Competence, RatingName, RoleProfile, SkillsCatalogue

RatingValue = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]


class _Rating(Strict):
    value: RatingValue
    name: Text
    meaning: Text


class _Competence(Strict):
    id: Id
    name: Text
    area: Id
    meaning: Text
    evidence: Text


class _Competences(Strict):
    scale: list[_Rating]
    areas: dict[Id, Text]
    competences: list[_Competence] = Field(min_length=1)


class _Role(Strict):
    id: Id
    name: Text
    duty: Text
    targets: dict[Id, RatingValue]


class _Roles(Strict):
    roles: list[_Role] = Field(min_length=1)
    owner_roles: dict[str, Id] = {}


def read_skills(folder: Path) -> SkillsCatalogue:
    """Read competences.yaml and roles.yaml of a folder. Raises FileFaults with all faults of both."""
    faults: list[Fault] = []
    competences = _read(_Competences, folder / "competences.yaml", faults)
    roles = _read(_Roles, folder / "roles.yaml", faults)
    if competences and roles:
        (file, skills), (roles_file, people) = competences, roles
        _check(file, skills, roles_file, people, faults)
        if not faults:
            return SkillsCatalogue(
                tuple(RatingName(step.value, step.name, step.meaning) for step in skills.scale),
                skills.areas,
                {c.id: Competence(c.id, c.name, c.area, c.meaning, c.evidence) for c in skills.competences},
                {role.id: RoleProfile(role.id, role.name, role.targets, role.duty) for role in people.roles},
                people.owner_roles,
            )
    raise FileFaults(faults)


def _read(model: type[Model], path: Path, faults: list[Fault]) -> tuple[YamlFile, Model] | None:
    try:
        document = read_yaml(path)
        return document, validated(model, document)
    except FileFaults as error:
        faults += error.faults
        return None


def _check(
    file: YamlFile, skills: _Competences, roles_file: YamlFile, people: _Roles, faults: list[Fault]
) -> None:
    competence_ids = [c.id for c in skills.competences]
    role_ids = [role.id for role in people.roles]
    faults += _doubles(file, "competences", competence_ids) + _doubles(roles_file, "roles", role_ids)
    if [step.value for step in skills.scale] != list(range(LOWEST, HIGHEST + 1)):
        faults.append(file.fault(f"The scale goes from {LOWEST} to {HIGHEST}, in order.", "scale"))
    for at, competence in enumerate(skills.competences):
        if competence.area not in skills.areas:
            faults.append(file.fault(f"There is no area {competence.area}.", "competences", at, "area"))
    for at, role in enumerate(people.roles):
        for name in role.targets:
            if name not in competence_ids:
                place = ("roles", at, "targets", name)
                faults.append(roles_file.fault(f"There is no competence {name}.", *place))
    for owner, role_id in people.owner_roles.items():
        if role_id not in role_ids:
            faults.append(roles_file.fault(f"There is no role {role_id}.", "owner_roles", owner))


def _doubles(file: YamlFile, part: str, ids: Collection[str]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for at, name in enumerate(ids):
        if name in seen:
            faults.append(file.fault(f"The id {name} stands here twice.", part, at, "id"))
        seen.add(name)
    return faults
