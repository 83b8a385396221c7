"""One action of a plan: what changes, what to do, who needs help, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, contains_eager

from app.access import Me, can, visible
from app.config import TrackerServer
from app.content import library
from app.errors import NotVisible
from app.maturity import quarters
from app.maturity.action_states import Move, moves_from
from app.maturity.queries.roadmap_board import Lesson, improvement, lessons_of, state_tag, title_of
from app.maturity.queries.roadmap_view import Reason, reasons_in
from app.maturity.queries.tracker import IssueOfAction, issue_of_action
from app.models import (
    ActionNote,
    AssessmentRound,
    Attachment,
    Event,
    Person,
    PlannedAction,
    PublishedResult,
    SavedRoadmap,
    Team,
)
from app.records.attachments import Attached, attached
from app.records.measures import Beside, Series, beside, series_of
from app.records.skills import InNeed, in_need, members_of
from app.records.snapshot import SCORES, snapshot_in
from app.records.teams import results_seen, team_tabs
from app.ui.filters import day
from app.ui.paging import Paging, paging
from assessments.improvements import Improvement
from assessments.improvements import action_id as id_of
from assessments.questionnaire import Questionnaire

SHOWN_EVENTS = 20
NOTES = 20


def planned_action(session: Session, me: Me, *, slug: str, action_id: str, lock: bool = False) -> PlannedAction:
    """The action as it stands in the plan in use, else in the newest plan that held it; one statement. NotVisible without one."""
    statement = (
        visible(me, PlannedAction)
        .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .join(Team, Team.id == SavedRoadmap.team_id)
        .options(contains_eager(PlannedAction.roadmap).contains_eager(SavedRoadmap.team))
        .where(Team.slug == slug, PlannedAction.action_id == action_id)
        .order_by(case((SavedRoadmap.is_current, 0), else_=1), SavedRoadmap.number.desc())
        .limit(1)
    )
    found: PlannedAction | None = session.scalars(statement.with_for_update(of=PlannedAction) if lock else statement).one_or_none()
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class LevelText:
    """A level of the item with its name and its statement."""

    value: int
    name: str
    text: str


@dataclass(frozen=True)
class Need:
    """What has to stand before: 'TAL-2 on level 2'."""

    words: str
    is_met: bool
    href: str


@dataclass(frozen=True)
class Step:
    """One step of a worked action. `mark` is done, here (the first open one of a started action) or ''."""

    number: int
    text: str
    mark: str


@dataclass(frozen=True)
class Happened:
    """An entry of what happened."""

    when: datetime
    words: str
    who: str


@dataclass(frozen=True)
class Note:
    """A note on the action."""

    when: datetime
    who: str
    text: str


@dataclass(frozen=True)
class ActionPage:
    """Everything the page of an action shows."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    action: PlannedAction
    href: str
    title: str
    why: str
    item: tuple[str, str]
    today: LevelText | None
    then: LevelText | None
    measured: str
    tag: tuple[str, str, str]
    quarter: str
    weeks: int
    effort: tuple[int, int] | None
    per_day: float | None
    owner_name: str
    owner_role: str
    needs: tuple[Need, ...]
    unlocks: tuple[tuple[str, str], ...]
    lessons: tuple[Lesson, ...]
    template: tuple[str, str, str] | None
    deliverable: str
    kpi: tuple[Beside, str] | None
    steps: tuple[Step, ...]
    proof: str
    evidence_hint: str
    competences: tuple[tuple[str, str], ...]
    people: tuple[InNeed, ...]
    moves: tuple[Move, ...]
    may_carry: bool
    may_lead: bool
    members: list[tuple[str, str]]
    reason: Reason | None
    notes: tuple[Note, ...]
    paging: Paging
    happened: tuple[Happened, ...]
    attached: tuple[Attached, ...]
    issue: IssueOfAction | None


