"""The programme as a workbook and as slides, made from the fields of the heat map: what the page does not show has no figure here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.documents.slides import WHOLE, Figures, Slide, Table, Words, deck
from app.documents.workbook import Cell, Shade, Sheet, columns, workbook
from app.programme.queries.counts import CourseCount, Mentoring
from app.programme.queries.maturity import Field, Reach, TeamRow
from app.ui.filters import count, sentence

TITLE = "Programme: maturity of all teams"
ON_A_SLIDE = 11
MOST_SLIDES = 4
MOST_COURSES = 12
"""What has room on slides; the workbook has the rest."""
ORDER = "Teams stand in the order of the alphabet, not of a score: each is held against the target of its own PMO type."
NOTES = (
    ("Index", "The mean of the answers to a dimension in the last closed round of the team, from 1 to 5."),
    ("Gap", "Target minus index; the target is that of the team’s own PMO type. A negative gap is above the target."),
    ("Shade", "None at or above the target, then under 0.75, under 1.5, under 2.25, and from there on."),
    ("No figure", "The team has no closed round, the dimension was not asked, or there are too few answers for a figure; these look alike."),
    ("Order", ORDER),
    ("What this is", "Self-assessment is an opinion with evidence, not an audit."),
)


@dataclass(frozen=True)
class Overview:
    """All teams of the chosen type, not those of one page alone, and the counts beside them."""

    kind: str
    dimensions: tuple[tuple[str, str], ...]
    rows: tuple[TeamRow, ...]
    reach: Reach
    courses: tuple[CourseCount, ...]
    mentoring: Mentoring

    @property
    def origin(self) -> str:
        """'Ten teams, 7 of them with a result.'"""
        chosen = f" of the type {self.kind}" if self.kind else ""
        return f"{sentence(count(self.reach.teams, 'team'))}{chosen}, {self.reach.measured or 'none'} of them with a result."

    @property
    def far(self) -> str:
        """How many fields are far off, in a sentence."""
        r = self.reach
        return f"{r.far} of {r.fields} fields are 2.25 or more below target, {r.at_target} at target" if r.fields else "No team has a result yet"


def fields_of(overview: Overview, row: TeamRow) -> tuple[Field | None, ...]:
    """A field for each dimension; none for a team without a result."""
    return row.fields or (None,) * len(overview.dimensions)


def programme_workbook(overview: Overview) -> bytes:
    """Heat maps of index and gap, learning and mentoring, and notes as XLSX."""
    rows, mentoring = overview.rows, overview.mentoring
    head = columns(("Team", 34, "text"), ("Type and answers", 40, "text"), *((key, 9, "two") for key, _ in overview.dimensions))
    shades: dict[tuple[int, int], Shade] = {
        (n, 2 + place): field.shade  # type: ignore[misc]
        for n, row in enumerate(rows) for place, field in enumerate(fields_of(overview, row)) if field and number(field.value) is not None
    }
    names = "; ".join(f"{key} {title}" for key, title in overview.dimensions)

    def heat(name: str, title: str, of: Callable[[Field], Cell]) -> Sheet:
        cells: list[list[Cell]] = [[row.name, row.line, *(of(f) if f else None for f in fields_of(overview, row))] for row in rows]
        return Sheet(name, (title, overview.origin, f"{overview.far}. {ORDER}", names), head, cells, shades=shades, frozen=1)

    courses: list[list[Cell]] = [[course.title, course.started, course.certified] for course in overview.courses]
    counts: list[list[Cell]] = [
        ["Mentors who can be asked", mentoring.mentors], ["Active pairings", mentoring.active], ["Pairings asked for", mentoring.requested],
        ["Sessions in 30 days", mentoring.sessions], ["Goals reached", mentoring.goals_reached], ["Goals open", mentoring.goals_open],
    ]
    return workbook(TITLE, [
        heat("Index", "Index of each team and dimension", lambda f: number(f.value)), heat("Gap", "Gap of each team and dimension to its own target", gap),
        Sheet("Learning", ("How far has learning come?",), columns(("Course", 50, "text"), ("Started", 10, "whole"), ("Certified", 10, "whole")), courses),
        Sheet("Mentoring", ("How is mentoring going?",), columns(("What", 40, "text"), ("Number", 10, "whole")), counts),
        Sheet("Notes", ("What does each number mean?",), columns(("Number", 16, "text"), ("What it means", 110, "long")), [list(pair) for pair in NOTES]),
    ])


def number(text: str) -> float | None:
    """A figure of the page as a number: '1.77' -> 1.77, '–' -> None."""
    return float(text) if text.replace(".", "", 1).isdigit() else None


def gap(field: Field) -> Cell:
    """What is missing to the target: '−2.23' -> 2.23, 'at target' -> 0; nothing without a figure or a target."""
    if field.words == "at target":
        return 0
    return number(field.words.removeprefix("−"))


def programme_slides(overview: Overview) -> bytes:
    """The programme as PPTX: headline, heat map of the teams, learning and mentoring."""
    notes = "What these numbers mean:\n" + "\n".join(f"{name}: {words}" for name, words in NOTES)
    r, m = overview.reach, overview.mentoring
    first = Slide(TITLE, (Words((overview.origin,), (0.7, 4.2, 11.93, 1.6), 20),), f"{overview.origin}\n{ORDER}", is_first=True)
    headline = Slide(overview.far, (
        Figures((
            (f"{r.measured}/{r.teams}", "Teams with a result", "Each is held against the target of its own PMO type."),
            (str(r.far), "Fields far below target", f"2.25 or more, of {r.fields} fields with a figure and a target."),
            (str(r.at_target), "Fields at target", "At or above the level the type of PMO should reach."),
        ), (0.7, 1.9, 11.93, 3.2)),
    ), notes)
    rows = tuple((c.title, str(c.started), str(c.certified)) for c in overview.courses[:MOST_COURSES])
    counts = (
        "# Mentoring", f"- {sentence(count(m.mentors, 'mentor'))} can be asked", f"- {sentence(count(m.active, 'active pairing'))}, {m.requested} more asked for",
        f"- {sentence(count(m.sessions, 'session'))} in 30 days", f"- {sentence(count(m.goals_reached, 'goal'))} reached, {m.goals_open} open",
    )
    learning = Slide("How far learning and mentoring have come", (
        Table(("Course", "Started", "Certified"), rows, (4.2, 1, 1.1), "People by course", (0.7, 1.75, 7.2, 4.95), 14, frozenset({1, 2})), Words(counts, (8.4, 1.75, 4.23, 4.0), 18),
    ), "People by course and counts of mentoring; lessons of single people and notes of pairs are their own.")
    return deck(TITLE, [first, headline, *_heat(overview, notes), learning], TITLE)


def _heat(overview: Overview, notes: str) -> list[Slide]:
    head = ("Team", *(key for key, _ in overview.dimensions))
    parts = [overview.rows[at:at + ON_A_SLIDE] for at in range(0, len(overview.rows), ON_A_SLIDE)]
    rest = sum(map(len, parts[MOST_SLIDES:]))
    slides, names = [], "; ".join(f"{key} {title}" for key, title in overview.dimensions)
    for place, part in enumerate(parts[:MOST_SLIDES], 1):
        rows = tuple((row.name, *(f.value if f else "–" for f in fields_of(overview, row))) for row in part)
        shades = {(n, 1 + at): int(f.shade[1:]) for n, row in enumerate(part) for at, f in enumerate(fields_of(overview, row)) if f}
        table = Table(head, rows, (3.2, *(1.0 for _ in overview.dimensions)), "Index of each team and dimension; the darker, the further from its target", WHOLE, 13, frozenset(range(1, len(head))), shades)
        more = f"\n{count(rest, 'more team')} in the workbook." if rest and place == MOST_SLIDES else ""
        many = f" ({place} of {min(len(parts), MOST_SLIDES)})" if len(parts) > 1 else ""
        key = Words((f"Gap to the target: the darker, the wider, from none to 2.25 or more. {names}.",), (0.7, 6.15, 11.93, 0.75), 11)
        slides.append(Slide(f"Where are teams furthest from their own targets?{many}", (table, key), notes + more))
    return slides


MAKERS: Mapping[str, Callable[[Overview], bytes]] = {"pptx": programme_slides, "xlsx": programme_workbook}
