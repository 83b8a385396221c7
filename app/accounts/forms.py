"""What people fill in to sign in and to keep their account."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from app.ui.fields import Choice, Email, Hidden, Line, Password, Tick
from app.ui.forms import Form

RULE = "At least 12 characters. A sentence is fine; there are no other rules."


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """Every time zone there is, by name; nothing else is accepted (B42)."""
    return tuple((name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name or name == "UTC")


class SignInForm(Form):
    email = Email(autocomplete="username")
    password = Password("Password")


class ChoosePasswordForm(Form):
    password = Password("New password", "a new password", hint=RULE, autocomplete="new-password")


class ConfirmForm(Form):
    """The password once more, before something that matters."""

    current = Password("Password")


class ChangePasswordForm(ConfirmForm):
    password = Password("New password", "a new password", hint=RULE, autocomplete="new-password")


class ChangeEmailForm(Form):
    email = Email("New e-mail", hint="You sign in with it from then on.", autocomplete="email")


class DetailsForm(Form):
    """Who somebody is and what they share."""

    version = Hidden()
    name = Line("Name", "your name", 120, autocomplete="name", readers="Everybody who is signed in reads this")
    job_title = Line("Job title", "your job title", 120, needed=False, autocomplete="organization-title", readers="Everybody who is signed in reads this")
    time_zone = Choice("Time zone", "your time zone", hint="Dates and closing times are shown in it.")
    shares_email = Tick("Show my e-mail to everybody who is signed in", "Your lead, your mentor, the PMO lead and administrators see it in any case.")
    shares_progress = Tick("Share my progress with my mentor", "Your mentor then sees your skills, as long as the pairing is active.")
    uses_keys = Tick("Use single keys", "/ searches and ? helps. In a lesson n, p and o lead to the next one, the one before and the outline, b sets a bookmark. In the review s shows the answer and numbers choose.")
