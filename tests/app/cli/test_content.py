"""Courses out and in from the command line."""

from __future__ import annotations

import pytest

from app.cli.parser import main
from app.content import library, refresh


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
