"""The figures of a demo team worked out a second time from its raw answers, with nothing of the rules imported.

Written from the text of the rules alone: plain lists, no weights of items, five levels, at most a handful of people."""

import math
import statistics

OFFICE = 3
"""Of KES the first three people are the office: programme manager, PMO lead, PMO analyst."""


def worked_out(rows, keys, weights, targets):
    """rows: {item: "3,N,?,..."}; keys: key items. Per dimension (scored items, index, staged, gap, r_wg(J), mean AD, office - users, DK), and the whole."""
    table = {item: text.split(",") for item, text in rows.items()}
    inside = {item: row for item, row in table.items() if not out_of_scope(row)}
    found, people = {}, [[] for _ in next(iter(table.values()))]
    for dimension, weight in weights.items():
        own = {item: row for item, row in inside.items() if item.startswith(dimension)}
        values = {item: [int(x) for x in row if x in "12345"] for item, row in own.items()}
        scored = {item: given for item, given in values.items() if given}
        index = sum(sum(given) / len(given) for given in scored.values()) / len(scored)
        levels = {item: sorted(given)[math.ceil(len(given) / 2) - 1] for item, given in scored.items()}
        means = [of_person([row[at] for row in own.values()]) for at in range(len(people))]
        for at, mean in enumerate(means):
            if mean is not None:
                people[at].append((weight, mean))
        found[dimension] = (
            len(scored), index, staged(levels, keys), targets[dimension] - index, agreement(list(scored.values())),
            statistics.fmean(distance(given) for given in scored.values()), side(means[:OFFICE]) - side(means[OFFICE:]),
            sum(row.count("?") for row in own.values()),
        )
    overall = [sum(w * m for w, m in parts) / sum(w for w, _ in parts) for parts in people]
    index = sum(weights[d] * row[1] for d, row in found.items()) / sum(weights.values())
    return found, {"index": index, "percent": 25 * (index - 1), "staged": min(row[2] for row in found.values()), "people": overall}


def out_of_scope(row):
    """More than half of the levels and N/A are N/A; don't knows are not counted."""
    told = [x for x in row if x != "?"]
    return 2 * told.count("N") > len(told)


def of_person(given):
    """The mean of somebody over a dimension, from 60 % of its items on."""
    levels = [int(x) for x in given if x in "12345"]
    return statistics.fmean(levels) if 10 * len(levels) >= 6 * len(given) else None


def side(means):
    """The mean of a group of people."""
    return statistics.fmean(mean for mean in means if mean is not None)


def staged(levels, keys):
    """The largest level that holds with every level below it."""
    reached = 1
    for step in (2, 3, 4, 5):
        enough = 100 * sum(level >= step for level in levels.values()) >= 80 * len(levels)
        if not enough or any(levels[item] < step for item in levels if item in keys) or min(levels.values()) < step - 1:
            break
        reached = step
    return reached


def agreement(items):
    """r_wg(J) against answers given at random on five options, variance 2."""
    variances = [statistics.variance(given) for given in items if len(given) > 1]
    share = statistics.fmean(variances) / 2
    return len(variances) * (1 - share) / (len(variances) * (1 - share) + share) if share < 1 else 0.0


def distance(given):
    """The mean distance from the mean."""
    middle = statistics.fmean(given)
    return statistics.fmean(abs(x - middle) for x in given)
