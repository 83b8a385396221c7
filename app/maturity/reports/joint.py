"""The result of a joint round as files. Units come as they were published; what is not shown looks alike in all of them."""

from __future__ import annotations

import json
from typing import Any

from app.documents.slides import LEFT, RIGHT, WHOLE, Chart, Figures, Slide, Table, Words, deck
from app.documents.typesetting import pdf
from app.documents.workbook import Cell, Sheet, columns, workbook
from app.maturity.queries.joint import JointResultsPage, UnitRow
from app.maturity.reports.words import NOTE, SELF
from app.ui.csv import csv_text
from app.ui.filters import count, local_day

ON_A_SLIDE = 11
"""Units in the table of one slide; larger organisations get more slides."""


def title_of(page: JointResultsPage) -> str:
    """'Result of joint round 1'."""
    return f"Result of joint round {page.joint.number}"


def origin(page: JointResultsPage) -> str:
    """What was asked, of whom, and when it closed."""
    return f"{page.joint.title}, closed on {local_day(page.joint.closed_at)}. {page.model}."


def how_made(page: JointResultsPage) -> tuple[tuple[str, str], ...]:
    """(number, how it is made)."""
    return (
        ("Index and dimensions", "From 1 to 5, with one decimal: the mean of the answers to the items that may be shown in that unit."),
        ("Level reached", "The level of the lowest dimension: what others can rely on."),
        ("n", "How many answers count in that unit."),
        ("What is not shown", f"{page.not_shown}. Where fewer than {page.joint.min_group} answered, or where a figure would give such a small group away, nothing is shown; both look the same."),
        ("Comments", "They stand on the page alone, not in this file."),
        ("What this is", SELF),
    )


def number(text: str) -> Cell:
    """A figure of the page as a number, everything that is none as nothing: '2.4' -> 2.4, '–' -> None."""
    return int(text) if text.isdigit() else float(text) if text.replace(".", "", 1).isdigit() else None


def joint_table(page: JointResultsPage) -> str:
    """One line a unit as CSV, with the same words for what is not shown as the page."""
    header = ("unit", "kind", "n", "index", "level reached", *(key for key, _ in page.dimensions))
    hidden = [page.not_shown] * (len(header) - 2)
    return csv_text(header, [
        (row.title, row.kind, *([_kept(row.n), _kept(row.index), row.level, *map(_kept, row.dimensions)] if row.is_shown else hidden)) for row in page.rows
    ])


def _kept(text: str) -> str | int | float:
    """A figure as a number, everything else as the words it is."""
    found = number(text)
    return found if isinstance(found, (int, float)) else text


