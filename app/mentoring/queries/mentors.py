"""Mentors to choose from, with the reason for each, and one card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.errors import NotVisible
from app.mentoring.pairing import LARGEST, cover, covered, free_slots
from app.mentoring.queries.start import Tabs, mentoring_tabs
from app.models import Membership, MentorProfile, Pairing, Person, Team
from app.records.skills import Gap, gaps_of, level_words, rated_people
from app.ui.filters import count, joined, sentence
from app.ui.markdown import note_html, plain
from app.ui.paging import Paging, paging

SUMMARY = 160
UNRATED = "Rate your skills, and each card says which of your gaps the mentor covers."
ROLELESS = "Choose your role under Skills, and each card says which of your gaps the mentor covers."


@dataclass(frozen=True)
class MentorCard:
    """Somebody who offers to mentor. `obstacle` says why I cannot ask, '' when I can; `asked` leads to what runs already."""

    person_id: int
    name: str
    job_title: str
    teams: str
    about: Markup
    summary: str
    competences: tuple[str, ...]
    places: str
    reason: str
    obstacle: str
    asked: str
    cover: float = 0.0

    @property
    def href(self) -> str:
        """The page of the card."""
        return f"/mentoring/mentors/{self.person_id}/"


@dataclass(frozen=True)
class MentorsPage:
    """Published cards, those that cover most of my gaps first."""

    tabs: Tabs
    cards: tuple[MentorCard, ...]
    pages: Paging
    gaps: tuple[Gap, ...]
    hint: str
    competences: tuple[tuple[str, str, bool], ...]
    chosen: str


@dataclass(frozen=True)
class Asking:
    """What is known about me when I look at mentors."""

    gaps: tuple[Gap, ...]
    hint: str
    live: Mapping[int, tuple[str, int]]


def mentors_page(session: Session, me: Me, competence: str, page: str) -> MentorsPage:
    """Mentors who are approved and published, without me: by how much of my gaps they cover, then by name. Six statements."""
    asking = _asking(session, me)
    cards = _cards(session, me, asking, MentorProfile.state == "published", MentorProfile.approved_at.is_not(None), MentorProfile.person_id != me.person_id)
    known = library().skills.competences
    chosen = competence if competence in known else ""
    offered = [card for profile, card in cards if not chosen or chosen in profile.competences]
    offered.sort(key=lambda card: -card.cover)
    pages = paging(page, len(offered), "/mentoring/mentors/", {"competence": chosen})
    return MentorsPage(
        tabs=mentoring_tabs(me, "/mentoring/mentors/"),
        cards=tuple(offered[pages.rows]),
        pages=pages,
        gaps=asking.gaps[:LARGEST],
        hint=asking.hint,
        competences=(("", "Any competence", not chosen), *((c.id, c.name, c.id == chosen) for c in known.values())),
        chosen=known[chosen].name if chosen else "",
    )


@dataclass(frozen=True)
class CardPage:
    """One card, with the form to ask where I may."""

    card: MentorCard
    gaps: tuple[Gap, ...]
    hint: str
    is_mine: bool


def card_page(session: Session, me: Me, person_id: int) -> CardPage:
    """A card I may see. Raises NotVisible."""
    asking = _asking(session, me)
    found = _cards(session, me, asking, MentorProfile.person_id == person_id)
    if not found:
        raise NotVisible
    return CardPage(found[0][1], asking.gaps[:LARGEST], asking.hint, person_id == me.person_id)


def _asking(session: Session, me: Me) -> Asking:
    mine = rated_people(session, Person.id == me.person_id)[0]
    hint = ROLELESS if mine.role is None else "" if mine.ratings else UNRATED
    live = session.execute(
        visible(me, Pairing)
        .with_only_columns(Pairing.mentor_id, Pairing.state, Pairing.id)
        .where(Pairing.mentee_id == me.person_id, Pairing.state.in_(("requested", "active")))
    ).all()
    return Asking(() if hint else gaps_of(mine), hint, {row.mentor_id: (row.state, row.id) for row in live})


def _cards(session: Session, me: Me, asking: Asking, *conditions: ColumnElement[bool]) -> list[tuple[Any, MentorCard]]:
    profiles = session.execute(
        visible(me, MentorProfile)
        .with_only_columns(
            MentorProfile.person_id, MentorProfile.about, MentorProfile.competences, MentorProfile.capacity, MentorProfile.state,
            MentorProfile.approved_at, Person.name, Person.job_title,
        )
        .join(Person, Person.id == MentorProfile.person_id)
        .where(*conditions)
        .order_by(func.lower(Person.name), Person.id)
    ).all()
    ids = [profile.person_id for profile in profiles]
    levels = _levels(session, ids)
    teams = _teams(session, ids)
    counts = session.execute(
        select(Pairing.mentor_id, func.count().label("number")).where(Pairing.mentor_id.in_(ids), Pairing.state == "active").group_by(Pairing.mentor_id)
    )
    taken: dict[int, int] = {row.mentor_id: row.number for row in counts}
    return [(p, _card(p, me, asking, levels.get(p.person_id, {}), teams.get(p.person_id, []), taken.get(p.person_id, 0))) for p in profiles]


def _levels(session: Session, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Where mentors stand. Of these only the competences they put on their card are shown: that is what they published."""
    return {
        person.id: {c: rating.value for c, rating in person.ratings.items() if rating.value is not None} for person in rated_people(session, Person.id.in_(ids))
    }


