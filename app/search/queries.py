"""The search page: everything in it is content that every signed-in person may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.content import library
from app.search.index import Hit, Index, Indexed
from app.ui.markdown import lesson_html, plain
from app.ui.text import NotText, clean_line
from assessments.measures import Kpi

LONGEST = 200
A_PAGE = 20


@dataclass(frozen=True)
class SearchPage:
    """What was searched for and what was found, a page of it."""

    wanted: str
    fault: str
    hits: tuple[Hit, ...]
    total: int
    number: int
    last: int

    def href(self, number: int) -> str:
        """The address of another page of the same search."""
        from urllib.parse import quote_plus

        return f"/search?q={quote_plus(self.wanted)}&page={number}"


def index() -> Index:
    """All content by its words; made at the first search after the start, and after the content has changed."""
    return _index(library().version)


@lru_cache(maxsize=2)
def _index(version: str) -> Index:
    made, held = Index(), library()
    catalogue = held.catalogue
    for course in catalogue.in_order():
        made.add(Indexed(f"Course {course.id}", course.title, f"/courses/{course.slug}/", course.summary, " ".join(course.outcomes)))
        for lesson in course.lessons:
            body = plain(lesson_html(lesson.body, lambda kind, target: "/"))
            heads = " ".join((lesson.summary, *lesson.objectives))
            made.add(Indexed(f"Lesson {lesson.id}, {course.title}", lesson.title, f"/courses/{course.slug}/{lesson.slug}/", heads, body))
    for term in catalogue.glossary:
        made.add(Indexed("Glossary", term.term, f"/glossary/#{term.id}", " ".join(term.also), term.meaning))
    for template in catalogue.templates:
        made.add(Indexed(f"Template {template.id}", template.title, f"/templates/{template.id}/", template.about, template.body))
    _add_measures(made, held.kpis.values())
    for model in held.questionnaires.values():
        if model.id not in held.improvements:
            continue
        for item in model.items:
            levels = " ".join(choice.text for choice in item.choices)
            made.add(Indexed(f"Item {item.id}", item.title, f"/items/{item.id}/", item.question, levels))
    for improvements in held.improvements.values():
        for action in improvements.actions.values():
            made.add(Indexed(f"Action {action.id}", action.title, f"/items/{action.item}/", action.id, action.why))
    return made


def _add_measures(made: Index, kpis: Iterable[Kpi]) -> None:
    for kpi in kpis:
        made.add(Indexed(f"KPI {kpi.id}", kpi.name, f"/kpis/{kpi.id}/", kpi.id, f"{kpi.meaning} {' '.join(kpi.cautions)}"))


def search_page(typed: str, page: str) -> SearchPage:
    """Results for what was typed; at most 200 characters, taken literally."""
    try:
        wanted = clean_line(typed[: LONGEST * 5], LONGEST)
    except NotText:
        return SearchPage("", f"Search for at most {LONGEST} characters of plain text.", (), 0, 1, 1)
    hits = index().search(wanted)
    last = max(1, -(-len(hits) // A_PAGE))
    number = min(int(page), last) if page.isascii() and page.isdigit() and len(page) < 6 and int(page) > 0 else 1
    return SearchPage(wanted, "", tuple(hits[A_PAGE * (number - 1): A_PAGE * number]), len(hits), number, last)
