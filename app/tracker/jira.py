"""Jira by its REST API, version 2: the same for Cloud and Data Center but for the search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

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

KEY = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
REF = re.compile(r"[0-9]{1,19}")
CATEGORIES: Mapping[str, Category] = {"new": "new", "undefined": "new", "indeterminate": "working", "done": "done"}
WORDS: Mapping[Category, str] = {"new": "to do", "open": "to do", "working": "in progress", "done": "done"}
USUAL_TYPE = "Task"
NEEDED = {"CREATE_ISSUES": "create", "EDIT_ISSUES": "edit", "TRANSITION_ISSUES": "move"}
API = "/rest/api/2"


class Jira:
    """Issues of Jira. The marker is a label; the category of a status says how far an issue is."""

    stages: tuple[Category, ...] = ("new", "working", "done")

    def __init__(self, line: Line, server: TrackerServer) -> None:
        self.line, self.server = line, server
        # Jira Cloud has given up the search that Data Center has.
        self.search = "/search/jql" if server.user else "/search"

    @staticmethod
    def project_named(typed: str) -> str:
        """'pmo' -> PMO. Raises WrongProject."""
        key = typed.strip().upper()
        if not KEY.fullmatch(key):
            raise WrongProject("Enter the key of the project, such as PMO: the letters in front of its issues")
        return key

    def check(self, project: str) -> str:
        """The name of the project; NotTaken where the account may not make, edit or move issues in it."""
        found = self._project(project)
        rights = self.line.ask("GET", f"{API}/mypermissions", query={"projectKey": project, "permissions": ",".join(NEEDED)})
        with readable("Jira"):
            held = rights["permissions"]
            lacking = [word for right, word in NEEDED.items() if not held[right]["havePermission"]]
            if lacking:
                raise NotTaken(f"The account of Cairn may not {' or '.join(lacking)} issues in {project}. Ask the administrator of Jira to let it")
            self._type(found)
            return str(found["name"])

    def find(self, project: str, marker: str) -> IssueRef | None:
        """The issue with the label."""
        asked = {"jql": f'project = "{project}" AND labels = "{marker}" ORDER BY created ASC', "fields": ["status"], "maxResults": 2}
        found = self.line.ask("POST", f"{API}{self.search}", asked)
        with readable("Jira"):
            return next((self._ref(issue) for issue in found["issues"]), None)

    def create(self, project: str, issue: NewIssue) -> IssueRef:
        """A new issue of the usual type; without its due date where the project has no such field."""
        with readable("Jira"):
            kind = self._type(self._project(project))
        fields = {
            "project": {"key": project}, "issuetype": {"id": kind}, "summary": issue.title, "description": issue.text,
            "labels": [LABEL, issue.marker], "duedate": issue.due_on.isoformat(),
        }
        try:
            made = self.line.ask("POST", f"{API}/issue", {"fields": fields})
        except NotTaken as no:
            if "duedate" not in no.fields:
                raise
            made = self.line.ask("POST", f"{API}/issue", {"fields": {name: value for name, value in fields.items() if name != "duedate"}})
        with readable("Jira"):
            return self._ref(made)

    def look(self, project: str, ref: str) -> Issue:
        """By its number, which stays when the issue moves to another project."""
        found = self.line.ask("GET", f"{API}/issue/{ref}", query={"fields": "status,resolution,statuscategorychangedate,updated"})
        with readable("Jira"):
            fields = found["fields"]
            status, resolution = fields["status"], fields.get("resolution") or {}
            words = [str(status["name"]), str(resolution.get("name", ""))]
            since = datetime.fromisoformat(fields.get("statuscategorychangedate") or fields["updated"])
            if since.tzinfo is None:
                raise ValueError("a moment without its zone")
            return Issue(
                self._ref(found), CATEGORIES.get(status["statusCategory"]["key"], "working"), ", ".join(dict.fromkeys(filter(None, words)))[:80], since,
            )

    def change(self, project: str, ref: str, *, due_on: date, is_dropped: bool) -> None:
        """Due date and label in one request; the label alone where the project has no due dates."""
        labels = {"labels": [{"add" if is_dropped else "remove": DROPPED_LABEL}]}
        try:
            self.line.ask("PUT", f"{API}/issue/{ref}", {"fields": {"duedate": due_on.isoformat()}, "update": labels})
        except NotTaken as no:
            if "duedate" not in no.fields:
                raise
            self.line.ask("PUT", f"{API}/issue/{ref}", {"update": labels})

    def move(self, project: str, ref: str, to: Category) -> None:
        """Take a step of the workflow that leads into the category and asks for nothing; NotTaken without one."""
        offered = self.line.ask("GET", f"{API}/issue/{ref}/transitions", query={"expand": "transitions.fields"})
        with readable("Jira"):
            step = next((str(t["id"]) for t in offered["transitions"] if CATEGORIES.get(t["to"]["statusCategory"]["key"]) == to and not _asks(t)), None)
        if step is None:
            raise NotTaken(f"The workflow in Jira offers no step to \N{LEFT SINGLE QUOTATION MARK}{WORDS[to]}\N{RIGHT SINGLE QUOTATION MARK} from here. Move the issue there by hand")
        self.line.ask("POST", f"{API}/issue/{ref}/transitions", {"transition": {"id": step}})

    def _project(self, project: str) -> Any:
        try:
            return self.line.ask("GET", f"{API}/project/{project}")
        except NotThere:
            raise NotThere(f"Jira has no project {project}, or the account of Cairn may not see it") from None

    def _type(self, project: Any) -> str:
        """The type new issues get: the one set, else a task, else the first that stands alone."""
        kinds = {str(kind["name"]).casefold(): str(kind["id"]) for kind in project["issueTypes"] if not kind.get("subtask")}
        wanted = self.server.issue_type
        if wanted and wanted.casefold() not in kinds:
            raise NotTaken(f"The project has no issues of the type {wanted}, which CAIRN_TRACKER_URL asks for")
        if not kinds:
            raise NotTaken("The project has no type of issue that can stand alone")
        return kinds.get((wanted or USUAL_TYPE).casefold()) or next(iter(kinds.values()))

    def _ref(self, found: Any) -> IssueRef:
        """The address is made here: what leads people somewhere is not taken from an answer."""
        ref, key = str(found["id"]), str(found["key"])
        if not REF.fullmatch(ref) or not re.fullmatch(rf"{KEY.pattern}-[0-9]{{1,12}}", key):
            raise ValueError("no issue of Jira is called so")
        return IssueRef(ref, key, f"{self.server.address}/browse/{key}")


def _asks(transition: Mapping[str, Any]) -> bool:
    """Whether a step wants something filled in that has no usual value."""
    return any(field.get("required") and not field.get("hasDefaultValue") for field in (transition.get("fields") or {}).values())
