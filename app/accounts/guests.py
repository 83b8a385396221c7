"""The link of somebody from outside: opening it changes nothing; a button begins a sign-in that answers one round and nothing else."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, session
from flask_login import login_user

from app import clock
from app.access import anybody, policy
from app.accounts import actions
from app.accounts.queries import signing_in
from app.db import reading, writing
from app.errors import OutOfOrder
from app.ui.forms import PlainForm, go, render

pages = Blueprint("guests", __name__)


@pages.get("/invited/<token>")
@policy("public")
def welcome(token: str) -> Any:
    """Programs that read mail open links too, so nothing begins here yet."""
    return render("accounts/invited.html", PlainForm(), page=signing_in.guest_link(reading(), token), before=anybody())


@pages.post("/invited/<token>")
@policy("public")
def enter(token: str) -> Any:
    """Begin; whoever was signed in at this browser is signed out of it."""
    page = signing_in.guest_link(reading(), token)
    if not page.is_open:
        raise OutOfOrder("This round takes no more answers, so the link has ended.")
    before = anybody()
    if before:
        actions.end_sign_in(writing(), before, before.sign_in_id, clock.now())
    session.clear()
    key = actions.open_sign_in(writing(), page.person_id, request.user_agent.string, clock.now(), is_noted=page.is_named)
    found = signing_in.who_is(writing(), key, clock.now())
    if found:
        login_user(found.me)
    return go(page.href)
