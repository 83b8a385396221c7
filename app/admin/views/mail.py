"""The outbox: what waits, what failed, what went out."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import clock
from app.access import me, policy
from app.admin.actions import mail as actions
from app.admin.queries.mail import mail_page
from app.admin.views.blueprint import asked, pages
from app.db import reading, writing
from app.ui.forms import PlainForm, go, render


@pages.get("/mail/")
@policy("admin")
def mail() -> Any:
    is_set_up = bool(current_app.extensions["settings"].mail_url)
    return render("admin/mail.html", page=mail_page(reading(), me(), wanted=asked("page"), is_set_up=is_set_up), plain=PlainForm())


@pages.post("/mail/<id:message_id>/again")
@policy("admin")
def try_mail_now(message_id: int) -> Any:
    actions.try_now(writing(), me(), message_id=message_id, now=clock.now())
    return go("/admin/mail/")


@pages.post("/mail/<id:message_id>/drop")
@policy("admin")
def drop_mail(message_id: int) -> Any:
    actions.drop(writing(), me(), message_id=message_id)
    return go("/admin/mail/")
