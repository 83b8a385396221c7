"""Learning rules: courses, checks, progress and certificates, without web or database.

Reading order: `catalogue` (what there is to learn), `questions` and `quiz` (the check at the end of
a lesson and how it is marked), `progress` (what somebody has done, what is open, what is missing),
`certificates` (what a completed course states), `pathways` (which lessons suit a gap or a weak
practice), `statistics` (what marks say about the questions), `reading` (content files -> Catalogue,
with every fault by file and line).
"""
