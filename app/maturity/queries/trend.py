"""The trend of a team over all its rounds: index, level reached and dimensions, and what each change is worth in plain words.

Only stored results are read. Rounds of different modes, and of different models, are shown and never compared. In an
anonymous round a figure is left out where its difference to the round before may not be told (R19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.content import library
from app.db import built_once
from app.maturity.queries.place import team_place
from app.models import AssessmentRound, DimensionResult, PublishedResult, Team
from app.records.snapshot import SCORES, ChangeFigures, Snapshot, snapshot_in
from app.records.teams import level_name, results_seen, team_tabs
from app.ui.filters import rounded
from app.ui.trends import Line, Trend, trend
from assessments.progress import relative_progress

FEW = 6
DIRECTIONS = ("up", "down", "about the same")


@dataclass(frozen=True)
class Stand:
    """One round of the trend. `dimensions` holds (index, level, target); `moves` what may be told of an anonymous one."""

    number: int
    title: str
    href: str
    closed_at: datetime | None
    mode: str
    model: str
    version: int
    index: float | None
    staged: int | None
    level_name: str
    people: int
    dimensions: Mapping[str, tuple[float | None, int | None, int | None]]
    figures: Snapshot | None

    @property
    def places(self) -> int:
        """Decimals shown."""
        return 1 if self.mode == "anonymous" else 2

    def told(self, dimension: str) -> float | None:
        """The index of a dimension, unless only its direction may be told."""
        if self.figures and any(name == dimension and difference is None for name, _, difference in self.figures.moves):
            return None
        return self.dimensions.get(dimension, (None, None, None))[0]

    @property
    def whole(self) -> float | None:
        """The index of the whole, unless only directions may be told."""
        held = self.figures is not None and any(difference is None for _, _, difference in self.figures.moves)
        return None if held else self.index


@dataclass(frozen=True)
class Turn:
    """What happened between two rounds: the whole in words, and what to know when reading it."""

    title: str
    words: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """One dimension over the rounds: its drawing, its figures as words, the last change in words."""

    id: str
    title: str
    drawing: Trend
    label: str
    values: tuple[str, ...]
    words: tuple[str, ...]
    last: str
    progress: str


@dataclass(frozen=True)
class TrendPage:
    """Everything the trend shows. `others` are rounds with other questions."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    stands: tuple[Stand, ...]
    drawing: Trend | None
    label: str
    answer: str
    turns: tuple[Turn, ...]
    ways: tuple[Way, ...]
    others: tuple[Stand, ...]
    is_tested: bool


def trend_page(session: Session, me: Me, *, slug: str) -> TrendPage:
    """The trend of a team; four statements, whatever the number of rounds."""
    team, _ = team_place(session, me, slug)
    every = _stands(session, me, team)
    newest = every[-1].model if every else ""
    stands = tuple(stand for stand in every if stand.model == newest)
    pairs = tuple(pairwise(stands))
    turns = tuple(_turn(before, now) for before, now in pairs)
    names = tuple(f"Round {stand.number}" if len(stands) <= FEW else str(stand.number) for stand in stands)
    lines = (
        Line("now", "Index", tuple(stand.whole for stand in stands)),
        Line("ahead", "Level reached", tuple(float(stand.staged) if stand.staged else None for stand in stands)),
    )
    return TrendPage(
        team, team_tabs(team, "rounds", me), stands, trend(names, lines, _breaks(stands)) if len(stands) > 1 else None,
        "; ".join(f"{name} {rounded(stand.whole, stand.places)}" for name, stand in zip(names, stands, strict=True)),
        turns[-1].words if turns else "", turns[::-1], _ways(stands, names) if len(stands) > 1 else (),
        tuple(stand for stand in every if stand.model != newest), any(_tested(before, now) for before, now in pairs),
    )


def _stands(session: Session, me: Me, team: Team) -> tuple[Stand, ...]:
    rows = db.rows(session, _results(me), team=team.id)
    dimensions: dict[int, dict[str, tuple[float | None, int | None, int | None]]] = {}
    for row in db.rows(session, _DIMENSIONS, rounds=[row.id for row in rows]):
        dimensions.setdefault(row.round_id, {})[row.dimension] = (row.value, row.staged, row.target)
    return tuple(
        Stand(
            row.number, row.title or f"Round {row.number}", f"/teams/{team.slug}/rounds/{row.number}/results/", row.closed_at, row.mode, row.model_id,
            row.model_version, row.overall_index, row.staged, level_name(row.model_id, row.staged), row.respondents, dimensions.get(row.id, {}),
            snapshot_in(row.scores),
        )
        for row in rows
    )


