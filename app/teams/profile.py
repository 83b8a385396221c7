"""What a team's office can be: the choices of its profile, from the types of the maturity model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.questionnaire import Questionnaire

STRUCTURES = ("centralised", "decentralised", "mixed")
SOURCINGS = ("internal", "external", "mixed")
PM_MODELS = ("client", "functional manager", "business analyst", "professional", "mixed")


@dataclass(frozen=True)
class TypeTarget:
    """The level a type of office aims at in one dimension, with the reason."""

    dimension: str
    level: int
    level_name: str
    reason: str


@dataclass(frozen=True)
class TypeInWords:
    """A type of PMO as people choose it."""

    id: str
    name: str
    summary: str
    chooses_when: str
    targets: tuple[TypeTarget, ...]


def types_in_words(model: Questionnaire | None) -> tuple[TypeInWords, ...]:
    """The types of a model in the order of its file; empty where the model is missing."""
    if model is None:
        return ()
    levels: Mapping[int, str] = {int(level.value): level.name for level in model.levels}
    return tuple(
        TypeInWords(
            kind.id, kind.name, kind.summary, kind.chooses_when,
            tuple(
                TypeTarget(d.title, kind.targets[d.id], levels.get(kind.targets[d.id], ""), kind.reasons.get(d.id, ""))
                for d in model.dimensions if d.id in kind.targets
            ),
        )
        for kind in model.types.values()
    )
