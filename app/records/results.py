"""From recorded answers to a stored result: the same way whoever asks, always in the transaction of the caller."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.content import library
from app.models import AgreedLevel, AssessmentRound, DimensionResult, Invitation, PublishedResult, RecordedAnswer
from app.records.snapshot import Since, Snapshot, change_figures, snapshot
from assessments.agreement import mean_of, variance_of
from assessments.answers import Answer, AnswerSheet
from assessments.comparison import AnsweredRound, compare, reduced
from assessments.errors import NotComparable
from assessments.questionnaire import Questionnaire
from assessments.scoring import Score, score
from assessments.workshop import sheet_of_the_room

RULES_VERSION = "1"
LEAST_SAME_PEOPLE = 3
OF_THE_ROOM = "room"


def model_of(round_: AssessmentRound) -> Questionnaire | None:
    """The questionnaire of a round, None when it is no longer among the content."""
    return library().questionnaires.get(round_.model_id)


def type_in(model: Questionnaire, pmo_type: str) -> str | None:
    """The type if the model knows it; a model without types weighs its dimensions as its file says."""
    return pmo_type if pmo_type in model.types else None


def recorded(value: str, reason: str, unit: str) -> Answer | None:
    """A stored answer as the rules see it; None while only a comment is stored."""
    return Answer.na(reason or None, unit or None) if value == "NA" else Answer.from_code(value)


def submitted_sheets(session: Session, round_id: int, model: Questionnaire) -> list[AnswerSheet]:
    """The submitted sheets of a round, in the order of invitation; one statement. A respondent is named by person id."""
    rows = session.execute(
        select(
            Invitation.person_id, Invitation.group, RecordedAnswer.item_id, RecordedAnswer.value, RecordedAnswer.reason, RecordedAnswer.unit
        )
        .outerjoin(RecordedAnswer, RecordedAnswer.invitation_id == Invitation.id)
        .where(Invitation.round_id == round_id, Invitation.state == "submitted")
        .order_by(Invitation.id, RecordedAnswer.item_id)
    ).all()
    groups: dict[int, str] = {}
    answers: dict[int, dict[str, Answer]] = {}
    for person_id, group, item_id, value, reason, unit in rows:
        groups[person_id] = group
        sheet = answers.setdefault(person_id, {})
        answer = recorded(value, reason, unit) if item_id is not None and model.has(item_id) else None
        if answer is not None:
            sheet[item_id] = answer
    return [AnswerSheet(str(who), answers[who], "office" if group == "office" else "users") for who, group in groups.items()]


def store_result(session: Session, round_: AssessmentRound, model: Questionnaire) -> Snapshot:
    """Score the submitted sheets with the levels agreed so far and store the result, in place of an earlier one.

    A workshop without a sheet that counts is scored by what the room agreed on, as one view.

    Raises InvalidSheets when answers no longer fit the model."""
    sheets = submitted_sheets(session, round_.id, model)
    invited = session.scalar(select(func.count()).where(Invitation.round_id == round_.id)) or 0
    agreed = {row.item_id: row.level for row in session.execute(
        select(AgreedLevel.item_id, AgreedLevel.level).where(AgreedLevel.round_id == round_.id)
    )}
    result = score(
        model, sheets, type_id=type_in(model, round_.pmo_type), targets=round_.targets, invited=invited, agreed_levels=agreed
    )
    room = sheet_of_the_room(model, agreed) if round_.is_workshop and not result.valid else None
    of_room = score(
        model, [room], type_id=type_in(model, round_.pmo_type), targets=round_.targets, invited=max(invited, 1), agreed_levels=agreed
    ) if room else None
    is_of_room = of_room is not None and bool(of_room.valid)
    if room and of_room and is_of_room:
        sheets, result = [room], of_room
    figures = snapshot(model, result, sheets, _since(session, round_, model, sheets))
    if is_of_room:
        figures = replace(figures, kind=OF_THE_ROOM)
    session.execute(delete(DimensionResult).where(DimensionResult.round_id == round_.id))
    session.execute(delete(PublishedResult).where(PublishedResult.round_id == round_.id))
    session.add(PublishedResult(
        round_id=round_.id, team_id=round_.team_id, rules_version=RULES_VERSION, overall_index=figures.index, staged=figures.staged,
        respondents=figures.answered, invited=invited, kind=figures.kind, scores=figures.as_json(), **_spread(result),
    ))
    session.add_all(
        DimensionResult(
            round_id=round_.id, team_id=round_.team_id, dimension=d.id, position=position, index=d.index, staged=d.staged, target=d.target,
            moved=(figures.dimension_changes[d.id].verdict or "") if d.id in figures.dimension_changes else "",
        )
        for position, d in enumerate(figures.dimensions)
    )
    session.flush()
    return figures


def _spread(result: Score) -> dict[str, float | None]:
    """How the means of the respondents lie, for comparing teams; None of it below three people."""
    means = list(result.respondent_means.values())
    if len(means) < LEAST_SAME_PEOPLE:
        return {}
    return {"people_counted": len(means), "people_mean": mean_of(means), "people_variance": variance_of(means)}


def _since(session: Session, round_: AssessmentRound, model: Questionnaire, sheets: list[AnswerSheet]) -> Since | None:
    """How it changed since the last closed round of the same model, on the items both asked; the same people are paired if there are three."""
    before = session.execute(
        select(AssessmentRound.id, AssessmentRound.number, PublishedResult.scores)
        .outerjoin(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
        .where(
            AssessmentRound.team_id == round_.team_id, AssessmentRound.model_id == round_.model_id,
            AssessmentRound.mode == "named", AssessmentRound.state == "closed", AssessmentRound.number < round_.number,
        )
        .order_by(AssessmentRound.number.desc())
        .limit(1)
    ).one_or_none()
    if before is None:
        return None
    asked = {item["id"] for item in (before.scores or {}).get("items", ())}
    old_model = reduced(model, asked) if asked else model
    earlier = [replace(sheet, answers={k: a for k, a in sheet.answers.items() if old_model.has(k)}) for sheet in submitted_sheets(session, before.id, model)]
    both = {sheet.respondent for sheet in earlier} & {sheet.respondent for sheet in sheets}
    if not earlier:
        return None
    try:
        compared = compare(
            AnsweredRound(old_model, tuple(earlier)), AnsweredRound(model, tuple(sheets)),
            type_id=type_in(model, round_.pmo_type), linked=len(both) >= LEAST_SAME_PEOPLE,
        )
    except NotComparable:
        return None
    dimensions = {name: figures for name, one in compared.dimensions.items() if (figures := change_figures(before.number, one))}
    return Since(change_figures(before.number, compared.overall), dimensions, len(compared.items.shared))
