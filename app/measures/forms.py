"""What people fill in about a measure: its raw numbers or its result, a target, a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from wtforms.validators import StopValidation

from app.content import library
from app.ui.fields import Day, Hidden, Line, Number, Paragraphs, Typed
from app.ui.forms import Form
from app.ui.uploads import Pasted, SheetForm

READERS = "Read by the team and the PMO lead"

class Raw(Number):
    """A raw number, 0 or more. It may be empty where something else says the same; what is missing, the rule says."""

    def __init__(self, label: str, thing: str = "", **kw: Any) -> None:
        super().__init__(label, thing or label[:1].lower() + label[1:], 0, 1e12, **kw)
        self.type = "Number"

    def shown(self, value: Any) -> str:
        return str(int(value)) if isinstance(value, float) and value == int(value) else super().shown(value)

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation


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
        f"raw_{one.id}": Raw(one.name, needed=one.id in kpi.names)
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


class TableForm(SheetForm):
    """Many figures at once, as a file or pasted."""

    import_because = Paragraphs("Why are figures corrected?", "why figures are corrected", 500, needed=False, hint="Needed where a figure stands already and differs.", readers=READERS)


class EarnedValueForm(Form):
    """A project at its data date, or period by period. It is sent as an address, so it holds no key."""

    bac = Raw("Budget at completion (BAC)", "the budget at completion", hint="All the planned work in money.")
    pv = Raw("Planned value (PV)", "the planned value", hint="Planned to be done by today.")
    ev = Raw("Earned value (EV)", "the earned value", hint="Value of what is done, by the rule you fixed.")
    ac = Raw("Actual cost (AC)", "the actual cost", hint="Spent by today.")
    etc = Number("New estimate of the rest (ETC)", "the estimate of the rest", 0, 1e12, needed=False, hint="If you have one, from the bottom up.")
    rest = Number("What if the rest brings, for every 1.00", "the efficiency to try", 0, 100, needed=False, hint="For example 0.95.")
    starts_on = Day("Start", "the start", needed=False)
    ends_on = Day("Planned end", "the planned end", needed=False)
    table = Pasted("Periods", "the periods", hint="One line a period, sums from the start: period,planned,earned,spent. Leave earned and spent empty for what is to come.")
    green = Number("Green from", "the limit of green", 0, 10, needed=False)
    amber = Number("Amber from", "the limit of amber", 0, 10, needed=False)

    @property
    def is_filled(self) -> bool:
        """Something was entered."""
        return any(field.typed.strip() for field in self if isinstance(field, Typed))

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, by field; what is empty is left out."""
        return {field.name: field.data for field in self if isinstance(field, Typed) and field.data is not None}
