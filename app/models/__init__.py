"""All records of the site, below every feature, so that features need not know each other."""

from app.models.anonymous import AnonymousComment, AnonymousSheet, JointRound, JointTeam, Programme, ProgrammeTeam
from app.models.assignments import CourseAssignment
from app.models.base import Base
from app.models.chain import EventLink
from app.models.credentials import CertificateRenewal, CourseTry
from app.models.discussion import HelpedToo, LessonPost
from app.models.files import Attachment, HandedInExercise, OutsideCertificate
from app.models.history import Event, IdempotencyKey, Job, KeptText, OutboxMessage
from app.models.invitations import AutomaticReminder, Guest, HandedOn, InvitationLetter
from app.models.learning import AttemptAnswer, Enrolment, ExtraTime, IssuedCertificate, LessonVisit, QuizAttempt
from app.models.maturity import (
    AgreedLevel,
    AssessmentRound,
    DimensionResult,
    Invitation,
    PublishedResult,
    RecordedAnswer,
)
from app.models.measures import KpiTarget, KpiValue
from app.models.mentoring import FollowUp, Goal, Meeting, MeetingNote, MentorProfile, Pairing
from app.models.notes import LessonBookmark, LessonNote
from app.models.people import FailedSignIn, Membership, OneTimeLink, Organisation, Person, SignIn, Team
from app.models.reminders import CalendarFeed, Reminder, ReminderChoice
from app.models.review import ReviewCard, ReviewRating
from app.models.roadmaps import ActionNote, PlanChange, PlannedAction, SavedRoadmap
from app.models.skills import SkillEvidence, SkillRating
from app.models.targets import TargetChange
from app.models.trackers import TrackedIssue, TrackerProject
from app.models.workshops import RevealedItem, WorkshopPlace

__all__ = [
    "ActionNote", "AgreedLevel", "AnonymousComment", "AnonymousSheet", "AssessmentRound", "Attachment",
    "AttemptAnswer", "AutomaticReminder", "Base", "CalendarFeed", "CertificateRenewal", "CourseAssignment",
    "CourseTry", "DimensionResult", "Enrolment", "Event", "EventLink", "ExtraTime", "FailedSignIn", "FollowUp", "Goal", "Guest",
    "HandedInExercise", "HandedOn", "HelpedToo", "IdempotencyKey", "Invitation", "InvitationLetter", "IssuedCertificate", "Job",
    "JointRound", "JointTeam", "KeptText", "KpiTarget", "KpiValue", "LessonBookmark", "LessonNote", "LessonPost", "LessonVisit",
    "Meeting", "MeetingNote", "Membership", "MentorProfile", "OneTimeLink", "Organisation", "OutboxMessage",
    "OutsideCertificate", "Pairing", "Person", "PlanChange", "PlannedAction", "Programme", "ProgrammeTeam",
    "PublishedResult", "QuizAttempt", "RecordedAnswer", "Reminder", "ReminderChoice", "RevealedItem", "ReviewCard",
    "ReviewRating", "SavedRoadmap", "SignIn", "SkillEvidence", "SkillRating", "TargetChange", "Team", "TrackedIssue", "TrackerProject",
    "WorkshopPlace",
]
