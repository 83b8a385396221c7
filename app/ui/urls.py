"""Ids in addresses: plain digits, no leading zero, below 2^63; anything else is simply not a page."""

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError


class RowId(BaseConverter):
    """`<id:round_id>`: a row's number."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number >= 2**31 or not value.isascii():
            raise ValidationError
        return number

    def to_url(self, value: int) -> str:
        return str(value)


class Quarter(BaseConverter):
    """`<quarter:quarter>`: a quarter such as 2026-Q4."""

    regex = "[12][0-9]{3}-?[Qq][1-4]"


def install(app: Flask) -> None:
    """Make the converters known before any route is."""
    app.url_map.converters |= {"id": RowId, "quarter": Quarter}
