"""One publication of one round: sheets of all units in, the frozen figures of the units that may be shown out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.anonymity.figures import ItemFigure, UnitFigures, item_figure, unit_figures
from assessments.anonymity.gate import Blocks, Cells, gate
from assessments.anonymity.units import UnitTree
from assessments.answers import Answer, AnswerSheet, sheet_problems
from assessments.errors import InvalidSheets
from assessments.questionnaire import Item, Questionnaire, Value
from assessments.scoring.scope import is_valid, items_out_of_scope

FLOOR = 4
NA = "NA"
Chosen = Counter[Value | str]
"""How many chose which value, or not applicable."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What one round says, for good. A unit of the tree without figures is suppressed."""

    k: int
    tree: UnitTree
    units: Mapping[str, UnitFigures]

    def answers(self) -> dict[str, dict[str, int]]:
        """The n of each item shown, by unit: what decides where comments stand."""
        return {unit: {item.id: item.n for item in found.items.values()} for unit, found in self.units.items()}


def publish(
    questionnaire: Questionnaire,
    tree: UnitTree,
    sheets: Mapping[str, Sequence[AnswerSheet]],
    *,
    k: int,
    by_group: bool = False,
    targets: Mapping[str, Mapping[str, int]] | None = None,
) -> Publication:
    """Score the submitted sheets by team and publish what the gate lets through, for units first and then per item.

    `by_group` adds the cells of office and users for the whole organisation, `targets` overrides those of a unit's
    type. A sheet with fewer than 80 % of its items answered counts nowhere. Raises InvalidSheets for answers that do
    not fit, k below 4, a team outside the tree or a respondent in two teams.
    Teams of 7, 6 and 2, k = 5: figures for the programme (n = 15) and the team of 7, none for the others.
    """
    _check(questionnaire, tree, sheets, k)
    cells = {team: frozenset(tree.way_up(team)) for team in sheets}
    everybody = [sheet for found in sheets.values() for sheet in found]
    out = items_out_of_scope(questionnaire, everybody)
    valid = [
        (cells[team] | ({f"group {sheet.group}"} if by_group and sheet.group else frozenset[str]()), sheet)
        for team, found in sheets.items() for sheet in found if is_valid(questionnaire, sheet, out)
    ]  # fmt: skip
    blocks = Counter(where for where, _ in valid)
    shown = gate(blocks, k, root=tree.root.id)
    if not shown:
        return Publication(k, tree, {})
    chosen = _chosen(valid, shown)
    figures, outside = _items(questionnaire, chosen, shown, k, tree.root.id)
    return Publication(k, tree, {
        name: unit_figures(
            questionnaire, name, sum(count for where, count in blocks.items() if name in where), figures[name],
            frozenset(outside[name]), unit.type_id if unit else None, (targets or {}).get(name),
        )
        for name in _in_order(tree, shown) for unit in (tree.by_id.get(name),)
    })  # fmt: skip


def _check(questionnaire: Questionnaire, tree: UnitTree, sheets: Mapping[str, Sequence[AnswerSheet]], k: int) -> None:
    problems = [] if k >= FLOOR else [f"The minimum group is at least {FLOOR}, not {k}."]
    problems += [f"{team[:60]}: this team is not part of the round." for team in sheets if team not in tree.by_id]
    counted = Counter(sheet.respondent for found in sheets.values() for sheet in found)
    problems += [f"{name}: this respondent is in two teams or has two sheets." for name, n in counted.items() if n > 1]
    problems += sorted({text for one in _different(sheets) for text in sheet_problems(questionnaire, one)})
    if problems:
        raise InvalidSheets(problems)


def _different(sheets: Mapping[str, Sequence[AnswerSheet]]) -> list[AnswerSheet]:
    """Each answer once: of many thousands only a few hundred differ, and an answer fits or not whoever gave it."""
    seen: dict[tuple[str, Value | None, str | None, str | None], Answer] = {}
    for found in sheets.values():
        for sheet in found:
            for item_id, answer in sheet.answers.items():
                seen[item_id, answer.value, answer.mark, answer.reason] = answer
    return [AnswerSheet("", {key[0]: answer}) for key, answer in seen.items()]


def _in_order(tree: UnitTree, shown: Cells) -> list[str]:
    units = [unit.id for unit in tree.units if unit.id in shown]
    return units + sorted(shown - set(units))


def _chosen(valid: Sequence[tuple[Cells, AnswerSheet]], shown: Cells) -> dict[str, dict[Cells, Chosen]]:
    """For each item and each block of answers in the same shown cells, how many chose what; one pass over all answers."""
    found: defaultdict[str, defaultdict[Cells, Chosen]] = defaultdict(lambda: defaultdict(Counter))
    for where, sheet in valid:
        here = where & shown
        for item_id, answer in sheet.answers.items():
            if answer.value is not None:
                found[item_id][here][answer.value] += 1
            elif answer.is_na:
                found[item_id][here][NA] += 1
    return {item_id: dict(blocks) for item_id, blocks in found.items()}


def _items(
    questionnaire: Questionnaire, chosen: Mapping[str, Mapping[Cells, Chosen]], shown: Cells, k: int, root: str
) -> tuple[dict[str, dict[str, ItemFigure]], dict[str, set[str]]]:
    """The figures of the items by unit, and which items are out of scope where."""
    figures: dict[str, dict[str, ItemFigure]] = {name: {} for name in shown}
    outside: dict[str, set[str]] = {name: set() for name in shown}
    passed: dict[tuple[tuple[Cells, int], ...], Cells] = {}
    for item in questionnaire.items:
        blocks = chosen.get(item.id, {})
        sizes: Blocks = {where: sum(counts.values()) - counts[NA] for where, counts in blocks.items()}
        key = tuple(sorted(sizes.items(), key=lambda entry: sorted(entry[0])))
        if key not in passed:
            passed[key] = gate(sizes, k, root=root)
        for name, counts in _by_cell(blocks).items():
            asked, not_applicable = counts.total(), counts.pop(NA, 0)
            if asked >= k and 2 * not_applicable > asked:
                outside[name].add(item.id)
            elif name in passed[key]:
                figures[name][item.id] = _figure(item, counts, k)
    return figures, outside


def _by_cell(blocks: Mapping[Cells, Chosen]) -> dict[str, Chosen]:
    found: defaultdict[str, Chosen] = defaultdict(Counter)
    for where, counts in blocks.items():
        for name in where:
            found[name].update(counts)
    return dict(found)


def _figure(item: Item, counts: Chosen, k: int) -> ItemFigure:
    return item_figure(item, {value: count for value, count in counts.items() if not isinstance(value, str)}, k)
