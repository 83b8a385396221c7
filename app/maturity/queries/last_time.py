"""What somebody answered the last time: told beside each item, and where nothing has changed, offered to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.maturity.queries.place import Place
from app.models import AssessmentRound, Invitation, RecordedAnswer
from app.records.results import recorded
from assessments.answers import Answer, problem_with
from assessments.questionnaire import Questionnaire


@dataclass(frozen=True)
class LastTime:
    """My earlier answer to an item. `told` is a sentence: 'In round 1 you chose 3 Defined.'

    `statement` is the text of the level, or why the item did not apply; `confirms` says whether it may be taken over."""

    number: int
    told: str
    answer: str
    statement: str
    value: str
    reason: str
    unit: str
    comment: str
    confirms: bool


_NAMED = (
    AssessmentRound.team_id == bindparam("team"), AssessmentRound.model_id == bindparam("model"), AssessmentRound.mode == "named",
    AssessmentRound.state == "closed", AssessmentRound.number < bindparam("number"),
)
_EARLIER = (
    select(AssessmentRound.id).join(Invitation, Invitation.round_id == AssessmentRound.id)
    .where(*_NAMED, Invitation.person_id == bindparam("person"), Invitation.state == "submitted")
    .order_by(AssessmentRound.number.desc()).limit(1).scalar_subquery()
)
_NEWEST = select(func.max(AssessmentRound.number)).where(*_NAMED).correlate(None).scalar_subquery()
_LAST = (
    select(
        AssessmentRound.number, AssessmentRound.model_version, _NEWEST.label("newest"), RecordedAnswer.item_id, RecordedAnswer.value,
        RecordedAnswer.reason, RecordedAnswer.unit, RecordedAnswer.comment,
    )
    .join(Invitation, Invitation.id == RecordedAnswer.invitation_id).join(AssessmentRound, AssessmentRound.id == Invitation.round_id)
    .where(Invitation.round_id == _EARLIER, Invitation.person_id == bindparam("person"))
)


def last_answers(session: Session, me: Me, here: Place, model: Questionnaire) -> dict[str, LastTime]:
    """What I said in the last named round of this team and model that I submitted, by item; one statement.

    It can be confirmed where it was the team's last named round at all, the questions have the same version, and the item
    still offers the answer. "Don't know" is always asked anew: by now one may know."""
    rows = db.rows(session, _LAST, team=here.team.id, model=here.round.model_id, number=here.round.number, person=me.person_id)
    found = {}
    for row in rows:
        answer = recorded(row.value, row.reason, row.unit)
        if answer is None or not model.has(row.item_id):
            continue
        item = model.item(row.item_id)
        is_same = row.number == row.newest and row.model_version == here.round.model_version
        chosen = item.choice(answer.value) if answer.value is not None else None
        reason = model.not_applicable.get(row.reason, "").rstrip(".")
        found[row.item_id] = LastTime(
            row.number, f"In round {row.number} y{chose(model, answer)[1:].rstrip('.')}.", in_short(model, answer),
            chosen.text if chosen else f"{reason}{f': {row.unit}' if row.unit else ''}.",
            row.value, row.reason, row.unit, row.comment, is_same and not answer.is_dk and problem_with(item, answer) is None,
        )
    return found


def in_short(model: Questionnaire, answer: Answer) -> str:
    """'level 3, Defined', 'not applicable' or 'don’t know'."""
    if answer.mark:
        return "don’t know" if answer.is_dk else "not applicable"
    names = {level.value: level.name for level in model.levels}
    name = names.get(int(answer.value or 0), "")
    return f"level {answer.value}{f', {name}' if name else ''}"


def chose(model: Questionnaire, answer: Answer | None) -> str:
    """'You chose 3 Defined', with the reason where an item did not apply; '' for no answer."""
    if answer is None:
        return ""
    if answer.is_dk:
        return "You chose: don’t know"
    if answer.is_na:
        reason = model.not_applicable.get(answer.reason or "", "").rstrip(".")
        return f"You chose: not applicable. {reason}{f': {answer.unit}' if answer.unit else ''}"
    names = {level.value: level.name for level in model.levels}
    return f"You chose {answer.value} {names.get(int(answer.value or 0), '')}"
