"""Where all pages of measures belong."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("measures", __name__)
