"""The preview for writers: faults by file and line, what is fine beside them, and a new stamp with each save."""

from __future__ import annotations

import os
import shutil

from app.cli.parser import main
from app.cli.preview import preview_app
from app.config import ROOT
from app.content import read_content


def test_a_writer_sees_faults_by_line_and_each_save(tmp_path):
    course = tmp_path / "pmo-foundations"
    shutil.copytree(ROOT / "content" / "courses" / "pmo-foundations", course)
    site = preview_app(course).test_client()
    page = site.get("/").get_data(as_text=True)
    assert "No faults" in page
    assert "What a PMO is" in page
    assert 'class="tag good"' in page
    before = site.get("/stamp").json
    assert before == site.get("/stamp").json
    lesson = course / "01-what-a-pmo-is.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("minutes: ", "minutes: 9"), encoding="utf-8")
    os.utime(lesson, (4_000_000_000, 4_000_000_000))
    assert site.get("/stamp").json != before
    page = site.get("/").get_data(as_text=True)
    assert "01-what-a-pmo-is.md:4: `minutes` must be at most 40" in page
    assert "What PMOs do" in page
    for path in ("/site.css", "/preview.js"):
        assert site.get(path).status_code == 200
    quiz = preview_app(course / "02-what-pmos-do.quiz.yaml").test_client().get("/").get_data(as_text=True)
    assert "No faults" in quiz
    (course / "02-what-pmos-do.quiz.yaml").write_text("pass_mark: [", encoding="utf-8")
    assert ":1: " in preview_app(course / "02-what-pmos-do.quiz.yaml").test_client().get("/").get_data(as_text=True)
    assert main(["preview", str(tmp_path / "nothing")]) == 1


def test_the_tutorial_lesson_of_the_writers_guide_has_no_fault(tmp_path):
    """What the guide tells a stranger to type, typed."""
    guide = (ROOT / "content" / "README.md").read_text(encoding="utf-8").partition("## Tutorial: a lesson with its check")[2]
    blocks = [part.partition("\n````")[0].partition("\n")[2] for part in guide.split("\n````") if part.startswith(("yaml\n", "markdown\n"))]
    course = tmp_path / "first-week"
    course.mkdir()
    for name, text in zip(("course.yaml", "01-your-first-day.md", "01-your-first-day.quiz.yaml"), blocks, strict=True):
        (course / name).write_text(text + "\n", encoding="utf-8")
    library, faults = read_content(ROOT / "content", {"first-week": course})
    assert faults == ()
    written = next(one for one in library.catalogue.courses if one.slug == "first-week")
    assert [(lesson.title, lesson.quiz.max, lesson.quiz.pass_mark) for lesson in written.lessons] == [("Your first day", 5, 4)]
