"""The comments of an anonymous result, for the PMO lead who has to take one out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible
from app.maturity.queries.place import Place
from app.maturity.queries.result_stored import result_place
from app.records.anonymous import standing_comments
from app.records.anonymous_figures import team_unit

TAKEN_OUT = "Taken out by the PMO lead"


@dataclass(frozen=True)
class CommentsPage:
    """The comments that stand with the result: (key, item and words)."""

    place: Place
    comments: list[tuple[str, str]]


def comments_page(session: Session, me: Me, *, slug: str, number: int) -> CommentsPage:
    """Comments not taken out yet; three statements. NotVisible for named rounds and for everybody but PMO leads."""
    here, _ = result_place(session, me, slug, number)
    if not me.is_pmo_lead or not here.is_anonymous:
        raise NotVisible
    standing = standing_comments(session, here.round.id, team_unit(here.team.id))
    return CommentsPage(here, [(key, f"{item}: {words}") for key, item, words in standing if not words.startswith(TAKEN_OUT)])
