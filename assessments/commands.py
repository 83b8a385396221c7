"""What `python -m assessments` can do: JSON in, JSON out. Every command is a function of one text.

A command takes its arguments, reads strict JSON and returns the text to print. It says no by raising an
AssessmentError; `run` turns that into exit code 1 and one line per fault.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assessments.answers import GROUPS, Answer, AnswerSheet
from assessments.errors import AssessmentError, InvalidAnswer, InvalidProblem
from assessments.plan_command import run_plan
from assessments.questionnaire import Questionnaire
from assessments.reading import read_questionnaire
from assessments.scoring import DimensionScore, ItemScore, Score, score
from assessments.strict_json import Fields, parse_json, read_input, to_json

QUESTIONNAIRES = Path(__file__).resolve().parent.parent / "content" / "questionnaires"
MAX_RESPONDENTS = 100_000


def find_model(name: str) -> Questionnaire:
    """A questionnaire from a file, or by its id in content/questionnaires."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", name) and not Path(name).is_file():
        shipped = QUESTIONNAIRES / f"{name}.yaml"
        if not shipped.is_file():
            raise InvalidProblem([f"There is no model {name}, neither as a file nor in the content folder."])
        return read_questionnaire(shipped, f"{name}.yaml")
    return read_questionnaire(Path(name))


def run_score(arguments: Sequence[str]) -> str:
    """`score MODEL ANSWERS.json`: the scores of one round as JSON (contract)."""
    model, answers = arguments
    questionnaire = find_model(model)
    return to_json(score_json(questionnaire, parse_json(read_input(answers))))


def score_json(questionnaire: Questionnaire, document: object) -> dict[str, object]:
    """The answer to one parsed scoring problem; InvalidProblem holds everything wrong with it."""
    problems: list[str] = []
    fields = Fields(document, "The answers", problems)
    type_id = fields.text("type")
    targets = {}
    for key, value in fields.mapping("targets").items():
        if isinstance(value, bool) or not isinstance(value, int):
            fields.say(f'the target of "{key[:60]}" should be a whole number.')
        else:
            targets[key] = value
    invited = fields.whole("invited", 0, 1_000_000)
    if "respondents" not in fields.left:
        fields.say('"respondents" is missing.')
    entries = fields.entries("respondents")
    fields.done()
    if len(entries) > MAX_RESPONDENTS:
        raise InvalidProblem([f"More than {MAX_RESPONDENTS} respondents are too many for one round."])
    sheets = [_sheet(entry, f"respondents[{at}]", problems) for at, entry in enumerate(entries)]
    if problems:
        raise InvalidProblem(problems)
    return score_fields(
        questionnaire, score(questionnaire, sheets, type_id=type_id, targets=targets, invited=invited)
    )


def _sheet(entry: object, where: str, problems: list[str]) -> AnswerSheet:
    fields = Fields(entry, where, problems)
    respondent, group = fields.text("id"), fields.text("group")
    if respondent is None:
        fields.say('"id" is missing.')
    if group is not None and group not in GROUPS:
        fields.say(f'"group" should be one of {", ".join(GROUPS)}.')
    answers = {}
    for item_id, given in fields.mapping("answers").items():
        try:
            answer = _answer(given)
        except InvalidAnswer as error:
            fields.say(f"{item_id[:60]}: {error}")
            continue
        if answer is not None:
            answers[item_id] = answer
    fields.done()
    known = next((name for name in GROUPS if name == group), None)
    return AnswerSheet(respondent or "?", answers, known)


def _answer(given: object) -> Answer | None:
    if given is None or isinstance(given, int | float) and not isinstance(given, bool):
        return None if given is None else Answer.of(given)
    if given in ("NA", "DK"):
        return Answer.na() if given == "NA" else Answer.dk()
    raise InvalidAnswer("an answer is a number, NA, DK or null.")


def score_fields(questionnaire: Questionnaire, result: Score) -> dict[str, object]:
    """A score in the fields of the contract."""
    interval = result.interval
    fields: dict[str, object] = {
        "overall": {
            "index": result.index,
            "percent": result.percent,
            "staged": result.staged,
            "published": result.published,
            "interval": [interval.low, interval.high] if interval else None,
        },
        "dimensions": {key: _dimension_fields(value) for key, value in result.dimensions.items()},
        "items": {key: _item_fields(value) for key, value in result.items.items()},
    }
    if questionnaire.scale == "points":
        fields["nodes"] = {**result.nodes, "total": result.total}
        fields["total"] = result.total
    return fields


def _dimension_fields(dimension: DimensionScore) -> dict[str, object]:
    return {
        "index": dimension.index,
        "staged": dimension.staged,
        "target": dimension.target,
        "gap": dimension.gap,
        "scored": dimension.items_scored,
        "in_scope": dimension.items_in_scope,
        "r_wg_j": dimension.r_wg_j,
        "ad_m": dimension.ad_m,
        "perspective_gap": dimension.perspective_gap,
        "dont_know": dimension.dont_know,
    }


def _item_fields(item: ItemScore) -> dict[str, object]:
    return {
        "n": item.n,
        "mean": item.mean,
        "level": item.level,
        "r_wg": item.r_wg,
        "ad_m": item.ad_m,
        "ad_md": item.ad_md,
        "reading": item.reading,
        "in_scope": item.in_scope,
        "flags": list(item.flags),
    }


Command = Callable[[Sequence[str]], str]
COMMANDS: dict[str, tuple[str, int, Command]] = {
    "score": ("score MODEL ANSWERS.json", 2, run_score),
    "plan": ("plan PROBLEM.json", 1, run_plan),
}
"""Name -> how it is called, how many arguments it takes, and the function that does it."""


def usage() -> str:
    """How the commands are called, one a line."""
    return "\n".join(f"usage: python -m assessments {call}" for call, _, _ in COMMANDS.values())


def run(arguments: Sequence[str]) -> int:
    """Run one command: 0 done, 1 the input is wrong (a line per fault on standard error), 2 usage."""
    if arguments and arguments[0] in ("-h", "--help"):
        sys.stdout.write(usage() + "\n")
        return 0
    name, given = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in COMMANDS or len(given) != COMMANDS[name][1]:
        sys.stderr.write(usage() + "\n")
        return 2
    try:
        text = COMMANDS[name][2](given)
    except AssessmentError as error:
        faults = getattr(error, "problems", None) or getattr(error, "faults", None) or (error,)
        for fault in faults:
            sys.stderr.write(" ".join(str(fault).split()) + "\n")
        return 1
    sys.stdout.write(text + "\n")
    return 0
