"""Lines over two axes."""

from app.ui.plots import Line, plot


def test_a_line_goes_from_corner_to_corner_and_a_filled_one_is_closed_along_the_ground():
    found = plot([Line("target", "Promised", ((0, 0), (4, 100))), Line("now", "Done", ((0, 0), (2, 50)))], [(0, "Q1"), (4, "Q4")])
    assert [line.drawn for line in found.lines] == ["52.0,168.0 388.0,39.7", "52.0,168.0 52.0,168.0 220.0,103.8 220.0,168.0"]
    assert [mark.text for mark in found.marks] == ["0", "30", "60", "90", "120", "Q1", "Q4"]
    assert len(found.grid) == 5


def test_nothing_to_draw_still_has_axes():
    found = plot([Line("now", "Done", ())], [(0, "Q1")])
    assert found.lines[0].drawn == ""
    assert [mark.text for mark in found.marks][:5] == ["0", "1", "2", "3", "4"]
