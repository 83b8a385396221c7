"""A course as a zip and back: text files in one folder, with a list of their checksums. Nothing in it is ever run.

What comes in is read in memory under limits, and every name is checked before a byte is written anywhere.
"""

import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MOST_FILES, MOST_OF_ONE, MOST_OF_ALL = 200, 256 * 1024, 8 * 1024 * 1024
LIST = "package.json"
FORMAT = "cairn-course-1"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FILE = re.compile(r"course\.yaml|\d\d-[a-z0-9]+(-[a-z0-9]+)*(\.md|\.quiz\.yaml)")
LEFT_BY_SYSTEMS = re.compile(r"__MACOSX/.*|(.*/)?(\.DS_Store|Thumbs\.db|desktop\.ini)")


class PackageRefused(Exception):
    """A zip that is not taken; `faults` are `file:line: message`, all of them."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Package:
    """The files of a course by name, its folder name, and what was left out."""

    slug: str
    files: dict[str, bytes]
    left_out: tuple[str, ...]


def packed(folder: Path) -> bytes:
    """The files of a course folder as a zip; the same folder gives the same bytes."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if FILE.fullmatch(path.name)}
    listed = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    files[LIST] = json.dumps({"format": FORMAT, "course": folder.name, "files": listed}, indent=1).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, raw in files.items():
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", (2000, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            out.writestr(entry, raw)
    return made.getvalue()


def unpacked(raw: bytes) -> Package:
    """The course in a zip. Raises PackageRefused with every fault that can be told."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as opened:
            return _taken(opened)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise PackageRefused("This is no zip that can be read. Pack the folder of the course again") from None


def _taken(opened: zipfile.ZipFile) -> Package:
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise PackageRefused(f"The zip holds {len(entries)} files; at most {MOST_FILES} are taken")
    left_out = tuple(sorted(entry.filename for entry in entries if LEFT_BY_SYSTEMS.fullmatch(entry.filename)))
    entries = [entry for entry in entries if entry.filename not in left_out]
    faults = [f"{_shown(entry.filename)}:1: {why}" for entry in entries if (why := _refusal(entry))]
    names = [entry.filename for entry in entries]
    faults += [f"{_shown(name)}:1: this name stands twice in the zip" for name in sorted(set(names)) if names.count(name) > 1]
    slugs = {PurePosixPath(name).parts[0] for name in names if "/" in name}
    if not faults and len(slugs) != 1:
        faults.append("The zip must hold one folder, named for the course, and everything inside it")
    if faults:
        raise PackageRefused(*faults)
    files = _read(opened, entries)
    slug = slugs.pop()
    listed = files.pop(LIST, None)
    if listed is not None:
        _compare(listed, files, slug)
    if "course.yaml" not in files:
        raise PackageRefused(f"{slug}/course.yaml:1: this file is missing")
    return Package(slug, files, left_out)


def _refusal(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not taken, '' where it is."""
    parts = entry.filename.split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.filename != entry.orig_filename or "\\" in entry.filename or len(parts) != 2 or not SLUG.fullmatch(parts[0]):
        return "only files in one folder named by lower-case words with dashes are taken"
    if kind not in (0, stat.S_IFREG):
        return "links and special files are not taken"
    if entry.flag_bits & 1:
        return "files with a password are not taken"
    if parts[1] != LIST and not FILE.fullmatch(parts[1]):
        return "not understood: a course holds course.yaml, NN-<lesson>.md and NN-<lesson>.quiz.yaml"
    return ""


def _read(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """The contents, never more of one or of all than is allowed, whatever the zip says about their sizes."""
    files: dict[str, bytes] = {}
    for entry in entries:
        with opened.open(entry) as source:
            raw = source.read(MOST_OF_ONE + 1)
        if len(raw) > MOST_OF_ONE:
            raise PackageRefused(f"{_shown(entry.filename)}:1: a file may have at most {MOST_OF_ONE // 1024} kB")
        files[entry.filename.partition("/")[2]] = raw
        if sum(map(len, files.values())) > MOST_OF_ALL:
            raise PackageRefused(f"The files are more than {MOST_OF_ALL // 1024 // 1024} MB together")
    return files


def _compare(listed: bytes, files: dict[str, bytes], slug: str) -> None:
    """Refuse a package whose files are not those its list names; without a list nothing is compared."""
    try:
        told = json.loads(listed)
        wanted = dict(told["files"]) if told["format"] == FORMAT else None
    except (ValueError, KeyError, TypeError, RecursionError):
        wanted = None
    if wanted is None:
        raise PackageRefused(f"{slug}/{LIST}:1: this list cannot be read; take it out of the zip, and nothing is compared")
    found = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    wrong = sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
    if wrong:
        raise PackageRefused(*(f"{slug}/{_shown(str(name))}:1: it is not the file {LIST} names; take {LIST} out if you changed it" for name in wrong))


def _shown(name: str) -> str:
    """A name from outside as one printable line."""
    return name if name.isprintable() and len(name) <= 120 else ascii(name[:120])
