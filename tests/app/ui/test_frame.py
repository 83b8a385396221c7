"""The frame of every page follows the person as they are now."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from app.models import Person
from app.ui.kept import once
from app.ui.navigation import _under
from tests.support.people import Cast


def test_an_address_stands_under_its_place_and_unknown_ones_under_none() -> None:
    assert [_under(path) for path in ("/", "/courses/x/", "/review/cards/", "/kpis/", "/admin/people/", "/settings/", "/search")] == [
        "/", "/courses/", "/courses/", "/teams/", "/admin/", "", "",
    ]


def test_a_right_that_is_given_or_taken_shows_on_the_next_page(visit: Any, people: Cast, app: Any) -> None:
    site = visit(people.bob)
    seen = []
    for is_pmo_lead in (False, True, False):
        with app.extensions["database"].transaction() as session:
            session.get(Person, people.bob.id).is_pmo_lead = is_pmo_lead
        seen.append('href="/programme/"' in site.get("/help/").text)
    assert seen == [False, True, False]


def test_the_token_of_a_form_is_that_of_its_browser(visit: Any, people: Cast) -> None:
    first, second = visit(people.bob), visit(people.bob)
    assert first.token() == first.token() != second.token()
    assert second.post("/sign-out", {"csrf_token": first.token()}, as_is=True).status == 400
    assert first.post("/sign-out", {"csrf_token": first.token()}, as_is=True).status == 303


def test_a_macro_made_once_tells_text_from_markup_that_reads_the_same() -> None:
    shown = once(lambda words: Markup("<b>") + escape(words) + Markup("</b>"))
    assert shown(Markup("<i>")) == "<b><i></b>"
    assert shown("<i>") == "<b>&lt;i&gt;</b>"
    assert shown("<i>") is shown("<i>")
