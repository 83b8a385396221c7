"""Who may do what: the person asking, the policies of routes, and the two questions `can` and `visible`.

A route without exactly one policy stops the site from starting. What a person may see of which row is decided here
and nowhere else; queries and actions ask `visible()` for rows and `can()` for deeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask
from flask_login import UserMixin, current_user
from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.db import built_once
from app.errors import Forbidden, NotVisible
from app.models import (
    ActionNote,
    AssessmentRound,
    Attachment,
    Base,
    CalendarFeed,
    CourseAssignment,
    Event,
    ExtraTime,
    FollowUp,
    Goal,
    Guest,
    HandedInExercise,
    Invitation,
    IssuedCertificate,
    Job,
    JointRound,
    JointTeam,
    KeptText,
    KpiTarget,
    KpiValue,
    LessonBookmark,
    LessonNote,
    LessonPost,
    Meeting,
    MeetingNote,
    Membership,
    MentorProfile,
    OutboxMessage,
    OutsideCertificate,
    Pairing,
    Person,
    PlanChange,
    PlannedAction,
    ReminderChoice,
    ReviewCard,
    ReviewRating,
    SavedRoadmap,
    SignIn,
    SkillEvidence,
    SkillRating,
    Team,
    TrackedIssue,
    TrackerProject,
)

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Me(UserMixin):
    """The person who asks, as of this request: one row read, nothing cached between requests.

    `guest_of` is the round somebody without an account was asked in by link, 0 for everybody else: a guest answers that
    round and opens no other page."""

    person_id: int
    name: str
    email: str
    time_zone: str
    role_profile: str | None = None
    is_admin: bool = False
    is_pmo_lead: bool = False
    is_mentor: bool = False
    is_demo: bool = False
    uses_keys: bool = True
    teams: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    key: str = field(default="", repr=False)
    sign_in_id: int = 0
    guest_of: int = 0

    def get_id(self) -> str:
        """What the cookie keeps: the random key of the sign-in, never the person."""
        return self.key

    def leads_team(self, team_id: int) -> bool:
        """Lead of this very team."""
        return team_id in self.leads


@dataclass(frozen=True)
class Policy:
    """What a route asks of the person before anything else runs."""

    name: str
    allows: Callable[[Me | None], bool]


POLICIES = {
    policy.name: policy
    for policy in (
        Policy("public", lambda me: True),
        Policy("signed in", lambda me: me is not None and not me.guest_of),
        Policy("signed in or guest", lambda me: me is not None),
        Policy("admin", lambda me: me is not None and me.is_admin),
        Policy("pmo lead", lambda me: me is not None and me.is_pmo_lead),
        Policy("admin or pmo lead", lambda me: me is not None and (me.is_admin or me.is_pmo_lead)),
        Policy("lead or pmo lead", lambda me: me is not None and (me.is_pmo_lead or bool(me.leads))),
        Policy("admin or demo", lambda me: me is not None and (me.is_admin or me.is_demo)),
    )
}


def policy(name: str) -> Callable[[View], View]:
    """Mark a view with its policy: `@policy("signed in")`. Exactly one a view."""

    def mark(view: View) -> View:
        if hasattr(view, "policy"):
            raise RuntimeError(f"{view.__name__} has two policies")
        view.policy = POLICIES[name]  # type: ignore[attr-defined]
        return view

    return mark


def policy_of(app: Flask, endpoint: str) -> Policy:
    """The policy of a route."""
    found: Policy = getattr(app.view_functions[endpoint], "policy")  # noqa: B009
    return found


def check_policies(app: Flask) -> None:
    """Refuse to start with a route that nobody has decided about."""
    bare = sorted({r.endpoint for r in app.url_map.iter_rules() if not hasattr(app.view_functions[r.endpoint], "policy")})
    if bare:
        raise RuntimeError(f"routes without a policy: {', '.join(bare)}")


def me() -> Me:
    """The person who asks; views behind a policy other than public may rely on it."""
    person: Me = current_user._get_current_object()
    return person


def anybody() -> Me | None:
    """The person who asks, guests of a round included, or None on a public page opened signed out."""
    return me() if current_user.is_authenticated else None


def me_or_nobody() -> Me | None:
    """The person who asks, or None for somebody without an account: signed out, or the guest of a round."""
    asking = anybody()
    return None if asking is None or asking.guest_of else asking


@built_once
def visible(asking: Me, record: type[Base]) -> Select[Any]:
    """A select of the rows of *record* that this person may see; extend it with your own where and order."""
    return select(record).where(seen(asking, record))


def fetch(session: Session, asking: Me, record: type[Base], *conditions: ColumnElement[bool], lock: bool = False) -> Any:
    """The one visible row that fits, or NotVisible. With *lock* nobody else changes it until this request is settled."""
    statement = visible(asking, record).where(*conditions)
    row = session.scalars(statement.with_for_update(of=record) if lock else statement).one_or_none()
    if row is None:
        raise NotVisible
    return row


def seen(asking: Me, record: type[Base]) -> ColumnElement[bool]:
    """The condition of `visible`, for a statement that joins *record* to another."""
    rule = SEEN.get(record)
    if rule is None:
        raise RuntimeError(f"nobody has decided who sees {record.__name__}")
    return rule(asking)


def _own_teams(asking: Me) -> ColumnElement[bool]:
    return true() if asking.is_pmo_lead else Team.id.in_(asking.teams)


def _rounds(asking: Me) -> ColumnElement[bool]:
    if asking.is_pmo_lead:
        return true()
    invited = select(Invitation.round_id).where(Invitation.person_id == asking.person_id)
    return or_(
        AssessmentRound.team_id.in_(asking.leads),
        and_(AssessmentRound.id.in_(invited), AssessmentRound.state.in_(("open", "closed", "published"))),
    )


def with_account() -> ColumnElement[bool]:
    """The people who have or had an account: guests of a round stand in no list, search or export of people."""
    return Person.id.not_in(select(Guest.person_id))


def _joint_rounds(asking: Me) -> ColumnElement[bool]:
    """PMO leads run them; leads read what is published for the organisation, those invited where it is shared (condition 17)."""
    if asking.is_pmo_lead:
        return true()
    is_published = JointRound.state == "published"
    if asking.leads:
        return is_published
    asked = select(JointTeam.joint_id).join(Invitation, Invitation.round_id == JointTeam.round_id).where(Invitation.person_id == asking.person_id)
    return and_(is_published, JointRound.shared_with_participants, JointRound.id.in_(asked))


def _roadmaps(asking: Me) -> ColumnElement[bool]:
    return true() if asking.is_pmo_lead else SavedRoadmap.team_id.in_(asking.teams)


def _planned_actions(asking: Me) -> ColumnElement[bool]:
    return PlannedAction.roadmap_id.in_(select(SavedRoadmap.id).where(_roadmaps(asking)))


def _tracker_projects(asking: Me) -> ColumnElement[bool]:
    return true() if asking.is_pmo_lead else TrackerProject.team_id.in_(asking.teams)


def _people_i_lead(asking: Me) -> Select[Any]:
    return select(Membership.person_id).where(Membership.team_id.in_(asking.leads))


def skills_seen(asking: Me, person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whose ratings and evidence may be read: one's own, those of people one leads, of mentees who share, of everybody as PMO lead."""
    if asking.is_pmo_lead:
        return true()
    sharing = select(Person.id).where(Person.shares_progress, Person.id.in_(_mentees(asking)))
    return or_(person_id == asking.person_id, person_id.in_(_people_i_lead(asking)), person_id.in_(sharing))


