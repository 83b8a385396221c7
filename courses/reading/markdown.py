"""A look at the Markdown of lessons and templates by text: blocks closed, no HTML, links of known kinds.

The site renders Markdown; this only checks what a writer can get wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CONTAINERS = ("example", "exercise", "solution", "key-points", "tip", "caution")
INNER_LINKS = ("lesson", "template", "term", "item")

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COLONS = re.compile(r" {0,3}(:{3,})[ \t]*(.*)$")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_HTML = re.compile(r"(?<!\\)<(/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|$)|!--|\?|!\[CDATA|![A-Za-z])")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)")
_LIST = re.compile(r"\s*([-*+]|\d+[.)])\s")
_OUTER = re.compile(r"(https://|mailto:|#)", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A link inside the site: `kind` lesson, template, term or item, and the id it points at."""

    line: int
    kind: str
    target: str


@dataclass(frozen=True)
class Scan:
    """What the look found: (line, message) for each fault, and the links inside the site."""

    faults: tuple[tuple[int, str], ...]
    links: tuple[Link, ...]


@dataclass
class _Block:
    line: int
    colons: int
    name: str
    has_list: bool = False


def scan(body: str, first_line: int = 1, headings_from: int = 2) -> Scan:
    """Look through Markdown whose first line is `first_line` of its file.

    `headings_from`: the largest heading allowed; a lesson starts at 2 because the page has its title.
    """
    faults: list[tuple[int, str]] = []
    links: list[Link] = []
    open_blocks: list[_Block] = []
    for line, text in _outside_code(body, first_line, faults):
        if colons := _COLONS.match(text):
            faults += _step(open_blocks, line, len(colons[1]), colons[2].strip())
            continue
        if open_blocks and _LIST.match(text):
            open_blocks[-1].has_list = True
        plain = _CODE.sub("", text)
        faults += _line_faults(line, plain, headings_from)
        _follow(line, plain, links, faults)
    faults += [(block.line, f"the block `{block.name}` is never closed") for block in open_blocks]
    return Scan(tuple(faults), tuple(links))


def _outside_code(body: str, first_line: int, faults: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    fence, opened = "", 0
    for line, text in enumerate(body.split("\n"), start=first_line):
        found = _FENCE.match(text)
        if fence:
            if found and found[1].startswith(fence) and not text.strip().strip(fence[0]):
                fence = ""
        elif found:
            fence, opened = found[1], line
        else:
            yield line, text
    if fence:
        faults.append((opened, "the code block is never closed"))


def _step(open_blocks: list[_Block], line: int, colons: int, title: str) -> list[tuple[int, str]]:
    """Open or close a block, keeping `open_blocks` as the stack of those that are open."""
    if title:
        name = title.split()[0]
        faults = list(_opening_faults(open_blocks, line, colons, name))
        open_blocks.append(_Block(line, colons, name))
        return faults
    if not open_blocks:
        return [(line, "this closes a block, but none is open")]
    block = open_blocks.pop()
    if block.colons != colons:
        what = f"`{block.name}` from line {block.line}"
        return [(line, f"{what} closes with {block.colons} colons, not {colons}")]
    if block.name == "key-points" and not block.has_list:
        return [(block.line, "key points are written as a list, one line each with `- `")]
    return []


def _opening_faults(
    open_blocks: list[_Block], line: int, colons: int, name: str
) -> Iterator[tuple[int, str]]:
    if name not in CONTAINERS:
        yield line, f"there is no block `{name[:40]}`; known are {', '.join(CONTAINERS)}"
    if open_blocks and colons >= open_blocks[-1].colons:
        outer = open_blocks[-1]
        yield line, f"`{outer.name}` from line {outer.line} is still open; a block inside it has fewer colons"
    if name == "solution" and not (open_blocks and open_blocks[-1].name == "exercise"):
        yield line, "a solution stands inside its exercise"


def _line_faults(line: int, text: str, headings_from: int) -> Iterator[tuple[int, str]]:
    if html := _HTML.search(text):
        yield line, f"HTML (`{html.group()}`) is not used here; put it between backticks to show it"
    if "![" in text:
        yield line, "pictures are not used here"
    heading = re.match(r" {0,3}(#{1,6})(\s|$)", text)
    if heading and len(heading[1]) < headings_from:
        yield line, f"headings start with {'#' * headings_from}; the page shows the title itself"


def _follow(line: int, text: str, links: list[Link], faults: list[tuple[int, str]]) -> None:
    for found in _LINK.finditer(text):
        target = found[1] or found[2] or ""
        kind, _, key = target.partition(":")
        if kind in INNER_LINKS:
            links.append(Link(line, kind, key))
        elif not _OUTER.match(target):
            known = ", ".join(f"`{name}:`" for name in INNER_LINKS)
            faults.append((line, f"the link to `{target[:60]}` must start with {known}, `https://` or `#`"))
