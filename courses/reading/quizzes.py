"""A quiz file -> Quiz, with the checks that fields alone cannot make."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from courses.questions import (
    Entry,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    SingleChoice,
    TrueFalse,
)
from courses.quiz import Quiz
from courses.reading.shapes import (
    ChoiceShape,
    EntryShape,
    MatchingShape,
    NumericShape,
    OptionShape,
    OrderingShape,
    PairShape,
    QuestionShape,
    QuizShape,
    TrueFalseShape,
    fit,
)
from courses.reading.source import Faults, read_text, repeated
from courses.reading.yaml_lines import Document, Step, load_yaml

LESSON_QUESTIONS = 5

Found = tuple[tuple[Step, ...], str]


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
    return Quiz(tuple(_question(question) for question in shape.questions), shape.pass_mark)


def _quiz_faults(shape: QuizShape, document: Document, least: int) -> Iterator[Found]:
    count = len(shape.questions)
    if count < least:
        yield ("questions",), f"a lesson's check has at least {least} questions, this has {count}"
    if not 1 <= shape.pass_mark <= count:
        yield ("pass_mark",), f"`pass_mark` must be 1 to {count}, the number of questions"
    for number, question_id in repeated([question.id for question in shape.questions]):
        yield ("questions", number, "id"), f"two questions have the id {question_id}"
    for number, question in enumerate(shape.questions):
        for place, message in _question_faults(question, least > 1):
            yield ("questions", number, *place), f"{question.id}: {message}"


def _question_faults(question: QuestionShape, for_lesson: bool) -> Iterator[Found]:
    if isinstance(question, ChoiceShape):
        yield from _same_twice(question.options, "options")
        correct = sum(option.correct for option in question.options)
        if question.type == "single" and correct != 1:
            yield ("options",), f"exactly one option must be correct, here {correct} are"
        elif correct == 0:
            yield ("options",), "at least one option must be correct"
    elif isinstance(question, OrderingShape):
        yield from _same_twice(question.items, "items")
        ids = [entry.id for entry in question.items]
        if for_lesson and ids == sorted(ids):
            yield ("items",), "the ids give the order away; mix the letters"
    elif isinstance(question, MatchingShape):
        yield from _same_twice(question.choices, "choices")
        yield from _same_twice(question.pairs, "pairs")
        known = {choice.id for choice in question.choices}
        for place, pair in enumerate(question.pairs):
            if pair.match not in known:
                yield ("pairs", place, "match"), f"there is no choice {pair.match}"


def _same_twice(entries: Sequence[OptionShape | EntryShape | PairShape], key: str) -> Iterator[Found]:
    for place, entry_id in repeated([entry.id for entry in entries]):
        yield (key, place, "id"), f"the id {entry_id} stands twice in `{key}`"
    for place, _ in repeated([" ".join(entry.text.casefold().split()) for entry in entries]):
        yield (key, place, "text"), f"the same text stands twice in `{key}`"


def _question(shape: QuestionShape) -> Question:
    if isinstance(shape, ChoiceShape):
        options = tuple(Option(part.id, part.text, part.correct, part.feedback) for part in shape.options)
        kind = SingleChoice if shape.type == "single" else MultipleChoice
        return kind(shape.id, shape.text, options)
    if isinstance(shape, TrueFalseShape):
        return TrueFalse(shape.id, shape.text, shape.answer, shape.feedback.true, shape.feedback.false)
    if isinstance(shape, NumericShape):
        right, wrong = shape.feedback.right, shape.feedback.wrong
        return Numeric(shape.id, shape.text, shape.answer, shape.tolerance, shape.unit, right, wrong)
    if isinstance(shape, OrderingShape):
        entries = tuple(Entry(part.id, part.text) for part in shape.items)
        return Ordering(shape.id, shape.text, entries, shape.feedback.right, shape.feedback.wrong)
    choices = tuple(Entry(part.id, part.text) for part in shape.choices)
    pairs = tuple(Pair(part.id, part.text, part.match, part.feedback) for part in shape.pairs)
    return Matching(shape.id, shape.text, choices, pairs)
