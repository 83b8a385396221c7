"""A page takes the same number of SQL statements however many rows there are."""

from __future__ import annotations

from tests.house.addresses import doers, routes
from tests.house.house import House
from tests.support.statements import counted

# Pages that no row of the matrix opens for anybody: everybody's own, opened as the PMO lead.
OWN_ROLE = "PL"
MOST = 16


def table(house: House) -> dict[tuple[str, str], tuple[int, str]]:
    """(role, route) -> (statements, address), for the most powerful person who may open a page and for its owner."""
    allowed, found = doers(house, "GET"), {}
    for rule, address in routes(house, "GET"):
        who = [doer.who for doer in allowed.get(rule.rule, ()) if not doer.given] or [OWN_ROLE]
        for role in dict.fromkeys([who[0], *(["Su"] if "Su" in who else [])]):
            house.get(role, address)
            with counted(house.app) as statements:
                answer = house.get(role, address)
            if answer.status_code == 200:
                found[role, rule.rule + rule.endpoint] = (len(statements), address)
    return found


def test_no_page_takes_more_statements_in_a_large_organisation(house: House, large_house: House) -> None:
    house.set_back()
    small, large = table(house), table(large_house)
    lines = [
        f"{who:3} {small[who, rule][1]:60} {small[who, rule][0]:3} with one of everything, {large[who, rule][0]:3} with ten"
        for who, rule in sorted(small) if small[who, rule][0] != large[who, rule][0]
    ]
    assert len(small) > 100
    assert small.keys() == large.keys()
    assert not lines, "\n" + "\n".join(lines)
    heavy = [f"{who} {address}: {count}" for (who, _), (count, address) in large.items() if count > MOST]
    assert not heavy, "\n" + "\n".join(heavy)
