"""What is taken as a file, under which name, and what is not."""

from __future__ import annotations

import io
import os
import stat
from datetime import timedelta

import pytest

from app import clock
from app.uploads import NotTaken, Sent, Store, disposition, recognise, shown_name
from tests.support import uploads as made

MACRO = made.word(word__vbaProject__bin=b"x").replace(b"vbaProject/bin", b"vbaProject.bin")
GOOD = {
    "a.pdf": made.PDF, "a.png": made.png(), "a.jpg": made.jpeg(), "a.jpeg": made.jpeg(), "a.csv": made.CSV, "a.txt": "Grüße\r\n".encode("cp1252"),
    "b.csv": "a;b\n".encode("utf-16"), "a.docx": made.word(), "a.xlsx": made.excel(), "a.pptx": made.slides(), "a.odt": made.open_document("text"),
    "a.ods": made.open_document("spreadsheet"), "a.odp": made.open_document("presentation"),
}
BAD = {
    "no ending": ("report", made.PDF), "a web page as a picture": ("a.png", b"<html><script>alert(1)</script>"), "drawing": ("a.svg", b"<svg/>"),
    "empty": ("a.txt", b""), "a plain archive": ("a.zip", made.archive({"a.txt": b"x"})), "an archive as Word": ("a.docx", made.archive({"a.txt": b"x"})),
    "Excel as Word": ("a.docx", made.excel()), "Excel as CSV": ("a.csv", made.excel()), "PDF as text": ("a.txt", made.PDF), "picture with a page behind it": ("a.png", made.png(after=b"<script>")),
    "picture and archive in one": ("a.jpg", made.jpeg() + made.archive({"a.txt": b"x"})), "PDF and archive in one": ("a.pdf", made.PDF + made.archive({"a": b"x"})),
    "archive behind a program": ("a.docx", b"MZ" + made.word()), "huge picture": ("a.png", made.png(30_000, 30_000)), "huge photo": ("a.jpg", made.jpeg(30_000, 30_000)),
    "macros": ("a.docx", MACRO), "way out": ("a.docx", made.word(**{"..__x": b"x"})), "program": ("a.exe", b"MZ"), "cut picture": ("a.png", made.png()[:-4]),
    "a text with control characters": ("a.txt", b"a\x00b"), "bomb": ("a.docx", made.word(**{f"word__{n}.xml": bytes(40 << 20) for n in range(1)} | {f"word__x{n}": b"" for n in range(10_001)})),
    "cut archive": ("a.docx", made.word()[:-30]), "two endings": ("a.pdf.exe", made.PDF),
}


def test_a_file_is_taken_when_its_name_and_its_content_agree() -> None:
    for name, content in GOOD.items():
        assert recognise(name, io.BytesIO(content), len(content)).mimetype, name
    for what, (name, content) in BAD.items():
        with pytest.raises(NotTaken) as no:
            recognise(name, io.BytesIO(content), len(content))
        assert len(str(no.value)) > 20, what
    with pytest.raises(NotTaken, match="has macros in it"):
        recognise("a.docx", io.BytesIO(MACRO), len(MACRO))
    with pytest.raises(NotTaken, match="30000 by 30000 pixels"):
        recognise("a.png", io.BytesIO(made.png(30_000, 30_000)), len(made.png()))


@pytest.mark.parametrize(("sent", "shown"), [
    ("../../etc/passwd.txt", "passwd.txt"), ("C:\\Users\\me\\Plan.PDF", "Plan.pdf"), ("con.csv", "_con.csv"), ("aux", "_aux"), (".htaccess", "htaccess"),
    ("Bericht März.pdf", "Bericht März.pdf"), ("evil\u202efdp.exe", "evilfdp.exe"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"), ("", "file"), ("...", "file"),
    ('a"b;c|d?.csv', "a_b;c_d_.csv"), ("x" * 300 + ".docx", "x" * 115 + ".docx"), ("zero\u200bwidth.txt", "zerowidth.txt"), ("a.b.c.", "a.b.c"),
])
def test_a_name_from_outside_is_made_harmless(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown
    assert shown_name(shown) == shown


def test_a_download_says_its_whole_name_and_an_ascii_one() -> None:
    assert disposition("plan.pdf") == 'attachment; filename="plan.pdf"'
    assert disposition("März;.pdf") == "attachment; filename=\"M_rz_.pdf\"; filename*=UTF-8''M%C3%A4rz%3B.pdf"


def test_the_store_keeps_whole_files_alone(tmp_path) -> None:
    store = Store(tmp_path / "files", of_file=1)
    key, name, size = store.put(Sent("../Plan.PDF", io.BytesIO(made.PDF)))
    assert (name, size, store.path(key).read_bytes()) == ("Plan.pdf", len(made.PDF), made.PDF)
    assert stat.S_IMODE(store.path(key).stat().st_mode) == 0o600
    with pytest.raises(NotTaken, match="larger than 1 MB"):
        store.put(Sent("a.txt", io.BytesIO(b"a" * ((1 << 20) + 1))))
    assert store.put(Sent("a.txt", io.BytesIO(b"a" * (1 << 20))))[2] == 1 << 20
    unfinished = store.path(key).with_name(f".{'0' * 32}")
    unfinished.write_bytes(b"half")
    assert list(store.old_keys(clock.now())) == []
    for file in (unfinished, store.path(key)):
        os.utime(file, (0, 0))
    assert list(store.old_keys(clock.now() + timedelta(minutes=1))) == [key]
    assert not unfinished.exists()
    assert store.missing([key, "f" * 32]) == ["f" * 32]
    with pytest.raises(ValueError, match="no key"):
        store.path("../../etc/passwd")


def test_a_disk_that_takes_nothing_is_said_plainly(tmp_path) -> None:
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(NotTaken, match="could not be stored just now"):
        Store(tmp_path / "files").put(Sent("a.csv", io.BytesIO(made.CSV)))
