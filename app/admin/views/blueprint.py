"""The one blueprint of administration, which the pages join."""

from zoneinfo import available_timezones

from flask import Blueprint, request

pages = Blueprint("admin", __name__, url_prefix="/admin")
ZONES = tuple((name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name or name == "UTC")


def asked(name: str, limit: int = 200) -> str:
    """A word of the address, cut to what a search may hold (B14)."""
    return request.args.get(name, "").replace("\x00", "").strip()[:limit]
