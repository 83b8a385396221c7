"""Small models and sheets that several tests use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assessments.answers import Answer, AnswerSheet, Group
from assessments.questionnaire import Choice, Dimension, Item, Questionnaire
from assessments.reading import DemoTeam, read_demo_teams, read_questionnaire

CONTENT = Path(__file__).resolve().parents[2] / "content"
LEVELS = tuple(Choice(value, f"Level {value}") for value in (1, 2, 3, 4, 5))


@cache
def pmo_maturity() -> Questionnaire:
    return read_questionnaire(CONTENT / "questionnaires" / "pmo-maturity.yaml")


@cache
def demo_team(code: str) -> DemoTeam:
    teams = read_demo_teams(CONTENT / "demo" / "teams.yaml")
    return next(team for team in teams if team.code == code)


def item(item_id: str, *, key: bool = False, na: tuple[str, ...] = (), version: int = 1) -> Item:
    return Item(item_id, item_id, "?", LEVELS, key=key, not_applicable=na, version=version)


def dimension(name: str, size: int, *, keys: tuple[int, ...] = (), na: tuple[int, ...] = ()) -> Dimension:
    """A dimension of items NAME-1 ...; `keys` and `na` hold numbers of items."""
    items = [item(f"{name}-{n}", key=n in keys, na=("NA1",) if n in na else ()) for n in range(1, size + 1)]
    return Dimension(name, name, tuple(items))


def model(*dimensions: Dimension) -> Questionnaire:
    return Questionnaire("small", "A small model", 1, dimensions)


def sheet(name: str, codes: dict[str, str | int], group: Group | None = None) -> AnswerSheet:
    """A sheet from codes: {"A-1": 3, "A-2": "DK"}."""
    given = {key: Answer.from_code(str(code)) for key, code in codes.items()}
    return AnswerSheet(name, {key: answer for key, answer in given.items() if answer is not None}, group)


def columns(rows: dict[str, str], groups: str = "") -> list[AnswerSheet]:
    """Sheets from a row of codes per item, one column per respondent: {"A-1": "3 4 ? N"}.

    `groups` has a letter per respondent: o for office, u for users.
    """
    people = len(next(iter(rows.values())).split())
    names: dict[str, Group] = {"o": "office", "u": "users"}
    return [
        sheet(
            f"R{at + 1}",
            {key: row.split()[at] for key, row in rows.items()},
            names[groups[at]] if groups else None,
        )
        for at in range(people)
    ]
