"""What an anonymous round may publish, so that no figure rests on fewer than k answers (rules R10 to R21 of the design).

Read in this order: units, gate, figures, publishing; comments, response and changes stand apart.
"""

from assessments.anonymity.changes import Move, moves, people_moved
from assessments.anonymity.comments import placed
from assessments.anonymity.figures import DimensionFigure, ItemFigure, UnitFigures, restaged, unit_figures
from assessments.anonymity.gate import Blocks, atoms, blocks_of, gate
from assessments.anonymity.publishing import FLOOR, Publication, publish
from assessments.anonymity.response import Band, least_for_comments, protected, response_band
from assessments.anonymity.units import Unit, UnitTree

__all__ = [
    "FLOOR",
    "Band",
    "Blocks",
    "DimensionFigure",
    "ItemFigure",
    "Move",
    "Publication",
    "Unit",
    "UnitFigures",
    "UnitTree",
    "atoms",
    "blocks_of",
    "gate",
    "least_for_comments",
    "moves",
    "people_moved",
    "placed",
    "protected",
    "publish",
    "response_band",
    "restaged",
    "unit_figures",
]
