"""What the figures mean, in plain sentences."""

from __future__ import annotations

from assessments.earned_value.figures import EarnedValue
from assessments.earned_value.schedule import EarnedSchedule

STEADY = 0.005


def reading(found: EarnedValue, schedule: EarnedSchedule | None = None) -> tuple[str, ...]:
    """The sentences a sponsor needs: money, time, what the rest would need, what to plan with.

    For the worked project the first is 'Every 1.00 spent bought 0.88 of planned work: 12,000 more was spent than earned.'
    """
    return tuple(filter(None, (_money(found), _time(found, schedule), _rest(found), _advice(found))))


def _money(found: EarnedValue) -> str:
    if found.cpi is None:
        return "Nothing is spent yet, so nothing can be said about cost."
    if abs(found.cpi - 1) < STEADY:
        return "Every 1.00 spent bought 1.00 of planned work: cost is where it should be."
    gap = f"{abs(found.cv):,.0f} {'less was spent than earned' if found.cv > 0 else 'more was spent than earned'}"
    return f"Every 1.00 spent bought {found.cpi:.2f} of planned work: {gap}."


def _time(found: EarnedValue, schedule: EarnedSchedule | None) -> str:
    if schedule is not None and schedule.spi_t is not None and schedule.duration is not None:
        late = "behind" if schedule.sv_t < 0 else "ahead of"
        gap = f"{abs(schedule.sv_t):.2f} periods {late} the plan" if abs(schedule.sv_t) >= STEADY else "as far as the plan"
        return f"The project is {gap}. At this pace it takes {schedule.duration:.1f} periods where {schedule.planned_duration} were planned."
    if found.is_complete:
        return "All the work is earned, so SPI is 1 even if the project ended late. Judge the time by earned schedule."
    if found.spi is None:
        return "Nothing was planned by this date, so nothing can be said about time."
    if abs(found.spi - 1) < STEADY:
        return "As much is earned as was planned by now."
    return f"{100 * found.spi:.0f} % of what was planned by now is earned: {abs(found.sv):,.0f} {'short' if found.sv < 0 else 'more'}."


def _rest(found: EarnedValue) -> str:
    if found.is_complete:
        return ""
    if found.tcpi is None:
        return "The budget is spent and work is left: the budget cannot be kept."
    if found.cpi is None:
        return ""
    needed = f"To stay inside the budget, every 1.00 from now on has to bring {found.tcpi:.2f}"
    if found.tcpi > found.cpi and found.tcpi > 1:
        return f"{needed}, more than the {found.cpi:.2f} so far."
    return f"{needed}; so far it brought {found.cpi:.2f}."


def _advice(found: EarnedValue) -> str:
    if found.is_complete or found.cpi is None:
        return ""
    first = found.forecasts[0].eac
    if first is None:
        return "Nothing is earned yet: estimate the rest anew before you promise a sum."
    if found.tcpi is None or (found.tcpi > found.cpi and found.tcpi > 1):
        return f"Plan with {first:,.0f}, or estimate the rest anew; the budget of {found.bac:,.0f} would need an efficiency nobody has seen here."
    return f"The budget of {found.bac:,.0f} can be kept; if the efficiency so far goes on, the project costs {first:,.0f}."
