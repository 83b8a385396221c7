"""Joint rounds: the list, the form, one of them, and what was published for the organisation and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.access import Me, fetch, visible
from app.content import library
from app.errors import NotVisible, OutOfOrder
from app.maturity.closing import takes_answers
from app.maturity.publishing import PUBLISH
from app.maturity.queries.place import ZONE
from app.maturity.queries.response import WORDS
from app.maturity.queries.rounds import STATE_SIGNS, STATE_WORDS
from app.models import (
    AssessmentRound,
    Invitation,
    Job,
    JointRound,
    JointTeam,
    Membership,
    Person,
    Programme,
    ProgrammeTeam,
    PublishedResult,
    Team,
)
from app.records.anonymous import comments_at
from app.records.anonymous_figures import team_unit
from app.records.snapshot import Snapshot, read_snapshot
from app.records.teams import results_seen
from app.ui.filters import rounded
from app.ui.paging import Paging, paging
from assessments import rounds as rules
from assessments.anonymity import protected, response_band

HOME = "/programme/rounds/"


@dataclass(frozen=True)
class JointLine:
    """A joint round in the list."""

    number: int
    title: str
    href: str
    state: tuple[str, str, str]
    closed_at: datetime | None
    teams: int


@dataclass(frozen=True)
class JointListPage:
    """All joint rounds, newest first."""

    rounds: tuple[JointLine, ...]
    paging: Paging


def joint_list_page(session: Session, me: Me, *, wanted: str) -> JointListPage:
    """The joint rounds; two statements."""
    pages = paging(wanted, session.scalar(select(func.count()).select_from(visible(me, JointRound).subquery())) or 0, HOME)
    teams = select(func.count()).where(JointTeam.joint_id == JointRound.id).correlate(JointRound).scalar_subquery()
    rows = session.execute(
        visible(me, JointRound).add_columns(teams).order_by(JointRound.number.desc()).limit(pages.size).offset(pages.first_row)
    ).all()
    return JointListPage(
        tuple(JointLine(r.number, r.title, f"{HOME}{r.number}/", state_tag(r.state), r.closed_at, size) for r, size in rows), pages,
    )


def state_tag(state: str) -> tuple[str, str, str]:
    """The state of a round as a tag."""
    return (STATE_WORDS[state], *STATE_SIGNS[state])


@dataclass(frozen=True)
class JointFormPage:
    """What the form of a joint round offers: teams by programme, models."""

    teams: list[tuple[str, str]]
    models: list[tuple[str, str]]


def joint_form_page(session: Session, me: Me) -> JointFormPage:
    """Teams with their programme and how many people they have; one statement."""
    people = (
        select(func.count()).select_from(Membership).join(Person, Person.id == Membership.person_id)
        .where(Membership.team_id == Team.id, Person.disabled_at.is_(None)).correlate(Team).scalar_subquery()
    )
    rows = session.execute(
        select(Team.id, Team.name, Programme.name.label("programme"), people.label("people"))
        .outerjoin(ProgrammeTeam, ProgrammeTeam.team_id == Team.id).outerjoin(Programme, Programme.id == ProgrammeTeam.programme_id)
        .where(Team.archived_at.is_(None)).order_by(Programme.name.is_(None), func.lower(Programme.name), func.lower(Team.name), Team.id)
    ).all()
    models = [model for model in library().questionnaires.values() if model.scale == "levels"]
    return JointFormPage(
        [(str(row.id), f"{row.programme + ': ' if row.programme else ''}{row.name} ({row.people})") for row in rows],
        [(model.id, f"{model.title}, {len(model.items)} statements") for model in models],
    )


@dataclass(frozen=True)
class JointTeamLine:
    """A team of a joint round: its own round and roughly how many have answered."""

    name: str
    programme: str
    href: str
    response: str


@dataclass(frozen=True)
class Work:
    """How far the publication of a closed round is; `stage` is working, failed or '' when there is nothing to wait for."""

    stage: str
    progress: int = 0
    says: str = ""


@dataclass(frozen=True)
class JointPage:
    """One joint round as the PMO lead runs it. `people` are those invited."""

    joint: JointRound
    here: str
    state: tuple[str, str, str]
    model: str
    teams: tuple[JointTeamLine, ...]
    people: int
    steps: tuple[rules.RoundStep, ...]
    is_late: bool
    work: Work

    @property
    def name(self) -> str:
        """'Joint round 2'."""
        return f"Joint round {self.joint.number}"


def joint_page(session: Session, me: Me, *, number: int, now: datetime) -> JointPage:
    """A joint round with its teams; three statements, four while its result is worked out."""
    joint = _mine(session, me, number)
    zone = session.scalar(select(ZONE)) or "UTC"
    rows = session.execute(
        select(
            Team.name, Team.slug, func.coalesce(Programme.name, JointTeam.programme).label("programme"), AssessmentRound.number,
            AssessmentRound.response, AssessmentRound.response_on, func.count(Invitation.id).label("invited"),
            func.count(case((Invitation.state == "submitted", 1))).label("submitted"),
        )
        .select_from(JointTeam).join(Team, Team.id == JointTeam.team_id)
        .outerjoin(ProgrammeTeam, (ProgrammeTeam.team_id == Team.id) & JointTeam.round_id.is_(None)).outerjoin(Programme, Programme.id == ProgrammeTeam.programme_id)
        .outerjoin(AssessmentRound, AssessmentRound.id == JointTeam.round_id).outerjoin(Invitation, Invitation.round_id == AssessmentRound.id)
        .where(JointTeam.joint_id == joint.id)
        .group_by(Team.id, Programme.name, JointTeam.programme, AssessmentRound.id)
        .order_by(func.lower(Team.name), Team.id)
    ).all()
    today = now.astimezone(ZoneInfo(zone)).date()
    model = library().questionnaires.get(joint.model_id)
    return JointPage(
        joint, f"{HOME}{number}/", state_tag(joint.state), model.title if model else joint.model_id,
        tuple(
            JointTeamLine(
                row.name, row.programme, f"/teams/{row.slug}/rounds/{row.number}/" if row.number else f"/teams/{row.slug}/",
                _response(row.response if row.response_on == today else "", row.submitted, row.invited, joint.min_group) if joint.state == "open" else "",
            )
            for row in rows
        ),
        sum(row.invited for row in rows), _steps(joint), joint.state == "open" and not takes_answers(joint.closes_on, zone, now),
        _work(session, joint),
    )


def _work(session: Session, joint: JointRound) -> Work:
    if joint.state != "closed":
        return Work("")
    row = session.execute(
        select(Job.state, Job.progress, Job.says).where(Job.kind == PUBLISH, Job.thing_id == joint.id).order_by(Job.id.desc()).limit(1)
    ).one_or_none()
    if row is None or row.state in ("failed", "done"):
        return Work("failed")
    return Work("working", row.progress, row.says)


def joint_status(session: Session, me: Me, *, number: int) -> dict[str, Any]:
    """How far the publication is, for the script that watches it; two statements."""
    work = _work(session, _mine(session, me, number))
    return {"stage": work.stage, "progress": work.progress, "says": work.says}


def _response(kept: str, submitted: int, invited: int, k: int) -> str:
    """The band in words: the one kept before today's first sheet, else the one of now."""
    return WORDS[kept or response_band(submitted, invited, k)].format(k=k)


