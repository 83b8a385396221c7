"""Pages of the account: sign in, sign out, choose a password, settings; and the card of a person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, json, request, session, url_for
from flask_login import login_user, logout_user

from app import clock
from app.access import anybody, me, me_or_nobody, policy
from app.accounts import actions
from app.accounts.forms import (
    ChangeEmailForm,
    ChangePasswordForm,
    ChoosePasswordForm,
    ConfirmForm,
    DetailsForm,
    SignInForm,
    time_zones,
)
from app.accounts.given_back import GivenBack, page_again
from app.accounts.passwords import Hasher
from app.accounts.queries import download, people, settings, signing_in
from app.config import Settings
from app.db import keep_on_refusal, reading, writing
from app.errors import Refused
from app.records import kept_text
from app.records.accounts import NotFresh
from app.security import attachment
from app.ui.forms import PlainForm, go, render
from app.ui.redirects import safe_path

pages = Blueprint("accounts", __name__)


def hasher() -> Hasher:
    """The password hasher of this site."""
    found: Hasher = current_app.extensions["hasher"]
    return found


def installation() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.extensions["settings"]
    return found


def address() -> str:
    """Where the request comes from, as the configured number of proxies tells."""
    return request.remote_addr or "unknown"


@pages.get("/sign-in")
@policy("public")
def sign_in() -> Any:
    if me_or_nobody():
        return go(safe_path(request.args.get("next", "")))
    return sign_in_page(SignInForm())


def sign_in_page(form: SignInForm) -> tuple[str, int]:
    offered = signing_in.demo_people(reading()) if installation().listens_on_loopback else ()
    asked = request.args
    return render("accounts/sign_in.html", form, demo_people=offered, next=safe_path(asked.get("next", "")), kept=asked.get("kept", ""), plain=PlainForm())


@pages.post("/sign-in")
@policy("public")
def take_sign_in() -> Any:
    form, now = SignInForm(), clock.now()
    if not form.sent():
        return sign_in_page(form)
    email, password = form.email.data, form.password.data
    if actions.too_many_failures(reading(), email, address(), now):
        form.refuse(Refused(actions.TOO_MANY))
        return *sign_in_page(form)[:1], 429
    person = actions.person_by_email(reading(), email)
    fits = hasher().fits(person.password_hash if person else None, password)
    if not fits or person is None or person.disabled_at:
        actions.record_failure(writing(), email, address(), now)
        keep_on_refusal()
        form.refuse(Refused(actions.WRONG))
        return sign_in_page(form)
    if person.password_hash and hasher().is_outdated(person.password_hash):
        actions.renew_hash(writing(), person.id, password, hasher())
    return enter(person.id)


@pages.post("/sign-in/demo")
@policy("public")
def take_demo_sign_in() -> Any:
    offered = {p.email for p in signing_in.demo_people(reading())} if installation().listens_on_loopback else set()
    email = request.form.get("email", "")
    person = actions.person_by_email(reading(), email) if email in offered else None
    if person is None:
        return go(url_for("accounts.sign_in"))
    return enter(person.id)


def enter(person_id: int) -> Any:
    """Begin a new sign-in with a new session and go where the person wanted, or to what was typed when the last one ended.

    Pages the same person has open in this browser keep their token, so that their text can still be sent (P41)."""
    is_same, token = session.get("owner") in (None, person_id), session.get("csrf_token")
    is_back = session.get("owner") == person_id
    session.clear()
    session["owner"] = person_id
    if is_back and token:
        session["csrf_token"] = token
    key = actions.open_sign_in(writing(), person_id, request.user_agent.string, clock.now())
    found = signing_in.who_is(writing(), key, clock.now())
    if found:
        login_user(found.me)
    wanted = safe_path(request.args.get("next", "")) if is_same else "/"
    return go(kept_text.lead_to_kept(writing(), person_id, clock.now()) or wanted)


@pages.post("/sign-out")
@policy("public")
def sign_out() -> Any:
    if anybody():
        actions.end_sign_in(writing(), me(), me().sign_in_id, clock.now())
        logout_user()
    session.clear()
    answer = go(url_for("home.today"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@pages.get("/choose-password/<token>")
@policy("public")
def choose_password(token: str) -> Any:
    person = actions.link_owner(reading(), token, clock.now())
    return render("accounts/choose_password.html", ChoosePasswordForm(), person=person)


@pages.post("/choose-password/<token>")
@policy("public")
def take_password(token: str) -> Any:
    form = ChoosePasswordForm()
    person = actions.link_owner(writing(), token, clock.now())
    if form.accepted(lambda: actions.choose_password(writing(), token, form.password.data, hasher(), clock.now(), installation().base_url)):
        return go(url_for("accounts.sign_in"))
    return render("accounts/choose_password.html", form, person=person)


@pages.app_errorhandler(NotFresh)
def ask_for_password(error: NotFresh) -> Any:
    """Something that needs a fresh password was asked for: give it, then go on where you were."""
    return go(url_for("accounts.confirm", next=request.path))


def own_password_is_right(form: ConfirmForm) -> bool:
    """Whether `current` is my password. A wrong one is counted, like a failed sign-in, and said at the field."""
    now = clock.now()
    if actions.too_many_failures(reading(), me().email, address(), now):
        form.refuse(Refused(actions.TOO_MANY, "current"))
        return False
    if hasher().fits(settings.own_account(reading(), me()).password_hash, form.current.data):
        return True
    actions.record_failure(writing(), me().email, address(), now)
    keep_on_refusal()
    form.refuse(Refused(actions.WRONG_PASSWORD, "current"))
    return False


@pages.get("/kept-text/<id:kept_id>/")
@policy("signed in")
def kept(kept_id: int) -> Any:
    """What I typed when my sign-in ended: the form as I left it, or, where it cannot be shown again, the bare text."""
    found = kept_text.my_kept_text(reading(), me(), kept_id=kept_id, now=clock.now())
    others = kept_text.other_kept_texts(reading(), me(), kept_id=kept_id, now=clock.now())
    told = GivenBack(kept_id, tuple((kept_text.address_of(other), other.created_at) for other in others))
    path, query, back, fields = found.path, found.query, found.came_from, found.fields
    return page_again(path, query, fields, told) or render("accounts/kept_text.html", back=back, fields=kept_text.worth_copying(fields), plain=PlainForm())


@pages.post("/kept-text/<id:kept_id>/drop")
@policy("signed in")
def drop_kept(kept_id: int) -> Any:
    kept_text.drop(writing(), me(), kept_id=kept_id, now=clock.now())
    return go("/")


@pages.get("/settings/")
@policy("signed in")
def show_settings() -> Any:
    page = settings.settings_page(reading(), me(), now=clock.now())
    return settings_page(details_form(obj=page.person), page)


def details_form(**given: Any) -> DetailsForm:
    form = DetailsForm(**given)
    form.time_zone.choices = time_zones()
    return form


def settings_page(form: DetailsForm, page: settings.SettingsPage) -> tuple[str, int]:
    return render("accounts/settings.html", form, page=page, plain=PlainForm())


@pages.post("/settings/")
@policy("signed in")
def save_settings() -> Any:
    form = details_form()
    values = {name: form.data[name] for name in actions.DETAILS}
    if form.accepted(lambda: actions.save_details(writing(), me(), version=form.version.data, **values)):
        return go("/settings/")
    return settings_page(form, settings.settings_page(reading(), me(), now=clock.now()))


@pages.get("/settings/events/")
@policy("signed in")
def own_events() -> Any:
    return render("accounts/events.html", page=settings.events_page(reading(), me(), wanted=request.args.get("page", "")))


@pages.get("/settings/password")
@policy("signed in")
def password() -> Any:
    return render("accounts/password.html", ChangePasswordForm())


@pages.post("/settings/password")
@policy("signed in")
def change_password() -> Any:
    form = ChangePasswordForm()
    if form.sent() and own_password_is_right(form) and form.accepted(
        lambda: actions.change_password(writing(), me(), password=form.password.data, hasher=hasher(), now=clock.now(), base_url=installation().base_url)
    ):
        return go("/settings/")
    return render("accounts/password.html", form)


@pages.get("/settings/email")
@policy("signed in")
def email() -> Any:
    return email_page(ChangeEmailForm())


def email_page(form: ChangeEmailForm) -> tuple[str, int]:
    page = settings.account_when_fresh(reading(), me(), now=clock.now())
    return render("accounts/email.html", form, page=page, has_mail=bool(installation().mail_url))


@pages.post("/settings/email")
@policy("signed in")
def change_email() -> Any:
    form = ChangeEmailForm()
    if form.accepted(lambda: actions.change_email(writing(), me(), email=form.email.data, now=clock.now(), base_url=installation().base_url)):
        return go("/settings/")
    return email_page(form)


@pages.get("/settings/confirm")
@policy("signed in")
def confirm() -> Any:
    return render("accounts/confirm.html", ConfirmForm(), next=safe_path(request.args.get("next", "")))


@pages.post("/settings/confirm")
@policy("signed in")
def take_confirmation() -> Any:
    form, wanted = ConfirmForm(), safe_path(request.args.get("next", ""))
    if form.sent() and own_password_is_right(form):
        actions.confirm_sign_in(writing(), me(), now=clock.now())
        return go(wanted)
    return render("accounts/confirm.html", form, next=wanted)


@pages.post("/settings/sign-ins/<id:sign_in_id>/end")
@policy("signed in")
def end_sign_in(sign_in_id: int) -> Any:
    actions.end_sign_in(writing(), me(), sign_in_id, clock.now())
    return go("/settings/")


@pages.post("/settings/sign-ins/end-others")
@policy("signed in")
def end_other_sign_ins() -> Any:
    actions.end_other_sign_ins(writing(), me(), now=clock.now())
    return go("/settings/")


@pages.get("/settings/download")
@policy("signed in")
def my_data() -> Any:
    settings.account_when_fresh(reading(), me(), now=clock.now())
    return render("accounts/download.html", PlainForm())


@pages.post("/settings/download")
@policy("signed in")
def download_my_data() -> Any:
    actions.note_download(writing(), me(), now=clock.now())
    document = download.my_data(reading(), me(), now=clock.now())
    return attachment(json.dumps(document, ensure_ascii=False, indent=1), "my-data.json", "application/json")


@pages.get("/people/<id:person_id>/")
@policy("signed in")
def card(person_id: int) -> Any:
    return render("accounts/card.html", page=people.card_page(reading(), me(), person_id=person_id))
