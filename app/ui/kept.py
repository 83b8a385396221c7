"""Markup that is made once and kept: signs, tags, and parts of pages that rest on values which never change."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

MOST = 1024


def once(macro: Callable[..., Markup], most: int = MOST) -> Callable[..., Markup]:
    """A macro whose markup is put together once for the same arguments: `{% set icon = once(drawn) %}`. It takes no caller.

    Its arguments are all it may depend on: nothing of the page, the person, the time zone or the day. What differs by
    any of these is an argument, or stays outside. Text and markup that read the same are told apart, for only one of
    them is escaped."""
    return lru_cache(maxsize=most, typed=True)(macro)
