"""Slides from plain values: native text, tables and charts that can be edited, with speaker notes and words for pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from app.documents.look import ACCENT, ACCENT_SOFT, GROUND, HAIR, HEAT, INK, QUIET, SERIES, WHITE

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches; a slide is 13.33 by 7.5."""
WHOLE: Final[Box] = (0.7, 1.75, 11.93, 4.95)
LEFT: Final[Box] = (0.7, 1.75, 5.75, 4.95)
RIGHT: Final[Box] = (6.88, 1.75, 5.75, 4.95)
TITLE: Final[Box] = (0.7, 0.45, 11.93, 1.15)
FOOT: Final[Box] = (0.7, 6.95, 11.93, 0.35)
ONE_LINE: Final = 70
TWO_LINES: Final = 120


@dataclass(frozen=True)
class Words:
    """Lines of text; a line that begins with '# ' is a small head, one with '- ' a point of a list."""

    lines: tuple[str, ...]
    box: Box
    size: int = 18


@dataclass(frozen=True)
class Figures:
    """Large numbers side by side: (number, its name, what it means)."""

    items: tuple[tuple[str, str, str], ...]
    box: Box


@dataclass(frozen=True)
class Chart:
    """A native chart; a value that is not known is left out of it. `says` is read to people who cannot see it."""

    kind: Literal["radar", "bar", "column", "stacked"]
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    says: str
    box: Box
    form: str = "0.00"
    high: float | None = None
    low: float | None = None


