"""My certificates, the public page of one, its PDF and badge, and withdrawing it."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import me, me_or_nobody, policy
from app.db import reading, writing
from app.documents.baking import MIMETYPES, baked_badge
from app.documents.certificates import certificate_pdf
from app.learning.actions import certificates as actions
from app.learning.forms.certificates import WithdrawForm
from app.learning.queries import certificates as queries
from app.learning.views.blueprint import pages
from app.learning.views.keys import base_url, ring
from app.security import attachment
from app.ui.filters import day
from app.ui.forms import go, render
from courses.badges import credential, payload


@pages.get("/certificates/")
@policy("signed in")
def my_certificates() -> Any:
    return render("learning/certificates.html", page=queries.my_certificates(reading(), me(), clock.today(me().time_zone)))


@pages.get("/certificates/<code>/")
@policy("public")
def certificate(code: str) -> Any:
    return certificate_page(code, WithdrawForm())


def certificate_page(code: str, form: WithdrawForm) -> Any:
    page = queries.certificate_page(reading(), me_or_nobody(), code, base_url(), clock.today())
    return render("learning/certificate.html", form, page=page)


@pages.get("/certificates/<code>/certificate.pdf")
@policy("signed in")
def certificate_on_paper(code: str) -> Any:
    page = queries.certificate_to_take(reading(), me(), code, base_url(), clock.today())
    made = certificate_pdf(
        holder=page.proof.holder, course=page.proof.course, summary=page.proof.summary, issuer=page.proof.issuer, state=page.standing, facts=page.facts,
        address=page.address, qr=(page.qr.side, page.qr.path), made_on=day(clock.today(me().time_zone)),
    )
    return attachment(made, f"certificate-{page.proof.course_id}.pdf", "application/pdf")


@pages.get("/certificates/<code>/badge.jwt")
@policy("signed in")
def badge(code: str) -> Any:
    page = queries.certificate_to_take(reading(), me(), code, base_url(), clock.today())
    return attachment(ring().sign(payload(credential(base_url(), page.proof))), f"badge-{page.proof.course_id}.jwt", "application/jwt")


@pages.get("/certificates/<code>/badge.<any(png, svg):ending>")
@policy("signed in")
def badge_as_picture(code: str, ending: Any) -> Any:
    proof = queries.certificate_to_take(reading(), me(), code, base_url(), clock.today()).proof
    token = ring().sign(payload(credential(base_url(), proof)))
    made = baked_badge(ending, token, course=proof.course, issuer=proof.issuer, line=f"Issued {day(proof.issued_at.date())}")
    return attachment(made, f"badge-{proof.course_id}.{ending}", MIMETYPES[ending])


@pages.post("/certificates/<code>/withdraw")
@policy("signed in")
def withdraw(code: str) -> Any:
    form = WithdrawForm()
    queries.known_code(code)
    if form.accepted(lambda: actions.withdraw(writing(), me(), code, why=form.why.data, note=form.reason.data, now=clock.now())):
        return go(f"/certificates/{code}/")
    return certificate_page(code, form)
