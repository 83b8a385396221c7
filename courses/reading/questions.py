"""The shape of a question -> its value."""

from dataclasses import replace

from courses.questions import (
    Cloze,
    Entry,
    Form,
    Formula,
    Gap,
    Matching,
    MultipleChoice,
    Near,
    NearFormula,
    Numeric,
    Option,
    Ordering,
    Pair,
    Parameter,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
)
from courses.reading.question_shapes import (
    ChoiceShape,
    ClozeShape,
    FormShape,
    FormulaShape,
    GapChoiceShape,
    GapNumericShape,
    GapShape,
    GapShortShape,
    MatchingShape,
    NumericShape,
    OptionShape,
    OrderingShape,
    QuestionShape,
    ShortShape,
    TrueFalseShape,
    UnitShape,
)


def question_of(shape: QuestionShape) -> Question:
    """The question a shape without faults stands for."""
    return replace(_question(shape), hints=tuple(shape.hint))


def _question(shape: QuestionShape) -> Question:
    general = shape.general or ""
    match shape:
        case ChoiceShape(type="single"):
            return SingleChoice(shape.id, shape.text, _options(shape.options), general)
        case ChoiceShape():
            return MultipleChoice(shape.id, shape.text, _options(shape.options), shape.credit, general)
        case TrueFalseShape():
            says = shape.feedback
            return TrueFalse(shape.id, shape.text, shape.answer, says.true, says.false, general)
        case OrderingShape():
            entries = tuple(Entry(part.id, part.text) for part in shape.items)
            says_right, says_wrong = shape.feedback.right, shape.feedback.wrong
            return Ordering(shape.id, shape.text, entries, says_right, says_wrong, general)
        case MatchingShape():
            choices = tuple(Entry(part.id, part.text) for part in shape.choices)
            pairs = tuple(Pair(part.id, part.text, part.match, part.feedback) for part in shape.pairs)
            return Matching(shape.id, shape.text, choices, pairs, shape.credit, general)
        case ClozeShape():
            gaps = tuple(
                Gap(gap.id, _gap(gap, f"Gap {number}"), gap.weight) for number, gap in enumerate(shape.gaps, 1)
            )
            return Cloze(shape.id, shape.text, gaps, general)
        case _:
            return _typed(shape, general)


def _typed(shape: NumericShape | ShortShape | FormulaShape, general: str) -> Question:
    right, wrong = shape.feedback.right, shape.feedback.wrong
    match shape:
        case NumericShape():
            return Numeric(
                shape.id, shape.text, shape.answer, shape.tolerance, shape.unit, right, wrong,
                shape.tolerance_in == "percent", _units(shape.units), _near(shape), None, general,
            )  # fmt: skip
        case ShortShape():
            return ShortAnswer(
                shape.id, shape.text, _forms(shape.accept), right, wrong, tuple(shape.ignore), general
            )
        case FormulaShape():
            parameters = tuple(
                Parameter(name, one.low, one.high, one.step) for name, one in shape.parameters.items()
            )
            near = tuple(NearFormula(one.answer, one.share, one.feedback) for one in shape.near)
            return Formula(
                shape.id, shape.text, parameters, tuple(shape.constraints), shape.answer, shape.tolerance,
                shape.unit, right, wrong, shape.tolerance_in == "percent", _units(shape.units), near,
                shape.places, general,
            )  # fmt: skip


def _gap(gap: GapShape, name: str) -> SingleChoice | ShortAnswer | Numeric:
    match gap:
        case GapChoiceShape():
            return SingleChoice(gap.id, name, _options(gap.options))
        case GapShortShape():
            says = gap.feedback
            return ShortAnswer(gap.id, name, _forms(gap.accept), says.right, says.wrong, tuple(gap.ignore))
        case GapNumericShape():
            says = gap.feedback
            return Numeric(
                gap.id, name, gap.answer, gap.tolerance, gap.unit, says.right, says.wrong,
                gap.tolerance_in == "percent", (), _near(gap),
            )  # fmt: skip


def _options(shapes: list[OptionShape]) -> tuple[Option, ...]:
    return tuple(Option(part.id, part.text, part.correct, part.feedback, part.weight) for part in shapes)


def _forms(shapes: list[FormShape]) -> tuple[Form, ...]:
    return tuple(Form(form.text, form.share, form.feedback or "") for form in shapes)


def _units(shapes: list[UnitShape]) -> tuple[Unit, ...]:
    return tuple(Unit(unit.name, unit.factor) for unit in shapes)


def _near(shape: NumericShape | GapNumericShape) -> tuple[Near, ...]:
    return tuple(
        Near(one.answer, shape.tolerance if one.tolerance is None else one.tolerance, one.share, one.feedback)
        for one in shape.near
    )
