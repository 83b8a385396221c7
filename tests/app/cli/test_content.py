"""Courses out and in from the command line."""

from __future__ import annotations

import json
import shutil

import pytest

from app.cli.parser import main
from app.config import ROOT
from app.content import library, refresh
from assessments.commands import run


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setenv("CAIRN_INSTANCE_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("CAIRN_SECRET_KEY", "t" * 64)
    yield tmp_path / "instance"
    refresh(tmp_path / "nothing")


def test_a_course_goes_out_in_and_back(instance, tmp_path, capsys):
    packed = tmp_path / "course.zip"
    assert main(["content", "export", "pmo-foundations", str(packed)]) == 0
    assert main(["content", "export", "pmo-foundations", str(packed)]) == 1
    assert main(["content", "import", str(packed)]) == 0
    assert not list(instance.rglob("course.yaml"))
    assert main(["content", "import", str(packed), "--use"]) == 0
    shipped = library().version
    assert main(["content", "use", "pmo-foundations", "0"]) == 0
    assert library().version != shipped
    assert main(["content", "use", "pmo-foundations", "2"]) == 1
    packed.write_bytes(packed.read_bytes()[:-50])
    assert main(["content", "import", str(packed)]) == 1
    assert main(["badges", "rotate"]) == 0
    told = capsys.readouterr()
    for words in ("PMO foundations, 5 lessons, no faults", "Version 1 is in use", "no own version is in use", "signs"):
        assert words in told.out
    for words in ("File exists", "there is no version 2", "no zip that can be read"):
        assert words in told.err
    assert main(["content", "courses"]) == 0
    assert "pmo-foundations: as shipped or not in use; own versions: 1" in capsys.readouterr().out


def test_a_part_of_the_content_is_checked_alone(tmp_path, capsys):
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    lesson = content / "courses" / "pmo-foundations" / "01-what-a-pmo-is.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("minutes: ", "minutes: x"), encoding="utf-8")
    for part in ("questionnaires/pmo-maturity.yaml", "courses/project-life-cycle", "courses/project-life-cycle/01-initiation.quiz.yaml", "kpis"):
        assert main(["content", "check", str(content / part)]) == 0, part
        assert f"No faults: {content / part}" in capsys.readouterr().out
    for part in ("courses/pmo-foundations", "courses", "courses/pmo-foundations/01-what-a-pmo-is.md", ""):
        assert main(["content", "check", str(content / part)]) == 1, part
        assert capsys.readouterr().err == f"{lesson}:4: `minutes` must be a whole number\n"
    alone = tmp_path / "pmo-foundations"
    shutil.copytree(lesson.parent, alone)
    assert main(["content", "check", str(alone)]) == 1
    assert capsys.readouterr().err == f"{alone / lesson.name}:4: `minutes` must be a whole number\n"
    assert main(["content", "check", str(alone / "02-what-pmos-do.quiz.yaml")]) == 0
    assert main(["content", "check", str(tmp_path / "nothing")]) == 1
    assert "there is no such file or folder" in capsys.readouterr().err


def test_the_model_of_the_writers_guide_is_checked_and_scored_as_the_guide_says(tmp_path, capsys):
    """What the guide tells a stranger to type, typed; the file with the action comes later."""
    guide = (ROOT / "content" / "README.md").read_text(encoding="utf-8").partition("## Tutorial: your own small model")[2]
    model, action = (part.partition("\n```")[0] for part in guide.split("```yaml\n")[1:])
    answers = guide.partition("```json\n")[2].partition("\n```")[0]
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    (content / "questionnaires" / "team-start.yaml").write_text(model, encoding="utf-8")
    assert main(["content", "check", str(content / "questionnaires" / "team-start.yaml")]) == 0
    (content / "improvements" / "team-start-aim.yaml").write_text(action, encoding="utf-8")
    assert main(["content", "check", str(content)]) == 0
    capsys.readouterr()
    sheets = tmp_path / "answers.json"
    sheets.write_text(answers, encoding="utf-8")
    assert run(["score", str(content / "questionnaires" / "team-start.yaml"), str(sheets)]) == 0
    told = json.loads(capsys.readouterr().out)
    found = {name: (round(one["index"], 4), one["staged"], one["target"], round(one["gap"], 4)) for name, one in told["dimensions"].items()}
    assert found == {"AIM": (1.8333, 1, 3, 1.1667), "WRK": (2.1667, 2, 2, -0.1667)}
    assert (told["overall"]["index"], told["overall"]["staged"]) == (2.0, 1)
