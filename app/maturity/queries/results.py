"""The page of a closed round’s results, from the stored figures alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from app import db
from app.access import Me, can
from app.maturity.queries.agreed_levels import AGREED, Agreed, agreed_in
from app.maturity.queries.claims import Claims, claims_of
from app.maturity.queries.evidence_of_round import round_evidence
from app.maturity.queries.place import Place
from app.maturity.queries.result_frozen import AnsweredDimension, Frozen, frozen
from app.maturity.queries.result_stored import round_before, stored_result
from app.models import AgreedLevel, Invitation, RecordedAnswer
from app.records.anonymous import comments_at
from app.records.anonymous_figures import team_unit
from app.records.attachments import Attached
from app.records.measures import Beside, beside_level

# Comments beside the agreed levels, in the same columns: what has no level is a comment.
_AGREED_AND_COMMENTS = union_all(
    AGREED,
    select(
        RecordedAnswer.item_id, RecordedAnswer.comment, cast(null(), Integer), cast(null(), Integer), literal(""),
        cast(null(), AgreedLevel.created_at.type), cast(null(), Integer), literal(""),
    )
    .join(Invitation, Invitation.id == RecordedAnswer.invitation_id)
    .where(Invitation.round_id == bindparam("round"), Invitation.state == "submitted", RecordedAnswer.comment != ""),
)


@dataclass(frozen=True)
class AnswersOf:
    """What people answered in one dimension, with what I may read of their comments and files."""

    given: AnsweredDimension
    comments: tuple[tuple[str, str], ...]
    evidence: tuple[Attached, ...] = ()


@dataclass(frozen=True, eq=False)
class ResultsPage(Frozen):
    """Everything the results page shows: `frozen` is what the figures alone say, the rest is for the person who asks."""

    frozen: Frozen
    place: Place
    agreed: tuple[Agreed, ...]
    answers: tuple[AnswersOf, ...]
    sees_comments: bool
    comments: int
    sees_answers: bool
    exports: bool
    exports_answers: bool
    runs_it: bool
    takes_out: bool
    measures: tuple[Beside, ...]
    claims: Claims | None

    @property
    def is_hidden(self) -> bool:
        """Nothing at all may be shown of this team: an anonymous result without anybody counted."""
        return self.min_group is not None and not self.headline.invited


def results_page(session: Session, me: Me, *, slug: str, number: int) -> ResultsPage:
    """The results of a round; five statements, whatever the number of people."""
    here, scores = stored_result(session, me, slug, number)
    parts = frozen(scores, name=here.name, model_id=here.round.model_id, pmo_type=here.round.pmo_type, before=round_before(session, me, here))
    evidence = round_evidence(session, me, here)
    levels, comments = _agreed_and_comments(session, here)
    agreed = agreed_in(levels, parts.figures, evidence.agreed)
    return ResultsPage(
        **vars(parts), frozen=parts, place=here, agreed=agreed,
        answers=tuple(
            AnswersOf(
                d, tuple((row.id, words) for row in d.rows for words in comments.get(row.id, ())),
                tuple(hung for row in d.rows for hung in evidence.answers.get(row.id, ())),
            )
            for d in parts.answered
        ),
        sees_comments=here.sees_people, comments=sum(map(len, comments.values())), sees_answers=can(me, "see answers", here.round), exports=here.sees_people,
        exports_answers=me.is_pmo_lead and not here.is_anonymous, runs_it=here.runs_it,
        takes_out=me.is_pmo_lead and here.is_anonymous and bool(comments), measures=beside_level(session, me, here.team.id, here.team.slug),
        claims=claims_of(here, parts.figures, evidence, (one.item for one in agreed if one.evidence)),
    )


def _agreed_and_comments(session: Session, here: Place) -> tuple[list[Any], dict[str, list[str]]]:
    """The agreed levels, and for those who read them the comments of submitted sheets by item: without names, in the order of their words so that
    the order tells nobody apart. One statement, two in an anonymous round, whose comments lie elsewhere."""
    if not here.sees_people or here.is_anonymous:
        unit = team_unit(here.team.id)
        comments = comments_at(session, [here.round.id], [unit]).get(unit, {}) if here.sees_people else {}
        return list(db.rows(session, AGREED, round=here.round.id)), comments
    rows = db.rows(session, _AGREED_AND_COMMENTS, round=here.round.id)
    found: dict[str, list[str]] = {}
    for item_id, words in sorted((row.item_id, row.words) for row in rows if row.level is None):
        found.setdefault(item_id, []).append(words)
    return [row for row in rows if row.level is not None], found
