"""The one blueprint of mentoring, which the pages join."""

from datetime import date

from flask import Blueprint

from app import clock
from app.access import me

pages = Blueprint("mentoring", __name__, url_prefix="/mentoring")


def my_day() -> date:
    """Today where the person who asks lives."""
    return clock.today(me().time_zone)
