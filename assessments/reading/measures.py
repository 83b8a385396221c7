"""content/kpis.yaml -> measures by id."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from assessments.errors import FileFaults
from assessments.measures import Kpi
from assessments.reading.documents import Id, Strict, Text, read_yaml, validated


class _Kpi(Strict):
    id: Id
    name: Text
    meaning: Text
    formula: Text
    unit: Text
    good: Literal["up", "down", "context"]


class _Kpis(Strict):
    kpis: list[_Kpi] = Field(min_length=1)


def read_kpis(path: Path) -> dict[str, Kpi]:
    """Measures by id in the order of the file. Raises FileFaults."""
    file = read_yaml(path)
    shapes = validated(_Kpis, file).kpis
    ids = [shape.id for shape in shapes]
    faults = [
        file.fault(f"The id {shape.id} stands here twice.", "kpis", at, "id")
        for at, shape in enumerate(shapes)
        if shape.id in ids[:at]
    ]
    if faults:
        raise FileFaults(faults)
    return {shape.id: Kpi(**shape.model_dump()) for shape in shapes}