def _teams(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int, str, bool]]]:
    found: dict[int, list[tuple[int, str, bool]]] = {}
    rows = session.execute(
        select(Membership.person_id, Team.id, Team.name, Membership.is_lead)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.person_id.in_(ids), Team.archived_at.is_(None))
        .order_by(Team.name, Team.id)
    )
    for person_id, team_id, name, is_lead in rows:
        found.setdefault(person_id, []).append((team_id, name, is_lead))
    return found


def _card(profile: Any, me: Me, asking: Asking, levels: Mapping[str, int], teams: Sequence[tuple[int, str, bool]], taken: int) -> MentorCard:
    skills = library().skills
    shown = {c: levels[c] for c in profile.competences if c in levels}
    free = len(free_slots(profile.capacity, range(1, taken + 1)))
    state, pairing_id = asking.live.get(profile.person_id, ("", 0))
    leads_mine = any(is_lead and team_id in me.teams for team_id, _, is_lead in teams)
    return MentorCard(
        person_id=profile.person_id,
        name=profile.name,
        job_title=profile.job_title,
        teams=joined([name for _, name, _ in teams]),
        about=note_html(profile.about),
        summary=_summary(profile.about),
        competences=tuple(f"{skills.competences[c].name}: {level_words(skills, levels.get(c))}" for c in profile.competences if c in skills.competences),
        places=f"{sentence(count(free, 'place'))} free" if free else "No place free at present",
        reason=_reason(asking, shown),
        obstacle="" if state else _obstacle(profile, free, leads_mine),
        asked=f"/mentoring/{'pairings' if state == 'active' else 'requests'}/{pairing_id}/" if state else "",
        cover=cover(asking.gaps, shown),
    )


def _summary(about: str) -> str:
    """The first paragraph of a card in plain words, cut at a word after about 160 characters."""
    words = plain(note_html(about.split("\n\n")[0]))
    return words if len(words) <= SUMMARY else words[:SUMMARY].rsplit(" ", 1)[0] + " ..."


def _reason(asking: Asking, shown: Mapping[str, int]) -> str:
    if asking.hint:
        return ""
    helps = covered(asking.gaps, shown)
    if helps:
        return f"Covers {count(len(helps), 'of your largest gaps', 'of your largest gaps')}: {joined([f'{gap.name} (you {gap.have or 0}, needed {gap.need})' for gap in helps])}"
    return "Covers none of your three largest gaps" if asking.gaps else "You have no open gaps against your role"


def _obstacle(profile: Any, free: int, leads_mine: bool) -> str:
    if profile.approved_at is None:
        return "This card waits for a PMO lead."
    if profile.state == "paused":
        return "Has paused and takes on nobody at present."
    if leads_mine:
        return "Leads your team, and a mentor does not manage or appraise."
    return "" if free else "Has no free place at present."
