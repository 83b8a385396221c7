"""Reading: the safe subset of YAML, and every fault with its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.errors import FileFaults
from assessments.reading import (
    parse_questionnaire,
    parse_yaml,
    read_demo_teams,
    read_questionnaire,
    read_questionnaires,
    read_skills,
    read_yaml,
)
from tests.assessments.values import CONTENT


def faults(text, read=lambda text: parse_yaml(text, "f.yaml")):
    with pytest.raises(FileFaults) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


def questionnaire_faults(text):
    return faults(text, lambda text: parse_questionnaire(parse_yaml(text, "f.yaml")))


def test_only_what_looks_like_json_is_more_than_text():
    text = "a: [no, on, 1:30, 017, 2024-01-01, 1_000, 0x1f, .5, 1e3, True, <<]\nb: [1, -2, 2.50, true, null, ~]\nc:\n"
    value = parse_yaml(text, "f").value
    assert value["a"] == ["no", "on", "1:30", "017", "2024-01-01", "1_000", "0x1f", ".5", "1e3", "True", "<<"]
    assert value["b"] == [1, -2, 2.5, True, None, None]
    assert value["c"] is None


def test_keys_are_text_and_quoted_scalars_stay_text():
    assert parse_yaml("1: '2'\ntrue: \"no\"\n~: |\n  x\n", "f").value == {"1": "2", "true": "no", "~": "x\n"}


def test_values_remember_their_lines():
    document = parse_yaml("a:\n- b: 1\n  c: 2\n- d\n", "f")
    assert [document.line(*path) for path in [("a",), ("a", 0, "c"), ("a", 1), ("a", 0, "x")]] == [1, 3, 4, 2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x\n", ["f.yaml:1: Anchors", "f.yaml:2: Aliases"]),
        ("a: !!python/object:os.system x\n", ["f.yaml:1: Tags"]),
        ("a: 1\nb: 2\na: 3\n", ["f.yaml:3: `a` stands here twice"]),
        ("<<: {a: 1}\n", ["f.yaml:1: Merge keys"]),
        ("a: 1\n---\nb: 1\n", ["f.yaml:2: A file holds one document"]),
        ("a:\n  - [1\n", ["f.yaml:3: This is not valid YAML"]),
        ("? [a]\n: 1\n", ["f.yaml:1: A key is a word"]),
        ("*x : 1\n", ["f.yaml:1: Aliases"]),
        ("", ["f.yaml:1: The file is empty."]),
        ("a: \x01\n", ["f.yaml:1: The file holds characters"]),
        ("[" * 33 + "]" * 33, ["f.yaml:1: The file is nested more than 32"]),
        ("[" * 100_000, ["f.yaml:1: The file is nested more than 32"]),
    ],
)
def test_what_the_subset_leaves_out_is_named_with_its_line(text, said):
    found = faults(text)
    assert len(found) == len(said)
    assert all(fault.startswith(start) for fault, start in zip(found, said, strict=True))


def test_32_levels_are_not_too_deep():
    assert parse_yaml("[" * 32 + "]" * 32, "f").value is not None


def test_files_that_cannot_be_text_are_refused(tmp_path: Path):
    large, binary = tmp_path / "large.yaml", tmp_path / "binary.yaml"
    large.write_bytes(b"a" * (256 * 1024 + 1))
    binary.write_bytes(b"a: 1\nb: \xff\n")
    assert faults(large, read_yaml)[0].endswith("larger than 256 kB.")
    assert faults(binary, lambda path: read_yaml(path, "b.yaml")) == ["b.yaml:2: The file is not UTF-8 text."]
    assert "cannot be read" in faults(tmp_path / "none.yaml", read_yaml)[0]


GOOD = """id: m
title: M
version: 1
groups:
- id: A
  items:
  - id: A-1
    question: q
    choices: [{value: 1, text: a}, {value: 2, text: b}]
