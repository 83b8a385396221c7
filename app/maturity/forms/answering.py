"""The answer pages: one field an item, named by its id, as scripts and robots post it too."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request

from app.maturity.given import Earlier, Given, Posted, read_posted
from app.ui.fields import OneOf
from app.ui.forms import Form
from assessments.questionnaire import Item

GOES = ("save", "next", "submit")


class HandOnForm(Form):
    """The colleague who answers instead."""

    to = OneOf("Who answers in your place?", "somebody")


class AnswerForm(Form):
    """The statements of one dimension, side by side or level by level."""

    def __init__(self, items: tuple[Item, ...], by_level: bool, earlier: Mapping[str, Earlier]) -> None:
        super().__init__()
        self.item_ids = tuple(item.id for item in items)
        is_sent = request.method == "POST"
        self.posted = read_posted(items, request.form.to_dict(flat=False), by_level, earlier) if is_sent else Posted({}, {}, ())
        self.wrong = (*self.posted.faults, *((item, given.left) for item, given in self.posted.given.items() if given.left))

    @property
    def go(self) -> str:
        """Which button was pressed; anything else counts as save."""
        pressed = request.form.get("go", "")
        return pressed if pressed in (*GOES, *(f"evidence {item}" for item in self.item_ids)) else "save"

    @property
    def typed(self) -> dict[str, Given]:
        """Everything as it was typed, to show it again."""
        return {**self.posted.given, **self.posted.typed}

    def sent(self) -> bool:
        """Posted, and every answer is one its item offers."""
        return super().sent() and not self.wrong

    @property
    def faults(self) -> list[tuple[str, str]]:
        """The summary on top: general sentences first, then item by item."""
        return [*super().faults, *self.wrong]
