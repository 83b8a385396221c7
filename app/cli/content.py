"""content: read everything people read and say what is wrong with it; courses out and in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.preview import read as read_draft
from app.cli.site import Fault, say
from app.config import ROOT, load_settings
from app.content import chosen_versions, library, own_folder, read_content, refresh
from app.records.own_courses import own_slugs, store, tried, try_out, use, versions
from app.ui.filters import count
from courses.reading.packages import PackageRefused, packed, unpacked


def add_to(commands: Any) -> None:
    content = commands.add_parser("content", help="content check [PATH] | courses | export COURSE FILE.zip | import FILE.zip [--use] | use COURSE VERSION")
    deeds = content.add_subparsers(dest="deed", required=True, metavar="check | courses | export | import | use")
    check = deeds.add_parser("check", help="read all content and name each fault as file:line: message")
    check.add_argument("path", nargs="?", type=Path, default=ROOT / "content")
    check.set_defaults(act=check_content)
    deeds.add_parser("courses", help="courses with own versions, and which is in use").set_defaults(act=list_courses)
    giving = deeds.add_parser("export", help="the course in use as a zip")
    giving.add_argument("course")
    giving.add_argument("file", type=Path)
    giving.set_defaults(act=export_course)
    taking = deeds.add_parser("import", help="try out a course; a dry run unless --use")
    taking.add_argument("file", type=Path)
    taking.add_argument("--use", action="store_true", help="keep it as a new version and put it in use")
    taking.set_defaults(act=import_course)
    using = deeds.add_parser("use", help="put a kept version in use; 0 takes all of them back")
    using.add_argument("course")
    using.add_argument("version", type=int)
    using.set_defaults(act=use_version)


def check_content(chosen: argparse.Namespace) -> int:
    """python -m app content check [PATH]: each fault of all content, or of one part of it, as file:line: message."""
    path: Path = chosen.path
    if not path.exists():
        raise Fault(f"{path}: there is no such file or folder")
    around = next((one for one in (path, *path.parents, *path.absolute().parents) if (one / "questionnaires").is_dir()), None)
    library, faults = read_content(around) if around else (None, read_draft(path)[0])
    if around and path != around:
        part = path if around in path.parents else path.absolute()
        library, faults = None, tuple(fault for fault in faults if part in (file := Path(fault.partition(":")[0]), *file.parents))
    if faults:
        raise Fault(*faults)
    say(library.summary() if library else f"No faults: {path}")
    return 0


def list_courses(chosen: argparse.Namespace) -> int:
    """python -m app content courses"""
    instance = _instance()
    in_use = chosen_versions(instance)
    for slug in sorted({course.slug for course in library().catalogue.courses} | set(own_slugs(instance))):
        kept = ", ".join(map(str, versions(instance, slug))) or "none"
        number = in_use.get(slug, 0)
        say(f"{slug}: {f'own version {number}' if number else 'as shipped or not in use'}; own versions: {kept}")
    return 0


def export_course(chosen: argparse.Namespace) -> int:
    """python -m app content export COURSE FILE.zip"""
    instance = _instance()
    if chosen.course not in {course.slug for course in library().catalogue.courses}:
        raise Fault(f"{chosen.course}: there is no such course")
    number = chosen_versions(instance).get(chosen.course, 0)
    folder = own_folder(instance, chosen.course, number) if number else ROOT / "content" / "courses" / chosen.course
    try:
        with chosen.file.open("xb") as out:
            out.write(packed(folder))
    except OSError as fault:
        raise Fault(f"{chosen.file}: {fault.strerror}") from fault
    say(f"{chosen.file}: {chosen.course}")
    return 0


def import_course(chosen: argparse.Namespace) -> int:
    """python -m app content import FILE.zip [--use]: what it would do, with every fault as file:line: message."""
    instance = _instance()
    try:
        package = unpacked(chosen.file.read_bytes())
    except OSError as fault:
        raise Fault(f"{chosen.file}: {fault.strerror}") from fault
    except PackageRefused as refusal:
        raise Fault(*refusal.faults) from refusal
    with tried(instance, package) as folder:
        trial = try_out(instance, package.slug, folder)
    if trial.faults or trial.course is None:
        raise Fault(*trial.faults)
    lessons = count(len(trial.course.lessons), "lesson", words=False)
    say(f"{package.slug}: {trial.course.title}, {lessons}, no faults")
    for line in (*trial.remarks, *(f"left out: {name}" for name in package.left_out)):
        say(line)
    if chosen.use:
        number = store(instance, package)
        use(instance, package.slug, number)
        say(f"Version {number} is in use. Take it back with: python -m app content use {package.slug} 0")
    return 0


def use_version(chosen: argparse.Namespace) -> int:
    """python -m app content use COURSE VERSION"""
    instance = _instance()
    if chosen.version and chosen.version not in versions(instance, chosen.course) or not chosen.version and chosen.course not in own_slugs(instance):
        raise Fault(f"{chosen.course}: there is no version {chosen.version}; see: python -m app content courses")
    if chosen.version:
        faults = try_out(instance, chosen.course, own_folder(instance, chosen.course, chosen.version)).faults
        if faults:
            raise Fault(*faults)
    use(instance, chosen.course, chosen.version)
    say(f"{chosen.course}: {f'version {chosen.version} is in use' if chosen.version else 'no own version is in use'}")
    return 0


def _instance() -> Path:
    """The instance folder, with its own courses read."""
    instance = load_settings().instance_dir
    refresh(instance)
    return instance
