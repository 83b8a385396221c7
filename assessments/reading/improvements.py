"""content/improvements -> ImprovementCatalogue; every fault with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assessments.errors import Fault, FileFaults
from assessments.improvements import (
    Effort,
    Improvement,
    ImprovementCatalogue,
    Pack,
    PackStep,
    action_id,
    graph_faults,
)
from assessments.planning.chains import WEEKS_IN_QUARTER
from assessments.questionnaire import Questionnaire
from assessments.reading.documents import Id, Strict, Text, YamlFile, read_yaml, validated
from assessments.roadblocks import Roadblock

Days = Annotated[int, Field(ge=0, le=1000)]
ActionId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}\.L[0-9]{1,2}$")]
PACKS = "packs.yaml"
FEWEST_STEPS, MOST_STEPS = 3, 6


class _Effort(Strict):
    low: Days
    likely: Days
    high: Days


class _Action(Strict):
    id: ActionId
    item: Id
    from_level: int = Field(alias="from")
    to_level: int = Field(alias="to")
    title: Text
    why: str = ""
    steps: list[Text] = []
    template: Id | None = None
    deliverable: Text = ""
    evidence: Text = ""
    owner: Text = "PMO lead"
    effort: _Effort | Days
    weeks: int = Field(ge=1, le=WEEKS_IN_QUARTER)
    needs: dict[Id, int] = {}
    lessons: list[Id] = []
    kpi: Id | None = None
    worked: bool = False


class _Actions(Strict):
    model: Id
    version: int = Field(ge=1)
    actions: list[_Action] = Field(min_length=1)


class _Roadblock(Strict):
    name: Text
    level: int = Field(ge=1)
    kpis: list[Id] = []
    late: int = Field(default=0, ge=0)
    looks_like: Text
    do_first: list[Text] = Field(min_length=1)


class _PackStep(Strict):
    title: Text
    actions: list[ActionId] = []
    items: list[Id] = []
    roadblock: _Roadblock | None = None


class _Pack(Strict):
    id: Id
    title: Text
    about: str = ""
    lessons: list[Id] = []
    template: Id | None = None
    steps: list[_PackStep] = Field(min_length=1)


class _Packs(Strict):
    model: Id
    version: int = Field(ge=1)
    packs: list[_Pack] = Field(min_length=1)


def read_improvements(folder: Path, questionnaire: Questionnaire) -> ImprovementCatalogue:
    """The actions and packs of a folder that belong to this model, in order of file name.

    Raises FileFaults with all faults of all these files: unknown items, levels out of order, ids twice,
    needs in a circle. Files of other models are left alone. A folder without any gives an empty catalogue.
    """
    reading = _Reading(questionnaire)
    for path in sorted(folder.glob("*.yaml")):
        if path.name == PACKS or path.stem.startswith(f"{questionnaire.id}-"):
            reading.read(path)
    return reading.catalogue()


def _unfinished(action: _Action) -> Iterator[tuple[str, str]]:
    """What an action that calls itself worked still lacks."""
    if not action.why:
        yield "worked", "A worked action says why."
    if not FEWEST_STEPS <= len(action.steps) <= MOST_STEPS:
        yield "steps", f"A worked action has {FEWEST_STEPS} to {MOST_STEPS} steps."
    if not (action.template or action.deliverable):
        yield "worked", "A worked action names a template or a deliverable."


def _roadblock(step: _PackStep) -> Roadblock | None:
    told = step.roadblock
    if told is None or not step.items:
        return None
    return Roadblock(told.name, step.items[0], told.level, tuple(told.kpis), told.late, told.looks_like, tuple(told.do_first))


@dataclass(slots=True)
class _Reading:
    questionnaire: Questionnaire
    actions: dict[str, Improvement] = field(default_factory=dict)
    places: dict[str, tuple[YamlFile, int]] = field(default_factory=dict)
    packs: list[Pack] = field(default_factory=list)
    pack_files: list[tuple[YamlFile, _Packs]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def read(self, path: Path) -> None:
        """Read one file, of actions or of packs."""
        try:
            document = read_yaml(path)
            if path.name == PACKS:
                packs = validated(_Packs, document)
                if packs.model == self.questionnaire.id:
                    self.pack_files.append((document, packs))
                return
            file = validated(_Actions, document)
        except FileFaults as error:
            self.faults += error.faults
            return
        if file.model != self.questionnaire.id:
            self.faults.append(document.fault("The model should be the one in the file's name.", "model"))
            return
        for at, action in enumerate(file.actions):
            self._take(document, at, action)

    def catalogue(self) -> ImprovementCatalogue:
        """What was read; FileFaults if anything was wrong."""
        for name, message in graph_faults(self.questionnaire.id, self.actions.values()):
            document, at = self.places[name]
            self.faults.append(document.fault(message, "actions", at, "needs"))
        for document, file in self.pack_files:
            self._take_packs(document, file)
        if self.faults:
            raise FileFaults(self.faults)
        return ImprovementCatalogue(self.questionnaire.id, self.actions, tuple(self.packs))

    def _take(self, document: YamlFile, at: int, action: _Action) -> None:
        for name, message in self._faults_of(action):
            self.faults.append(document.fault(message, "actions", at, name))
        effort = action.effort
        if isinstance(effort, int):
            effort = _Effort(low=effort, likely=effort, high=effort)
        self.places.setdefault(action.id, (document, at))
        self.actions[action.id] = Improvement(
            id=action.id,
            item=action.item,
            from_level=action.from_level,
            to_level=action.to_level,
            title=action.title,
            effort=Effort(effort.low, effort.likely, effort.high),
            weeks=action.weeks,
            why=action.why,
            steps=tuple(action.steps),
            template=action.template,
            deliverable=action.deliverable,
            evidence=action.evidence,
            owner=action.owner,
            needs=dict(action.needs),
            lessons=tuple(action.lessons),
            kpi=action.kpi,
            worked=action.worked,
        )

    def _faults_of(self, action: _Action) -> Iterator[tuple[str, str]]:
        model = self.questionnaire
        if action.id in self.actions:
            yield "id", f"The id {action.id} stands here twice; an item has one action for each level."
        if not model.has(action.item):
            yield "item", f"The model {model.id} has no item {action.item}."
        if action.to_level != action.from_level + 1:
            yield "to", "An action raises its item by exactly one level."
        if not 1 <= action.from_level < model.top_level:
            yield "from", f"The levels of this model are 1 to {model.top_level}."
        if action.id != action_id(action.item, action.to_level):
            yield "id", f"The id should be {action_id(action.item, action.to_level)}, from item and level."
        for message in self._need_faults(action):
            yield "needs", message
        effort = action.effort
        if isinstance(effort, _Effort) and not effort.low <= effort.likely <= effort.high:
            yield "effort", "The effort should rise from low over likely to high."
        if action.worked:
            yield from _unfinished(action)

    def _need_faults(self, action: _Action) -> Iterator[str]:
        model = self.questionnaire
        for item, level in action.needs.items():
            if item == action.item:
                yield f"That {item} comes level by level goes without saying; leave it out."
            elif not model.has(item):
                yield f"The model {model.id} has no item {item}."
            elif not 1 <= level <= model.top_level:
                yield f"{item} cannot stand at {level}; the levels are 1 to {model.top_level}."

    def _take_packs(self, document: YamlFile, file: _Packs) -> None:
        for at, pack in enumerate(file.packs):
            for number, step in enumerate(pack.steps):
                for message in self._step_faults(step):
                    self.faults.append(document.fault(message, "packs", at, "steps", number))
            steps = tuple(PackStep(s.title, tuple(s.actions), tuple(s.items), _roadblock(s)) for s in pack.steps)
            self.packs.append(Pack(pack.id, pack.title, pack.about, steps, tuple(pack.lessons), pack.template))

    def _step_faults(self, step: _PackStep) -> Iterator[str]:
        if not step.actions and not step.items:
            yield f"The step {step.title} should name actions or items."
        if step.roadblock and not step.items:
            yield f"The roadblock {step.roadblock.name} needs the item that shows it."
        for name in step.actions:
            if name not in self.actions:
                yield f"There is no action {name}."
        for name in step.items:
            if not self.questionnaire.has(name):
                yield f"The model {self.questionnaire.id} has no item {name}."
