"""The frame of every page: the places in the masthead, my own menu, and what the footer may say."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, request

from app.access import Me, me_or_nobody


@dataclass(frozen=True)
class Place:
    """A link of the masthead or of the menu."""

    label: str
    href: str
    is_here: bool = False


@dataclass(frozen=True)
class Here:
    """What the layout needs to know about the page and the person."""

    me: Me | None
    places: tuple[Place, ...]
    mine: tuple[Place, ...]
    is_demo: bool
    is_sign_in: bool
    sees_design: bool


PLACES: tuple[tuple[str, str], ...] = (("Today", "/"), ("Courses", "/courses/"), ("Teams", "/teams/"), ("Mentoring", "/mentoring/"), ("Skills", "/skills/"))
UNDER = {"/paths/": "/courses/", "/glossary/": "/courses/", "/templates/": "/courses/", "/items/": "/courses/", "/certificates/": "/courses/", "/review/": "/courses/", "/notes/": "/courses/", "/assignments/": "/courses/", "/kpis/": "/teams/", "/earned-value/": "/teams/"}


def here() -> Here:
    """The frame for this request."""
    asking = me_or_nobody()
    path = request.path
    for start, place in UNDER.items():
        if path.startswith(start):
            path = place
    places = PLACES
    if asking and asking.is_pmo_lead:
        places += (("Programme", "/programme/"),)
    if asking and asking.is_admin:
        places += (("Admin", "/admin/"),)
    return Here(
        me=asking,
        places=tuple(Place(label, href, path == href if href == "/" else path.startswith(href)) for label, href in places),
        mine=(Place("My review", "/review/"), Place("My notes", "/notes/"), Place("My skills", "/skills/"), Place("My certificates", "/certificates/"), Place("Settings", "/settings/")),
        is_demo=bool(asking and asking.is_demo),
        is_sign_in=path == "/sign-in",
        sees_design=bool(asking and (asking.is_admin or asking.is_demo)),
    )


def install(app: Flask, assets: str) -> None:
    """Make the frame known to every template."""
    app.context_processor(lambda: {"here": here(), "assets": assets, "given_back": g.get("given_back")})
