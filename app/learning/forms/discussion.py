"""Asking about a lesson, answering, and hiding what should not stand there."""

from __future__ import annotations

from app.ui.fields import Hidden, Line, OneOf, Paragraphs
from app.ui.forms import Form

LONGEST = 4000
MARKS = "Markdown works: **bold**, - lists, `code`."
READERS = "Everybody who may read the lesson, with your name"


class AskForm(Form):
    """A question about a lesson, or a mistake in it."""

    kind = OneOf("What is it?", "what it is", [("question", "A question"), ("mistake", "A mistake in the lesson")], default="question")
    title = Line("In one line", "a line that says what it is about", 120)
    text = Paragraphs("In more words", "what you want to know, or what is wrong", LONGEST, hint=f"Say which section you mean. {MARKS} Leave the answers of the check out.", readers=READERS)


class AnswerForm(Form):
    """An answer to a question."""

    text = Paragraphs("Your answer", "an answer", LONGEST, hint=f"{MARKS} Leave the answers of the check out.", readers=READERS)


class PostForm(Form):
    """Other words for something of one's own; an answer has no title."""

    title = Line("In one line", "a line that says what it is about", 120)
    text = Paragraphs("Text", "a text", LONGEST, hint=MARKS, readers=READERS)
    version = Hidden()

    def of(self, kind: str) -> PostForm:
        """The form for a question or for an answer."""
        if kind == "answer":
            del self.title
        return self


class HideForm(Form):
    """Why something is hidden."""

    reason = Line("Why?", "a reason", 200, hint="Such as: it gives an answer of the check away. The writer reads it, and it stands in the log.")
