"""The issue tracker of the installation: one server, spoken to by the worker alone, never by a page (P59).

`issues` says what a tracker can do for an action, `jira` and `gitlab` say it in the words of each, `line` carries them over."""

from app.config import TrackerServer
from app.tracker.gitlab import GitLab
from app.tracker.issues import (
    Category,
    Issue,
    IssueRef,
    NewIssue,
    NotTaken,
    NotThere,
    Tracker,
    Trouble,
    WrongProject,
)
from app.tracker.jira import Jira
from app.tracker.line import Line

__all__ = [
    "Category", "Issue", "IssueRef", "NewIssue", "NotTaken", "NotThere", "Tracker", "Trouble", "WrongProject", "project_named", "tracker_of",
]


def tracker_of(server: TrackerServer) -> Tracker:
    """The tracker behind the setting."""
    return Jira(Line(server), server) if server.kind == "jira" else GitLab(Line(server), server)


def project_named(server: TrackerServer, typed: str) -> str:
    """The project as the tracker writes it: 'pmo' is PMO in Jira. Raises WrongProject with a sentence."""
    project = (Jira if server.kind == "jira" else GitLab).project_named(typed)
    if server.projects and project.casefold() not in {name.casefold() for name in server.projects}:
        raise WrongProject(f"On this installation teams may use {', '.join(server.projects)}")
    return project
