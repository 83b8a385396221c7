"""The frame of every page: the places in the masthead, and what the footer may say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from jinja2 import Template
from jinja2.environment import TemplateModule
from markupsafe import Markup

from app.access import Me, anybody, me_or_nobody
from app.db import built_once
from app.security import form_token


@dataclass(frozen=True)
class Place:
    """A link of the masthead."""

    label: str
    href: str
    is_here: bool = False


@dataclass(frozen=True)
class Here:
    """What the layout needs to know about the page and the person. `places` are ready markup.

    Somebody from outside has no account: nothing offers them a sign-in they do not have."""

    me: Me | None
    places: Markup
    is_demo: bool
    is_sign_in: bool
    is_guest: bool
    sees_design: bool


class SiteTemplate(Template):
    """A template whose imports are read once: macros take all they need as arguments, nothing from the page around them."""

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        return super()._get_default_module()


PLACES: tuple[tuple[str, str], ...] = (("Today", "/"), ("Courses", "/courses/"), ("Teams", "/teams/"), ("Mentoring", "/mentoring/"), ("Skills", "/skills/"))
OFFICE, ADMIN = ("Programme", "/programme/"), ("Admin", "/admin/")
UNDER = {href: href for _, href in (*PLACES, OFFICE, ADMIN)} | {"/paths/": "/courses/", "/glossary/": "/courses/", "/templates/": "/courses/", "/items/": "/courses/", "/certificates/": "/courses/", "/review/": "/courses/", "/notes/": "/courses/", "/posts/": "/courses/", "/assignments/": "/courses/", "/kpis/": "/teams/", "/earned-value/": "/teams/"}


def here() -> Here:
    """The frame for this request."""
    asking = me_or_nobody()
    return Here(
        me=asking,
        places=_places(asking.is_pmo_lead, asking.is_admin, _under(request.path)) if asking else Markup(),
        is_demo=bool(asking and asking.is_demo),
        is_sign_in=request.path == "/sign-in",
        is_guest=asking is None and (anybody() is not None or request.path.startswith("/invited/")),
        sees_design=bool(asking and (asking.is_admin or asking.is_demo)),
    )


def _under(path: str) -> str:
    """The place an address stands under, '' where it is none: '/review/cards/' -> '/courses/'."""
    first = f"/{path.split('/', 2)[1]}/" if path != "/" else path
    return UNDER.get(first, "")


@built_once
def _places(is_pmo_lead: bool, is_admin: bool, under: str) -> Markup:
    """The places of the masthead: they say nothing about a person but two rights."""
    shown = (*PLACES, *((OFFICE,) if is_pmo_lead else ()), *((ADMIN,) if is_admin else ()))
    template = current_app.jinja_env.get_template("layout/places.html")
    return Markup(template.render(places=[Place(label, href, href == under) for label, href in shown]))


def install(app: Flask, assets: str, chart_js: tuple[str, str]) -> None:
    """Make the frame known to every template."""
    app.context_processor(lambda: {"here": here(), "assets": assets, "given_back": g.get("given_back"), "chart_js": chart_js, "csrf_token": form_token})
