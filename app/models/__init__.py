"""All records of the site, below every feature, so that features need not know each other."""

from app.models.anonymous import AnonymousComment, AnonymousSheet, JointRound, JointTeam, Programme, ProgrammeTeam
from app.models.base import Base
from app.models.chain import EventLink
from app.models.history import Event, IdempotencyKey, Job, KeptText, OutboxMessage
from app.models.learning import AttemptAnswer, Enrolment, IssuedCertificate, LessonVisit, QuizAttempt
from app.models.maturity import (
    AgreedLevel,
    AssessmentRound,
    DimensionResult,
    Invitation,
    PublishedResult,
    RecordedAnswer,
)
from app.models.mentoring import FollowUp, Goal, Meeting, MeetingNote, MentorProfile, Pairing
from app.models.notes import LessonBookmark, LessonNote
from app.models.people import FailedSignIn, Membership, OneTimeLink, Organisation, Person, SignIn, Team
from app.models.review import ReviewCard, ReviewRating
from app.models.roadmaps import ActionNote, PlanChange, PlannedAction, SavedRoadmap
from app.models.skills import SkillEvidence, SkillRating

__all__ = [
    "ActionNote", "AgreedLevel", "AnonymousComment", "AnonymousSheet", "AssessmentRound", "AttemptAnswer", "Base",
    "DimensionResult", "Enrolment", "Event", "EventLink", "FailedSignIn", "FollowUp", "Goal", "IdempotencyKey",
    "Invitation", "IssuedCertificate", "Job", "JointRound", "JointTeam", "KeptText", "LessonBookmark", "LessonNote", "LessonVisit",
    "Meeting", "MeetingNote", "Membership", "MentorProfile", "OneTimeLink", "Organisation", "OutboxMessage", "Pairing", "Person",
    "PlanChange", "PlannedAction", "Programme", "ProgrammeTeam", "PublishedResult", "QuizAttempt", "RecordedAnswer",
    "ReviewCard", "ReviewRating", "SavedRoadmap", "SignIn", "SkillEvidence", "SkillRating", "Team",
]
