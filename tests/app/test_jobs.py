"""Background work is done once, told about, and taken up again after a kill."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.jobs import ask_for, work_once
from app.models import Job


def jobs(database):
    with database.reading() as session:
        return session.scalars(select(Job).order_by(Job.id)).all()


def asked(database, *things):
    with database.transaction() as session:
        for thing in things:
            ask_for(session, "plan", thing)


def test_the_oldest_job_is_done_first_and_progress_is_stored(database):
    asked(database, 11, 12)
    done = []

    def plan(own, thing_id, progress):
        progress(40, "Half way")
        done.append((thing_id, jobs(own)[0].progress, jobs(own)[0].says))

    assert work_once(database, {"plan": plan})
    assert done == [(11, 40, "Half way")]
    assert [(job.state, job.progress) for job in jobs(database)] == [("done", 100), ("waiting", 0)]


def test_a_more_urgent_kind_goes_before_what_was_asked_earlier(database):
    with database.transaction() as session:
        ask_for(session, "compare", 1)
        ask_for(session, "plan", 2)
    done = []
    kinds = {kind: lambda own, thing_id, progress: done.append(thing_id) for kind in ("plan", "compare")}
    while work_once(database, kinds):
        pass
    assert done == [2, 1]


def test_without_work_nothing_happens(database):
    assert not work_once(database, {"plan": lambda *_: None})


def test_a_job_that_fails_is_tried_three_times_and_then_marked(database):
    asked(database, 11)
    tries = []

    def fail(own, thing_id, progress):
        tries.append(thing_id)
        raise ValueError("no")

    for _ in range(4):
        work_once(database, {"plan": fail})
    assert tries == [11, 11, 11]
    assert jobs(database)[0].state == "failed"


def test_a_job_of_a_killed_worker_is_taken_up_again(database):
    asked(database, 11)
    with database.transaction() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.claimed_at = "running", clock.now() - timedelta(minutes=6)
    done = []
    work_once(database, {"plan": lambda own, thing_id, progress: done.append(thing_id)})
    assert done == [11]


def test_a_job_somebody_works_on_is_left_alone(database):
    asked(database, 11)
    with database.transaction() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.claimed_at = "running", clock.now()
    assert not work_once(database, {"plan": lambda *_: None})


def test_a_job_exists_exactly_if_the_deed_was_committed(database):
    try:
        with database.transaction() as session:
            ask_for(session, "plan", 11)
            raise KeyError
    except KeyError:
        pass
    assert jobs(database) == []
