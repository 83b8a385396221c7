"""Points models: roll-ups by mean, sum and minimum, over values that may be decimals."""

import pytest

from assessments.reading import parse_questionnaire, parse_yaml
from assessments.scoring import roll_up, score
from tests.assessments.values import columns

MODEL = """
id: points
title: Points
version: 1
scale: points
groups:
- id: S
  rollup: sum
  weight: 3
  groups:
  - id: S1
    rollup: mean
    items:
    - {id: A, question: q, weight: 3, choices: [{value: 0, text: no}, {value: 0.5, text: half}, {value: 1, text: yes}]}
    - {id: B, question: q, choices: [{value: 0, text: no}, {value: 0.5, text: half}, {value: 1, text: yes}]}
  - id: S2
    rollup: min
    weight: 2
    items:
    - {id: C, question: q, choices: [{value: 1, text: low}, {value: 4, text: high}]}
    - {id: D, question: q, choices: [{value: 1, text: low}, {value: 4, text: high}]}
- id: T
  items:
  - {id: E, question: q, not_applicable: [NA2], choices: [{value: 0, text: no}, {value: 10, text: yes}]}
"""


def points_model(extra=""):
    return parse_questionnaire(parse_yaml(MODEL + extra, "points.yaml"))


def test_children_without_a_value_are_left_out():
    pairs = [(1.0, 2.0), (3.0, 4.0), (1.0, None)]
    assert [roll_up(pairs, way) for way in ("mean", "sum", "min")] == [3.5, 14.0, 2.0]
    assert roll_up([(1.0, None)], "sum") is None


def test_nodes_roll_up_from_the_leaves():
    found = score(points_model(), columns({"A": "1 0", "B": "1 1", "C": "4 4", "D": "1 4", "E": "0 10"}))
    assert found.nodes == {"S": 5.625, "S1": 0.625, "S2": 2.5, "T": 5.0}
    assert found.total == pytest.approx((3 * 5.625 + 5) / 4)
    assert (found.index, found.percent, found.staged, found.band) == (found.total, None, None, None)
    assert found.items["A"].reading is None


def test_the_top_may_say_how_it_rolls_up():
    rows = {"A": "1", "B": "1", "C": "4", "D": "4", "E": "10"}
    assert score(points_model("rollup: min\n"), columns(rows)).total == 9.0
    assert score(points_model("rollup: sum\n"), columns(rows)).total == 37.0


def test_a_group_without_answers_has_no_value():
    found = score(points_model(), columns({"A": "0.5", "B": "?", "C": "?", "D": "?", "E": "N"}))
    assert found.nodes == {"S": 0.5, "S1": 0.5, "S2": None, "T": None}
    assert found.total == 0.5
    assert found.dimensions["T"].index is None
