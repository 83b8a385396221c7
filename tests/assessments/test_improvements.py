"""The improvement catalogue: the rule for effort and weeks, the shipped actions, and faulty files."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest

from assessments.errors import FileFaults, InvalidProblem
from assessments.improvements import Effort, Improvement, graph_faults, usual_effort, usual_weeks
from assessments.planning.team import TeamState, points, team_candidates
from assessments.reading import read_improvements
from tests.support.plans import demo_team, model


def test_a_large_step_from_three_to_four_takes_24_days_and_13_weeks() -> None:
    assert usual_effort("L", 4) == Effort(17, 24, 36)
    assert usual_weeks("L", 4) == 13


@pytest.mark.parametrize(
    ("size", "likely", "weeks"),
    [
        ("S", [3, 6, 10, 12], [3, 6, 10, 12]),
        ("M", [5, 10, 16, 20], [4, 8, 12, 13]),
        ("L", [8, 15, 24, 30], [6, 10, 13, 13]),
    ],
)
def test_usual_efforts_and_weeks_follow_the_table(size: str, likely: list[int], weeks: list[int]) -> None:
    assert [usual_effort(size, level).likely for level in range(2, 6)] == likely  # type: ignore[arg-type]
    assert [usual_weeks(size, level) for level in range(2, 6)] == weeks  # type: ignore[arg-type]


def test_the_shipped_model_has_an_action_for_each_of_its_180_steps() -> None:
    questionnaire, catalogue = model()

    assert len(catalogue.actions) == 180
    for item in questionnaire.items:
        assert all(catalogue.raising(item.id, level) for level in range(2, 6))
    assert graph_faults("pmo-maturity", catalogue.actions.values()) == []


ESTIMATED_ONE_BY_ONE = {
    "DEL-1.L3": (7, 10, 16, 8), "DEL-3.L3": (10, 15, 24, 10), "GOV-2.L2": (1, 3, 5, 3), "GOV-3.L2": (3, 4, 7, 4),
    "KNO-1.L3": (10, 15, 23, 10), "MTH-1.L2": (3, 5, 8, 4), "STR-2.L3": (8, 11, 18, 8), "STR-3.L3": (10, 15, 24, 10),
    "TAL-1.L3": (10, 15, 23, 10), "VAL-1.L2": (3, 5, 8, 4), "VAL-2.L3": (7, 10, 15, 10),
}  # low, likely, high, weeks


def test_shipped_actions_have_the_usual_effort_but_for_eleven_estimated_one_by_one() -> None:
    questionnaire, catalogue = model()

    for action in catalogue.actions.values():
        size = questionnaire.item(action.item).size
        low, likely, high, weeks = ESTIMATED_ONE_BY_ONE.get(
            action.id, (*astuple(usual_effort(size, action.to_level)), usual_weeks(size, action.to_level))
        )
        assert (action.effort, action.weeks) == (Effort(low, likely, high), weeks), action.id


def test_a_pack_lists_what_a_team_has_not_done_yet() -> None:
    _, catalogue = model()
    pack = {pack.id: pack for pack in catalogue.packs}["seven-step-set-up"]
    done = {"GOV-1": 2, "GOV-2": 1, "MTH-1": 3, "MTH-3": 2, "KNO-1": 2, "GOV-4": 2, "STK-1": 2, "STK-2": 2}

    assert catalogue.in_pack(pack, {**done, "GOV-5": 1}) == ("GOV-2.L2", "GOV-5.L2", "GOV-1.L3")
    assert sum(catalogue.actions[name].effort.likely for name in catalogue.in_pack(pack, {})) == 42


def test_points_follow_weight_key_items_and_the_gap_that_is_left() -> None:
    problem = demo_team("KES")

    assert problem.by_id["STK-4.L3"].value == 400  # 10000 x 16/500 x 1 x 1.25
    assert problem.by_id["STK-1.L4"].value == 384  # key item: 10000 x 16/500 x 1.2
    assert points(problem.by_id["STK-1.L4"].lift, key=True, gap_after=0) == 384


def test_enablers_come_in_beyond_the_target_of_their_own_item_and_are_worth_nothing() -> None:
    enabler = demo_team("HAR").by_id["STR-2.L3"]

    assert (enabler.value, enabler.needs) == (0, ())
    assert demo_team("HAR").by_id["TAL-1.L4"].needs == ("STR-2.L3", "TAL-1.L3")


def test_an_item_without_a_level_is_no_candidate_and_no_obstacle() -> None:
    state = TeamState({"VAL-2": 2}, "EPM", {"VAL": 3})
    (only,) = team_candidates(*model(), state)

    assert (only.id, only.needs, only.value) == ("VAL-2.L3", (), 280)


def test_a_step_that_needs_an_action_nobody_wrote_is_left_out() -> None:
    questionnaire, catalogue = model()
    kept = {name: action for name, action in catalogue.actions.items() if name != "VAL-1.L3"}
    thinner = type(catalogue)(catalogue.model, kept)
    state = TeamState({"VAL-1": 1, "VAL-2": 2}, "EPM", {"VAL": 3})

    assert [c.id for c in team_candidates(questionnaire, thinner, state)] == ["VAL-1.L2"]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (TeamState({"XYZ-1": 1}, "EPM"), "XYZ-1: the model pmo-maturity has no such item."),
        (TeamState({"VAL-1": 6}, "EPM"), "VAL-1: the level 6 is not one of 1 to 5."),
        (TeamState({}, "EPM", {"XYZ": 1}), "XYZ: the model pmo-maturity has no such dimension."),
        (TeamState({}, "EPM", {"VAL": 0}), "VAL: the target 0 is not one of 1 to 5."),
        (TeamState({}), "There are no targets: give a type, or a target for at least one dimension."),
    ],
)
def test_a_team_outside_the_model_is_refused(state: TeamState, message: str) -> None:
    with pytest.raises(InvalidProblem) as refusal:
        team_candidates(*model(), state)
    assert refusal.value.problems == (message,)


def test_needs_in_a_circle_are_found_across_the_levels_of_an_item() -> None:
    def action(item: str, level: int, **needs: int) -> Improvement:
        named = {name.replace("_", "-"): least for name, least in needs.items()}
        return Improvement(f"{item}.L{level}", item, level - 1, level, "", Effort(1, 1, 1), 1, needs=named)

    circle = [action("A-1", 2, B_1=3), action("B-1", 2), action("B-1", 3, A_1=2)]

    assert graph_faults("other", circle) == [("A-1.L2", "The needs run in a circle: A-1.L2 needs B-1.L3 needs A-1.L2.")]


def test_a_step_to_level_five_without_continuous_improvement_is_a_fault() -> None:
    step = Improvement("GOV-1.L5", "GOV-1", 4, 5, "", Effort(1, 1, 1), 1)

    assert graph_faults("pmo-maturity", [step]) == [("GOV-1.L5", "A step to level 5 needs KNO-6 at 3 or above.")]


ACTION = """
- id: GOV-1.L2
  item: GOV-1
  from: 1
  to: 2
  title: Write the one-page mandate
  effort: 3
  weeks: 3
