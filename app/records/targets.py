"""The targets agreed for single teams in place of the defaults of their type."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import TargetChange


def own_targets(session: Session, team_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """The own targets that count now, by team and dimension; one statement. A dimension back on its default is not there."""
    found: dict[int, dict[str, int]] = {team_id: {} for team_id in team_ids}
    for team_id, dimension, level in session.execute(
        select(TargetChange.team_id, TargetChange.dimension, TargetChange.level).where(TargetChange.team_id.in_(team_ids)).order_by(TargetChange.id)
    ):
        found[team_id].pop(dimension, None)
        if level is not None:
            found[team_id][dimension] = level
    return found
