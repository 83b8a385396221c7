"""All records of the site, below every feature, so that features need not know each other."""

from app.models.base import Base
from app.models.history import Event, IdempotencyKey, Job
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
from app.models.people import FailedSignIn, Membership, OneTimeLink, Organisation, Person, SignIn, Team
from app.models.roadmaps import ActionNote, PlanChange, PlannedAction, SavedRoadmap
from app.models.skills import SkillEvidence, SkillRating

__all__ = [
    "ActionNote", "AgreedLevel", "AssessmentRound", "AttemptAnswer", "Base", "DimensionResult", "Enrolment", "Event",
    "FailedSignIn", "FollowUp", "Goal", "IdempotencyKey", "Invitation", "IssuedCertificate", "Job", "LessonVisit",
    "Meeting", "MeetingNote", "Membership", "MentorProfile", "OneTimeLink", "Organisation", "Pairing", "Person",
    "PlanChange", "PlannedAction", "PublishedResult", "QuizAttempt", "RecordedAnswer", "SavedRoadmap", "SignIn", "SkillEvidence",
    "SkillRating", "Team",
]
