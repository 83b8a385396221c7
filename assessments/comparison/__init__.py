"""Round against round: did the practice change, or only the people who answered? (domain 3.6)

Three tests for three situations, and one vocabulary. After training people judge more strictly, so an
unchanged score can hide progress; compare evidence and KPIs as well.
"""

from assessments.comparison.changes import (
    Change,
    ReferenceSet,
    Verdict,
    against_reference,
    different_people,
    reference_set,
    same_people,
    verdict,
)
from assessments.comparison.two_rounds import (
    AnsweredRound,
    CommonItems,
    Comparison,
    common_items,
    compare,
    reduced,
)

__all__ = [
    "AnsweredRound",
    "Change",
    "CommonItems",
    "Comparison",
    "ReferenceSet",
    "Verdict",
    "against_reference",
    "common_items",
    "compare",
    "different_people",
    "reduced",
    "reference_set",
    "same_people",
    "verdict",
]
