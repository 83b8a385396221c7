"""What measures there are, and what each means."""

from __future__ import annotations

from typing import Any

from app.access import policy
from app.measures.queries import definitions as queries
from app.measures.views.blueprint import pages
from app.ui.forms import render


@pages.get("/kpis/")
@policy("signed in")
def catalogue() -> Any:
    return render("measures/catalogue.html", page=queries.catalogue_page())


@pages.get("/kpis/<kpi>/")
@policy("signed in")
def one_kpi(kpi: str) -> Any:
    return render("measures/definition.html", page=queries.definition(kpi))
