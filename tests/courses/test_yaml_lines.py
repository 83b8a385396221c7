"""The strict YAML reader: what it takes, what it refuses, and on which line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courses.reading.source import Faults
from courses.reading.yaml_lines import load_yaml

FILE = Path("a.yaml")


def value_of(text: str) -> object:
    faults = Faults()
    document = load_yaml(text, FILE, faults)
    assert document is not None, faults.sorted()
    return document.value


def faults_of(text: str, first_line: int = 1) -> list[str]:
    faults = Faults()
    document = load_yaml(text, FILE, faults, first_line)
    assert document is None or not faults.sorted()
    return [str(fault) for fault in faults.sorted()]


@pytest.mark.parametrize(
    "scalar",
    [
        "no",
        "on",
        "yes",
        "1:30",
        "017",
        "1e3",
        "2026-11-02",
        "0x1F",
        "1_000",
        ".5",
        "+1",
        "True",
        "NULL",
        "None",
        ".inf",
    ],
)
def test_what_only_looks_like_a_value_stays_text(scalar: str) -> None:
    assert value_of(f"a: {scalar}") == {"a": scalar}


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("12.50", 12.5),
        ('"12"', "12"),
        ("'true'", "true"),
    ],
)
def test_true_false_null_and_plain_numbers_are_values(scalar: str, value: object) -> None:
    assert value_of(f"a: {scalar}") == {"a": value}


def test_keys_are_text_however_they_are_written() -> None:
    assert value_of("true: 1\n'false': 2\n3: x") == {"true": 1, "false": 2, "3": "x"}


def test_every_part_knows_its_line() -> None:
    document = load_yaml("a: 1\nb:\n- x\n- {c: y}\n", FILE, Faults(), first_line=10)
    assert document is not None
    assert (document.line("a"), document.line("b", 1), document.line("b", 1, "c")) == (10, 13, 13)
    assert document.line("b", 1, "absent") == 13
    assert document.part("b", 1).line("c") == 13


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\npass_mark: 4\npass_mark: 5", "a.yaml:3: `pass_mark` stands here twice"),
        ("a: &x 1\nb: 2", "a.yaml:1: anchors (`&x`) are not used here"),
        ("a: 1\nb: *x", "a.yaml:2: aliases (`*x`) are not used here"),
        ("a: !!python/object:os.system x", "a.yaml:1: tags (`tag:yaml.org,2002:python/object:os.system`)"),
        ("a: !own x", "a.yaml:1: tags (`!own`) are not used here"),
        ("a: !!str 1", "a.yaml:1: tags (`tag:yaml.org,2002:str`) are not used here"),
        ("a:\n  <<: {b: 1}", "a.yaml:2: merge keys (`<<`) are not used here"),
        ("? [a]\n: 1", "a.yaml:1: a key must be text"),
        ("a: 1\n---\nb: 2", "a.yaml:2: one document a file"),
        ("", "a.yaml:1: the file is empty"),
        ("a: [1, 2", "a.yaml:1: this is not YAML"),
        ("a: 1\n b: 2", "a.yaml:2: this is not YAML"),
    ],
)
def test_what_content_files_do_not_use_is_refused_with_its_line(text: str, fault: str) -> None:
    assert faults_of(text)[0].startswith(fault)


def test_five_thousand_brackets_are_refused_at_the_thirty_third() -> None:
    assert faults_of("a: 1\nb: " + "[" * 5000) == ["a.yaml:2: nested more than 32 levels deep"]
    assert faults_of("a: 1\nb: " + "{x: " * 5000) == ["a.yaml:2: nested more than 32 levels deep"]


def test_an_alias_bomb_stops_at_its_first_alias() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{key}: &{key} [*{last}, *{last}]\n" for last, key in zip("abcd", "bcde", strict=True)
    )
    assert "a.yaml:2: aliases (`*a`) are not used here" in faults_of(bomb)


def test_front_matter_lines_count_from_the_top_of_the_file() -> None:
    assert faults_of("a: 1\na: 2", first_line=2) == ["a.yaml:3: `a` stands here twice"]


@given(some.text(alphabet="ab:- []{}\n#'\"&*!<>|%@`,?\t01~", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    faults = Faults()
    document = load_yaml(text, FILE, faults)
    assert (document is None) == bool(faults.sorted())
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults.sorted())
