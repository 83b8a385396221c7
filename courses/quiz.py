"""The check at the end of a lesson: marking a sheet, and how often somebody may try.

Every question gives a mark from 0 to 1. A sheet maps question ids to answers, see `courses.marking.fitting`; in
a check that asks how sure people are, an answer is {"answer": ..., "certainty": 1, 2 or 3}. Random numbers and
picks from a bank follow from a seed that the caller keeps with the attempt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from courses.behaviour import EXAM, Behaviour
from courses.certainty import LEVELS, LOWEST, CertaintyResult, certainty_result
from courses.errors import AnswerRefused, SheetRefused, UnknownQuestion, WrongAnswerType
from courses.formulas import as_numeric
from courses.marking import is_open, judged, refuse_unfit
from courses.questions import Asked, Formula, Question, ShownQuestion, shown, shuffled
from courses.retrying import earlier, worth

TRIES_A_DAY = 2
UNANSWERED = "You left this question open, so it has no mark."

Sheet = Mapping[str, object]
Seed = int | str
Tried = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Bank:
    """Some of a quiz's questions, of which each attempt is asked `pick`."""

    id: str
    pick: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Quiz:
    """Questions in order and the marks that pass. Ids are distinct. An attempt sees what `drawn` leaves.

    `remember` are the ids of the key questions, which everybody who has passed meets again in the review. `minutes` is the time
    limit of a try, None without one."""

    questions: tuple[Question, ...]
    pass_mark: int
    banks: tuple[Bank, ...] = ()
    behaviour: Behaviour = EXAM
    asks_certainty: bool = False
    remember: tuple[str, ...] = ()
    minutes: int | None = None

    @cached_property
    def max(self) -> int:
        """The most marks a sheet can have: one a question that is asked."""
        return len(self.questions) - sum(len(bank.members) - bank.pick for bank in self.banks)


    @property
    def tries_a_question(self) -> int:
        """How many answers to one question may be given within a try; one where people say how sure they are, which is about the first."""
        return 1 if self.asks_certainty else self.behaviour.tries_a_question


@dataclass(frozen=True)
class DrawnQuiz:
    """What one attempt is asked: banks picked from, random numbers filled in. It holds the key."""

    questions: tuple[Asked, ...]
    pass_mark: int
    asks_certainty: bool = False

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
    asks_certainty: bool = False


@dataclass(frozen=True)
class MarkedQuestion:
    """Mark from 0 to 1 (a whole number as such) and why.

    `parts` has (option, row or gap id, feedback) for each part that was answered; `certainty` is 0 where it is
    not asked. `general` is for everybody, once the key may be seen; `right_parts` are rows and gaps that are right.
    `is_right`: the answer that stands is, whatever the answers before it have cost.
    """

    id: str
    mark: float
    feedback: str
    answered: bool
    parts: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    general: str = ""
    certainty: int = 0
    right_parts: tuple[str, ...] = ()
    is_right: bool = False


@dataclass(frozen=True)
class Marked:
    """A marked sheet: 4 of 5 with a pass mark of 4 is `score` 4, `max` 5, `passed` true."""

    score: float
    max: int
    passed: bool
    questions: tuple[MarkedQuestion, ...]
    certainty: CertaintyResult | None = None

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
    score: float
    of: int
    passed: bool


@dataclass(frozen=True)
class Tries:
    """Whether another try is allowed today, how many are left (None: no limit), and that in words."""

    allowed: bool
    left: int | None
    sentence: str


def drawn(quiz: Quiz, seed: Seed) -> DrawnQuiz:
    """What the attempt with this seed is asked, always the same; picked questions keep the writer's order."""
    by_id = {question.id: question for question in quiz.questions}
    left_out: set[str] = set()
    for bank in quiz.banks:
        members = shuffled(tuple(by_id[member] for member in bank.members), f"{seed}/{bank.id}")
        left_out |= {question.id for question in members[bank.pick :]}
    questions = tuple(
        as_numeric(question, seed) if isinstance(question, Formula) else question
        for question in quiz.questions
        if question.id not in left_out
    )
    return DrawnQuiz(questions, quiz.pass_mark, quiz.asks_certainty)


def presented(quiz: Quiz, seed: Seed) -> ShownQuiz:
    """The quiz as a reader sees it, without the key; the same numbers, picks and order for the same seed."""
    ours = drawn(quiz, seed)
    questions = tuple(shown(question, seed) for question in ours.questions)
    return ShownQuiz(questions, quiz.pass_mark, ours.max, quiz.asks_certainty)


