"""Everything people read, taken in once when the site starts.

A file with a fault takes away that item and is told to the operator with its line; the rest of the site runs on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from markdown_it import MarkdownIt

from app.config import ROOT
from assessments.errors import FileFaults
from assessments.improvements import ImprovementCatalogue
from assessments.measures import Kpi
from assessments.questionnaire import Questionnaire
from assessments.reading import read_questionnaire, read_skills
from assessments.reading.improvements import read_improvements
from assessments.reading.measures import read_kpis
from assessments.skills import SkillsCatalogue
from courses.catalogue import Catalogue
from courses.reading import read_catalogue

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class ContentPage:
    """A page about the site itself: its title and Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class Library:
    """All content of the installation, with look-ups by id."""

    catalogue: Catalogue
    questionnaires: Mapping[str, Questionnaire]
    improvements: Mapping[str, ImprovementCatalogue]
    skills: SkillsCatalogue
    kpis: Mapping[str, Kpi]
    pages: Mapping[str, ContentPage]
    version: str = ""
    faults: tuple[str, ...] = field(default=())

    def summary(self) -> str:
        """What was read, in one line."""
        items = sum(len(q.items) for q in self.questionnaires.values())
        lessons = sum(len(course.lessons) for course in self.catalogue.courses)
        actions = sum(len(catalogue.actions) for catalogue in self.improvements.values())
        return (
            f"No faults: {len(self.questionnaires)} questionnaires with {items} items, {actions} improvement actions, "
            f"{len(self.catalogue.courses)} courses with {lessons} lessons, {len(self.skills.competences)} competences, "
            f"{len(self.kpis)} measures."
        )


def read_content(folder: Path, own: Mapping[str, Path] | None = None) -> tuple[Library, tuple[str, ...]]:
    """Read a content folder; the library and every fault as `file:line: message` with paths below *folder*.

    *own* are course folders by name that stand beside those of the folder, or in the place of one."""
    faults: list[str] = []

    def told(read: Callable[[], T], otherwise: U) -> T | U:
        try:
            return read()
        except FileFaults as found:
            faults.extend(str(fault) for fault in found.faults)
            return otherwise

    questionnaires: dict[str, Questionnaire] = {}
    for path in sorted((folder / "questionnaires").glob("*.yaml")):
        questionnaire = told(partial(read_questionnaire, path), None)
        if questionnaire:
            questionnaires[questionnaire.id] = _typeset(questionnaire)
    improvements: dict[str, ImprovementCatalogue] = {}
    for questionnaire in questionnaires.values():
        if any((folder / "improvements").glob(f"{questionnaire.id}*.yaml")):
            catalogue = told(partial(read_improvements, folder / "improvements", questionnaire), None)
            if catalogue:
                improvements[questionnaire.id] = _typeset(catalogue)
    skills = told(lambda: read_skills(folder / "skills"), SkillsCatalogue((), {}, {}, {}, {}))
    items = {item.id for q in questionnaires.values() for item in q.items}
    kpis: dict[str, Kpi] = told(lambda: read_kpis(folder / "kpis", items or None), {})
    read = read_catalogue(folder, items=items or None, competences=set(skills.competences) or None, roles=set(skills.roles) or None, own=own)
    faults += [str(fault) for fault in read.faults]
    library = Library(
        catalogue=_typeset(read.catalogue),
        questionnaires=questionnaires,
        improvements=improvements,
        skills=_typeset(skills),
        kpis=_typeset(kpis),
        pages={path.stem: _page(path) for path in sorted((folder / "pages").glob("*.md"))},
        version=_version(folder, own or {}),
        faults=tuple(faults),
    )
    return library, library.faults


OWN, ACTIVE = "own-courses", "active.json"


@dataclass
class Desk:
    """The library in use, and the file of choices it was read with (None: no own course is in use)."""

    held: Library | None = None
    read_with: tuple[str, int, int] | None = None
    lock: Lock = field(default_factory=Lock)


DESK = Desk()


def library() -> Library:
    """The content of this installation; read at the first call, which is the start of the site."""
    return DESK.held or _shipped()


@cache
def _shipped() -> Library:
    return read_content(ROOT / "content")[0]


def refresh(instance: Path) -> None:
    """Read the content anew when another version of an own course was put in use, by whichever process; else one look at a file.

    What cannot be read leaves the library as it is: the site goes on with what it has."""
    path = _active(instance)
    try:
        seen = os.stat(path)
        stamp = (path, seen.st_mtime_ns, seen.st_ino)
    except OSError:
        stamp = None
    if stamp == DESK.read_with:
        return
    with DESK.lock:
        if stamp == DESK.read_with:
            return
        chosen = own_courses(instance)
        DESK.held = read_content(ROOT / "content", chosen)[0] if chosen else None
        DESK.read_with = stamp


@cache
def _active(instance: Path) -> str:
    return str(instance / OWN / ACTIVE)


def own_courses(instance: Path) -> dict[str, Path]:
    """The folders of the own courses in use, by name."""
    return {slug: own_folder(instance, slug, number) for slug, number in chosen_versions(instance).items() if number}


def own_folder(instance: Path, slug: str, number: int) -> Path:
    """Where a version of an own course is kept."""
    return instance / OWN / slug / f"{number:04}" / slug


def chosen_versions(instance: Path) -> dict[str, int]:
    """The version in use of each own course, 0 for none; nothing where the file cannot be read."""
    try:
        told = json.loads((instance / OWN / ACTIVE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = told.items() if isinstance(told, dict) else ()
    return {slug: number for slug, number in known if isinstance(number, int) and (number == 0 or own_folder(instance, slug, number).is_dir())}


def curled(text: str) -> str:
    """Plain text with typographic quotes: 'It's "done"' gives 'It’s “done”'. Nothing else is changed."""
    if '"' not in text and "'" not in text:
        return text
    return "".join(part.content for part in _quotes().parseInline(text)[0].children or ())


@cache
def _quotes() -> MarkdownIt:
    return MarkdownIt("zero", {"typographer": True}).enable("smartquotes")


def _typeset(value: Any) -> Any:
    """A value that was read with its plain texts curled. A `body` is Markdown, which is curled when it is rendered."""
    if isinstance(value, str):
        return curled(value)
    if isinstance(value, tuple):
        return tuple(_typeset(part) for part in value)
    if isinstance(value, Mapping):
        return {key: _typeset(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _typeset(getattr(value, one.name)) for one in fields(value) if one.name != "body"})
    return value


def _page(path: Path) -> ContentPage:
    text = path.read_text(encoding="utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    title = head.partition("title:")[2].strip().strip('"')
    return ContentPage(title, body)


def _version(folder: Path, own: Mapping[str, Path]) -> str:
    digest = hashlib.sha256(repr(sorted(own)).encode() if own else b"")
    for path in (*sorted(folder.rglob("*")), *(path for slug in sorted(own) for path in sorted(own[slug].glob("*")))):
        if path.suffix in {".yaml", ".md"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