def _exercises(asking: Me) -> ColumnElement[bool]:
    """What somebody hands in is between them and the reviewer they chose; nobody else reads it, PMO leads included."""
    asked = and_(HandedInExercise.reviewer_id == asking.person_id, HandedInExercise.state != "taken back")
    return or_(HandedInExercise.person_id == asking.person_id, asked)


def _attachments(asking: Me) -> ColumnElement[bool]:
    """Whoever may read the thing reads what hangs on it. Evidence of answers is for those who read the comments of the round."""
    over = AssessmentRound.state.in_(("closed", "published"))
    read = true() if asking.is_pmo_lead else AssessmentRound.team_id.in_(asking.leads)
    results = true() if asking.is_pmo_lead else or_(AssessmentRound.team_id.in_(asking.leads), AssessmentRound.shared_with_participants)
    answers = (
        select(Invitation.id).join(AssessmentRound, AssessmentRound.id == Invitation.round_id)
        .where(AssessmentRound.mode == "named", or_(Invitation.person_id == asking.person_id, and_(read, over, Invitation.state == "submitted")))
    )
    return or_(
        Attachment.planned_action_id.in_(select(PlannedAction.id).where(_planned_actions(asking))),
        Attachment.invitation_id.in_(answers),
        Attachment.round_id.in_(select(AssessmentRound.id).where(_rounds(asking), AssessmentRound.mode == "named", over, results)),
        Attachment.exercise_id.in_(select(HandedInExercise.id).where(_exercises(asking))),
        Attachment.outside_certificate_id.in_(select(OutsideCertificate.id).where(skills_seen(asking, OutsideCertificate.person_id))),
    )


