"""The rounds of a team, one round, and the pages that set it up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from app.access import Me, visible
from app.content import library
from app.errors import Forbidden, OutOfOrder
from app.maturity.queries.handing_on import colleagues
from app.maturity.queries.place import JOINTLY, WHO_RUNS, Place, place, team_place
from app.maturity.queries.promises import comment_readers, promises
from app.maturity.queries.response import response_words
from app.models import (
    AgreedLevel,
    AssessmentRound,
    Guest,
    HandedOn,
    Invitation,
    InvitationLetter,
    Person,
    PublishedResult,
    RecordedAnswer,
    Team,
)
from app.records.results import model_of
from app.records.teams import level_name, results_seen, team_tabs
from app.ui.paging import Paging, paging
from assessments import rounds as rules
from assessments.errors import RoundRuleBroken

STATE_WORDS = {"draft": "Draft", "open": "Open", "closed": "Closed", "published": "Published", "cancelled": "Cancelled"}
STATE_SIGNS = {"draft": ("line", ""), "open": ("now", "half"), "closed": ("good", "tick"), "published": ("good", "tick"), "cancelled": ("", "cross")}
SHEET_WORDS = {"invited": "Invited", "started": "Started", "submitted": "Submitted"}
SHEET_SIGNS = {"invited": ("", "open"), "started": ("now", "half"), "submitted": ("good", "tick")}
BEFORE = aliased(Person)
GROUP_WORDS = {"office": "PMO office", "users": "Users of the PMO"}


@dataclass(frozen=True)
class RoundLine:
    """A round in the list; index and level only where I may read the result."""

    name: str
    href: str
    number: int
    state: tuple[str, str, str]
    when: datetime | None
    closes_on: date | None
    index: float | None
    staged: int | None
    level_name: str
    people: str


@dataclass(frozen=True)
class RoundsPage:
    """The rounds of a team, newest first."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    runs_rounds: bool
    rounds: tuple[RoundLine, ...]
    paging: Paging


