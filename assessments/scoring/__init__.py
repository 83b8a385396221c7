"""Answer sheets -> item, dimension and whole; staged level, targets, gaps (domain 3).

Read in this order: results, scope, items, staged, dimensions, whole; points and flags stand apart.
"""

from assessments.scoring.flags import QualityFlag, quality_flags
from assessments.scoring.points import node_values, roll_up
from assessments.scoring.results import Band, DimensionScore, Flag, HoldBack, ItemScore, Kind, Score, band
from assessments.scoring.scope import is_valid, items_out_of_scope
from assessments.scoring.staged import holding_back, low_median, staged_level
from assessments.scoring.whole import score

__all__ = [
    "Band",
    "DimensionScore",
    "Flag",
    "HoldBack",
    "ItemScore",
    "Kind",
    "QualityFlag",
    "Score",
    "band",
    "holding_back",
    "is_valid",
    "items_out_of_scope",
    "low_median",
    "node_values",
    "quality_flags",
    "roll_up",
    "score",
    "staged_level",
]
