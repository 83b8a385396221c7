"""The maturity rules: what a score is, when people agree, what changed. No web, no database.

Read in this order: questionnaire, answers, scoring, agreement, comparison, rounds, improvements,
roadmap, skills. `reading` turns content files into these values, `errors` holds the ways the rules
say no, and `commands` is what `python -m assessments` can do.
"""
