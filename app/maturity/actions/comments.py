"""Taking out a comment that names or describes people (R17)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access import Me
from app.db import scrub_after
from app.errors import Refused
from app.maturity.actions.steps import note
from app.maturity.queries.comments import TAKEN_OUT, comments_page
from app.records.anonymous import replace_comment, standing_comments
from app.records.anonymous_figures import team_unit


def take_out_comment(session: Session, me: Me, *, slug: str, number: int, comment: str, reason: str) -> None:
    """Put the reason in the place of a comment. It is noted without the words that stood there."""
    here = comments_page(session, me, slug=slug, number=number).place
    standing = standing_comments(session, here.round.id, team_unit(here.team.id), lock=True)
    if not any(key == comment and not words.startswith(TAKEN_OUT) for key, _, words in standing):
        raise Refused("Somebody else has just taken this comment out. Choose another one", "comment")
    replace_comment(session, comment, f"{TAKEN_OUT}: {reason}")
    event = note(me, "took out a comment", here.round)
    event.detail = {"reason": reason}
    session.add(event)
    session.flush()
    scrub_after(session)
