"""What people fill in about a measure: its raw numbers or its result, a target, a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.content import library
from app.ui.fields import Hidden, Line, Number, Paragraphs
from app.ui.forms import Form
from app.ui.uploads import Pasted, Upload

READERS = "Read by the team and the PMO lead"

class FigureForm(Form):
    """A figure of a quarter. The fields of the raw numbers are added for each measure."""

    seen = Hidden()
    result = Number("Result alone", "the result", needed=False)
    source = Line("Source", "the source", 200, needed=False, hint="Where the numbers come from: a list, a system, a survey.")
    comment = Paragraphs("Comment", "a comment", 1000, needed=False, readers=READERS)
    reason = Paragraphs("Why is it corrected?", "why it is corrected", 500, readers=READERS)

    def __init__(self, is_correction: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.reason.needed = is_correction

    @property
    def inputs(self) -> list[Number]:
        """The fields of the raw numbers in order."""
        return [field for field in self if field.name.startswith("raw_")]

    @property
    def numbers(self) -> Mapping[str, float]:
        """Raw numbers by input, without those left empty."""
        return {field.name.removeprefix("raw_"): field.data for field in self.inputs if field.data is not None}


@cache
def figure_form(kpi_id: str) -> type[FigureForm]:
    """The form of a measure: 'raw_accepted' and 'raw_due' for K01."""
    kpi = library().kpis[kpi_id]
    fields = {
        f"raw_{one.id}": Number(one.name, one.name[:1].lower() + one.name[1:], 0, 1e12, needed=False, hint="" if one.id in kpi.names else "May be left out.")
        for one in kpi.inputs
    }
    return type("FigureForm", (FigureForm,), fields)


class WithdrawForm(Form):
    """Why a figure is taken back."""

    seen = Hidden()
    withdrawn_because = Paragraphs("Why is it taken back?", "why it is taken back", 500, readers=READERS)


class TargetForm(Form):
    """A target of the team and why. Empty: the usual one again."""

    target = Number("Target", "the target", needed=False)
    target_because = Paragraphs("Why this target?", "why this target", 500, readers=READERS)


class TableForm(Form):
    """Many figures at once, as a file or pasted."""

    file = Upload("CSV file", "At most 1 MB and 2,000 figures.")
    text = Pasted("Or paste the table", "the table")
    import_because = Paragraphs("Why are figures corrected?", "why figures are corrected", 500, needed=False, hint="Needed where a figure stands already and differs.", readers=READERS)
