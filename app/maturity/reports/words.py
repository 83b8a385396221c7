"""What a result says in every file: where it comes from, how each number is made, what is not shown."""

from __future__ import annotations

from app.maturity.queries.result_parts import ItemRow
from app.maturity.queries.results import ResultsPage
from app.ui.filters import half_up, local_day, rounded

SELF = "Self-assessment is an opinion with evidence, not an audit."
NOTE = "What this number means: "


def title_of(page: ResultsPage) -> str:
    """'Harbour City: results of round 1'."""
    return f"{page.place.team.name}: results of {page.place.name.lower()}"


def origin(page: ResultsPage) -> str:
    """Which type, which round, when it closed, who answered."""
    kind = f"{page.type_name}. " if page.type_name else ""
    return f"{kind}{page.place.round.title}, closed on {local_day(page.place.round.closed_at)}. {people(page)}"


def people(page: ResultsPage) -> str:
    """'n = 5 of 8 invited.', or that nothing is shown."""
    return f"n = {page.headline.answered} of {page.headline.invited} invited." if page.headline.invited else f"{page.not_shown}."


def figure(page: ResultsPage, value: float | None) -> str:
    """A figure with the decimals of the page."""
    return rounded(value, page.places)


def number(page: ResultsPage, value: float | None) -> float | None:
    """The same figure as a number for a cell: 1.8833 -> 1.88; None stays None."""
    return None if value is None else float(half_up(value, page.places))


def level(value: int | None, name: str) -> str:
    """'2 Repeatable', '–' without one."""
    return f"{value} {name}".strip() if value else "–"


def remarks(row: ItemRow) -> str:
    """What stands beside an item: key item, agreed level, answers that are not counted."""
    agreed = f"agreed, answered {row.answered_level or '–'}" if row.agreed_level else ""
    return "; ".join(words for words in ("key item" if row.key else "", agreed, row.left_out) if words)


def rows_in_order(page: ResultsPage) -> list[tuple[str, str, ItemRow]]:
    """(dimension, its title, item) in the order of the model."""
    place = {row.id: number for number, row in enumerate(page.rows)}
    return [(d.id, d.title, row) for d in sorted(page.answered, key=lambda d: place[d.id]) for row in d.rows]


def how_made(page: ResultsPage) -> tuple[tuple[str, str], ...]:
    """(number, how it is made), for the notes of every file."""
    k = page.min_group
    named = (
        ("Likely range", "A 95 % interval for everybody invited; its centre can differ a little from the index where people answered don’t know."),
        ("Agreement", "r_wg is 1 minus the variance of the answers over 2, the variance of answers given at random; AD is the mean distance from the mean. Agreed: at least five answers, r_wg of 0.70 or more, AD of 0.80 or less. Talk about it: r_wg below 0.51 or AD above 0.80. These cuts are conventions."),
        ("Office and users", "Means of the people in the PMO and of those who use it, each of at least three people. From 1.00 apart a talk is worth it."),
    )
    hidden = (
        ("What is not shown", f"{page.not_shown}. Where fewer than {k} answered, or where a figure would give such a small group away, nothing is shown; both look the same. Items that are not shown are not in any figure, and figures have one decimal."),
    )
    return (
        ("Index", "Each item is the mean of its answers, each dimension the mean of its items, and the index the mean of the dimensions, weighted for the type of PMO. It says where the team is on average, from 1 to 5."),
        ("Level reached", "The level of an item is the highest that more than half of the people confirm. A dimension is on a level when at least 80 % of its items are, every key item is, and no item is more than one below. The team is where its lowest dimension is: that is what others can rely on."),
        ("Target and gap", "The target is the level the type of PMO should reach in a dimension. The gap is target minus index; a negative one is above the target."),
        ("Who is counted", "Submitted sheets with a level on at least 80 % of the items. Drafts count nowhere."),
        *(hidden if k else named),
        ("What this is", SELF),
    )
