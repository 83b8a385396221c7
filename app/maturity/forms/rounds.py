"""Setting up a round, inviting, moving its closing day."""

from __future__ import annotations

from app.ui.fields import Choice, Day, Email, Hidden, Line, OneOf, Paragraphs, SeveralOf
from app.ui.forms import Form

YES_NO_LEAD = [
    ("yes", "Yes: the lead and the PMO lead can see who answered what"),
    ("no", "No: only the PMO lead can"),
]
YES_NO_SHARED = [
    ("yes", "Everybody invited, once the round is closed"),
    ("no", "Only the lead of the team and the PMO lead"),
]
GROUPS = [
    ("office", "PMO office: they run the PMO"),
    ("users", "Users of the PMO: project managers, sponsors, stakeholders"),
]


class RoundForm(Form):
    """Everything that is agreed before a round opens."""

    version = Hidden()
    title = Line("Name of the round", "a name", 80, hint="For example: Autumn 2026.")
    purpose = Paragraphs(
        "Why do you ask?", "a reason", 1000, hint="Say what will be done with the result.", readers="Everybody invited reads this"
    )
    model_id = Choice("Questions", "the questions", hint="Rounds use a model whose answers are levels.")
    pmo_type = Choice("Type of PMO", "the type of PMO", hint="It sets the weights and the targets of this round.")
    closes_on = Day("Closing day", "a closing day", hint="Answers are taken until the end of this day. You can move it while the round is open.")
    answers_shown_to_lead = OneOf(
        "May the lead of the team see who answered what?", "yes or no", YES_NO_LEAD,
        hint="People are told before the first question, and it stays as it is once the round is open.",
    )
    shared = OneOf("Who sees the result?", "who sees the result", YES_NO_SHARED)

    @property
    def agreed(self) -> dict[str, object]:
        """What was typed, by column."""
        return {
            "title": self.title.data, "purpose": self.purpose.data, "model_id": self.model_id.data, "pmo_type": self.pmo_type.data,
            "closes_on": self.closes_on.data, "answers_shown_to_lead": self.answers_shown_to_lead.data == "yes",
            "shared_with_participants": self.shared.data == "yes",
        }


class InviteForm(Form):
    """People to be asked, from the team or by e-mail."""

    people = SeveralOf("Who of the team?", "people of the team")
    email = Email("Somebody else, by e-mail", needed=False, hint="It has to belong to an account. Enter one address at a time.")
    group = OneOf("From which side do they look?", "a side", GROUPS)
    role = Line("Role in this round", "a role", 80, needed=False, hint="For example: sponsor. Left empty, the job title of each person is used.")


class ExtendForm(Form):
    """Another closing day."""

    closes_on = Day("Closing day", "a closing day")