def action_page(
    session: Session, me: Me, *, slug: str, action_id: str, today: date, wanted: str, tracker: TrackerServer | None = None,
) -> ActionPage:
    """The page of an action; ten statements at most, one more where there is a tracker."""
    action = planned_action(session, me, slug=slug, action_id=action_id)
    saved, team = action.roadmap, action.roadmap.team
    model_id = str(saved.inputs.get("model", ""))
    known, model = improvement(model_id, action_id), library().questionnaires.get(model_id)
    figures = (saved.plan or {}).get("candidates", {}).get(action_id, {})
    members = session.execute(select(Person.id, Person.name).where(*members_of(team.id)).order_by(func.lower(Person.name), Person.id)).all()
    may_lead = saved.is_current and can(me, "lead action", team)
    may_carry = saved.is_current and can(me, "carry out action", action)
    weeks = figures.get("weeks", known.weeks if known else 0)
    competences = competences_of(known)
    href = f"/teams/{slug}/roadmap/actions/{action_id}/"
    part = paging(wanted, session.scalar(select(func.count()).where(ActionNote.planned_action_id == action.id)) or 0, href, size=NOTES)
    done = _done(session, saved.id)
    return ActionPage(
        team=team, tabs=team_tabs(team, "roadmap", me), action=action, href=href, title=known.title if known else action_id, why=known.why if known else "",
        item=(known.item, model.item(known.item).title) if known and model and model.has(known.item) else ("", ""),
        today=_level(model, known, 0), then=_level(model, known, 1), measured=_measured(session, me, saved, known),
        tag=state_tag(action.state, action.due_on, today), quarter=quarters.names(saved.starts_on, saved.horizon)[action.quarter - 1], weeks=weeks,
        effort=(known.effort.low, known.effort.high) if known else None, per_day=action.value / action.effort if action.effort else None,
        owner_name=next((row.name for row in members if row.id == action.owner_id), "") or _name(session, action.owner_id), owner_role=known.owner if known else "",
        needs=_needs(known, figures.get("needs", ()), done, slug), unlocks=_unlocks(saved, action_id, model_id), lessons=lessons_of(known),
        template=_template(known), deliverable=known.deliverable if known else "", kpi=_kpi(session, me, team, known), steps=_steps(known, action),
        proof=known.evidence if known else "", evidence_hint=model.item(known.item).evidence if known and model and model.has(known.item) else "",
        competences=competences, people=in_need(session, me, team.id, [name for name, _ in competences]),
        moves=moves_from(action.state, leads=may_lead) if may_carry else (), may_carry=may_carry, may_lead=may_lead,
        members=[("", "Nobody yet"), *((str(row.id), row.name) for row in members)],
        reason=next((r for r in reasons_in(saved) if r.id == action_id), None),
        notes=_notes(session, action.id, part), paging=part, happened=_happened(session, action),
        attached=attached(session, me, Attachment.planned_action_id, [action.id]),
        issue=issue_of_action(session, me, tracker, team.id, action_id) if saved.is_current else None,
    )


def _name(session: Session, person_id: int | None) -> str:
    """The owner who has left the team is still named."""
    return "" if person_id is None else session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def _done(session: Session, roadmap_id: int) -> frozenset[str]:
    return frozenset(session.scalars(select(PlannedAction.action_id).where(PlannedAction.roadmap_id == roadmap_id, PlannedAction.state == "done")))


def _level(model: Questionnaire | None, known: Improvement | None, step: int) -> LevelText | None:
    if model is None or known is None or not model.has(known.item):
        return None
    value = known.to_level if step else known.from_level
    choice = model.item(known.item).choice(value)
    name = next((level.name for level in model.levels if level.value == value), "")
    return LevelText(value, name, choice.text if choice else "")


