"""Do people agree, and how sure is a mean? (domain 3.5 and 3.6)"""

from assessments.agreement.items import (
    Chance,
    ItemAgreement,
    Reading,
    Strength,
    chance_of_false_agreement,
    item_agreement,
    r_wg_j,
    strength,
)
from assessments.agreement.people import (
    GAP_FLAG,
    MIN_GROUP,
    Interval,
    interval,
    mean_of,
    perspective_gap,
    variance_of,
)
from assessments.agreement.probabilities import f_upper, t_975, t_two_sided
from assessments.agreement.reliability import (
    Alpha,
    BetweenTeams,
    WithinTeam,
    alpha,
    between_teams,
    icc1_size,
    within_team,
)

__all__ = [
    "GAP_FLAG",
    "MIN_GROUP",
    "Alpha",
    "BetweenTeams",
    "Chance",
    "Interval",
    "ItemAgreement",
    "Reading",
    "Strength",
    "WithinTeam",
    "alpha",
    "between_teams",
    "chance_of_false_agreement",
    "f_upper",
    "icc1_size",
    "interval",
    "item_agreement",
    "mean_of",
    "perspective_gap",
    "r_wg_j",
    "strength",
    "t_975",
    "t_two_sided",
    "variance_of",
    "within_team",
]
