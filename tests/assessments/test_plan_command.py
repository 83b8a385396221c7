"""`python -m assessments plan`: JSON in, JSON out, a line for every fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assessments.commands import run
from assessments.errors import InvalidProblem
from assessments.plan_command import CONTENT, plan_json
from tests.support.plans import levels_of


def plan(**document: object) -> dict[str, Any]:
    return plan_json(document, CONTENT)


def faults(**document: object) -> tuple[str, ...]:
    with pytest.raises(InvalidProblem) as refusal:
        plan_json(document, CONTENT)
    return refusal.value.problems


def action(name: str, **fields: object) -> dict[str, object]:
    return {"id": name, "value": 100, "effort": 5, "weeks": 4, **fields}


def test_a_team_is_planned_from_its_levels_and_type() -> None:
    levels, out_of_scope = levels_of("HAR")
    answer = plan(
        levels=levels, type="SUP", out_of_scope=sorted(out_of_scope), horizon=4, capacity=[25, 25, 25, 25],
        wip=4, quick_win=True, pinned={"TAL-2.L2": 1}, banned=[], time_limit_s=60,
    )  # fmt: skip

    assert (answer["status"], answer["value"], answer["bound"]) == ("optimal", 7027, 7027)
    assert (answer["earliness"], answer["effort"], round(answer["lift"], 4)) == (16099, 100, 0.5293)
    assert answer["greedy"]["value"] <= 7027
    first = next(each for each in answer["plan"] if each["action"] == "TAL-2.L2")
    assert first == {
        "action": "TAL-2.L2", "quarter": 1, "finish_week": 3, "value": 660, "effort": 3, "role": "quick win",
        "unlocks": ["TAL-2.L3", "TAL-3.L3", "TAL-4.L3", "TAL-5.L3", "TAL-6.L3"],
    }  # fmt: skip
    assert len(answer["plan"]) + len(answer["left_out"]) == 56


def test_free_candidates_need_no_model() -> None:
    answer = plan(
        candidates=[action("a", needs=["b"]), action("b", effort=2.5, weeks=10)], horizon=2, capacity=[7.5, 5]
    )

    assert [(each["action"], each["quarter"], each["finish_week"]) for each in answer["plan"]] == [
        ("b", 1, 10), ("a", 2, 17),
    ]  # fmt: skip
    assert (answer["value"], answer["earliness"], answer["effort"], answer["lift"]) == (200, 300, 7.5, None)


def test_one_capacity_counts_for_every_quarter() -> None:
    assert plan(candidates=[action("a"), action("b")], horizon=2, capacity=5)["effort"] == 10


def test_a_team_at_its_targets_gets_an_empty_plan_with_the_reason() -> None:
    answer = plan(levels={"GOV-1": 5}, type="SUP", capacity=[25])

    assert (answer["plan"], answer["left_out"], answer["reason"]) == ([], [], "at target")


def test_banning_a_step_already_done_changes_nothing() -> None:
    assert plan(levels={"GOV-1": 5}, type="SUP", capacity=[25], banned=["GOV-1.L2"])["reason"] == "at target"


def test_every_fault_of_a_free_problem_is_named() -> None:
    found = faults(
        candidates=[action("a", value=-1), action("b", effort=-2), action("c", weeks=0), {"id": "d"}, 7],
        capacity=[5], wip=-1, speed=9,
    )  # fmt: skip

    assert found == (
        'The problem: "wip" should be a whole number from 0 to 10000.',
        'candidates[0] (a): "value" should be a whole number from 0 to 1000000.',
        'candidates[1] (b): "effort" should be 0 or more person-days, with at most three decimals.',
        'candidates[2] (c): "weeks" should be a whole number from 1 to 1000.',
        'candidates[3]: "value" is missing.',
        'candidates[3]: "effort" is missing.',
        'candidates[3]: "weeks" is missing.',
        "candidates[4] should be an object with fields in braces.",
        'The problem: "speed" is not a field here; check its spelling.',
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"capacity": [5]}, 'The problem: "levels" is missing: give the levels of a team, or "candidates".'),
        ({"candidates": []}, 'The problem: "capacity" is missing: give the person-days of each quarter.'),
        (
            {"candidates": [], "capacity": [5, 5], "horizon": 3},
            'The problem: "capacity" has 2 entries; the horizon is 3 quarters.',
        ),
        (
            {"candidates": [], "capacity": [-5]},
            'The problem: "capacity" should be 0 or more person-days, with at most three decimals.',
        ),
        (
            {"candidates": [], "capacity": [5], "quick_win": "yes"},
            'The problem: "quick_win" should be true or false.',
        ),
        (
            {"candidates": [], "capacity": [5], "time_limit_s": 0},
            'The problem: "time_limit_s" should be above 0 and at most 3600 seconds.',
        ),
        (
            {"levels": {"GOV-1": "2"}, "type": "SUP", "capacity": [5]},
            'The problem: the entry of "GOV-1" in "levels" should be a whole number.',
        ),
        ({"levels": {"GOV-1": 2}, "type": "ZZZ", "capacity": [5]}, "The model pmo-maturity has no type ZZZ."),
        (
            {"levels": {}, "type": "SUP", "model": "../x", "capacity": [5]},
            "There is no model ../x in the content folder.",
        ),
        ({"candidates": [action("a", needs=["b"])], "capacity": [5]}, "a: it needs b, which is not a candidate."),
        (
            {"candidates": [action("a", needs=["b"]), action("b", needs=["a"])], "capacity": [5]},
            "The needs run in a circle: a needs b needs a.",
        ),
    ],
)
def test_a_faulty_problem_is_refused_with_a_sentence(document: dict[str, object], message: str) -> None:
    (found,) = faults(**document)
    assert found.startswith(message)


def test_the_command_prints_json_and_reports_faults_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps({"candidates": [action("a")], "capacity": [5]}))
    assert run(["plan", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 100

    file.write_text(json.dumps({"candidates": [action("a")], "capacity": [5], "pinned": {"z": 1}}))
    assert run(["plan", str(file)]) == 1
    assert capsys.readouterr().err == "z: it is pinned, but it is not a candidate.\n"
    assert run(["plan"]) == 2
