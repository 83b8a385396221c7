"""A level agreed after a talk."""

from __future__ import annotations

from app.ui.fields import Choice, Hidden, Line, OneOf, Paragraphs
from app.ui.forms import Form

SEEN = "Everybody who sees the result reads this, with your name"


class AgreedForm(Form):
    """One item, the level people agreed on, why, and what shows it."""

    version = Hidden()
    item = Choice("Item", "the item")
    level = OneOf("Agreed level", "the level")
    reason = Paragraphs("Why this level?", "the reason", 1000, hint="What was said in the talk that the answers could not show.", readers=SEEN)
    evidence = Paragraphs("What shows it?", "the evidence", 1000, hint="A document, a record, a place to look.", readers=SEEN)


class TakeOutForm(Form):
    """Which comment goes, and why."""

    comment = OneOf("Which comment?", "a comment")
    reason = Line("Why is it taken out?", "the reason", 200, readers="It stands in the place of the comment and in the audit log")


class TakeBackForm(Form):
    """A button that goes back to the answered level."""

    item = Line("Item", "the item", 40)
    version = Hidden()