@built_once
def _results(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        select(
            AssessmentRound.id, AssessmentRound.number, AssessmentRound.title, AssessmentRound.closed_at, AssessmentRound.mode,
            AssessmentRound.model_id, AssessmentRound.model_version, PublishedResult.overall_index, PublishedResult.staged,
            PublishedResult.respondents, SCORES,
        )
        .join(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
        .where(AssessmentRound.team_id == bindparam("team"), AssessmentRound.state.in_(("closed", "published")), results_seen(me))
        .order_by(AssessmentRound.number)
    )


_DIMENSIONS = (
    select(DimensionResult.round_id, DimensionResult.dimension, DimensionResult.index.label("value"), DimensionResult.staged, DimensionResult.target)
    .where(DimensionResult.round_id.in_(bindparam("rounds", expanding=True)))
    .order_by(DimensionResult.round_id, DimensionResult.position)
)


def _breaks(stands: Sequence[Stand]) -> tuple[int, ...]:
    """The places of rounds that are not compared with the one before, because one was anonymous and the other was not."""
    return tuple(at for at in range(1, len(stands)) if stands[at].mode != stands[at - 1].mode)


def _tested(before: Stand, now: Stand) -> bool:
    """Whether the stored change of *now* is against *before*, and not against a round I may not see."""
    change = now.figures.change if now.figures else None
    return change is not None and change.number == before.number


def _turn(before: Stand, now: Stand) -> Turn:
    title = f"Round {before.number} to round {now.number}"
    notes = []
    if before.version != now.version:
        shared = now.figures.compared if now.figures and _tested(before, now) else None
        judged = f"the change is judged on the {shared} items that both asked" if shared else "items that only one of them asked are in its index alone"
        notes.append(f"The questions changed in between, from version {before.version} to {now.version}: {judged}.")
    if before.mode != now.mode:
        return Turn(title, "Not compared: one of the rounds was anonymous and the other was not.", tuple(notes))
    if now.mode == "anonymous":
        since = now.figures.since if now.figures else None
        words = _moves_in_words(now) if since == before.number else "Too few answers, or protected, so no change is told."
        return Turn(title, words, tuple(notes))
    change = now.figures.change if now.figures else None
    if change is None or not _tested(before, now):
        return Turn(title, "No change was tested when the later round closed.", tuple(notes))
    who = f"{change.people[0]} people who answered both" if change.method == "same people" else f"{change.people[0]} people then, {change.people[1]} now"
    return Turn(title, f"{in_words(change)} ({signed(change.difference)}; {who}).", tuple(notes))


def _moves_in_words(now: Stand) -> str:
    moves = now.figures.moves if now.figures else ()
    count = {way: sum(direction == way for _, direction, _ in moves) for way in DIRECTIONS}
    if not moves:
        return "No dimension is published in both rounds."
    return f"Of {len(moves)} dimensions shown in both, {count['up']} moved up, {count['down']} down, {count['about the same']} stayed about the same."


def in_words(change: ChangeFigures) -> str:
    """The verdict as the start of a sentence: 'Possibly improved'. Fewer than three people are never judged."""
    return change.verdict.capitalize() if change.verdict else "Not judged: fewer than three people"


def signed(difference: float, places: int = 2) -> str:
    """+0.40 or −0.12."""
    return f"{'+' if difference >= 0 else '−'}{rounded(abs(difference), places)}"


def _ways(stands: Sequence[Stand], names: Sequence[str]) -> tuple[Way, ...]:
    model = library().questionnaires.get(stands[-1].model)
    titles = {d.id: d.title for d in model.dimensions} if model else {}
    ids = list(dict.fromkeys(name for stand in reversed(stands) for name in stand.dimensions))
    found = []
    for name in ids:
        values = tuple(stand.told(name) for stand in stands)
        targets = tuple(float(target) if (target := stand.dimensions.get(name, (None, None, None))[2]) else None for stand in stands)
        words = ("", *(_dimension_words(before, now, name) for before, now in pairwise(stands)))
        shown = tuple(rounded(value, stand.places) for value, stand in zip(values, stands, strict=True))
        title = titles.get(name, name)
        found.append(Way(
            name, title, trend(names, (Line("now", "Index", values), Line("target", "Target", targets)), _breaks(stands)),
            f"{title}: " + "; ".join(f"{at} {value}" for at, value in zip(names, shown, strict=True)), shown, words, words[-1],
            _progress(values, targets[-1], stands),
        ))
    return tuple(found)


def _progress(values: Sequence[float | None], target: float | None, stands: Sequence[Stand]) -> str:
    """'40 % of the way from 2.00 in round 1 to the target 4'; '' where there was no way to go or a figure is not told."""
    share = relative_progress(values[0], values[-1], target)
    if share is None or target is None or stands[0].mode != stands[-1].mode:
        return ""
    return f"{round(100 * share)} % of the way from {rounded(values[0], stands[0].places)} in round {stands[0].number} to the target {round(target)}"


def _dimension_words(before: Stand, now: Stand, name: str) -> str:
    """How one dimension changed, as far as it was tested or may be told; '' where there is nothing to say."""
    if now.figures is None or before.mode != now.mode:
        return ""
    if now.mode == "anonymous":
        move = next(((way, difference) for key, way, difference in now.figures.moves if key == name), None) if now.figures.since == before.number else None
        return "" if move is None else move[0] if move[1] is None else f"{move[0]} ({signed(move[1], 1)})"
    change = now.figures.dimension_changes.get(name)
    if change is None or change.number != before.number:
        return ""
    return f"{in_words(change).lower()} ({signed(change.difference)})"
