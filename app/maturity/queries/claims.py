"""High levels of a named round that nobody has shown anything for: for those who read every file of the round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.maturity.queries.evidence_of_round import RoundEvidence
from app.maturity.queries.place import Place
from app.records.snapshot import ItemFigures, Snapshot
from assessments.claims import CLAIMED, drawn_sample, unshown


@dataclass(frozen=True)
class Claims:
    """The items in the order of the model, and the ones to look at first. `least` names the lowest level that counts: '4 Managed'."""

    items: tuple[ItemFigures, ...]
    first: tuple[ItemFigures, ...]
    least: str


def claims_of(here: Place, figures: Snapshot, evidence: RoundEvidence, agreed_with_evidence: Iterable[str]) -> Claims | None:
    """The claims without anything shown; None where there are none, where answers have no names, or for somebody who does not see all files.

    Comments do not count as shown: they say something, but one cannot open them."""
    if here.is_anonymous or not here.sees_people or len(figures.levels) <= CLAIMED:
        return None
    shown = {*evidence.answers, *evidence.agreed, *agreed_with_evidence}
    found = unshown(((item.id, item.level if item.in_scope else None) for item in figures.items), shown, len(figures.levels))
    if not found:
        return None
    by_id = {item.id: item for item in figures.items}
    first, least = drawn_sample(found, f"round {here.round.id}"), len(figures.levels) - CLAIMED + 1
    return Claims(tuple(by_id[one] for one in found), tuple(by_id[one] for one in first), f"{least} {figures.level_name(least)}")
