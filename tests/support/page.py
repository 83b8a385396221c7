"""What every page must be, whoever opens it: valid HTML with one h1, labels, unique ids, links that lead somewhere, nothing inline."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import html5lib
import lxml.html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

# html5lib knows the standard of 2013; these names have been valid since.
NEWER = {"unexpected-start-tag-implies-end-tag"}
CONTROLS = {"input", "select", "textarea"}
PIECE = re.compile(r"""<(?:"[^"]*"|[^>"])*>|&[#\w]*;?|[^<&]*[^<&\s][^<&]*""")
VALUE = re.compile(r'"[^"]*"')
UNUSUAL = re.compile(r"&[#\w]*;?|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
VALID: set[int] = set()




def tree(text: str) -> ET.Element:
    """The document, read quickly; what its syntax is worth says `syntax_faults`."""
    root: ET.Element = lxml.html.document_fromstring(text)
    return root


def syntax_faults(text: str) -> tuple[str, ...]:
    """The errors of its syntax, by the standard's own rules; pages with the same tags in the same order are read once."""
    shape = _shape(text)
    if shape not in VALID:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        parser.parse(text)
        wrong = tuple(f"syntax {where}: {code} {found}" for where, code, found in parser.errors if code not in NEWER)
        if wrong:
            return wrong
        VALID.add(shape)
    return ()


def _shape(text: str) -> int:
    """Tags with the names of their attributes, whether there is text between them, and every unusual character: all that syntax can fail by."""
    return hash(tuple(_kept(piece) for piece in PIECE.findall(text)))


def _kept(piece: str) -> str:
    if piece[0] == "<":
        return VALUE.sub(lambda value: "".join(UNUSUAL.findall(value[0])), piece)
    return piece if piece[0] == "&" else "".join(UNUSUAL.findall(piece))


def faults(app: Any, root: ET.Element, text: str) -> list[str]:
    """Everything that is wrong with a page, in words."""
    found = list(syntax_faults(text))
    every = [e for e in root.iter() if isinstance(e.tag, str)]
    headings = [e for e in every if e.tag == "h1"]
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 elements")
    title = "".join(root.findtext(".//title") or "").strip()
    if not title or title.startswith("-"):
        found.append("no title")
    ids = Counter(e.get("id") for e in every if e.get("id"))
    found += [f"id twice: {i}" for i, times in ids.items() if times > 1]
    named = {e.get("for") for e in every if e.tag == "label"}
    within = {inner for e in every if e.tag == "label" for inner in e.iter()}
    for e in every:
        found += _inline(e)
        found += _labelled(e, e in within or (bool(e.get("id")) and e.get("id") in named))
        if e.tag == "a" and e.get("href"):
            found += _leads(app, e.get("href") or "", ids)
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


def _labelled(e: ET.Element, by_label: bool) -> list[str]:
    if e.tag in CONTROLS and e.get("type") not in {"hidden", "submit"} and not (by_label or e.get("aria-label") or e.get("aria-labelledby")):
        return [f"no label: {e.tag} {e.get('name')}"]
    if e.tag in {"a", "button"} and not ("".join(e.itertext()).strip() or e.get("aria-label")):
        return [f"{e.tag} without words"]
    if e.tag == "img" and e.get("alt") is None:
        return ["img without alt"]
    return []


def _leads(app: Any, href: str, ids: Container[Any]) -> list[str]:
    parts = urlsplit(href)
    if parts.scheme in {"http", "https", "mailto"}:
        return []
    if not parts.path:
        return [] if not parts.fragment or parts.fragment in ids else [f"link to nothing on this page: {href}"]
    if not parts.path.startswith("/"):
        return [f"relative link: {href}"]
    return _leads_somewhere(app, href, parts.path)


@cache
def _leads_somewhere(app: Any, href: str, path: str) -> list[str]:
    try:
        app.url_map.bind("127.0.0.1").match(path, method="GET")
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
