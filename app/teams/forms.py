"""What people fill in about a team and its members."""

from __future__ import annotations

from collections.abc import Sequence

from app.teams.profile import PM_MODELS, SOURCINGS, STRUCTURES
from app.ui.fields import Choice, Hidden, Line, OneOf, Paragraphs, Whole
from app.ui.forms import Form

OPEN_CHOICE = ("", "not said")
MEMBERS_READ = "The team, the PMO lead and administrators read this"


def offered(words: Sequence[str]) -> list[tuple[str, str]]:
    """A list of plain words as choices, with 'not said' in front."""
    return [OPEN_CHOICE, *((word, word) for word in words)]


class CapacityForm(Form):
    """What a lead keeps up to date before a plan is made."""

    version = Hidden()
    capacity = Whole(
        "Days a quarter", "the days a quarter", 0, 500, hint="Person-days the team can give to improvement in three months, for example 25."
    )
    wip = Whole("Actions at a time", "the actions at a time", 0, 10, hint="How many improvement actions the team works on at the same time. Four suits most teams.")


class ProfileForm(CapacityForm):
    """The whole profile, kept by the PMO lead or an administrator."""

    pmo_type = OneOf("Type of PMO", "the type of PMO")
    about = Paragraphs("About the team", "a few words about the team", 1000, needed=False, readers=MEMBERS_READ)
    structure = Choice("Structure", "the structure", offered(STRUCTURES), needed=False)
    sourcing = Choice("Sourcing", "the sourcing", offered(SOURCINGS), needed=False)
    reports_to = Line("Reports to", "whom the PMO reports to", 120, needed=False, hint="A role, for example: chief operating officer.")
    pm_model = Choice("Who leads the projects", "who leads the projects", offered(PM_MODELS), needed=False)
    size = Whole("People in the PMO", "the number of people in the PMO", 0, 5000, needed=False)
    projects_live = Whole("Projects under way", "the number of projects under way", 0, 100000, needed=False)
    services = Paragraphs("Services", "the services", 1000, needed=False, hint="One a line.", readers=MEMBERS_READ)


class TargetForm(Form):
    """One target in place of the default of the type."""

    dimension = Choice("Dimension", "a dimension")
    level = Choice("Level to aim at", "a level")
    reason = Paragraphs("Why?", "the reason", 500, readers=MEMBERS_READ)


class MemberForm(Form):
    """Somebody to be added by name or e-mail."""

    person = Line("Name or e-mail", "the name or e-mail of somebody with an account", 254)


class ChosenPersonForm(Form):
    """A button about one person; the number comes with the page."""

    person_id = Hidden()
