"""Own courses: taken in, put in use, taken back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from app.access import Me
from app.admin.queries.content import kept_folder
from app.content import chosen_versions
from app.errors import NotVisible, OutOfOrder
from app.models import Event
from app.records.own_courses import store, tried, try_out, use
from courses.reading.packages import SLUG, PackageRefused, unpacked


def take_in_course(session: Session, me: Me, instance: Path, raw: bytes) -> tuple[str, int]:
    """Keep a course from a zip as a new version, not yet in use: (course, version). Raises PackageRefused with every fault; then nothing is kept."""
    package = unpacked(raw)
    with tried(instance, package) as folder:
        trial = try_out(instance, package.slug, folder)
    if trial.faults:
        raise PackageRefused(*trial.faults)
    number = store(instance, package)
    session.add(Event(person_id=me.person_id, what="took in a course", thing="course", thing_id=package.slug, detail={"version": number}))
    return package.slug, number


def use_course(session: Session, me: Me, instance: Path, slug: str, number: int) -> None:
    """Put a kept version in use. OutOfOrder when the rest of the content has changed so that it has faults now."""
    if try_out(instance, slug, kept_folder(instance, slug, number)).faults:
        raise OutOfOrder("This version has faults together with the content as it is now. Its page names them.")
    session.add(Event(person_id=me.person_id, what="put a course in use", thing="course", thing_id=slug, detail={"version": number}))
    session.flush()
    use(instance, slug, number)


def take_back_course(session: Session, me: Me, instance: Path, slug: str) -> None:
    """Use no own version any more; the shipped course of that name is back, where there is one."""
    if not SLUG.fullmatch(slug):
        raise NotVisible
    number = chosen_versions(instance).get(slug, 0)
    if not number:
        raise NotVisible
    session.add(Event(person_id=me.person_id, what="took a course back", thing="course", thing_id=slug, detail={"version": number}))
    session.flush()
    use(instance, slug, 0)
