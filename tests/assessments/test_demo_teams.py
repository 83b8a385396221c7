"""The demo teams with full answers: every figure the design prints, and all three by a second calculation."""

import pytest
import yaml

from assessments.scoring import score
from tests.assessments.second_calculation import worked_out
from tests.assessments.values import CONTENT, demo_team, pmo_maturity


def near(value):
    return pytest.approx(value, abs=1e-4)


def scored(code):
    team = demo_team(code)
    return score(pmo_maturity(), team.sheets, type_id=team.type, invited=team.invited)


HAR = {
    "GOV": (6, 1.8833, 2, 3, 1.1167, 0.9726, 0.3767, None, 1),
    "STR": (5, 1.6400, 1, 2, 0.3600, 0.9685, 0.3520, None, 1),
    "MTH": (6, 1.9333, 2, 3, 1.0667, 0.9429, 0.4800, None, 0),
    "DEL": (6, 1.7083, 1, 2, 0.2917, 0.9793, 0.3558, None, 1),
    "TAL": (6, 1.7667, 1, 4, 2.2333, 0.9333, 0.5600, None, 0),
    "STK": (5, 1.8800, 2, 4, 2.1200, 0.9759, 0.3520, None, 0),
    "VAL": (5, 1.3600, 1, 2, 0.6400, 0.9710, 0.3040, None, 2),
    "KNO": (6, 1.7000, 2, 3, 1.3000, 0.9580, 0.4933, None, 0),
}
MER = {
    "GOV": (6, 3.5923, 3, 4, 0.4077, 0.9416, 0.5720, 0.9333, 1),
    "STR": (5, 3.0583, 3, 5, 1.9417, 0.9458, 0.5424, 0.8133, 2),
    "MTH": (6, 2.9583, 2, 3, 0.0417, 0.9091, 0.6615, 0.8667, 0),
    "DEL": (6, 3.0000, 3, 4, 1.0000, 0.9259, 0.5938, 0.9778, 0),
    "TAL": (6, 2.7024, 2, 4, 1.2976, 0.9582, 0.5212, 0.4111, 1),
    "STK": (5, 2.6500, 2, 4, 1.3500, 0.8929, 0.6687, 1.3067, 0),
    "VAL": (5, 2.5036, 2, 4, 1.4964, 0.8597, 0.7541, 1.2167, 1),
    "KNO": (6, 2.9107, 3, 4, 1.0893, 0.9027, 0.7114, 0.8844, 1),
}


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [("HAR", name, row) for name, row in HAR.items()] + [("MER", name, row) for name, row in MER.items()],
)
def test_every_dimension_of_har_and_mer(code, name, expected):
    found = scored(code).dimensions[name]
    items, index, staged, target, gap, r_wg_j, ad_m, perspective, dont_know = expected
    assert (found.items_scored, found.items_in_scope, found.staged, found.target) == (
        items,
        items,
        staged,
        target,
    )
    assert (found.index, found.gap, found.r_wg_j, found.ad_m) == (
        near(index),
        near(gap),
        near(r_wg_j),
        near(ad_m),
    )
    assert found.perspective_gap == (None if perspective is None else near(perspective))
    assert found.dont_know == dont_know


def test_the_whole_of_har():
    found = scored("HAR")
    assert (found.index, found.percent, found.staged) == (near(1.7737), near(19.3417), 1)
    assert list(found.respondent_means.values()) == [
        near(m) for m in (2.0960, 1.7647, 1.5387, 1.7713, 1.7387)
    ]
    assert (found.interval.mean, found.interval.sd) == (near(1.7819), near(0.2001))
    assert (found.interval.low, found.interval.high) == (near(1.6192), near(1.9445))
    assert [(i.id, i.r_wg, i.ad_m) for i in found.to_talk_about] == [
        ("MTH-5", near(0.5), near(0.8)),
        ("TAL-5", near(0.4), near(0.96)),
    ]
    assert found.out_of_scope == ()
    assert all(item.flags == () for item in found.items.values())
    assert found.kind == "confirmed"
    assert found.band == "Repeatable"


