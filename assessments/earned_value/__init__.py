"""Earned value of a project: what was earned, planned and spent, and what that foretells (domain 6.2).

`figures` holds the measures of one data date, `schedule` those in time, `words` what they mean.
"""

from assessments.earned_value.figures import EarnedValue, Forecast, InvalidFigures, band, measured
from assessments.earned_value.schedule import EarnedSchedule, earned_schedule
from assessments.earned_value.words import reading

__all__ = ["EarnedSchedule", "EarnedValue", "Forecast", "InvalidFigures", "band", "earned_schedule", "measured", "reading"]
