"""Packs: actions that are begun together, as a check-list and as the beginning of a plan."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import me, policy
from app.db import reading
from app.maturity.queries import packs as queries
from app.maturity.views.roadmap_pages import pages
from app.ui.forms import render


@pages.get("/packs/")
@policy("signed in")
def packs(slug: str) -> Any:
    return render("maturity/packs.html", page=queries.packs_page(reading(), me(), slug=slug))


@pages.get("/packs/<pack>/")
@policy("signed in")
def pack(slug: str, pack: str) -> Any:
    return render("maturity/pack.html", page=queries.pack_page(reading(), me(), slug=slug, pack_id=pack, today=clock.today(me().time_zone)))