def test_the_whole_of_mer():
    found = scored("MER")
    assert (found.index, found.percent, found.staged) == (near(2.9620), near(49.0506), 2)
    assert list(found.respondent_means.values()) == [
        near(m) for m in (3.6233, 3.5947, 3.3693, 3.1673, 2.7247, 2.5003, 2.4323, 2.1930)
    ]
    assert (found.interval.mean, found.interval.sd) == (near(2.9506), near(0.5588))
    assert (found.interval.low, found.interval.high) == (near(2.6332), near(3.2680))
    assert [(i.id, i.r_wg, i.ad_m) for i in found.to_talk_about] == [
        (name, near(r_wg), near(ad_m))
        for name, r_wg, ad_m in [
            ("MTH-5", 0.2232, 0.9062), ("DEL-4", 0.4643, 0.7500), ("DEL-5", 0.4286, 0.7500),
            ("STK-1", 0.4643, 0.8125), ("STK-2", 0.2946, 0.9688), ("VAL-3", 0.4643, 0.8125),
            ("VAL-5", 0.2619, 1.0204), ("KNO-3", 0.3661, 0.9062),
        ]
    ]  # fmt: skip
    assert all(item.flags == () and item.in_scope for item in found.items.values())


def test_mer_hides_a_split_that_agreement_over_a_dimension_does_not_show():
    found = scored("MER").dimensions
    assert [d.id for d in found.values() if d.perspectives_differ] == ["STK", "VAL"]
    assert all(d.r_wg_j > 0.85 for d in found.values())


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("HAR", "222221 22112 212222 221221 112212 22231 21111 222221"),
        ("MER", "444343 43233 322333 333333 233323 33222 32322 333233"),
    ],
)
def test_the_item_levels_of_har_and_mer(code, levels):
    assert "".join(str(level) for level in scored(code).levels.values()) == levels.replace(" ", "")


@pytest.mark.parametrize("code", ["KES", "HAR", "MER"])
def test_every_figure_agrees_with_a_second_calculation(code):
    team = demo_team(code)
    rows = next(t["answers"] for t in yaml.safe_load((CONTENT / "demo" / "teams.yaml").read_text(encoding="utf-8"))["teams"] if t["code"] == code)
    model = yaml.safe_load((CONTENT / "questionnaires" / "pmo-maturity.yaml").read_text(encoding="utf-8"))
    kind, keys = model["types"][team.type], {item["id"] for group in model["groups"] for item in group["items"] if item.get("key")}
    dimensions, whole = worked_out(rows, keys, kind["weights"], kind["targets"])
    found = scored(code)
    for name, (items, index, staged, gap, r_wg_j, ad_m, sides, dont_know) in dimensions.items():
        d = found.dimensions[name]
        assert (d.items_scored, d.staged, d.dont_know) == (items, staged, dont_know), name
        assert (d.index, d.gap, d.r_wg_j, d.ad_m) == pytest.approx((index, gap, r_wg_j, ad_m)), name
        if d.perspective_gap is not None:
            assert d.perspective_gap == pytest.approx(sides), name
    assert (found.index, found.percent, found.staged) == (pytest.approx(whole["index"]), pytest.approx(whole["percent"]), whole["staged"])
    assert list(found.respondent_means.values()) == pytest.approx(whole["people"])
    if code == "KES":
        assert found.out_of_scope == ("STR-2", "STR-3", "TAL-5")
        assert all(d.perspective_gap is not None for d in found.dimensions.values())


def test_the_results_of_kes():
    found = scored("KES")
    assert (found.index, found.percent, found.staged) == (near(2.6330), near(40.8250), 2)
    assert (found.interval.low, found.interval.high) == (near(2.4390), near(2.8239))
    assert {d: part.staged for d, part in found.dimensions.items()} == {
        "GOV": 3, "STR": 2, "MTH": 2, "DEL": 3, "TAL": 2, "STK": 2, "VAL": 2, "KNO": 2,
    }  # fmt: skip
    assert found.dimensions["STR"].items_in_scope == 3
    assert {i.id: i.flags for i in found.items.values() if i.flags} == {
        "VAL-2": ("scope disagreement",),
        "VAL-5": ("low visibility",),
    }
    assert [i.id for i in found.to_talk_about] == ["DEL-6"]


def test_teams_without_full_answers_have_a_profile():
    lumen = demo_team("LUM")
    assert (lumen.type, lumen.respondents, lumen.capacity, lumen.sheets) == ("DIR", 6, 20, ())
    assert lumen.profile["STK"] == 1.5