def _measured(session: Session, me: Me, saved: SavedRoadmap, known: Improvement | None) -> str:
    """'Round 2: mean 2.00 of 5 answers, agreed' for people who may read the result; '' else. One statement."""
    row = session.execute(
        select(AssessmentRound.number, SCORES)
        .join(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
        .where(AssessmentRound.id == saved.round_id, results_seen(me))
    ).one_or_none()
    figures = snapshot_in(row.scores) if row else None
    item = next((item for item in figures.items if known and item.id == known.item), None) if figures else None
    if row is None or item is None or item.mean is None:
        return ""
    agreed = f", level {item.agreed_level} agreed afterwards" if item.agreed_level is not None else f", {item.reading}" if item.reading else ""
    return f"Round {row.number}: mean {item.mean:.2f} of {item.n} answers{agreed}"


def _needs(known: Improvement | None, unmet: Sequence[str], done: frozenset[str], slug: str) -> tuple[Need, ...]:
    """States that have to stand first, with the action of this plan that brings an open one."""
    states = dict(known.needs) if known else {}
    if known and id_of(known.item, known.from_level) in unmet:
        states[known.item] = known.from_level
    found = []
    for item, level in sorted(states.items()):
        by = id_of(item, level)
        found.append(Need(f"{item} on level {level}", by not in unmet or by in done, f"/teams/{slug}/roadmap/actions/{by}/" if by in unmet else ""))
    return tuple(found)


def _unlocks(saved: SavedRoadmap, action_id: str, model_id: str) -> tuple[tuple[str, str], ...]:
    entries: list[dict[str, Any]] = (saved.plan or {}).get("plan", [])
    names: list[str] = next((entry["unlocks"] for entry in entries if entry["action"] == action_id), [])
    return tuple((name, title_of(model_id, name)) for name in names)


def _template(known: Improvement | None) -> tuple[str, str, str] | None:
    """(id, title, address) of what the action delivers; no address while the template is not written."""
    if known is None or known.template is None:
        return None
    found = next((t for t in library().catalogue.templates if t.id == known.template), None)
    return (known.template, found.title, f"/templates/{found.id}/") if found else (known.template, "", "")


def _kpi(session: Session, me: Me, team: Team, known: Improvement | None) -> tuple[Beside, str] | None:
    """The measure this action should move, as the team has recorded it, with what it means; one statement."""
    found = library().kpis.get(known.kpi or "") if known else None
    if found is None:
        return None
    return beside(team.slug, series_of(session, me, [team.id], [found.id])[team.id].get(found.id, Series(found))), found.meaning


def _steps(known: Improvement | None, action: PlannedAction) -> tuple[Step, ...]:
    texts = known.steps if known else ()
    first_open = next((n for n in range(1, len(texts) + 1) if n not in action.steps_done), 0) if action.state in ("in progress", "blocked") else 0
    return tuple(Step(n, text, "done" if n in action.steps_done else "here" if n == first_open else "") for n, text in enumerate(texts, 1))


def competences_of(known: Improvement | None) -> tuple[tuple[str, str], ...]:
    """(id, name) of what the lessons of the action build, each once, in their order."""
    catalogue, names = library().catalogue, library().skills.competences
    of_lesson = {lesson.id: lesson.competences for course in catalogue.curriculum for lesson in course.lessons}
    of_lesson |= {lesson.id: lesson.competences for course in catalogue.courses for lesson in course.lessons}
    ids = dict.fromkeys(c for lesson in (known.lessons if known else ()) for c in of_lesson.get(lesson, ()))
    return tuple((c, names[c].name) for c in ids if c in names)


def _notes(session: Session, action_id: int, part: Paging) -> tuple[Note, ...]:
    rows = session.execute(
        select(ActionNote.created_at, Person.name, ActionNote.text).join(Person, Person.id == ActionNote.person_id)
        .where(ActionNote.planned_action_id == action_id).order_by(ActionNote.id.desc()).limit(part.size).offset(part.first_row)
    )
    return tuple(Note(*row) for row in rows)


def _happened(session: Session, action: PlannedAction) -> tuple[Happened, ...]:
    rows = session.execute(
        select(Event.created_at, Event.what, Event.detail, Person.name).outerjoin(Person, Person.id == Event.person_id)
        .where(Event.thing == "action", Event.thing_id == str(action.id)).order_by(Event.id.desc()).limit(SHOWN_EVENTS)
    )
    found = [Happened(row.created_at, _in_words(row.what, row.detail), row.name or "") for row in rows]
    adopted = action.roadmap.adopted_at
    return (*found, Happened(adopted, f"Planned for {quarters.names(action.roadmap.starts_on, action.roadmap.horizon)[action.quarter - 1]}", "")) if adopted else tuple(found)


def _in_words(what: str, detail: dict[str, Any]) -> str:
    to = str(detail.get("to", ""))
    if to and what == "moved the due date":
        to = day(date.fromisoformat(to))
    link = ": " if what.endswith(("a file", "a link")) else " to "
    words = f"{what[:1].upper()}{what[1:]}{f'{link}{to}' if to else ''}"
    return f"{words}: {detail['reason']}" if detail.get("reason") else words
