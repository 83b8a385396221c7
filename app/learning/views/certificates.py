"""My certificates, the public page of one, and withdrawing it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import clock
from app.access import me, me_or_nobody, policy
from app.db import reading, writing
from app.learning.actions import certificates as actions
from app.learning.forms.certificates import WithdrawForm
from app.learning.queries import certificates as queries
from app.learning.views.blueprint import pages
from app.ui.forms import go, render


@pages.get("/certificates/")
@policy("signed in")
def my_certificates() -> Any:
    return render("learning/certificates.html", page=queries.my_certificates(reading(), me(), clock.today(me().time_zone)))


@pages.get("/certificates/<code>/")
@policy("public")
def certificate(code: str) -> Any:
    return certificate_page(code, WithdrawForm())


def certificate_page(code: str, form: WithdrawForm) -> Any:
    base = current_app.extensions["settings"].base_url
    page = queries.certificate_page(reading(), me_or_nobody(), code, base, clock.today())
    return render("learning/certificate.html", form, page=page)


@pages.post("/certificates/<code>/withdraw")
@policy("signed in")
def withdraw(code: str) -> Any:
    form = WithdrawForm()
    queries.known_code(code)
    if form.accepted(lambda: actions.withdraw(writing(), me(), code, reason=form.reason.data, now=clock.now())):
        return go(f"/certificates/{code}/")
    return certificate_page(code, form)
