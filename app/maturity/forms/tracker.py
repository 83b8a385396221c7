"""What a lead says to have the actions of the plan carried to the tracker."""

from __future__ import annotations

from app.ui.fields import Line
from app.ui.forms import Form

HINTS = {"jira": "Its key: the letters in front of its issues, such as PMO.", "gitlab": "Its path with the group, such as office/plans."}


class TrackerForm(Form):
    """The project issues are made in; whether it can be reached is looked at afterwards."""

    project = Line("Project", "the project", 300)

    def __init__(self, kind: str, **more: object) -> None:
        super().__init__(**more)
        self.project.hint = HINTS[kind]
