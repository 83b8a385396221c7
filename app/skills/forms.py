"""What people fill in about skills: ratings, evidence, a role."""

from __future__ import annotations

from typing import Any

from app.content import library
from app.records.skills import level_words
from app.ui.fields import Choice, Day, Hidden, Line, Link, OneOf, Paragraphs, SeveralOf
from app.ui.forms import Form
from app.ui.uploading import AttachForm


class Ratings(Form):
    """A row of radio buttons for each competence; rows left alone stay as they are."""

    newest = Hidden(thing="the rating this page started from")

    @property
    def levels(self) -> dict[str, int]:
        """The chosen level by competence; competences without a choice are left out."""
        return {c: int(self[c].data) for c in library().skills.competences if self[c].data}

    @property
    def notes(self) -> dict[str, str]:
        """The note by competence; empty on the form without notes."""
        return {c: self[note_field(c)].data or "" for c in library().skills.competences if note_field(c) in self}


def note_field(competence: str) -> str:
    """The name of the field for the note on a competence: P03 -> note_P03."""
    return f"note_{competence}"


def rating_form(with_notes: bool, readers: str = "", **stored: Any) -> Ratings:
    """The form over all competences of the installation, starting from what is stored (`data=`)."""
    skills = library().skills
    steps = [(str(step.value), level_words(skills, step.value)) for step in skills.scale]
    fields: dict[str, Any] = {c.id: OneOf(c.name, "a level", steps, needed=False) for c in skills.competences.values()}
    if with_notes:
        fields |= {
            note_field(c.id): Line(f"Note on {c.name}", "a note", limit=500, needed=False, readers=readers)
            for c in skills.competences.values()
        }
    made: Ratings = type("RatingForm", (Ratings,), fields)(**stored)
    return made


class EvidenceForm(Form):
    """Something that shows a competence at work."""

    competence = Choice("Competence", "a competence")
    text = Paragraphs("What did you do, and what came of it?", "what you did", limit=1000)
    link = Link("Where can it be seen?", "a web address", needed=False, hint="A web address, if it has one.")
    shown_on = Day("When was it?", "the day")


class OutsideForm(AttachForm):
    """A certificate earned elsewhere, with what shows it."""

    title = Line("Name of the certificate", "its name")
    issuer = Line("Who issued it?", "who issued it")
    issued_on = Day("Issued on", "the day it was issued")
    expires_on = Day("Valid until", "the last day it is valid", needed=False, hint="Leave it empty when it does not expire.")
    competences = SeveralOf("Which competences does it show?", "competences", hint="One to five.")


class DecisionForm(Form):
    """Approve or decline, with a reason."""

    reason = Line("Reason", "the reason", 300, needed=False, hint="Needed when you decline it.", readers="Read by its holder and everybody who reads their skills")


class RoleForm(Form):
    """The role somebody is measured against."""

    role = OneOf("Role", "a role")
    version = Hidden()
