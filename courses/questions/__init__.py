"""The kinds of question (`kinds`), and what a reader may see of them before and after marking (`showing`)."""

from courses.questions.kinds import (
    FOLDS,
    FULL,
    MOST_HINTS,
    Asked,
    Cloze,
    Credit,
    Entry,
    Fold,
    Form,
    Formula,
    Gap,
    Kind,
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
from courses.questions.showing import GAP, ShownOption, ShownQuestion, plain, right_answer, shown, shuffled

__all__ = [
    "FOLDS", "FULL", "GAP", "MOST_HINTS", "Asked", "Cloze", "Credit", "Entry", "Fold", "Form", "Formula", "Gap", "Kind", "Matching",
    "MultipleChoice", "Near", "NearFormula", "Numeric", "Option", "Ordering", "Pair", "Parameter", "Question",
    "ShortAnswer", "ShownOption", "ShownQuestion", "SingleChoice", "TrueFalse", "Unit", "plain", "right_answer",
    "shown", "shuffled",
]  # fmt: skip
