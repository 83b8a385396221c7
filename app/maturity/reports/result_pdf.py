"""A result on paper: two pages for a board, then every item."""

from __future__ import annotations

from typing import Any

from app.documents.typesetting import pdf
from app.maturity.queries.results import ResultsPage
from app.maturity.reports.words import figure, how_made, level, origin, people, remarks, rows_in_order, title_of
from app.ui.charts import radar_svg
from app.ui.filters import local_day, rounded

MOST_TALKS = 6
"""Items to talk about that stand on the pages for the board; the annex marks all of them."""


def result_pdf(page: ResultsPage) -> bytes:
    """The result as a tagged PDF."""
    return pdf("result", values_of(page))


def values_of(page: ResultsPage) -> dict[str, Any]:
    """Everything the template sets, as words."""
    h, same = page.headline, page.same
    return {
        "title": title_of(page), "team": page.place.team.name, "name": f"Results of {page.place.name.lower()}", "origin": origin(page),
        "figures": [
            {"value": h.index, "name": "Index, of 5", "note": h.index_note, "means": "Where the team is on average. It moves with every improvement."},
            {
                "value": str(h.staged or "–"), "name": f"Level reached: {h.level}", "note": h.level_note,
                "means": " ".join(filter(None, ["What others can rely on. The weakest dimension decides.", page.level_means])),
            },
            {"value": f"{h.answered}/{h.invited}" if h.invited else "–", "name": f"People answered: {h.kind[0].lower()}", "note": "", "means": h.kind_means},
        ],
        "partial": h.partial, "furthest": list(page.furthest), "change": page.change[:1].upper() + page.change[1:],
        "radar": radar_svg(page.radar), "radar_label": page.radar_label, "lines": [{"kind": s.kind, "label": s.label} for s in page.radar.series],
        "before": page.before.name if page.before else "", "since": page.moves_since, "people": people(page),
        "rows": [
            {
                "id": row.id, "title": row.title, "before": figure(page, row.before), "now": figure(page, row.now), "target": str(row.target or "–"),
                "gap": figure(page, row.gap), "level": level(row.staged, row.level_name), "move": page.moves.get(row.id, "–"), "why": row.why,
            }
            for row in page.rows
        ],
        "brakes": {
            "question": page.brakes[0], "words": page.brakes[1],
            "groups": [{"title": b.title, "items": [{"id": i, "title": t, "key": key, "at": at} for i, t, key, at in b.items]} for b in page.brakes[2]],
        },
        "agreement": same.answer, "rest": same.rest,
        "talks": [
            {
                "id": t.row.id, "title": t.row.title, "lowest": t.lowest, "highest": t.highest,
                "figures": f"r_wg {rounded(t.r_wg)}, AD {rounded(t.ad)}, n = {t.row.n}" if t.lowest else f"n = {t.row.n}; who stands where is not shown below {2 * (page.min_group or 0)} answers",
            }
            for t in same.talk[:MOST_TALKS]
        ],
        "no_talk": same.no_talk, "more_talks": max(0, len(same.talk) - MOST_TALKS),
        "sides": [
            {"id": p.id, "title": p.title, "office": rounded(p.office), "users": rounded(p.users), "apart": p.differs} for p in same.perspectives
        ],
        "no_sides": same.not_shown, "visibility": same.visibility,
        "unseen": [{"id": i.id, "title": i.title, "says": f"{i.dont_know} don’t know"} for i in same.low_visibility],
        "agreed": [
            {
                "id": a.item, "title": a.title, "to": level(a.level, a.level_name), "from": level(a.answered_level, a.answered_name), "reason": a.reason,
                "by": f"{a.by}, {local_day(a.at)}",
            }
            for a in page.agreed
        ],
        "levels": [f"{number} {name}" for number, name in enumerate(page.levels, 1)],
        "items": [
            {
                "dimension": title, "id": row.id, "title": row.title, "remarks": remarks(row), "n": "–" if row.n is None else str(row.n),
                "mean": figure(page, row.mean), "level": level(row.level, row.level_name), "reading": row.reading[0], "counts": counts_of(row, len(page.levels)),
            }
            for _, title, row in rows_in_order(page)
        ],
        "made": [list(pair) for pair in how_made(page)],
    }


def counts_of(row: Any, levels: int) -> list[int | None]:
    """How many chose each level, or None for each where that is not shown: {2: 3, 3: 1} -> [0, 3, 1, 0, 0]."""
    if row.strip is None:
        return [None] * levels
    found = dict(row.counts)
    return [found.get(step, 0) for step in range(1, levels + 1)]
