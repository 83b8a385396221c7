"""The command line: the contract's input and output, and sentences instead of tracebacks."""

import io
import json
import subprocess
import sys

import pytest

from assessments import commands
from tests.assessments.values import CONTENT, demo_team


def problem(code):
    team = demo_team(code)
    return {
        "type": team.type,
        "invited": team.invited,
        "respondents": [
            {
                "id": sheet.respondent,
                "group": sheet.group,
                "answers": {key: answer.mark or answer.value for key, answer in sheet.answers.items()},
            }
            for sheet in team.sheets
        ],
    }


def call(tmp_path, capsys, document, model="pmo-maturity"):
    path = tmp_path / "answers.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    code = commands.run(["score", model, str(path)])
    return code, *capsys.readouterr()


def test_scores_come_in_the_fields_of_the_contract(tmp_path, capsys):
    code, out, err = call(tmp_path, capsys, problem("HAR"))
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["overall", "dimensions", "items"]
    assert found["overall"] == {
        "index": pytest.approx(1.7737, abs=1e-4),
        "percent": pytest.approx(19.3417, abs=1e-4),
        "staged": 1,
        "published": True,
        "interval": pytest.approx([1.6192, 1.9445], abs=1e-4),
    }
    assert found["dimensions"]["GOV"] == {
        "index": pytest.approx(1.8833, abs=1e-4),
        "staged": 2,
        "target": 3,
        "gap": pytest.approx(1.1167, abs=1e-4),
        "scored": 6,
        "in_scope": 6,
        "r_wg_j": pytest.approx(0.9726, abs=1e-4),
        "ad_m": pytest.approx(0.3767, abs=1e-4),
        "perspective_gap": None,
        "dont_know": 1,
    }
    assert found["items"]["GOV-1"] == {
        "n": 5, "mean": 2.0, "level": 2, "r_wg": 1.0, "ad_m": 0.0, "ad_md": 0.0,
        "reading": "agreed", "in_scope": True, "flags": [],
    }  # fmt: skip


def test_a_target_in_the_input_overrides_the_types(tmp_path, capsys):
    _, out, _ = call(tmp_path, capsys, {**problem("HAR"), "targets": {"GOV": 4}})
    assert json.loads(out)["dimensions"]["GOV"]["target"] == 4
    assert json.loads(out)["dimensions"]["TAL"]["target"] == 4


def test_a_points_model_adds_its_nodes(tmp_path, capsys):
    model = CONTENT / "questionnaires" / "meeting-health.yaml"
    code, out, _ = call(tmp_path, capsys, {"respondents": [{"id": "R1", "answers": {}}]}, str(model))
    assert code == 0
    assert set(json.loads(out)["nodes"].values()) == {None}
    assert "total" in json.loads(out)["nodes"]


GOV1 = '{"respondents": [{"id": "R1", "answers": {"GOV-1": %s}}]}'


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "This is not valid JSON"),
        ("[]", "The answers should be an object"),
        ("{}", '"respondents" is missing'),
        ('{"respondents": 5}', '"respondents" should be a list'),
        ('{"respondents": [5]}', "respondents[0] should be an object"),
        ('{"respondents": [], "respondents": []}', "stands in the same object twice"),
        ('{"respondents": [], "colour": 1}', '"colour" is not a field here'),
        ('{"respondents": [], "type": "ZZZ"}', "has no type ZZZ"),
        ('{"respondents": [], "type": 5}', '"type" should be a text'),
        ('{"respondents": [], "invited": -1}', '"invited" should be a whole number'),
        ('{"respondents": [], "invited": true}', '"invited" should be a whole number'),
        ('{"respondents": [], "targets": []}', '"targets" should be an object'),
        ('{"respondents": [], "targets": {"GOV": 2.5}}', 'the target of "GOV" should be a whole number'),
        ('{"respondents": [], "targets": {"GOV": 9}}', "a target is a level from 1 to 5"),
        ('{"respondents": [{"answers": {}}]}', '"id" is missing'),
        ('{"respondents": [{"id": "R1", "group": "boss"}]}', '"group" should be one of office, users'),
        (GOV1 % "NaN", "NaN is not a number"),
        (GOV1 % "-Infinity", "-Infinity is not a number"),
        (GOV1 % "1e999", "too large"),
        (GOV1 % ("9" * 5000), "too long"),
        (GOV1 % "6", "6 is not one of its choices"),
        (GOV1 % "true", "an answer is a number, NA, DK or null"),
        (GOV1 % '"yes"', "an answer is a number, NA, DK or null"),
        (GOV1 % "[1]", "an answer is a number, NA, DK or null"),
        (GOV1 % '"NA"', "not applicable is not offered here"),
        ('{"respondents": [{"id": "R1"}, {"id": "R2"}], "invited": 1}', "at least as many were invited"),
        ('{"respondents": [{"id": "R1"}, {"id": "R1"}]}', "this respondent has 2 sheets"),
        ("[" * 100_000, "nested more than 32"),
        ('{"respondents": "' + "[" * 100 + '"}', '"respondents" should be a list'),
    ],
)
def test_input_that_is_wrong_is_told_in_a_sentence(tmp_path, capsys, document, said):
    code, out, err = call(tmp_path, capsys, document)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_every_fault_has_a_line_of_its_own(tmp_path, capsys):
    code, _, err = call(tmp_path, capsys, '{"a": 1, "b": 2, "respondents": []}')
    assert code == 1
    assert len(err.splitlines()) == 2


def test_models_and_files_that_are_not_there_are_named(tmp_path, capsys):
    assert call(tmp_path, capsys, "{}", "nothing")[2].startswith("There is no model nothing")
    assert "cannot be read" in call(tmp_path, capsys, "{}", str(tmp_path / "none.yaml"))[2]
    assert commands.run(["score", "pmo-maturity", str(tmp_path / "none.json")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_model_with_faults_is_told_by_file_and_line(tmp_path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: x\nid: y\n", encoding="utf-8")
    assert (
        call(tmp_path, capsys, "{}", str(broken))[2]
        == f"{broken}:2: `id` stands here twice; keep one of them.\n"
    )


def test_usage_is_exit_code_2(capsys):
    assert commands.run([]) == 2
    assert commands.run(["score", "one"]) == 2
    assert commands.run(["colour"]) == 2
    assert "usage: python -m assessments score MODEL ANSWERS.json" in capsys.readouterr().err
    assert commands.run(["--help"]) == 0
    assert capsys.readouterr().out.startswith("usage:")


def test_the_module_reads_standard_input():
    done = subprocess.run(
        [sys.executable, "-m", "assessments", "score", "pmo-maturity", "-"],
        input=json.dumps(problem("MER")), capture_output=True, text=True, check=False, cwd=CONTENT.parent,
    )  # fmt: skip
    assert done.returncode == 0
    assert json.loads(done.stdout)["overall"]["index"] == pytest.approx(2.9620, abs=1e-4)


def test_standard_input_that_is_not_text_is_refused(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    assert commands.run(["score", "pmo-maturity", "-"]) == 1
    assert "not UTF-8" in capsys.readouterr().err
