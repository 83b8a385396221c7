"""The check at the end of a lesson: marking a sheet, and how often somebody may try.

Every question gives one mark or none; there is no part mark. A sheet maps question ids to answers:
an option id, a list of option ids, true or false, a number, a list in order, or a mapping row -> choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite

from courses.errors import (
    AnswerRefused,
    SheetRefused,
    TooManyChoices,
    UnknownOption,
    UnknownQuestion,
    WrongAnswerType,
)
from courses.questions import (
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Question,
    ShownQuestion,
    SingleChoice,
    TrueFalse,
    shown,
)

TRIES_A_DAY = 2
UNANSWERED = "You left this question open, so it has no mark."

Sheet = Mapping[str, object]


@dataclass(frozen=True)
class Quiz:
    """Questions in order and the number of right answers that passes. Question ids are distinct."""

    questions: tuple[Question, ...]
    pass_mark: int

    @property
    def max(self) -> int:
        """The most marks a sheet can have: one a question."""
        return len(self.questions)


@dataclass(frozen=True)
class ShownQuiz:
    """What a page may know of a quiz before it is marked."""

    questions: tuple[ShownQuestion, ...]
    pass_mark: int
    max: int


@dataclass(frozen=True)
class MarkedQuestion:
    """Mark 1 or 0 and why. `parts` has (option or row id, feedback) for each part that was answered."""

    id: str
    mark: int
    feedback: str
    answered: bool
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Marked:
    """A marked sheet: 4 of 5 with a pass mark of 4 is `score` 4, `max` 5, `passed` true."""

    score: int
    max: int
    passed: bool
    questions: tuple[MarkedQuestion, ...]

    def question(self, question_id: str) -> MarkedQuestion:
        """The marked question of that id. Errors: UnknownQuestion."""
        for marked in self.questions:
            if marked.id == question_id:
                return marked
        raise UnknownQuestion(question_id, "this check has no such question")


@dataclass(frozen=True)
class Attempt:
    """One finished try. `day` is the local date of the person who tried; `of` the marks there were."""

    day: date
    score: int
    of: int
    passed: bool


@dataclass(frozen=True)
class Tries:
    """Whether another try is allowed today, how many are left, and that in words."""

    allowed: bool
    left: int
    sentence: str


def presented(quiz: Quiz, seed: int | str) -> ShownQuiz:
    """The quiz as a reader sees it, without the key; the same order for the same seed."""
    return ShownQuiz(tuple(shown(question, seed) for question in quiz.questions), quiz.pass_mark, quiz.max)


def mark(quiz: Quiz, sheet: Sheet) -> Marked:
    """Mark a sheet. A question without an answer (missing, None, "", [] or {}) has mark 0.

    Errors: the first of `sheet_faults`, in the order of the sheet; nothing is marked then.
    """
    for fault in sheet_faults(quiz, sheet):
        raise fault
    marked = tuple(_mark_one(question, sheet.get(question.id)) for question in quiz.questions)
    score = sum(question.mark for question in marked)
    return Marked(score, quiz.max, score >= quiz.pass_mark, marked)


def sheet_faults(quiz: Quiz, sheet: Sheet) -> tuple[SheetRefused, ...]:
    """Every reason why the sheet cannot be marked, one for each answer at most."""
    known = {question.id: question for question in quiz.questions}
    faults: list[SheetRefused] = []
    for question_id, given in sheet.items():
        if question_id not in known:
            faults.append(UnknownQuestion(question_id, "this check has no such question"))
            continue
        try:
            if not _is_open(given):
                _refuse_unfit(known[question_id], given)
        except AnswerRefused as fault:
            faults.append(fault)
    return tuple(faults)


def may_try(attempts: tuple[Attempt, ...], today: date) -> Tries:
    """Two tries a day by the person's own date; a passed check may be tried again, the best counts."""
    used = sum(1 for attempt in attempts if attempt.day == today)
    left = max(0, TRIES_A_DAY - used)
    if left == 0:
        return Tries(False, 0, "You have used both tries of today. The check opens again tomorrow.")
    words = "two tries" if left == TRIES_A_DAY else "one more try"
    return Tries(True, left, f"You have {words} today; the best one counts.")


def best(attempts: tuple[Attempt, ...]) -> Attempt | None:
    """The attempt that counts: passed before not passed, then the larger share, then the earlier one."""
    return max(
        attempts,
        key=lambda attempt: (attempt.passed, attempt.score / attempt.of, -attempt.day.toordinal()),
        default=None,
    )


def _is_open(given: object) -> bool:
    return given is None or (isinstance(given, str | list | tuple | dict) and len(given) == 0)


def _refuse_unfit(question: Question, given: object) -> None:
    if isinstance(question, SingleChoice):
        if isinstance(given, list | tuple) and len(given) > 1:
            raise TooManyChoices(question.id, f"takes one option, {len(given)} were given")
        if not isinstance(given, str):
            raise WrongAnswerType(question.id, f"takes one option id as text, not {_named(given)}")
        _refuse_unknown(question.id, (given,), {option.id for option in question.options})
    elif isinstance(question, MultipleChoice):
        _refuse_unfit_list(question.id, given, {option.id for option in question.options})
    elif isinstance(question, Ordering):
        _refuse_unfit_list(question.id, given, {entry.id for entry in question.entries})
    elif isinstance(question, Matching):
        _refuse_unfit_pairs(question, given)
    elif isinstance(question, Numeric):
        _refuse_unfit_number(question.id, given)
    elif not isinstance(given, bool):
        raise WrongAnswerType(question.id, f"takes true or false, not {_named(given)}")


