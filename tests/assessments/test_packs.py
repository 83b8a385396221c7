"""Packs placed into quarters, and the early warning of roadblocks."""

from __future__ import annotations

from pathlib import Path

from assessments.packs import placed
from assessments.reading import read_questionnaire
from assessments.reading.improvements import read_improvements
from assessments.reading.measures import read_kpis
from assessments.roadblocks import is_time_to_stop, warned

CONTENT = Path(__file__).parents[2] / "content"
CATALOGUE = read_improvements(CONTENT / "improvements", read_questionnaire(CONTENT / "questionnaires" / "pmo-maturity.yaml"))
PACKS = {pack.id: pack for pack in CATALOGUE.packs}
KPIS = read_kpis(CONTENT / "kpis")
ONES = {action.item: 1 for action in CATALOGUE.actions.values()}
ROADBLOCKS = [step.roadblock for step in PACKS["roadblocks"].steps if step.roadblock]


def pack_actions(name, levels):
    return [CATALOGUE.actions[one] for one in CATALOGUE.in_pack(PACKS[name], levels)]


def test_the_set_up_pack_fills_the_quarters_in_its_order():
    found = placed(pack_actions("seven-step-set-up", ONES), ONES, [25, 25, 25, 25], 4)
    assert found.left == ()
    by_quarter = {quarter: [name for name, at in found.quarters.items() if at == quarter] for quarter in (1, 2, 3, 4)}
    assert by_quarter == {1: ["GOV-1.L2", "GOV-2.L2", "MTH-1.L2", "MTH-3.L2"], 2: ["KNO-1.L2", "GOV-4.L2", "STK-1.L2", "STK-2.L2"], 3: ["GOV-5.L2", "GOV-1.L3"], 4: []}
    for quarter, names in by_quarter.items():
        assert sum(CATALOGUE.actions[name].effort.likely for name in names) <= 25, quarter


def test_what_finds_no_room_or_no_ground_is_left():
    five = pack_actions("five-initiatives", ONES)
    tight = placed(five, ONES, [3], 1)
    assert len(tight.quarters) == 1
    assert len(tight.left) == len(five) - 1
    needy = CATALOGUE.actions["STR-1.L3"]
    assert placed([needy], {"STR-1": 2, "VAL-1": 1}, [25], 4).left == (("STR-1.L3", "VAL-1.L2"),)
    assert placed([needy], {"STR-1": 2, "VAL-1": 1}, [99], 4, under_way=["VAL-1.L2"]).quarters == {"STR-1.L3": 1}
    assert placed([needy], {"STR-1": 2, "VAL-1": 2}, [99, 99], 4, taken=[(99, 1), (0, 4)]).left == (("STR-1.L3", ""),)
    chain = [CATALOGUE.actions["GOV-1.L2"], CATALOGUE.actions["GOV-2.L2"], CATALOGUE.actions["GOV-1.L3"], CATALOGUE.actions["GOV-1.L4"]]
    far = placed(chain, ONES, [99, 99, 99], 9).quarters
    assert far["GOV-1.L3"] == 1
    assert far["GOV-1.L4"] == 2


def test_a_roadblock_is_told_by_its_signs_and_one_bad_quarter_is_none():
    names = {name: kpi.name for name, kpi in KPIS.items()}
    assert warned(ROADBLOCKS, {"DEL-2": 2, "STK-1": 2, "TAL-1": 2}, {"K06": ["close", "off target"]}, names, 2) == ()
    found = warned(ROADBLOCKS, {"DEL-2": 1, "TAL-1": 2}, {"K06": ["off target", "off target"], "K08": ["off target", "no cases"]}, names, 3)
    assert [(one.roadblock.item, one.signs) for one in found] == [
        ("DEL-2", ("DEL-2 stands at level 1", "Milestone hit rate was off target two quarters running")),
        ("TAL-1", ("3 actions of the plan are late or blocked",)),
    ]
    assert not is_time_to_stop(found, len(ROADBLOCKS))
    assert is_time_to_stop(warned(ROADBLOCKS, ONES, {}, names, 0), len(ROADBLOCKS))


def test_roadblocks_name_measures_that_exist():
    assert len(ROADBLOCKS) == 3
    assert {kpi for one in ROADBLOCKS for kpi in one.kpis} <= set(KPIS)
    assert all(len(one.steps) == 2 for one in ROADBLOCKS)
