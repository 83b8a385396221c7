"""Harbour City's round and plan, worked out once and stored as often as tests need them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from app import clock
from app.config import ROOT
from app.content import library
from app.maturity.quarters import due_on
from app.maturity.queries.roadmap_start import starting_point
from app.maturity.solving import VARIANTS, compared, planned
from app.models import AssessmentRound, PlannedAction, PublishedResult, SavedRoadmap
from app.records.snapshot import snapshot
from assessments.reading.demo_teams import read_demo_teams
from assessments.scoring import score

START = date(2026, 6, 29)


@cache
def har_scores():
    """The result of Harbour City's round as it is stored."""
    har = next(team for team in read_demo_teams(ROOT / "content" / "demo" / "teams.yaml") if team.code == "HAR")
    model = library().questionnaires["pmo-maturity"]
    result = score(model, har.sheets, type_id="SUP", invited=har.invited)
    return snapshot(model, result, har.sheets).as_json()


def har_round(session, team, number=1, **more):
    """Harbour City's round, closed yesterday with its result."""
    figures = har_scores()
    round_ = AssessmentRound(
        team_id=team.id, number=number, title=f"Round {number}", model_id="pmo-maturity", model_version=1, pmo_type="SUP", state="closed",
        opened_at=clock.now() - timedelta(days=9), closed_at=clock.now() - timedelta(days=1), **more,
    )
    session.add(round_)
    session.flush()
    session.add(PublishedResult(
        round_id=round_.id, team_id=team.id, rules_version="1", overall_index=figures["index"], staged=figures["staged"], respondents=5, invited=8,
        kind="team", scores=figures,
    ))
    session.flush()
    return round_


@cache
def har_answer(problem):
    """The planner's answer and the first comparison for Harbour City, four quarters with 25 days, four at a time."""
    document = dict(problem) | {name: dict(problem_part) for name, problem_part in problem if name in ("levels", "targets")}
    document["capacity"], document["out_of_scope"] = list(document["capacity"]), []
    answer = planned(document)
    chosen = {entry["action"] for entry in answer["plan"]}
    return answer, [compared(variant, planned(variant.of(document)), chosen) for variant in VARIANTS]


def har_plan(session, team, round_, current=True, starts_on=START, number=1):
    """Harbour City's best plan, in use or beside it."""
    problem = starting_point(session, team.id).problem(target_view="full", capacity=[25] * 4, wip=4)
    frozen = tuple(sorted(
        (name, tuple(sorted(part.items())) if isinstance(part, dict) else tuple(part) if isinstance(part, list) else part) for name, part in problem.items()
    ))
    answer, sensitivity = har_answer(frozen)
    saved = SavedRoadmap(
        team_id=team.id, round_id=round_.id, number=number, state="ready", is_current=current, starts_on=starts_on, horizon=4, capacity=[25] * 4, wip=4,
        model_version=1, rules_version="1", inputs=problem, plan=answer, sensitivity=sensitivity, solved_at=clock.now(),
        adopted_at=clock.now() if current else None,
    )
    session.add(saved)
    session.flush()
    if current:
        session.add_all(
            PlannedAction(
                roadmap_id=saved.id, action_id=entry["action"], quarter=entry["quarter"], finish_week=entry["finish_week"], value=entry["value"],
                effort=entry["effort"], role=entry["role"], due_on=due_on(starts_on, entry["finish_week"]),
            )
            for entry in answer["plan"]
        )
        session.flush()
    return saved
