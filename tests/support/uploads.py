"""Small files of every kind, and some that only pretend."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from tests.support.site import BASE, Page, Site

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CSV = b"Group,Next step\nClerks,Show the form\n"
CONTENT_TYPES = "[Content_Types].xml"


def png(width: int = 2, height: int = 2, after: bytes = b"") -> bytes:
    """A picture, with something behind it if wanted."""
    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 16)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", pixels) + part(b"IEND", b"") + after


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """The segments of a picture up to its data, and its end."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + frame + b"\x00\xff\xd9"


def archive(parts: dict[str, bytes], before: bytes = b"") -> bytes:
    """A ZIP file with these parts; the first is stored as it is, as OpenDocument asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, body) in enumerate(parts.items()):
            made.writestr(name, body, zipfile.ZIP_STORED if number == 0 else zipfile.ZIP_DEFLATED)
    return before + out.getvalue()


def word(**more: bytes) -> bytes:
    """A Word document by its list; *more* has further parts, with __ for /."""
    return archive({CONTENT_TYPES: b"<Types/>", "word/document.xml": b"<w:document/>"} | {name.replace("__", "/"): body for name, body in more.items()})


def open_document(kind: str) -> bytes:
    """An OpenDocument file: 'text', 'spreadsheet' or 'presentation'."""
    return archive({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<office/>"})


def excel() -> bytes:
    return archive({CONTENT_TYPES: b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def slides() -> bytes:
    return archive({CONTENT_TYPES: b"<Types/>", "ppt/presentation.xml": b"<p/>"})


def body(fields: dict[str, object]) -> tuple[bytes, str]:
    """A form with files as a browser sends it, and its content type. A file is (content, name)."""
    edge, parts = "cairn-edge", []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            content, label = one if isinstance(one, tuple) else (str(one).encode(), None)
            named = "" if label is None else f'; filename="{label}"\r\nContent-Type: application/octet-stream'
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def send(site: Site, address: str, **fields: object) -> Page:
    """Send a form with files as the person of *site*."""
    content, kind = body({"csrf_token": site.token(), **fields})
    return Page(site, site.client.post(address, data=content, content_type=kind, base_url=BASE))
