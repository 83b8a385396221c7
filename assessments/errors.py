"""The ways the maturity rules say no.

Every error is an AssessmentError whose text is one or more plain sentences a person can act on.
"""

from __future__ import annotations

from dataclasses import dataclass


class AssessmentError(Exception):
    """A maturity rule said no; str() of it is fit to be shown."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a file: where it is and what to do about it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """The fault as `file:line: message`."""
        return f"{self.file}:{self.line}: {self.message}"


class FileFaults(AssessmentError):
    """Files could not be read; `faults` holds every fault found, in file and line order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownItem(AssessmentError):
    """An item id that this questionnaire does not have."""


class UnknownType(AssessmentError):
    """A PMO type that this questionnaire does not have."""


class InvalidAnswer(AssessmentError):
    """An answer that its item does not offer."""


class InvalidSheets(AssessmentError):
    """Answer sheets, targets or numbers that cannot be scored together; `problems` lists all of them."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class NotComparable(AssessmentError):
    """Two rounds or series that cannot be compared."""


class NotOneTree(AssessmentError):
    """Units that do not make one tree: organisation, programmes, teams, each in one place."""


class InvalidProblem(AssessmentError):
    """A JSON document or a planning problem that cannot be used; `problems` lists all of them."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class RoundRuleBroken(AssessmentError):
    """A step that the present state of a round does not allow."""


class RoundNotOpen(RoundRuleBroken):
    """Answers are taken only while a round is open."""


class RoundAlreadyClosed(RoundRuleBroken):
    """A closed or cancelled round cannot change any more."""


class NobodyInvited(RoundRuleBroken):
    """A round needs at least one invited person before it can open."""


class NothingSubmitted(RoundRuleBroken):
    """A round without a submitted sheet has nothing to close on."""


class NotInvited(RoundRuleBroken):
    """Only invited people answer."""


class NotYourRound(RoundRuleBroken):
    """Only the people who run a round may change its state."""


class SheetAlreadySubmitted(RoundRuleBroken):
    """A submitted sheet has to be withdrawn before it can change."""


class SheetIncomplete(RoundRuleBroken):
    """A sheet is submitted when every item has an answer; `missing` holds the ids of the others."""

    def __init__(self, message: str, missing: tuple[str, ...] = ()) -> None:
        self.missing = missing
        super().__init__(message)


class ModeIsFixed(RoundRuleBroken):
    """Named or anonymous is decided before the first invitation."""
