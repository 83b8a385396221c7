"""Which side follows the other, and what an issue says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.maturity.tracking import Sides, evidence_with, issue_of, settled
from app.tracker import Issue, IssueRef
from assessments.improvements import Effort, Improvement

JIRA, GITLAB = ("new", "working", "done"), ("open", "done")
EARLY, LATE = datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2026, 11, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(("stages", "ours", "theirs", "is_later_here", "push", "take"), [
    # nothing to do
    (JIRA, "planned planned", "new new", True, None, None),
    (JIRA, "blocked in-progress", "working working", True, None, None),
    (GITLAB, "in-progress planned", "open open", True, None, None),
    (JIRA, "done in-progress", "done working", True, None, None),
    # one side changed
    (JIRA, "in-progress planned", "new new", False, "working", None),
    (JIRA, "done in-progress", "working working", False, "done", None),
    (JIRA, "in-progress done", "done done", False, "working", None),
    (GITLAB, "planned done", "done done", False, "open", None),
    (JIRA, "planned planned", "working new", True, None, "in progress"),
    (JIRA, "planned planned", "done new", True, None, "done"),
    (JIRA, "blocked blocked", "new working", True, None, "planned"),
    (JIRA, "done done", "working done", True, None, "in progress"),
    (GITLAB, "done done", "open done", True, None, "in progress"),
    # both changed: the later one
    (JIRA, "planned in-progress", "done working", True, "new", None),
    (JIRA, "planned in-progress", "done working", False, None, "done"),
    # dropping is ours
    (JIRA, "dropped in-progress", "new working", False, "done", None),
    (GITLAB, "dropped dropped", "open done", False, None, None),
    (JIRA, "planned dropped", "done done", False, "new", None),
    # the first time
    (JIRA, "in-progress -", "new -", False, "working", None),
    (JIRA, "planned -", "done -", True, "new", None),
    (JIRA, "planned -", "done -", False, None, "done"),
])
def test_the_side_that_changed_leads(stages, ours, theirs, is_later_here, push, take):
    now, before = (word.replace("-", " ").strip() for word in ours.split())
    there, there_before = (word.strip("-") for word in theirs.split())
    sides = Sides(now, before, LATE if is_later_here else EARLY, there, there_before, EARLY if is_later_here else LATE)
    step = settled(sides, stages)
    assert (step.push, step.take) == (push, take)
    assert bool(step.note) == (now == before == "dropped" and there != "done")


def test_an_issue_says_why_what_and_when_it_is_done_and_names_nobody():
    action = Improvement(
        "TAL-4.L3", "TAL-4", 2, 3, "Launch the programme", Effort(4, 6, 9), 6, why="Newcomers learn faster.", steps=("Invite", "Match"),
        deliverable="A list of pairs", evidence="Ten agreements",
    )
    issue = issue_of(action, team="North", due_on=date(2026, 12, 4), href="https://cairn.example/x", marker="cairn-1-TAL-4.L3")
    assert issue.title == "Launch the programme (TAL-4.L3)"
    assert issue.text == (
        "Newcomers learn faster.\n\nWhat to do:\n\n1. Invite\n2. Match\n\nWhat it delivers: A list of pairs\n\nDone when there is: Ten agreements\n\n"
        "From the roadmap of North in Cairn. Owner, notes and evidence are there: https://cairn.example/x"
    )


@pytest.mark.parametrize(("before", "after"), [
    ("", "PMO-1 is done in Jira (Done): https://j/1"), ("Minutes", "Minutes\nPMO-1 is done in Jira (Done): https://j/1"),
    ("See https://j/1 there", "See https://j/1 there"), ("x" * 2000, "x" * 1958 + "\nPMO-1 is done in Jira (Done): https://j/1"),
])
def test_the_issue_is_the_evidence_once_and_what_was_written_stays(before, after):
    issue = Issue(IssueRef("1", "PMO-1", "https://j/1"), "done", "Done", LATE)
    assert evidence_with(before, issue, "Jira") == after
