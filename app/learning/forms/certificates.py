"""What is filled in to withdraw a certificate, and to check a badge."""

from app.ui.fields import Line, OneOf, Paragraphs
from app.ui.forms import Form
from courses.certificates import WITHDRAWN_WORDS


class WithdrawForm(Form):
    why = OneOf("What everybody who checks it reads", "what others read", choices=tuple(WITHDRAWN_WORDS.items()), hint="Together with today's date, from now on.")
    reason = Line("What happened", "what happened", limit=200, readers="Read by the holder, their lead, PMO leads and administrators, and kept in the audit log")


class BadgeForm(Form):
    token = Paragraphs("Badge, or address of a certificate", "a badge or an address", limit=32_768, hint="Open the .jwt file with a text editor, copy all of it, and paste it here.")
