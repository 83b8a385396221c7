"""The whole demo in one transaction; the plans in use are solved right after it, the others by the worker."""

from __future__ import annotations

from app import clock
from app.db import Database
from app.demo.cast import put_cast
from app.demo.discussion import put_discussion
from app.demo.later_rounds import put_later_rounds
from app.demo.learning import put_learning
from app.demo.measures import put_measures
from app.demo.mentoring import put_mentoring
from app.demo.notes import put_notes
from app.demo.reading import read_demo
from app.demo.review import put_review
from app.demo.roadmaps import carry_out, put_roadmaps
from app.demo.rounds import put_rounds
from app.demo.skills import put_skills
from app.demo.stage import Stage
from app.uploads import Store


def load_demo(own: Database, password_hash: str, store: Store | None = None) -> None:
    """Put the demo organisation into a database without people, dated back from now; its files into *store*."""
    demo = read_demo()
    with own.transaction() as session:
        stage = Stage(session, clock.now(), store)
        leads = put_cast(stage, demo, password_hash)
        results = put_rounds(stage, demo)
        put_skills(stage, demo, leads)
        put_learning(stage, demo)
        put_review(stage, demo)
        put_notes(stage, demo)
        put_discussion(stage, demo)
        put_mentoring(stage, demo)
        put_roadmaps(stage, demo, leads)
        put_later_rounds(stage, demo, results)
        put_measures(stage, demo)
    carry_out(own, stage, demo, leads)
