"""Measures of all teams, for the PMO lead."""

from __future__ import annotations

from typing import Any

from flask import request

from app import clock
from app.access import me, policy
from app.db import reading
from app.measures.queries import programme as queries
from app.measures.views.blueprint import pages
from app.security import attachment
from app.ui.forms import render


@pages.get("/programme/kpis/")
@policy("pmo lead")
def programme_kpis() -> Any:
    asked = request.args
    page = queries.across_page(
        reading(), me(), code=asked.get("quarter", ""), kpi_id=asked.get("kpi", ""), wanted=asked.get("page", ""), today=clock.today(me().time_zone),
    )
    return render("measures/programme.html", page=page)


@pages.get("/programme/kpis/export.csv")
@policy("pmo lead")
def export_programme_kpis() -> Any:
    return attachment(queries.across_text(reading(), me()), "programme-kpis.csv", "text/csv")
