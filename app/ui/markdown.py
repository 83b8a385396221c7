"""Markdown to HTML: lessons and templates with their containers and links; people's notes with a short list of tags."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.container import container_plugin

MOST = 20_000
SCHEMES = {"http", "https", "mailto"}
NOTE_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}
LESSON_TAGS = NOTE_TAGS | {"h2", "table", "thead", "tbody", "tr", "th", "td", "div", "section", "details", "summary", "span"}
EMPTY_LINK = re.compile(r'<a href="([^"]*)"[^>]*>\s*</a>')  # an image without words comes out as one; its address says where it leads
KINDS = {
    "example": ("section", "panel example", "Worked example"),
    "exercise": ("section", "exercise", "Exercise"),
    "solution": ("details", "solution", "Show the solution"),
    "key-points": ("section", "key-points", "Key points"),
    "tip": ("div", "note tip", "Tip"),
    "caution": ("div", "note care", "Take care"),
}


@cache
def _notes() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


def note_html(text: str) -> Markup:
    """What a person wrote, as safe HTML: raw HTML is shown as text, headings start at h3, a picture is a link to it, never loaded."""
    source = text[:MOST].replace("\0", "")
    body = _notes().render(source)
    body = re.sub(r"<(/?)h[12]>", r"<\1h3>", body)
    body = re.sub(r"<(/?)h[56]>", r"<\1h4>", body)
    body = EMPTY_LINK.sub(r'<a href="\1">\1</a>', body)
    return Markup(nh3.clean(body, tags=NOTE_TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="nofollow noopener"))


@lru_cache(maxsize=4096)
def lesson_html(text: str, link: Callable[[str, str], str]) -> Markup:
    """A lesson's body, made once for all who ask for it (the pages, the search). *link* turns ('lesson', 'C05-2') and the like into an address; h2 and h3 get ids.

    Straight quotes become curly ones outside code. The typographer's other replacements stay off: (c) is a list mark here."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"]).disable("image")
    for kind in KINDS:
        parser.use(container_plugin, kind, render=_container(kind, parser))
    parser.use(anchors_plugin, min_level=2, max_level=3)
    parser.validateLink = _allowed  # type: ignore[method-assign, assignment]
    tokens = parser.parse(text)
    _lead_links(tokens, link)
    body = _tables(parser.renderer.render(tokens, parser.options, {}))
    return Markup(
        nh3.clean(
            body, tags=LESSON_TAGS, url_schemes=SCHEMES, link_rel="noopener",
            attributes={
                "a": {"href"}, "h2": {"id"}, "h3": {"id"}, "div": {"class", "tabindex", "role", "aria-label"}, "section": {"class"},
                "details": {"class"}, "span": {"class"}, "th": {"scope", "align"}, "td": {"align"}, "table": {"class"},
            },
        )
    )


def headings(body: str) -> tuple[tuple[str, str], ...]:
    """(id, words) of each second-level heading: what the rail calls 'on this page'."""
    found = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', body, re.DOTALL)
    return tuple((anchor, html.unescape(re.sub(r"<[^>]+>", "", words))) for anchor, words in found)


def plain(body: str) -> str:
    """The words of a rendered body, for search."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def _container(kind: str, parser: MarkdownIt) -> Callable[..., str]:
    tag, classes, title = KINDS[kind]

    def render(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        if token.nesting == -1:
            return f"</{tag}>\n"
        own = parser.renderInline(token.info.strip()[len(kind):].strip())
        if tag == "details":
            return f'<details class="{classes}"><summary>{own or title}</summary>\n'
        if tag == "div":
            return f'<div class="{classes}"><p><strong>{own or title}</strong></p>\n'
        heading = f"{title}: {own}" if own else title
        return f'<section class="{classes}"><h3>{heading}</h3>\n'

    return render


def _tables(body: str) -> str:
    number = count(1)
    body = re.sub(
        "<table>", lambda _: f'<div class="wide" tabindex="0" role="region" aria-label="Table {next(number)}"><table class="table">', body
    ).replace("</table>", "</table></div>")
    body = re.sub(r'style="text-align:(left|right|center)"', r'align="\1"', body)
    body = re.sub(r"<th( align=\"\w+\")?></th>", "<td></td>", body)  # a corner without words heads nothing
    return re.sub(r"<th( align=\"\w+\")?>", r'<th scope="col"\1>', body)


def _allowed(address: str) -> bool:
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
    return scheme is None or scheme[1].lower() in {*SCHEMES, "lesson", "template", "term", "item"}


def _lead_links(tokens: Sequence[Token], link: Callable[[str, str], str]) -> None:
    for token in tokens:
        if token.type == "link_open":
            kind, _, target = str(token.attrs.get("href", "")).partition(":")
            if kind in {"lesson", "template", "term", "item"}:
                token.attrs["href"] = link(kind, target)
        if token.children:
            _lead_links(token.children, link)
