"""The keys badges are signed with, and the address others know this site by."""

from __future__ import annotations

from flask import current_app

from app.config import Settings
from app.documents.signing import KeyRing, key_ring


def base_url() -> str:
    """The address of the site as strangers reach it, without a slash at its end."""
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url.rstrip("/")


def ring() -> KeyRing:
    """The keys of this installation."""
    settings: Settings = current_app.extensions["settings"]
    return key_ring(settings)