def joint_json(page: JointResultsPage) -> str:
    """The units with null for what is not shown; `not_shown` says why."""
    units = [
        {
            "title": row.title, "kind": row.kind, "n": number(row.n), "index": number(row.index), "staged": _staged(row),
            "dimensions": {key: number(value) for (key, _), value in zip(page.dimensions, _figures(page, row), strict=True)},
        }
        for row in page.rows
    ]
    closed = page.joint.closed_at
    body = {
        "joint_round": page.joint.number, "title": page.joint.title, "closed_at": closed.isoformat() if closed else None, "model": page.joint.model_id,
        "min_group": page.joint.min_group, "not_shown": page.not_shown, "units": units,
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _staged(row: UnitRow) -> Cell:
    return number(row.level.split()[0]) if row.is_shown else None


def _figures(page: JointResultsPage, row: UnitRow) -> tuple[str, ...]:
    return row.dimensions if row.is_shown else ("–",) * len(page.dimensions)


def joint_workbook(page: JointResultsPage) -> bytes:
    """One line a unit as XLSX, and the notes."""
    head = (
        ("Unit", 36, "text"), ("Kind", 14, "text"), ("n", 7, "whole"), ("Index", 8, "one"), ("Level reached", 18, "text"),
        *((key, 8, "one") for key, _ in page.dimensions), ("Note", 40, "text"),
    )
    rows: list[list[Cell]] = [
        [
            row.title, row.kind, number(row.n), number(row.index), row.level if row.is_shown else "", *map(number, _figures(page, row)),
            "" if row.is_shown else page.not_shown,
        ]
        for row in page.rows
    ]
    names = "; ".join(f"{key} {title}" for key, title in page.dimensions)
    return workbook(title_of(page), [
        Sheet("Units", (title_of(page), origin(page), names), columns(*head), rows, frozen=1),  # type: ignore[arg-type]
        Sheet("Notes", ("How is each number made?",), columns(("Number", 22, "text"), ("How it is made", 110, "long")), [list(pair) for pair in how_made(page)]),
    ])


def joint_pdf(page: JointResultsPage) -> bytes:
    """The table of units on paper."""
    return pdf("joint", {
        "title": title_of(page), "origin": origin(page), "dimensions": [list(pair) for pair in page.dimensions], "not_shown": page.not_shown,
        "rows": [
            {"title": row.title, "kind": row.kind, "n": row.n, "index": row.index, "level": row.level, "figures": list(row.dimensions), "shown": row.is_shown}
            for row in page.rows
        ],
        "made": [list(pair) for pair in how_made(page)],
    })


def joint_slides(page: JointResultsPage) -> bytes:
    """The organisation and its units as slides."""
    notes = f"{NOTE}\n" + "\n".join(f"{name}: {words}" for name, words in how_made(page))
    first = Slide(title_of(page), (Words((origin(page),), (0.7, 4.2, 11.93, 1.6), 20),), f"Where this comes from: {origin(page)}\n{SELF}", is_first=True)
    whole = page.rows[0] if page.rows else None
    return deck(title_of(page), [first, *([_whole(page, whole, notes)] if whole else []), *_tables(page, notes)], title_of(page))


def _whole(page: JointResultsPage, whole: UnitRow, notes: str) -> Slide:
    values = tuple(map(number, _figures(page, whole)))
    known: tuple[float | None, ...] = tuple(value if isinstance(value, (int, float)) else None for value in values)
    says = "; ".join(f"{title} {value}" for (_, title), value in zip(page.dimensions, _figures(page, whole), strict=True))
    parts: tuple[Any, ...] = (
        Chart("radar", tuple(key for key, _ in page.dimensions), ((whole.title, known),), f"Radar of {len(known)} dimensions from 1 to 5: {says}", LEFT, "0", 5, 0),
        Figures(((whole.index, "Index, of 5", f"Level reached: {whole.level}. n = {whole.n}."),), (RIGHT[0], RIGHT[1], RIGHT[2], 3.2)),
    ) if whole.is_shown else (Words((page.not_shown,), WHOLE, 24),)
    return Slide(f"{whole.title} stands at {whole.index} of 5 on average" if whole.is_shown else whole.title, parts, notes)


def _tables(page: JointResultsPage, notes: str) -> list[Slide]:
    head = ("Unit", "n", "Index", "Level reached", *(key for key, _ in page.dimensions))
    lines = [
        (row.title, row.n, row.index, row.level, *row.dimensions) if row.is_shown else (row.title, "–", "–", page.not_shown, *_figures(page, row))
        for row in page.rows
    ]
    parts = [lines[at:at + ON_A_SLIDE] for at in range(0, len(lines), ON_A_SLIDE)]
    shares = (3.4, 0.6, 0.75, 2.6, *(0.7 for _ in page.dimensions))
    shown = sum(row.is_shown for row in page.rows)
    said = f"{shown} of {count(len(page.rows), 'unit')} can be shown"
    return [
        Slide(f"{said}{f' ({place} of {len(parts)})' if len(parts) > 1 else ''}", (Table(head, tuple(some), shares, "Units with their figures", WHOLE, 12, frozenset(range(1, 3)) | frozenset(range(4, len(head)))),), notes)
        for place, some in enumerate(parts, 1)
    ]
