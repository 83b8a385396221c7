"""People in words."""

from app.content import library


def role_name(profile: str | None) -> str:
    """The name of a role profile: 'NPM' -> 'New project manager'; '' for none and for one the content no longer has."""
    roles = library().skills.roles
    return roles[profile].name if profile and profile in roles else ""
