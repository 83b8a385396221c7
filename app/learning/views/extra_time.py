"""Extra time for checks with a limit: seen by the person and PMO leads, given by PMO leads."""

from __future__ import annotations

from typing import Any

from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import extra_time as actions
from app.learning.forms.extra_time import ExtraTimeForm
from app.learning.queries import extra_time as queries
from app.learning.views.blueprint import pages
from app.ui.forms import go, render


@pages.get("/people/<id:person_id>/extra-time/")
@policy("signed in")
def extra_time(person_id: int) -> Any:
    page = queries.extra_time_page(reading(), me(), person_id)
    return render("learning/extra_time.html", ExtraTimeForm(data={"share": page.chosen, "newest": page.newest}), page=page)


@pages.post("/people/<id:person_id>/extra-time/")
@policy("signed in")
def give_extra_time(person_id: int) -> Any:
    page, form = queries.extra_time_page(writing(), me(), person_id), ExtraTimeForm()
    if form.accepted(lambda: actions.give_extra_time(writing(), me(), person_id, share=form.share.data, newest=form.newest.data)):
        return go(f"/people/{person_id}/extra-time/")
    return render("learning/extra_time.html", form, page=page)
