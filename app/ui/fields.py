"""Fields that know their wording: each names the thing it asks for and says plainly what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Field, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, DateInput, FileInput, ListWidget, TextArea, TextInput

from app import clock
from app.ui.text import EMAIL, INVISIBLE, NotText, clean_line, clean_paragraphs
from app.uploads import KINDS, TAKEN, Sent

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,11})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")
UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Typed(Field):
    """A field that turns typed text into a value or says, in one sentence, what to enter.

    `thing` stands in that sentence: Typed("Name", thing="a name") says "Enter a name" when it is empty."""

    data: Any
    widget = TextInput()

    def __init__(self, label: str, thing: str, needed: bool = True, hint: str = "", readers: str = "", autocomplete: str = "", **kw: Any) -> None:
        super().__init__(label, **kw)
        self.thing = thing
        self.needed = needed
        self.hint = hint
        self.readers = readers
        self.autocomplete = autocomplete
        self.typed = ""

    def _value(self) -> str:
        return UNSHOWN.sub("", self.typed) if self.raw_data else self.shown(self.data)

    def shown(self, value: Any) -> str:
        """How a stored value looks in the field."""
        return "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = valuelist[0] if valuelist and isinstance(valuelist[0], str) else ""
        self.data = None
        if len(valuelist) > 1:
            raise ValueError(f"Enter {self.thing} once")
        try:
            value = self.read(self.typed)
        except NotText as fault:
            raise ValueError(str(fault)) from None
        self.data = value

    def read(self, typed: str) -> Any:
        """The value behind *typed*, None when empty. Raises ValueError with the sentence to show."""
        raise NotImplementedError

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        if self.needed and self.data in (None, ""):
            raise StopValidation(f"Enter {self.thing}")


class Line(Typed):
    """One line of text, at most `limit` characters."""

    def __init__(self, label: str, thing: str, limit: int = 120, **kw: Any) -> None:
        super().__init__(label, thing, **kw)
        self.limit = limit

    def read(self, typed: str) -> str:
        return clean_line(typed, self.limit)


class Paragraphs(Line):
    """Text of several lines, at most `limit` characters."""

    widget = TextArea()

    def __init__(self, label: str, thing: str, limit: int = 4000, **kw: Any) -> None:
        super().__init__(label, thing, limit, **kw)

    def read(self, typed: str) -> str:
        return clean_paragraphs(typed, self.limit)


class Email(Line):
    """An e-mail address; whether it exists only a mail can tell."""

    input_type = "email"
    PATTERN = EMAIL

    def __init__(self, label: str = "E-mail", thing: str = "an e-mail address", **kw: Any) -> None:
        super().__init__(label, thing, limit=254, **kw)

    def read(self, typed: str) -> str:
        text = clean_line(typed, self.limit)
        hidden = any(ord(c) in INVISIBLE for c in typed)  # an address that looks like another is not made into that other
        if text and (hidden or not self.PATTERN.fullmatch(text) or typed.endswith(("\n", "\r"))):
            raise ValueError("Enter an e-mail address such as name@example.org")
        return text


class Link(Line):
    """A web address; only http and https."""

    def __init__(self, label: str, thing: str = "a web address", **kw: Any) -> None:
        super().__init__(label, thing, limit=500, **kw)

    def read(self, typed: str) -> str:
        text = clean_line(typed, self.limit)
        if text and not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", text, re.IGNORECASE):
            raise ValueError("Enter a web address that starts with https://")
        return text


class Upload(Typed):
    """A file to hand over; its kind is looked at where it is stored. A file cannot be shown again: a refused form asks for it anew."""

    widget = FileInput()

    def __init__(self, label: str = "File", thing: str = "a file", **kw: Any) -> None:
        kw.setdefault("hint", f"{TAKEN}.")
        kw.setdefault("render_kw", {"accept": ",".join(f".{ending}" for ending in KINDS)})
        super().__init__(label, thing, **kw)

    def _value(self) -> str:
        return ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        files = [file for file in valuelist if getattr(file, "filename", "")]
        self.data = Sent(files[0].filename, files[0].stream) if files else None
        if len(files) > 1:
            raise ValueError(f"Choose {self.thing} once")

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        if self.needed and self.data is None:
            raise StopValidation(f"Choose {self.thing}")


class Whole(Typed):
    """A whole number within [least, most], typed in plain digits."""

    def __init__(self, label: str, thing: str, least: int, most: int, unit: str = "", **kw: Any) -> None:
        super().__init__(label, thing, **kw)
        self.least, self.most, self.unit = least, most, unit

    def read(self, typed: str) -> int | None:
        text = typed.strip(" ")
        if not text:
            return None
        if not WHOLE.fullmatch(text) or text == "-0" or not self.least <= int(text) <= self.most:
            raise ValueError(f"Enter {self.thing} as a whole number from {self.least} to {self.most}")
        return int(text)


class Number(Typed):
    """A decimal number with a point, within [least, most]."""

    def __init__(self, label: str, thing: str, least: float = -1e12, most: float = 1e12, unit: str = "", **kw: Any) -> None:
        super().__init__(label, thing, **kw)
        self.least, self.most, self.unit = least, most, unit

    def read(self, typed: str) -> float | None:
        text = typed.strip(" ")
        if not text:
            return None
        if not DECIMAL.fullmatch(text) or not self.least <= float(Decimal(text)) <= self.most:
            raise ValueError(f"Enter {self.thing} as a number, for example 12.5")
        return float(Decimal(text))


class Day(Typed):
    """A calendar day between ten years ago and twenty years ahead, or within the closer limits given."""

    widget = DateInput()

    def __init__(self, label: str, thing: str, **kw: Any) -> None:
        super().__init__(label, thing, **kw)

    def shown(self, value: Any) -> str:
        return value.isoformat() if isinstance(value, date) else ""

    def read(self, typed: str) -> date | None:
        text = typed.strip(" ")
        if not text:
            return None
        try:
            day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError(f"Enter {self.thing} as a date that exists, for example 2026-11-27")
        year = clock.today().year
        if not year - 10 <= day.year <= year + 20:
            raise ValueError(f"Enter {self.thing} between {year - 10} and {year + 20}")
        return day


class Hidden(Typed):
    """A value the page carries for itself (a version, a counter); not trusted, only compared."""

    is_hidden = True

    def __init__(self, label: str = "", thing: str = "the version of the page", **kw: Any) -> None:
        kw.setdefault("needed", False)
        super().__init__(label, thing, **kw)

    def read(self, typed: str) -> int | None:
        text = typed.strip()
        return int(text) if WHOLE.fullmatch(text) else None


class Choice(SelectField):
    """One of a list, as a drop-down. `thing` as in Typed."""

    def __init__(self, label: str, thing: str, choices: Sequence[tuple[str, str]] = (), needed: bool = True, hint: str = "", **kw: Any) -> None:
        super().__init__(label, choices=[SelectChoice(*choice) for choice in choices], validate_choice=False, **kw)
        self.thing, self.needed, self.hint, self.readers, self.autocomplete = thing, needed, hint, "", ""

    def pre_validate(self, form: Any) -> None:
        offered = {str(value) for value, *_ in self.choices or ()}
        if len(self.raw_data or ()) > 1 or (self.data and str(self.data) not in offered):
            raise StopValidation(f"Choose {self.thing} from the list")
        if self.needed and not self.data:
            raise StopValidation(f"Choose {self.thing}")


class OneOf(RadioField):
    """One of a few, as radio buttons."""

    def __init__(self, label: str, thing: str, choices: Sequence[tuple[str, str]] = (), needed: bool = True, hint: str = "", **kw: Any) -> None:
        super().__init__(label, choices=[SelectChoice(*choice) for choice in choices], validate_choice=False, **kw)
        self.thing, self.needed, self.hint, self.readers, self.autocomplete = thing, needed, hint, "", ""

    pre_validate = Choice.pre_validate


class SeveralOf(SelectMultipleField):
    """Any number of a list, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, thing: str, choices: Sequence[tuple[str, str]] = (), needed: bool = False, hint: str = "", **kw: Any) -> None:
        super().__init__(label, choices=[SelectChoice(*choice) for choice in choices], validate_choice=False, **kw)
        self.thing, self.needed, self.hint, self.readers, self.autocomplete = thing, needed, hint, "", ""

    def pre_validate(self, form: Any) -> None:
        offered = {str(value) for value, *_ in self.choices or ()}
        if any(str(value) not in offered for value in self.data or ()):
            raise StopValidation(f"Choose {self.thing} from the list")
        if self.needed and not self.data:
            raise StopValidation(f"Choose {self.thing}")


class Tick(BooleanField):
    """A single tick box."""

    def __init__(self, label: str, hint: str = "", **kw: Any) -> None:
        super().__init__(label, **kw)
        self.thing, self.needed, self.hint, self.readers, self.autocomplete = label, False, hint, "", ""


class Password(PasswordField):
    """A password, kept exactly as typed."""

    def __init__(self, label: str, thing: str = "your password", hint: str = "", autocomplete: str = "current-password", **kw: Any) -> None:
        super().__init__(label, **kw)
        self.thing, self.needed, self.hint, self.readers, self.autocomplete = thing, True, hint, "", autocomplete

    def pre_validate(self, form: Any) -> None:
        if len(self.raw_data or ()) > 1:
            raise StopValidation(f"Enter {self.thing} once")
        if not self.data:
            raise StopValidation(f"Enter {self.thing}")
        if len(self.data) > 1024:
            raise StopValidation("Use at most 128 characters")
