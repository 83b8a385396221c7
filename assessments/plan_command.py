"""`python -m assessments plan PROBLEM.json`: the best plan of a team or of free candidates, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assessments.errors import InvalidProblem
from assessments.planning.document import Model, plan_request, roadmap_fields
from assessments.reading import read_questionnaire
from assessments.reading.improvements import read_improvements
from assessments.roadmap import plan_roadmap
from assessments.strict_json import parse_json, read_input, to_json

CONTENT = Path(__file__).resolve().parent.parent / "content"


def run_plan(arguments: Sequence[str]) -> str:
    """`plan PROBLEM.json`: plan, bound, reasons and the greedy baseline (contract)."""
    (problem,) = arguments
    return to_json(plan_json(parse_json(read_input(problem)), CONTENT))


def plan_json(document: object, content: Path) -> dict[str, object]:
    """The answer to one parsed planning problem; InvalidProblem holds everything wrong with it."""
    request = plan_request(document, lambda name: find_model(content, name))
    roadmap = plan_roadmap(request.problem, time_limit_s=request.time_limit_s)
    return roadmap_fields(roadmap, with_lift=request.has_model)


def find_model(content: Path, name: str) -> Model:
    """A shipped questionnaire with its improvement actions."""
    folder = content / "questionnaires"
    if name not in {path.stem for path in folder.glob("*.yaml")}:
        raise InvalidProblem([f"There is no model {name[:60]} in the content folder."])
    questionnaire = read_questionnaire(folder / f"{name}.yaml")
    return questionnaire, read_improvements(content / "improvements", questionnaire)
