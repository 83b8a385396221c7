"""Programmes: made, renamed, filled with teams and removed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible, Refused
from app.models import Event, Programme, ProgrammeTeam, Team
from app.records.editing import demand_version
from app.ui.text import login_key

NAMED = "There is a programme with this name already"
TAKEN = "A team you chose has just been put into another programme, or archived. Look at the list again"


def add_programme(session: Session, me: Me, *, name: str) -> int:
    """A new programme without teams; its number."""
    _refuse_same_name(session, name, 0)
    programme = Programme(name=name, name_key=login_key(name))
    session.add(programme)
    _flush(session, NAMED, "name")
    _note(session, me, "added a programme", programme)
    return programme.id


def save_programme(session: Session, me: Me, *, programme_id: int, version: int | None, name: str, teams: Sequence[str]) -> None:
    """Another name, other teams. A team leaves no other programme for this one: it has to be free."""
    programme = _locked(session, programme_id)
    demand_version(programme, version, {"name": ("Name", name)}, f"/admin/programmes/{programme_id}/")
    _refuse_same_name(session, name, programme.id)
    programme.name, programme.name_key = name, login_key(name)
    wanted = {int(team) for team in teams if team.isdigit()}
    held = set(session.scalars(select(ProgrammeTeam.team_id).where(ProgrammeTeam.programme_id == programme.id)))
    known = set(session.scalars(select(Team.id).where(Team.id.in_(wanted), Team.archived_at.is_(None)))) | (held & wanted)
    if known != wanted:
        raise Refused(TAKEN, "teams")
    session.execute(delete(ProgrammeTeam).where(ProgrammeTeam.programme_id == programme.id, ProgrammeTeam.team_id.in_(held - wanted)))
    session.add_all(ProgrammeTeam(team_id=team_id, programme_id=programme.id) for team_id in sorted(wanted - held))
    _flush(session, TAKEN, "teams")
    _note(session, me, "changed a programme", programme)


def remove_programme(session: Session, me: Me, *, programme_id: int) -> None:
    """The programme goes; its teams stay, in no programme. Joint rounds keep the programmes they were opened with."""
    programme = _locked(session, programme_id)
    session.execute(delete(ProgrammeTeam).where(ProgrammeTeam.programme_id == programme.id))
    _note(session, me, "removed a programme", programme)
    session.delete(programme)
    session.flush()


def _locked(session: Session, programme_id: int) -> Programme:
    programme = session.scalars(select(Programme).where(Programme.id == programme_id).with_for_update()).one_or_none()
    if programme is None:
        raise NotVisible
    return programme


def _refuse_same_name(session: Session, name: str, but: int) -> None:
    if session.scalar(select(exists().where(Programme.name_key == login_key(name), Programme.id != but))):
        raise Refused(NAMED, "name")


def _flush(session: Session, sentence: str, field: str) -> None:
    try:
        session.flush()
    except IntegrityError:
        raise Refused(sentence, field) from None


def _note(session: Session, me: Me, what: str, programme: Programme) -> None:
    session.add(Event(person_id=me.person_id, what=what, thing="programme", thing_id=str(programme.id), detail={"programme": programme.name}))
    session.flush()
