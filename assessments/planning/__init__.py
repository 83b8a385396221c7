"""The parts of roadmap planning that need no solver.

Read in this order: problem (what is given), chains (what follows from the needs), plans (what comes
out), checks (is a plan allowed), greedy (the baseline), formulation (the problem as rows and columns),
rounding (a good plan from a relaxed one), explanations (roles and reasons), team (levels and targets to
candidates), document (JSON in and out). `assessments.roadmap` puts them together.
"""
