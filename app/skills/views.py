"""Pages about skills: mine and those of people I lead, rating, assessing, evidence, roles, a team."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.security import attachment, with_files
from app.skills.actions import outside
from app.skills.actions import ratings as actions
from app.skills.forms import DecisionForm, EvidenceForm, OutsideForm, RoleForm, note_field, rating_form
from app.skills.queries.evidence import EvidencePage, evidence_page
from app.skills.queries.outside import OutsidePage, certificate_page, outside_page
from app.skills.queries.people import RolePage, role_page
from app.skills.queries.person import skills_page
from app.skills.queries.rating import RatingPage, assess_page, my_rating_page
from app.skills.queries.team import team_page
from app.ui.forms import PlainForm, go, render
from app.ui.uploading import store

pages = Blueprint("skills", __name__)


def page_number() -> int:
    """The page of a list the address asks for; 1 where it is not a number."""
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def saved() -> str:
    """How many ratings the last form changed, if the address says so."""
    said = request.args.get("saved", "")
    return said if said.isascii() and said.isdigit() and len(said) < 4 else ""


@pages.get("/skills/")
@policy("signed in")
def mine() -> Any:
    return render("skills/person.html", page=skills_page(reading(), me(), me().person_id, clock.today(me().time_zone)), saved=saved())


@pages.get("/skills/<id:person_id>/")
@policy("signed in")
def theirs(person_id: int) -> Any:
    return render("skills/person.html", page=skills_page(reading(), me(), person_id, clock.today(me().time_zone)), saved=saved())


@pages.get("/skills/rate/")
@policy("signed in")
def rate() -> Any:
    page = my_rating_page(reading(), me())
    return render("skills/rate.html", rating_form(False, data={**page.levels, "newest": page.newest}), page=page)


@pages.post("/skills/rate/")
@policy("signed in")
def take_ratings() -> Any:
    form, now, given = rating_form(False), clock.now(), []
    if form.accepted(lambda: given.append(actions.rate_myself(writing(), me(), levels=form.levels, newest=form.newest.data, now=now))):
        return go(f"/skills/?saved={given[0]}")
    return render("skills/rate.html", form, page=my_rating_page(writing(), me()))


@pages.get("/skills/<id:person_id>/assess/")
@policy("signed in")
def assess(person_id: int) -> Any:
    page = assess_page(reading(), me(), person_id, clock.today(me().time_zone))
    return render("skills/rate.html", rating_form(True, page.readers, data=stored(page)), page=page, note_field=note_field)


@pages.post("/skills/<id:person_id>/assess/")
@policy("signed in")
def take_assessment(person_id: int) -> Any:
    page = assess_page(writing(), me(), person_id, clock.today(me().time_zone))
    form, now, given = rating_form(True, page.readers), clock.now(), []

    def act() -> None:
        given.append(actions.assess(
            writing(), me(), person_id, levels=form.levels, notes=form.notes, newest=form.newest.data, now=now,
        ))

    if form.accepted(act):
        return go(f"/skills/{person_id}/?saved={given[0]}")
    return render("skills/rate.html", form, page=page, note_field=note_field)


def stored(page: RatingPage) -> dict[str, Any]:
    """What the assessment form starts from."""
    return {**page.levels, **{note_field(c): note for c, note in page.notes.items()}, "newest": page.newest}


@pages.get("/skills/evidence/")
@policy("signed in")
def evidence() -> Any:
    page = evidence_page(reading(), me(), request.args.get("competence", ""), page_number())
    return render("skills/evidence.html", evidence_form(page, data={"competence": page.chosen}), page=page, plain=PlainForm())


@pages.post("/skills/evidence/")
@policy("signed in")
def take_evidence() -> Any:
    page = evidence_page(writing(), me(), request.form.get("competence", ""), 1)
    form, today = evidence_form(page), clock.today(me().time_zone)

    def act() -> None:
        actions.add_evidence(
            writing(), me(), competence=form.competence.data, text=form.text.data, link=form.link.data,
            shown_on=form.shown_on.data, today=today,
        )

    if form.accepted(act):
        return go("/skills/evidence/")
    return render("skills/evidence.html", form, page=page, plain=PlainForm())


def evidence_form(page: EvidencePage, **stored: Any) -> EvidenceForm:
    """The form over the competences of the page, with its readers named."""
    form = EvidenceForm(**stored)
    form.competence.choices = [("", "Choose one"), *page.choices]
    form.text.readers, form.text.hint = page.readers, page.hint
    return form


@pages.post("/skills/evidence/<id:evidence_id>/delete/")
@policy("signed in")
def delete_evidence(evidence_id: int) -> Any:
    actions.take_evidence_away(writing(), me(), evidence_id)
    return go("/skills/evidence/")


@pages.get("/skills/certificates/")
@policy("signed in")
def outside_certificates() -> Any:
    page = outside_page(reading(), me(), clock.today(me().time_zone), request.args.get("page", ""))
    return outside_answer(page, OutsideForm(None))


def outside_answer(page: OutsidePage, form: OutsideForm) -> Any:
    form.competences.choices = page.choices
    return render("skills/certificates.html", form, page=page)


@pages.post("/skills/certificates/")
@policy("signed in")
@with_files
def record_certificate() -> Any:
    today = clock.today(me().time_zone)
    page, form = outside_page(reading(), me(), today), OutsideForm()
    form.competences.choices = page.choices
    if form.accepted(lambda: outside.record_certificate(
        writing(), me(), store(), title=form.title.data, issuer=form.issuer.data, issued_on=form.issued_on.data, expires_on=form.expires_on.data,
        competences=frozenset(form.competences.data or ()), offered=form.offered, today=today,
    )):
        return go("/skills/certificates/")
    return outside_answer(page, form)


@pages.get("/skills/certificates/<id:certificate_id>/")
@policy("signed in")
def outside_certificate(certificate_id: int) -> Any:
    page = certificate_page(reading(), me(), certificate_id, clock.today(me().time_zone))
    return render("skills/certificate.html", DecisionForm(None), page=page, plain=PlainForm())


@pages.post("/skills/certificates/<id:certificate_id>/")
@policy("signed in")
def decide_certificate(certificate_id: int) -> Any:
    page, form = certificate_page(reading(), me(), certificate_id, clock.today(me().time_zone)), DecisionForm()
    if form.accepted(lambda: outside.decide_certificate(
        writing(), me(), certificate_id, approves=request.form.get("go") == "approve", reason=form.reason.data or "", now=clock.now(),
        base_url=current_app.extensions["settings"].base_url,
    )):
        return go(f"/skills/certificates/{certificate_id}/")
    return render("skills/certificate.html", form, page=page, plain=PlainForm())


@pages.post("/skills/certificates/<id:certificate_id>/remove")
@policy("signed in")
def remove_certificate(certificate_id: int) -> Any:
    outside.remove_certificate(writing(), me(), store(), certificate_id)
    return go("/skills/certificates/")


@pages.get("/skills/<id:person_id>/role/")
@policy("signed in")
def role(person_id: int) -> Any:
    page = role_page(reading(), me(), person_id)
    return render("skills/role.html", role_form(page, data={"role": page.role, "version": page.version}), page=page)


@pages.post("/skills/<id:person_id>/role/")
@policy("signed in")
def take_role(person_id: int) -> Any:
    page, to = role_page(writing(), me(), person_id), []
    form = role_form(page)
    if form.accepted(lambda: to.append(actions.set_role(writing(), me(), person_id, role=form.role.data, version=form.version.data))):
        return go(to[0])
    return render("skills/role.html", form, page=page)


def role_form(page: RolePage, **stored: Any) -> RoleForm:
    """The form over the roles of the installation."""
    form = RoleForm(**stored)
    form.role.choices = [(key, name) for key, name, _ in page.roles]
    return form


@pages.get("/skills/team/<slug>/")
@policy("lead or pmo lead")
def team(slug: str) -> Any:
    page = team_page(reading(), me(), slug, request.args.get("show", ""), page_number())
    return render("skills/team.html", page=page)


@pages.post("/skills/team/<slug>/export/")
@policy("lead or pmo lead")
def export_team(slug: str) -> Any:
    return attachment(actions.take_team_skills(writing(), me(), slug, clock.now()), "team-skills.csv", "text/csv")


@pages.get("/skills/team/<slug>/export/")
@policy("lead or pmo lead")
def export_team_again(slug: str) -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    return go(f"/skills/team/{slug}/")
