"""content/kpis/*.yaml -> measures by id; every fault with its file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assessments.arithmetic import FormulaRefused, names_in
from assessments.errors import Fault, FileFaults
from assessments.measures import Bound, Input, Kpi
from assessments.reading.documents import Id, Strict, Text, Where, YamlFile, read_yaml, validated

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}$")]


class _Input(Strict):
    id: Name
    name: Text
    part_of: str = ""
    whole: bool = True


class _Bound(Strict):
    holds: Text
    otherwise: Text


class _Kpi(Strict):
    id: Id
    name: Text
    meaning: Text
    formula: Text
    unit: Literal["%", "ratio", "points", "days", "minutes", "money", "count", "count per project"]
    good: Literal["up", "down", "context"]
    inputs: list[_Input] = Field(min_length=1, max_length=8)
    compute: Text
    cases: str = ""
    bounds: list[_Bound] = []
    target: float | int | None = None
    slack: float | int = 0
    cadence: Literal["quarter", "half-year", "year"] = "quarter"
    supplier: Text
    cautions: list[Text] = Field(min_length=1)
    items: list[Id] = []
    adds_up: bool = True
    starter: bool = False


class _Kpis(Strict):
    subject: Text
    kpis: list[_Kpi] = Field(min_length=1)


def read_kpis(folder: Path, items: Collection[str] | None = None) -> dict[str, Kpi]:
    """Measures by id in the order of their ids, from all files of a folder. Raises FileFaults with everything wrong in them.

    `items` are the ids of the maturity items measures may name; None leaves that unchecked.
    """
    found: dict[str, Kpi] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = read_yaml(path)
            shapes = validated(_Kpis, file)
        except FileFaults as error:
            faults += error.faults
            continue
        for at, shape in enumerate(shapes.kpis):
            if shape.id in found:
                faults.append(file.fault(f"The id {shape.id} stands here twice.", "kpis", at, "id"))
            faults += _faults_of(shape, file, ("kpis", at), items)
            found[shape.id] = _made(shape, shapes.subject)
    if faults:
        raise FileFaults(faults)
    return dict(sorted(found.items()))


def _made(shape: _Kpi, subject: str) -> Kpi:
    plain = shape.model_dump(exclude={"inputs", "bounds", "cautions", "items", "starter", "target", "slack"})
    return Kpi(
        **plain, inputs=tuple(Input(**one.model_dump()) for one in shape.inputs), bounds=tuple(Bound(**one.model_dump()) for one in shape.bounds),
        cautions=tuple(shape.cautions), items=tuple(shape.items), is_starter=shape.starter, subject=subject,
        target=None if shape.target is None else float(shape.target), slack=float(shape.slack),
    )


def _faults_of(shape: _Kpi, file: YamlFile, place: Where, items: Collection[str] | None) -> Iterator[Fault]:
    names = [one.id for one in shape.inputs]
    for at, one in enumerate(shape.inputs):
        if one.id in names[:at]:
            yield file.fault(f"The input {one.id} stands here twice.", *place, "inputs", at)
        if one.part_of and (one.part_of not in names or one.part_of == one.id):
            yield file.fault(f"There is no other input {one.part_of}.", *place, "inputs", at, "part_of")
    formulas = [(shape.compute, "compute"), *([(shape.cases, "cases")] if shape.cases else []), *((bound.holds, "bounds") for bound in shape.bounds)]
    for formula, field in formulas:
        for message in _formula_faults(formula, names):
            yield file.fault(message, *place, field)
    if shape.good == "context" and shape.target is not None:
        yield file.fault("A measure read in its context has no target.", *place, "target")
    if shape.slack < 0:
        yield file.fault("The slack is 0 or more.", *place, "slack")
    for at, item in enumerate(shape.items):
        if items is not None and item not in items:
            yield file.fault(f"There is no item {item}.", *place, "items", at)


def _formula_faults(formula: str, names: list[str]) -> Iterator[str]:
    try:
        unknown = sorted(names_in(formula) - set(names))
    except FormulaRefused as error:
        yield f"The formula {formula} does not work: {error}."
        return
    if unknown:
        yield f"The formula {formula} uses {', '.join(unknown)}, which is no input."
