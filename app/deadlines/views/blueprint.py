"""The one blueprint of what is due, which the pages join."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("deadlines", __name__)
