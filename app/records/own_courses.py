"""Own courses of this installation: versions as folders under the instance folder, and which of them is in use.

`own-courses/<course>/0003/<course>/` holds the files of version 3; `own-courses/active.json` names the version in use, 0 for none.
A version is never changed once it is there, so taking one back is choosing another."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config import ROOT
from app.content import ACTIVE, OWN, Library, chosen_versions, library, own_courses, read_content, refresh
from courses.catalogue import Course
from courses.reading.packages import Package

CONTENT = ROOT / "content"


@dataclass(frozen=True)
class Trial:
    """What a course would be on this site: the course (None where it cannot be read), every fault it would bring, and remarks."""

    course: Course | None
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def versions(instance: Path, slug: str) -> tuple[int, ...]:
    """The versions kept of a course, the newest first."""
    place = instance / OWN / slug
    found = (int(path.name) for path in place.iterdir() if path.name.isdigit()) if place.is_dir() else iter(())
    return tuple(sorted(found, reverse=True))


def own_slugs(instance: Path) -> tuple[str, ...]:
    """Courses of which versions are kept."""
    place = instance / OWN
    return tuple(sorted(path.name for path in place.iterdir() if path.is_dir() and not path.name.startswith("."))) if place.is_dir() else ()


def try_out(instance: Path, slug: str, folder: Path) -> Trial:
    """What the site would make of the course in *folder*: a dry run over all content, nothing is stored or changed."""
    would, faults = read_content(CONTENT, {**own_courses(instance), slug: folder})
    before = set(library().faults)
    own = f"{folder}{os.sep}"
    told = tuple(fault.replace(own, f"{slug}/").replace(f"{CONTENT}{os.sep}", "content/") for fault in faults if fault not in before)
    course = next((one for one in would.catalogue.courses if one.slug == slug), None)
    return Trial(course, told or (() if course else (f"{slug}/course.yaml:1: the course cannot be read",)), _remarks(course, library()))


def _remarks(course: Course | None, now: Library) -> tuple[str, ...]:
    if course is None:
        return ()
    found = [f"{course.title} is not in the plan of the curriculum; paths cannot name it before it is."] if course.id not in {p.id for p in now.catalogue.curriculum} else []
    before = next((one for one in now.catalogue.courses if one.id == course.id), None)
    if before is not None and before.revision == course.revision:
        found.append(f"It replaces the course in use under the same revision {course.revision}. Raise `revision` where what is taught has changed.")
    return tuple(found)


def store(instance: Path, package: Package) -> int:
    """Keep a package as the next version of its course; its number. It is whole before it has its name."""
    place = instance / OWN / package.slug
    place.mkdir(parents=True, exist_ok=True)
    unfinished = place / f".{secrets.token_hex(8)}"
    (unfinished / package.slug).mkdir(parents=True)
    for name, raw in package.files.items():
        (unfinished / package.slug / name).write_bytes(raw)
    while True:
        number = 1 + max(versions(instance, package.slug), default=0)
        try:
            unfinished.rename(place / f"{number:04}")
        except OSError:
            if (place / f"{number:04}").exists():  # another process took the number
                continue
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return number


@contextmanager
def tried(instance: Path, package: Package) -> Iterator[Path]:
    """The package as a folder for as long as it is tried out."""
    place = instance / OWN / f".trial-{secrets.token_hex(8)}" / package.slug
    place.mkdir(parents=True)
    try:
        for name, raw in package.files.items():
            (place / name).write_bytes(raw)
        yield place
    finally:
        shutil.rmtree(place.parent, ignore_errors=True)


def use(instance: Path, slug: str, number: int) -> None:
    """Put a version in use, 0 for none: then the course that ships under this name is back, if there is one.

    Every process of the site reads it anew with its next request."""
    place = instance / OWN
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        chosen = {**chosen_versions(instance), slug: number}
        unfinished = place / f".{secrets.token_hex(8)}"
        unfinished.write_text(json.dumps(chosen, sort_keys=True), encoding="utf-8")
        unfinished.replace(place / ACTIVE)
    refresh(instance)
