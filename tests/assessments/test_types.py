"""The selector of the type, the first year, and what another type would change."""

from assessments.types import SELECTOR, as_other_types, first_year, gap_items, suggested
from tests.assessments.values import pmo_maturity

PLAIN = {"ends": "no", "shape": "one", "leads": "others", "product": "deliver", "force": "may"}


def test_the_first_question_that_points_to_a_type_decides():
    assert suggested(PLAIN) == ("SUP",)
    assert suggested(PLAIN | {"force": "must"}) == ("CTL",)
    assert suggested(PLAIN | {"product": "teach"}) == ("COE", "SUP")
    assert suggested({"ends": "yes", "shape": "hub", "leads": "office", "product": "choose", "force": "must"}) == ("PPO", "DEC", "DIR", "EPM", "CTL")
    assert suggested(PLAIN | {"force": "perhaps"}) == suggested({"ends": "yes"}) == ()
    assert len(SELECTOR) == 5
    assert {name for q in SELECTOR for name in q.means.values()} == set(pmo_maturity().types)      # every type can be found


def test_another_type_makes_other_items_gaps():
    model = pmo_maturity()
    levels = {"GOV-1": 3, "GOV-2": 2, "STR-1": 2, "TAL-1": 3, "STK-1": 4}
    own = model.targets("SUP")                                       # GOV 3, STR 2, TAL 4, STK 4
    assert gap_items(model, levels, own) == {"GOV-2", "TAL-1"}
    found = {other.type: other for other in as_other_types(model, levels, "SUP", own)}
    assert "SUP" not in found
    assert (found["CTL"].gaps, found["CTL"].new, found["CTL"].gone) == (3, ("GOV-1", "STR-1"), ("TAL-1",))   # GOV 4, STR 3, TAL 3, STK 3
    assert [other.type for other in as_other_types(model, levels, "SUP", own, types=("PPO",))] == ["PPO"]


def test_the_first_year_aims_one_level_above_what_is_reached():
    assert first_year({"GOV": 4, "STR": 2, "MTH": 3}, {"GOV": 1, "STR": 4, "MTH": None}) == {"GOV": 2, "STR": 2, "MTH": 3}
