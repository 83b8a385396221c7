"""Time to publish an anonymous round of a large organisation: all sheets in, gate and figures of every unit out."""

from __future__ import annotations

import time
from random import Random

from assessments.anonymity import Publication, Unit, UnitTree, publish
from assessments.answers import Answer, AnswerSheet
from assessments.questionnaire import Questionnaire
from tests.assessments.values import pmo_maturity

SIZES = ((500, 30, 5), (5_000, 300, 25))
K, GOAL, SKIPPED = 5, 3.0, 0.04


def main() -> None:
    """Print persons, teams, units shown, items shown of all, processor seconds and goal."""
    print(f"\n{'persons':>8}{'teams':>7}{'units shown':>13}{'items shown':>13}{'seconds':>9}{'goal':>6}")
    model = pmo_maturity()
    for persons, teams, programmes in SIZES:
        tree, sheets = organisation(model, persons, teams, programmes)
        began = time.process_time()
        found = publish(model, tree, sheets, k=K)
        seconds = time.process_time() - began
        print(f"{persons:8}{teams:7}{len(found.units):8} of {len(tree.units):<4}{_share(found, model):12.0%}{seconds:9.2f}{GOAL:6.1f}")


def organisation(model: Questionnaire, persons: int, teams: int, programmes: int) -> tuple[UnitTree, dict[str, list[AnswerSheet]]]:
    """Teams of uneven size in programmes; about one answer in 25 is don't know."""
    random = Random(1)
    units = [Unit("all", "All", "organisation"), *(Unit(f"p{p}", f"P{p}", "programme", "all") for p in range(programmes))]
    units += [Unit(f"t{t}", f"T{t}", "team", f"p{t % programmes}", "SUP") for t in range(teams)]
    sheets: dict[str, list[AnswerSheet]] = {f"t{t}": [] for t in range(teams)}
    for n in range(persons):
        answers = {item.id: Answer.dk() if random.random() < SKIPPED else Answer.of(random.randint(1, 5)) for item in model.items}
        sheets[f"t{int(teams * random.random() ** 1.5)}"].append(AnswerSheet(str(n), answers))
    return UnitTree(units), sheets


def _share(found: Publication, model: Questionnaire) -> float:
    return sum(len(unit.items) for unit in found.units.values()) / (len(found.units) * len(model.items))


if __name__ == "__main__":
    main()
