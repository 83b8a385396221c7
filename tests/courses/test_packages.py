"""A course as a zip: out and in the same, and everything else refused before a byte is written."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from courses.reading.packages import LIST, PackageRefused, packed, unpacked

COURSE = Path(__file__).resolve().parents[2] / "content" / "courses" / "pmo-foundations"


def zipped(files: dict[str, bytes], link: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, raw in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = ((stat.S_IFLNK if name == link else stat.S_IFREG) | 0o644) << 16
            out.writestr(entry, raw)
    return made.getvalue()


def twins() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("x/course.yaml", "a")
        out.writestr("x/course.yaml", "b")
    return made.getvalue()


def refused(raw: bytes) -> tuple[str, ...]:
    with pytest.raises(PackageRefused) as caught:
        unpacked(raw)
    return caught.value.faults


def test_out_and_in_is_the_same_course() -> None:
    package = unpacked(packed(COURSE))
    assert package.slug == "pmo-foundations"
    assert package.files == {path.name: path.read_bytes() for path in COURSE.iterdir()}
    assert packed(COURSE) == packed(COURSE)


@pytest.mark.parametrize("name", ["../x/course.yaml", "/etc/course.yaml", "x/../course.yaml", "x\\course.yaml", "x/y/course.yaml", "X/course.yaml", "course.yaml", "x/run.py", "x/01-a.md.exe", "C:/course.yaml"])
def test_a_name_that_is_none_of_a_course_is_refused_with_its_name(name: str) -> None:
    faults = refused(zipped({name: b"id: X", "x/course.yaml": b"id: X"}))
    assert any(":1: " in fault for fault in faults)


def test_links_bombs_twins_and_broken_zips_are_refused() -> None:
    assert "links and special files" in refused(zipped({"x/course.yaml": b"/etc/passwd"}, link="x/course.yaml"))[0]
    assert "at most 256 kB" in refused(zipped({"x/course.yaml": b"0" * (300 * 1024)}))[0]
    assert "more than 8 MB" in refused(zipped({f"x/{n:02}-a.md": b"0" * (250 * 1024) for n in range(40)}))[0]
    assert "at most 200" in refused(zipped({f"x/{n}.md": b"" for n in range(201)}))[0]
    assert "one folder" in refused(zipped({"x/course.yaml": b"", "y/course.yaml": b""}))[0]
    assert "is missing" in refused(zipped({"x/01-a.md": b""}))[0]
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = twins()
    assert "stands twice" in refused(twice)[0]
    for raw in (b"", b"PK\x03\x04", b"not a zip", packed(COURSE)[:-40], packed(COURSE)[:200] + b"x" + packed(COURSE)[201:]):
        assert "no zip that can be read" in refused(raw)[0]


def test_what_systems_leave_is_left_out_and_changed_files_are_named() -> None:
    files = {"x/course.yaml": b"id: X", "__MACOSX/x/._course.yaml": b"", "x/.DS_Store": b""}
    assert unpacked(zipped(files)).left_out == ("__MACOSX/x/._course.yaml", "x/.DS_Store")
    listed = b'{"format": "cairn-course-1", "files": {"course.yaml": "0"}}'
    assert refused(zipped({"x/course.yaml": b"id: X", f"x/{LIST}": listed})) == (
        "x/course.yaml:1: it is not the file package.json names; take package.json out if you changed it",
    )
    assert "cannot be read" in refused(zipped({"x/course.yaml": b"id: X", f"x/{LIST}": b"[]"}))[0]
