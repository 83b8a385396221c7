"""Courses in and out through the site, and questions of other systems."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.config import ROOT
from app.content import library, refresh
from courses.reading.packages import packed

COURSE = ROOT / "content" / "courses" / "pmo-foundations"


@pytest.fixture
def shipped(tmp_path):
    """The shipped library is back for the tests that follow."""
    yield
    refresh(tmp_path / "nothing")
    assert "A course of our own" not in {course.title for course in library().catalogue.courses}


def course_zip(change=lambda name, text: text, slug="pmo-foundations"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for path in sorted(COURSE.iterdir()):
            out.writestr(f"{slug}/{path.name}", change(path.name, path.read_text(encoding="utf-8")))
    return made.getvalue()


def upload(site, raw):
    return site.post("/admin/content/", {"file": (io.BytesIO(raw), "course.zip")}, content_type="multipart/form-data")


def test_a_course_goes_out_in_is_put_in_use_and_taken_back(app, people, visit, shipped):
    admin, learner = visit(people.adam), visit(people.bob)
    out = admin.get("/admin/content/pmo-foundations/course.zip").response.data
    assert out == packed(COURSE)

    faulty = upload(admin, course_zip(lambda name, text: text.replace("minutes: 30", "minutes: 300").replace("competences: [", "competences: [P99, ")))
    assert faulty.status == 422
    assert "pmo-foundations/01-what-a-pmo-is.md:4: `minutes` must be at most 40" in faulty.words
    assert str(ROOT) not in faulty.text
    twin = upload(admin, course_zip(slug="another-name"))
    assert (twin.status, "is taken by" in twin.words) == (422, True)
    assert upload(admin, b"no zip").status == 422
    assert admin.post("/admin/content/").status == 422

    title = lambda name, text: text.replace("title: PMO foundations", "title: A course of our own") if name == "course.yaml" else text  # noqa: E731
    page = admin.get(upload(admin, course_zip(title)).location)
    assert page.h1 == "A course of our own, version 1"
    assert "under the same revision 1" in page.words
    assert learner.get("/courses/pmo-foundations/").h1 == "PMO foundations"
    assert page.submit(action="/use").location == "/admin/content/"
    assert learner.get("/courses/pmo-foundations/").h1 == "A course of our own"
    assert "A course of our own" in learner.get("/search?q=own+course").words
    assert "Own version 1" in admin.get("/admin/content/").words
    assert admin.get("/admin/content/").submit(action="/take-back").status == 303
    assert learner.get("/courses/pmo-foundations/").h1 == "PMO foundations"
    assert admin.post("/admin/content/pmo-foundations/take-back").status == 404
    for path in ("/admin/content/pmo-foundations/2/", "/admin/content/..%2f..%2fetc/1/", "/admin/content/nothing/course.zip"):
        assert admin.get(path).status == 404
    assert visit(people.petra).get("/admin/content/").status == 404


def test_a_broken_file_of_choices_leaves_the_site_as_it_is(app, people, visit, tmp_path, shipped):
    (tmp_path / "own-courses").mkdir()
    for text in ("{", '["a"]', '{"pmo-foundations": 7, "../x": 1}'):
        (tmp_path / "own-courses" / "active.json").write_text(text)
        assert visit(people.bob).get("/courses/pmo-foundations/").h1 == "PMO foundations"


GIFT = """::Owner::Who owns the business case? {=The sponsor#Yes. ~The analyst#No.}

::Essay::Write about it. {}
"""


def test_questions_of_another_system_are_shown_and_given_as_a_file(app, people, visit):
    author = visit(people.petra)
    page = author.get("/admin/questions/")
    shown = page.submit({"text": GIFT})
    for words in ("One question understood", "Who owns the business case?", "The sponsor Right"):
        assert words in shown.words
    answer = shown.submit(action="/admin/questions/file").response
    assert answer.headers["Content-Disposition"] == 'attachment; filename="questions.quiz.yaml"'
    assert b"pass_mark: 1" in answer.data
    as_file = author.post("/admin/questions/", {"file": (io.BytesIO(GIFT.encode("utf-16")), "bank.gift")}, content_type="multipart/form-data")
    assert "One question understood" in as_file.words
    for wrong in ({"text": ""}, {"text": "nothing at all"}, {"text": "<quiz><!DOCTYPE x>"}):
        assert page.submit(wrong).status == 422
    assert author.post("/admin/questions/file", {"quiz": "<script>"}).status == 422
    assert visit(people.alice).get("/admin/questions/").status == 404
