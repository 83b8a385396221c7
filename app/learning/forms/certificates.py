"""What is filled in to withdraw a certificate, and to check a badge."""

from app.documents.baking import badge_in
from app.documents.signing import NotSigned
from app.errors import Refused
from app.ui.fields import Line, OneOf, Paragraphs
from app.ui.forms import Form
from app.ui.uploads import Upload
from courses.certificates import WITHDRAWN_WORDS


class WithdrawForm(Form):
    why = OneOf("What everybody who checks it reads", "what others read", choices=tuple(WITHDRAWN_WORDS.items()), hint="Together with today's date, from now on.")
    reason = Line("What happened", "what happened", limit=200, readers="Read by the holder, their lead, PMO leads and administrators, and kept in the audit log")


class BadgeForm(Form):
    """A badge as a file, or as text."""

    file = Upload("Badge file", "PNG, SVG or .jwt, as it was downloaded. At most 1 MB.", render_kw={"accept": ".png,.svg,.jwt"})
    token = Paragraphs("Or the number or address of a certificate, or the text of a badge", "a number, an address or a badge", limit=32_768, needed=False)

    def badge_sent(self) -> str:
        """The badge of the file, or else what was pasted. Raises Refused."""
        if self.file.data:
            try:
                return badge_in(self.file.data.read())
            except NotSigned as fault:
                raise Refused(str(fault), "file") from fault
        if not self.token.data:
            raise Refused("Choose a badge file, or enter a number or an address", "file")
        return str(self.token.data)
