"""content/demo/teams.yaml -> the invented teams, with the answer sheets of those that have full answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assessments.answers import Answer, AnswerSheet, Group
from assessments.errors import Fault, FileFaults, InvalidAnswer
from assessments.reading.documents import Id, Strict, Text, Where, YamlFile, read_yaml, validated


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A team of the demo: its planning limits, and either full answers or a profile to make them from.

    `roles` names each respondent's role by id; `profile` holds the intended index per dimension id.
    """

    code: str
    name: str
    type: str
    story: str
    capacity: int
    wip: int
    respondents: int
    invited: int | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[AnswerSheet, ...] = ()
    profile: Mapping[str, float] = field(default_factory=dict)


class _Respondent(Strict):
    id: Id
    role: Text
    group: Group


class _Reason(Strict):
    reason: Id
    unit: str | None = None


class _Team(Strict):
    code: Id
    name: Text
    type: Id
    story: Text
    capacity: int = Field(ge=0)
    wip: int = Field(ge=1)
    invited: int | None = None
    respondents: list[_Respondent] = []
    answers: dict[Id, str] = {}
    not_applicable: dict[Id, _Reason] = {}
    respondents_count: int = Field(default=0, ge=0)
    profile: list[Annotated[float, Field(ge=1, le=5)]] = []


class _Teams(Strict):
    dimensions: list[Id]
    teams: list[_Team]


def read_demo_teams(path: Path) -> tuple[DemoTeam, ...]:
    """The teams in file order. Raises FileFaults with every fault found."""
    document = read_yaml(path)
    file = validated(_Teams, document)
    faults: list[Fault] = []
    teams = tuple(
        _team(team, file.dimensions, document, ("teams", at), faults) for at, team in enumerate(file.teams)
    )
    if faults:
        raise FileFaults(faults)
    return teams


def _team(
    team: _Team, dimensions: list[str], document: YamlFile, place: Where, faults: list[Fault]
) -> DemoTeam:
    if team.profile and len(team.profile) != len(dimensions):
        faults.append(document.fault("A profile has one number per dimension.", *place, "profile"))
    return DemoTeam(
        code=team.code,
        name=team.name,
        type=team.type,
        story=team.story,
        capacity=team.capacity,
        wip=team.wip,
        respondents=len(team.respondents) or team.respondents_count,
        invited=team.invited,
        roles={respondent.id: respondent.role for respondent in team.respondents},
        sheets=_sheets(team, document, place, faults),
        profile=dict(zip(dimensions, team.profile, strict=False)),
    )


def _sheets(team: _Team, document: YamlFile, place: Where, faults: list[Fault]) -> tuple[AnswerSheet, ...]:
    columns: list[dict[str, Answer]] = [{} for _ in team.respondents]
    for item_id, row in team.answers.items():
        codes = row.split(",")
        if len(codes) != len(columns):
            message = f"{item_id} has {len(codes)} answers for {len(columns)} respondents."
            faults.append(document.fault(message, *place, "answers", item_id))
            continue
        for column, code in zip(columns, codes, strict=True):
            try:
                answer = Answer.from_code(code)
            except InvalidAnswer as error:
                faults.append(document.fault(str(error), *place, "answers", item_id))
                continue
            if answer is not None:
                given = team.not_applicable.get(item_id) if answer.is_na else None
                column[item_id] = Answer.na(given.reason, given.unit) if given else answer
    return tuple(
        AnswerSheet(respondent.id, column, respondent.group)
        for respondent, column in zip(team.respondents, columns, strict=True)
    )
