"""A result as slides for a steering committee: each title is a message, the notes say what the numbers mean."""

from __future__ import annotations

from app.documents.slides import LEFT, RIGHT, WHOLE, Chart, Figures, Slide, Table, Words, deck
from app.maturity.queries.results import ResultsPage
from app.maturity.reports.words import NOTE, SELF, figure, how_made, level, number, origin, people, title_of
from app.ui.filters import count, sentence

MOST = 8
"""Points of a list on one slide; the report has the rest."""


def result_slides(page: ResultsPage) -> bytes:
    """The result as a PPTX file of six to eight slides."""
    return deck(title_of(page), slides_of(page), title_of(page))


def slides_of(page: ResultsPage) -> list[Slide]:
    """The slides in order; those without anything to say are left out."""
    return [slide for slide in (_first(page), _headline(page), _profile(page), _gaps(page), _brakes(page), _same(page), _change(page), _next(page)) if slide]


def _made(page: ResultsPage, *names: str) -> str:
    """The notes of a slide: what its numbers mean."""
    known = dict(how_made(page))
    words = "\n".join(f"{name}: {known[name]}" for name in names if name in known)
    hidden = f"\n{known['What is not shown']}" if "What is not shown" in known else ""
    return f"{NOTE}\n{words}{hidden}\n{SELF}"


def _first(page: ResultsPage) -> Slide:
    words = Words((f"Results of {page.place.name.lower()}", origin(page)), (0.7, 4.2, 11.93, 1.6), 20)
    return Slide(page.place.team.name, (words,), f"Where this comes from: {origin(page)}\n{SELF}", is_first=True)


def _headline(page: ResultsPage) -> Slide:
    h = page.headline
    figures = Figures((
        (h.index, "Index, of 5", f"{h.index_note}. Where the team is on average."),
        (str(h.staged or "–"), f"Level reached: {h.level}", " ".join(filter(None, [f"{sentence(h.level_note)}." if h.level_note else "", "What others can rely on.", page.level_means]))),
        (f"{h.answered}/{h.invited}" if h.invited else "–", "People answered", f"{h.kind[0]}. {h.kind_means}"),
    ), (0.7, 1.9, 11.93, 3.5))
    below = (Words((h.partial,), (0.7, 5.6, 11.93, 1.0), 16),) if h.partial else ()
    reached = f", and others can rely on level {h.level}" if h.staged else ""
    title = f"The team stands at {h.index} of 5 on average{reached}" if h.staged else "There are too few answers for an index" if not page.min_group else f"{page.not_shown}"
    return Slide(title, (figures, *below), _made(page, "Index", "Level reached", "Who is counted", "Likely range"))


def _profile(page: ResultsPage) -> Slide:
    series = [("Now", tuple(number(page, row.now) for row in page.rows)), ("Target", tuple(None if r.target is None else float(r.target) for r in page.rows))]
    if page.before:
        series.append((page.before.name, tuple(number(page, row.before) for row in page.rows)))
    chart = Chart("radar", tuple(row.id for row in page.rows), tuple(series), page.radar_label, LEFT, "0", 5, 0)
    head = ("", "Dimension", "Index", "Target", "Level reached")
    rows = tuple((row.id, row.title, figure(page, row.now), str(row.target or "–"), level(row.staged, row.level_name)) for row in page.rows)
    table = Table(head, rows, (0.62, 2.6, 0.68, 0.75, 1.35), "Index, target and level reached of each dimension", RIGHT, 14, frozenset({2, 3}))
    return Slide(page.furthest[0], (chart, table), f"{page.furthest[1]} {people(page)}\n{_made(page, 'Index', 'Target and gap')}".strip())


def _gaps(page: ResultsPage) -> Slide | None:
    rows = [row for row in page.by_gap if row.gap is not None][:12]
    if not rows:
        return None
    behind = sum((row.gap or 0) > 0 for row in rows)
    chart = Chart(
        "bar", tuple(row.title for row in rows), (("Gap to target", tuple(number(page, row.gap) for row in rows)),),
        f"Bars of the gap to the target, widest first: {'; '.join(f'{row.title} {figure(page, row.gap)}' for row in rows)}.", WHOLE,
        "0.00" if page.places == 2 else "0.0",
    )
    title = f"{sentence(count(behind, 'dimension is', 'dimensions are'))} below target; these gaps are the widest first" if behind else "Every dimension is at its target or above"
    return Slide(title, (chart,), _made(page, "Target and gap"))


