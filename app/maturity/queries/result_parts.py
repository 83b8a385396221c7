"""The parts of the results page, each worded and drawn from the stored figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.records.snapshot import DimensionFigures, ItemFigures, Snapshot
from app.ui import charts
from app.ui.filters import SMALL, count, joined, rounded, sentence
from assessments.agreement import GAP_FLAG, MIN_GROUP
from assessments.anonymity import protected
from assessments.questionnaire import Questionnaire
from assessments.scoring import band

KINDS = {
    "nobody": ("Nobody filled in enough", "care", "warning", "No sheet has four of five items answered with a level, so there are no figures."),
    "single view": ("Single view", "care", "warning", "One person’s view. Read it as a start for a talk, not as the result of a team."),
    "room": ("Agreed in the room", "now", "people", "A workshop without votes. What the room agreed on counts as one answer."),
    "two views": ("Two views", "care", "warning", "With two people this is not yet a team result."),
    "team": ("Team result", "now", "people", "At least three people. It counts as confirmed from five people, half of those invited and two role groups."),
    "anonymous": ("Anonymous result", "now", "people", "Stored without names and published once. Nothing here rests on a few people alone."),
    "confirmed": ("Confirmed team result", "good", "tick", "At least five people, half of those invited, and two role groups."),
}
READINGS = {
    "agreed": ("Agreed", "good", "tick"),
    "tolerable": ("Tolerable", "", "half"),
    "talk about it": ("Talk about it", "care", "people"),
    "no sign of disagreement": ("No sign of disagreement", "", "half"),
}
TOO_FEW = ("Too few answers", "", "open")
NOT_ANONYMOUSLY = "Not shown in an anonymous round, where it could point to single people."
OUT = ("Out of scope", "line", "")
UNSAID = "Too few answers to say."


@dataclass(frozen=True)
class Headline:
    """Index, level and people, with what each of them means."""

    index: str
    index_note: str
    staged: int | None
    level: str
    level_note: str
    answered: int | str
    invited: int | str
    kind: tuple[str, str, str]
    kind_means: str
    partial: str


def headline(s: Snapshot) -> Headline:
    """The figures on top of the page."""
    sure = ""
    if s.interval:
        sure = f"; likely {rounded(s.interval[0])} to {rounded(s.interval[1])}"
    elif s.spread and s.spread[0] != s.spread[1]:
        sure = f"; people range from {rounded(s.spread[0])} to {rounded(s.spread[1])}"
    word, kind, sign, means = KINDS[s.kind]
    partial = "" if s.published or s.index is None else (
        f"This index is partial: {count(sum(d.index is not None for d in s.dimensions), 'dimension')} with {rounded(100 * s.weight_share, 0)} % of the "
        "weight could be scored. It stands for those alone."
    )
    few = protected(s.min_group).lower() if s.min_group else ""
    return Headline(
        rounded(s.index, s.places), f"band: {band(s.index)}{sure}" if s.index is not None else few or "too few answers for a figure", s.staged,
        f"{s.staged} {s.level_name(s.staged)}" if s.staged else few or "not reached by enough answers", _level_note(s), s.answered or (s.answered if not few else "–"),
        s.invited or "", (word, kind, sign), means if s.answered or not few else f"{protected(s.min_group or 0)}.", partial,
    )


def _level_note(s: Snapshot) -> str:
    scored = [d for d in s.dimensions if d.staged is not None]
    if s.staged is None or not scored:
        return ""
    above = sum((d.staged or 0) > s.staged for d in scored)
    if not above:
        return f"all {count(len(scored), 'dimension')} stand there"
    return f"{SMALL[above] if above < len(SMALL) else above} of {count(len(scored), 'dimension')} {'reaches' if above == 1 else 'reach'} {s.staged + 1}"


@dataclass(frozen=True)
class DimensionRow:
    """One dimension against its target and the round before."""

    id: str
    title: str
    now: float | None
    before: float | None
    target: int | None
    gap: float | None
    staged: int | None
    level_name: str
    to_go: str
    bar: charts.Bar
    why: str


def dimension_rows(s: Snapshot, before: Mapping[str, float | None]) -> tuple[DimensionRow, ...]:
    """All dimensions in the order of the model."""
    return tuple(
        DimensionRow(
            d.id, d.title, d.index, before.get(d.id), d.target, d.gap, d.staged, s.level_name(d.staged), _to_go(d, s.places),
            charts.bar(d.index, d.target, before.get(d.id)), d.why_not_scored or "",
        )
        for d in s.dimensions
    )


def widest_first(rows: Sequence[DimensionRow]) -> tuple[DimensionRow, ...]:
    """Rows by gap, widest first; those without a figure come last, ties keep the order of the model."""
    return tuple(sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0))))


def _to_go(d: DimensionFigures, places: int) -> str:
    if d.index is None:
        return "not scored"
    if d.gap is None:
        return "no target"
    return f"{rounded(d.gap, places)} to go" if d.gap > 0 else "target reached"


def furthest(rows: Sequence[DimensionRow], s: Snapshot, type_name: str) -> tuple[str, str]:
    """The answer in one sentence, and the weight that hangs on it."""
    behind = [row for row in widest_first(rows) if row.gap is not None and row.gap > 0][:2]
    if not behind:
        return ("No dimension is below its target.", "") if any(row.now is not None for row in rows) else (UNSAID, "")
    first = f"{behind[0].title} is {rounded(behind[0].gap, s.places)} below its target of {behind[0].target}"
    second = f", {behind[1].title} {rounded(behind[1].gap, s.places)} below its target of {behind[1].target}" if len(behind) > 1 else ""
    weights = {d.id: d.weight for d in s.dimensions}
    share = 100 * sum(weights[row.id] for row in behind) / (sum(weights.values()) or 1)
    of_type = f" in a {type_name[:1].lower()}{type_name[1:]}" if type_name and not type_name[:2].isupper() else ""
    return f"{first}{second}.", f"{'Together they carry' if len(behind) > 1 else 'It carries'} {rounded(share, 0)} % of the weight{of_type}."


def radar(rows: Sequence[DimensionRow], now: str, target: str, before: str) -> charts.Radar:
    """The profile: now, target, and the round before where there is one."""
    series = [charts.Series("now", now, tuple(row.now for row in rows))]
    if any(row.target is not None for row in rows):
        series.insert(0, charts.Series("target", target, tuple(None if r.target is None else float(r.target) for r in rows)))
    if before and any(row.before is not None for row in rows):
        series.insert(0, charts.Series("before", before, tuple(row.before for row in rows)))
    return charts.radar([row.id for row in rows], series)


@dataclass(frozen=True)
class Brake:
    """What keeps one dimension from the next level."""

    title: str
    items: tuple[tuple[str, str, bool, str], ...]


def holding_back(s: Snapshot) -> tuple[str, str, tuple[Brake, ...]]:
    """The question, the answer in words, and the items by dimension: those of the dimensions at the level of the whole."""
    at = [d for d in s.dimensions if d.staged is not None and d.staged == s.staged and d.holding_back]
    if not at or s.staged is None:
        return "", "", ()
    items = {item.id: item for item in s.items}
    nxt = s.staged + 1
    brakes = tuple(
        Brake(d.title, tuple((h.item, items[h.item].title, items[h.item].key, f"level {h.level}") for h in d.holding_back)) for d in at
    )
    held = sum(len(brake.items) for brake in brakes)
    words = (
        f"{sentence(count(held, 'item'))} in {count(len(at), 'dimension')} that {'stand' if len(at) > 1 else 'stands'} on level {s.staged}. "
        f"A dimension reaches {nxt} when every key item and at least 80 % of its items are there, and no item is more than one level below."
    )
    return f"What holds us back from level {nxt}?", words, brakes


@dataclass(frozen=True)
class ItemRow:
    """What people answered to one item; without a strip where not enough answered to show who stands where."""

    id: str
    title: str
    key: bool
    strip: charts.Strip | None
    mean: float | None
    level: int | None
    level_name: str
    answered_level: int | None
    agreed_level: int | None
    n: int | None
    left_out: str
    reading: tuple[str, str, str]
    counts: tuple[tuple[int, int], ...]


def item_row(s: Snapshot, item: ItemFigures) -> ItemRow:
    """One line of the answers."""
    left_out = [count(item.dont_know, "don’t know", "don’t know")] if item.dont_know else []
    if item.not_applicable:
        left_out.append(count(item.not_applicable, "not applicable", "not applicable"))
    few = TOO_FEW if s.min_group is None else (protected(s.min_group), "", "open")
    counts = {v: n for v, n in item.counts if n}
    return ItemRow(
        item.id, item.title, item.key, charts.strip(item.id, counts, item.level) if counts or s.min_group is None else None, item.mean, item.level,
        s.level_name(item.level), item.answered_level, item.agreed_level, item.n or (0 if s.min_group is None else None), joined(left_out),
        READINGS.get(item.reading or "", few) if item.in_scope else OUT, tuple(counts.items()),
    )


@dataclass(frozen=True)
class Talk:
    """An item whose answers lie too far apart, with the two statements between which to choose."""

    row: ItemRow
    r_wg: float | None
    ad: float | None
    lowest: str
    highest: str


@dataclass(frozen=True)
class Perspective:
    """A dimension seen from the office and by its users."""

    id: str
    title: str
    office: float
    users: float
    office_at: str
    users_at: str
    differs: bool


@dataclass(frozen=True)
class Sameness:
    """Do we see it the same way?"""

    answer: str
    rest: str
    talk: tuple[Talk, ...]
    no_talk: str
    perspectives: tuple[Perspective, ...]
    not_shown: str
    visibility: str
    low_visibility: tuple[ItemFigures, ...]
    scope: tuple[ItemFigures, ...]


def sameness(s: Snapshot, model: Questionnaire | None) -> Sameness:
    """Agreement in numbers and words."""
    inside = [item for item in s.items if item.in_scope]
    number = {reading: sum(item.reading == reading for item in inside) for reading in READINGS}
    few = number["no sign of disagreement"]
    silent = sum(item.reading is None for item in inside)
    answer = (
        f"{number['agreed']} of {len(inside)} items are agreed, {number['tolerable']} tolerable, {number['talk about it']} "
        f"{'needs' if number['talk about it'] == 1 else 'need'} a talk."
    )
    silently = "fewer than three answers, too few to compare" if s.min_group is None else f"{protected(s.min_group).lower()}"
    rest = (
        (f"{sentence(count(few, 'item'))} with fewer than five answers {'shows' if few == 1 else 'show'} no sign of disagreement, which is the most so few can say. " if few else "")
        + (f"{sentence(count(silent, 'item'))} {'has' if silent == 1 else 'have'} {silently}." if silent and s.min_group is None
           else f"{sentence(count(silent, 'item'))}: {silently}." if silent else "")
    )
    low = tuple(item for item in inside if "low visibility" in item.flags)
    said = sum(item.dont_know for item in inside)
    visibility = "" if low else NOT_ANONYMOUSLY if s.min_group else UNSAID if s.kind == "nobody" else (
        "Nowhere did half of the people answer “don’t know”" + (f"; it was said {count(said, 'time')} in all." if said else ", and nobody did at all.")
    )
    talk = tuple(_talk(s, item, model) for item in inside if item.reading == "talk about it")
    perspectives = tuple(sorted(
        (
            Perspective(d.id, d.title, d.office, d.users, charts.between(d.office), charts.between(d.users), abs(d.office - d.users) >= GAP_FLAG)
            for d in s.dimensions if d.office is not None and d.users is not None
        ),
        key=lambda p: -abs(p.office - p.users),
    ))
    return Sameness(
        answer, rest.strip(), talk, _no_talk(s, any(item.reading for item in inside)), perspectives, "" if perspectives else _not_shown(s), visibility, low,
        tuple(item for item in inside if "scope disagreement" in item.flags),
    )


def _no_talk(s: Snapshot, is_any_read: bool) -> str:
    """What stands in place of the items to talk about; where nothing could be compared it does not say that all agree."""
    if is_any_read:
        return "No item: nowhere are the answers so far apart that the mean would mislead."
    return f"{protected(s.min_group)}." if s.min_group else UNSAID


def _not_shown(s: Snapshot) -> str:
    """Not shown: a group needs at least 3 people, and the office side has 2."""
    if s.min_group:
        return NOT_ANONYMOUSLY
    sides = [(name, s.groups.get(group, 0)) for group, name in (("office", "the office side"), ("users", "the users’ side"))]
    small = [f"{name} has {n or 'nobody'}" for name, n in sides if n < MIN_GROUP]
    if not small:
        return "Not shown: too few answers in each dimension."
    return f"Not shown: a group needs at least {MIN_GROUP} people, and {joined(small)}."


def _talk(s: Snapshot, item: ItemFigures, model: Questionnaire | None) -> Talk:
    chosen = [value for value, n in item.counts if n]
    asked = model.item(item.id) if model and model.has(item.id) else None

    def says(level: int) -> str:
        choice = asked.choice(level) if asked else None
        return f"{level} {s.level_name(level)}: {choice.text}" if choice else f"{level} {s.level_name(level)}"

    row = item_row(s, item)
    if not chosen:
        return Talk(row, None, None, "", "")
    return Talk(row, max(0.0, item.r_wg or 0.0), item.ad_m, says(min(chosen)), says(max(chosen)))


def change_words(s: Snapshot) -> str:
    """The whole against the round before, in words that do not say more than the test allows."""
    c = s.change
    if c is None:
        return ""
    moved = f"{'+' if c.difference >= 0 else '−'}{rounded(abs(c.difference))}"
    between = f", likely between {rounded(c.low)} and {rounded(c.high)}" if c.low is not None and c.high is not None and c.low != c.high else ""
    who = f"the {c.people[0]} people who answered both rounds" if c.method == "same people" else f"{c.people[0]} people then and {c.people[1]} now"
    if c.verdict is None:
        return f"Since round {c.number}: {moved}, from {who}. Fewer than three people are too few to judge a change."
    return f"Since round {c.number}: {c.verdict} ({moved}{between}; {who})."


def move_words(s: Snapshot) -> dict[str, str]:
    """How each dimension moved since the round before, of an anonymous round: '+0.4', or only the direction."""
    return {
        name: direction if difference is None else f"{'+' if difference >= 0 else '−'}{rounded(abs(difference), 1)}"
        for name, direction, difference in s.moves
    }
