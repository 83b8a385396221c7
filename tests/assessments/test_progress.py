"""Relative progress per node, with targets and gaps of a points model."""

import pytest

from assessments.progress import progress_of_nodes, relative_progress
from assessments.scoring import score
from tests.assessments.test_points import points_model
from tests.assessments.values import columns


@pytest.mark.parametrize(
    ("baseline", "current", "target", "share"),
    [
        (2.0, 2.6, 3.5, 0.4), (2.0, 2.0, 3.0, 0.0), (2.0, 3.0, 3.0, 1.0), (2.0, 1.5, 3.0, -0.5), (2.0, 4.0, 3.0, 2.0), (10.0, 4.0, 2.0, 0.75),
        (3.0, 4.0, 3.0, None), (None, 4.0, 3.0, None), (3.0, None, 4.0, None), (3.0, 4.0, None, None),
    ],
)  # fmt: skip
def test_the_share_of_the_way_that_is_done(baseline, current, target, share):
    assert relative_progress(baseline, current, target) == (None if share is None else pytest.approx(share))


def test_a_points_model_has_targets_gaps_and_progress_per_group():
    model, targets = points_model(), {"S": 9, "T": 10}
    before = score(model, columns({"A": "0 0", "B": "1 1", "C": "4 4", "D": "1 1", "E": "0 0"}), targets=targets)
    now = score(model, columns({"A": "1 0", "B": "1 1", "C": "4 4", "D": "1 4", "E": "0 10"}), targets=targets)
    # S1 is the mean of (3 x A + B) / 4, S2 the minimum of C and D, S the sum S1 + 2 x S2
    assert (before.nodes["S"], now.nodes["S"]) == (2.25, 5.625)
    assert {name: d.gap for name, d in now.dimensions.items()} == {"S": 3.375, "T": 5.0}
    found = progress_of_nodes(before.nodes, now.nodes, targets)
    assert found == {"S": pytest.approx(0.5), "T": pytest.approx(0.5)}
