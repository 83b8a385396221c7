"""The rating of a card."""

from __future__ import annotations

from app.ui.fields import OneOf
from app.ui.forms import Form
from courses.review import RATINGS


class RatingForm(Form):
    """How well somebody knew it; each rating is a button."""

    rating = OneOf("How well did you know it?", "how well you knew it", [(str(value), words) for value, words in RATINGS.items()])
