"""A plan on paper: quarters as columns, what it promises, why these actions, what was left out."""

from __future__ import annotations

from typing import Any

from app.documents.typesetting import pdf
from app.maturity.reports.plan_words import Plan, facts, figures, gains, load, needs, origin
from app.ui.charts import radar_svg
from app.ui.filters import rounded

MOST_LEFT_OUT = 10


def plan_pdf(plan: Plan) -> bytes:
    """The plan as a tagged PDF."""
    return pdf("plan", values_of(plan))


def values_of(plan: Plan) -> dict[str, Any]:
    """Everything the template sets, as words."""
    v, ahead = plan.view, plan.view.ahead
    known = ahead if ahead and ahead.now is not None else None
    return {
        "title": plan.title, "team": plan.team, "name": plan.name, "origin": origin(plan),
        "figures": [{"value": value, "name": name, "note": "", "means": means} for value, name, means in figures(plan)],
        "empty": v.empty, "busy": v.busy_words,
        "quarters": [
            {
                "name": q.name, "load": load(v, place),
                "cards": [{"id": c.id, "title": c.title, "state": c.tag[0], "facts": facts(c), "needs": needs(c)} for c in q.cards],
            }
            for place, q in enumerate(v.quarters)
        ],
        "radar": radar_svg(known.radar) if known else "", "radar_label": "Radar: index now, after the plan, and target. The table beside it has the numbers.",
        "lines": [{"kind": s.kind, "label": s.label} for s in known.radar.series] if known else [], "gains": gains(v),
        "dimensions": [
            {"id": d.id, "title": d.title, "actions": str(d.actions), "now": rounded(d.now), "after": rounded(d.after), "target": str(d.target or "–")}
            for d in known.dimensions
        ] if known else [],
        "gain": v.gain_words, "stability": v.stability,
        "reasons": [
            {
                "id": r.id, "title": r.title, "points": str(r.points), "days": str(r.days), "rank": str(r.rank), "now": f"{r.quarter}. {r.now}",
                "opens": f"{', '.join(r.opens)}: {r.opens_points} points" if r.opens else "nothing else",
            }
            for r in v.reasons
        ],
        "rank": f"Rank is by points a day among all {v.reasons[0].among} actions the plan could choose from." if v.reasons else "",
        "left_words": v.left_words, "more_left": max(0, len(v.left_out) - MOST_LEFT_OUT),
        "left_out": [{"id": o.id, "title": o.title, "points": str(o.points), "days": str(o.days), "why": o.why} for o in v.left_out[:MOST_LEFT_OUT]],
    }
