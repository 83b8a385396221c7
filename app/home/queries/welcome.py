"""What the product is, for somebody signed out, and the pages about the site itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from app.content import library
from app.db import Database
from app.errors import NotVisible
from app.migrations import is_current
from app.ui.charts import Radar, Series, radar
from app.ui.markdown import lesson_html
from assessments.questionnaire import Item, LevelName


@dataclass(frozen=True)
class WelcomePage:
    """Signed out: what the product is, told with its own content."""

    items: int
    dimensions: int
    types: int
    actions: int
    courses: int
    lessons: int
    templates: int
    item: Item
    levels: tuple[LevelName, ...]
    radar: Radar


@cache
def welcome_page() -> WelcomePage:
    """The page for somebody who is not signed in; the same for everybody, so made once."""
    held = library()
    model = held.questionnaires["pmo-maturity"]
    now = (1.8833, 1.64, 1.9333, 1.7083, 1.7667, 1.88, 1.36, 1.70)
    ahead = (1.8833, 1.64, 2.60, 1.7083, 3.10, 2.48, 1.36, 1.87)
    targets = tuple(float(value) for value in model.targets("SUP").values())
    return WelcomePage(
        items=len(model.items), dimensions=len(model.dimensions), types=len(model.types),
        actions=sum(len(catalogue.actions) for catalogue in held.improvements.values()),
        courses=len(held.catalogue.courses), lessons=sum(len(c.lessons) for c in held.catalogue.courses),
        templates=len(held.catalogue.templates), item=model.item("TAL-4"), levels=model.levels,
        radar=radar(
            [d.id for d in model.dimensions],
            [Series("target", "Target", targets), Series("ahead", "After the plan", ahead), Series("now", "Now", now)],
        ),
    )


def is_ready(database: Database) -> bool:
    """The database answers and stands at the schema of this code."""
    try:
        return is_current(database)
    except SQLAlchemyError:
        return False


@dataclass(frozen=True)
class TextPage:
    """A page about the site itself."""

    title: str
    body: Markup


@cache
def text_page(name: str) -> TextPage:
    """The page of content/pages with this name, or NotVisible."""
    found = library().pages.get(name)
    if found is None:
        raise NotVisible
    return TextPage(found.title, lesson_html(found.text, lambda kind, target: "/glossary/"))
