"""The blueprint of joint rounds."""

from flask import Blueprint

pages = Blueprint("joint", __name__, url_prefix="/programme/rounds")
