"""The round at an address, as the person who asks may see it; and what runs through all pages of a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.access import Me, can, fetch, visible
from app.db import built_once
from app.errors import NotVisible, OutOfOrder
from app.maturity.closing import elsewhere, takes_answers
from app.models import AssessmentRound, Invitation, JointRound, JointTeam, Organisation, Team
from app.records.results import model_of
from app.records.teams import team_tabs
from assessments import rounds as rules
from assessments.questionnaire import Questionnaire

ONLY = 1
WHO_RUNS = "Rounds of this team are run by its lead and the PMO lead; the organisation may leave them to the PMO lead alone."
JOINTLY = "This round is part of a joint round of several teams. The PMO lead opens and closes all of them together."
MINE = aliased(Invitation)
JOINT = (
    select(JointRound.number).join(JointTeam, JointTeam.joint_id == JointRound.id).where(JointTeam.round_id == AssessmentRound.id)
    .correlate(AssessmentRound).scalar_subquery()
)
LEADS_RUN = select(Organisation.leads_run_rounds).where(Organisation.id == ONLY).scalar_subquery()
ZONE = select(Organisation.time_zone).where(Organisation.id == ONLY).scalar_subquery()


@dataclass(frozen=True)
class Place:
    """A round with its team, my own invitation to it, and whether I run it. `joint` is the number of the joint round it is part of.

    `zone` is the time zone of the organisation, `theirs` that of the person who asks."""

    round: AssessmentRound
    team: Team
    mine: Invitation | None
    runs_it: bool
    sees_people: bool
    sees_results: bool
    zone: str
    tabs: tuple[tuple[str, str, bool], ...]
    joint: int | None = None
    theirs: str = "UTC"
    is_guest: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether answers are stored without names."""
        return self.round.mode == "anonymous"

    @property
    def shows_results_in(self) -> tuple[str, ...]:
        """The states in which there is a result: an anonymous round that is closed only waits for it."""
        return ("published",) if self.is_anonymous else ("closed", "published")

    @property
    def votes_now(self) -> bool:
        """Whether it is a workshop that is going on: answers are given as votes there, and on no other page."""
        return self.round.is_workshop and self.round.state == "open"

    @property
    def here(self) -> str:
        """The address of the round."""
        return f"/teams/{self.team.slug}/rounds/{self.round.number}/"

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way from the teams to this round; somebody from outside the team starts at the round, a guest sees its questions alone."""
        if self.is_guest:
            return []
        way = [(self.team.name, f"/teams/{self.team.slug}/"), ("Rounds", f"/teams/{self.team.slug}/rounds/")] if self.tabs else []
        return [*way, (self.name, self.here)]

    @property
    def name(self) -> str:
        """'Round 2'."""
        return f"Round {self.round.number}"

    @property
    def is_over(self) -> bool:
        """Closed with a result, or cancelled."""
        return self.round.state in ("closed", "published", "cancelled")

    def is_late(self, now: datetime) -> bool:
        """Whether the closing day has passed."""
        return not takes_answers(self.round.closes_on, self.zone, now)

    @property
    def elsewhere(self) -> str:
        """The last minute of the closing day on my own clock; '' where that is 23:59 of the day itself."""
        return elsewhere(self.round.closes_on, self.zone, self.theirs)

    def as_rule(self, invited: int = 0, submitted: int = 0, settled: int = 0) -> rules.Round:
        """The round as the rules see it."""
        state: rules.RoundState = self.round.state  # type: ignore[assignment]
        mode: rules.Mode = "anonymous" if self.is_anonymous else "named"
        return rules.Round(state, mode, self.round.min_group, invited, submitted, settled)

    def model(self) -> Questionnaire:
        """The questionnaire of the round. Raises OutOfOrder when it has been taken out of the content."""
        found = model_of(self.round)
        if found is None:
            raise OutOfOrder("The questions of this round are no longer installed. Ask your administrator to put the model back.")
        return found


def place(session: Session, me: Me, slug: str, number: int, lock: bool = False) -> Place:
    """The round at /teams/<slug>/rounds/<number>/, or NotVisible; one statement. With *lock* nobody else changes it meanwhile."""
    return read_place(me, session.execute(round_at(me, lock), {"slug": slug, "number": number}).one_or_none())


def read_place(me: Me, row: Row[*tuple[Any, ...]] | None) -> Place:
    """The place a row of `round_at` tells of; NotVisible where there is none."""
    if row is None:
        raise NotVisible
    round_, team, mine, leads_run, zone, joint = row[:6]
    is_inside = me.is_pmo_lead or team.id in me.teams
    return Place(
        round_, team, mine, joint is None and may_run(me, team, leads_run), me.is_pmo_lead or me.leads_team(team.id), can(me, "see results", round_),
        zone or "UTC", team_tabs(team, "rounds", me) if is_inside else (), joint, me.time_zone, bool(me.guest_of),
    )


@built_once
def round_at(me: Me, lock: bool = False) -> Select[*tuple[Any, ...]]:
    """The round of :slug with :number that I may see, with all a Place needs; columns may be added."""
    statement = (
        visible(me, AssessmentRound)
        .join(Team, Team.id == AssessmentRound.team_id)
        .outerjoin(MINE, and_(MINE.round_id == AssessmentRound.id, MINE.person_id == me.person_id))
        .add_columns(Team, MINE, LEADS_RUN, ZONE, JOINT)
        .where(Team.slug == bindparam("slug"), AssessmentRound.number == bindparam("number"))
    )
    return statement.with_for_update(of=AssessmentRound) if lock else statement


def may_run(me: Me, team: Team, leads_run: bool | None) -> bool:
    """PMO leads run every round; a lead runs those of the own team unless the organisation says otherwise."""
    return me.is_pmo_lead or (can(me, "run round", team) and leads_run is not False)


def team_place(session: Session, me: Me, slug: str, lock: bool = False) -> tuple[Team, bool]:
    """A team I belong to (or oversee) and whether I run its rounds."""
    team = fetch(session, me, Team, Team.slug == slug, lock=lock)
    return team, me.is_pmo_lead or may_run(me, team, session.scalar(select(LEADS_RUN)))
