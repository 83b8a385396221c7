"""The blueprint of all pages around rounds."""

from flask import Blueprint

pages = Blueprint("maturity", __name__, url_prefix="/teams/<slug>")
