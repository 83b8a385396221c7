"""The rating form: 24 rows, what stands now beside each, and the version that lets an older form never win."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.models import SkillRating
from app.records.evidence import Shown, from_checks, lesson_traces, own_words
from app.records.outside import from_certificates
from app.records.skills import level_words
from app.skills.queries.people import Subject, subject, to_assess
from app.ui.filters import joined

SHOWN_EVIDENCE = 3


@dataclass(frozen=True)
class RatingRow:
    """One competence of the form: what it means, what the role needs, the other side's rating, the evidence."""

    id: str
    name: str
    meaning: str
    shows_in: str
    need: str
    other: str
    evidence: tuple[Shown, ...]


@dataclass(frozen=True)
class RatingPage:
    """The form with what it starts from: `levels` and `notes` by competence, `newest` the rating given last."""

    who: Subject
    areas: tuple[tuple[str, tuple[RatingRow, ...]], ...]
    scale: tuple[tuple[str, str], ...]
    levels: dict[str, str]
    notes: dict[str, str]
    newest: int
    readers: str


def my_rating_page(session: Session, me: Me) -> RatingPage:
    """The form on which I rate myself; four statements."""
    return _page(session, me, subject(session, me, me.person_id), "self", date.max)


def assess_page(session: Session, me: Me, person_id: int, today: date) -> RatingPage:
    """The form on which a lead or the PMO lead assesses somebody. Raises NotVisible, Forbidden."""
    return _page(session, me, to_assess(session, me, person_id), "assessed", today)


def newest_rating(session: Session, person_id: int, kind: str) -> int:
    """The number of the rating of this kind that was given last, 0 before the first."""
    where = (SkillRating.person_id == person_id, SkillRating.kind == kind)
    return session.scalar(select(func.max(SkillRating.id)).where(*where)) or 0


def _page(session: Session, me: Me, who: Subject, kind: str, today: date) -> RatingPage:
    skills = library().skills
    rows = session.execute(
        select(SkillRating.id, SkillRating.competence_id, SkillRating.kind, SkillRating.level, SkillRating.note)
        .where(SkillRating.person_id == who.id, SkillRating.replaced_at.is_(None))
        .order_by(SkillRating.id)
    ).all()
    mine = [row for row in rows if row.kind == kind]
    others = {row.competence_id: row.level for row in rows if row.kind != kind}
    evidence = (*own_words(session, me, who.id), *from_certificates(session, me, who.id, today), *from_checks(lesson_traces(session, who.id).passed))
    seen = sorted((shown for shown in evidence if shown.on <= today), key=lambda shown: shown.on, reverse=True)
    other = "Assessed as" if kind == "self" else "Own rating"

    def row(competence: str) -> RatingRow:
        known = skills.competences[competence]
        need = f"The role needs {level_words(skills, who.role.targets.get(competence))}." if who.role else ""
        said = f"{other}: {level_words(skills, others[competence])}." if competence in others else ""
        own = tuple(shown for shown in seen if shown.competence == competence)[:SHOWN_EVIDENCE]
        return RatingRow(competence, known.name, known.meaning, known.evidence, need, said, own)

    return RatingPage(
        who=who,
        areas=tuple((name, tuple(row(c.id) for c in skills.competences.values() if c.area == area)) for area, name in skills.areas.items()),
        scale=tuple((level_words(skills, step.value), step.meaning) for step in skills.scale),
        levels={row.competence_id: str(row.level) for row in mine},
        notes={row.competence_id: row.note for row in mine},
        newest=max((row.id for row in mine), default=0),
        readers=_readers(who),
    )


def _readers(who: Subject) -> str:
    leads = [f"the leads of {joined(who.teams)}"] if who.teams else []
    if who.is_own:
        return f"Read by you, {joined([*leads, 'the PMO lead'])}{' and your mentor' if who.shares_progress else ''}"
    mentor = ["their mentor"] if who.shares_progress else []
    return f"Read by {joined([who.name, *leads, 'the PMO lead', *mentor])}, with your name"
