"""The ways the learning rules say no.

Every message is one line that a person can act on. `AnswerRefused` and its children name the
question they are about; `NotInCatalogue` names the kind and the id that was asked for.
"""


class CourseRuleError(Exception):
    """Any refusal of the learning rules; `str()` is one line for a person."""


class NotInCatalogue(CourseRuleError):
    """A course, lesson, template, term or path was asked for that is not there."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"there is no {kind} {key}")
        self.kind = kind
        self.key = key


class NotComplete(CourseRuleError):
    """A certificate was asked for before the course is complete."""


class SheetRefused(CourseRuleError):
    """The answer sheet as a whole has the wrong shape."""


class AnswerRefused(SheetRefused):
    """One answer cannot be marked. `question` is the id on the sheet."""

    def __init__(self, question: str, reason: str) -> None:
        name = question if question.isprintable() and len(question) <= 60 else repr(question[:60])
        super().__init__(f"{name}: {reason}")
        self.question = question


class UnknownQuestion(AnswerRefused):
    """The sheet answers a question this quiz does not have."""


class UnknownOption(AnswerRefused):
    """The answer names an option this question does not have."""


class TooManyChoices(AnswerRefused):
    """More than one value for a question that takes one, or one option given twice."""


class WrongAnswerType(AnswerRefused):
    """The answer is of another type than the question takes (a text for a number, for example)."""


class ResultsRefused(CourseRuleError):
    """A table of marks cannot be read as the results of a check."""


class ExpressionRefused(CourseRuleError):
    """An expression of a formula cannot be read or worked out."""


class MissingUnit(AnswerRefused):
    """A number for a question that asks for its unit too."""
