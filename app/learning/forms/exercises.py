"""Handing in an exercise and reviewing one."""

from __future__ import annotations

from typing import Any

from flask import request

from app.ui.fields import Choice, OneOf, Paragraphs
from app.ui.forms import Form
from app.ui.uploading import AttachForm
from courses.exercises import LEVEL_NAMES, Exercise, Review, Reviewer

LIMIT = 20_000


class HandInForm(AttachForm):
    """The exercise as text, as a file or link, or both, and who shall review it."""

    text = Paragraphs("Your exercise", "your exercise", LIMIT, needed=False, hint="Here as text, or below as a file. Both is fine, too.", readers="Read by you and the reviewer you choose", render_kw={"rows": 14})
    reviewer = Choice("Who reviews it?", "a reviewer")

    def offer(self, people: tuple[Reviewer, ...]) -> HandInForm:
        """The form over the people who may be asked."""
        self.reviewer.choices = [("", "Choose one"), *((str(one.person), f"{one.name} ({one.why})") for one in people)]
        if len(people) == 1 and request.method == "GET" and not self.reviewer.data:
            self.reviewer.data = str(people[0].person)
        return self


class ReviewForm(Form):
    """A level and perhaps a remark for each criterion, and a summary."""

    exercise: Exercise
    summary = Paragraphs("In short", "a summary", 2000, needed=False, hint="What is good, and the one thing that matters most.", readers="Read by the author and you")

    @property
    def review(self) -> Review:
        """What was chosen, as the rule takes it."""
        return Review(
            {c.id: int(self[f"level-{c.id}"].data) for c in self.exercise.criteria if self[f"level-{c.id}"].data},
            {c.id: self[f"remark-{c.id}"].data or "" for c in self.exercise.criteria}, self.summary.data or "", request.form.get("go") == "accept",
        )


def review_form(exercise: Exercise, **stored: Any) -> ReviewForm:
    """The form over the criteria of an exercise."""
    fields: dict[str, Any] = {"exercise": exercise}
    for one in exercise.criteria:
        levels = [(str(level), f"{LEVEL_NAMES[level - 1]}: {words}") for level, words in enumerate(one.levels, 1)]
        fields[f"level-{one.id}"] = OneOf(one.name, f"a level for {one.name[:1].lower()}{one.name[1:]}", levels)
        fields[f"remark-{one.id}"] = Paragraphs(f"Remark on {one.name[:1].lower()}{one.name[1:]}", "a remark", 2000, needed=False, render_kw={"rows": 2})
    made: ReviewForm = type("ReviewForm", (ReviewForm,), fields)(**stored)
    return made