def _mentees(asking: Me) -> Select[Any]:
    return select(Pairing.mentee_id).where(Pairing.mentor_id == asking.person_id, Pairing.state == "active")


def _certificates(asking: Me) -> ColumnElement[bool]:
    """One's own, those of people one leads, and all for those who may withdraw them."""
    if asking.is_pmo_lead or asking.is_admin:
        return true()
    return or_(IssuedCertificate.person_id == asking.person_id, IssuedCertificate.person_id.in_(_people_i_lead(asking)))


def _pairings(asking: Me) -> ColumnElement[bool]:
    """That a pairing exists: the two, the PMO lead, and the mentee's lead where the mentee wants it known (condition 20)."""
    if asking.is_pmo_lead:
        return true()
    told = and_(Pairing.shown_to_lead, Pairing.state == "active", Pairing.mentee_id.in_(_people_i_lead(asking)))
    return or_(own_pairing(asking), told)


def own_pairing(asking: Me) -> ColumnElement[bool]:
    """I am one of the two: what is agreed, planned and written in a pairing is theirs alone."""
    return or_(Pairing.mentor_id == asking.person_id, Pairing.mentee_id == asking.person_id)


def _inside_pairings(asking: Me) -> Select[Any]:
    return select(Pairing.id).where(own_pairing(asking))


def _own_meetings(asking: Me) -> Select[Any]:
    return select(Meeting.id).where(Meeting.pairing_id.in_(_inside_pairings(asking)))


def _notes(asking: Me) -> ColumnElement[bool]:
    """A private note has one reader, its author; a shared one has the two of the pairing (conditions 21 and 23)."""
    return or_(
        MeetingNote.author_id == asking.person_id,
        and_(MeetingNote.kind == "shared", MeetingNote.meeting_id.in_(_own_meetings(asking))),
    )


def _mentor_profiles(asking: Me) -> ColumnElement[bool]:
    """One's own card, the approved ones of open accounts, and for PMO leads all that were ever published."""
    if asking.is_pmo_lead:
        return or_(MentorProfile.person_id == asking.person_id, MentorProfile.state != "draft")
    open_accounts = select(Person.id).where(Person.disabled_at.is_(None))
    offered = and_(MentorProfile.approved_at.is_not(None), MentorProfile.state.in_(("published", "paused")))
    return or_(MentorProfile.person_id == asking.person_id, and_(offered, MentorProfile.person_id.in_(open_accounts)))


def assigned_to(asking: Me) -> ColumnElement[bool]:
    """Courses I am asked to complete: for me, for a team of mine, or for everybody."""
    for_all = and_(CourseAssignment.person_id.is_(None), CourseAssignment.team_id.is_(None))
    return or_(CourseAssignment.person_id == asking.person_id, CourseAssignment.team_id.in_(asking.teams), for_all)


def assignments_led(asking: Me) -> ColumnElement[bool]:
    """Courses asked of people I lead: how those people stand is for me to see, at course level (condition 7)."""
    if asking.is_pmo_lead:
        return true()
    if not asking.leads:
        return false()
    for_all = and_(CourseAssignment.person_id.is_(None), CourseAssignment.team_id.is_(None))
    return or_(CourseAssignment.person_id.in_(_people_i_lead(asking)), CourseAssignment.team_id.in_(asking.leads), for_all)


