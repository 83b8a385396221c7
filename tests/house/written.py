"""Every place where somebody's own words are kept, filled at once, so that each page can be seen with them."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import (
    ActionNote,
    AgreedLevel,
    AssessmentRound,
    CourseAssignment,
    FollowUp,
    Goal,
    HandedInExercise,
    Invitation,
    IssuedCertificate,
    KpiTarget,
    KpiValue,
    LessonBookmark,
    LessonNote,
    LessonPost,
    Meeting,
    MeetingNote,
    MentorProfile,
    Organisation,
    OutsideCertificate,
    Pairing,
    Person,
    PlannedAction,
    RecordedAnswer,
    SignIn,
    SkillEvidence,
    SkillRating,
    TargetChange,
    Team,
    TrackedIssue,
    TrackerProject,
)

Column = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]

LINES: tuple[Column, ...] = (
    Person.name, Person.job_title, Team.name, Team.reports_to, Organisation.name, AssessmentRound.title, Invitation.role, Goal.text, Meeting.place, Meeting.topic, FollowUp.text,
    IssuedCertificate.holder, SignIn.browser, KpiValue.source, CourseAssignment.why, OutsideCertificate.title, OutsideCertificate.issuer, LessonNote.heading, LessonBookmark.heading,
    TrackerProject.name, TrackerProject.last_error, TrackedIssue.status, TrackedIssue.last_error,
    LessonPost.title, LessonPost.hidden_reason,
)
PARAGRAPHS: tuple[Column, ...] = (
    Team.about, Team.services, AssessmentRound.purpose, RecordedAnswer.comment, AgreedLevel.reason, AgreedLevel.evidence, PlannedAction.evidence,
    HandedInExercise.text, HandedInExercise.summary, OutsideCertificate.reason, PlannedAction.state_reason, ActionNote.text, KpiValue.comment, KpiValue.reason, KpiTarget.reason, MentorProfile.about, LessonNote.text, Pairing.wish, Pairing.answer_reason, Pairing.limits, Pairing.end_note, MeetingNote.text, SkillRating.note,
    SkillEvidence.text, TargetChange.reason, LessonPost.text,
)


def mark_of(column: Column) -> str:
    """What tells the words of one column from those of another."""
    return f"mark-of-{column.class_.__tablename__}-{column.key}"


def fill(session: Session, line: str, paragraphs: str) -> None:
    """Write *line* or *paragraphs*, with its mark behind it, into every row of every column."""
    words: list[tuple[Column, str]] = [*((column, line) for column in LINES), *((column, paragraphs) for column in PARAGRAPHS)]
    for column, text in words:
        session.execute(update(column.class_).values({column.key: text + mark_of(column)}))
