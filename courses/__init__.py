"""Learning rules: courses, checks, progress and certificates, without web or database.

Reading order: `catalogue` (what there is to learn), `questions` and `quiz` (the check at the end of a lesson:
what it asks), `marking` with `wording` (what an answer is worth), `formulas` with `expressions` (random numbers),
`behaviour`, `retrying`, `time_limit` and `certainty` (how a check is taken), `progress` (what somebody has done, what is open, what is
missing), `pace` (how long it still takes), `certificates` (what a completed course states), `pathways` (which lessons suit a gap or a weak
practice), `review` (when a question comes back), `statistics` with `distractors` and `guessing` (what marks say about the questions), `exchange`
(questions in and out), `reading` (content files -> Catalogue, with every fault by file and line).
"""