def _keeps_assignment(asking: Me, one: CourseAssignment) -> bool:
    """PMO leads change every one; leads those of their team and its people, unless a PMO lead asked for it."""
    if asking.is_pmo_lead or one.by_office:
        return asking.is_pmo_lead
    if one.team_id is not None:
        return asking.leads_team(one.team_id)
    return one.person is not None and any(m.team_id in asking.leads for m in one.person.memberships)


def looks_after_lessons(asking: Me) -> bool:
    """Administrators and PMO leads bring courses in and change them: they answer for what stands below a lesson."""
    return asking.is_pmo_lead or asking.is_admin


def _posts(asking: Me) -> ColumnElement[bool]:
    """What stands in the discussion of a lesson that is open to me. What was hidden, with the answers to it, is for those who wrote it
    and those who look after the lessons."""
    if looks_after_lessons(asking):
        return true()
    question = aliased(LessonPost)
    away = select(question.id).where(question.hidden_at.is_not(None), question.person_id != asking.person_id)
    return and_(
        or_(LessonPost.hidden_at.is_(None), LessonPost.person_id == asking.person_id),
        or_(LessonPost.question_id.is_(None), LessonPost.question_id.not_in(away)),
    )


PROGRAMME = ("post", "team", "programme", "joint round", "round", "roadmap", "action", "assignment", "certificate", "mentor profile", "pairing")


def _events(asking: Me) -> ColumnElement[bool]:
    """The audit log: administrators read all of it, PMO leads what happened in the programme, everybody their own."""
    if asking.is_admin:
        return true()
    own = or_(Event.person_id == asking.person_id, Event.subject_id == asking.person_id)
    return or_(own, Event.thing.in_(PROGRAMME)) if asking.is_pmo_lead else own


SEEN: dict[type[Base], Callable[[Me], ColumnElement[bool]]] = {
    Person: lambda asking: with_account(),
    Team: _own_teams,
    AssessmentRound: _rounds,
    JointRound: _joint_rounds,
    SavedRoadmap: _roadmaps,
    PlannedAction: _planned_actions,
    ActionNote: lambda asking: ActionNote.planned_action_id.in_(select(PlannedAction.id).where(_planned_actions(asking))),
    PlanChange: lambda asking: PlanChange.roadmap_id.in_(select(SavedRoadmap.id).where(_roadmaps(asking))),
    TrackerProject: _tracker_projects,
    TrackedIssue: lambda asking: TrackedIssue.tracker_project_id.in_(select(TrackerProject.id).where(_tracker_projects(asking))),
    KpiValue: lambda asking: true() if asking.is_pmo_lead else KpiValue.team_id.in_(asking.teams),
    KpiTarget: lambda asking: true() if asking.is_pmo_lead else KpiTarget.team_id.in_(asking.teams),
    SkillRating: lambda asking: skills_seen(asking, SkillRating.person_id),
    SkillEvidence: lambda asking: skills_seen(asking, SkillEvidence.person_id),
    IssuedCertificate: _certificates,
    Attachment: _attachments,
    HandedInExercise: _exercises,
    OutsideCertificate: lambda asking: skills_seen(asking, OutsideCertificate.person_id),
    Pairing: _pairings,
    Goal: lambda asking: Goal.pairing_id.in_(_inside_pairings(asking)),
    Meeting: lambda asking: Meeting.pairing_id.in_(_inside_pairings(asking)),
    FollowUp: lambda asking: FollowUp.meeting_id.in_(_own_meetings(asking)),
    MeetingNote: _notes,
    MentorProfile: _mentor_profiles,
    Membership: lambda asking: true() if asking.is_pmo_lead or asking.is_admin else Membership.team_id.in_(asking.teams),
    Event: _events,
    CourseAssignment: lambda asking: or_(assigned_to(asking), assignments_led(asking)),
    ExtraTime: lambda asking: true() if asking.is_pmo_lead else ExtraTime.person_id == asking.person_id,
    CalendarFeed: lambda asking: CalendarFeed.person_id == asking.person_id,
    ReminderChoice: lambda asking: ReminderChoice.person_id == asking.person_id,
    SignIn: lambda asking: SignIn.person_id == asking.person_id,
    KeptText: lambda asking: KeptText.person_id == asking.person_id,
    LessonNote: lambda asking: LessonNote.person_id == asking.person_id,
    LessonPost: _posts,
    LessonBookmark: lambda asking: LessonBookmark.person_id == asking.person_id,
    ReviewCard: lambda asking: ReviewCard.person_id == asking.person_id,
    ReviewRating: lambda asking: ReviewRating.person_id == asking.person_id,
    OutboxMessage: lambda asking: true() if asking.is_admin else false(),
    Job: lambda asking: true() if asking.is_admin else false(),
    Base: lambda asking: false(),
}

