"""What people fill in while they carry out an action of a plan."""

from __future__ import annotations

import re

from app.ui.fields import Choice, Day, Hidden, Line, Paragraphs, SeveralOf, Tick, Whole
from app.ui.forms import Form
from app.ui.uploads import SheetForm

READERS = "Read by the team and the PMO lead"
PICK = re.compile(r"[A-Za-z0-9.-]{1,60}:[1-9][0-9]{0,8}")
NOBODY = "nobody"


class StepForm(Form):
    """A button that moves the action on; the version says what the person saw."""

    version = Hidden()


class StepsForm(StepForm):
    """The check-list of a worked action."""

    steps = SeveralOf("Steps done", "steps")


class EvidenceForm(StepForm):
    """What shows that the action is done."""

    evidence = Paragraphs("Evidence", "what shows that it is done", 2000, readers=READERS)
    actual_days = Whole(
        "Person-days it took", "the person-days", 0, 999, needed=False, hint="All people together, roughly. It makes the next estimate better."
    )


class BlockForm(StepForm):
    """Why it cannot go on."""

    blocked_because = Paragraphs("What is in the way?", "what is in the way", 500, readers=READERS)


class DropForm(StepForm):
    """Why it is not done after all."""

    dropped_because = Paragraphs("Why drop it?", "the reason", 500, readers=READERS)


class ReopenForm(StepForm):
    """Why it is not done yet."""

    reopened_because = Paragraphs("What is missing?", "what is missing", 500, readers=READERS)


class AssignForm(StepForm):
    """Who does it, and by when."""

    owner = Choice("Owner", "an owner", needed=False)
    due_on = Day("Due on", "the due date")
    changed_because = Line("Reason", "a reason", 200, needed=False, hint="Needed once the action has been started.")


class SeveralForm(Form):
    """Actions chosen from the plan in use, each as 'TAL-4.L3:3' with the version that was seen, and what becomes of them."""

    pick = SeveralOf("Actions", "actions")
    quarter = Choice("Move to", "a quarter", needed=False)
    owner = Choice("Owner", "an owner", needed=False)
    start = Tick("Work begins")

    def sent(self) -> bool:
        """Posted; what was picked is read here, since which actions there are only the plan knows."""
        if any(not PICK.fullmatch(picked) for picked in self.pick.data or ()):
            self.sentences.append("One of the actions could not be read. Reload the page and choose again")
            return False
        self.pick.choices = [(picked, picked) for picked in self.pick.data or ()]
        return super().sent()

    @property
    def versions(self) -> dict[str, int]:
        """The version seen of each action picked."""
        return {name: int(version) for name, _, version in (picked.partition(":") for picked in self.pick.data or ())}


class NoteForm(Form):
    """A dated note."""

    note = Paragraphs("Note", "a note", 2000, readers=READERS)


class PlanTableForm(SheetForm):
    """The table of the plan, changed; the stamp says which state of the plan was checked."""

    stamp = Hidden()
