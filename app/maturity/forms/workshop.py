"""What is filled in during a workshop."""

from __future__ import annotations

from app.ui.fields import Choice, Hidden, Line, OneOf
from app.ui.forms import Form


class SettleForm(Form):
    """The level the room agrees on, and a sentence."""

    version = Hidden()
    item = Line("Item", "the item", 40)
    level = OneOf("Which level do we agree on?", "the level")
    reason = Line("Why this level?", "a sentence", 300, readers="Everybody who sees the result reads this, with your name")


class ItemForm(Form):
    """A button about one item."""

    item = Line("Item", "the item", 40)


class GoForm(Form):
    """The item to go to."""

    item = Choice("Go to an item", "an item")


class VoteForm(Form):
    """One vote."""

    item = Line("Item", "the item", 40)
    value = OneOf("What is true in most projects?", "one of the statements")
