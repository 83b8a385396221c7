"""What a badge refers to, for machines of strangers, and the page where anybody checks one."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from app import clock
from app.access import policy
from app.db import reading
from app.documents.signing import NotGenuine, NotSigned, did_document
from app.errors import NotVisible, Refused
from app.learning.forms.certificates import BadgeForm
from app.learning.queries import badges as queries
from app.learning.views.blueprint import pages
from app.learning.views.keys import base_url, ring
from app.ui.forms import go, render


def published(value: Any) -> Response:
    """JSON any page or program may read, also one of another site."""
    answer = jsonify(value)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@pages.get("/.well-known/jwks.json")
@policy("public")
def keys() -> Any:
    return published(ring().published())


@pages.get("/.well-known/did.json")
@policy("public")
def identity() -> Any:
    return published(did_document(base_url(), ring()))


@pages.get("/badges/keys/<key>")
@policy("public")
def key(key: str) -> Any:
    found = ring().find(key)
    if found is None:
        raise NotVisible
    return published(found.public)


@pages.get("/badges/issuer")
@policy("public")
def issuer() -> Any:
    return published(queries.issuer(reading(), base_url()))


@pages.get("/badges/courses/<course_id>/<id:revision>")
@policy("public")
def achievement(course_id: str, revision: int) -> Any:
    return published(queries.achievement_at(reading(), base_url(), course_id, revision))


@pages.get("/badges/withdrawn")
@policy("public")
def withdrawn() -> Any:
    return published(queries.withdrawn(reading(), base_url()))


@pages.get("/verify/")
@policy("public")
def verify() -> Any:
    return render("learning/verify.html", BadgeForm(), found=None)


@pages.post("/verify/")
@policy("public")
def verify_badge() -> Any:
    form = BadgeForm()
    sent: list[str] = []
    if not form.accepted(lambda: sent.append(form.badge_sent())):
        return render("learning/verify.html", form, found=None)
    code = queries.pasted_code(sent[0])
    if code and form.accepted(lambda: queries.demand_certificate(reading(), code)):
        return go(f"/certificates/{code}/")
    if code:
        return render("learning/verify.html", form, found=None)
    try:
        found = queries.checked_badge(reading(), base_url(), ring().signed(sent[0]), clock.today())
    except NotGenuine as verdict:
        found = queries.no_badge_of_ours(str(verdict))
    except NotSigned as refusal:
        form.refuse(Refused(str(refusal), field="file" if form.file.data else "token"))
        return render("learning/verify.html", form, found=None)
    return render("learning/verify.html", form, found=found)
