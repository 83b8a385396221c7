"""How much time somebody has for checks with a limit."""

from __future__ import annotations

from app.ui.fields import Hidden, OneOf
from app.ui.forms import Form
from courses.time_limit import SHARES


class ExtraTimeForm(Form):
    """One of the shares, and the row the page started from."""

    share = OneOf("Time for checks with a limit", "a time", tuple(SHARES.items()))
    newest = Hidden(thing="the choice this page started from")
