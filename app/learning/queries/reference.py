"""What people look up: words, documents to fill in, and the statements of the maturity model."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotVisible
from app.learning.queries.catalogue import LONGEST
from app.learning.shelf import Shelf
from app.ui.filters import count, sentence
from courses.catalogue import GlossaryTerm


@dataclass(frozen=True)
class Entry:
    """A word with its meaning and the lessons that use it: (title, address)."""

    id: str
    term: str
    meaning: str
    also: tuple[str, ...]
    lessons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Letter:
    """The words that begin with one letter."""

    letter: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class GlossaryPage:
    """The glossary, or the part of it that holds what was searched."""

    line: str
    q: str
    found: str
    letters: tuple[Letter, ...]


def glossary_page(held: Shelf, typed: str) -> GlossaryPage:
    """Words in alphabetical order; with *typed* only those whose name, other names or meaning hold each word of it."""
    q = " ".join(typed[:LONGEST].replace("\0", " ").split())
    wanted = q.casefold().split()
    terms = sorted((term for term in held.catalogue.glossary if _holds(term, wanted)), key=lambda term: (term.term.casefold(), term.id))
    first = dict.fromkeys(term.term[:1].upper() for term in terms)
    letters = tuple(Letter(letter, tuple(_entry(held, term) for term in terms if term.term[:1].upper() == letter)) for letter in first)
    found = f"{sentence(count(len(terms), 'word'))} with “{q}”." if terms else f"No word holds “{q}”. Try a shorter one."
    return GlossaryPage(f"{len(held.catalogue.glossary)} words as the lessons of this site use them.", q, found if q else "", letters)


def _holds(term: GlossaryTerm, wanted: list[str]) -> bool:
    words = " ".join((term.term, *term.also, term.meaning)).casefold()
    return all(word in words for word in wanted)


def _entry(held: Shelf, term: GlossaryTerm) -> Entry:
    texts = (held.lessons[lesson.id] for lesson in held.catalogue.lessons_with_term(term.id))
    return Entry(term.id, term.term, term.meaning, term.also, tuple((text.lesson.title, text.href) for text in texts))


@dataclass(frozen=True)
class ItemAction:
    """An action that raises the item by one level."""

    id: str
    title: str
    step: str
    effort: str


@dataclass(frozen=True)
class ItemPage:
    """One item of a maturity model. `choices` are (value, name of the level, statement)."""

    id: str
    title: str
    question: str
    model: str
    dimension: str
    is_key: bool
    has_levels: bool
    choices: tuple[tuple[str, str, str], ...]
    evidence: str
    lessons: tuple[tuple[str, str, str], ...]
    planned: tuple[str, ...]
    actions: tuple[ItemAction, ...]


def item_page(held: Shelf, item_id: str) -> ItemPage:
    """The item with this id, or NotVisible."""
    model = next((one for one in held.held.questionnaires.values() if one.has(item_id)), None)
    if model is None:
        raise NotVisible
    item = model.item(item_id)
    names: dict[object, str] = {level.value: level.name for level in model.levels}
    improvements = held.held.improvements.get(model.id)
    actions = [action for action in (improvements.actions.values() if improvements else ()) if action.item == item_id]
    texts = [held.lessons[lesson.id] for lesson in held.catalogue.lessons_for_item(item_id)]
    written = {course.id for course in held.catalogue.courses}
    return ItemPage(
        id=item.id, title=item.title, question=item.question, model=model.title, dimension=model.dimension_of(item_id).title,
        is_key=item.key, has_levels=model.scale == "levels",
        choices=tuple((str(choice.value), names.get(choice.value, ""), choice.text) for choice in item.choices),
        evidence=item.evidence, lessons=tuple((text.lesson.title, text.href, text.course.title) for text in texts),
        planned=tuple(
            f"{lesson.title} ({course.title})"
            for course in held.catalogue.curriculum if course.id not in written
            for lesson in course.lessons if item_id in lesson.items
        ),
        actions=tuple(
            ItemAction(action.id, action.title, f"{action.from_level} to {action.to_level}", count(action.effort.likely, "day", words=False))
            for action in sorted(actions, key=lambda action: action.to_level)
        ),
    )
