"""Plans: every team has asked for one. That of Harbour City is solved at once, in use and half carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select, update

from app import clock
from app.access import Me
from app.content import library
from app.db import Database
from app.demo.reading import Demo
from app.demo.rounds import MODEL
from app.demo.stage import Stage
from app.demo.story import ActionStory
from app.maturity.action_states import MOVES
from app.maturity.actions.roadmap import adopt_plan, ask_for_plan
from app.maturity.quarters import due_on, next_monday
from app.maturity.solving import planned, store
from app.models import ActionNote, Event, Person, PlannedAction, SavedRoadmap, Team
from app.models.chain import link_anew

HORIZON = 4
FIRST_STEP = 1


def put_roadmaps(stage: Stage, demo: Demo, leads: Mapping[str, Person]) -> None:
    """A waiting plan with its job for every team, that of the story first and dated back."""
    story = demo.roadmap
    for code in sorted(stage.teams, key=lambda code: (code != story.code, code)):
        team = stage.teams[code]
        weeks_ago = story.started_weeks_ago if code == story.code else 0
        starts_on = next_monday(stage.today) - timedelta(weeks=weeks_ago + 1 if weeks_ago else 0)
        ask_for_plan(
            stage.session, as_lead(leads[code], team), slug=team.slug, days=team.capacity, by_quarter=(), wip=team.wip, horizon=HORIZON,
            starts_on=starts_on, target_view="full",
        )


def as_lead(person: Person, team: Team) -> Me:
    """The lead of a team as the one who asks."""
    return Me(person.id, person.name, person.email, person.time_zone, is_demo=True, teams=frozenset({team.id}), leads=frozenset({team.id}))


def carry_out(own: Database, stage: Stage, demo: Demo, leads: Mapping[str, Person]) -> None:
    """Solve the plan of the story, take it into use, and let it go as the story tells.

    Its job stays: the worker adds what more days would buy."""
    story = demo.roadmap
    team, lead = stage.teams[story.code], leads[story.code]
    with own.reading() as session:
        roadmap_id, problem, starts_on = session.execute(
            select(SavedRoadmap.id, SavedRoadmap.inputs, SavedRoadmap.starts_on).where(SavedRoadmap.team_id == team.id)
        ).one()
    began = datetime.combine(starts_on, time(9), UTC)
    store(own, roadmap_id, state="ready", plan=planned(problem), sensitivity=[], solved_at=began - timedelta(days=2))
    with own.transaction() as session:
        then = replace(stage, session=session)
        adopt_plan(session, as_lead(lead, team), slug=team.slug, number=1, now=began)
        session.execute(update(SavedRoadmap).where(SavedRoadmap.id == roadmap_id).values(created_at=began - timedelta(days=3)))
        session.execute(update(Event).where(Event.thing == "roadmap", Event.thing_id == str(roadmap_id)).values(created_at=began))
        actions = {row.action_id: row for row in session.scalars(select(PlannedAction).where(PlannedAction.roadmap_id == roadmap_id))}
        for told in story.actions:
            if told.action in actions:
                _go(then, actions[told.action], told, began)
        link_anew(session)  # what was dated back above stood in the chain already


def _go(stage: Stage, action: PlannedAction, told: ActionStory, began: datetime) -> None:
    owner = stage.people[told.owner]
    steps = len(library().improvements[MODEL].actions[told.action].steps)
    done = steps if told.state == "done" else min(told.steps, steps)
    action.state, action.owner_id, action.evidence = told.state, owner.id, told.evidence
    action.steps_done = list(range(FIRST_STEP, FIRST_STEP + done))
    action.started_at = began + timedelta(days=told.begun)
    action.ended_at = None if told.ended is None else began + timedelta(days=told.ended)
    if told.due_week:
        action.due_on = due_on(began.date(), told.due_week)
    _event(stage, action, owner, "start", action.started_at)
    if action.ended_at:
        _event(stage, action, owner, "finish", action.ended_at)
    for given in told.files:
        when = min(clock.now(), began + timedelta(days=given.day, hours=3))
        stage.hang(stage.people[given.by], when, file=given.file, link=given.link, planned_action_id=action.id, team_id=action.roadmap.team_id if given.file else None)
    stage.session.add_all(
        ActionNote(
            planned_action_id=action.id, person_id=stage.people[note.by].id, text=note.text,
            created_at=min(clock.now(), began + timedelta(days=note.day, hours=2)),
        )
        for note in told.notes
    )


def _event(stage: Stage, action: PlannedAction, who: Person, move: str, when: datetime) -> None:
    stage.session.add(Event(
        person_id=who.id, what=MOVES[move].done_words, thing="action", thing_id=str(action.id), detail={"action": action.action_id}, created_at=when,
    ))
