"""Records for tests, built with the few facts a test is about."""

from __future__ import annotations

from datetime import date, timedelta

from app import clock
from app.models import (
    AssessmentRound,
    DimensionResult,
    Invitation,
    Pairing,
    PlannedAction,
    PublishedResult,
    QuizAttempt,
    RecordedAnswer,
    SavedRoadmap,
    SkillRating,
)


def closed_round(session, team, number=1, index=1.77, staged=1, dimensions=None, **more):
    """A closed round with its published result. dimensions: {id: (index, staged, target)}."""
    round_ = AssessmentRound(
        team_id=team.id, number=number, title=f"Round {number}", model_id="pmo-maturity", model_version=1, pmo_type=team.pmo_type,
        state="closed", opened_at=clock.now(), closed_at=clock.now(), **more,
    )
    session.add(round_)
    session.flush()
    session.add(PublishedResult(
        round_id=round_.id, team_id=team.id, rules_version="1", overall_index=index, staged=staged, respondents=5, invited=8, kind="team", scores={},
    ))
    for position, (name, (value, level, target)) in enumerate((dimensions or {}).items()):
        session.add(DimensionResult(
            round_id=round_.id, team_id=team.id, dimension=name, position=position, index=value, staged=level, target=target,
        ))
    session.flush()
    return round_


def current_roadmap(session, team, round_, actions):
    """The live plan of a team. actions: [(action id, state, due day, owner or None)]."""
    plan = SavedRoadmap(
        team_id=team.id, round_id=round_.id, number=1, state="ready", is_current=True, starts_on=date(2026, 10, 1), horizon=4,
        capacity=[25, 25, 25, 25], wip=4, model_version=1, rules_version="1", inputs={},
    )
    session.add(plan)
    session.flush()
    for action_id, state, due_on, owner in actions:
        session.add(PlannedAction(
            roadmap_id=plan.id, action_id=action_id, quarter=1, finish_week=3, value=100, effort=3, role="quick win", state=state,
            due_on=due_on, owner_id=owner.id if owner else None,
        ))
    session.flush()
    return plan


def rated(session, person, levels, kind="self", rater=None, days_ago=0, note=""):
    """Standing ratings of somebody. levels: {competence: 0 to 4}."""
    at = clock.now() - timedelta(days=days_ago)
    session.add_all(
        SkillRating(person_id=person.id, competence_id=c, kind=kind, level=level, rater_id=(rater or person).id, rated_at=at, note=note)
        for c, level in levels.items()
    )
    session.flush()


def passed_check(session, person, lesson_id, day):
    """A passed try at the check of a lesson."""
    session.add(QuizAttempt(
        person_id=person.id, lesson_id=lesson_id, revision=1, day=day, day_try=1, seed=1, submitted_at=clock.now(), score=5, max_score=5, passed=True,
    ))
    session.flush()


def active_pairing(session, mentor, mentee, agreed_on):
    """A running pairing."""
    pairing = Pairing(mentor_id=mentor.id, mentee_id=mentee.id, state="active", slot=1, agreed_on=agreed_on)
    session.add(pairing)
    session.flush()
    return pairing


def a_round(session, team, people=(), number=1, state="open", closes_on=None, title="Autumn", **more):
    """A round of a team with invitations. people: [(person, group)]. The invitations, in that order."""
    round_ = AssessmentRound(
        team_id=team.id, number=number, title=title, purpose="To see where to start.", model_id="pmo-maturity", model_version=1,
        pmo_type=team.pmo_type, targets={"GOV": 3, "STR": 2, "MTH": 3, "DEL": 2, "TAL": 4, "STK": 4, "VAL": 2, "KNO": 3}, state=state,
        closes_on=closes_on, **more,
    )
    session.add(round_)
    session.flush()
    asked = [Invitation(round_id=round_.id, person_id=person.id, group=group, role="Project manager") for person, group in people]
    session.add_all(asked)
    session.flush()
    return round_, asked


def answered(session, invitation, values, submit=True, comments=None):
    """What somebody answered. values: {item: value, or (NA, reason, unit)}."""
    session.add_all(
        RecordedAnswer(
            invitation_id=invitation.id, item_id=item, value=value[0] if isinstance(value, tuple) else str(value),
            reason=value[1] if isinstance(value, tuple) else "", unit=value[2] if isinstance(value, tuple) else "",
            comment=(comments or {}).get(item, ""), counter=1, saved_at=clock.now(),
        )
        for item, value in values.items()
    )
    invitation.state = "submitted" if submit else "started"
    invitation.started_at = clock.now()
    invitation.submitted_at = clock.now() if submit else None
    session.flush()
