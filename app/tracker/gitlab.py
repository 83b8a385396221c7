"""GitLab by its REST API, version 4. An issue there is open or closed: it does not say whether work has begun."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from app.config import TrackerServer
from app.tracker.issues import (
    DROPPED_LABEL,
    LABEL,
    Category,
    Issue,
    IssueRef,
    NewIssue,
    NotTaken,
    NotThere,
    WrongProject,
    readable,
)
from app.tracker.line import Line

PATH = re.compile(r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}){1,9}")
PLANNER = 15
A_PAGE, PAGES = 50, 20


class GitLab:
    """Issues of GitLab. The marker is the last line of the description: a label for each issue would flood those of the project."""

    stages: tuple[Category, ...] = ("open", "done")

    def __init__(self, line: Line, server: TrackerServer) -> None:
        self.line, self.server = line, server

    @staticmethod
    def project_named(typed: str) -> str:
        """'/office/plans/' -> office/plans. Raises WrongProject."""
        path = typed.strip().strip("/")
        if not PATH.fullmatch(path):
            raise WrongProject("Enter the path of the project with its group, such as office/plans")
        return path

    def check(self, project: str) -> str:
        """The name of the project; NotTaken where issues are off or the account may not change them."""
        try:
            found = self.line.ask("GET", _project(project))
        except NotThere:
            raise NotThere(f"GitLab has no project {project}, or the account of Cairn may not see it") from None
        with readable("GitLab"):
            rights = [held["access_level"] for held in (found.get("permissions") or {}).values() if held]
            if found.get("archived"):
                raise NotTaken(f"{project} is archived in GitLab")
            if found.get("issues_access_level", "enabled") == "disabled" or found.get("issues_enabled") is False:
                raise NotTaken(f"Issues are turned off in {project}")
            if not rights or max(rights) < PLANNER:
                raise NotTaken(f"The account of Cairn may not change issues in {project}. Make it at least Planner or Reporter there" if rights else f"The account of Cairn is no member of {project}. Make it at least Planner or Reporter there")
            return str(found["name_with_namespace"])

    def find(self, project: str, marker: str) -> IssueRef | None:
        """Among those with our label, newest first; the list comes from the database of GitLab, so it is never behind."""
        for page in range(1, PAGES + 1):
            query = {"labels": LABEL, "scope": "all", "state": "all", "order_by": "created_at", "sort": "desc", "per_page": str(A_PAGE), "page": str(page)}
            found = self.line.ask("GET", f"{_project(project)}/issues", query=query)
            with readable("GitLab"):
                for issue in found:
                    if marker in str(issue["description"] or "").split():
                        return self._ref(project, issue)
            if len(found) < A_PAGE:
                break
        return None

    def create(self, project: str, issue: NewIssue) -> IssueRef:
        """A new issue."""
        made = self.line.ask("POST", f"{_project(project)}/issues", {
            "title": issue.title, "description": f"{issue.text}\n\n{issue.marker}", "labels": LABEL, "due_date": issue.due_on.isoformat(),
        })
        with readable("GitLab"):
            return self._ref(project, made)

    def look(self, project: str, ref: str) -> Issue:
        """By its number in the project. One that was moved to another project is not followed."""
        found = self.line.ask("GET", f"{_project(project)}/issues/{ref}")
        with readable("GitLab"):
            if found.get("moved_to_id"):
                raise NotThere(f"The issue was moved out of {project}")
            is_closed = found["state"] == "closed"
            since = datetime.fromisoformat((found.get("closed_at") if is_closed else None) or found["updated_at"])
            if since.tzinfo is None:
                raise ValueError("a moment without its zone")
            return Issue(self._ref(project, found), "done" if is_closed else "open", "Closed" if is_closed else "Open", since)

    def change(self, project: str, ref: str, *, due_on: date, is_dropped: bool) -> None:
        """Due date and label in one request."""
        self.line.ask("PUT", f"{_project(project)}/issues/{ref}", {
            "due_date": due_on.isoformat(), "add_labels" if is_dropped else "remove_labels": DROPPED_LABEL,
        })

    def move(self, project: str, ref: str, to: Category) -> None:
        """Close it or open it again."""
        self.line.ask("PUT", f"{_project(project)}/issues/{ref}", {"state_event": "close" if to == "done" else "reopen"})

    def _ref(self, project: str, found: Any) -> IssueRef:
        """The address is made here: what leads people somewhere is not taken from an answer."""
        number = int(found["iid"])
        if not 0 < number < 10**12:
            raise ValueError("no issue of GitLab has this number")
        return IssueRef(str(number), f"#{number}", f"{self.server.address}/{project}/-/issues/{number}")


def _project(project: str) -> str:
    return f"/api/v4/projects/{quote(project, safe='')}"
