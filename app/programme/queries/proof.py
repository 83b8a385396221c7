"""What worked across all teams: how many finished an action, how many stand on its level since, what it really takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.records.proof import Proven, learned, proven
from app.ui.filters import count, rounded, sentence
from assessments.proof import LEAST_TEAMS, Learned, tally


@dataclass(frozen=True)
class ActionLine:
    """One action over all teams. `teams` are (name, address) of those who finished it."""

    action_id: str
    title: str
    item: tuple[str, str]
    words: str
    default: int | None
    learned: str
    teams: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ProgrammeProofPage:
    """Everything the page shows, the most often finished first."""

    answer: str
    lines: tuple[ActionLine, ...]


def programme_proof_page(session: Session, me: Me) -> ProgrammeProofPage:
    """What worked over all teams; four statements, however many there are."""
    done = proven(session, me)
    estimates = learned(session)
    by_action: dict[str, list[Proven]] = {}
    for one in done:
        by_action.setdefault(one.action_id, []).append(one)
    order = sorted(by_action, key=lambda name: (-len({one.team_id for one in by_action[name]}), name))
    return ProgrammeProofPage(_answer(done), tuple(_line(name, by_action[name], estimates.get(name)) for name in order))


def _answer(done: Iterable[Proven]) -> str:
    kinds = [one.outcome for one in done]
    measured = len(kinds) - kinds.count("not measured")
    if not kinds:
        return ""
    if not measured:
        return f"{sentence(count(len(kinds), 'action'))} finished; none of the teams has closed a round since."
    return f"{sentence(count(len(kinds), 'action'))} finished, {measured} measured since: {kinds.count('verified')} of them verified."


def _line(name: str, rows: list[Proven], estimate: Learned | None) -> ActionLine:
    found, known = tally([one.as_rule() for one in rows]), rows[0].known
    told = f"; {found.verified} of {found.measured} measured since {'stands' if found.verified == 1 else 'stand'} on level {known.to_level if known else '–'}"
    few = f"; fewer than {LEAST_TEAMS} of them are measured since" if found.teams >= LEAST_TEAMS else ""
    model = library().questionnaires.get(rows[0].model)
    return ActionLine(
        name, rows[0].title, (known.item, model.item(known.item).title) if known and model and model.has(known.item) else ("", ""),
        f"{sentence(count(found.teams, 'team'))} finished it{told if found.is_told else few}.", known.effort.likely if known else None,
        f"{rounded(estimate.days, 1)}, from a mean of {rounded(estimate.mean, 1)} in n = {estimate.n} teams" if estimate else "too few teams",
        tuple(dict.fromkeys((one.team, f"/teams/{one.slug}/roadmap/proof/") for one in sorted(rows, key=lambda one: (one.team.lower(), one.team_id)))),
    )
