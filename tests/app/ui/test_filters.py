"""How figures are worded."""

from app.ui.filters import half_up, rounded


def test_a_figure_below_nought_has_a_minus_sign_and_no_hyphen():
    assert [rounded(value) for value in (-0.224, -0.001, 1.125, None)] == ["−0.22", "0.00", "1.13", "–"]


def test_a_figure_for_a_cell_is_the_number_that_is_shown():
    assert [float(half_up(value)) for value in (-0.224, -0.226, 1.125)] == [-0.22, -0.23, 1.13]
