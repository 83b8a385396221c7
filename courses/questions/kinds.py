"""The kinds of question, each with its key.

A question value holds its key (which option is correct, which number, which order). How somebody answers, at
leisure or as an exam, is no matter of the kind: see `courses.behaviour`. `general` is said to everybody once
the key may be seen; `hints` come one after each wrong answer where a behaviour lets people try again. Shares (`Option.weight`, `Form.share`, `Near.share`) are per cent of the mark.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["single", "multiple", "true-false", "numeric", "ordering", "matching", "short", "cloze"]
Credit = Literal["all", "each", "no-wrong", "minus-wrong", "weights"]
Fold = Literal["case", "space", "accents"]

FULL = Decimal(100)
MOST_HINTS = 3
FOLDS: tuple[Fold, ...] = ("case", "space")


@dataclass(frozen=True)
class Option:
    """One option of a single or multiple choice, with why it is right or wrong.

    `weight` is the per cent of the mark it brings, -100 to 100; None: all of it if correct, else nothing.
    """

    id: str
    text: str
    correct: bool
    feedback: str
    weight: Decimal | None = None


@dataclass(frozen=True)
class Entry:
    """One thing to put in order, or one target of a matching."""

    id: str
    text: str


@dataclass(frozen=True)
class Pair:
    """One row of a matching: it belongs to the choice whose id is `match`, for the reason in `feedback`."""

    id: str
    text: str
    match: str
    feedback: str


@dataclass(frozen=True)
class SingleChoice:
    """Exactly one option is correct; the answer is its id. Another option may have a weight of its own."""

    id: str
    text: str
    options: tuple[Option, ...]
    general: str = ""
    kind: Literal["single"] = "single"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class MultipleChoice:
    """One or more options are correct; the answer is the list of those ids.

    `credit` says what a part is worth, for c correct options of n, r of them chosen and w wrong ones chosen:
    `all` 1 if r = c and w = 0; `each` (r + wrong ones left out) / n; `no-wrong` r / c if w = 0;
    `minus-wrong` max(0, (r - w) / c); `weights` the sum of the chosen weights, between 0 and 1.
    With c = 2 of n = 4, one right and one wrong chosen: 0, 0.5, 0, 0.
    """

    id: str
    text: str
    options: tuple[Option, ...]
    credit: Credit = "all"
    general: str = ""
    kind: Literal["multiple"] = "multiple"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrueFalse:
    """A statement to accept or reject; `when_true` is shown to those who answered true."""

    id: str
    text: str
    answer: bool
    when_true: str
    when_false: str
    general: str = ""
    kind: Literal["true-false"] = "true-false"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Near:
    """Another number with a share of the mark (0 for a known mistake) and what to say about it."""

    answer: Decimal
    tolerance: Decimal
    share: Decimal
    feedback: str


@dataclass(frozen=True)
class Unit:
    """A unit to choose. A number in it times `factor` is the number in the unit of the answer.

    1 hour of an 8-hour day has the factor 0.125. None: not a unit of this quantity, so never right.
    """

    name: str
    factor: Decimal | None


@dataclass(frozen=True)
class Numeric:
    """A number. Right within `tolerance` on both sides: 12.5 with 0.05 takes 12.45 to 12.55.

    With `in_percent` the tolerance is per cent of the answer: 200 with 1 takes 198 to 202. With `units`, one of
    them has to be chosen beside the number. `near` are tried after the answer, in order. `places` rounds the
    key for the review only.
    """

    id: str
    text: str
    answer: Decimal
    tolerance: Decimal
    unit: str | None
    right: str
    wrong: str
    in_percent: bool = False
    units: tuple[Unit, ...] = ()
    near: tuple[Near, ...] = ()
    places: int | None = None
    general: str = ""
    kind: Literal["numeric"] = "numeric"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ordering:
    """Entries to put in order; `entries` holds them in the correct order."""

    id: str
    text: str
    entries: tuple[Entry, ...]
    right: str
    wrong: str
    general: str = ""
    kind: Literal["ordering"] = "ordering"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matching:
    """Rows to match with choices. A choice may serve several rows, or none. `credit` is `all` or `each`."""

    id: str
    text: str
    choices: tuple[Entry, ...]
    pairs: tuple[Pair, ...]
    credit: Literal["all", "each"] = "all"
    general: str = ""
    kind: Literal["matching"] = "matching"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """An accepted form of a short answer; `*` stands for any run of characters, `\\*` for a star."""

    text: str
    share: Decimal = FULL
    feedback: str = ""


@dataclass(frozen=True)
class ShortAnswer:
    """A word or a few. `folds` are the differences that do not matter; the first form that fits counts."""

    id: str
    text: str
    forms: tuple[Form, ...]
    right: str
    wrong: str
    folds: tuple[Fold, ...] = FOLDS
    general: str = ""
    kind: Literal["short"] = "short"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """A gap of a cloze: a small question, with the whole number of parts of the mark it is worth."""

    id: str
    question: SingleChoice | ShortAnswer | Numeric
    weight: int = 1


@dataclass(frozen=True)
class Cloze:
    """A text with gaps, written [[a]] where the gap a stands; each gap brings its part of the mark."""

    id: str
    text: str
    gaps: tuple[Gap, ...]
    general: str = ""
    kind: Literal["cloze"] = "cloze"
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parameter:
    """A random number of a formula: one of `low`, `low + step`, ... up to `high`."""

    name: str
    low: Decimal
    high: Decimal
    step: Decimal


@dataclass(frozen=True)
class NearFormula:
    """As `Near`, with the number as an expression of the parameters."""

    answer: str
    share: Decimal
    feedback: str


@dataclass(frozen=True)
class Formula:
    """A numeric question with random numbers. A seed turns it into a Numeric: see `courses.formulas`.

    `answer`, `constraints` and what stands in braces in the texts are expressions (`courses.expressions`) of
    the parameters. Only numbers that meet all constraints are drawn.
    """

    id: str
    text: str
    parameters: tuple[Parameter, ...]
    constraints: tuple[str, ...]
    answer: str
    tolerance: Decimal
    unit: str | None
    right: str
    wrong: str
    in_percent: bool = False
    units: tuple[Unit, ...] = ()
    near: tuple[NearFormula, ...] = ()
    places: int = 2
    general: str = ""
    kind: Literal["formula"] = "formula"
    hints: tuple[str, ...] = ()


Asked = (
    SingleChoice | MultipleChoice | TrueFalse | Numeric | Ordering | Matching | ShortAnswer | Cloze
)
Question = Asked | Formula