def rounds_page(session: Session, me: Me, *, slug: str, wanted: str) -> RoundsPage:
    """The rounds I may know of; three statements."""
    team, runs_it = team_place(session, me, slug)
    mine = visible(me, AssessmentRound).where(AssessmentRound.team_id == team.id)
    pages = paging(wanted, session.scalar(select(func.count()).select_from(mine.subquery())) or 0, f"/teams/{slug}/rounds/")
    sent = select(func.count()).where(Invitation.round_id == AssessmentRound.id)
    rows = session.execute(
        mine.outerjoin(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
        .add_columns(
            PublishedResult.overall_index, PublishedResult.staged, PublishedResult.respondents, PublishedResult.invited,
            case((results_seen(me), True), else_=False),
            sent.correlate(AssessmentRound).scalar_subquery(),
            sent.where(Invitation.state == "submitted").correlate(AssessmentRound).scalar_subquery(),
        )
        .order_by(AssessmentRound.number.desc())
        .limit(pages.size)
        .offset(pages.first_row)
    ).all()
    sees_people = me.is_pmo_lead or me.leads_team(team.id)
    lines = tuple(_line(slug, sees_people, *row) for row in rows)
    return RoundsPage(team, team_tabs(team, "rounds", me), runs_it, lines, pages)


def _line(
    slug: str, sees_people: bool, round_: AssessmentRound, index: float | None, staged: int | None, respondents: int | None,
    invited: int | None, is_shown: bool, asked: int, answered: int,
) -> RoundLine:
    if respondents is not None:
        people = f"{respondents} of {invited}" if is_shown else ""
    else:
        is_told = sees_people and round_.state == "open" and round_.mode == "named"
        people = f"{answered} of {asked} so far" if is_told else ""
    return RoundLine(
        round_.title or f"Round {round_.number}", f"/teams/{slug}/rounds/{round_.number}/", round_.number,
        (STATE_WORDS[round_.state], *STATE_SIGNS[round_.state]), round_.closed_at, round_.closes_on,
        index if is_shown else None, staged if is_shown else None, level_name(round_.model_id, staged) if is_shown else "", people,
    )


@dataclass(frozen=True)
class Asked:
    """Somebody on the list of a round. There is no state in an anonymous round: nobody learns who has answered.

    `guest` is '' for somebody with an account, else 'linked' or, once the link was taken away, 'revoked'."""

    id: int
    name: str
    role: str
    group: str
    state: tuple[str, str, str] | None
    since: datetime | None
    is_me: bool
    may_go: bool
    written_at: datetime | None = None
    guest: str = ""
    handed_on_by: str = ""


@dataclass(frozen=True)
class RoundPage:
    """One round: what it is for, who is asked, and what can be done now."""

    place: Place
    state: tuple[str, str, str]
    model: str
    type_name: str
    size: str
    promises: tuple[str, ...]
    people: tuple[Asked, ...]
    response: str
    steps: tuple[rules.RoundStep, ...]
    is_late: bool
    mine: str
    answered: int
    total: int
    onward: tuple[str, str] | None
    written_at: datetime | None
    reminds: str


def round_page(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> RoundPage:
    """The page of a round; four statements at most."""
    here = place(session, me, slug, number)
    people = _people(session, me, here) if here.sees_people else ()
    submitted = sum(person.state is not None and person.state[0] == "Submitted" for person in people)
    counted = here.round.min_group if here.is_anonymous else submitted  # whether there are enough is told by closing alone
    is_told = here.sees_people and here.is_anonymous and here.round.state == "open"
    model = model_of(here.round)
    items = [item.id for item in model.items] if model else []
    answered = _answered(session, here.mine.id, items) if here.mine and here.mine.state != "submitted" else len(items)
    kind = model.types.get(here.round.pmo_type) if model else None
    return RoundPage(
        place=here, state=(STATE_WORDS[here.round.state], *STATE_SIGNS[here.round.state]),
        model=model.title if model else here.round.model_id, type_name=kind.name if kind else "",
        size=f"{len(items)} statements, {round(len(items) * 0.45) or 1} minutes" if model else "",
        promises=promises(here.round, here.team, here.joint), people=people,
        response=response_words(session, here, now) if is_told else "" if here.is_anonymous else _so_far(here, people, submitted),
        steps=rules.steps_open_to(here.as_rule(len(people), counted, int(here.round.is_workshop)), runs_it=here.runs_it),
        is_late=here.round.state == "open" and here.is_late(now), mine=here.mine.state if here.mine else "",
        answered=answered, total=len(items), onward=_onward(here, answered, now),
        written_at=max((p.written_at for p in people if p.written_at), default=None), reminds=_reminds(here, people, submitted, now),
    )


def _so_far(here: Place, people: tuple[Asked, ...], submitted: int) -> str:
    """How many have handed in, or voted in a workshop that is going on."""
    if here.votes_now:
        return f"{sum(person.state is not None and person.state[0] != SHEET_WORDS['invited'] for person in people)} of {len(people)} have voted."
    return f"{submitted} of {len(people)} have submitted."


def _reminds(here: Place, people: tuple[Asked, ...], submitted: int, now: datetime) -> str:
    """The words on the button that reminds people; '' where there is nobody to remind, or nothing to answer now."""
    if not here.runs_it or here.round.state != "open" or here.round.is_workshop or here.is_late(now) or not people:
        return ""
    if here.is_anonymous:
        return "Remind everybody"
    return "" if submitted == len(people) else "Remind those who have not submitted"


def _onward(here: Place, answered: int, now: datetime) -> tuple[str, str] | None:
    """The main thing I can do: see the result, or answer."""
    if here.round.state in here.shows_results_in and here.sees_results:
        return "See the result", f"{here.here}results/"
    if here.round.is_workshop and here.round.state == "open" and here.runs_it:
        return "Go to the workshop", f"{here.here}workshop/"
    if here.mine is None or here.round.state != "open" or here.is_late(now):
        return None
    if here.round.is_workshop:
        return "Vote", f"{here.here}vote/"
    if here.mine.state == "submitted" and here.is_anonymous:
        return None
    if here.mine.state == "submitted":
        return "Your answers", f"{here.here}check/"
    return "Go on answering" if answered or here.mine.state == "started" else "Answer", f"{here.here}answer/"


def _answered(session: Session, invitation_id: int, items: list[str]) -> int:
    return session.scalar(
        select(func.count()).where(
            RecordedAnswer.invitation_id == invitation_id, RecordedAnswer.value != "", RecordedAnswer.item_id.in_(items)
        )
    ) or 0


def _people(session: Session, me: Me, here: Place) -> tuple[Asked, ...]:
    rows = session.execute(
        select(
            Invitation.id, Invitation.role, Invitation.group, Invitation.state, Invitation.started_at, Invitation.submitted_at,
            Invitation.person_id, Person.name, InvitationLetter.last_at,
            Guest.person_id.label("guest"), Guest.revoked_at, BEFORE.name.label("handed_on_by"),
        )
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(InvitationLetter, InvitationLetter.invitation_id == Invitation.id)
        .outerjoin(Guest, Guest.person_id == Person.id)
        .outerjoin(HandedOn, HandedOn.invitation_id == Invitation.id).outerjoin(BEFORE, BEFORE.id == HandedOn.from_id)
        .where(Invitation.round_id == here.round.id)
        .order_by(func.lower(Person.name), Invitation.id)
    ).all()
    takes_people = here.runs_it and here.round.state in (("draft",) if here.is_anonymous else ("draft", "open"))
    return tuple(
        Asked(
            row.id, row.name, row.role, GROUP_WORDS.get(row.group, row.group),
            None if here.is_anonymous else _sheet_tag(row.state, here.is_over),
            row.submitted_at or row.started_at, row.person_id == me.person_id, takes_people and row.state == "invited", row.last_at,
            "" if row.guest is None else "revoked" if row.revoked_at else "linked", row.handed_on_by or "",
        )
        for row in rows
    )


def _sheet_tag(state: str, is_over: bool) -> tuple[str, str, str]:
    """What has become of a sheet; nobody is still invited to a round that is over."""
    if is_over and state != "submitted":
        return ("Not submitted" if state == "started" else "Not answered", "", "open")
    return (SHEET_WORDS[state], *SHEET_SIGNS[state])


@dataclass(frozen=True)
class SetUpPage:
    """What the form of a round offers."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    models: list[tuple[str, str]]
    types: list[tuple[str, str]]
    min_group: int = 5
    place: Place | None = None


def new_page(session: Session, me: Me, *, slug: str, min_group: int) -> SetUpPage:
    """The empty form of a round; *min_group* is what this installation starts with. Forbidden for members who do not run rounds."""
    team, runs_it = team_place(session, me, slug)
    if not runs_it:
        raise Forbidden(WHO_RUNS)
    return SetUpPage(team, team_tabs(team, "rounds", me), *_offers(), min_group)


def edit_page(session: Session, me: Me, *, slug: str, number: int) -> SetUpPage:
    """The form of a draft."""
    here = place(session, me, slug, number)
    if not here.runs_it:
        raise Forbidden(WHO_RUNS)
    if here.round.state != "draft":
        raise OutOfOrder("Only a draft can be changed. Of an open round you can move the closing day.")
    return SetUpPage(here.team, here.tabs, *_offers(), here.round.min_group, here)


def first_values(page: SetUpPage) -> dict[str, object]:
    """What the empty form starts with: the type of the team, everything open to those who take part."""
    return {"model_id": page.models[0][0] if page.models else "", "pmo_type": page.team.pmo_type, "mode": "named", "asked": "whole", "min_group": page.min_group, "answers_shown_to_lead": "yes", "shared": "yes"}


def stored_values(page: SetUpPage) -> dict[str, object]:
    """What the form of a draft starts with."""
    if page.place is None:
        return {}
    round_ = page.place.round
    return {
        "version": round_.version, "title": round_.title, "purpose": round_.purpose, "model_id": round_.model_id, "pmo_type": round_.pmo_type,
        "closes_on": round_.closes_on, "mode": "workshop" if round_.is_workshop else round_.mode, "asked": "by level" if round_.by_level else "whole", "min_group": round_.min_group, "answers_shown_to_lead": "yes" if round_.answers_shown_to_lead else "no",
        "shared": "yes" if round_.shared_with_participants else "no",
    }


def _offers() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Models with levels, and the types they know."""
    models = [model for model in library().questionnaires.values() if model.scale == "levels"]
    types = {kind.id: kind.name for model in models for kind in model.types.values()}
    return [(model.id, f"{model.title}, {len(model.items)} statements") for model in models], list(types.items())


@dataclass(frozen=True)
class InvitePage:
    """Whom a round can ask."""

    place: Place
    members: list[tuple[str, str]]
    comment_readers: str


def invite_page(session: Session, me: Me, *, slug: str, number: int) -> InvitePage:
    """Members of the team who are not invited yet, by name; two statements."""
    here = place(session, me, slug, number)
    if not here.runs_it:
        raise Forbidden(JOINTLY if here.joint else WHO_RUNS)
    if here.is_anonymous and here.round.state == "open":
        raise OutOfOrder("The list of invited people is fixed while an anonymous round is open.")
    if here.round.state not in ("draft", "open"):
        raise OutOfOrder("This round takes no more answers. Start a new one to invite people.")
    return InvitePage(here, colleagues(session, here), comment_readers(here.round, here.team))


@dataclass(frozen=True)
class StepPage:
    """What closing or cancelling does, before it is done. The counts are 0 in an anonymous round: nobody learns them."""

    place: Place
    invited: int
    submitted: int
    started: int
    response: str = ""
    settled: int = 0
    unsettled: int = 0


def step_page(session: Session, me: Me, *, slug: str, number: int, step: rules.RoundStep, now: datetime) -> StepPage:
    """The confirmation of a step that cannot be undone. OutOfOrder when the step is not open now."""
    here = place(session, me, slug, number)
    if not here.runs_it:
        raise Forbidden(JOINTLY if here.joint else WHO_RUNS)
    rows = session.execute(
        select(Invitation.state, func.count()).where(Invitation.round_id == here.round.id).group_by(Invitation.state)
    ).all()
    people = {row[0]: row[1] for row in rows}
    page = StepPage(here, sum(people.values()), people.get("submitted", 0), people.get("started", 0))
    settled = 0
    if here.round.is_workshop:
        settled = session.scalar(select(func.count()).where(AgreedLevel.round_id == here.round.id)) or 0
        page = replace(page, submitted=page.submitted + page.started, started=0, settled=settled, unsettled=len(here.model().items) - settled)
    counted = page.submitted
    if here.is_anonymous:
        counted = here.round.min_group
        page = StepPage(here, page.invited, 0, 0, response_words(session, here, now) if here.round.state == "open" else "")
    try:
        rules.move(here.as_rule(page.invited, counted, settled), step, runs_it=True)
    except RoundRuleBroken as no:
        raise OutOfOrder(str(no)) from None
    return page
