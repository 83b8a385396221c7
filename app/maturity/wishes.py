"""What a lead wishes of single actions, roles and dimensions before a plan is worked out: one field each, read and checked here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WHOLE = re.compile(r"0|[1-9][0-9]{0,2}")
MOST_DAYS, MOST_QUARTERS = 500, 8
OUT = "out"
PREFIXES = ("role.", "target.", "place.", "days.", "left.")


@dataclass(frozen=True)
class Offer:
    """What may be wished for: owner roles, dimensions with the target of the type, actions, and those under way with the days left."""

    roles: tuple[str, ...] = ()
    targets: Mapping[str, int] = field(default_factory=dict)
    top: int = 5
    actions: tuple[str, ...] = ()
    started: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every field of the form."""
        return frozenset((
            *(f"role.{at}" for at in range(1, len(self.roles) + 1)), *(f"target.{name}" for name in self.targets),
            *(f"{part}.{name}" for name in self.actions for part in ("place", "days")), *(f"left.{name}" for name in self.started),
        ))


@dataclass(frozen=True)
class Wishes:
    """Wishes as the planner takes them, everything as it was typed, and (field, sentence) for what cannot be."""

    role_limits: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)
    efforts: Mapping[str, int] = field(default_factory=dict)
    started: Mapping[str, int] = field(default_factory=dict)
    pinned: Mapping[str, int] = field(default_factory=dict)
    banned: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[tuple[str, str]] = ()

    def added_to(self, problem: dict[str, Any]) -> dict[str, Any]:
        """The problem with these wishes; parts nobody asked for are left out."""
        parts: dict[str, Any] = {
            "role_limits": dict(self.role_limits), "efforts": dict(self.efforts), "started": dict(self.started),
            "pinned": dict(self.pinned), "banned": list(self.banned),
        }
        return problem | {"targets": problem["targets"] | self.targets} | {name: part for name, part in parts.items() if part}


def read_wishes(offer: Offer, posted: Mapping[str, str]) -> Wishes:
    """The wishes among *posted* fields: 'place.TAL-1.L2' is '', '1' to '8' or 'out', 'days.' and 'left.' are person-days."""
    typed = {name: text.strip(" ") for name, text in posted.items() if name.startswith(PREFIXES)}
    faults: list[tuple[str, str]] = []
    if typed.keys() - offer.names:
        faults.append(("", "The form names something this plan no longer offers. Reload the page and choose again"))

    def numbers(prefix: str, names: Mapping[str, str], thing: str, least: int, most: int) -> Iterator[tuple[str, int]]:
        for key, name in names.items():
            text = typed.get(f"{prefix}.{key}", "")
            if text and not (WHOLE.fullmatch(text) and least <= int(text) <= most):
                faults.append((f"{prefix}.{key}", f"{name}: enter {thing} as a whole number from {least} to {most}"))
            elif text:
                yield key, int(text)

    roles = {str(at): role for at, role in enumerate(offer.roles, 1)}
    actions = {name: name for name in offer.actions}
    limits = {roles[key]: days for key, days in numbers("role", roles, "the days a quarter", 0, MOST_DAYS)}
    targets = dict(numbers("target", {name: name for name in offer.targets}, "the target", 1, offer.top))
    efforts = dict(numbers("days", actions, "the days", 1, MOST_DAYS))
    left = dict(numbers("left", {name: name for name in offer.started}, "the days left", 0, MOST_DAYS))
    places = {name: typed.get(f"place.{name}", "") for name in offer.actions}
    known = {"", OUT, *map(str, range(1, MOST_QUARTERS + 1))}
    faults += [(f"place.{name}", f"{name}: choose a quarter from the list") for name, place in places.items() if place not in known]
    return Wishes(
        limits, {name: target for name, target in targets.items() if target != offer.targets[name]}, efforts,
        {name: left.get(name, days) for name, days in offer.started.items() if places.get(name) != OUT},
        {name: int(place) for name, place in places.items() if place.isdecimal() and place in known},
        tuple(name for name, place in places.items() if place == OUT), typed, faults,
    )


def standing(offer: Offer, inputs: Mapping[str, Any]) -> dict[str, str]:
    """What the fields show for a plan that was asked for before, so that it can be tried again with one thing changed."""
    limits, targets = inputs.get("role_limits", {}), inputs.get("targets", {})
    shown = {f"role.{at}": str(limits[role]) for at, role in enumerate(offer.roles, 1) if role in limits}
    shown |= {f"target.{name}": str(targets[name]) for name, usual in offer.targets.items() if targets.get(name, usual) != usual}
    shown |= {f"days.{name}": str(days) for name, days in inputs.get("efforts", {}).items()}
    shown |= {f"left.{name}": str(days) for name, days in inputs.get("started", {}).items()}
    shown |= {f"place.{name}": str(quarter) for name, quarter in inputs.get("pinned", {}).items()}
    shown |= {f"place.{name}": OUT for name in inputs.get("banned", ())}
    return {name: text for name, text in shown.items() if name in offer.names}
