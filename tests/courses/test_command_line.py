"""`python -m courses check` and `mark`: JSON out, exit codes, faults one a line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from courses.__main__ import main
from tests.courses.values import LESSON_MD, QUIZ_YAML, write_content

ROOT = Path(__file__).parents[2]
SHEET = '{"answers": {"q1": "a", "q2": ["a"], "q3": true, "q4": 12.55, "q5": {"x": "1", "y": "1"}}}'


def run(*words: str, given: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "courses", *words],
        input=given,
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    file = tmp_path / "quiz.yaml"
    file.write_text(QUIZ_YAML)
    return file


def test_a_sheet_is_marked_into_json(quiz: Path) -> None:
    ran = run("mark", str(quiz), "-", given=SHEET)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == {
        "score": 4,
        "max": 5,
        "passed": True,
        "questions": {
            "q1": {"mark": 1, "feedback": "It fits."},
            "q2": {"mark": 1, "feedback": "It fits."},
            "q3": {"mark": 1, "feedback": "Yes."},
            "q4": {"mark": 1, "feedback": "Yes."},
            "q5": {"mark": 0, "feedback": "It is one. It is two."},
        },
    }


def test_the_quiz_can_come_from_standard_input_and_the_sheet_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "sheet.json").write_text(SHEET)
    ran = run("mark", "-", str(tmp_path / "sheet.json"), given=QUIZ_YAML)
    assert (ran.returncode, json.loads(ran.stdout)["score"]) == (0, 4)


@pytest.mark.parametrize(
    ("sheet", "lines"),
    [
        (
            '{"answers": {"q1": "z", "q9": 1}}',
            [": q1: has no option 'z'", ": q9: this check has no such question"],
        ),
        ('{"answers": {"q1": "a", "q1": "b"}}', [": 'q1' stands there twice"]),
        ('{"answers": {"q4": NaN}}', [": NaN is no number that can be marked"]),
        ('{"answers": {"q4": 1e999}}', [": q4: takes a finite number"]),
        ('{"answers": {},\n}', [":2: this is not JSON"]),
        ("[]", [': a sheet looks like {"answers": {"q1": "a"}}']),
        ('{"answers": [], "more": 1}', [': a sheet looks like {"answers": {"q1": "a"}}']),
        ("[" * 100000, [": the sheet is nested too deep"]),
        ('{"answers": {"q4": ' + "9" * 5000 + "}}", [": "]),
    ],
)
def test_a_bad_sheet_exits_with_one_line_for_each_fault(
    quiz: Path, sheet: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = quiz.with_name("sheet.json")
    file.write_text(sheet)
    assert main(["mark", str(quiz), str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == len(lines)
    for line, words in zip(err.splitlines(), lines, strict=True):
        assert line.startswith(f"{file}{words}")


def test_a_bad_quiz_exits_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "quiz.yaml").write_text(QUIZ_YAML.replace("pass_mark: 4", "pass_mark: 9"))
    ran = run("mark", "quiz.yaml", "-", given=SHEET, folder=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "quiz.yaml:1: `pass_mark` must be 1 to 5, the number of questions\n"


def test_wrong_usage_exits_with_two() -> None:
    assert run().returncode == 2
    with pytest.raises(SystemExit, match="2"):
        main(["mark", "one"])
    with pytest.raises(SystemExit, match="2"):
        main(["burn", "x"])


def test_an_absent_file_exits_with_one(quiz: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mark", str(quiz), str(quiz.with_name("no.json"))]) == 1
    assert main(["mark", "-", "-"]) == 1
    assert main(["check", str(quiz.with_name("nowhere"))]) == 1
    assert main(["check", str(quiz.parent)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_check_counts_what_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_content(tmp_path)
    assert main(["check", str(content)]) == 0
    counts = {"courses": 1, "lessons": 1, "questions": 5, "templates": 1, "terms": 1, "paths": 1}
    assert json.loads(capsys.readouterr().out) == counts


def test_check_of_a_part_lists_the_faults_of_that_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_content(tmp_path, lesson=LESSON_MD.replace("T13]", "T77]"), paths="paths: 3\n")
    assert main(["check", str(content / "courses")]) == 1
    assert main(["check", str(content / "paths.yaml")]) == 1
    assert main(["check", str(content / "glossary.yaml")]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.removeprefix(f"{content}/") for line in lines] == [
        "courses/project-life-cycle/01-initiation.md:8: there is no template T77",
        "paths.yaml:1: the file must hold `paths:` and a list below it",
    ]


def test_check_reads_a_quiz_by_itself(quiz: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(quiz)]) == 0
    assert json.loads(capsys.readouterr().out) == {"questions": 5, "pass_mark": 4}


def test_paths_are_shown_as_they_were_given(tmp_path: Path) -> None:
    write_content(tmp_path / "content", paths="paths: 3\n")
    ran = run("check", "content/paths.yaml", folder=tmp_path)
    assert ran.stderr.startswith("content/paths.yaml:1: ")
