"""preview: look at a content folder, a course or a quiz while writing it; the page reloads when a file is saved."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, render_template
from markupsafe import Markup

from app.cli.site import Fault, say
from app.config import ROOT
from app.content import read_content
from app.ui.assets import STATIC, STYLES
from app.ui.filters import install as install_filters
from app.ui.lessons import LessonDraft, drafts
from app.ui.questions import Outline, outline
from courses.reading import read_catalogue, read_quiz
from courses.reading.source import Fault as ContentFault

READ = {".yaml", ".md"}


def add_to(commands: Any) -> None:
    preview = commands.add_parser("preview", help="look at a content folder, a course or a quiz while writing it")
    preview.add_argument("path", type=Path, metavar="PATH")
    preview.add_argument("--port", type=int, default=8010)
    preview.set_defaults(act=show_preview)


def show_preview(chosen: argparse.Namespace) -> int:
    """python -m app preview PATH [--port]: on this computer alone, until Ctrl+C."""
    from waitress import serve

    if not chosen.path.exists():
        raise Fault(f"{chosen.path}: there is no such file or folder")
    say(f"Preview of {chosen.path} at http://127.0.0.1:{chosen.port} (stop with Ctrl+C)")
    try:
        serve(preview_app(chosen.path), host="127.0.0.1", port=chosen.port, threads=2)
    except OSError as fault:
        raise Fault(f"preview: port {chosen.port} cannot be used ({fault.strerror}); choose another with --port") from fault
    return 0


def preview_app(path: Path) -> Flask:
    """A small site of one page: faults by file and line, lessons as readers see them, questions with their keys."""
    app = Flask("app", template_folder=str(ROOT / "app" / "templates"), static_folder=None)
    install_filters(app)
    app.jinja_env.filters["markup"] = Markup
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.get("/")
    def page() -> str:
        faults, courses, questions = read(path)
        return render_template("preview.html", path=path.name, stamp=stamp(path), faults=faults, courses=courses, questions=questions)

    @app.get("/stamp")
    def changed() -> Response:
        return jsonify(stamp=stamp(path))

    @app.get("/site.css")
    def styles() -> Response:
        return Response(STYLES, mimetype="text/css")

    @app.get("/preview.js")
    def script() -> Response:
        return Response((STATIC / "js" / "preview.js").read_text(encoding="utf-8"), mimetype="text/javascript")

    return app


def stamp(path: Path) -> str:
    """Differs as soon as a content file was saved, added or taken away."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.suffix in READ)
    newest = max((one.stat().st_mtime_ns for one in files), default=0)
    return f"{len(files)}-{newest}"


Drafts = tuple[tuple[str, tuple[LessonDraft, ...]], ...]


def read(path: Path) -> tuple[tuple[str, ...], Drafts, tuple[Outline, ...]]:
    """(faults, courses with their lessons, questions) of a content folder, a course folder, a lesson or a quiz file."""
    if path.suffix == ".yaml" and path.is_file():
        try:
            quiz = read_quiz(path.read_text(encoding="utf-8"), path.name)
        except (OSError, UnicodeDecodeError) as fault:
            return (f"{path.name}:1: the file cannot be read: {fault}",), (), ()
        return _told(quiz.faults), (), tuple(outline(one) for one in quiz.quiz.questions) if quiz.quiz else ()
    folder = path if path.is_dir() else path.parent
    if (folder / "questionnaires").is_dir():
        library, faults = read_content(folder)
        catalogue = library.catalogue
    else:
        found = read_catalogue(folder)
        catalogue, faults = found.catalogue, _told(found.faults)
    return faults, tuple((course.title, drafts(course, lambda kind, target: f"#{kind}-{target}")) for course in catalogue.in_order()), ()


def _told(faults: tuple[ContentFault, ...]) -> tuple[str, ...]:
    return tuple(str(fault) for fault in faults)
