"""Plans: every team has asked for one. Those with a story are solved at once, in use and carried out as far as it tells."""

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
from app.maturity.wishes import Wishes
from app.models import ActionNote, Event, Person, PlannedAction, SavedRoadmap, Team
from app.models.chain import link_anew
from app.records.attachments import host_of

HORIZON, FIRST_QUARTER = 4, 1
FIRST_STEP = 1


def put_roadmaps(stage: Stage, demo: Demo, leads: Mapping[str, Person]) -> None:
    """A waiting plan with its job for every team, from its first round; those with a story come first and are dated back."""
    told = [plan.code for plan in demo.roadmaps.plans]
    for code in sorted(stage.teams, key=lambda code: (code not in told, code)):
        team, story = stage.teams[code], demo.roadmaps.of(code)
        starts_on = next_monday(stage.today) - timedelta(weeks=story.started_weeks_ago + 1 if story else 0)
        ask_for_plan(
            stage.session, as_lead(leads[code], team), slug=team.slug, days=team.capacity, by_quarter=(), wip=team.wip,
            horizon=story.horizon if story else HORIZON, starts_on=starts_on, target_view="full",
            wishes=Wishes(pinned=dict.fromkeys(story.first, FIRST_QUARTER)) if story else None,
        )


def as_lead(person: Person, team: Team) -> Me:
    """The lead of a team as the one who asks."""
    return Me(person.id, person.name, person.email, person.time_zone, is_demo=True, teams=frozenset({team.id}), leads=frozenset({team.id}))


def carry_out(own: Database, stage: Stage, demo: Demo, leads: Mapping[str, Person]) -> None:
    """Solve the plans that have a story, take them into use, and let them go as it tells.

    Their jobs stay: the worker adds what more days would buy."""
    solved = [(story, *_solved(own, stage.teams[story.code])) for story in demo.roadmaps.plans]
    with own.transaction() as session:
        then = replace(stage, session=session)
        for story, roadmap_id, began in solved:
            team, lead = stage.teams[story.code], leads[story.code]
            adopt_plan(session, as_lead(lead, team), slug=team.slug, number=1, now=began)
            session.execute(update(SavedRoadmap).where(SavedRoadmap.id == roadmap_id).values(created_at=began - timedelta(days=3)))
            session.execute(update(Event).where(Event.thing == "roadmap", Event.thing_id == str(roadmap_id)).values(created_at=began))
            actions = {row.action_id: row for row in session.scalars(select(PlannedAction).where(PlannedAction.roadmap_id == roadmap_id))}
            for told in story.actions:
                if told.action in actions:
                    _go(then, actions[told.action], told, began)
        link_anew(session)  # what was dated back above stood in the chain already


def _solved(own: Database, team: Team) -> tuple[int, datetime]:
    """Work out the plan of a team; its id, and when it began."""
    with own.reading() as session:
        roadmap_id, problem, starts_on = session.execute(
            select(SavedRoadmap.id, SavedRoadmap.inputs, SavedRoadmap.starts_on).where(SavedRoadmap.team_id == team.id)
        ).one()
    began = datetime.combine(starts_on, time(9), UTC)
    store(own, roadmap_id, state="ready", plan=planned(problem), sensitivity=[], solved_at=began - timedelta(days=2))
    return roadmap_id, began


def _go(stage: Stage, action: PlannedAction, told: ActionStory, began: datetime) -> None:
    owner = stage.people[told.owner]
    steps = len(library().improvements[MODEL].actions[told.action].steps)
    done = steps if told.state == "done" else min(told.steps, steps)
    action.state, action.owner_id, action.evidence, action.actual_days = told.state, owner.id, told.evidence, told.days
    action.steps_done = list(range(FIRST_STEP, FIRST_STEP + done))
    action.started_at = began + timedelta(days=told.begun)
    action.ended_at = None if told.ended is None else began + timedelta(days=told.ended)
    happened = [_event(action, owner, MOVES["start"].done_words, action.started_at)]
    if told.moved:
        action.due_on = due_on(began.date(), told.moved.week)
        who, when = stage.people[told.moved.by], _on(began, told.moved.day)
        happened.append(_event(action, who, "moved the due date", when, reason=told.moved.reason, to=action.due_on.isoformat()))
    if done and action.ended_at is None:
        last = _on(began, max([told.begun, *(note.day for note in told.notes)]))
        happened.append(_event(action, owner, f"ticked {done} of {steps} steps", last))
    if action.ended_at:
        happened.append(_event(action, owner, MOVES["finish"].done_words, action.ended_at))
    for given in told.files:
        who, when = stage.people[given.by], _on(began, given.day)
        row = stage.hang(who, when, file=given.file, link=given.link, planned_action_id=action.id, team_id=action.roadmap.team_id if given.file else None)
        if row is not None:
            happened.append(_event(action, who, "added a file" if row.key else "added a link", when, to=row.name or host_of(row.link)))
    happened.sort(key=lambda event: event.created_at)
    stage.session.add_all(happened)
    stage.session.add_all(
        ActionNote(planned_action_id=action.id, person_id=stage.people[note.by].id, text=note.text, created_at=_on(began, note.day))
        for note in told.notes
    )


def _on(began: datetime, day: int) -> datetime:
    """A moment of that day of the plan, never later than now."""
    return min(clock.now(), began + timedelta(days=day, hours=2))


def _event(action: PlannedAction, who: Person, what: str, when: datetime, **detail: str) -> Event:
    return Event(
        person_id=who.id, what=what, thing="action", thing_id=str(action.id), detail={"action": action.action_id, **detail}, created_at=when,
    )