"""


def test_a_small_questionnaire_is_read():
    found = parse_questionnaire(parse_yaml(GOOD, "f"))
    assert [item.id for item in found.items] == ["A-1"]
    assert (found.scale, found.rules.min_items, found.item("A-1").size) == ("levels", 3, "M")
    assert found.not_applicable["NA1"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: M\n", "", "f.yaml:1: `title` is missing."),
        ("version: 1", "version: one", "f.yaml:3: `version`: input should be a valid integer."),
        ("    question: q", "    question: q\n    colour: red", "f.yaml:9: `groups.0.items.0.colour` is not a field"),
        ("{value: 2, text: b}", "{value: 1, text: b}", "f.yaml:9: Two choices of A-1"),
        ("{value: 2, text: b}", "{value: 0, text: b}", "f.yaml:9: The levels of A-1 should be whole"),
        ("value: 1, text: a}, {value: 2", "value: 2, text: a}, {value: 1", "f.yaml:9: The choices of A-1"),
        ("    question: q", "    question: q\n    key: true\n    not_applicable: [NA1]", "f.yaml:10: A-1 is a key item"),
        ("    question: q", "    question: q\n    not_applicable: [NA7]", "f.yaml:9: The reason NA7"),
        ("- id: A\n", "- id: A-1\n", "f.yaml:7: The id A-1 is already taken"),
        ("- id: A\n", "- id: A\n  groups: [{id: B, items: []}]\n", "f.yaml:5: The group A should hold either"),
        ("groups:", "types: {S: {name: s, weights: {B: 1}}}\ngroups:", "f.yaml:4: The type S has no weight for A."),
        ("groups:", "types: {S: {name: s, targets: {A: 3}}}\ngroups:", "f.yaml:4: A target is a level from 1 to 2."),
        ("groups:", "types: {S: {name: s, weights: {A: 0}}}\ngroups:", "f.yaml:4: At least one weight of S"),
        ("groups:", "levels: [{value: 2, name: x}]\ngroups:", "f.yaml:4: The levels should have the values 1 to 2"),
        (GOOD, "[]", "f.yaml:1: `the file` should be a mapping of fields."),
    ],
)  # fmt: skip
def test_faults_of_a_questionnaire_have_a_line(old, new, said):
    assert any(fault.startswith(said) for fault in questionnaire_faults(GOOD.replace(old, new)))


def test_all_faults_are_told_together():
    text = (
        GOOD.replace("title: M\n", "").replace("question: q", "question: 5").replace("value: 2", "value: two")
    )
    assert len(questionnaire_faults(text)) == 3


def test_everything_shipped_reads_without_fault():
    shipped = read_questionnaires(CONTENT / "questionnaires")
    assert "pmo-maturity" in shipped
    assert any(model.scale == "points" for model in shipped.values())
    assert len(read_skills(CONTENT / "skills").competences) == 24
    assert len(read_demo_teams(CONTENT / "demo" / "teams.yaml")) == 10


def test_a_folder_tells_the_faults_of_all_its_files(tmp_path: Path):
    (tmp_path / "m.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "n.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "o.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    found = faults(tmp_path, read_questionnaires)
    assert [Path(fault.split(":")[0]).name for fault in found] == ["n.yaml", "o.yaml"]
    assert read_questionnaire(tmp_path / "m.yaml").id == "m"


def test_faults_of_the_skills_files(tmp_path: Path):
    scale = "".join(f"- {{value: {n}, name: n, meaning: m}}\n" for n in range(4))
    (tmp_path / "competences.yaml").write_text(
        f"scale:\n{scale}areas: {{a: A}}\ncompetences:\n"
        "- {id: P1, name: n, area: b, meaning: m, evidence: e}\n- {id: P1, name: n, area: a, meaning: m, evidence: e}\n",
        encoding="utf-8",
    )
    (tmp_path / "roles.yaml").write_text(
        "roles:\n- {id: R, name: r, duty: d, targets: {P9: 2}}\nowner_roles: {Boss: X}\n", encoding="utf-8"
    )
    said = " ".join(faults(tmp_path, read_skills))
    for part in ("from 0 to 4", "no area b", "P1 stands here twice", "no competence P9", "no role X"):
        assert part in said


def test_faults_of_the_demo_teams(tmp_path: Path):
    path = tmp_path / "teams.yaml"
    path.write_text(
        "dimensions: [GOV]\nteams:\n- code: X\n  name: n\n  type: SUP\n  story: s\n  capacity: 1\n  wip: 1\n"
        "  profile: [1.0, 2.0]\n  respondents: [{id: R1, role: r, group: office}]\n"
        "  answers: {GOV-1: '1,2', GOV-2: x}\n",
        encoding="utf-8",
    )
    assert len(faults(path, read_demo_teams)) == 3


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab:- []{}\n\"'#&*!|>?,~1.%@<\t", max_size=60))
def test_any_text_is_read_or_refused_with_a_fault(text):
    found = ()
    try:
        parse_yaml(text, "f")
    except FileFaults as error:
        found = error.faults or ("a refusal without a fault",)
    assert "a refusal without a fault" not in found
