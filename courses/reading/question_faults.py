"""What is wrong with a question although each of its fields fits: no right option, a formula without numbers."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from courses.errors import ExpressionRefused
from courses.expressions import holds, value_of
from courses.formulas import MOST_STEPS, as_numeric, drawn_values, expressions_of, sampled, unknown_names
from courses.questions import GAP, Formula
from courses.reading.question_shapes import (
    ChoiceShape,
    ClozeShape,
    EntryShape,
    FormShape,
    FormulaShape,
    GapChoiceShape,
    GapNumericShape,
    GapShortShape,
    MatchingShape,
    NumericShape,
    OptionShape,
    OrderingShape,
    PairShape,
    QuestionShape,
    ShortShape,
    UnitShape,
)
from courses.reading.questions import question_of
from courses.reading.source import repeated
from courses.reading.yaml_lines import Step

SAMPLES = 120
LEAST_SHARE = 0.05

Found = tuple[tuple[Step, ...], str]


def question_faults(question: QuestionShape, for_lesson: bool) -> Iterator[Found]:
    """(place inside the question, what is wrong) for each fault."""
    match question:
        case ChoiceShape():
            yield from _choice_faults(question.options, question.type, question.credit)
        case OrderingShape():
            yield from _same_twice(question.items, "items")
            ids = [entry.id for entry in question.items]
            if for_lesson and ids == sorted(ids):
                yield ("items",), "the ids give the order away; mix the letters"
        case MatchingShape():
            yield from _matching_faults(question)
        case NumericShape():
            yield from _numeric_faults(question)
            yield from _unit_faults(question.unit, question.units)
        case ShortShape():
            yield from _form_faults(question.accept)
        case ClozeShape():
            yield from _cloze_faults(question)
        case FormulaShape():
            yield from _unit_faults(question.unit, question.units)
            yield from _formula_faults(question)


def _choice_faults(options: list[OptionShape], kind: str, credit: str) -> Iterator[Found]:
    yield from _same_twice(options, "options")
    correct = sum(option.correct for option in options)
    if kind == "single" and correct != 1:
        yield ("options",), f"exactly one option must be correct, here {correct} are"
    elif correct == 0:
        yield ("options",), "at least one option must be correct"
    elif kind == "single":
        if credit != "all":
            yield ("credit",), "`credit` is for questions of type multiple"
        for place, option in enumerate(options):
            if option.weight is not None and (option.correct or not 0 <= option.weight < 100):
                yield ("options", place, "weight"), "only a wrong option has a weight, from 0 to below 100"
    elif credit != "weights":
        for place, option in enumerate(options):
            if option.weight is not None:
                yield ("options", place, "weight"), "a weight needs `credit: weights`"
    else:
        yield from _weight_faults(options)


def _weight_faults(options: list[OptionShape]) -> Iterator[Found]:
    for place, option in enumerate(options):
        if option.correct != (option.weight is not None and option.weight > 0):
            yield ("options", place), "a correct option has a weight above 0, a wrong one has none or one up to 0"
    if sum(option.weight for option in options if option.weight and option.weight > 0) < 99:
        yield ("options",), "the weights of the correct options must bring 100 together"


def _matching_faults(question: MatchingShape) -> Iterator[Found]:
    yield from _same_twice(question.choices, "choices")
    yield from _same_twice(question.pairs, "pairs")
    known = {choice.id for choice in question.choices}
    for place, pair in enumerate(question.pairs):
        if pair.match not in known:
            yield ("pairs", place, "match"), f"there is no choice {pair.match}"


def _numeric_faults(question: NumericShape | GapNumericShape) -> Iterator[Found]:
    in_percent = question.tolerance_in == "percent"
    if in_percent and question.answer == 0:
        yield ("tolerance_in",), "per cent of 0 is nothing; give the tolerance in units"
    allowed = question.tolerance * abs(question.answer) / 100 if in_percent else question.tolerance
    for place, near in enumerate(question.near):
        wide = question.tolerance if near.tolerance is None else near.tolerance
        # a wider range around the same number is reached outside of the tolerance
        if abs(near.answer - question.answer) <= allowed and wide <= question.tolerance:
            yield ("near", place, "answer"), "this number is within the tolerance of the answer"


def _unit_faults(unit: str | None, units: list[UnitShape]) -> Iterator[Found]:
    if units and not unit:
        yield ("units",), "where a unit is chosen, `unit` names the one of the answer"
    names = ([unit] if unit else []) + [one.name for one in units]
    for place, name in repeated(names):
        yield ("units", place - bool(unit), "name"), f"the unit {name} stands twice"


def _form_faults(forms: list[FormShape]) -> Iterator[Found]:
    if not any(form.share == 100 for form in forms):
        yield ("accept",), "at least one form must bring the whole mark"
    for place, form in enumerate(forms):
        if not form.text.replace("*", "").strip():
            yield ("accept", place), "a form of stars alone takes every answer"


def _cloze_faults(question: ClozeShape) -> Iterator[Found]:
    standing = GAP.findall(question.text)
    for place, gap in enumerate(question.gaps):
        if standing.count(gap.id) != 1:
            yield ("gaps", place, "id"), f"[[{gap.id}]] must stand in the text once, not {standing.count(gap.id)} times"
        match gap:
            case GapChoiceShape():
                inside = _choice_faults(gap.options, "single", "all")
            case GapShortShape():
                inside = _form_faults(gap.accept)
            case GapNumericShape():
                inside = _numeric_faults(gap)
        for inner, message in inside:
            yield ("gaps", place, *inner), f"gap {gap.id}: {message}"
    for place, gap_id in repeated([gap.id for gap in question.gaps]):
        yield ("gaps", place, "id"), f"the id {gap_id} stands twice in `gaps`"
    for name in dict.fromkeys(standing):
        if name not in {gap.id for gap in question.gaps}:
            yield ("text",), f"there is no gap {name}"


def _formula_faults(shape: FormulaShape) -> Iterator[Found]:
    """A formula is tried out: every expression is read, and some seeds are drawn and worked out in full."""
    found = list(_range_faults(shape))
    formula = question_of(shape)
    if found or not isinstance(formula, Formula):
        yield from found
        return
    for field, expression in expressions_of(formula):
        try:
            for name in sorted(unknown_names(formula, expression)):
                found.append(((field,), f"there is no parameter {name}"))
        except ExpressionRefused as fault:
            found.append(((field,), str(fault)))
    if not found:
        found += _draw_faults(formula)
    yield from found


def _range_faults(shape: FormulaShape) -> Iterator[Found]:
    for name, one in shape.parameters.items():
        if one.high < one.low:
            yield ("parameters", name), f"{name}: `to` must not be below `from`"
        elif (one.high - one.low) / one.step >= MOST_STEPS:
            yield ("parameters", name), f"{name}: at most {MOST_STEPS} steps fit in a range"


def _draw_faults(formula: Formula) -> Iterator[Found]:
    field = "constraints"
    try:
        draws = [sampled(formula, f"check/{number}") for number in range(SAMPLES)]
        met = [values for values in draws if all(holds(condition, values) for condition in formula.constraints)]
        if len(met) < LEAST_SHARE * SAMPLES:
            yield ("constraints",), "fewer than 1 draw in 20 meets the constraints; narrow the ranges"
            return
        field = "answer"
        for number in range(SAMPLES // 4):
            answer = value_of(formula.answer, drawn_values(formula, number))
            if formula.tolerance == 0 and (answer * 10**formula.places).denominator != 1:
                yield ("tolerance",), "the answer does not always come out even, so it needs a tolerance"
                return
            field = "feedback"
            number_question = as_numeric(formula, number)
            if formula.in_percent and number_question.answer == 0:
                yield ("tolerance_in",), "the answer can be 0, and per cent of 0 is nothing"
                return
            for place, near in enumerate(number_question.near):
                if _meet(Fraction(near.answer), answer, formula):
                    yield ("near", place), "this result can be within the tolerance of the answer; add a constraint"
                    return
            field = "answer"
    except ExpressionRefused as fault:
        yield (field,), str(fault)


def _meet(near: Fraction, answer: Fraction, formula: Formula) -> bool:
    allowed = Fraction(formula.tolerance) * (abs(answer) / 100 if formula.in_percent else 1)
    return abs(near - answer) <= allowed


def _same_twice(entries: Sequence[OptionShape | EntryShape | PairShape], key: str) -> Iterator[Found]:
    for place, entry_id in repeated([entry.id for entry in entries]):
        yield (key, place, "id"), f"the id {entry_id} stands twice in `{key}`"
    for place, _ in repeated([" ".join(entry.text.casefold().split()) for entry in entries]):
        yield (key, place, "text"), f"the same text stands twice in `{key}`"
