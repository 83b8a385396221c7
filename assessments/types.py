"""Which type of PMO a team is, and what would be a gap if it were another one (domain 4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessments.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the selector. `choices` are (answer, words); `means` gives the type an answer points to."""

    id: str
    text: str
    choices: tuple[tuple[str, str], ...]
    means: Mapping[str, str]


SELECTOR: tuple[Question, ...] = (
    Question("ends", "Will the office be closed when its programme ends?", (("yes", "Yes"), ("no", "No, it stays")), {"yes": "PPO"}),
    Question(
        "shape", "How are the units arranged?",
        (("hub", "Units have offices of their own, with a small hub"), ("agile", "Stable agile teams, funded by outcome"), ("one", "One office for all")),
        {"hub": "DEC", "agile": "AGI"},
    ),
    Question("leads", "Who employs the project managers?", (("office", "The office itself"), ("others", "The units they work for")), {"office": "DIR"}),
    Question(
        "product", "What is the office mainly asked for?",
        (
            ("choose", "Choosing the projects of the whole organisation"), ("advise", "Advising top management on value and rebalancing"),
            ("teach", "Standards, training and mentoring"), ("deliver", "Help and control while projects run"),
        ),
        {"choose": "EPM", "advise": "SPM", "teach": "COE"},
    ),
    Question(
        "force", "Must projects follow its rules?", (("must", "Yes, there is a standard to follow"), ("may", "No, its offers are used voluntarily")),
        {"must": "CTL", "may": "SUP"},
    ),
)  # fmt: skip


def suggested(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The types the answers point to, the nearest first; empty until every question is answered with one of its choices.

    The order of the questions decides: what ends with its programme is PPO whatever else it does. Ends no, one office,
    project managers of the units, asked to teach, voluntary: COE, and SUP fits too.
    """
    if any(answers.get(q.id) not in dict(q.choices) for q in SELECTOR):
        return ()
    return tuple(q.means[answers[q.id]] for q in SELECTOR if answers[q.id] in q.means)


def gap_items(questionnaire: Questionnaire, levels: Mapping[str, int], targets: Mapping[str, int]) -> frozenset[str]:
    """Items whose level is below the target of their dimension. GOV-1 on 2, target 3: a gap. Items without a level are none."""
    return frozenset(
        item.id for d in questionnaire.dimensions if d.id in targets for item in d.all_items() if item.id in levels and levels[item.id] < targets[d.id]
    )


@dataclass(frozen=True, slots=True)
class OtherType:
    """The gaps of a team if it were another type: how many, and which come and go against now."""

    type: str
    gaps: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


def as_other_types(
    questionnaire: Questionnaire, levels: Mapping[str, int], own: str, targets: Mapping[str, int], types: Collection[str] = ()
) -> Sequence[OtherType]:
    """What the choice of the type changes: every other type of the model (or those in *types*) with its default targets.

    A team with GOV-1 on 3 and STR-1 on 2, as SUP (GOV 3, STR 2) without a gap there: as CTL (GOV 4, STR 3) both are new gaps.
    """
    now = gap_items(questionnaire, levels, targets)
    found = []
    for name in questionnaire.types:
        if name != own and (not types or name in types):
            then = gap_items(questionnaire, levels, questionnaire.targets(name))
            found.append(OtherType(name, len(then), tuple(sorted(then - now)), tuple(sorted(now - then))))
    return found


def first_year(targets: Mapping[str, int], staged: Mapping[str, int | None]) -> dict[str, int]:
    """Targets of the first year: at most one level above what is reached. Target 4, reached 1: 2. Reached 4: 4."""
    return {name: min(target, (staged.get(name) or target) + 1) for name, target in targets.items()}
