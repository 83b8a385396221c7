"""The rounds and roadmaps of the stage: North has a closed, an open and a draft round and a plan under way."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from app import clock
from app.content import library
from app.maturity.quarters import due_on, next_monday
from app.maturity.queries.roadmap_start import starting_point
from app.maturity.solving import VARIANTS, compared, planned
from app.models import (
    ActionNote,
    AgreedLevel,
    Attachment,
    Event,
    Guest,
    Invitation,
    Person,
    PlannedAction,
    SavedRoadmap,
    TrackedIssue,
    TrackerProject,
)
from app.records.results import store_result
from tests.support.build import a_round, answered

if TYPE_CHECKING:
    from tests.house.stage import Stage

FILE_KEY, FILE = "0123456789abcdef" * 2, b"canary-in-a-file\n"
STATES = (("planned", "Su"), ("in progress", "Su"), ("blocked", "Su"), ("done", "Su"), ("dropped", "Nia"), ("in progress", "Nia"))
OWN_LEAD = {"North": ("TL",), "South": ("OL",), "East": ()}
CLOSED_READERS = ("TL", "PL")


def put_rounds(session: Session, stage: Stage) -> None:
    """Round 1 closed with a result, round 2 open, round 3 a draft; one closed round in South and one in East; more closed ones."""
    model, now = library().questionnaires["pmo-maturity"], clock.now()
    people, first = stage.people, model.items[0].id
    stage.ids |= {"item": first, "dimension": model.dimensions[0].id, "another item": model.items[1].id}
    levels = {item.id: 1 + place % 3 for place, item in enumerate(model.items)}

    def closed(team: str, number: int, who: tuple[str, ...], comments: dict[str, str]) -> Any:
        round_, asked = a_round(
            session, stage.teams[team], [(people[name], "office" if name == who[0] else "users") for name in who], number=number, state="closed",
            title=f"{team} {number}", opened_at=now - timedelta(days=20), closed_at=now - timedelta(days=9), closes_on=clock.today(),
        )
        for name, invitation in zip(who, asked, strict=True):
            answered(session, invitation, levels, comments={first: comments[name]} if name in comments else None)
            if name in comments:
                link = stage.secret(f"evidence of {name} in {team}", f"https://canary-proof-{name.lower()}-{team.lower()}.example/", *({"Su", "Pe"} & {name}), *OWN_LEAD[team], "PL")
                session.add(Attachment(link=link, person_id=people[name].id, invitation_id=invitation.id, item_id=first))
        store_result(session, round_, model)
        return round_

    more = tuple(f"n{number}" for number in range(1, 5 * stage.size + 1))
    one = closed("North", 1, ("Su", "Nia", "Ivo", *more), {
        "Su": stage.secret("comment of Su", "canary-comment-closed-su", "Su", *CLOSED_READERS),
        "Nia": stage.secret("comment of Nia", "canary-comment-closed-nia", *CLOSED_READERS),
    })
    stage.ids["round 1 id"] = str(one.id)
    session.add(AgreedLevel(round_id=one.id, item_id=stage.ids["another item"], level=2, reason="Seen in the talk.", person_id=people["TL"].id))
    proof = Attachment(link="https://agreed.example/", person_id=people["TL"].id, round_id=one.id, item_id=stage.ids["another item"])
    session.add(proof)
    session.flush()
    stage.ids["agreed evidence"] = str(proof.id)
    store_result(session, one, model)
    closed("South", 1, ("Pe",), {"Pe": stage.secret("comment of Pe", "canary-comment-south-pe", "Pe", "OL", "PL")})
    closed("East", 1, ("Ivo",), {})
    for number in range(10, 10 + stage.size):
        closed("South", number, ("Ivo",), {})
        closed("North", number, ("Nia", "Ivo"), {})

    open_, asked = a_round(
        session, stage.teams["North"], [(people["Su"], "office"), (people["Nia"], "users"), (people["Ivo"], "users"), *((people[n], "users") for n in more)],
        number=2, title="Spring", opened_at=now, closes_on=clock.today() + timedelta(days=20),
    )
    answered(session, asked[0], {first: 2}, submit=False, comments={first: stage.secret("open comment of Su", "canary-comment-open-su", "Su")})
    answered(session, asked[1], levels, comments={first: stage.secret("open comment of Nia", "canary-comment-open-nia")})
    added = Attachment(
        link=stage.secret("evidence of Su in the open round", "https://canary-proof-open.example/", "Su"), person_id=people["Su"].id, invitation_id=asked[0].id, item_id=first,
    )
    session.add_all([added, *(Attachment(link="https://more.example/", person_id=people["Su"].id, invitation_id=asked[0].id, item_id=first) for _ in range(stage.size))])
    session.flush()
    stage.ids["evidence of answer"] = str(added.id)
    stage.ids |= {"open round": str(open_.id), "invitation Su": str(asked[0].id), "invitation Ivo": str(asked[2].id), "closes_on": str(open_.closes_on)}

    gus = Person(email="gus.canary@supplier.example", email_key="guest gus", name="Gus Guest", disabled_at=now)
    session.add(gus)
    session.flush()
    people["Gu"] = gus
    by_link = Invitation(round_id=open_.id, person_id=gus.id, group="users", role="Outside")
    session.add_all([Guest(person_id=gus.id, round_id=open_.id), by_link])
    session.flush()
    stage.ids["invitation Gus"] = str(by_link.id)
    stage.secret("e-mail of Gus", gus.email)

    draft, asked = a_round(
        session, stage.teams["North"], [(people["Nia"], "users"), *((people[n], "users") for n in more)], number=3, state="draft", title="Autumn",
        closes_on=clock.today() + timedelta(days=30),
    )
    stage.ids |= {"draft": str(draft.id), "draft invitation": str(asked[0].id)}
    session.add_all(
        Event(person_id=people["TL"].id, what="opened a round", thing="round", thing_id=str(open_.id)) for _ in range(stage.size)
    )


def put_roadmaps(session: Session, stage: Stage) -> None:
    """Plan 1 in use with actions in every state, plan 2 ready beside it, plan 3 waiting; more that were in use once."""
    north, now, start = stage.teams["North"], clock.now(), next_monday(clock.today())
    found = starting_point(session, north.id)
    assert found is not None
    problem = found.problem(target_view="full", capacity=[25] * 4, wip=4)
    answer, sensitivity = _answer(repr(problem), problem)
    base: dict[str, Any] = {
        "team_id": north.id, "round_id": found.round_id, "starts_on": start, "horizon": 4, "capacity": [25] * 4, "wip": 4, "model_version": 1,
        "rules_version": "1", "inputs": problem,
    }
    solved = {"state": "ready", "plan": answer, "sensitivity": sensitivity, "solved_at": now}
    live = SavedRoadmap(number=1, is_current=True, adopted_at=now, **solved, **base)
    beside, waiting = SavedRoadmap(number=2, **solved, **base), SavedRoadmap(number=3, **base)
    session.add_all([live, beside, waiting, *(SavedRoadmap(number=10 + n, adopted_at=now, **solved, **base) for n in range(stage.size))])
    session.flush()
    stage.ids["waiting plan id"] = str(waiting.id)
    for place, entry in enumerate(answer["plan"]):
        state, owner = STATES[place] if place < len(STATES) else ("planned", "Nia")
        action = PlannedAction(
            roadmap_id=live.id, action_id=entry["action"], quarter=entry["quarter"], finish_week=entry["finish_week"], value=entry["value"],
            effort=entry["effort"], role=entry["role"], due_on=due_on(start, entry["finish_week"]), state=state, owner_id=stage.people[owner].id,
            started_at=None if state == "planned" else now, ended_at=now if state in ("done", "dropped") else None,
            evidence="canary-evidence" if place == 1 else "", state_reason="It waits." if state == "blocked" else "",
        )
        session.add(action)
        session.flush()
        stage.ids[f"{state} action of {owner}"] = entry["action"]
        if place < 2:
            session.add_all(
                ActionNote(planned_action_id=action.id, person_id=stage.people["Su"].id, text="canary-action-note") for _ in range(stage.size)
            )
        if (state, owner) == ("in progress", "Su"):
            added = Attachment(key=FILE_KEY, name="canary-file-name.csv", size=len(FILE), person_id=stage.people["Su"].id, team_id=north.id, planned_action_id=action.id)
            link = Attachment(link="https://canary-link.example/", person_id=stage.people["Su"].id, planned_action_id=action.id)
            session.add_all([added, link, *(
                Attachment(link=f"https://{n}.example/", person_id=stage.people["TL"].id, planned_action_id=action.id) for n in range(stage.size)
            )])
            session.flush()
            stage.ids |= {"file": str(added.id), "link": str(link.id)}
    _put_tracker(session, stage, [entry["action"] for entry in answer["plan"]])
    stage.secret("name of a file on an action", "canary-file-name", "Su", "TL", "PL")
    stage.secret("content of a file on an action", "canary-in-a-file", "Su", "TL", "PL")
    stage.ids["plan stamp"] = str(live.id * 100_000 + len(answer["plan"]))
    stage.secret("note on an action", "canary-action-note", "Su", "TL", "PL")
    stage.secret("evidence of an action", "canary-evidence", "Su", "TL", "PL")


def _put_tracker(session: Session, stage: Stage, actions: list[str]) -> None:
    """North carries its plan to a tracker; South has named a project once."""
    now = clock.now()
    own = TrackerProject(
        team_id=stage.teams["North"].id, site="https://jira.canary.example", project="PMO", name="Project office", mark="1a2b3c4d", state="on", asked_at=now, reached_at=now,
        last_error="Jira cannot be reached",
    )
    session.add_all([own, TrackerProject(team_id=stage.teams["South"].id, site=own.site, project="OPS", mark="5e6f7a8b", state="refused", asked_at=now)])
    session.flush()
    session.add_all(
        TrackedIssue(
            tracker_project_id=own.id, action_id=name, ref=str(number), key=f"PMO-{number}", href=f"{own.site}/browse/PMO-{number}", our_state="planned",
            their_state="new", status="To Do", seen_version=1, compared_at=now, due_at=now, last_error="It does not move.",
        )
        for number, name in enumerate(actions[:stage.size + 1], 1)
    )
    stage.secret("token of the tracker", "canary-tracker-token")
    stage.secret("mark of the issues", "1a2b3c4d")


@cache
def _solved(key: str) -> dict[str, Any]:
    return {}


def _answer(key: str, problem: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The planner's answer, worked out once a run."""
    kept = _solved(key)
    if not kept:
        kept["answer"] = planned(problem)
        chosen = {entry["action"] for entry in kept["answer"]["plan"]}
        kept["more"] = [compared(variant, kept["answer"], chosen) for variant in VARIANTS]
    return kept["answer"], kept["more"]