"""


def written(folder: Path, actions: str) -> Path:
    (folder / "pmo-maturity-gov.yaml").write_text(f"model: pmo-maturity\nversion: 1\nactions:{actions}")
    return folder


def test_a_plain_number_of_days_is_low_likely_and_high(tmp_path: Path) -> None:
    catalogue = read_improvements(written(tmp_path, ACTION), model()[0])

    assert catalogue.actions["GOV-1.L2"].effort == Effort(3, 3, 3)
    assert catalogue.actions["GOV-1.L2"].owner == "PMO lead"


WORKED = """
  why: A reason.
  steps: [Ask, Write, Agree]
  deliverable: One signed page.
  evidence: Two people asked say the same.
  worked: true
"""


def test_a_worked_action_says_what_it_delivers_and_what_shows_it(tmp_path: Path) -> None:
    action = read_improvements(written(tmp_path, ACTION.rstrip() + WORKED), model()[0]).actions["GOV-1.L2"]

    assert (action.deliverable, action.evidence) == ("One signed page.", "Two people asked say the same.")
    assert (action.template, action.steps, action.worked) == (None, ("Ask", "Write", "Agree"), True)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("  why: A reason.\n", "", "14: A worked action says why."),
        ("[Ask, Write, Agree]", "[Ask, Write]", "12: A worked action has 3 to 6 steps."),
        ("[Ask, Write, Agree]", "[A, B, C, D, E, F, G]", "12: A worked action has 3 to 6 steps."),
        ("  deliverable: One signed page.\n", "", "14: A worked action names a template or a deliverable."),
        ("One signed page.", '""', "13: `actions.0.deliverable`: string should have at least 1 character."),
    ],
)
def test_an_action_that_only_calls_itself_worked_is_refused(tmp_path: Path, before: str, after: str, fault: str) -> None:
    folder = written(tmp_path, ACTION.rstrip() + WORKED.replace(before, after, 1))

    with pytest.raises(FileFaults) as refusal:
        read_improvements(folder, model()[0])
    assert [str(each).rpartition("yaml:")[2] for each in refusal.value.faults] == [fault]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("item: GOV-1", "item: GOV-9", "5: The model pmo-maturity has no item GOV-9."),
        ("to: 2", "to: 3", "7: An action raises its item by exactly one level."),
        ("weeks: 3", "weeks: 14", "10: `actions.0.weeks`: input should be less than or equal to 13."),
        ("weeks: 3", "weeks: 3\n  cost: 9", "11: `actions.0.cost` is not a field here; check its spelling."),
        ("weeks: 3", "weeks: 3\n  needs: {GOV-9: 2}", "11: The model pmo-maturity has no item GOV-9."),
        ("weeks: 3", "weeks: 3\n  needs: {GOV-2: 6}", "11: GOV-2 cannot stand at 6; the levels are 1 to 5."),
        (
            "effort: 3",
            "effort: {low: 4, likely: 3, high: 5}",
            "9: The effort should rise from low over likely to high.",
        ),
    ],
)
def test_a_faulty_action_is_reported_with_its_line(tmp_path: Path, before: str, after: str, fault: str) -> None:
    folder = written(tmp_path, ACTION.replace(before, after, 1))

    with pytest.raises(FileFaults) as refusal:
        read_improvements(folder, model()[0])
    lines = [str(each).rpartition("yaml:")[2] for each in refusal.value.faults]
    assert fault in lines


def test_a_folder_without_actions_for_a_model_gives_an_empty_catalogue(tmp_path: Path) -> None:
    (tmp_path / "other-model-abc.yaml").write_text("not: read")

    assert read_improvements(tmp_path, model()[0]).actions == {}
