"""Which reminders somebody wants."""

from __future__ import annotations

from app.deadlines.milestones import KINDS
from app.records.reminders import AT_ONCE
from app.ui.fields import SeveralOf
from app.ui.forms import Form


class RemindersForm(Form):
    """The kinds that come by mail; an empty list turns all of them off."""

    kinds = SeveralOf("Write to me about", "the kinds", [*((kind, rhythm.name) for kind, rhythm in KINDS.items()), *AT_ONCE.items()])
