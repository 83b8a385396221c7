"""A result as a workbook: summary with radar, dimensions, items, how many chose what, notes."""

from __future__ import annotations

from app.documents.workbook import Cell, Chart, Form, Sheet, columns, workbook
from app.maturity.queries.results import ResultsPage
from app.maturity.reports.words import how_made, level, number, origin, people, remarks, rows_in_order, title_of


def result_workbook(page: ResultsPage) -> bytes:
    """The result as an XLSX file. What the page does not show is an empty cell, and the note beside it says so."""
    return workbook(title_of(page), [_summary(page), _dimensions(page), _items(page), _answers(page), notes(page)])


def _form(page: ResultsPage) -> Form:
    return "two" if page.places == 2 else "one"


def _summary(page: ResultsPage) -> Sheet:
    h, form = page.headline, _form(page)
    above = [
        title_of(page), origin(page), f"Index {h.index} of 5, {h.index_note}.", f"Level reached: {h.level}{', ' + h.level_note if h.level_note else ''}.",
        f"{h.kind[0]}. {h.kind_means}", h.partial, " ".join(part for part in page.furthest if part), page.change[:1].upper() + page.change[1:],
        f"{page.same.answer} {page.same.rest}".strip(),
    ]
    before = page.before
    head = [("Code", 8, "text"), ("Dimension", 40, "text"), ("Index", 9, form), ("Target", 9, "whole")]
    if before:
        head.append((before.name, 10, form))
    rows: list[list[Cell]] = [
        [row.id, row.title, number(page, row.now), row.target, *([number(page, row.before)] if before else [])] for row in page.rows
    ]
    values = (2, 3, 4) if before else (2, 3)
    chart = Chart("radar", page.furthest[0] or "Profile", page.radar_label, 0, values, f"{'FG'[bool(before)]}{len(above)}", low=0, high=5, size=(520, 420))
    return Sheet("Summary", tuple(line for line in above if line), columns(*head), rows, (chart,))  # type: ignore[arg-type]


def _dimensions(page: ResultsPage) -> Sheet:
    form = _form(page)
    sides = {p.id: p for p in page.same.perspectives}
    head = (
        ("Code", 8, "text"), ("Dimension", 40, "text"), ("Index", 9, form), ("Target", 9, "whole"), ("Gap", 9, form), ("Level reached", 18, "text"),
        (page.before.name if page.before else "Round before", 12, form), (page.moves_since or "Since then", 12, "text"), ("Office", 9, form), ("Users", 9, form), ("Note", 44, "long"),
    )
    rows: list[list[Cell]] = []
    for row in page.by_gap:
        side = sides.get(row.id)
        rows.append([
            row.id, row.title, number(page, row.now), row.target, number(page, row.gap), level(row.staged, row.level_name), number(page, row.before),
            page.moves.get(row.id, ""), number(page, side.office if side else None), number(page, side.users if side else None), row.why,
        ])
    chart = Chart(
        "bar", "How far is each dimension from its target?", f"Bars of index and target for {len(rows)} dimensions, widest gap first.", 1, (2, 3),
        f"A{len(rows) + 5}", low=0, high=5, size=(760, 440),
    )
    return Sheet("Dimensions", ("Dimensions, widest gap first", f"Index per dimension from 1 to 5. {people(page)}"), columns(*head), rows, (chart,), frozen=2)  # type: ignore[arg-type]


def _items(page: ResultsPage) -> Sheet:
    form = _form(page)
    head = (
        ("Dimension", 11, "text"), ("Code", 9, "text"), ("Item", 40, "text"), ("Key", 6, "text"), ("n", 6, "whole"), ("Mean", 8, form),
        ("Level", 16, "text"), ("Answered level", 10, "whole"), ("Agreed level", 10, "whole"), ("Do we agree?", 36, "text"), ("Note", 36, "long"),
    )
    rows: list[list[Cell]] = [
        [
            dimension, row.id, row.title, "key" if row.key else "", row.n, number(page, row.mean), level(row.level, row.level_name), row.answered_level,
            row.agreed_level, row.reading[0], remarks(row),
        ]
        for dimension, _, row in rows_in_order(page)
    ]
    return Sheet("Items", ("Items", "The level of an item is the highest that more than half of the people confirm."), columns(*head), rows, frozen=3)  # type: ignore[arg-type]


def _answers(page: ResultsPage) -> Sheet:
    head = (("Code", 9, "text"), ("Item", 40, "text"), *((f"{step} {name}", 13, "whole") for step, name in enumerate(page.levels, 1)))
    rows: list[list[Cell]] = []
    for _, _, row in rows_in_order(page):
        found = dict(row.counts)
        shown: list[Cell] = [None if row.strip is None else found.get(step, 0) for step in range(1, len(page.levels) + 1)]
        rows.append([row.id, row.title, *shown])
    hidden = f" {page.not_shown} where a row is empty." if page.min_group else ""
    return Sheet("Answers", ("How many chose which level?", f"No names and no comments stand in this file.{hidden}"), columns(*head), rows, frozen=2)  # type: ignore[arg-type]


def notes(page: ResultsPage) -> Sheet:
    """How each number is made, in every workbook of a result."""
    more = (("Decimals", f"Figures have {'two decimals' if page.places == 2 else 'one decimal'}, as on the page. The table (CSV) and the JSON file have all that are stored."),)
    return Sheet("Notes", ("How is each number made?",), columns(("Number", 20, "text"), ("How it is made", 110, "long")), [list(pair) for pair in how_made(page) + more])
