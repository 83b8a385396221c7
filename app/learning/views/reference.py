"""Glossary, templates and the items of the maturity models: the same for everybody who is signed in."""

from __future__ import annotations

from typing import Any

from flask import request

from app.access import policy
from app.learning.queries import reference as queries
from app.learning.shelf import shelf
from app.learning.views.blueprint import pages
from app.learning.views.kept import kept
from app.security import attachment
from app.ui.forms import render


@pages.get("/glossary/")
@policy("signed in")
def glossary() -> Any:
    typed = request.args.get("q", "")
    return kept(("glossary", typed), lambda: render("learning/glossary.html", page=queries.glossary_page(shelf(), typed)))


@pages.get("/templates/")
@policy("signed in")
def templates() -> Any:
    return kept("templates", lambda: render("learning/templates.html", page=shelf()))


@pages.get("/templates/<template>/")
@policy("signed in")
def template(template: str) -> Any:
    page = shelf().document(template)
    return kept(("template", template), lambda: render("learning/template.html", page=page))


@pages.get("/templates/<template>/download")
@policy("signed in")
def download_template(template: str) -> Any:
    found = shelf().document(template).template
    return attachment(found.body.lstrip("\n"), found.file, "text/markdown")


@pages.get("/items/<item>/")
@policy("signed in")
def item(item: str) -> Any:
    page = queries.item_page(shelf(), item)
    return kept(("item", item), lambda: render("learning/item.html", page=page))
