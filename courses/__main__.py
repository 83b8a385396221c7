"""The learning rules from the command line: `python -m courses check PATH`, `... mark QUIZ SHEET.json`,
`... statistics RESULTS.csv`, `... import FILE --to QUIZ`, `... export QUIZ`, `... gift FILE`.

Answers are JSON on standard output, or the text that was asked for. Exit codes: 0 done, 1 the input is wrong (one line a fault on
standard error), 2 usage. `-` as a file name is standard input.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from courses.catalogue import Catalogue
from courses.command_input import InputRefused, shown, text_of
from courses.errors import SheetRefused
from courses.exchange.commands import add_exchange
from courses.quiz import Marked, MarkedQuestion, mark, sheet_faults
from courses.reading import read_catalogue, read_quiz
from courses.reading.results import read_results
from courses.statistics import statistics

CONTENT = ("courses", "templates", "glossary.yaml", "paths.yaml", "curriculum.yaml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = _arguments().parse_args(arguments)
    command: Callable[[argparse.Namespace], dict[str, Any] | str] = given.command
    try:
        answer = command(given)
    except InputRefused as refused:
        sys.stderr.writelines(f"{fault}\n" for fault in refused.faults)
        return 1
    sys.stdout.write(answer if isinstance(answer, str) else json.dumps(answer) + "\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    about = "Check course content, mark a sheet, see what marks say about questions, take questions in and out."
    parser = argparse.ArgumentParser(prog="python -m courses", description=about)
    commands = parser.add_subparsers(required=True, metavar="check | mark | statistics | import | export | gift")
    check = commands.add_parser("check", help="read content and list its faults")
    check.add_argument("path", metavar="PATH", type=Path, help="a content folder, a part of it, a quiz")
    check.set_defaults(command=_check)
    marking = commands.add_parser("mark", help="mark an answer sheet")
    marking.add_argument("quiz", metavar="QUIZ")
    marking.add_argument("sheet", metavar="SHEET.json")
    marking.add_argument("--seed", default="0", help="which random numbers and picks the sheet answers")
    marking.set_defaults(command=_mark)
    figures = commands.add_parser("statistics", help="item statistics of a table of marks")
    figures.add_argument("results", metavar="RESULTS.csv")
    figures.set_defaults(command=_statistics)
    add_exchange(commands)
    return parser


def _check(given: argparse.Namespace) -> dict[str, Any]:
    path: Path = given.path
    if not path.exists():
        raise InputRefused(f"{path}:1: there is no such file or folder")
    root = _content_root(path)
    if root is None:
        return _check_quiz(path)
    read = read_catalogue(root)
    if faults := [fault for fault in read.faults if _is_in(fault.file, path)]:
        raise InputRefused(*faults)
    if not read.catalogue.courses:
        raise InputRefused(*read.faults, f"{path}:1: there is no course here that can be read")
    return _counts(read.catalogue)


def _check_quiz(path: Path) -> dict[str, Any]:
    if path.suffix != ".yaml":
        raise InputRefused(f"{path}:1: neither a part of a content folder nor a quiz file")
    read = read_quiz(text_of(str(path)), str(path))
    if read.quiz is None:
        raise InputRefused(*read.faults)
    return {"questions": read.quiz.max, "pass_mark": read.quiz.pass_mark}


def _mark(given: argparse.Namespace) -> dict[str, Any]:
    if given.quiz == given.sheet == "-":
        raise InputRefused("only one of QUIZ and SHEET.json can be standard input")
    read = read_quiz(text_of(given.quiz), shown(given.quiz))
    if read.quiz is None:
        raise InputRefused(*read.faults)
    answers = _answers(text_of(given.sheet), shown(given.sheet))
    if faults := sheet_faults(read.quiz, answers, given.seed):
        raise InputRefused(*(f"{shown(given.sheet)}: {fault}" for fault in faults))
    return _as_json(mark(read.quiz, answers, given.seed))


def _statistics(given: argparse.Namespace) -> dict[str, Any]:
    read = read_results(text_of(given.results), shown(given.results))
    if read.faults:
        raise InputRefused(*read.faults)
    figures = statistics(read.items, read.rows)
    answer = _rounded(asdict(figures))
    answer["questions"] = {item.pop("id"): item for item in answer.pop("items")}
    for item in answer["questions"].values():
        del item["options"]
    return answer


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    """Floats with six digits after the point, all else as it is."""

    def short(value: Any) -> Any:
        if isinstance(value, dict):
            return _rounded(value)
        if isinstance(value, list | tuple):
            return [short(one) for one in value]
        return round(value, 6) if isinstance(value, float) else value

    return {key: short(value) for key, value in values.items()}


def _as_json(marked: Marked) -> dict[str, Any]:
    questions = {each.id: _one_as_json(each) for each in marked.questions}
    answer = {"score": marked.score, "max": marked.max, "passed": marked.passed, "questions": questions}
    return answer | ({"certainty": asdict(marked.certainty)} if marked.certainty else {})


def _one_as_json(marked: MarkedQuestion) -> dict[str, Any]:
    answer = {"mark": marked.mark, "feedback": marked.feedback}
    return answer | ({"general": marked.general} if marked.general else {})


def _counts(catalogue: Catalogue) -> dict[str, Any]:
    lessons = catalogue.lessons_in_order()
    return {
        "courses": len(catalogue.courses),
        "lessons": len(lessons),
        "questions": sum(lesson.quiz.max for lesson in lessons),
        "templates": len(catalogue.templates),
        "terms": len(catalogue.glossary),
        "paths": len(catalogue.paths),
    }


def _content_root(path: Path) -> Path | None:
    """The content folder that `path` is, or is a part of; a folder outside of one stands for itself."""
    for folder in Path(os.path.abspath(path)).parents:
        inside = Path(os.path.abspath(path)).relative_to(folder)
        if inside.parts[0] in CONTENT and any(folder.glob("courses/*/course.yaml")):
            return folder if path.is_absolute() else Path(os.path.relpath(folder))
    return path if path.is_dir() else None


def _is_in(file: str, place: Path) -> bool:
    return Path(os.path.abspath(file)).is_relative_to(os.path.abspath(place))


def _answers(text: str, name: str) -> dict[str, object]:
    try:
        sheet = json.loads(text, object_pairs_hook=_distinct, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InputRefused(f"{name}:{error.lineno}: this is not JSON: {error.msg}") from None
    except (SheetRefused, ValueError) as error:
        raise InputRefused(f"{name}: {error}") from None
    except RecursionError:
        raise InputRefused(f"{name}: the sheet is nested too deep") from None
    if not isinstance(sheet, dict) or set(sheet) != {"answers"} or not isinstance(sheet["answers"], dict):
        raise InputRefused(f'{name}: a sheet looks like {{"answers": {{"q1": "a"}}}}')
    return sheet["answers"]


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entries: dict[str, object] = {}
    for key, value in pairs:
        if key in entries:
            raise SheetRefused(f"{key[:60]!r} stands there twice")
        entries[key] = value
    return entries


def _refuse_constant(name: str) -> object:
    raise SheetRefused(f"{name} is no number that can be marked")


if __name__ == "__main__":
    sys.exit(main())
