"""content/questionnaires -> Questionnaire; every fault with its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from assessments.errors import Fault, FileFaults
from assessments.questionnaire import (
    Choice,
    Dimension,
    Item,
    LevelName,
    PmoType,
    Questionnaire,
    Rollup,
    Rules,
    Scale,
    Size,
)
from assessments.reading.documents import Id, Strict, Text, Where, YamlFile, read_yaml, validated

Number = Annotated[int | float, Field(ge=-1_000_000, le=1_000_000)]
Weight = Annotated[float, Field(gt=0, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Level(Strict):
    value: int
    name: Text
    meaning: str = ""


class _Choice(Strict):
    value: Number
    text: Text


class _Item(Strict):
    id: Id
    version: int = Field(default=1, ge=1)
    title: str = ""
    question: Text
    key: bool = False
    size: Size = "M"
    weight: Weight = 1.0
    not_applicable: list[Id] = []
    evidence: str = ""
    choices: list[_Choice] = Field(min_length=2, max_length=10)


class _Group(Strict):
    id: Id
    title: str = ""
    about: str = ""
    weight: Weight = 1.0
    rollup: Rollup = "mean"
    groups: list[_Group] = []
    items: list[_Item] = []


class _Type(Strict):
    name: Text
    summary: str = ""
    chooses_when: str = ""
    weights: dict[str, Annotated[float, Field(ge=0, le=1000)]] = {}
    targets: dict[str, int] = {}
    reasons: dict[str, str] = {}


class _Rules(Strict):
    min_items: int = Field(default=3, ge=1)
    min_share: Share = 0.6
    min_dimensions: int = Field(default=6, ge=1)
    min_weight: Share = 0.75


class _Questionnaire(Strict):
    id: Id
    title: Text
    version: int = Field(ge=1)
    scale: Scale = "levels"
    rollup: Rollup = "mean"
    answering_rule: str = ""
    levels: list[_Level] = []
    rules: _Rules = _Rules()
    types: dict[Id, _Type] = {}
    not_applicable: dict[Id, Text] = {}
    groups: list[_Group] = Field(min_length=1)


NA_REASONS = {
    "NA1": "Another named unit has this duty.",
    "NA2": "There is only one project, or no portfolio.",
    "NA3": "There are fewer than three project managers.",
}


def parse_questionnaire(document: YamlFile) -> Questionnaire:
    """A questionnaire from a read document; FileFaults holds everything wrong with it."""
    file = validated(_Questionnaire, document)
    check = _Check(document, file)
    check.run()
    if check.faults:
        raise FileFaults(check.faults)
    return Questionnaire(
        id=file.id,
        title=file.title,
        version=file.version,
        dimensions=tuple(_dimension(group) for group in file.groups),
        scale=file.scale,
        rollup=file.rollup,
        rules=_rules(file.rules),
        levels=tuple(LevelName(level.value, level.name, level.meaning) for level in file.levels),
        types={key: _type(key, value) for key, value in file.types.items()},
        not_applicable=file.not_applicable or NA_REASONS,
        answering_rule=file.answering_rule,
    )


def read_questionnaire(path: Path, name: str | None = None) -> Questionnaire:
    """Read one questionnaire file; `name` is how faults call it. Raises FileFaults."""
    return parse_questionnaire(read_yaml(path, name))


def read_questionnaires(folder: Path) -> dict[str, Questionnaire]:
    """All questionnaires of a folder by id, in order of file name; all faults of all files together."""
    found: dict[str, Questionnaire] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            questionnaire = read_questionnaire(path)
        except FileFaults as error:
            faults += error.faults
            continue
        if questionnaire.id != path.stem:
            faults.append(Fault(str(path), 1, f"The id {questionnaire.id} and the file's name differ."))
        found[questionnaire.id] = questionnaire
    if faults:
        raise FileFaults(faults)
    return found


def _dimension(group: _Group) -> Dimension:
    return Dimension(
        id=group.id,
        title=group.title or group.id,
        items=tuple(_item(item) for item in group.items),
        groups=tuple(_dimension(child) for child in group.groups),
        weight=group.weight,
        rollup=group.rollup,
        about=group.about,
    )


def _item(item: _Item) -> Item:
    return Item(
        id=item.id,
        title=item.title or item.question,
        question=item.question,
        choices=tuple(Choice(choice.value, choice.text) for choice in item.choices),
        key=item.key,
        size=item.size,
        weight=item.weight,
        version=item.version,
        not_applicable=tuple(item.not_applicable),
        evidence=item.evidence,
    )


def _type(type_id: str, entry: _Type) -> PmoType:
    return PmoType(
        type_id, entry.name, entry.weights, entry.targets, entry.summary, entry.chooses_when, entry.reasons
    )


def _rules(rules: _Rules) -> Rules:
    return Rules(
        min_items=rules.min_items,
        min_share=Fraction(str(rules.min_share)),
        min_dimensions=rules.min_dimensions,
        min_weight=Fraction(str(rules.min_weight)),
    )


@dataclass(slots=True)
class _Check:
    """What the field types alone cannot see: ids, values, types and their dimensions."""

    document: YamlFile
    file: _Questionnaire
    faults: list[Fault] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    highest: int = 0

    def say(self, message: str, *path: str | int) -> None:
        self.faults.append(self.document.fault(message, *path))

    def run(self) -> None:
        for at, group in enumerate(self.file.groups):
            self._group(group, ("groups", at))
        self._levels()
        dimensions = [group.id for group in self.file.groups]
        for type_id, entry in self.file.types.items():
            self._type(type_id, entry, dimensions)

    def _id(self, name: str, path: Where) -> None:
        if name in self.seen or name == "total":
            self.say(f"The id {name} is already taken; ids of groups and items are unique.", *path, "id")
        self.seen.add(name)

    def _group(self, group: _Group, path: Where) -> None:
        self._id(group.id, path)
        if bool(group.groups) == bool(group.items):
            self.say(f"The group {group.id} should hold either groups or items.", *path)
        for at, child in enumerate(group.groups):
            self._group(child, (*path, "groups", at))
        for at, item in enumerate(group.items):
            self._item(item, (*path, "items", at))

    def _item(self, item: _Item, path: Where) -> None:
        self._id(item.id, path)
        values = [choice.value for choice in item.choices]
        if len(set(values)) < len(values):
            self.say(f"Two choices of {item.id} have the same value.", *path, "choices")
        if self.file.scale == "levels":
            if not all(isinstance(value, int) and 1 <= value <= 10 for value in values):
                self.say(f"The levels of {item.id} should be whole numbers from 1 to 10.", *path, "choices")
            elif values != sorted(values):
                self.say(f"The choices of {item.id} should go from low to high.", *path, "choices")
            self.highest = max(self.highest, *(int(value) for value in values))
        if item.key and item.not_applicable:
            self.say(f"{item.id} is a key item, so it cannot offer not applicable.", *path, "not_applicable")
        self._reasons(item.not_applicable, path)

    def _reasons(self, reasons: Iterable[str], path: Where) -> None:
        known = self.file.not_applicable or NA_REASONS
        for reason in reasons:
            if reason not in known:
                self.say(f"The reason {reason} is not in not_applicable above.", *path, "not_applicable")

    def _levels(self) -> None:
        if self.file.scale == "levels" and self.file.levels:
            expected = list(range(1, self.highest + 1))
            if [level.value for level in self.file.levels] != expected:
                self.say(f"The levels should have the values 1 to {self.highest}, in order.", "levels")

    def _type(self, type_id: str, entry: _Type, dimensions: list[str]) -> None:
        parts: list[tuple[Literal["weights", "targets", "reasons"], Mapping[str, object]]] = [
            ("weights", entry.weights), ("targets", entry.targets), ("reasons", entry.reasons),
        ]  # fmt: skip
        for part, given in parts:
            for name in given:
                if name not in dimensions:
                    self.say(f"{name} is not a top-level group of this model.", "types", type_id, part, name)
        for name in dimensions:
            if entry.weights and name not in entry.weights:
                self.say(f"The type {type_id} has no weight for {name}.", "types", type_id, "weights")
        if entry.weights and not any(entry.weights.values()):
            self.say(f"At least one weight of {type_id} should be above 0.", "types", type_id, "weights")
        for name, target in entry.targets.items():
            if self.file.scale == "levels" and not 1 <= target <= self.highest:
                self.say(f"A target is a level from 1 to {self.highest}.", "types", type_id, "targets", name)
