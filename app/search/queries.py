"""The search page: content, cut to what the reader may read, and the reader's own notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.content import Library, library
from app.models import LessonNote
from app.records.addresses import content_link, lesson_address
from app.records.headings import headings_of
from app.records.learning import studied
from app.search.index import Answer, Hit, Index, Indexed, hit
from app.ui.markdown import lesson_html, plain
from app.ui.paging import Paging, paging
from app.ui.text import NotText, clean_line
from assessments.measures import Kpi
from courses.errors import NotInCatalogue
from courses.progress import course_progress

LONGEST = 200
MARKS = re.compile(r"[#*|`_>\s]+|-{3,}|\[[ x]\]")  # what Markdown puts around words
A_PAGE = 20
GROUPS = {
    "course": "Courses", "lesson": "Lessons", "glossary": "Glossary", "template": "Templates", "item": "Items", "kpi": "KPIs", "action": "Actions",
    "page": "Pages", "note": "My notes",
}


@dataclass(frozen=True)
class Group:
    """A kind of result: how many there are of it, and the address that shows only these."""

    name: str
    count: int
    href: str
    is_here: bool


@dataclass(frozen=True)
class SearchPage:
    """What was searched for and what was found, a page of it. `meant` are words taken for others: (typed, meant);
    `suggested` is the search with those in their place, `loosely` says that less was found than was asked for."""

    wanted: str
    kind: str
    fault: str
    loosely: str
    hits: tuple[Hit, ...]
    found: int
    meant: tuple[tuple[str, str], ...]
    suggested: str
    groups: tuple[Group, ...]
    paging: Paging


def index() -> Index:
    """All content by its words; made at the start of the site, and again after the content has changed."""
    return _index(library().version)


@lru_cache(maxsize=2)
def _index(version: str) -> Index:
    return indexed(library())


def indexed(held: Library) -> Index:
    """The index of a library."""
    made, catalogue = Index(), held.catalogue
    for course in catalogue.in_order():
        made.add(Indexed(f"Course {course.id}", course.title, f"/courses/{course.slug}/", course.summary, " ".join(course.outcomes), "course", name=course.id))
        for lesson in course.lessons:
            body = plain(lesson_html(lesson.body, content_link))
            heads = " ".join((lesson.summary, *lesson.objectives))
            made.add(Indexed(f"Lesson {lesson.id}, {course.title}", lesson.title, f"/courses/{course.slug}/{lesson.slug}/", heads, body, "lesson", course.id, lesson.id))
    for term in catalogue.glossary:
        made.add(Indexed("Glossary", term.term, f"/glossary/#{term.id}", " ".join(term.also), term.meaning, "glossary"))
    for template in catalogue.templates:
        made.add(Indexed(f"Template {template.id}", template.title, f"/templates/{template.id}/", template.about, MARKS.sub(" ", template.body), "template", name=template.id))
    _add_measures(made, held.kpis.values())
    for model in held.questionnaires.values():
        if model.id not in held.improvements:
            continue
        for item in model.items:
            levels = " ".join(choice.text for choice in item.choices)
            made.add(Indexed(f"Item {item.id}", item.title, f"/items/{item.id}/", item.question, levels, "item", name=item.id))
    for improvements in held.improvements.values():
        for action in improvements.actions.values():
            made.add(Indexed(f"Action {action.id}", action.title, f"/items/{action.item}/", "", action.why, "action", name=action.id))
    _add_pages(made, held)
    return made


def _add_pages(made: Index, held: Library) -> None:
    for path in held.catalogue.paths:
        made.add(Indexed("Path", path.title, f"/paths/{path.id}/", path.for_whom, path.about, "page"))
    names, question = "EVM, EV, PV, AC, CPI, SPI, EAC, TCPI, forecast", "Where does a project stand in money and time, and where will it end?"
    made.add(Indexed("Page", "Earned-value calculator", "/earned-value/", names, question, "page"))
    if "help" in held.pages:
        made.add(Indexed("Page", held.pages["help"].title, "/help/", "", MARKS.sub(" ", held.pages["help"].text), "page"))


def _add_measures(made: Index, kpis: Iterable[Kpi]) -> None:
    for kpi in kpis:
        made.add(Indexed(f"KPI {kpi.id}", kpi.name, f"/kpis/{kpi.id}/", "", f"{kpi.meaning} {' '.join(kpi.cautions)}", "kpi", name=kpi.id))


_NOTES = select(LessonNote.lesson_id, LessonNote.anchor, LessonNote.heading, LessonNote.text).where(
    LessonNote.person_id == bindparam("person"), LessonNote.deleted_at.is_(None)
).order_by(LessonNote.id)


def search_page(session: Session, me: Me, typed: str, kind: str, page: str) -> SearchPage:
    """Results for what was typed; at most 200 characters, taken literally. Two statements, none without words.

    A lesson of a course that is not open to me yet is found, and shown by its summary alone."""
    chosen = kind if kind in GROUPS else ""
    try:
        wanted = clean_line(typed[: LONGEST * 5], LONGEST)
    except NotText:
        return SearchPage("", "", f"Search for at most {LONGEST} characters of plain text.", "", (), 0, (), "", (), paging("", 0, "/search"))
    if not wanted:
        return SearchPage("", chosen, "", "", (), 0, (), "", (), paging("", 0, "/search"))
    content, own = _both(index().answer(wanted), notes_of(session, me).answer(wanted))
    ranked = sorted((*_marked(content), *_marked(own)), key=lambda one: -one[1])
    counts = Counter(entry.group for entry, _, _ in ranked)
    shown = [one for one in ranked if not chosen or one[0].group == chosen]
    here = paging(page, len(shown), "/search", {"q": wanted, "kind": chosen}, A_PAGE)
    is_open, meant = _open_courses(session, me), content.meant if content.ranked or not own.ranked else own.meant
    return SearchPage(
        wanted, chosen, "", content.loosely or own.loosely,
        tuple(hit(entry, score, stems, is_open(entry.course)) for entry, score, stems in shown[here.rows]), len(ranked), meant, _replaced(wanted, meant), _groups(wanted, chosen, counts), here,
    )


def _both(content: Answer, own: Answer) -> tuple[Answer, Answer]:
    """What holds all words, wherever it stands; what holds some of them only where nothing holds all."""
    exact = any(one.ranked and not one.loosely for one in (content, own))
    return (Answer() if exact and content.loosely else content), (Answer() if exact and own.loosely else own)


def notes_of(session: Session, me: Me) -> Index:
    """My own notes as an index of their own; one statement."""
    made, catalogue = Index(), library().catalogue
    for row in db.rows(session, _NOTES, person=me.person_id):
        try:
            lesson = catalogue.lesson(row.lesson_id)
        except NotInCatalogue:
            made.add(Indexed("My note", row.heading or row.lesson_id, "/notes/", "", row.text, "note"))
            continue
        heading = headings_of(lesson).get(row.anchor, "")
        href = f"{lesson_address(catalogue, lesson.id)}#{row.anchor if heading else 'my-notes'}"
        made.add(Indexed(f"My note, {lesson.title}", heading or row.heading or lesson.title, href, "", row.text, "note"))
    return made


def _replaced(wanted: str, meant: tuple[tuple[str, str], ...]) -> str:
    for typed, other in meant:
        wanted = wanted.replace(typed, other)
    return wanted


def _marked(answer: Answer) -> list[tuple[Indexed, float, tuple[str, ...]]]:
    return [(entry, score, answer.stems) for entry, score in answer.ranked]


def _open_courses(session: Session, me: Me) -> Callable[[str], bool]:
    known = studied(session, me).facts
    catalogue = library().catalogue
    return lambda course: not catalogue.has_course(course) or course_progress(catalogue, course, known).state != "locked"


def _groups(wanted: str, chosen: str, counts: Counter[str]) -> tuple[Group, ...]:
    every = Group("All", counts.total(), paging("", 0, "/search", {"q": wanted}).href(1), not chosen)
    named = (
        Group(words, counts[name], paging("", 0, "/search", {"q": wanted, "kind": name}).href(1), chosen == name)
        for name, words in GROUPS.items() if counts[name] or chosen == name
    )
    return (every, *named)
