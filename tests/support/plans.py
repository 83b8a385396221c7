"""Planning problems for tests, an own check of plans, and the best plan by trying everything."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from assessments.errors import InvalidProblem
from assessments.improvements import ImprovementCatalogue
from assessments.planning.team import TeamState, team_candidates
from assessments.questionnaire import Questionnaire
from assessments.reading import read_improvements, read_questionnaire
from assessments.roadmap import Candidate, PlanProblem, plan_roadmap

CONTENT = Path(__file__).resolve().parents[2] / "content"

LEVELS = {
    "HAR": "GOV 222221 STR 22112 MTH 212222 DEL 221221 TAL 112212 STK 22231 VAL 21111 KNO 222221",
    "MER": "GOV 444343 STR 43233 MTH 322333 DEL 333333 TAL 233323 STK 33222 VAL 32322 KNO 333233",
    "KES": "GOV 333333 STR 3--23 MTH 323332 DEL 333333 TAL 2222-2 STK 33222 VAL 32222 KNO 333232",
}
LIMITS = {"HAR": ("SUP", 25, 4), "KES": ("PPO", 45, 4), "MER": ("EPM", 60, 5)}


@cache
def model() -> tuple[Questionnaire, ImprovementCatalogue]:
    """The shipped model with its actions."""
    questionnaire = read_questionnaire(CONTENT / "questionnaires" / "pmo-maturity.yaml")
    return questionnaire, read_improvements(CONTENT / "improvements", questionnaire)


def levels_of(code: str) -> tuple[dict[str, int], frozenset[str]]:
    """Item levels of a demo team, and its items out of scope (a dash)."""
    words = LEVELS[code].split()
    signs = {
        f"{dimension}-{place}": sign
        for dimension, row in zip(words[::2], words[1::2], strict=True)
        for place, sign in enumerate(row, 1)
    }
    known = {item: int(sign) for item, sign in signs.items() if sign != "-"}
    return known, frozenset(signs.keys() - known.keys())


def demo_team(code: str) -> PlanProblem:
    """The plan of HAR, KES or MER with full type targets over four quarters."""
    pmo_type, capacity, wip = LIMITS[code]
    levels, out_of_scope = levels_of(code)
    state = TeamState(levels, pmo_type, out_of_scope=out_of_scope)
    return PlanProblem(team_candidates(*model(), state), (capacity,) * 4, wip)


def mini(capacity: int, wip: int, horizon: int = 2, **options: object) -> PlanProblem:
    """Instance MINI: five items of an EPMO, target 3 for all."""
    levels = {"MTH-1": 2, "STK-2": 2, "TAL-3": 1, "VAL-1": 1, "VAL-2": 2}
    targets = dict.fromkeys(("MTH", "STK", "TAL", "VAL"), 3)
    candidates = team_candidates(*model(), TeamState(levels, "EPM", targets))
    return PlanProblem(candidates, (capacity,) * horizon, wip, **options)  # type: ignore[arg-type]


def candidate(name: str, value: int, effort: int, weeks: int, *needs: str) -> Candidate:
    """A free candidate."""
    return Candidate(name, value, effort, weeks, tuple(needs))


def random_problem(seed: int) -> PlanProblem:
    """A small random problem: 4 to 7 candidates, 1 to 3 quarters, ties and chains included."""
    draw = random.Random(seed)
    horizon = draw.choice((1, 2, 2, 3))
    count = draw.randint(4, 7 if horizon < 3 else 6)
    names = [f"{draw.choice('abc')}{place}" for place in range(count)]
    candidates = []
    for place, name in enumerate(names):
        earlier = names[:place]
        needs = draw.sample(earlier, min(len(earlier), draw.choice((0, 0, 1, 2))))
        value = draw.choice((0, 100, 100, 150, 200, 333))
        candidates.append(candidate(name, value, draw.choice((2, 3, 5, 5, 8)), draw.randint(2, 13), *needs))
    draw.shuffle(candidates)
    capacity = tuple(draw.choice((5, 8, 10, 12)) for _ in range(horizon))
    banned = frozenset(draw.sample(names, draw.choice((0, 0, 0, 1))))
    return PlanProblem(tuple(candidates), capacity, draw.randint(1, 4), draw.random() < 0.5, banned=banned)


def big_problem(seed: int, horizon: int = 4, wip: int = 200) -> PlanProblem:
    """A free problem of 200 actions and 150 needs; capacity for 48 % of all effort."""
    draw = random.Random(seed)
    names = [f"a{place:03d}" for place in range(200)]
    figures = {n: (draw.randint(20, 400), draw.randint(3, 30), draw.randint(3, 12)) for n in names}
    needs: dict[str, set[str]] = {name: set() for name in names}
    while sum(map(len, needs.values())) < 150:
        first, second = sorted(draw.sample(range(200), 2))
        needs[names[second]].add(names[first])
    candidates = tuple(candidate(name, *figures[name], *sorted(needs[name])) for name in names)
    capacity = sum(effort for _, effort, _ in figures.values()) * 48 // 100 // horizon
    return PlanProblem(candidates, (capacity,) * horizon, wip, quick_win=False)


def is_allowed(problem: PlanProblem, quarters: Mapping[str, int]) -> bool:
    """Constraints 1 to 5 of the problem, week by week."""
    by_id = {c.id: c for c in problem.candidates}
    if any(quarters.get(name) != quarter for name, quarter in problem.pinned.items()):
        return False
    if problem.banned & quarters.keys():
        return False
    here = {place: [by_id[name] for name, quarter in quarters.items() if quarter == place] for place in range(1, problem.horizon + 1)}
    if not all(_holds(problem, place, actions) for place, actions in here.items()):
        return False
    ends: dict[str, int] = {}
    waiting = set(quarters)
    while waiting:
        ready = [name for name in waiting if all(need in ends for need in by_id[name].needs)]
        if not ready:
            return False
        for name in ready:
            begin = max([13 * (quarters[name] - 1), *(ends[need] for need in by_id[name].needs)])
            ends[name] = begin + by_id[name].weeks
            if ends[name] > 13 * quarters[name]:
                return False
        waiting.difference_update(ready)
    return not wins(problem) or any(quarters.get(name) == 1 for name in wins(problem))


def _holds(problem: PlanProblem, quarter: int, here: list[Candidate]) -> bool:
    """Whether days, slots, roles and dimensions of a quarter take these actions together."""
    if sum(c.effort for c in here) > problem.capacity[quarter - 1] or len(here) > problem.wip:
        return False
    if any(sum(c.effort for c in here if c.owner == role) > most for role, most in problem.role_limits.items()):
        return False
    busiest = max(Counter(c.dimension for c in here if c.dimension).values(), default=0)
    return problem.most_per_dimension is None or busiest <= problem.most_per_dimension


def wins(problem: PlanProblem) -> list[str]:
    """The quick wins of a problem, if it asks for one."""
    return [
        c.id
        for c in problem.candidates
        if problem.quick_win
        and problem.wip >= 1
        and c.effort <= min(5, problem.capacity[0])
        and c.weeks <= 6
        and c.value > 0
        and not c.needs
        and c.id not in problem.banned
        and not c.started
        and c.effort <= problem.role_limits.get(c.owner, c.effort)
    ]


def random_problem_with_options(seed: int) -> PlanProblem:
    """A small random problem with roles, dimensions, pins, bans, work under way, uneven quarters and a plan before."""
    draw = random.Random(seed)
    plain = random_problem(seed)
    horizon = draw.choice((1, 2, 2, 3))
    capacity = tuple(draw.choice((4, 8, 12, 20)) for _ in range(horizon))
    candidates = []
    for each in plain.candidates:
        owner, dimension = draw.choice(("", "lead", "analyst")), draw.choice(("", "X", "Y"))
        candidates.append(replace(each, owner=owner, dimension=dimension))
    if draw.random() < 0.4:
        at = draw.randrange(len(candidates))
        candidates[at] = replace(candidates[at], needs=(), started=True, effort=draw.choice((1, 2, 4)), weeks=draw.randint(1, 6))
    names = sorted(c.id for c in candidates)
    started = {c.id: 1 for c in candidates if c.started}
    banned = frozenset(draw.sample(names, draw.choice((0, 0, 1)))) - started.keys()
    chosen = draw.sample(names, draw.choice((0, 0, 0, 1, 2)))
    pinned = {name: draw.randint(1, horizon) for name in chosen if name not in banned} | started
    before = [c.id for c in candidates if not c.started and draw.random() < 0.5]
    keep = {name: draw.randint(1, horizon) for name in before} if draw.random() < 0.5 else {}
    limits = {"lead": draw.choice((0, 3, 6, 9))} if draw.random() < 0.5 else {}
    return PlanProblem(
        tuple(candidates), capacity, draw.randint(1, 4), draw.random() < 0.5, pinned, banned,
        limits | ({"analyst": 5} if draw.random() < 0.3 else {}), draw.choice((None, 1, 1, 2)), keep, draw.choice((0, 10, 60, 400)),
    )  # fmt: skip


def planned_or_none(problem: PlanProblem) -> dict[str, int] | None:
    """The quarters the planner finds, None where it says that no plan is allowed."""
    try:
        return plan_roadmap(problem).quarters
    except InvalidProblem:
        return None


def tried_or_none(problem: PlanProblem) -> dict[str, int] | None:
    """The best plan by trying everything, without the quick-win rule where that leaves none; None without any."""
    found = best_by_trying(problem)
    if not is_allowed(problem, found):
        problem = replace(problem, quick_win=False)
        found = best_by_trying(problem)
    return found if is_allowed(problem, found) else None


def best_by_trying(problem: PlanProblem) -> dict[str, int]:
    """The best plan of a small problem: every allowed choice compared on all four objectives."""
    by_id = {c.id: c for c in problem.candidates}
    names = sorted(by_id)

    def rank(quarters: Mapping[str, int]) -> tuple[object, ...]:
        chosen = [(by_id[name], quarter) for name, quarter in quarters.items()]
        return (
            -sum(c.value + problem.keep_points * (c.value > 0 and problem.keep.get(c.id) == q) for c, q in chosen),
            sum(c.value * quarter for c, quarter in chosen),
            sum(c.effort for c, _ in chosen),
            [quarters.get(name, problem.horizon + 1) for name in names],
        )

    return dict(min((q for q in _choices(problem, names) if is_allowed(problem, q)), key=rank, default={}))


def _choices(problem: PlanProblem, names: list[str]) -> Iterator[dict[str, int]]:
    """Every choice of quarters that keeps capacity and slots."""
    efforts = {c.id: c.effort for c in problem.candidates}
    days, slots = list(problem.capacity), [problem.wip] * problem.horizon
    quarters: dict[str, int] = {}

    def descend(place: int) -> Iterator[dict[str, int]]:
        if place == len(names):
            yield dict(quarters)
            return
        name = names[place]
        yield from descend(place + 1)
        for at in range(problem.horizon):
            if slots[at] and efforts[name] <= days[at]:
                slots[at] -= 1
                days[at] -= efforts[name]
                quarters[name] = at + 1
                yield from descend(place + 1)
                del quarters[name]
                days[at] += efforts[name]
                slots[at] += 1

    return descend(0)
