"""Item statistics: the worked numbers by hand, what is undefined, what is warned about, and what must always hold."""

import json
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courses.__main__ import main
from courses.distractors import thirds_of
from courses.errors import ResultsRefused
from courses.reading.results import read_results
from courses.statistics import AskedItem, Row, statistics

ITEMS = (AskedItem("q1"), AskedItem("q2"), AskedItem("q3", guess=0.25))
EXAMPLE = ((1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 0, 0), (1, 1, 1), (0, 1, 0))
CSV = "attempt,q1,q2,q3\nmost,1,1,1\nguess,,,0.25\nA,1,1,1\nB,1,1,0\nC,1,0,0\nD,0,0,0\nE,1,1,1\nF,0,1,0\n"


def rows(marks: tuple[tuple[int | None, ...], ...]) -> list[Row]:
    return [Row(tuple(None if mark is None else Fraction(mark) for mark in row)) for row in marks]


def test_the_worked_example() -> None:
    figures = statistics(ITEMS, rows(EXAMPLE))
    assert (figures.n, figures.most) == (6, 3.0)
    assert figures.mean == pytest.approx(1.666667, abs=1e-6)
    assert figures.sd == pytest.approx(1.211060, abs=1e-6)
    assert figures.alpha == pytest.approx(0.681818, abs=1e-6)
    assert figures.error == pytest.approx(0.683130, abs=1e-6)
    assert (figures.thirds.bottom, figures.thirds.middle, figures.thirds.top) == (3, 1, 2)
    first, second, third = figures.items
    assert (first.n, first.facility) == (6, pytest.approx(0.666667, abs=1e-6))
    assert first.sd == pytest.approx(0.516398, abs=1e-6)
    assert first.discrimination == pytest.approx(0.433013, abs=1e-6)
    assert first.efficiency == pytest.approx(0.5)
    assert [item.intended_weight for item in figures.items] == [pytest.approx(1 / 3)] * 3
    assert [item.effective_weight for item in figures.items] == [
        pytest.approx(0.325834, abs=1e-6),
        pytest.approx(0.325834, abs=1e-6),
        pytest.approx(0.348331, abs=1e-6),
    ]
    assert (first.by_thirds, second.by_thirds, third.by_thirds) == (
        pytest.approx(2 / 3),
        pytest.approx(2 / 3),
        1.0,
    )
    assert (third.guess, third.facility) == (0.25, pytest.approx(1 / 3))
    assert figures.warnings == first.warnings == third.warnings == ()


def test_a_question_with_part_marks_counts_by_its_share() -> None:
    items = (AskedItem("q1", Fraction(4)), AskedItem("q2"))
    figures = statistics(items, rows(((4, 1), (2, 1), (0, 0), (2, 0), (1, 1))))
    assert figures.items[0].facility == pytest.approx(0.45)
    assert figures.items[0].sd == pytest.approx(0.370810, abs=1e-6)
    assert [item.intended_weight for item in figures.items] == [0.8, 0.2]


def test_without_spread_or_attempts_a_figure_is_not_defined() -> None:
    nobody = statistics(ITEMS, [])
    assert (nobody.mean, nobody.sd, nobody.alpha, nobody.error) == (None, None, None, None)
    assert [(item.n, item.facility, item.effective_weight) for item in nobody.items] == [(0, None, None)] * 3
    alike = statistics(ITEMS, rows(((1, 1, 1),) * 6))
    assert (alike.sd, alike.alpha, alike.items[0].discrimination, alike.items[0].efficiency) == (
        0.0,
        None,
        None,
        None,
    )


def test_a_question_that_was_not_put_to_everybody_has_its_own_n() -> None:
    figures = statistics(ITEMS, rows(((1, None, 1), (0, None, 1), (1, 1, None), (0, 0, None), (1, 1, None))))
    assert [item.n for item in figures.items] == [5, 3, 2]
    assert figures.items[1].facility == pytest.approx(2 / 3)
    assert figures.alpha is None
    assert [item.effective_weight for item in figures.items] == [None, None, None]


def test_what_is_odd_is_said_in_words() -> None:
    few = statistics(ITEMS, rows(EXAMPLE[:4]))
    assert few.warnings == ("Too few attempts: 4. From 5 on these figures begin to say something.",)
    upside_down = ((0, 1, 1), (0, 1, 1), (0, 1, 1), (0, 1, 0), (1, 0, 0), (0, 0, 0))
    first = statistics((AskedItem("q1", guess=0.25), *ITEMS[1:]), rows(upside_down)).items[0]
    assert first.warnings == (
        "Those who do well elsewhere do worse here: look at the key and the wording.",
        "Very hard: less than 20 % of the marks are earned.",
        "Right less often than by blind guessing.",
        "It weighs less than half, or more than twice, of what was intended.",
    )
    easy = statistics(ITEMS, rows(((1, 1, 1), (1, 1, 0), (1, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1)))).items[0]
    assert "Very easy: more than 95 % of the marks are earned." in easy.warnings


def test_options_are_counted_by_thirds() -> None:
    item = AskedItem("q1", options=("a", "b", "c", "d"), right=("a",))
    chosen = (("a",), ("b",), ("c",), ("c",), ("b",), ("a",))
    marks = ((1, 1, 1), (0, 1, 1), (0, 0, 0), (0, 0, 0), (0, 1, 1), (1, 0, 0))
    table = [
        Row(row.marks, (choice, None, None)) for row, choice in zip(rows(marks), chosen, strict=True)
    ]
    counts = statistics((item, *ITEMS[1:]), table).items[0].options
    assert [(one.id, one.is_right, one.bottom, one.middle, one.top, one.all) for one in counts] == [
        ("a", True, 0, 1, 1, 2),
        ("b", False, 0, 0, 2, 2),
        ("c", False, 2, 0, 0, 2),
        ("d", False, 0, 0, 0, 0),
    ]
    assert [one.warning for one in counts] == [
        "",
        "The top third chose b more often than the bottom third: is it right after all?",
        "",
        "Nobody chose d: it distracts no one.",
    ]