def _steps(joint: JointRound) -> tuple[rules.RoundStep, ...]:
    """The steps offered; whether enough were invited or have submitted is told by taking the step alone."""
    state: rules.RoundState = joint.state  # type: ignore[assignment]
    return rules.steps_open_to(rules.Round(state, "anonymous", joint.min_group, joint.min_group, joint.min_group), runs_it=True)


def joint_step_page(session: Session, me: Me, *, number: int, step: rules.RoundStep, now: datetime) -> JointPage:
    """The confirmation of a step that cannot be undone. OutOfOrder when it is not open now."""
    page = joint_page(session, me, number=number, now=now)
    if step not in page.steps:
        raise OutOfOrder("The state of this round does not allow that now. Reload the page to see how it stands.")
    return page


def _mine(session: Session, me: Me, number: int) -> JointRound:
    if not me.is_pmo_lead:
        raise NotVisible
    joint: JointRound = fetch(session, me, JointRound, JointRound.number == number)
    return joint


@dataclass(frozen=True)
class UnitRow:
    """One unit of the result; without figures it is not shown, and nothing tells why."""

    title: str
    kind: str
    href: str
    n: str
    index: str
    level: str
    dimensions: tuple[str, ...]
    is_shown: bool
    comments: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class JointResultsPage:
    """What was published: the organisation for all who may read it, programmes and teams for the PMO lead."""

    joint: JointRound
    here: str
    model: str
    dimensions: tuple[tuple[str, str], ...]
    rows: tuple[UnitRow, ...]
    not_shown: str
    runs_it: bool


