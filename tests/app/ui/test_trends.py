"""Lines over rounds: the scale is never cut, a missing value and a round that is not compared break the line."""

import json

from app.ui.trends import Line, trend


def test_a_line_from_2_to_3_and_what_breaks_it():
    drawn = trend(["Round 1", "Round 2"], [Line("now", "Index", (2.0, 3.0))])
    assert drawn.lines[0].paths == ("M36.0 120.0L366.0 84.0",)
    assert [mark.text for mark in drawn.marks] == ["1", "2", "3", "4", "5", "Round 1", "Round 2"]
    names = ["1", "2", "3", "4"]
    gap = trend(names, [Line("now", "Index", (1.0, None, 2.0, 5.0))])
    assert (len(gap.lines[0].paths), len(gap.lines[0].dots)) == (1, 3)
    apart = trend(names, [Line("now", "Index", (1.0, 2.0, 3.0, 4.0))], breaks=(2,))
    assert [path[:5] for path in apart.lines[0].paths] == ["M36.0", "M256."]
    assert json.loads(apart.as_json)["breaks"] == [2]
    assert len(trend(names[:2], [Line("target", "Target", (4.0, 4.0))], breaks=(1,)).lines[0].paths) == 1
