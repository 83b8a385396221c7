"""The shipped model and the look-ups every rule relies on."""

import pytest

from assessments.errors import UnknownItem, UnknownType
from tests.assessments.values import dimension, model, pmo_maturity


def test_the_shipped_model_has_45_items_in_8_dimensions_and_10_key_items():
    shipped = pmo_maturity()
    assert len(shipped.items) == 45
    assert [d.id for d in shipped.dimensions] == ["GOV", "STR", "MTH", "DEL", "TAL", "STK", "VAL", "KNO"]
    assert [i.id for i in shipped.items if i.key] == [
        "GOV-1", "GOV-2", "STR-1", "MTH-1", "DEL-1", "DEL-4", "TAL-2", "STK-1", "VAL-3", "KNO-2",
    ]  # fmt: skip


def test_the_weights_of_each_type_sum_to_100_and_give_each_dimension_a_target():
    shipped = pmo_maturity()
    for type_id in shipped.types:
        assert sum(shipped.weights(type_id).values()) == 100
        assert len(shipped.targets(type_id)) == 8


def test_one_target_can_be_overridden():
    assert pmo_maturity().targets("SUP", {"GOV": 4})["GOV"] == 4
    assert pmo_maturity().targets("SUP", {"GOV": 4})["TAL"] == 4
    assert model(dimension("A", 1)).targets(None, {"A": 2}) == {"A": 2}


def test_items_and_types_are_found_by_id():
    shipped = pmo_maturity()
    assert shipped.dimension_of("TAL-4").id == "TAL"
    assert shipped.item("GOV-1").choice(3).value == 3
    assert shipped.item("GOV-1").choice(9) is None
    assert len(shipped.in_scope("STR", {"STR-2", "STR-3"})) == 3
    with pytest.raises(UnknownItem, match="no item ZZZ-1"):
        shipped.item("ZZZ-1")
    with pytest.raises(UnknownItem, match="no dimension ZZZ"):
        shipped.dimension("ZZZ")
    with pytest.raises(UnknownType, match="It has: SUP, CTL"):
        shipped.weights("ZZZ")
