"""What the marks of checks say about their questions, for those who look after the content."""

from __future__ import annotations

from typing import Any

from app.access import policy
from app.db import reading
from app.learning.queries import checks, items
from app.learning.views.blueprint import pages
from app.security import attachment
from app.ui.forms import render


@pages.get("/questions/")
@policy("admin or pmo lead")
def questions() -> Any:
    return render("learning/questions.html", page=items.checks_page(reading()))


@pages.get("/questions/<course>/<lesson>/")
@policy("admin or pmo lead")
def question_figures(course: str, lesson: str) -> Any:
    return render("learning/question_figures.html", page=items.items_page(reading(), *checks.lesson_at(course, lesson)))


@pages.get('/questions/<course>/<lesson>/<any("figures.csv", "marks.csv"):name>')
@policy("admin or pmo lead")
def question_table(course: str, lesson: str, name: str) -> Any:
    found = checks.lesson_at(course, lesson)
    text = items.figures_table(items.items_page(reading(), *found)) if name == "figures.csv" else items.marks_table(reading(), *found)
    return attachment(text, f"{course}-{lesson}-{name}", "text/csv")
