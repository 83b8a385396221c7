"""What a PMO lead fills in to withdraw a certificate."""

from app.ui.fields import Line
from app.ui.forms import Form


class WithdrawForm(Form):
    reason = Line("Reason", "a reason", limit=200, readers="Read by everybody who checks this certificate")
