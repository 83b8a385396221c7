"""The catalogue of measures, from content alone."""

from __future__ import annotations

from dataclasses import dataclass

from app.content import library
from app.errors import NotVisible
from assessments.measures import Kpi, shown


@dataclass(frozen=True)
class Subject:
    """The measures of one subject."""

    title: str
    kpis: tuple[Kpi, ...]


@dataclass(frozen=True)
class CataloguePage:
    """All measures."""

    subjects: tuple[Subject, ...]
    starters: tuple[Kpi, ...]
    total: int


def catalogue_page() -> CataloguePage:
    """Measures by subject in the order of their ids."""
    kpis = tuple(library().kpis.values())
    names = dict.fromkeys(kpi.subject for kpi in kpis)
    return CataloguePage(
        tuple(Subject(name, tuple(kpi for kpi in kpis if kpi.subject == name)) for name in names),
        tuple(kpi for kpi in kpis if kpi.is_starter), len(kpis),
    )


@dataclass(frozen=True)
class Definition:
    """A measure in words, with the items and actions it belongs to: (id, title)."""

    kpi: Kpi
    good: str
    target: str
    close: str
    items: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str, str], ...]


WAYS = {"up": "higher is better", "down": "lower is better", "context": "only the case tells"}


def definition(kpi_id: str) -> Definition:
    """Everything the site says about a measure. NotVisible without one."""
    held = library()
    kpi = held.kpis.get(kpi_id)
    if kpi is None:
        raise NotVisible
    titles = {item.id: item.title for model in held.questionnaires.values() for item in model.items}
    actions = tuple(
        (action.id, action.title, action.item)
        for catalogue in held.improvements.values() for action in catalogue.actions.values() if action.kpi == kpi.id
    )
    edge = None if kpi.target is None else kpi.target - kpi.slack if kpi.good == "up" else kpi.target + kpi.slack
    return Definition(
        kpi, WAYS[kpi.good], "" if kpi.target is None else shown(kpi, kpi.target), "" if edge is None or not kpi.slack else shown(kpi, edge),
        tuple((item, titles.get(item, "")) for item in kpi.items), actions,
    )
