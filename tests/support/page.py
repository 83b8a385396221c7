"""What every page must be, whoever opens it: valid HTML with one h1, labels, unique ids, links that lead somewhere, nothing inline."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import html5lib
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

# html5lib knows the standard of 2013; these names have been valid since.
NEWER = {"unexpected-start-tag-implies-end-tag"}
BEING_BUILT = {"/courses/", "/teams/", "/mentoring/", "/skills/", "/search", "/certificates/", "/settings/", "/programme/", "/admin/"}
CONTROLS = {"input", "select", "textarea"}


def parse(text: str) -> tuple[ET.Element, list[str]]:
    """The document and the errors of its syntax."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(text)
    return root, [f"{where}: {code} {found}" for where, code, found in parser.errors if code not in NEWER]


def faults(app: Any, root: ET.Element, syntax: list[str]) -> list[str]:
    """Everything that is wrong with a page, in words."""
    found = [f"syntax {fault}" for fault in syntax]
    every = [e for e in root.iter() if isinstance(e.tag, str)]
    headings = [e for e in every if e.tag == "h1"]
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 elements")
    title = "".join(root.findtext(".//title") or "").strip()
    if not title or title.startswith("-"):
        found.append("no title")
    ids = [e.get("id") for e in every if e.get("id")]
    found += [f"id twice: {i}" for i in {i for i in ids if ids.count(i) > 1}]
    for e in every:
        found += _inline(e)
        found += _labelled(e, root, set(ids))
    for e in every:
        if e.tag == "a" and e.get("href"):
            found += _leads(app, e.get("href") or "", set(ids))
        if e.tag == "form" and e.get("method") == "post" and not any(i.get("name") == "csrf_token" for i in e.iter("input")):
            found.append("a form without its token")
        for name in ("aria-labelledby", "aria-describedby", "for", "popovertarget"):
            for wanted in (e.get(name) or "").split():
                if wanted not in ids:
                    found.append(f"{e.tag} {name}={wanted}: no such id")
    return found


def _inline(e: ET.Element) -> list[str]:
    found = [f"inline {name} on {e.tag}" for name in e.attrib if name.startswith("on") or name == "style"]
    if e.tag == "style" or (e.tag == "script" and not e.get("src") and e.get("type") != "application/json"):
        found.append(f"inline {e.tag}")
    return found


def _labelled(e: ET.Element, root: ET.Element, ids: set[Any]) -> list[str]:
    if e.tag in CONTROLS and e.get("type") not in {"hidden", "submit"}:
        named = e.get("aria-label") or e.get("aria-labelledby")
        by_label = any(label.get("for") == e.get("id") and e.get("id") for label in root.iter("label"))
        inside = any(e in list(label.iter()) for label in root.iter("label"))
        if not (named or by_label or inside):
            return [f"no label: {e.tag} {e.get('name')}"]
    if e.tag in {"a", "button"}:
        words = "".join(e.itertext()).strip() or e.get("aria-label")
        if not words:
            return [f"{e.tag} without words"]
    if e.tag == "img" and e.get("alt") is None:
        return ["img without alt"]
    return []


def _leads(app: Any, href: str, ids: set[Any]) -> list[str]:
    parts = urlsplit(href)
    if parts.scheme in {"http", "https", "mailto"}:
        return []
    if not parts.path:
        return [] if not parts.fragment or parts.fragment in ids else [f"link to nothing on this page: {href}"]
    if parts.path in BEING_BUILT:
        return []
    if not parts.path.startswith("/"):
        return [f"relative link: {href}"]
    try:
        app.url_map.bind("127.0.0.1").match(parts.path, method="GET")
    except RequestRedirect:
        return [f"link that redirects: {href}"]
    except HTTPException:
        return [f"link to no page: {href}"]
    return []


@dataclass(frozen=True)
class Found:
    """An element as a test wants it: its words and attributes."""

    element: ET.Element

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.element.itertext())).strip()

    def get(self, name: str) -> str:
        return self.element.get(name) or ""
