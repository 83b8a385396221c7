"""A form: one thing a person fills in. It checks, keeps what was typed, and hands over values; it never writes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request
from flask import render_template as flask_render
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import HiddenField

from app.db import is_withheld
from app.errors import Refused
from app.security import form_token


class OneToken(_FlaskFormCSRF):
    """The token of a form is that of its page."""

    def generate_csrf_token(self, csrf_token_field: object) -> str:
        return form_token()


def form_key() -> str:
    """The key a page sends: new with every page shown, so that a corrected form counts as a new one."""
    return secrets.token_urlsafe(16)


class Form(FlaskForm):
    """Every form carries the CSRF token and a one-time key, so that sending it twice does the thing once."""

    class Meta(FlaskForm.Meta):
        csrf_class = OneToken

    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sentences: list[str] = []

    def sent(self) -> bool:
        """The form was posted and every field holds what it should. A form that is given back was not sent (P41)."""
        return request.method == "POST" and not is_withheld() and self.validate()

    def accepted(self, act: Callable[[], object]) -> bool:
        """Posted, well filled in, and the action did not refuse. A refusal is shown at its field or on top."""
        if not self.sent():
            return False
        try:
            act()
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refused) -> None:
        """Show a rule's sentence where it belongs."""
        if refusal.field and refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, refusal.sentence]
        else:
            self.sentences.append(refusal.sentence)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id of the field or '', sentence), in the order of the page: the summary on top."""
        found = [("", sentence) for sentence in self.sentences]
        for field in self:
            found += [(field.id, str(error)) for error in field.errors or () if field.name not in {"csrf_token", "form_key"}]
        return found


class PlainForm(Form):
    """A form with nothing but its button."""


def render(template: str, form: Form | None = None, status: int = 200, **page: Any) -> tuple[str, int]:
    """A page; 422 when it shows a form that was sent and not accepted."""
    refused = form is not None and request.method == "POST" and bool(form.faults)
    return flask_render(template, form=form, **page), 422 if refused else status


def go(to: str) -> Any:
    """Answer a successful write: look at this page next (303)."""
    answer: Response = redirect(to, 303)  # type: ignore[assignment]
    return answer