def test_equal_totals_are_never_parted() -> None:
    assert thirds_of([3, 2, 1, 0, 3, 1]) == [2, 1, 0, 0, 2, 0]
    assert thirds_of([5, 5, 5]) == [1, 1, 1]
    assert thirds_of(list(range(9))) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert thirds_of([]) == []


@pytest.mark.parametrize(
    ("items", "marks", "words"),
    [
        ((), (), "there is no question"),
        (ITEMS, ((1, 1),), "attempt 1: 2 marks for 3 questions"),
        (ITEMS, ((1, 1, 2),), "attempt 1, q3: a mark must be 0 to 1"),
        ((AskedItem("q1", Fraction(0)),), (), "q1: the most it gives must be above 0"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    items: tuple[AskedItem, ...], marks: tuple[tuple[int, ...], ...], words: str
) -> None:
    with pytest.raises(ResultsRefused, match=words):
        statistics(items, rows(marks))


tables = some.integers(2, 5).flatmap(
    lambda wide: some.lists(some.lists(some.integers(0, 3), min_size=wide, max_size=wide), min_size=1, max_size=14)
)


@given(tables, some.integers())
@settings(max_examples=80, deadline=None)
def test_figures_stay_in_their_limits_and_do_not_depend_on_the_order_of_attempts(
    table: list[list[int]], seed: int
) -> None:
    items = [AskedItem(f"q{place}", Fraction(3)) for place in range(len(table[0]))]
    marks = rows(tuple(tuple(row) for row in table))
    figures = statistics(items, marks)
    mixed = list(marks)
    Random(seed).shuffle(mixed)
    assert statistics(items, mixed) == figures
    for item in figures.items:
        assert item.facility is not None
        assert 0 <= item.facility <= 1
        assert item.discrimination is None or -1.0000001 <= item.discrimination <= 1.0000001
        assert item.efficiency is None or item.efficiency <= 1
    known = [item.effective_weight for item in figures.items if item.effective_weight is not None]
    assert not known or sum(known) == pytest.approx(1)
    assert figures.alpha is None or figures.alpha <= 1


@given(tables)
@settings(max_examples=40, deadline=None)
def test_marks_on_another_scale_give_the_same_shares(table: list[list[int]]) -> None:
    plain = statistics([AskedItem(f"q{n}", Fraction(3)) for n in range(len(table[0]))], rows(tuple(map(tuple, table))))
    tenth = [Row(tuple(Fraction(mark, 10) for mark in row)) for row in table]
    scaled = statistics([AskedItem(f"q{n}", Fraction(3, 10)) for n in range(len(table[0]))], tenth)
    assert scaled.items == tuple(
        type(one)(**{**vars(one), "most": pytest.approx(0.3)}) for one in plain.items
    )


def test_the_command_reads_a_table_and_answers_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "marks.csv"
    file.write_text(CSV)
    assert main(["statistics", str(file)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["n"], answer["mean"], answer["alpha"]) == (6, 1.666667, 0.681818)
    assert answer["questions"]["q1"] == {
        "n": 6, "most": 1.0, "facility": 0.666667, "sd": 0.516398, "discrimination": 0.433013, "efficiency": 0.5, "guess": None,
        "intended_weight": 0.333333, "effective_weight": 0.325834, "by_thirds": 0.666667, "warnings": [],
    }  # fmt: skip
    assert answer["questions"]["q3"]["guess"] == 0.25


def test_semicolons_decimal_commas_and_a_table_without_names_are_read() -> None:
    read = read_results("q1;q2\n2;1\n0,5;1\n1.5;\n", "m.csv")
    assert read.faults == ()
    assert [row.marks for row in read.rows] == [(Fraction(1, 2), 1), (Fraction(3, 2), None)]
    bare = read_results("1,1\r\n1,0\r\n", "m.csv")
    assert [item.id for item in bare.items] == ["q1", "q2"]
    assert len(bare.rows) == 1


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["m.csv:1: the table is empty"]),
        ("q1\n", ["m.csv:1: below the names there must be a row with the most each question gives"]),
        ("q1,q1\n1,1\n", ["m.csv:1: two columns have the name q1"]),
        ("attempt\nmost\n", ["m.csv:1: there is no question"]),
        (
            "q1,q2\n1,0\n2,x\n1\n",
            [
                "m.csv:2: q2: the most it gives must be a number above 0",
                "m.csv:3: q1: a mark must be 0 to 1",
                "m.csv:3: q2: a mark must be a number, written like 1 or 0.5",
                "m.csv:4: 1 marks for 2 questions",
            ],
        ),
        ("q1\n1\nnan\n", ["m.csv:3: q1: a mark must be a number, written like 1 or 0.5"]),
        ("q1,\n1,1\n", ["m.csv:1: column 2 needs a name of at most 80 characters"]),
    ],
)
def test_each_fault_of_a_table_has_its_line(text: str, faults: list[str], tmp_path: Path) -> None:
    assert [str(fault) for fault in read_results(text, "m.csv").faults] == faults
    (tmp_path / "m.csv").write_text(text)
    assert main(["statistics", str(tmp_path / "m.csv")]) == 1
