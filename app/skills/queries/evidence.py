"""The list of what a person wrote down as evidence, with the checks they passed beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.records.evidence import Shown, from_checks, lesson_traces, own_words
from app.skills.queries.people import Subject, subject
from app.ui.filters import joined

PAGE = 50


@dataclass(frozen=True)
class Passed:
    """A check that was passed, with the names of the competences it counts for."""

    words: str
    href: str
    on: date
    competences: str


@dataclass(frozen=True)
class EvidencePage:
    """My evidence: `written` can be taken away again, `checks` come from the lessons."""

    who: Subject
    written: tuple[tuple[str, Shown], ...]
    checks: tuple[Passed, ...]
    choices: tuple[tuple[str, str], ...]
    chosen: str
    hint: str
    readers: str
    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))

    def href(self, number: int) -> str:
        """The address of a page of the list."""
        return f"/skills/evidence/?page={number}"


def evidence_page(session: Session, me: Me, competence: str, number: int) -> EvidencePage:
    """My evidence, newest first, 50 a page; three statements. An unknown competence is simply not chosen."""
    who = subject(session, me, me.person_id)
    skills = library().skills
    known = skills.competences.get(competence)
    written = own_words(session, me, me.person_id)
    number = min(max(1, number), max(1, -(-len(written) // PAGE)))
    leads = [f"the leads of {joined(who.teams)}"] if who.teams else []
    mentor = ["your mentor"] if who.shares_progress else []
    return EvidencePage(
        who=who,
        written=_named(written[PAGE * (number - 1) : PAGE * number]),
        checks=_checks(from_checks(lesson_traces(session, me.person_id).passed)),
        choices=tuple((c.id, f"{c.id} {c.name}") for c in skills.competences.values()),
        chosen=known.id if known else "",
        hint=f"For {known.name.lower()}, for example: {known.evidence[:1].lower()}{known.evidence[1:]}" if known else "",
        readers=f"Read by {joined(['you', *leads, 'the PMO lead', *mentor])}",
        number=number,
        total=len(written),
    )


def _checks(shown: Sequence[Shown]) -> tuple[Passed, ...]:
    names: dict[tuple[str, str, date], list[str]] = {}
    for name, one in _named(shown):
        names.setdefault((one.words, one.href, one.on), []).append(name)
    return tuple(Passed(*check, joined(counted)) for check, counted in names.items())


def _named(shown: Sequence[Shown]) -> tuple[tuple[str, Shown], ...]:
    known = library().skills.competences
    return tuple((known[one.competence].name if one.competence in known else one.competence, one) for one in shown)