def mark(quiz: Quiz, sheet: Sheet, seed: Seed = 0, tried: Tried | None = None) -> Marked:
    """Mark a sheet. A question without an answer (missing, None, "", [] or {}) has mark 0.

    `tried` are the answers checked on the way, by question; each that is not the one that stands costs a third.

    Errors: the first of `sheet_faults`, in the order of the sheet; nothing is marked then.
    """
    for fault in sheet_faults(quiz, sheet, seed):
        raise fault
    marked, shares, sure = [], Fraction(0), []
    for question in drawn(quiz, seed).questions:
        given, certainty = _parted(quiz, question.id, sheet.get(question.id))
        share, one = _mark_one(question, given)
        before = earlier(tried.get(question.id, ()), given) if tried and quiz.tries_a_question > 1 else 0
        shares += worth(share, before)
        one = replace(one, mark=plain_number(worth(share, before)))
        if quiz.asks_certainty and one.answered:
            sure.append((question.id, share, certainty))
            one = replace(one, certainty=certainty)
        marked.append(one)
    told = certainty_result(sure) if quiz.asks_certainty else None
    return Marked(plain_number(shares), quiz.max, shares >= quiz.pass_mark, tuple(marked), told)


def sheet_faults(quiz: Quiz, sheet: Sheet, seed: Seed = 0) -> tuple[SheetRefused, ...]:
    """Every reason why the sheet cannot be marked, one for each answer at most."""
    known = {question.id: question for question in drawn(quiz, seed).questions}
    faults: list[SheetRefused] = []
    for question_id, answer in sheet.items():
        if question_id not in known:
            faults.append(UnknownQuestion(question_id, "this check has no such question"))
            continue
        try:
            given, _ = _parted(quiz, question_id, answer)
            if not is_open(given):
                refuse_unfit(known[question_id], given)
        except AnswerRefused as fault:
            faults.append(fault)
    return tuple(faults)


def fitting(quiz: Quiz, sheet: Sheet, seed: Seed = 0) -> dict[str, object]:
    """The sheet without the answers that do not fit their question, so that the rest can be marked."""
    unfit = {getattr(fault, "question", "") for fault in sheet_faults(quiz, sheet, seed)}
    return {name: answer for name, answer in sheet.items() if name not in unfit}


def may_try(attempts: tuple[Attempt, ...], today: date, behaviour: Behaviour = EXAM) -> Tries:
    """Two tries a day by the person's own date; a passed check may be tried again, the best counts."""
    if behaviour.tries_a_day is None:
        return Tries(True, None, "You may try as often as you like; the best try counts.")
    used = sum(1 for attempt in attempts if attempt.day == today)
    left = max(0, behaviour.tries_a_day - used)
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


def plain_number(share: Fraction) -> float:
    """A sum of marks for people and JSON: whole numbers as such, all else with six digits after the point."""
    return int(share) if share.denominator == 1 else round(float(share), 6)


def said(score: float) -> str:
    """Marks as people read them: 4, 4.5, 3.33."""
    return f"{round(score, 2):g}"


def _parted(quiz: Quiz, question: str, given: object) -> tuple[object, int]:
    """(answer, certainty) of an entry of the sheet; without a certainty it is the lowest."""
    if not quiz.asks_certainty or not isinstance(given, Mapping) or "answer" not in given:
        return given, LOWEST
    certainty = given.get("certainty", LOWEST)
    if isinstance(certainty, bool) or not isinstance(certainty, int) or certainty not in LEVELS:
        raise WrongAnswerType(question, "takes a certainty of 1, 2 or 3")
    return given["answer"], certainty


def _mark_one(question: Asked, given: object) -> tuple[Fraction, MarkedQuestion]:
    if is_open(given):
        open_one = MarkedQuestion(question.id, 0, UNANSWERED, False, rest=UNANSWERED, general=question.general)
        return Fraction(0), open_one
    found = judged(question, given)
    feedback = " ".join([*(text for _, text in found.parts), *found.rest])
    one = MarkedQuestion(
        question.id,
        plain_number(found.share),
        feedback,
        answered=True,
        parts=found.parts,
        rest=" ".join(found.rest),
        general=question.general,
        right_parts=found.right,
        is_right=found.share == 1,
    )
    return found.share, one
