"""Key performance indicators: what stands beside maturity so that a score is never the only proof (domain 6.1).

`definitions` says what a measure is, `working` turns raw numbers into figures, `standing` reads them.
"""

from assessments.measures.definitions import Bound, Input, Kpi
from assessments.measures.quarters import last_day, quarter_code, quarter_name, quarter_of, read_quarter
from assessments.measures.standing import Direction, Movement, State, moved, shown, standing, trend
from assessments.measures.working import Figure, faults_in, together, worked_out

__all__ = [
    "Bound", "Direction", "Figure", "Input", "Kpi", "Movement", "State", "faults_in", "last_day", "moved", "quarter_code",
    "quarter_name", "quarter_of", "read_quarter", "shown", "standing", "together", "trend", "worked_out",
]
