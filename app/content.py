"""Everything people read, taken in once when the site starts.

A file with a fault takes away that item and is told to the operator with its line; the rest of the site runs on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from markdown_it import MarkdownIt

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


def read_content(folder: Path) -> tuple[Library, tuple[str, ...]]:
    """Read a content folder; the library and every fault as `file:line: message` with paths below *folder*."""
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
            questionnaires[questionnaire.id] = questionnaire
    improvements: dict[str, ImprovementCatalogue] = {}
    for questionnaire in questionnaires.values():
        if any((folder / "improvements").glob(f"{questionnaire.id}*.yaml")):
            catalogue = told(partial(read_improvements, folder / "improvements", questionnaire), None)
            if catalogue:
                improvements[questionnaire.id] = catalogue
    skills = told(lambda: read_skills(folder / "skills"), SkillsCatalogue((), {}, {}, {}, {}))
    items = {item.id for q in questionnaires.values() for item in q.items}
    kpis: dict[str, Kpi] = told(lambda: read_kpis(folder / "kpis", items or None), {})
    read = read_catalogue(folder, items=items or None, competences=set(skills.competences) or None, roles=set(skills.roles) or None)
    faults += [str(fault) for fault in read.faults]
    library = Library(
        catalogue=_typeset(read.catalogue),
        questionnaires=questionnaires,
        improvements=improvements,
        skills=skills,
        kpis=kpis,
        pages={path.stem: _page(path) for path in sorted((folder / "pages").glob("*.md"))},
        version=_version(folder),
        faults=tuple(faults),
    )
    return library, library.faults


@cache
def library(folder: Path | None = None) -> Library:
    """The content of this installation; read at the first call, which is the start of the site."""
    from app.config import ROOT

    return read_content(folder or ROOT / "content")[0]


def curled(text: str) -> str:
    """Plain text with typographic quotes: 'It's "done"' gives 'It’s “done”'. Nothing else is changed."""
    if '"' not in text and "'" not in text:
        return text
    return "".join(part.content for part in _quotes().parseInline(text)[0].children or ())


@cache
def _quotes() -> MarkdownIt:
    return MarkdownIt("zero", {"typographer": True}).enable("smartquotes")


def _typeset(value: Any) -> Any:
    """A value of the catalogue with its plain texts curled. A `body` is Markdown, which is curled when it is rendered."""
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


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".md"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
