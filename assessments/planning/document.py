"""A planning problem from JSON, and a plan as JSON (contract)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from assessments.errors import InvalidProblem
from assessments.improvements import ImprovementCatalogue
from assessments.planning.limits import Days
from assessments.planning.options import Options
from assessments.planning.plans import Roadmap
from assessments.planning.problem import Candidate, PlanProblem
from assessments.planning.team import TeamState, team_candidates
from assessments.questionnaire import Questionnaire
from assessments.strict_json import Fields

Model = tuple[Questionnaire, ImprovementCatalogue]
SHIPPED_MODEL = "pmo-maturity"
MOST_CANDIDATES = 2_000
MOST_QUARTERS = 20
MOST_DAYS = 1_000_000
MOST_SECONDS = 3_600
USUAL_SECONDS = 60.0
USUAL_HORIZON = 4


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """A checked document: the problem, the time it may take, and whether a model stands behind it."""

    problem: PlanProblem
    time_limit_s: float
    has_model: bool


def plan_request(document: object, model: Callable[[str], Model]) -> PlanRequest:
    """The problem a parsed document describes; InvalidProblem holds everything wrong with it.

    With `candidates` the problem stands alone; else `levels` and a type or targets are read against a
    model, which `model` finds by id.
    """
    problems: list[str] = []
    fields = Fields(document, "The problem", problems)
    free = "candidates" in fields.left
    reader = _Reader(fields)
    limits = reader.limits(quick_win=not free)
    candidates: tuple[Candidate, ...] = ()
    if free:
        candidates = limits.options.applied(reader.candidates())
        fields.done()
        problems += limits.faults(candidates, {c.owner for c in candidates}, set())
    else:
        model_id = fields.text("model") or SHIPPED_MODEL
        state = reader.state()
        fields.done()
        if not problems:
            questionnaire, catalogue = model(model_id)
            candidates = team_candidates(questionnaire, catalogue, limits.options.in_state(state))
            limits.forget_done(catalogue, {c.id for c in candidates})
            owners = {action.owner for action in catalogue.actions.values()}
            problems += limits.faults(candidates, owners, set(catalogue.actions))
    if problems:
        raise InvalidProblem(problems)
    return PlanRequest(limits.problem(candidates), limits.time_limit_s, not free)


def roadmap_fields(roadmap: Roadmap, *, with_lift: bool) -> dict[str, object]:
    """A plan in the fields of the contract."""
    found: dict[str, object] = {
        "status": roadmap.status,
        "value": roadmap.totals.value,
        "bound": roadmap.bound,
        "earliness": roadmap.totals.earliness,
        "effort": _number(roadmap.totals.effort),
        "lift": float(roadmap.totals.lift) if with_lift else None,
        "greedy": {"value": roadmap.greedy.value, "effort": _number(roadmap.greedy.effort)},
        "complete": roadmap.complete,
        "plan": [
            {
                "action": each.action,
                "quarter": each.quarter,
                "finish_week": each.finish_week,
                "value": each.value,
                "effort": _number(each.effort),
                "role": each.role,
                "unlocks": list(each.unlocks),
            }
            for each in roadmap.plan
        ],
        "left_out": [{"action": each.action, "code": each.code, "detail": each.detail} for each in roadmap.left_out],
    }
    if roadmap.score != roadmap.totals.value:
        found["stability"] = {"score": roadmap.score, "kept": roadmap.kept}
    if roadmap.reason is not None:
        found["reason"] = roadmap.reason
    if roadmap.notes:
        found["notes"] = list(roadmap.notes)
    return found


def _number(days: Days) -> int | float:
    exact = Fraction(days)
    return exact.numerator if exact.denominator == 1 else float(exact)


@dataclass(slots=True)
class _Limits:
    """Everything of a problem but its candidates."""

    capacity: tuple[Days, ...]
    wip: int
    quick_win: bool
    time_limit_s: float
    pinned: dict[str, int] = field(default_factory=dict)
    banned: set[str] = field(default_factory=set)
    options: Options = field(default_factory=Options)

    def faults(self, candidates: tuple[Candidate, ...], roles: set[str], known: set[str]) -> list[str]:
        """What is wrong with the options once the candidates are known."""
        return list(self.options.faults(candidates, self.pinned, roles, known))

    def forget_done(self, catalogue: ImprovementCatalogue, candidates: set[str]) -> None:
        """Banning an action that the team has no use for is allowed and changes nothing."""
        self.banned -= catalogue.actions.keys() - candidates

    def problem(self, candidates: tuple[Candidate, ...]) -> PlanProblem:
        """The problem with these candidates."""
        options = self.options
        return PlanProblem(
            candidates,
            self.capacity,
            self.wip,
            self.quick_win,
            options.pins(self.pinned, candidates),
            frozenset(self.banned),
            options.role_limits,
            options.most_per_dimension,
            options.kept(candidates, len(self.capacity)),
            options.keep_points,
        )


class _Reader:
    """Reads the parts of a problem from its fields."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def limits(self, *, quick_win: bool) -> _Limits:
        """Horizon, capacity, slots, rules and time."""
        wip, banned = self.fields.whole("wip", 0, 10_000), set(self._ids("banned"))
        return _Limits(
            capacity=self._capacity(),
            wip=4 if wip is None else wip,
            quick_win=self._flag("quick_win", quick_win),
            time_limit_s=self._time_limit(),
            pinned=self._whole_numbers("pinned"),
            banned=banned,
            options=Options.read(self.fields, self.days, self._whole_numbers).without(banned),
        )

    def state(self) -> TeamState:
        """Levels, type, targets and scope of a team."""
        if "levels" not in self.fields.left:
            self.fields.say('"levels" is missing: give the levels of a team, or "candidates".')
        levels = self._whole_numbers("levels")
        return TeamState(
            levels,
            self.fields.text("type"),
            self._whole_numbers("targets"),
            frozenset(self._ids("out_of_scope")),
        )

    def candidates(self) -> tuple[Candidate, ...]:
        """The list of free-form candidates."""
        entries = self.fields.entries("candidates")
        if len(entries) > MOST_CANDIDATES:
            raise InvalidProblem([f"More than {MOST_CANDIDATES} candidates are too many for one plan."])
        found = (self._candidate(entry, f"candidates[{at}]") for at, entry in enumerate(entries))
        return tuple(candidate for candidate in found if candidate is not None)

    def _candidate(self, entry: object, where: str) -> Candidate | None:
        problems = self.fields.problems
        before = len(problems)
        fields = Fields(entry, where, problems)
        for part in ("id", "value", "effort", "weeks"):
            if part not in fields.left and isinstance(entry, dict):
                fields.say(f'"{part}" is missing.')
        name = fields.text("id")
        if name is not None:
            fields.where = f"{where} ({name[:60]})"
        reader = _Reader(fields)
        value = fields.whole("value", 0, MOST_DAYS)
        effort = reader.days("effort", fields.left.pop("effort", 0))
        weeks = fields.whole("weeks", 1, 1_000)
        needs = reader._ids("needs")
        owner, dimension = fields.text("owner") or "", fields.text("dimension") or ""
        fields.done()
        if name is None or value is None or weeks is None or len(problems) > before:
            return None
        return Candidate(name, value, effort, weeks, tuple(sorted(set(needs))), owner=owner, dimension=dimension)

    def days(self, name: str, value: Any) -> Days:
        """A number of person-days, with at most three decimals."""
        exact = Fraction(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
        if exact is None or not 0 <= exact <= MOST_DAYS or (exact * 1000).denominator != 1:
            self.fields.say(f'"{name}" should be 0 or more person-days, with at most three decimals.')
            return 0
        return exact.numerator if exact.denominator == 1 else exact

    def _capacity(self) -> tuple[Days, ...]:
        given = self.fields.left.pop("capacity", None)
        if isinstance(given, list):
            most = len(given)
            horizon = self.fields.whole("horizon", 1, MOST_QUARTERS)
            if horizon is not None and most != horizon:
                self.fields.say(f'"capacity" has {most} entries; the horizon is {horizon} quarters.')
            if not 1 <= most <= MOST_QUARTERS:
                self.fields.say(f'"capacity" should have 1 to {MOST_QUARTERS} entries, one a quarter.')
                return (0,)
            return tuple(self.days("capacity", each) for each in given)
        horizon = self.fields.whole("horizon", 1, MOST_QUARTERS)
        if given is None:
            self.fields.say('"capacity" is missing: give the person-days of each quarter.')
            return (0,)
        return (self.days("capacity", given),) * (horizon or USUAL_HORIZON)

    def _flag(self, name: str, usual: bool) -> bool:
        value = self.fields.left.pop(name, None)
        if value is not None and not isinstance(value, bool):
            self.fields.say(f'"{name}" should be true or false.')
        return usual if not isinstance(value, bool) else value

    def _time_limit(self) -> float:
        value = self.fields.left.pop("time_limit_s", None)
        if value is None:
            return USUAL_SECONDS
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_SECONDS:
            self.fields.say(f'"time_limit_s" should be above 0 and at most {MOST_SECONDS} seconds.')
            return USUAL_SECONDS
        return float(value)

    def _whole_numbers(self, name: str) -> dict[str, int]:
        found = {}
        for key, value in self.fields.mapping(name).items():
            if isinstance(value, bool) or not isinstance(value, int):
                self.fields.say(f'the entry of "{key[:60]}" in "{name}" should be a whole number.')
            else:
                found[key] = value
        return found

    def _ids(self, name: str) -> list[str]:
        found = self.fields.entries(name)
        if not all(isinstance(each, str) for each in found):
            self.fields.say(f'"{name}" should be a list of ids.')
            return []
        return found
