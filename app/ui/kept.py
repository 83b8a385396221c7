"""Markup that is made once and kept: signs, tags, and parts of pages that rest on values which never change."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

MOST = 1024
GAP = Markup("<!--" + secrets.token_hex(16) + "-->")  # nobody can type it: it is another one in each process


def once(macro: Callable[..., Markup], most: int = MOST) -> Callable[..., Markup]:
    """A macro whose markup is put together once for the same arguments: `{% set icon = once(drawn) %}`. It takes no caller.

    Its arguments are all it may depend on: nothing of the page, the person, the time zone or the day. What differs by
    any of these is an argument, or stays outside. Text and markup that read the same are told apart, for only one of
    them is escaped."""
    return lru_cache(maxsize=most, typed=True)(macro)


def filled(markup: Markup, make: Callable[..., Markup], *args: object) -> Markup:
    """Kept markup with what `make(*args)` gives in each `{{ gap }}`, asked anew for each: the keys of its forms."""
    first, *rest = markup.split(GAP)
    return Markup("").join([first, *(part for after in rest for part in (make(*args), after))])
