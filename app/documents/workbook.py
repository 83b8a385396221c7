"""Spreadsheets from plain values: numbers stay numbers, text never starts a formula, charts can be edited.

A sheet is lines of text, then a table whose head stays in view, then charts at its right or below it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import starmap
from typing import Any, Final, Literal

from app.documents.inert import inert
from app.documents.look import ACCENT, ACCENT_SOFT, BAD, GOOD, HAIR, HEAT, INK, MIDDLE, QUIET, SERIES, WHITE

Cell = str | int | float | date | None
Form = Literal["text", "long", "whole", "two", "one", "day", "narrow"]
Shade = Literal["planned", "under way", "done", "blocked", "g0", "g1", "g2", "g3", "g4"]

FORMS: Final[Mapping[str, dict[str, Any]]] = {
    "text": {}, "long": {"text_wrap": True}, "whole": {"num_format": "#,##0", "align": "right"}, "two": {"num_format": "0.00", "align": "right"},
    "one": {"num_format": "0.0", "align": "right"}, "day": {"num_format": "d mmm yyyy", "align": "right"}, "narrow": {"align": "center"},
}
SHADES: Final[Mapping[str, tuple[str, str]]] = {
    "planned": (MIDDLE, INK), "under way": (ACCENT, WHITE), "done": (GOOD, WHITE), "blocked": (BAD, WHITE), **{f"g{step}": pair for step, pair in enumerate(HEAT)},
}
LONGEST_CELL: Final = 32_767
LONGEST_NAME: Final = 31


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in characters, and how its values are shown."""

    title: str
    width: float = 12
    form: Form = "text"


@dataclass(frozen=True)
class Chart:
    """A chart of columns of the table, counted from 0: `names` along the axis, one line or bar for each of `values`.

    `at` is the cell of its upper left corner, `says` what it shows for people who cannot see it. `rows` limits it to the first ones."""

    kind: Literal["radar", "bar", "column", "stacked"]
    title: str
    says: str
    names: int
    values: tuple[int, ...]
    at: str
    rows: int | None = None
    low: float | None = None
    high: float | None = None
    size: tuple[int, int] = (560, 400)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook. `shades` colours cells by (row, column) of the table, both counted from 0; `frozen` columns stay in view."""

    name: str
    above: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    charts: tuple[Chart, ...] = ()
    shades: Mapping[tuple[int, int], Shade] = field(default_factory=dict)
    frozen: int = 0
    upright_from: int | None = None


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an XLSX file with these sheets, whose names differ and hold at most 31 characters."""
    import xlsxwriter  # takes half a second to load, which no start of the site should wait for

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": title})
        formats = _Formats(book)
        for sheet in sheets:
            _write(book, book.add_worksheet(sheet.name[:LONGEST_NAME]), sheet, formats)
    return out.getvalue()


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Calibri", "font_size": 11, "font_color": f"#{INK}", "valign": "top"}
        line = {**base, "bottom": 1, "bottom_color": f"#{HAIR}"}
        self.title = book.add_format({**base, "bold": True, "font_size": 15, "font_color": f"#{ACCENT}"})
        self.quiet = book.add_format({**base, "font_color": f"#{QUIET}"})
        head = {**line, "bold": True, "bg_color": f"#{ACCENT_SOFT}", "text_wrap": True, "valign": "bottom"}
        self.head = book.add_format(head)
        self.head_right = book.add_format({**head, "align": "right"})
        self.head_upright = book.add_format({**head, "rotation": 90, "align": "center", "text_wrap": False, "font_size": 9})
        self.cells = {form: book.add_format({**line, **own}) for form, own in FORMS.items()}
        self.shades = {
            (name, form): book.add_format({**line, **own, "bg_color": f"#{ground}", "font_color": f"#{ink}", "align": "center"})
            for name, (ground, ink) in SHADES.items() for form, own in FORMS.items()
        }


def _write(book: Any, page: Any, sheet: Sheet, formats: _Formats) -> None:
    for number, words in enumerate(sheet.above):
        page.write_string(number, 0, inert(words), formats.quiet if number else formats.title)
    head = len(sheet.above) + bool(sheet.above)
    for place, column in enumerate(sheet.columns):
        upright = sheet.upright_from is not None and place >= sheet.upright_from
        right = FORMS[column.form].get("align") == "right"
        page.set_column(place, place, column.width)
        page.write_string(head, place, inert(column.title), formats.head_upright if upright else formats.head_right if right else formats.head)
    if sheet.upright_from is not None:
        page.set_row(head, 52)
    for row, values in enumerate(sheet.rows):
        for place, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            shade = sheet.shades.get((row, place))
            _cell(page, head + 1 + row, place, value, formats.shades[shade, column.form] if shade else formats.cells[column.form])
    page.freeze_panes(head + 1, sheet.frozen)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    for chart in sheet.charts:
        _draw(book, page, sheet, chart, head)


def _cell(page: Any, row: int, place: int, value: Cell, look: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, look)
    elif isinstance(value, str):
        page.write_string(row, place, inert(value)[:LONGEST_CELL], look)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, look)
    else:
        page.write_number(row, place, value, look)


def _draw(book: Any, page: Any, sheet: Sheet, chart: Chart, head: int) -> None:
    """A native chart over the cells of the table; nothing is drawn without rows."""
    last = head + (len(sheet.rows) if chart.rows is None else min(chart.rows, len(sheet.rows)))
    if last == head:
        return
    kinds = {"radar": {"type": "radar", "subtype": "with_markers"}, "stacked": {"type": "bar", "subtype": "stacked"}}
    drawn = book.add_chart(kinds.get(chart.kind, {"type": chart.kind}))
    for place, column in enumerate(chart.values):
        colour = f"#{SERIES[place % len(SERIES)]}"
        shown = {"line": {"color": colour, "width": 2}, "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}}
        drawn.add_series({
            "name": [sheet.name, head, column], "categories": [sheet.name, head + 1, chart.names, last, chart.names],
            "values": [sheet.name, head + 1, column, last, column], **(shown if chart.kind == "radar" else {"fill": {"color": colour}}),
        })
    bounds = {name: value for name, value in (("min", chart.low), ("max", chart.high)) if value is not None}
    is_bar = chart.kind in ("bar", "stacked")
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "color": f"#{INK}"}, "overlay": False})
    drawn.set_legend({"position": "bottom"} if len(chart.values) > 1 else {"none": True})
    drawn.set_y_axis({"reverse": True} if is_bar else {**bounds, "major_gridlines": {"visible": True, "line": {"color": f"#{HAIR}"}}})
    if is_bar:
        drawn.set_x_axis({**bounds, "major_gridlines": {"visible": True, "line": {"color": f"#{HAIR}"}}})
    drawn.show_blanks_as("gap")
    drawn.set_size(dict(zip(("width", "height"), chart.size, strict=True)))
    page.insert_chart(chart.at, drawn, {"description": chart.says, "object_position": 2})


def columns(*given: tuple[str, float, Form]) -> tuple[Column, ...]:
    """Columns from (title, width, form)."""
    return tuple(starmap(Column, given))
