"""Whether an answer fits its question (`fitting`), and what it is worth and why (`judging`)."""

from courses.marking.fitting import is_open, refuse_unfit
from courses.marking.judging import Judged, judged

__all__ = ["Judged", "is_open", "judged", "refuse_unfit"]
