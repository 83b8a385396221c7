"""Setting up a round, inviting, moving its closing day."""

from __future__ import annotations

from app.ui.fields import Choice, Day, Email, Hidden, Line, OneOf, Paragraphs, SeveralOf, Whole
from app.ui.forms import Form

MODES = [
    ("named", "Named: answers are kept with names, and people may change theirs until the round closes"),
    ("workshop", "Workshop: the team goes through the items in one room; votes on phones are hidden until they are revealed, then a level is agreed on"),
    ("anonymous", "Anonymous: answers are stored without names, and nothing is shown that rests on only a few"),
]
ASKED = [
    ("whole", "All levels side by side: the statements of an item stand together, and one is chosen"),
    ("by level", "Level by level: one statement at a time, until the first that is not so yet"),
]
ASKED_HINT = (
    "Level by level asks less where the level is low and comes to the same answers. Each statement has to take in those below it: "
    "that is so in a model of levels, not in one of points, so points are never asked this way."
)
GROUP_HINT = "No figure rests on fewer answers, also not when figures are subtracted. Five protects against four who tell each other their answers."
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
    mode = OneOf(
        "How is it answered?", "how it is answered", MODES,
        hint="In an anonymous round nobody sees who has answered, what one person answered, or any figure of a small group; it is published "
             "once, at the close. It stands from the first invitation on.",
    )
    asked = OneOf("How are the items asked?", "how the items are asked", ASKED, hint=f"{ASKED_HINT} In a workshop the levels stand side by side.")
    min_group = Whole(
        "Minimum group of an anonymous round", "the minimum group", 4, 50,
        hint=GROUP_HINT,
    )
    answers_shown_to_lead = OneOf(
        "In a named round or workshop: may the lead of the team see who answered what?", "yes or no", YES_NO_LEAD, needed=False,
        hint="People are told before the first question, and it stays as it is once the round is open.",
    )
    shared = OneOf("Who sees the result?", "who sees the result", YES_NO_SHARED)

    @property
    def agreed(self) -> dict[str, object]:
        """What was typed, by column."""
        return {
            "title": self.title.data, "purpose": self.purpose.data, "model_id": self.model_id.data, "pmo_type": self.pmo_type.data,
            "closes_on": self.closes_on.data, "mode": "named" if self.mode.data == "workshop" else self.mode.data, "is_workshop": self.mode.data == "workshop", "min_group": self.min_group.data,
            "by_level": self.asked.data == "by level",
            "answers_shown_to_lead": self.answers_shown_to_lead.data == "yes" if self.answers_shown_to_lead.data else None,
            "shared_with_participants": self.shared.data == "yes",
        }


class InviteForm(Form):
    """People to be asked, from the team or by e-mail."""

    people = SeveralOf("Who of the team?", "people of the team")
    email = Email("Somebody else, by e-mail", needed=False, hint="It has to belong to an account. Enter one address at a time.")
    group = OneOf("From which side do they look?", "a side", GROUPS)
    role = Line("Role in this round", "a role", 80, needed=False, hint="For example: sponsor. Left empty, the job title of each person is used.")


class GuestForm(Form):
    """Somebody without an account."""

    name = Line("Name", "the name", 120, readers="The lead of the team and the PMO lead read this")
    email = Email(hint="The link goes to this address and opens the questions of this round alone.")
    group = OneOf("From which side do they look?", "a side", GROUPS)
    role = Line("Role in this round", "a role", 80, needed=False, hint="For example: supplier. They count as “Outside” in any case.")


class ExtendForm(Form):
    """Another closing day."""

    closes_on = Day("Closing day", "a closing day")
