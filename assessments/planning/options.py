"""What a problem may ask for beyond days and slots, read from its fields: limits, estimates, work under way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from assessments.planning.limits import Days
from assessments.planning.problem import Candidate
from assessments.planning.team import TeamState, weeks_left
from assessments.strict_json import Fields

USUAL_KEEP_POINTS = 25
MOST_KEEP_POINTS = 10_000

ReadDays = Callable[[str, object], Days]


@dataclass(slots=True)
class Options:
    """The optional parts of a problem; see PlanProblem and TeamState for what each means."""

    role_limits: dict[str, Days] = field(default_factory=dict)
    most_per_dimension: int | None = None
    efforts: dict[str, Days] = field(default_factory=dict)
    started: dict[str, Days] = field(default_factory=dict)
    keep: dict[str, int] = field(default_factory=dict)
    keep_points: int = 0

    @classmethod
    def read(cls, fields: Fields, days: ReadDays, whole_numbers: Callable[[str], dict[str, int]]) -> Options:
        """The options among the fields; faults are told to the fields."""

        def days_by_id(name: str) -> dict[str, Days]:
            return {key: days(f"{name}: {key[:60]}", value) for key, value in fields.mapping(name).items()}

        keep = whole_numbers("keep")
        points = fields.whole("keep_points", 0, MOST_KEEP_POINTS)
        return cls(
            role_limits=days_by_id("role_limits"),
            most_per_dimension=fields.whole("most_per_dimension", 1, 1_000),
            efforts=days_by_id("efforts"),
            started=days_by_id("started"),
            keep=keep,
            keep_points=(USUAL_KEEP_POINTS if keep else 0) if points is None else points,
        )

    def without(self, banned: Collection[str]) -> Options:
        """The same options once banned actions are stopped: they are no longer under way."""
        return replace(self, started={name: left for name, left in self.started.items() if name not in banned})

    def in_state(self, state: TeamState) -> TeamState:
        """A team's state with the estimates and the work under way that these options tell."""
        return replace(state, efforts=self.efforts, started=self.started)

    def applied(self, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Free candidates with their estimates replaced and what is under way cut to the rest."""
        found = []
        for each in candidates:
            effort = self.efforts.get(each.id, each.effort)
            left = self.started.get(each.id)
            if left is None:
                found.append(replace(each, effort=effort))
            else:
                weeks = weeks_left(each.weeks, effort, left)
                found.append(replace(each, effort=left, weeks=weeks, needs=(), started=True))
        return tuple(found)

    def pins(self, pinned: Mapping[str, int], candidates: Iterable[Candidate]) -> dict[str, int]:
        """The pins of a problem, with quarter 1 for whatever is under way."""
        return {**pinned, **{c.id: 1 for c in candidates if c.started}}

    def faults(self, candidates: Iterable[Candidate], pinned: Mapping[str, int], roles: set[str], known: set[str]) -> Iterator[str]:
        """Names nobody knows, and pins that cannot be. `known` are ids that may be named without being candidates."""
        held = {c.id for c in candidates}
        for part, names in (("efforts", self.efforts), ("started", self.started)):
            for name in sorted(names.keys() - held - known):
                yield f'{name[:60]}: it stands in "{part}", but there is no such action.'
        for role in sorted(self.role_limits.keys() - roles):
            yield f"{role[:60]}: no action belongs to this role."
        for name in sorted(self.started.keys() & pinned.keys() & held):
            if pinned[name] != 1:
                yield f"{name}: it is under way, so it goes on in quarter 1."

    def kept(self, candidates: Iterable[Candidate], horizon: int) -> dict[str, int]:
        """What may stay where it was: candidates whose old quarter this plan still has, pins and work under way aside."""
        held = {c.id for c in candidates if not c.started}
        return {name: quarter for name, quarter in self.keep.items() if name in held and 1 <= quarter <= horizon}
