"""A private note on a section of a lesson, and a bookmark."""

from __future__ import annotations

from app.ui.fields import Choice, Hidden, Paragraphs
from app.ui.forms import Form

LONGEST = 4000
WHOLE = "The whole lesson"


class NoteForm(Form):
    """Where and what; a bookmark needs no words."""

    section = Choice("Section", "the section", needed=False, id="note-section")
    text = Paragraphs("Note", "a note", LONGEST, id="note-text", readers="Only you read this", hint="Markdown works: **bold**, - lists.")
    version = Hidden()

    def offer(self, headings: tuple[tuple[str, str], ...]) -> None:
        """The sections of the lesson by anchor, '' for all of it."""
        self.section.choices = [("", WHOLE), *headings]
