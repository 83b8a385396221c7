"""Two people editing one thing: the second sees both texts and nothing is overwritten unseen (P71)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import Differing, EditConflict


def demand_version(record: Any, version: int | None, wanted: Mapping[str, tuple[str, Any]], back: str) -> None:
    """Raise EditConflict unless *record* still is the version the page showed.

    *wanted* holds for each column its label and the value that was typed; only those that differ are shown."""
    if record.version == version:
        return
    raise EditConflict(
        tuple(
            Differing(label, shown(value), shown(getattr(record, column)))
            for column, (label, value) in wanted.items()
            if shown(value) != shown(getattr(record, column))
        ),
        back,
    )


def shown(value: Any) -> str:
    """A stored value in words: 'yes' and 'no' for booleans, '' for nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