def joint_results_page(session: Session, me: Me, *, number: int) -> JointResultsPage:
    """The result of a joint round; four statements at most."""
    joint: JointRound = fetch(session, me, JointRound, JointRound.number == number)
    if joint.state != "published":
        raise OutOfOrder("The result stands here once the round is closed.")
    teams = {
        row[0]: (row[1], row[2]) for row in session.execute(
            select(JointTeam.team_id, Team.slug, AssessmentRound.number)
            .join(Team, Team.id == JointTeam.team_id).join(AssessmentRound, AssessmentRound.id == JointTeam.round_id)
            .where(JointTeam.joint_id == joint.id, results_seen(me))
        )
    }
    stored = {
        team_unit(row[0]): read_snapshot(row[1]) for row in session.execute(
            select(PublishedResult.team_id, PublishedResult.scores).join(JointTeam, JointTeam.round_id == PublishedResult.round_id)
            .where(JointTeam.joint_id == joint.id, PublishedResult.team_id.in_(teams))
        )
    }
    stored |= {name: read_snapshot(scores) for name, scores in joint.scores["scores"].items()}
    hrefs = {team_unit(key): f"/teams/{slug}/rounds/{at}/results/" for key, (slug, at) in teams.items()}
    comments = _comments(session, joint) if me.is_pmo_lead else {}
    rows = tuple(
        _row(unit, stored.get(unit["id"]), hrefs.get(unit["id"], ""), comments.get(unit["id"], ()), protected(joint.min_group))
        for unit in _by_parent(joint.scores["units"]) if me.is_pmo_lead or unit["kind"] == "organisation" or unit["id"] in hrefs
    )
    model = library().questionnaires.get(joint.model_id)
    return JointResultsPage(
        joint, f"{HOME}{number}/", model.title if model else joint.model_id,
        tuple((d.id, d.title) for d in model.dimensions) if model else (), rows, protected(joint.min_group), me.is_pmo_lead,
    )


def _by_parent(units: list[dict[str, str]]) -> list[dict[str, str]]:
    """The units with every team below its programme."""
    def below(parent: str | None) -> list[dict[str, str]]:
        return [at for unit in units if unit["parent"] == parent for at in (unit, *below(unit["id"]))]

    return below(None)


def _comments(session: Session, joint: JointRound) -> dict[str, tuple[tuple[str, str], ...]]:
    """The comments that moved up from the teams, by unit; two statements."""
    mine = select(JointTeam.round_id).where(JointTeam.joint_id == joint.id)
    rounds = [key for key in session.scalars(mine) if key is not None]
    units = [unit["id"] for unit in joint.scores["units"] if unit["kind"] != "team"]
    found = comments_at(session, rounds, units)
    return {unit: tuple((item, words) for item, texts in items.items() for words in texts) for unit, items in found.items()}


def _row(unit: dict[str, str], s: Snapshot | None, href: str, comments: tuple[tuple[str, str], ...], hidden: str) -> UnitRow:
    if s is None:
        return UnitRow(unit["title"], unit["kind"], href, "–", hidden, "–", (), False, comments)
    level = f"{s.staged} {s.level_name(s.staged)}" if s.staged else hidden
    return UnitRow(
        unit["title"], unit["kind"], href, str(s.answered), rounded(s.index, 1) if s.index is not None else hidden, level,
        tuple(rounded(d.index, 1) for d in s.dimensions), True, comments,
    )
