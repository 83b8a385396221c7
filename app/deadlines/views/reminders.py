"""Which reminders come by mail."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.access import me, policy
from app.db import reading, writing
from app.deadlines import actions
from app.deadlines.forms import RemindersForm
from app.deadlines.milestones import KINDS
from app.deadlines.queries.reminders import muted_kinds
from app.deadlines.views.blueprint import pages
from app.records.reminders import AT_ONCE
from app.ui.forms import go, render


@pages.get("/settings/reminders/")
@policy("signed in")
def reminders() -> Any:
    muted = muted_kinds(reading(), me())
    return shown(RemindersForm(None, data={"kinds": [kind for kind in (*KINDS, *AT_ONCE) if kind not in muted]}))


def shown(form: RemindersForm) -> Any:
    return render("deadlines/reminders.html", form, email=me().email, has_mail=bool(current_app.extensions["settings"].mail_url), time_zone=me().time_zone)


@pages.post("/settings/reminders/")
@policy("signed in")
def save_reminders() -> Any:
    form = RemindersForm()
    if form.accepted(lambda: actions.choose_reminders(writing(), me(), kinds=form.kinds.data or ())):
        return go("/settings/")
    return shown(form)
