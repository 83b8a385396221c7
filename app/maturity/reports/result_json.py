"""A result as JSON, in the shape of `python -m assessments score` with what a reader needs around it."""

from __future__ import annotations

import json
from typing import Any

from app.maturity.queries.place import Place
from app.records.snapshot import DimensionFigures, ItemFigures, Snapshot
from assessments.anonymity import protected


def result_json(here: Place, s: Snapshot) -> str:
    """The figures with four decimals, null where undefined or not shown; `not_shown` says why in an anonymous round."""
    closed = here.round.closed_at
    body = {
        "team": here.team.name, "round": here.round.number, "title": here.round.title, "mode": here.round.mode,
        "closed_at": closed.isoformat() if closed else None, "model": s.model, "version": s.version, "type": here.round.pmo_type,
        "levels": list(s.levels), "min_group": s.min_group, "not_shown": protected(s.min_group) if s.min_group else None,
        "overall": {
            "index": _figure(s.index), "percent": _figure(s.percent), "staged": s.staged, "published": s.published, "kind": s.kind,
            "interval": [_figure(value) for value in s.interval] if s.interval else None, "answered": s.answered or (None if s.min_group else 0),
            "invited": s.invited or None,
        },
        "dimensions": {d.id: _dimension(d, s.min_group is not None) for d in s.dimensions},
        "items": {item.id: _item(item, s.min_group is not None) for item in s.items},
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _dimension(d: DimensionFigures, is_anonymous: bool) -> dict[str, Any]:
    return {
        "title": d.title, "index": _figure(d.index), "staged": d.staged, "target": d.target, "gap": _figure(d.gap), "scored": d.items_scored,
        "in_scope": d.items_in_scope, "r_wg_j": _figure(d.r_wg_j), "ad_m": _figure(d.ad_m), "office": _figure(d.office), "users": _figure(d.users),
        "dont_know": None if is_anonymous else d.dont_know, "holding_back": [held.item for held in d.holding_back],
    }


def _item(item: ItemFigures, is_anonymous: bool) -> dict[str, Any]:
    return {
        "title": item.title, "dimension": item.dimension, "key": item.key, "in_scope": item.in_scope, "n": item.n or (None if is_anonymous else 0),
        "mean": _figure(item.mean), "level": item.level, "answered_level": item.answered_level, "agreed_level": item.agreed_level,
        "r_wg": _figure(item.r_wg), "ad_m": _figure(item.ad_m), "reading": item.reading, "flags": list(item.flags),
        "counts": {str(value): people for value, people in item.counts} if item.counts or not is_anonymous else None,
        "dont_know": None if is_anonymous else item.dont_know, "not_applicable": None if is_anonymous else item.not_applicable,
    }


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
