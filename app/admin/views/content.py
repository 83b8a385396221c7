"""Content: faults by file and line, courses in and out, questions of other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import current_app, request

from app.access import me, policy
from app.admin.actions import content as actions
from app.admin.forms import PackageForm, QuestionsForm
from app.admin.queries import content as queries
from app.admin.queries.start import admin_tabs
from app.admin.views.blueprint import pages
from app.config import Settings
from app.db import writing
from app.errors import Refused
from app.security import attachment
from app.ui.forms import PlainForm, go, render
from courses.reading.packages import PackageRefused


def instance() -> Path:
    """Where this installation keeps what is its own."""
    settings: Settings = current_app.extensions["settings"]
    return settings.instance_dir


@pages.get("/content/")
@policy("admin")
def content() -> Any:
    return content_page(PackageForm())


def content_page(form: PackageForm, refused: tuple[str, ...] = ()) -> tuple[str, int]:
    body, status = render("admin/content.html", form, page=queries.content_page(me(), instance()), plain=PlainForm(), refused=refused)
    return body, 422 if refused else status


@pages.post("/content/")
@policy("admin")
def take_in() -> Any:
    form = PackageForm()
    sent = form.file.data
    if not form.sent() or not sent:
        form.refuse(Refused("Choose the zip of a course", "file"))
        return content_page(form)
    try:
        slug, number = actions.take_in_course(writing(), me(), instance(), sent.read())
    except PackageRefused as refusal:
        return content_page(form, refusal.faults)
    return go(f"/admin/content/{slug}/{number}/")


@pages.get("/content/<slug>/<id:version>/")
@policy("admin")
def own_version(slug: str, version: int) -> Any:
    return render("admin/content_version.html", page=queries.version_page(me(), instance(), slug, version), plain=PlainForm())


@pages.post("/content/<slug>/<id:version>/use")
@policy("admin")
def use_version(slug: str, version: int) -> Any:
    actions.use_course(writing(), me(), instance(), slug, version)
    return go("/admin/content/")


@pages.post("/content/<slug>/take-back")
@policy("admin")
def take_back(slug: str) -> Any:
    actions.take_back_course(writing(), me(), instance(), slug)
    return go("/admin/content/")


@pages.get("/content/<slug>/course.zip")
@policy("admin")
def course_zip(slug: str) -> Any:
    return attachment(queries.course_package(instance(), slug), f"{slug}.zip", "application/zip")


@pages.get("/questions/")
@policy("admin or pmo lead")
def ask_for_questions() -> Any:
    return questions_page(QuestionsForm())


def questions_page(form: QuestionsForm, found: queries.ReadQuestions | None = None) -> tuple[str, int]:
    return render("admin/questions.html", form, tabs=admin_tabs(me(), "Content"), found=found)


@pages.post("/questions/")
@policy("admin or pmo lead")
def read_questions() -> Any:
    """The dry run. It writes nothing, so its form carries no one-time key."""
    form, found = QuestionsForm(), []
    if not form.accepted(lambda: found.append(queries.read_questions(*_given(form)))):
        return questions_page(form)
    return questions_page(form, found[0])


@pages.post("/questions/file")
@policy("admin or pmo lead")
def quiz_file() -> Any:
    """The quiz file the dry run has shown, as a download; what is no quiz file is not handed out under the site's name."""
    sent = request.form.getlist("quiz")
    text = sent[0].replace("\r\n", "\n") if len(sent) == 1 else ""
    if not queries.is_quiz(text):
        form = QuestionsForm()
        form.refuse(Refused("This is no quiz file. Send the questions once more", "file"))
        return questions_page(form)
    return attachment(text, "questions.quiz.yaml", "application/yaml")


def _given(form: QuestionsForm) -> tuple[bytes, str]:
    """The bytes of the file, or else what was pasted, and the name the format may be told by."""
    sent = form.file.data
    raw = sent.read() if sent else (form.text.data or "").encode()
    if not raw.strip():
        raise Refused("Choose a file or paste the questions", "file")
    return raw, sent.filename or "" if sent else ""