def _brakes(page: ResultsPage) -> Slide | None:
    question, words, brakes = page.brakes
    if not question:
        return None
    lines: list[str] = []
    for brake in brakes:
        lines += [f"# {brake.title}", *(f"- {id} {title}{' (key item)' if key else ''}" for id, title, key, _ in brake.items)]
    parts, room = [], 2 * (MOST + 3)
    shown = lines[:room]
    half = (len(shown) + 1) // 2
    while 0 < half < len(shown) and not shown[half].startswith("# "):
        half += 1
    for box, some in ((LEFT, shown[:half]), (RIGHT, shown[half:])):
        if some:
            parts.append(Words(tuple(some), box, 18 if half <= MOST else 14))
    rest = f" {len(lines) - room} more lines stand in the report." if len(lines) > room else ""
    return Slide(question, tuple(parts), f"{words}{rest}\n{_made(page, 'Level reached')}")


def _same(page: ResultsPage) -> Slide:
    talks = [f"- {talk.row.id} {talk.row.title}" for talk in page.same.talk]
    more = [f"and {len(talks) - MOST} more"] if len(talks) > MOST else []
    left = Words(("# Talk about it", *(talks[:MOST] or [page.same.no_talk]), *more), LEFT, 18)
    if page.same.perspectives:
        sides = tuple((p.title, figure(page, p.office), figure(page, p.users)) for p in page.same.perspectives)
        right: Words | Table = Table(("Dimension", "Office", "Users"), sides, (3.2, 0.8, 0.8), "Mean of the office and of its users in each dimension, widest gap first", RIGHT, 14, frozenset({1, 2}))
    else:
        right = Words(("# Office and users of the PMO", page.same.not_shown), RIGHT, 18)
    return Slide(page.same.answer, (left, right), f"{page.same.rest}\n{_made(page, 'Agreement', 'Office and users')}".strip())


def _change(page: ResultsPage) -> Slide | None:
    if page.before and any(row.before is not None for row in page.rows):
        values = ((page.before.name, tuple(number(page, row.before) for row in page.rows)), ("Now", tuple(number(page, row.now) for row in page.rows)))
        chart = Chart("column", tuple(row.id for row in page.rows), values, f"Columns of each dimension in {page.before.name.lower()} and now.", WHOLE, high=5, low=0)
        title = f"{sentence(page.change)}" if page.change else f"Against {page.before.name.lower()}"
        return Slide(title, (chart,), f"After training people judge more strictly, so an unchanged index can hide progress. Compare what is in place, too.\n{_made(page, 'Index')}")
    if page.moves:
        rows = tuple((row.id, row.title, page.moves.get(row.id, "–")) for row in page.rows)
        table = Table(("", "Dimension", page.moves_since), rows, (0.6, 3.4, 1.6), f"How each dimension moved {page.moves_since.lower()}", WHOLE, 14)
        return Slide(f"How the dimensions moved {page.moves_since[:1].lower()}{page.moves_since[1:]}", (table,), _made(page, "Index"))
    return None


def _next(page: ResultsPage) -> Slide:
    behind = [row.title for row in page.by_gap if row.gap is not None and row.gap > 0][:2]
    lines = [f"- Are the targets still right{' for ' + ' and '.join(behind) if behind else ''}?"]
    if page.brakes[0]:
        nxt = (page.headline.staged or 0) + 1
        lines.append(f"- Do we want level {nxt} next? Then the items that hold back come first.")
    if page.same.talk:
        lines.append(f"- Who leads the talk about {count(len(page.same.talk), 'item')} on which people disagree?")
    lines += ["- How many days a quarter can the team spend? With that the roadmap is planned.", "- When do we measure again?"]
    return Slide("What we ask the committee to decide", (Words(tuple(lines), WHOLE, 22),), f"The roadmap picks the actions that raise the index most within the days given, and says what is left out.\n{SELF}")
