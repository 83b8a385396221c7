"""The fields of a quiz file: one shape for each kind of question, banks, and the quiz around them."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from courses.questions import MOST_HINTS
from courses.reading.shapes import NAME, Key, Limit, Number, Shape, Text

Weight = Annotated[Number, Field(ge=-100, le=100)]
Share = Annotated[Number, Field(ge=0, le=100)]
Tolerance = Annotated[Number, Field(ge=0)]
Expression = Annotated[str, Field(max_length=200), AfterValidator(str.strip)]
Name = Annotated[str, Field(pattern=NAME, max_length=20)]


def _listed(given: object) -> object:
    return [given] if isinstance(given, str) else given


Hints = Annotated[list[Text], BeforeValidator(_listed), Field(max_length=MOST_HINTS)]


def _form(given: object) -> object:
    return {"text": given} if isinstance(given, str) else given


class OptionShape(Shape):
    """An option of a single or multiple choice; the feedback says why."""

    id: Key
    text: Text
    feedback: Text
    correct: bool = False
    weight: Weight | None = None


class EntryShape(Shape):
    """An entry of an ordering, or a choice of a matching."""

    id: Key
    text: Text


class PairShape(Shape):
    """A row of a matching, with the id of its choice and why it belongs there."""

    id: Key
    text: Text
    match: Key
    feedback: Text


class RightWrongShape(Shape):
    """Feedback for a right and for a wrong answer."""

    right: Text
    wrong: Text


class TrueFalseFeedbackShape(Shape):
    """Feedback for those who answered true, and for those who answered false."""

    true: Text
    false: Text


class UnitShape(Shape):
    """Another unit to choose; without a factor it is never right."""

    name: Annotated[Text, Field(max_length=40)]
    factor: Annotated[Number, Field(gt=0)] | None = None


class NearShape(Shape):
    """Another number that earns a part of the mark, or is a known mistake."""

    answer: Number
    tolerance: Tolerance | None = None
    share: Share = Field(default=0, validate_default=True)
    feedback: Text


class FormShape(Shape):
    """An accepted form of a short answer."""

    text: Annotated[Text, Field(max_length=200)]
    share: Share = Field(default=100, validate_default=True)
    feedback: Text | None = None


class ChoiceShape(Shape):
    """A single or multiple choice."""

    id: Key
    type: Literal["single", "multiple"]
    text: Text
    options: Annotated[list[OptionShape], Field(min_length=2, max_length=12)]
    credit: Literal["all", "each", "no-wrong", "minus-wrong", "weights"] = "all"
    general: Text | None = None
    hint: Hints = []


class TrueFalseShape(Shape):
    """A statement to accept or reject."""

    id: Key
    type: Literal["true-false"]
    text: Text
    answer: bool
    feedback: TrueFalseFeedbackShape
    general: Text | None = None
    hint: Hints = []


class NumericShape(Shape):
    """A number with a tolerance, absolute or in per cent."""

    id: Key
    type: Literal["numeric"]
    text: Text
    answer: Number
    tolerance: Tolerance
    tolerance_in: Literal["units", "percent"] = "units"
    unit: Text | None = None
    units: Annotated[list[UnitShape], Field(max_length=8)] = []
    near: Annotated[list[NearShape], Field(max_length=8)] = []
    feedback: RightWrongShape
    general: Text | None = None
    hint: Hints = []


class OrderingShape(Shape):
    """Entries, written in the correct order."""

    id: Key
    type: Literal["ordering"]
    text: Text
    items: Annotated[list[EntryShape], Field(min_length=2, max_length=10)]
    feedback: RightWrongShape
    general: Text | None = None
    hint: Hints = []


class MatchingShape(Shape):
    """Rows and the choices they belong to."""

    id: Key
    type: Literal["matching"]
    text: Text
    choices: Annotated[list[EntryShape], Field(min_length=2, max_length=12)]
    pairs: Annotated[list[PairShape], Field(min_length=2, max_length=12)]
    credit: Literal["all", "each"] = "all"
    general: Text | None = None
    hint: Hints = []


class ShortShape(Shape):
    """A word or a few, with the forms that are accepted."""

    id: Key
    type: Literal["short"]
    text: Text
    accept: Annotated[list[Annotated[FormShape, BeforeValidator(_form)]], Field(min_length=1, max_length=20)]
    ignore: list[Literal["case", "space", "accents"]] = ["case", "space"]
    feedback: RightWrongShape
    general: Text | None = None
    hint: Hints = []


class GapChoiceShape(Shape):
    """A gap to fill from a list."""

    id: Key
    type: Literal["single"]
    options: Annotated[list[OptionShape], Field(min_length=2, max_length=12)]
    weight: Annotated[int, Field(ge=1, le=10)] = 1


class GapShortShape(Shape):
    """A gap to fill with a word."""

    id: Key
    type: Literal["short"]
    accept: Annotated[list[Annotated[FormShape, BeforeValidator(_form)]], Field(min_length=1, max_length=20)]
    ignore: list[Literal["case", "space", "accents"]] = ["case", "space"]
    feedback: RightWrongShape
    weight: Annotated[int, Field(ge=1, le=10)] = 1


class GapNumericShape(Shape):
    """A gap to fill with a number."""

    id: Key
    type: Literal["numeric"]
    answer: Number
    tolerance: Tolerance
    tolerance_in: Literal["units", "percent"] = "units"
    unit: Text | None = None
    near: Annotated[list[NearShape], Field(max_length=8)] = []
    feedback: RightWrongShape
    weight: Annotated[int, Field(ge=1, le=10)] = 1


GapShape = GapChoiceShape | GapShortShape | GapNumericShape


class ClozeShape(Shape):
    """A text with gaps, each written [[id]]."""

    id: Key
    type: Literal["cloze"]
    text: Text
    gaps: Annotated[
        list[Annotated[GapShape, Field(discriminator="type")]], Field(min_length=1, max_length=12)
    ]
    general: Text | None = None
    hint: Hints = []


class ParameterShape(Shape):
    """The range of a random number."""

    low: Number = Field(alias="from")
    high: Number = Field(alias="to")
    step: Annotated[Number, Field(gt=0)]


class NearFormulaShape(Shape):
    """Another result that earns a part of the mark, or is a known mistake."""

    answer: Expression
    share: Share = Field(default=0, validate_default=True)
    feedback: Text


class FormulaShape(Shape):
    """A numeric question with random numbers."""

    id: Key
    type: Literal["formula"]
    text: Text
    parameters: Annotated[dict[Name, ParameterShape], Field(min_length=1, max_length=12)]
    constraints: Annotated[list[Expression], Field(max_length=12)] = []
    answer: Expression
    tolerance: Tolerance
    tolerance_in: Literal["units", "percent"] = "units"
    unit: Text | None = None
    units: Annotated[list[UnitShape], Field(max_length=8)] = []
    near: Annotated[list[NearFormulaShape], Field(max_length=8)] = []
    places: Annotated[int, Field(ge=0, le=8)] = 2
    feedback: RightWrongShape
    general: Text | None = None
    hint: Hints = []


QuestionShape = (
    ChoiceShape | TrueFalseShape | NumericShape | OrderingShape | MatchingShape | ShortShape | ClozeShape | FormulaShape
)
_Tagged = Annotated[QuestionShape, Field(discriminator="type")]


class BankShape(Shape):
    """Questions of which each attempt is asked a few."""

    id: Key
    type: Literal["bank"]
    pick: Annotated[int, Field(ge=1)]
    questions: Annotated[list[_Tagged], Field(min_length=2, max_length=300)]


class QuizShape(Shape):
    """NN-<lesson>.quiz.yaml"""

    pass_mark: int
    behaviour: Literal["exam", "practice"] = "exam"
    certainty: bool = False
    minutes: Limit = None
    remember: list[Key] = []
    questions: Annotated[
        list[Annotated[QuestionShape | BankShape, Field(discriminator="type")]],
        Field(min_length=1, max_length=300),
    ]
