"""One person against one role: what closes the gaps, all competences with their evidence, and who reads the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.models import Person, SkillRating
from app.records.evidence import LessonTraces, Shown, from_checks, lesson_traces, own_words
from app.records.mentoring import LiveGoal, goals_by_competence
from app.records.outside import from_certificates
from app.records.skills import level_words
from app.skills.queries.people import Subject, subject
from app.ui.filters import day, day_month, joined, rounded
from assessments.skills import FRESH_DAYS, Rating, SkillGap, SkillProfile, freshness, skill_profile
from courses.pathways import SkillGap as LessonGap
from courses.pathways import lessons_for_gaps

KINDS = {"self": "own rating", "assessed": "assessed"}
STALE = {"ageing": "newest evidence older than a year", "stale": "newest evidence older than two years"}
SHOWN_LESSONS = 3
SHOWN_WORDS = 48


@dataclass(frozen=True)
class Step:
    """Something that closes a gap; `href` is '' for what is not written yet."""

    words: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class GapCard:
    """One of the largest gaps and what closes it."""

    competence: str
    name: str
    have: int | None
    need: int
    words: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Past:
    """A rating of the past or the one that stands."""

    words: str
    note: str


@dataclass(frozen=True)
class Standing:
    """How somebody stands in one competence."""

    id: str
    name: str
    meaning: str
    have: int | None
    need: int | None
    self_rated: int | None
    assessed: int | None
    gap: int | None
    talk: str
    brief: str
    newest: Shown | None
    evidence: tuple[Shown, ...]
    history: tuple[Past, ...]

    @property
    def has_more(self) -> bool:
        """There is more to tell than the newest evidence: an assessment, an earlier rating, more or longer evidence."""
        cut = self.newest is not None and len(self.newest.words) > SHOWN_WORDS
        return self.assessed is not None or len(self.history) > 1 or len(self.evidence) > 1 or cut


@dataclass(frozen=True)
class Area:
    """The competences of one area."""

    name: str
    rows: tuple[Standing, ...]


@dataclass(frozen=True)
class SkillsPage:
    """Everything on the page of one person's skills."""

    who: Subject
    line: str
    duty: str
    is_rated: bool
    at_target: int
    competences: int
    steps_to_go: int
    steps_in_all: int
    index: str
    assessed: int
    unrated: int
    cards: tuple[GapCard, ...]
    areas: tuple[Area, ...]
    scale: str
    readers: str
    checks_hidden: bool
    talks: int

    @property
    def total(self) -> int:
        """All competences of the installation."""
        return sum(len(area.rows) for area in self.areas)


def skills_page(session: Session, me: Me, person_id: int, today: date) -> SkillsPage:
    """The skills of somebody I may see; six statements. Raises NotVisible."""
    who = subject(session, me, person_id)
    history = _ratings(session, me, person_id)
    traces = LessonTraces({}, frozenset()) if who.is_read_by_mentor else lesson_traces(session, person_id)
    goals = {} if who.rates else goals_by_competence(session, me, person_id)
    evidence = sorted((*own_words(session, me, person_id), *from_certificates(session, me, person_id, today), *from_checks(traces.passed)), key=lambda shown: shown.on, reverse=True)
    ratings = _standing_ratings(history)
    profile = skill_profile(who.role, ratings) if who.role else None
    areas = _areas(who, ratings, history, tuple(evidence), today, ZoneInfo(me.time_zone))
    rated = [row["rated_at"].astimezone(ZoneInfo(me.time_zone)).date() for row in history]
    skills = library().skills
    return SkillsPage(
        who=who,
        line=_line(who, max(rated, default=None)),
        duty=who.role.duty if who.role else "",
        is_rated=bool(history),
        at_target=sum(gap.gap == 0 and (gap.rating is not None or not gap.target) for gap in profile.gaps) if profile else 0,
        competences=len(profile.gaps) if profile else 0,
        steps_to_go=sum(gap.gap for gap in profile.gaps) if profile else 0,
        steps_in_all=sum(gap.target for gap in profile.gaps) if profile else 0,
        index=rounded(profile.index, 1) if profile else "–",
        assessed=sum(rating.assessed is not None for rating in ratings.values()),
        unrated=len(profile.unrated) if profile else 0,
        cards=_cards(profile, traces, goals, who.is_own) if profile and history else (),
        areas=areas,
        scale=", ".join(level_words(skills, step.value) for step in skills.scale),
        readers=_readers(who),
        checks_hidden=who.is_read_by_mentor,
        talks=sum(bool(row.talk) for area in areas for row in area.rows),
    )


def _ratings(session: Session, me: Me, person_id: int) -> list[Any]:
    """Every rating ever given, newest first, with who gave it."""
    statement = (
        visible(me, SkillRating)
        .with_only_columns(
            SkillRating.competence_id.label("competence"), SkillRating.kind, SkillRating.level, SkillRating.note, SkillRating.rated_at,
            SkillRating.replaced_at, Person.name.label("rater"),
        )
        .join(Person, Person.id == SkillRating.rater_id)
        .where(SkillRating.person_id == person_id)
        .order_by(SkillRating.rated_at.desc(), SkillRating.id.desc())
    )
    return list(session.execute(statement).mappings())