@dataclass(frozen=True)
class Table:
    """A native table: head, rows of text, shares of the width, and which columns hold numbers.

    `shades` colours cells by (row, column), both counted from 0: 0 at target to 4 far off."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    says: str
    box: Box
    size: int = 12
    numbers: frozenset[int] = frozenset()
    shades: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Slide:
    """One slide. The title is the message in a sentence, the notes say what the numbers mean."""

    title: str
    parts: tuple[Words | Figures | Chart | Table, ...]
    notes: str
    is_first: bool = False


def deck(title: str, slides: Sequence[Slide], foot: str) -> bytes:
    """The bytes of a PPTX file; *foot* stands with the number below each slide but the first."""
    from pptx import Presentation  # takes half a second to load, which no start of the site should wait for
    from pptx.util import Inches

    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    layout = show.slide_layouts[5]
    for unused in [other for other in show.slide_layouts if other != layout]:
        show.slide_layouts.remove(unused)
    for holder in [*show.slide_master.placeholders, *layout.placeholders]:
        if holder.placeholder_format.type not in (1, 3):  # only the title is used; the others are cut for narrower slides
            holder._element.getparent().remove(holder._element)
        else:
            _place(holder, TITLE)
    show.core_properties.title, show.core_properties.language, show.core_properties.author = title, "en-GB", "Cairn"
    for number, slide in enumerate(slides, 1):
        _slide(show.slides.add_slide(layout), slide, "" if slide.is_first else f"{number}   {foot}")
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _slide(page: Any, slide: Slide, foot: str) -> None:
    from pptx.enum.text import MSO_ANCHOR

    if slide.is_first:
        page.background.fill.solid()
        page.background.fill.fore_color.rgb = _colour(ACCENT)
    title = page.shapes.title
    _place(title, (0.7, 2.2, 11.93, 1.9) if slide.is_first else TITLE)
    size = (40 if len(slide.title) <= ONE_LINE else 30) if slide.is_first else 28 if len(slide.title) <= ONE_LINE else 24 if len(slide.title) <= TWO_LINES else 20
    _write(title.text_frame, [(slide.title, size, True, WHITE if slide.is_first else ACCENT, False)])
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if slide.is_first else MSO_ANCHOR.MIDDLE
    for part in slide.parts:
        if isinstance(part, Words):
            _words(page, part, WHITE if slide.is_first else INK)
        elif isinstance(part, Figures):
            _figures(page, part)
        elif isinstance(part, Chart):
            _chart(page, part)
        else:
            _table(page, part)
    if foot:
        _write(page.shapes.add_textbox(*_inches(FOOT)).text_frame, [(foot, 11, False, QUIET, False)])
    page.notes_slide.notes_text_frame.text = slide.notes


def _words(page: Any, part: Words, ink: str) -> None:
    lines = []
    for line in part.lines:
        if line.startswith("# "):
            lines.append((line[2:], part.size, True, ACCENT, False))
        elif line.startswith("- "):
            lines.append((line[2:], part.size, False, ink, True))
        else:
            lines.append((line, part.size, False, ink, False))
    _write(page.shapes.add_textbox(*_inches(part.box)).text_frame, lines)


def _figures(page: Any, part: Figures) -> None:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    left, top, width, height = part.box
    gap = 0.3
    each = (width - gap * (len(part.items) - 1)) / len(part.items)
    for place, (number, name, means) in enumerate(part.items):
        card = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_inches((left + place * (each + gap), top, each, height)))
        card.fill.solid()
        card.fill.fore_color.rgb = _colour(GROUND)
        card.line.color.rgb = _colour(HAIR)
        card.shadow.inherit = False
        card.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        card.text_frame.margin_left = card.text_frame.margin_right = Inches(0.22)
        large = 54 if len(number) < 8 else 30
        _write(card.text_frame, [(number, large, True, ACCENT, False), (name, 20, True, INK, False), (means, 16, False, QUIET, False)])


def _table(page: Any, part: Table) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches

    left, top, width, _ = part.box
    frame = page.shapes.add_table(len(part.rows) + 1, len(part.head), *_inches((left, top, width, 0.34 * (len(part.rows) + 1))))
    _says(frame, part.says)
    table, whole = frame.table, sum(part.shares)
    for place, share in enumerate(part.shares):
        table.columns[place].width = Inches(width * share / whole)
    for number, row in enumerate((part.head, *part.rows)):
        for place, words in enumerate(row):
            cell = table.cell(number, place)
            cell.fill.solid()
            ground, ink = HEAT[part.shades.get((number - 1, place), 0)]
            cell.fill.fore_color.rgb = _colour(ACCENT_SOFT if number == 0 else ground)
            cell.margin_top = cell.margin_bottom = Inches(0.035)
            cell.margin_left = cell.margin_right = Inches(0.07)
            _write(cell.text_frame, [(words, part.size, number == 0, INK if number == 0 else ink, False)])
            if place in part.numbers:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _chart(page: Any, part: Chart) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    kinds = {
        "radar": XL_CHART_TYPE.RADAR_MARKERS, "bar": XL_CHART_TYPE.BAR_CLUSTERED, "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "stacked": XL_CHART_TYPE.BAR_STACKED,
    }
    given = CategoryChartData(number_format=part.form)
    given.categories = part.names
    for name, values in part.series:
        given.add_series(name, values)
    frame = page.shapes.add_chart(kinds[part.kind], *_inches(part.box), given)
    _says(frame, part.says)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(12), _colour(INK)
    chart.has_title = False
    chart.has_legend = len(part.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = part.low, part.high
    axis.major_gridlines.format.line.color.rgb = _colour(HAIR)
    if part.kind in ("bar", "stacked"):
        chart.category_axis.reverse_order = True
        axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    for place, series in enumerate(chart.plots[0].series):
        colour = _colour(SERIES[place % len(SERIES)])
        if part.kind == "radar":
            series.format.line.color.rgb, series.format.line.width = colour, Pt(2.5)
            for odd in series._element.findall("{http://schemas.openxmlformats.org/drawingml/2006/chart}smooth"):
                series._element.remove(odd)  # the library writes it, the format knows none in a radar
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour
            series.marker.format.line.color.rgb = colour
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
    if part.kind != "radar":
        plot = chart.plots[0]
        plot.gap_width = 60
        plot.has_data_labels = True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = part.form, False
        plot.data_labels.font.size = Pt(11)
        if part.kind == "stacked":
            plot.overlap = 100
            plot.data_labels.font.color.rgb = _colour(WHITE)


def _write(frame: Any, lines: Sequence[tuple[str, int, bool, str, bool]]) -> None:
    """Paragraphs of (text, size in points, bold, colour, is a point of a list)."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    for number, (words, size, bold, colour, is_point) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = " ".join(words.splitlines()) or " "
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, _colour(colour)
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(size / 3)
        if is_point:
            _point(paragraph)


def _point(paragraph: Any) -> None:
    """Make it a point of a list, with the hanging indent the library has no name for."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "228600")
    properties.set("indent", "-228600")
    properties.append(properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buChar", {"char": "•"}))


def _says(frame: Any, words: str) -> None:
    """Words for people who cannot see the picture."""
    frame._element.xpath(".//p:cNvPr")[0].set("descr", words)


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = _inches(box)


def _inches(box: Box) -> tuple[int, int, int, int]:
    left, top, width, height = (round(914_400 * part) for part in box)
    return left, top, width, height


def _colour(hexadecimal: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(hexadecimal.upper())