def _refuse_unfit_number(question: str, given: object) -> None:
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise WrongAnswerType(question, f"takes a number, not {_named(given)}")
    if not isinstance(given, int) and not isfinite(given):
        raise WrongAnswerType(question, "takes a finite number")


def _refuse_unfit_pairs(question: Matching, given: object) -> None:
    if not isinstance(given, Mapping):
        raise WrongAnswerType(question.id, f"takes a choice for each row, not {_named(given)}")
    _refuse_unknown(question.id, tuple(given), {pair.id for pair in question.pairs})
    chosen = tuple(choice for choice in given.values() if not _is_open(choice))
    _refuse_unknown(question.id, chosen, {choice.id for choice in question.choices})


def _refuse_unfit_list(question: str, given: object, known: set[str]) -> None:
    if not isinstance(given, list | tuple):
        raise WrongAnswerType(question, f"takes a list of option ids, not {_named(given)}")
    _refuse_unknown(question, tuple(given), known)
    if len(set(given)) < len(given):
        raise TooManyChoices(question, "the same option was given twice")


def _refuse_unknown(question: str, given: tuple[object, ...], known: set[str]) -> None:
    for option in given:
        if not isinstance(option, str):
            raise WrongAnswerType(question, f"takes option ids as text, not {_named(option)}")
        if option not in known:
            raise UnknownOption(question, f"has no option {option[:40]!r}")


def _named(given: object) -> str:
    names: dict[type, str] = {
        bool: "true or false", int: "a number", float: "a number", Decimal: "a number", str: "a text",
        list: "a list", tuple: "a list", dict: "a mapping", type(None): "nothing",
    }  # fmt: skip
    return names.get(type(given), "this value")


def _mark_one(question: Question, given: object) -> MarkedQuestion:
    if _is_open(given):
        return MarkedQuestion(question.id, 0, UNANSWERED, answered=False)
    right, parts, rest = _judged(question, given)
    feedback = " ".join([*(text for _, text in parts), *rest])
    return MarkedQuestion(question.id, int(right), feedback, answered=True, parts=parts)


def _judged(question: Question, given: object) -> tuple[bool, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Right or not, the feedback by part, and sentences about the answer as a whole."""
    if isinstance(question, SingleChoice | MultipleChoice):
        return _judged_choice(question, given)
    if isinstance(question, TrueFalse):
        says = question.when_true if given else question.when_false
        return given is question.answer, (("true" if given else "false", says),), ()
    if isinstance(question, Numeric):
        right = abs(_exact(given) - question.answer) <= question.tolerance
        return right, (), (question.right if right else question.wrong,)
    if isinstance(question, Ordering):
        return _judged_order(question, given)
    return _judged_pairs(question, given)


def _judged_choice(
    question: SingleChoice | MultipleChoice, given: object
) -> tuple[bool, tuple[tuple[str, str], ...], tuple[str, ...]]:
    chosen = {given} if isinstance(given, str) else set(_listed(given))
    correct = {option.id for option in question.options if option.correct}
    parts = tuple((option.id, option.feedback) for option in question.options if option.id in chosen)
    missed = len(correct - chosen)
    if isinstance(question, SingleChoice) or missed == 0:
        return chosen == correct, parts, ()
    more = "One more option applies." if missed == 1 else f"{missed} more options apply."
    return False, parts, (more,)


def _judged_order(
    question: Ordering, given: object
) -> tuple[bool, tuple[tuple[str, str], ...], tuple[str, ...]]:
    order = _listed(given)
    if len(order) < len(question.entries):
        gap = f"You placed {len(order)} of {len(question.entries)}; all of them need a place."
        return False, (), (question.wrong, gap)
    right = order == [entry.id for entry in question.entries]
    return right, (), (question.right if right else question.wrong,)


def _judged_pairs(
    question: Matching, given: object
) -> tuple[bool, tuple[tuple[str, str], ...], tuple[str, ...]]:
    answers = dict(given) if isinstance(given, Mapping) else {}
    placed = tuple(pair for pair in question.pairs if not _is_open(answers.get(pair.id)))
    parts = tuple((pair.id, pair.feedback) for pair in placed)
    if len(placed) < len(question.pairs):
        gap = f"You matched {len(placed)} of {len(question.pairs)}; every row needs a choice."
        return False, parts, (gap,)
    return all(answers[pair.id] == pair.match for pair in question.pairs), parts, ()


def _exact(given: object) -> Decimal:
    # a float by its text: 12.55 - 12.5 is more than 0.05 in binary fractions
    return Decimal(given) if isinstance(given, int) else Decimal(str(given))


def _listed(given: object) -> list[str]:
    return [str(option) for option in given] if isinstance(given, list | tuple) else []
