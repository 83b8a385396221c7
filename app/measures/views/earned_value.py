"""The earned-value calculator: everything stands in the address, so a result can be kept as a bookmark. Nothing is stored."""

from __future__ import annotations

from typing import Any

from flask import request

from app.access import policy
from app.errors import Refused
from app.measures.forms import EarnedValueForm
from app.measures.queries.earned_value import EXAMPLE, Asked, Result, worked
from app.measures.views.blueprint import pages
from app.ui.forms import render


@pages.get("/earned-value/")
@policy("signed in")
def earned_value() -> Any:
    form = EarnedValueForm(formdata=request.args, meta={"csrf": False})
    found: list[Result] = []
    if form.is_filled and form.validate():
        try:
            found.append(worked(Asked(**form.values)))
        except Refused as refusal:
            form.refuse(refusal)
    return render("measures/earned_value.html", form, result=found[0] if found else None, example=EXAMPLE)
