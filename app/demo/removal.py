"""Taking the demo away: everything of demo people and demo teams in order of dependence, and nothing else.

What a real person made inside a demo team goes with the team. What a demo person left in a real team goes too, except
for the thing itself: a real round, plan or action stays and only forgets its demo author or owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.maturity.publishing import PUBLISH
from app.maturity.solving import COMPARE, PLAN
from app.models import (
    ActionNote,
    AgreedLevel,
    AnonymousComment,
    AnonymousSheet,
    AssessmentRound,
    Attachment,
    AttemptAnswer,
    AutomaticReminder,
    Base,
    CalendarFeed,
    CertificateRenewal,
    CourseAssignment,
    CourseTry,
    DimensionResult,
    Enrolment,
    Event,
    ExtraTime,
    FailedSignIn,
    FollowUp,
    Goal,
    Guest,
    HandedInExercise,
    HandedOn,
    HelpedToo,
    IdempotencyKey,
    Invitation,
    InvitationLetter,
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
    LessonVisit,
    Meeting,
    MeetingNote,
    Membership,
    MentorProfile,
    OneTimeLink,
    Organisation,
    OutboxMessage,
    OutsideCertificate,
    Pairing,
    Person,
    PlanChange,
    PlannedAction,
    ProgrammeTeam,
    PublishedResult,
    QuizAttempt,
    RecordedAnswer,
    Reminder,
    ReminderChoice,
    RevealedItem,
    ReviewCard,
    ReviewRating,
    SavedRoadmap,
    SignIn,
    SkillEvidence,
    SkillRating,
    TargetChange,
    Team,
    TrackedIssue,
    TrackerProject,
    WorkshopPlace,
)
from app.models.chain import link_anew
from app.records.accounts import hashed

PEOPLE = select(Person.id).where(Person.is_demo)
TEAMS = select(Team.id).where(Team.is_demo)
ROUNDS = select(AssessmentRound.id).where(AssessmentRound.team_id.in_(TEAMS))
ROADMAPS = select(SavedRoadmap.id).where(SavedRoadmap.team_id.in_(TEAMS))
ACTIONS = select(PlannedAction.id).where(PlannedAction.roadmap_id.in_(ROADMAPS))
PAIRINGS = select(Pairing.id).where(or_(Pairing.mentor_id.in_(PEOPLE), Pairing.mentee_id.in_(PEOPLE)))
MEETINGS = select(Meeting.id).where(Meeting.pairing_id.in_(PAIRINGS))
QUESTIONS = select(LessonPost.id).where(LessonPost.person_id.in_(PEOPLE))
ATTEMPTS = select(QuizAttempt.id).where(QuizAttempt.person_id.in_(PEOPLE))
INVITATIONS = select(Invitation.id).where(or_(Invitation.round_id.in_(ROUNDS), Invitation.person_id.in_(PEOPLE)))
FORGOTTEN: tuple[InstrumentedAttribute[int | None], ...] = (
    AssessmentRound.created_by_id, JointRound.created_by_id, SavedRoadmap.created_by_id, SavedRoadmap.adopted_by_id, PlannedAction.owner_id,
    KpiValue.recorded_by_id, KpiTarget.set_by_id,
    CourseAssignment.assigned_by_id,
    OutsideCertificate.decided_by_id,
)


def has_demo(session: Session) -> bool:
    """Whether there is anything of a demo."""
    return bool(session.scalar(select(func.count()).select_from(Person).where(Person.is_demo))) or bool(
        session.scalar(select(func.count()).select_from(Team).where(Team.is_demo))
    )


def remove_demo(session: Session) -> int:
    """Take all rows of the demo away; how many there were. The organisation goes with them when nobody real is left."""
    accounts = [hashed(key) for key in session.scalars(select(Person.email_key).where(Person.is_demo))]
    removed = _gone(session, CourseAssignment, and_(
        CourseAssignment.assigned_by_id.in_(PEOPLE), CourseAssignment.person_id.is_(None), CourseAssignment.team_id.is_(None)
    ))
    for column in FORGOTTEN:
        session.execute(update(column.class_).where(column.in_(PEOPLE)).values({column: None}))
    session.execute(update(Event).where(Event.subject_id.in_(PEOPLE), Event.person_id.not_in(PEOPLE)).values(subject_id=None))
    removed += _gone(session, FailedSignIn, FailedSignIn.account.in_(accounts))
    for record, condition in _in_order():
        removed += _gone(session, record, condition)
    before = link_anew(session)
    if session.scalar(select(func.count()).select_from(Event)):
        session.add(Event(what="took the demo away", thing="organisation", thing_id="1", detail={"rows": removed, "last hash before": before}))
    if not session.scalar(select(func.count()).select_from(Person)):
        removed += _gone(session, Organisation, Organisation.id == 1)
    return removed


def _gone(session: Session, record: type[Base], condition: ColumnElement[bool]) -> int:
    done: Any = session.execute(delete(record).where(condition).execution_options(synchronize_session=False))
    return int(done.rowcount)


def _posts() -> ColumnElement[bool]:
    """What demo people wrote below lessons, and what anybody answered them."""
    return or_(LessonPost.person_id.in_(PEOPLE), LessonPost.question_id.in_(QUESTIONS))


def _in_order() -> Iterator[tuple[type[Base], ColumnElement[bool]]]:
    """Every table with the rows that go, those that refer to others first."""
    yield Job, and_(Job.kind.in_((PLAN, COMPARE)), Job.thing_id.in_(ROADMAPS))
    yield Event, or_(Event.person_id.in_(PEOPLE), Event.subject_id.in_(PEOPLE))
    yield IdempotencyKey, IdempotencyKey.person_id.in_(PEOPLE)
    yield Attachment, or_(Attachment.person_id.in_(PEOPLE), Attachment.team_id.in_(TEAMS), Attachment.planned_action_id.in_(ACTIONS))  # the worker sweeps the files away
    yield HandedInExercise, or_(HandedInExercise.person_id.in_(PEOPLE), HandedInExercise.reviewer_id.in_(PEOPLE))
    yield OutsideCertificate, OutsideCertificate.person_id.in_(PEOPLE)
    yield ActionNote, or_(ActionNote.planned_action_id.in_(ACTIONS), ActionNote.person_id.in_(PEOPLE))
    yield PlanChange, or_(PlanChange.roadmap_id.in_(ROADMAPS), PlanChange.person_id.in_(PEOPLE))
    yield PlannedAction, PlannedAction.roadmap_id.in_(ROADMAPS)
    yield SavedRoadmap, SavedRoadmap.team_id.in_(TEAMS)
    yield TrackedIssue, TrackedIssue.tracker_project_id.in_(select(TrackerProject.id).where(TrackerProject.team_id.in_(TEAMS)))
    yield TrackerProject, TrackerProject.team_id.in_(TEAMS)
    yield from ((record, record.team_id.in_(TEAMS)) for record in (KpiValue, KpiTarget))
    yield FollowUp, FollowUp.meeting_id.in_(MEETINGS)
    yield MeetingNote, MeetingNote.meeting_id.in_(MEETINGS)
    yield Meeting, Meeting.pairing_id.in_(PAIRINGS)
    yield Goal, Goal.pairing_id.in_(PAIRINGS)
    yield Pairing, or_(Pairing.mentor_id.in_(PEOPLE), Pairing.mentee_id.in_(PEOPLE))
    yield MentorProfile, MentorProfile.person_id.in_(PEOPLE)
    yield HelpedToo, or_(HelpedToo.person_id.in_(PEOPLE), HelpedToo.post_id.in_(select(LessonPost.id).where(_posts())))
    yield LessonPost, and_(LessonPost.question_id.is_not(None), _posts())
    yield LessonPost, LessonPost.person_id.in_(PEOPLE)
    yield AttemptAnswer, AttemptAnswer.attempt_id.in_(ATTEMPTS)
    yield from ((record, record.person_id.in_(PEOPLE)) for record in (ReviewRating, ReviewCard, LessonNote, LessonBookmark))
    yield from ((record, record.person_id.in_(PEOPLE)) for record in (QuizAttempt, LessonVisit, Enrolment, CourseTry, CertificateRenewal, IssuedCertificate))
    yield ExtraTime, or_(ExtraTime.person_id.in_(PEOPLE), ExtraTime.given_by_id.in_(PEOPLE))
    yield SkillRating, or_(SkillRating.person_id.in_(PEOPLE), SkillRating.rater_id.in_(PEOPLE))
    yield SkillEvidence, SkillEvidence.person_id.in_(PEOPLE)
    yield RecordedAnswer, RecordedAnswer.invitation_id.in_(INVITATIONS)
    yield HandedOn, or_(HandedOn.invitation_id.in_(INVITATIONS), HandedOn.from_id.in_(PEOPLE))
    yield Guest, or_(Guest.round_id.in_(ROUNDS), Guest.person_id.in_(PEOPLE))
    yield InvitationLetter, InvitationLetter.invitation_id.in_(INVITATIONS)
    yield AutomaticReminder, AutomaticReminder.round_id.in_(ROUNDS)
    yield Invitation, or_(Invitation.round_id.in_(ROUNDS), Invitation.person_id.in_(PEOPLE))
    yield from ((record, record.round_id.in_(ROUNDS)) for record in (AnonymousSheet, AnonymousComment, WorkshopPlace, RevealedItem))
    yield JointTeam, JointTeam.team_id.in_(TEAMS)
    yield JointRound, JointRound.id.not_in(select(JointTeam.joint_id))  # nobody is left in it
    yield Job, and_(Job.kind == PUBLISH, Job.thing_id.not_in(select(JointRound.id)))
    yield ProgrammeTeam, ProgrammeTeam.team_id.in_(TEAMS)
    yield TargetChange, or_(TargetChange.team_id.in_(TEAMS), TargetChange.person_id.in_(PEOPLE))
    yield AgreedLevel, or_(AgreedLevel.round_id.in_(ROUNDS), AgreedLevel.person_id.in_(PEOPLE))
    yield DimensionResult, DimensionResult.team_id.in_(TEAMS)
    yield PublishedResult, PublishedResult.team_id.in_(TEAMS)
    yield AssessmentRound, AssessmentRound.team_id.in_(TEAMS)
    yield CourseAssignment, or_(CourseAssignment.team_id.in_(TEAMS), CourseAssignment.person_id.in_(PEOPLE))
    yield Membership, or_(Membership.team_id.in_(TEAMS), Membership.person_id.in_(PEOPLE))
    yield from ((record, record.person_id.in_(PEOPLE)) for record in (SignIn, OneTimeLink, KeptText, OutboxMessage, CalendarFeed, ReminderChoice, Reminder))
    yield Person, Person.is_demo.is_(True)
    yield Team, Team.is_demo.is_(True)
