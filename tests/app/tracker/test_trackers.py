"""Jira and GitLab, each in its own words, say the same to Cairn."""

from __future__ import annotations

from datetime import date

import pytest

from app.tracker import NewIssue, NotTaken, NotThere, Trouble, tracker_of
from tests.support.tracker_sink import Mishap, tracker_sink

DUE = date(2026, 12, 4)
NEW = NewIssue("cairn-1a2b-TAL-4.L3", "Launch the programme (TAL-4.L3)", "Why it is done.", DUE)


@pytest.fixture(params=["jira", "gitlab"])
def sink(request):
    with tracker_sink(request.param) as running:
        yield running


def test_an_issue_is_made_found_again_changed_and_moved(sink):
    tracker, project = tracker_of(sink.server), sink.project
    assert tracker.find(project, NEW.marker) is None
    made = tracker.create(project, NEW)
    assert tracker.find(project, NEW.marker) == made
    assert tracker.find(project, "cairn-1a2b-TAL-4.L4") is None
    assert (made.key, made.href) == {
        "jira": ("PMO-1", f"http://127.0.0.1:{sink.port}/browse/PMO-1"), "gitlab": ("#1", f"http://127.0.0.1:{sink.port}/office/plans/-/issues/1"),
    }[sink.kind]
    issue = sink.issues[1]
    assert (issue.fields["title"], issue.fields["due"], issue.labels[0]) == (NEW.title, "2026-12-04", "cairn")
    tracker.change(project, made.ref, due_on=date(2027, 1, 8), is_dropped=True)
    tracker.change(project, made.ref, due_on=date(2027, 1, 8), is_dropped=True)
    assert (issue.fields["due"], issue.labels.count("cairn-dropped")) == ("2027-01-08", 1)
    tracker.change(project, made.ref, due_on=DUE, is_dropped=False)
    assert "cairn-dropped" not in issue.labels
    seen = []
    for stage in (*tracker.stages, tracker.stages[0]):
        tracker.move(project, made.ref, stage)
        found = tracker.look(project, made.ref)
        seen.append(found.category)
        assert found.where == made
    assert seen == [*tracker.stages, tracker.stages[0]]


def test_whether_a_project_can_be_used_is_told_before_anything_is_written(sink):
    tracker = tracker_of(sink.server)
    assert tracker.check(sink.project) == {"jira": "Project office", "gitlab": "Office / Plans"}[sink.kind]
    with pytest.raises(NotThere, match="has no project"):
        tracker.check("NONE" if sink.kind == "jira" else "office/none")
    sink.rights = False
    with pytest.raises(NotTaken, match="may not create or edit or move issues|is no member of office/plans"):
        tracker.check(sink.project)
    assert sink.issues == {}
    assert {asked.split()[0] for asked in sink.asked} == {"GET"}


def test_an_answer_that_is_not_from_such_a_tracker_is_trouble(sink):
    tracker = tracker_of(sink.server)
    for body in (b"[]", b"{}", b"7", b'{"id": "../x", "key": "x", "iid": "x"}'):
        sink.mishaps.append(Mishap("GET", body=body))
        with pytest.raises(Trouble, match="could not be read"):
            tracker.look(sink.project, "10001")


def test_a_jira_of_ones_own_has_another_search():
    with tracker_sink("jira") as sink:
        sink.is_cloud = False
        tracker = tracker_of(sink.server)
        assert tracker.find("PMO", NEW.marker) is None
        made = tracker.create("PMO", NEW)
        assert tracker.find("PMO", NEW.marker) == made


def test_a_jira_without_due_dates_gets_its_issues_all_the_same():
    with tracker_sink("jira") as sink:
        sink.knows_due = False
        tracker = tracker_of(sink.server)
        made = tracker.create("PMO", NEW)
        tracker.change("PMO", made.ref, due_on=DUE, is_dropped=True)
        assert (sink.issues[1].fields["due"], "cairn-dropped" in sink.issues[1].labels) == (None, True)
        sink.mishaps.append(Mishap("POST", status=400, body=b'{"errors": {"team": "Team is required."}}'))
        with pytest.raises(NotTaken, match=r"Jira said 400: team: Team is required\."):
            tracker.create("PMO", NEW)


def test_a_step_of_the_workflow_that_asks_for_something_is_not_taken():
    with tracker_sink("jira") as sink:
        tracker = tracker_of(sink.server)
        made = tracker.create("PMO", NEW)
        sink.offers = ("To Do", "In Review")
        tracker.move("PMO", made.ref, "working")
        assert sink.issues[1].status == "In Review"
        with pytest.raises(NotTaken, match="Move the issue there by hand"):
            tracker.move("PMO", made.ref, "done")
