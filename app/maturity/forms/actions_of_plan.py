"""What people fill in while they carry out an action of a plan."""

from __future__ import annotations

from app.ui.fields import Choice, Day, Hidden, Line, Paragraphs, SeveralOf
from app.ui.forms import Form

READERS = "Read by the team and the PMO lead"


class StepForm(Form):
    """A button that moves the action on; the version says what the person saw."""

    version = Hidden()


class StepsForm(StepForm):
    """The check-list of a worked action."""

    steps = SeveralOf("Steps done", "steps")


class EvidenceForm(StepForm):
    """What shows that the action is done."""

    evidence = Paragraphs("Evidence", "what shows that it is done", 2000, readers=READERS)


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


class NoteForm(Form):
    """A dated note."""

    note = Paragraphs("Note", "a note", 2000, readers=READERS)
