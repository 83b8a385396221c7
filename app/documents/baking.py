"""Badges as pictures: drawn here, with the signed credential baked in, and read back from a file somebody hands in.

Source: Open Badges Specification 3.0 (1EdTech), section on baked badges: a PNG carries the token in an iTXt chunk, an SVG in
the `verify` attribute of an element right after its root's start."""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final, Literal
from xml.parsers import expat

from app.documents.certificates import MARK
from app.documents.signing import LONGEST, NotSigned
from app.documents.typesetting import picture

Ending = Literal["png", "svg"]
MIMETYPES: Final = {"png": "image/png", "svg": "image/svg+xml"}
PNG_START: Final = b"\x89PNG\r\n\x1a\n"
KEYWORD: Final = b"openbadgecredential"
NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
ALONE: Final = re.compile(rb"[A-Za-z0-9._=\s-]+")
NOT_BAKED: Final = "No badge is in this file. Choose the PNG, SVG or .jwt file as it was downloaded: programs that save a picture anew often drop the badge"


def baked_badge(ending: Ending, token: str, *, course: str, issuer: str, line: str) -> bytes:
    """The picture of a badge with *token* in it. `line` is one line below the issuer, such as the day of issue."""
    drawn = picture("badge", {"title": f"{course}, {issuer}", "course": course, "issuer": issuer, "line": line, "mark": MARK}, ending)
    return _into_png(drawn, token) if ending == "png" else _into_svg(drawn, token)


def badge_in(file: bytes) -> str:
    """The token in a baked PNG or SVG, or the text of the file. Raises NotSigned when there is none."""
    if file.startswith(PNG_START):
        found = _from_png(file)
    else:
        found = file.decode("ascii") if ALONE.fullmatch(file) else _from_svg(file)
    if not found:
        raise NotSigned(NOT_BAKED)
    return found


def _into_png(drawn: bytes, token: str) -> bytes:
    """The chunk goes right after the header, which is always the first one and 25 bytes long: readers find it early."""
    at = len(PNG_START) + 25
    text = KEYWORD + b"\0" + b"\0\0" + b"\0" + b"\0" + token.encode("ascii")  # not compressed, no language, no translated keyword
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    return drawn[:at] + chunk + drawn[at:]


def _into_svg(drawn: bytes, token: str) -> bytes:
    head, _, rest = drawn.partition(b">")
    return head + f' xmlns:openbadges="{NAMESPACE}"><openbadges:credential verify="{token}"></openbadges:credential>'.encode("ascii") + rest


def _from_png(file: bytes) -> str:
    at = len(PNG_START)
    while at + 12 <= len(file):
        length = struct.unpack_from(">I", file, at)[0]
        if file[at + 4:at + 8] == b"iTXt" and file[at + 8:at + 8 + length].startswith(KEYWORD + b"\0"):
            head = at + 8 + len(KEYWORD) + 1
            text = file[head + 2:at + 8 + length].split(b"\0", 2)[-1]
            return _plain(text, is_packed=file[head:head + 1] == b"\1")
        at += 12 + length
    return ""


def _plain(text: bytes, *, is_packed: bool) -> str:
    """The text of a chunk, unpacked no further than the longest badge."""
    try:
        return (zlib.decompressobj().decompress(text, LONGEST + 1) if is_packed else text[:LONGEST + 1]).decode("ascii", "ignore")
    except zlib.error:
        return ""


class _Found(Exception):
    """The element is there; nothing after it is read."""


def _from_svg(file: bytes) -> str:
    """The token of the first credential element. Entities of the file's own are refused: they can grow without end."""
    reader = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == f"{NAMESPACE} credential":
            raise _Found(attributes.get("verify", ""))

    def entity(*_: object) -> None:
        raise _Found("")

    reader.StartElementHandler, reader.EntityDeclHandler = start, entity
    try:
        reader.Parse(file, True)
    except _Found as found:
        return str(found)
    except expat.ExpatError:
        return ""
    return ""