def _standing_ratings(history: list[Any]) -> dict[str, Rating]:
    found: dict[str, dict[str, int]] = {}
    for row in history:
        if row["replaced_at"] is None:
            found.setdefault(row["competence"], {})[row["kind"]] = row["level"]
    return {competence: Rating(kinds.get("self"), kinds.get("assessed")) for competence, kinds in found.items()}


def _line(who: Subject, last: date | None) -> str:
    measured = f"Measured against one role: {who.role_words}." if who.role else "No role has been set yet, so there is nothing to measure against."
    if last is None:
        return measured
    return f"{measured} Last rated on {day(last)}; look at the ratings again by {day(last + timedelta(days=FRESH_DAYS))}."


def _readers(who: Subject) -> str:
    name = "You" if who.is_own else who.name
    leads = f", the leads of {joined(who.teams)}" if who.teams else ""
    if who.shares_progress:
        whose = "your" if who.is_own else "their"
        return f"{name}{leads}, the PMO lead and {whose} mentor in an active pairing see this page. Colleagues do not."
    return f"{name}{leads} and the PMO lead see this page. Colleagues and mentors do not."


def _areas(
    who: Subject, ratings: dict[str, Rating], history: list[Any], evidence: tuple[Shown, ...], today: date, zone: ZoneInfo
) -> tuple[Area, ...]:
    skills = library().skills
    targets = who.role.targets if who.role else {}

    def standing(competence: str) -> Standing:
        known, rating, need = skills.competences[competence], ratings.get(competence, Rating()), targets.get(competence)
        own = tuple(shown for shown in evidence if shown.competence == competence)
        past = [row for row in history if row["competence"] == competence]
        return Standing(
            id=competence, name=known.name, meaning=known.meaning, have=rating.value, need=need,
            self_rated=rating.self_rated, assessed=rating.assessed,
            gap=None if need is None else SkillGap(competence, need, rating.value).gap,
            talk=_talk(who, rating), newest=own[0] if own else None,
            brief="; ".join((_newest(own, need), *_remarks(past, own, competence, today, zone))), evidence=own,
            history=tuple(_past(row, zone) for row in past),
        )

    return tuple(
        Area(name, tuple(standing(c.id) for c in skills.competences.values() if c.area == area))
        for area, name in skills.areas.items()
    )


def _talk(who: Subject, rating: Rating) -> str:
    if not rating.needs_talk:
        return ""
    return f"{'You say' if who.is_own else f'{who.name} says'} {rating.self_rated}, the assessment says {rating.assessed}"


def _newest(own: tuple[Shown, ...], need: int | None) -> str:
    if not own:
        return "not needed in this role" if need == 0 else "no evidence yet"
    words = own[0].words if len(own[0].words) <= SHOWN_WORDS else own[0].words[: SHOWN_WORDS - 1].rstrip() + "…"
    return f"{words}, {day_month(own[0].on)}"


def _remarks(past: list[Any], own: tuple[Shown, ...], competence: str, today: date, zone: ZoneInfo) -> tuple[str, ...]:
    said = []
    if past and (today - past[0]["rated_at"].astimezone(zone).date()).days > FRESH_DAYS:
        said.append("rated more than a year ago")
    age = freshness([shown.value for shown in own], competence, today)
    if age in STALE:
        said.append(STALE[age])
    return tuple(said)


def _past(row: Any, zone: ZoneInfo) -> Past:
    by = f" by {row['rater']}" if row["kind"] == "assessed" else ""
    at = day_month(row["rated_at"].astimezone(zone).date())
    until = "" if row["replaced_at"] is None else ", since replaced"
    return Past(f"{at}: {level_words(library().skills, row['level'])}, {KINDS[row['kind']]}{by}{until}", row["note"])


def _cards(profile: SkillProfile, traces: LessonTraces, goals: Mapping[str, tuple[LiveGoal, ...]], is_own: bool) -> tuple[GapCard, ...]:
    skills = library().skills
    return tuple(
        GapCard(
            gap.competence, skills.competences[gap.competence].name, gap.rating, gap.target,
            f"From {level_words(skills, gap.rating)} to {level_words(skills, gap.target)}",
            (*_lessons(gap, traces, is_own), *_mentor(gap, goals.get(gap.competence, ()), is_own)),
        )
        for gap in profile.largest(3)
    )


def _lessons(gap: SkillGap, traces: LessonTraces, is_own: bool) -> tuple[Step, ...]:
    catalogue = library().catalogue
    found = lessons_for_gaps(catalogue, [LessonGap(gap.competence, gap.gap)], traces.passed)
    written = [
        Step(
            one.lesson.title, f"/courses/{catalogue.course(one.lesson.course).slug}/{one.lesson.slug}/",
            "opened" if is_own and one.lesson.id in traces.opened else "",
        )
        for one in found
    ]
    ready = {lesson.id for lesson in catalogue.lessons_in_order()}
    planned = [
        Step(lesson.title, "", "not written yet")
        for course in catalogue.curriculum
        for lesson in course.lessons
        if gap.competence in lesson.competences and lesson.id not in ready
    ]
    return tuple((written + planned)[:SHOWN_LESSONS])


def _mentor(gap: SkillGap, goals: tuple[LiveGoal, ...], is_own: bool) -> tuple[Step, ...]:
    if goals:
        return (Step("Mentoring goal", goals[0].href, f"from {goals[0].from_level} to {goals[0].to_level} by {day_month(goals[0].due_on)}"),)
    return (Step("Find a mentor", f"/mentoring/mentors/?competence={gap.competence}"),) if is_own else ()
