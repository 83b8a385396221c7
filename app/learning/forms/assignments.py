"""What leads fill in to ask for a course by a day."""

from app.ui.fields import Choice, Day, Hidden, Line
from app.ui.forms import Form

READERS = "Read by everybody it is asked of"


class DueForm(Form):
    """By when, and why."""

    due_on = Day("Complete by", "the day")
    why = Line("Why", "a reason", 200, needed=False, hint="One sentence. People finish what they see the point of.", readers=READERS)


class ChangeAssignmentForm(DueForm):
    """Another day or another reason for what was asked."""

    version = Hidden()


class AssignForm(DueForm):
    """Which course, and of whom."""

    course = Choice("Course", "a course")
    audience = Choice("Of whom", "a team or a person", hint="A team means whoever is in it, also people who join later.")
