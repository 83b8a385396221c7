"""Everything that is mine, as one JSON document (condition 3). Nothing of anybody else: no private note of the other, no lead's rating note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.models import (
    AssessmentRound,
    Attachment,
    AttemptAnswer,
    Base,
    CertificateRenewal,
    CourseAssignment,
    CourseTry,
    Enrolment,
    Event,
    ExtraTime,
    FollowUp,
    Goal,
    HandedInExercise,
    HelpedToo,
    Invitation,
    IssuedCertificate,
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
    OutsideCertificate,
    Pairing,
    Person,
    QuizAttempt,
    RecordedAnswer,
    Reminder,
    ReminderChoice,
    ReviewCard,
    ReviewRating,
    SignIn,
    SkillEvidence,
    SkillRating,
    Team,
)

Rows = list[dict[str, Any]]


def my_data(session: Session, me: Me, *, now: datetime) -> dict[str, Any]:
    """The document, with a stated order in every list. Answers of anonymous rounds carry no name, so they cannot be in it."""
    mine = me.person_id
    pairings = visible(me, Pairing).where((Pairing.mentor_id == mine) | (Pairing.mentee_id == mine))
    inside = pairings.with_only_columns(Pairing.id)
    meetings = visible(me, Meeting).where(Meeting.pairing_id.in_(inside))
    return {
        "made_at": now.isoformat(timespec="seconds"),
        "profile": _rows(session, select(Person).where(Person.id == mine), "email name job_title role_profile time_zone is_admin is_pmo_lead is_mentor shares_email shares_progress uses_keys created_at")[0],
        "teams": [
            {"team": name, "is_lead": is_lead, "since": _plain(since)}
            for name, is_lead, since in session.execute(
                select(Team.name, Membership.is_lead, Membership.created_at)
                .join(Membership, Membership.team_id == Team.id).where(Membership.person_id == mine).order_by(Team.name, Team.id)
            )
        ],
        "courses_started": _rows(session, _own(Enrolment, mine), "course_id created_at"),
        "lessons": _rows(session, _own(LessonVisit, mine), "lesson_id last_at read_at"),
        "knowledge_checks": _attempts(session, mine),
        "review_cards": _rows(session, visible(me, ReviewCard).order_by(ReviewCard.id), "lesson_id question_id source due_on last_on turns suspended_at"),
        "review_ratings": _rows(session, visible(me, ReviewRating).order_by(ReviewRating.id), "card_id day rating"),
        "lesson_notes": _rows(session, visible(me, LessonNote).where(LessonNote.deleted_at.is_(None)).order_by(LessonNote.id), "lesson_id heading text created_at changed_at"),
        "bookmarks": _rows(session, visible(me, LessonBookmark).order_by(LessonBookmark.id), "lesson_id heading created_at"),
        "questions_and_answers_in_lessons": _rows(session, _own(LessonPost, mine), "lesson_id kind title text created_at changed_at removed_at hidden_at hidden_reason settled_at helped_at"),
        "answers_that_helped_me": _rows(session, _own(HelpedToo, mine), "post_id created_at"),
        "certificates": _rows(session, _own(IssuedCertificate, mine), "code course_id course_title revision holder issuer created_at expires_on revoked_at revoked_reason revoked_note"),
        "certificate_renewals": _rows(session, _own(CertificateRenewal, mine), "certificate_id renewed_on before valid_until"),
        "course_checks": _rows(session, _own(CourseTry, mine), "course_id purpose revision day submitted_at score max_score passed answers ends_at by_clock"),
        "extra_time": _rows(session, visible(me, ExtraTime).where(ExtraTime.person_id == mine).order_by(ExtraTime.id), "percent created_at"),
        "skill_ratings": _rows(session, _own(SkillRating, mine), "competence_id kind level note rated_at replaced_at"),
        "skill_evidence": _rows(session, _own(SkillEvidence, mine), "competence_id text link shown_on"),
        "mentor_profile": _rows(session, _own(MentorProfile, mine), "about competences capacity state approved_at"),
        "pairings": _rows(session, pairings.order_by(Pairing.id), "id state wish answer_reason rhythm limits agreed_on ends_on ended_at end_note"),
        "goals": _rows(session, visible(me, Goal).where(Goal.pairing_id.in_(inside)).order_by(Goal.id), "pairing_id competence_id text from_level to_level due_on state ended_on"),
        "sessions": _rows(session, meetings.order_by(Meeting.id), "id pairing_id state held_on starts_at minutes place topic competences"),
        "my_notes": _rows(session, visible(me, MeetingNote).where(MeetingNote.author_id == mine).order_by(MeetingNote.id), "meeting_id kind text created_at"),
        "my_follow_ups": _rows(session, select(FollowUp).where(FollowUp.owner_id == mine).order_by(FollowUp.id), "meeting_id text due_on done_at"),
        "answers_in_named_rounds": _answers(session, mine),
        "kpi_figures_recorded": _rows(session, select(KpiValue).where(KpiValue.recorded_by_id == mine).order_by(KpiValue.id), "created_at kpi_id quarter value source comment reason is_withdrawn"),
        "kpi_targets_set": _rows(session, select(KpiTarget).where(KpiTarget.set_by_id == mine).order_by(KpiTarget.id), "created_at kpi_id target reason"),
        "courses_asked_of_me": _rows(
            session, select(CourseAssignment).where(CourseAssignment.person_id == mine).order_by(CourseAssignment.id), "course_id due_on why created_at withdrawn_at"
        ),
        "reminders": _rows(session, _own(Reminder, mine).where(Reminder.kind != "day"), "kind thing day created_at"),
        "reminders_turned_off": _rows(session, _own(ReminderChoice, mine), "muted"),
        "files_and_links": _rows(session, visible(me, Attachment).where(Attachment.person_id == mine).order_by(Attachment.id), "id name size link item_id created_at"),
        "exercises": _rows(session, _own(HandedInExercise, mine), "course_id number text state levels remarks summary created_at reviewed_at"),
        "certificates_from_elsewhere": _rows(session, _own(OutsideCertificate, mine), "title issuer issued_on expires_on competences state reason decided_at"),
        "sign_ins": _rows(session, visible(me, SignIn).order_by(SignIn.id), "created_at last_seen_at ended_at browser"),
        "events": _rows(session, visible(me, Event).where((Event.person_id == mine) | (Event.subject_id == mine)).order_by(Event.id), "created_at what thing thing_id"),
    }


def _own(record: Any, person_id: int) -> Select[Any]:
    return select(record).where(record.person_id == person_id).order_by(record.id)


def _rows(session: Session, statement: Select[Any], columns: str) -> Rows:
    records: Iterable[Base] = session.scalars(statement)
    return [{name: _plain(getattr(record, name)) for name in columns.split()} for record in records]


def _plain(value: Any) -> Any:
    """Days and moments as ISO text; everything else as it is."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _attempts(session: Session, person_id: int) -> Rows:
    """Tries with what was answered. The marks of single questions stay out: the review rule of a check decides about them."""
    answers: dict[int, dict[str, Any]] = {}
    for attempt_id, question_id, answer in session.execute(
        select(AttemptAnswer.attempt_id, AttemptAnswer.question_id, AttemptAnswer.answer)
        .join(QuizAttempt, QuizAttempt.id == AttemptAnswer.attempt_id).where(QuizAttempt.person_id == person_id).order_by(AttemptAnswer.id)
    ):
        answers.setdefault(attempt_id, {})[question_id] = answer
    rows = _rows(session, _own(QuizAttempt, person_id), "id lesson_id revision day day_try submitted_at score max_score passed ends_at by_clock")
    return [{name: value for name, value in row.items() if name != "id"} | {"answers": answers.get(row["id"], {})} for row in rows]


def _answers(session: Session, person_id: int) -> Rows:
    return [
        {"team": team, "round": number, "item": item, "value": value, "reason": reason, "unit": unit, "comment": comment, "saved_at": _plain(saved_at)}
        for team, number, item, value, reason, unit, comment, saved_at in session.execute(
            select(
                Team.name, AssessmentRound.number, RecordedAnswer.item_id, RecordedAnswer.value, RecordedAnswer.reason, RecordedAnswer.unit,
                RecordedAnswer.comment, RecordedAnswer.saved_at,
            )
            .join(Invitation, Invitation.id == RecordedAnswer.invitation_id)
            .join(AssessmentRound, AssessmentRound.id == Invitation.round_id)
            .join(Team, Team.id == AssessmentRound.team_id)
            .where(Invitation.person_id == person_id, AssessmentRound.mode == "named")
            .order_by(AssessmentRound.id, RecordedAnswer.id)
        )
    ]