DEEDS: dict[str, Callable[[Me, Any], bool]] = {
    "withdraw certificate": lambda asking, held: (asking.is_pmo_lead or asking.is_admin) and held.person_id != asking.person_id,
    "run round": lambda asking, team: asking.is_pmo_lead or asking.leads_team(team.id),
    "see answers": lambda asking, round_: round_.mode == "named" and (asking.is_pmo_lead or (asking.leads_team(round_.team_id) and round_.answers_shown_to_lead)),
    "see results": lambda asking, round_: not asking.guest_of and (asking.is_pmo_lead or asking.leads_team(round_.team_id) or round_.shared_with_participants),
    "plan roadmap": lambda asking, team: asking.is_pmo_lead or asking.leads_team(team.id),
    "lead action": lambda asking, team: asking.is_pmo_lead or asking.leads_team(team.id),
    "carry out action": lambda asking, action: asking.is_pmo_lead or asking.leads_team(action.roadmap.team_id) or action.owner_id == asking.person_id,
    "record kpi": lambda asking, team: asking.is_pmo_lead or asking.leads_team(team.id),
    "assess skills": lambda asking, person: person.id != asking.person_id and (asking.is_pmo_lead or any(m.team_id in asking.leads for m in person.memberships)),
    "set role": lambda asking, person: person.id != asking.person_id and (asking.is_pmo_lead or asking.is_admin or any(m.team_id in asking.leads for m in person.memberships)),
    "assign course to team": lambda asking, team: asking.is_pmo_lead or asking.leads_team(team.id),
    "assign course to person": lambda asking, person: asking.is_pmo_lead or any(m.team_id in asking.leads for m in person.memberships),
    "assign course to everybody": lambda asking, organisation: asking.is_pmo_lead,
    "keep assignment": _keeps_assignment,
    "see extra time": lambda asking, person: asking.is_pmo_lead or person.id == asking.person_id,
    "give extra time": lambda asking, person: asking.is_pmo_lead and person.id != asking.person_id,
    "approve mentor": lambda asking, profile: asking.is_pmo_lead and profile.person_id != asking.person_id,
    "read discussion": lambda asking, lesson: looks_after_lessons(asking) or lesson.state != "locked",
    "open team": lambda asking, team: asking.is_pmo_lead or asking.is_admin or team.id in asking.teams,
    "edit team": lambda asking, team: asking.is_pmo_lead or asking.is_admin,
    "set targets": lambda asking, team: asking.is_pmo_lead,
    "set capacity": lambda asking, team: asking.is_pmo_lead or asking.is_admin or asking.leads_team(team.id),
    "change members": lambda asking, team: asking.is_pmo_lead or asking.is_admin or asking.leads_team(team.id),
    "appoint lead": lambda asking, team: asking.is_pmo_lead or asking.is_admin,
}


def can(asking: Me, deed: str, thing: Any) -> bool:
    """Whether this person may do *deed* to *thing* (a record)."""
    return DEEDS[deed](asking, thing)


def demand(asking: Me, deed: str, thing: Any, sentence: str) -> None:
    """Raise Forbidden with *sentence* (it says who may) unless this person may do *deed* to *thing*."""
    if not can(asking, deed, thing):
        raise Forbidden(sentence)
