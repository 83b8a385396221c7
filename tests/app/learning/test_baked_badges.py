"""Badges as pictures: what is baked in is read back here by hand, without the code that bakes."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from app.documents.baking import NOT_BAKED, badge_in, baked_badge
from app.documents.signing import LONGEST, NotSigned
from tests.app.learning.test_badges import checked_offline
from tests.app.learning.test_certificates import certificates, hold

TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiJ4In0.c2lnbmF0dXJl"


def chunks(png):
    """(name, content) of each part of a PNG; each sum of bits is checked."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, []
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at:at + 8])
        content = png[at + 8:at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0] == zlib.crc32(name + content)
        found.append((name, content))
        at += 12 + length
    return found


def baked_in_png(png):
    """By hand, as section 11.3.3.4 of the PNG specification lays an iTXt chunk out."""
    content, = (content for name, content in chunks(png) if name == b"iTXt")
    keyword, rest = content.split(b"\0", 1)
    assert (keyword, rest[:2]) == (b"openbadgecredential", b"\0\0")
    language, translated, text = rest[2:].split(b"\0", 2)
    assert (language, translated) == (b"", b"")
    return text.decode("utf-8")


def baked_in_svg(svg):
    """The `verify` of the first child of the root, and only one such element."""
    root = etree.fromstring(svg)
    name = "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert root.nsmap["openbadges"] == "https://purl.imsglobal.org/ob/v3p0"
    assert root[0].tag == name
    assert len(root.findall(f".//{name}")) == 1
    return root[0].get("verify")


def made(ending, course="Project life cycle"):
    return baked_badge(ending, TOKEN, course=course, issuer="North <Works> & Sons", line="Issued 2 November 2026")


@pytest.mark.parametrize("course", ["Project life cycle", "Wolfeschlegelsteinhausenbergerdorff #panic() " * 3, "項目管理"])
def test_a_picture_of_a_badge_carries_its_token_and_stays_a_picture(course):
    png, svg = made("png", course), made("svg", course)
    assert baked_in_png(png) == baked_in_svg(svg) == TOKEN
    assert badge_in(png) == badge_in(svg) == TOKEN
    shown = Image.open(BytesIO(png))
    assert (shown.size, shown.text["openbadgecredential"]) == ((638, 638), TOKEN)
    shown.load()
    assert b"<script" not in svg
    assert not etree.fromstring(svg).xpath("//@href[starts-with(., 'http')]")


def test_a_badge_is_found_in_what_other_programs_write_too():
    root = etree.fromstring(made("svg"))
    assert badge_in(b'\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE svg>\n' + etree.tostring(root, pretty_print=True)) == TOKEN
    other = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:ob="https://purl.imsglobal.org/ob/v3p0"><ob:credential verify=\'{TOKEN}\'/></svg>'
    assert badge_in(other.encode("utf-16")) == TOKEN
    packed = b"openbadgecredential\0\1\0en\0\0" + zlib.compress(TOKEN.encode())
    chunk = struct.pack(">I", len(packed)) + b"iTXt" + packed + struct.pack(">I", zlib.crc32(b"iTXt" + packed))
    plain = BytesIO()
    Image.new("RGB", (2, 2)).save(plain, "PNG")
    assert badge_in(plain.getvalue()[:33] + chunk + plain.getvalue()[33:]) == TOKEN
    assert badge_in(f" {TOKEN}\n".encode()).strip() == TOKEN


def bomb():
    """A chunk that unpacks to 30 MB."""
    packed = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"a" * 30_000_000)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(packed)) + b"iTXt" + packed + b"\0\0\0\0"


@pytest.mark.parametrize("file", [
    b"", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXtopenbadge", b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0", b"\x00\x01",
    b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential verify="&b;"/></svg>',
    b'<svg xmlns:o="https://example.org/other"><o:credential verify="a.b.c"/></svg>',
    b"\x89PNG\r\n\x1a\n\0\0\0\x18iTXtopenbadgecredential\0\1\0\0\0x\0\0\0\0",
])
def test_a_file_without_a_badge_is_told_so(file):
    with pytest.raises(NotSigned, match="No badge is in this file"):
        badge_in(file)


def test_a_packed_badge_is_not_unpacked_further_than_the_longest_one():
    assert len(badge_in(bomb())) == LONGEST + 1


def test_pictures_are_taken_from_the_page_and_handed_in_to_be_verified(app, people, visit):
    hold(app, visit, people.bob)
    page = f"/certificates/{certificates(app)[0].code}/"
    bob, stranger = visit(people.bob), visit()
    shown = bob.get(page)
    files = {ending: bob.get(shown.link(label)).response for ending, label in {"png": "Badge as PNG", "svg": "Badge as SVG", "jwt": "Badge for wallets"}.items()}
    assert [(files[name].mimetype, files[name].headers["Content-Disposition"]) for name in ("png", "svg")] == [
        ("image/png", 'attachment; filename="badge-C05.png"'), ("image/svg+xml", 'attachment; filename="badge-C05.svg"'),
    ]
    keys = stranger.get("/.well-known/jwks.json").response.json
    told = checked_offline(files["jwt"].get_data(as_text=True), keys)
    assert checked_offline(baked_in_png(files["png"].data), keys) == checked_offline(baked_in_svg(files["svg"].data), keys) == told
    for who, status in ((people.charlie, 404), (people.alice, 200)):
        assert visit(who).get(page + "badge.png").status == status
    assert stranger.get(page + "badge.svg").status in {302, 303, 401}
    assert bob.get(page + "badge.gif").status == 404

    form = stranger.get("/verify/")
    for name, answer in files.items():
        good = form.submit({"file": (BytesIO(answer.data), f"picture.{name}")})
        assert "The badge is genuine" in good.words, name
    wrong = form.submit({"file": (BytesIO(b"\x89PNG\r\n\x1a\n"), "picture.png"), "token": "a.b.c"})
    assert (wrong.status, NOT_BAKED in wrong.words) == (422, True)
    assert wrong.find(".//textarea").words == "a.b.c"
    changed = files["svg"].data.replace(b'verify="', b'verify="A', 1)
    assert form.submit({"file": (BytesIO(changed), "picture.svg")}).status == 422

    assert visit(people.adam).get(page).submit({"why": "mistake", "reason": "It was a mistake."}).status == 303
    assert bob.get(page + "badge.png").status == 409
    assert "was withdrawn on" in form.submit({"file": (BytesIO(files["png"].data), "picture.png")}).words
