"""A quiz file -> Quiz, with the checks that fields alone cannot make."""

from collections.abc import Iterator
from pathlib import Path

from courses.behaviour import BEHAVIOURS
from courses.quiz import Bank, Quiz
from courses.reading.question_faults import Found, question_faults
from courses.reading.question_shapes import BankShape, QuestionShape, QuizShape
from courses.reading.questions import question_of
from courses.reading.shapes import fit
from courses.reading.source import Faults, read_text, repeated
from courses.reading.yaml_lines import Document, Step, load_yaml

LESSON_QUESTIONS = 5

Placed = tuple[tuple[Step, ...], QuestionShape]


def read_quiz_file(file: Path, faults: Faults, least: int = 1) -> Quiz | None:
    """The quiz in a file, or None after a fault. `least` is the smallest number of questions."""
    text = read_text(file, faults)
    return None if text is None else read_quiz_text(text, file, faults, least)


def read_quiz_text(text: str, file: Path, faults: Faults, least: int = 1) -> Quiz | None:
    """The quiz in a text that came from `file`, or None after a fault."""
    document = load_yaml(text, file, faults)
    shape = fit(QuizShape, document, faults) if document else None
    if document is None or shape is None:
        return None
    found = list(_quiz_faults(shape, document, least))
    for place, message in found:
        faults.add(file, document.line(*place), message)
    if found:
        return None
    banks = tuple(
        Bank(part.id, part.pick, tuple(question.id for question in part.questions))
        for part in shape.questions
        if isinstance(part, BankShape)
    )
    questions = tuple(question_of(question) for _, question in _flat(shape))
    return Quiz(
        questions, shape.pass_mark, banks, BEHAVIOURS[shape.behaviour], shape.certainty, tuple(shape.remember), shape.minutes
    )


def _flat(shape: QuizShape) -> Iterator[Placed]:
    """Every question with its place in the file, those of banks too."""
    for number, part in enumerate(shape.questions):
        if isinstance(part, BankShape):
            for inner, question in enumerate(part.questions):
                yield ("questions", number, "questions", inner), question
        else:
            yield ("questions", number), part


def _quiz_faults(shape: QuizShape, document: Document, least: int) -> Iterator[Found]:
    banks = [(number, part) for number, part in enumerate(shape.questions) if isinstance(part, BankShape)]
    flat = list(_flat(shape))
    count = len(flat) - sum(len(bank.questions) - bank.pick for _, bank in banks)
    for number, bank in banks:
        if bank.pick > len(bank.questions):
            yield ("questions", number, "pick"), f"{bank.id}: it has {len(bank.questions)} questions to pick from"
    if count < least:
        yield ("questions",), f"a lesson's check has at least {least} questions, this has {count}"
    if not 1 <= shape.pass_mark <= count:
        yield ("pass_mark",), f"`pass_mark` must be 1 to {count}, the number of questions"
    for number, question_id in repeated([question.id for _, question in flat]):
        yield (*flat[number][0], "id"), f"two questions have the id {question_id}"
    for number, bank_id in repeated([bank.id for _, bank in banks]):
        yield ("questions", banks[number][0], "id"), f"two banks have the id {bank_id}"
    yield from _remember_faults(shape, {question.id for _, question in flat})
    for place, question in flat:
        for inside, message in question_faults(question, least > 1):
            yield (*place, *inside), f"{question.id}: {message}"


def _remember_faults(shape: QuizShape, known: set[str]) -> Iterator[Found]:
    for number, question_id in enumerate(shape.remember):
        if question_id not in known:
            yield ("remember", number), f"`remember` names {question_id}, which is no question of this check"
    for number, question_id in repeated(shape.remember):
        yield ("remember", number), f"`remember` names {question_id} twice"
