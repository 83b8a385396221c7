"""The blueprint of all pages around the roadmap of a team."""

from flask import Blueprint

pages = Blueprint("roadmap", __name__, url_prefix="/teams/<slug>/roadmap")
