"""A long list in pages of fifty: which rows this page shows, and how its neighbours are addressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

SIZE = 50


@dataclass(frozen=True)
class Paging:
    """Page *number* of a list of *total* rows at the address *path*, with what else stands in its query."""

    number: int
    total: int
    path: str
    asked: tuple[tuple[str, str], ...] = ()
    size: int = SIZE

    @property
    def last(self) -> int:
        """The last page, 1 for an empty list. 51 rows make 2 pages."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size

    @property
    def rows(self) -> slice:
        """The rows of this page in the whole list."""
        return slice(self.first_row, self.first_row + self.size)

    def href(self, number: int) -> str:
        """The address of page *number*."""
        return f"{self.path}?{urlencode([*self.asked, ('page', str(number))])}"


def paging(typed: str, total: int, path: str, asked: Mapping[str, str] | None = None, size: int = SIZE) -> Paging:
    """The page somebody asked for; anything that is not a page of this list is the nearest one that is."""
    found = Paging(1, total, path, tuple((name, value) for name, value in (asked or {}).items() if value), size)
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    return Paging(min(max(wanted, 1), found.last), total, path, found.asked, size)
