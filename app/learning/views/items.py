"""What the marks of checks say about their questions, for those who look after the content."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import items as actions
from app.learning.queries import checks, items
from app.learning.views.blueprint import pages
from app.security import attachment
from app.ui.forms import go, render


@pages.get("/questions/")
@policy("admin or pmo lead")
def questions() -> Any:
    return render("learning/questions.html", page=items.checks_page(reading()))


@pages.get("/questions/<course>/<lesson>/")
@policy("admin or pmo lead")
def question_figures(course: str, lesson: str) -> Any:
    return render("learning/question_figures.html", page=items.items_page(reading(), *checks.lesson_at(course, lesson)))


@pages.post('/questions/<course>/<lesson>/<any("figures.csv", "marks.csv"):name>')
@policy("admin or pmo lead")
def take_out_marks(course: str, lesson: str, name: str) -> Any:
    text = actions.take_out_marks(writing(), me(), *checks.lesson_at(course, lesson), name=name, now=clock.now())
    return attachment(text, f"{course}-{lesson}-{name}", "text/csv")


@pages.get('/questions/<course>/<lesson>/<any("figures.csv", "marks.csv"):name>')
@policy("admin or pmo lead")
def take_out_marks_again(course: str, lesson: str, name: str) -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    checks.lesson_at(course, lesson)
    return go(f"/questions/{course}/{lesson}/")
