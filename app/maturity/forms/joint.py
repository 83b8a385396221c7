"""Setting up a joint round."""

from __future__ import annotations

from app.maturity.forms.rounds import ASKED, ASKED_HINT, GROUP_HINT, YES_NO_SHARED
from app.ui.fields import Choice, Day, Line, OneOf, Paragraphs, SeveralOf, Whole
from app.ui.forms import Form


class JointForm(Form):
    """Everything that is agreed before a joint round opens."""

    title = Line("Name of the round", "a name", 80, hint="For example: All offices, autumn 2026.")
    purpose = Paragraphs("Why do you ask?", "a reason", 1000, hint="Say what will be done with the result.", readers="Everybody invited reads this")
    teams = SeveralOf("Which teams?", "teams", hint="All members of these teams are invited when the round opens. Somebody in two of them has to be taken out of one first.")
    closes_on = Day("Closing day", "a closing day", hint="Answers are taken until the end of this day. You can move it while the round is open.")
    model_id = Choice("Questions", "the questions", hint="Rounds use a model whose answers are levels.")
    asked = OneOf("How are the items asked?", "how the items are asked", ASKED, hint=ASKED_HINT)
    min_group = Whole("Minimum group", "the minimum group", 4, 50, hint=GROUP_HINT)
    shared = OneOf("Who sees the result?", "who sees the result", YES_NO_SHARED)

    @property
    def agreed(self) -> dict[str, object]:
        """What was typed, by column."""
        return {
            "title": self.title.data, "purpose": self.purpose.data, "closes_on": self.closes_on.data, "model_id": self.model_id.data,
            "by_level": self.asked.data == "by level", "min_group": self.min_group.data, "shared_with_participants": self.shared.data == "yes",
        }
