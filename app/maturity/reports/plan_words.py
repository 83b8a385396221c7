"""What a plan says in every file, from the value its page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.maturity.queries.roadmap_board import Card
from app.maturity.queries.roadmap_view import PlanView
from app.ui.filters import count, day_month, local_day, rounded, thousands

POINTS = "A point is about 1/10,000 of the index, raised for key items and wide gaps. The plan has the most points its days, its order and its places allow."
CONFIRM = "The index rises by this if all actions work; the next round has to confirm it."


@dataclass(frozen=True)
class Plan:
    """A plan with the team it is of, and whether it is in use."""

    team: str
    view: PlanView
    is_current: bool

    @property
    def title(self) -> str:
        """'Harbour City: roadmap', or 'Harbour City: plan 3' for one beside it."""
        return f"{self.team}: {self.name[:1].lower()}{self.name[1:]}"

    @property
    def name(self) -> str:
        """'Roadmap', or 'Plan 3'."""
        return "Roadmap" if self.is_current else f"Plan {self.view.number}"


def origin(plan: Plan) -> str:
    """When it was planned, from which round, for how many days."""
    v = plan.view
    label = f"{v.label}. " if v.label and not plan.is_current else ""
    return f"{label}Planned on {local_day(v.made_at)} from round {v.round_number}: {v.settings}. It starts on {day_month(v.starts_on)}."


def figures(plan: Plan) -> list[tuple[str, str, str]]:
    """The plan in three numbers: (number, its name, what it means)."""
    v = plan.view
    works = "the action works" if v.actions == 1 else f"all {v.actions} actions work"
    if v.ahead and v.ahead.now is not None:
        gain = rounded((v.ahead.after or v.ahead.now) - v.ahead.now)
        first = (f"{rounded(v.ahead.now)} → {rounded(v.ahead.after)}", f"Index if {works}", f"That is +{gain}; the next round has to confirm it.")
    else:
        first = (f"+{rounded(v.lift)}", f"On the index if {works}", "The next round has to confirm it.")
    done = f" {v.days_done or 'None'} {'is' if v.days_done == 1 else 'are'} done by now." if plan.is_current else ""
    days = (f"{v.days_planned}/{v.days_there}", "Person-days", f"Planned of those there are.{done}")
    proof = f"Within {v.within} of the best." if v.within else "Proven best."
    if v.percent_more is None:
        return [first, days, (thousands(v.value), "Points in this plan", proof)]
    more = (f"{rounded(v.percent_more, 1)} %", "More value than taking the best action first", f"{thousands(v.value)} points against {thousands(v.greedy)}. {proof}")
    return [first, days, more]


def load(v: PlanView, place: int) -> str:
    """'29 Jun to 25 Sep: 24 of 25 days planned'."""
    quarter = v.quarters[place]
    done = f", {quarter.done} done" if quarter.done else ""
    return f"{quarter.dates}: {quarter.planned} of {quarter.capacity} days planned{done}"


def facts(card: Card) -> str:
    """Days, points, due day, owner of an action."""
    return f"{count(card.days, 'day', words=False)}, {count(card.points, 'point', words=False)}, due {day_month(card.due_on)}. {card.owner or 'Owner to be named'}"


def needs(card: Card) -> str:
    """'Needs TAL-2.L2 (done)', '' without any."""
    return "Needs " + ", ".join(f"{need}{' (done)' if met else ''}" for need, met in card.needs) if card.needs else ""


def gains(v: PlanView) -> str:
    """Which dimension gains most, and which stay."""
    most = v.ahead.gains_most if v.ahead else None
    return f"{most.title} gains most: {rounded(most.now)} to {rounded(most.after)}." if most else "Where we stand now."
