"""Every cell of the access matrix, asked of the running site; every address with an object in it has a row (P1 to P4, P10)."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from werkzeug.exceptions import HTTPException

from tests.house.addresses import matrix
from tests.house.deeds import DEEDS, Deed
from tests.house.given import GIVEN
from tests.house.house import House
from tests.house.stage import ROLES

OBJECTS = matrix()
IS_DONE = (200, 204, 303)

# Addresses with an object in them that no row of the matrix asks for, and why.
UNCOVERED = {
    "/assets/<version>/<path:name>": "files of the site itself, the same for everybody",
    "/choose-password/<token>": "whoever holds the link; tests/app/accounts",
    "/invited/<token>": "whoever holds the link; tests/app/maturity/test_guests.py",
}


def cells_of(row: dict[str, str]) -> dict[str, str]:
    """Role -> expected answer."""
    cells = str(row["cells"]).split()
    assert len(cells) == len(ROLES), f"{row['action']}: {len(cells)} cells"
    return dict(zip(ROLES, cells, strict=True))


def outcome(answer: Any, deed: Deed, shows: str) -> str:
    """What the answer means in the words of the matrix; the bare status where it means nothing there."""
    to = answer.headers.get("Location", "")
    if answer.status_code == 401 and deed.method == "POST" or answer.status_code == 303 and to.startswith("/sign-in"):
        return "in"
    if answer.status_code == 303 and to.startswith("/settings/confirm"):
        return "pw"
    if answer.status_code in IS_DONE:
        return "Y" if not shows or shows in answer.get_data(as_text=True) or shows in words_of(answer) else "-"
    return {404: "-", 403: "F", 422: "no"}.get(answer.status_code, str(answer.status_code))


def words_of(answer: Any) -> str:
    """What somebody reads on the page: no tags, one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.get_data(as_text=True))).split())


def ask(house: House, who: str, deed: Deed) -> Any:
    """Send the request of a deed."""
    return house.get(who, deed.path) if deed.method == "GET" else house.post(who, deed.path, deed.fields)


def differences(house: House, rows: list[dict[str, str]], can_change: bool) -> tuple[int, list[str]]:
    """How many cells were asked, and those that answer otherwise."""
    asked, wrong = 0, []
    for row in rows:
        for who, expected in cells_of(row).items():
            if can_change:
                house.set_back()
                if "given" in row:
                    with house.database.transaction() as session:
                        GIVEN[row["given"]](session, house.stage)
            deed = DEEDS[row["deed"]](house.stage, who)
            answer = ask(house, who, deed)
            asked += 1
            found = outcome(answer, deed, row.get("shows", "").format_map(house.stage.names()))
            if found != expected:
                wrong.append(f"{row['action']} ({row.get('ref', row.get('given', ''))}) {who}: {found}, not {expected}; {deed.method} {deed.path} {said(answer)}")
    return asked, wrong


def said(answer: Any) -> str:
    """The faults a refused form names, for the message."""
    return words_of(answer)[:300] if answer.status_code in (409, 422, 500) else ""


@pytest.mark.parametrize("name", OBJECTS)
def test_every_cell_answers_as_the_matrix_says(house: House, name: str) -> None:
    rows = OBJECTS[name]
    asked, wrong = differences(house, rows, can_change=True)
    house.set_back()
    assert asked == len(ROLES) * len(rows)
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_page_of_the_matrix_answers_the_same_on_postgresql(postgres_house: House) -> None:
    rows = [row for rows in OBJECTS.values() for row in rows if "given" not in row and DEEDS[row["deed"]](postgres_house.stage, "TL").method == "GET"]
    asked, wrong = differences(postgres_house, rows, can_change=False)
    assert asked == len(ROLES) * len(rows) > 300
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_address_with_an_object_in_it_has_a_row(house: House) -> None:
    adapter = house.app.url_map.bind("127.0.0.1")
    covered = set()
    for name in {row["deed"] for rows in OBJECTS.values() for row in rows}:
        for who in ("Su", "TL"):
            deed = DEEDS[name](house.stage, who)
            try:
                covered.add((adapter.match(deed.path.partition("?")[0], method=deed.method, return_rule=True)[0].rule, deed.method))
            except HTTPException as fault:
                pytest.fail(f"{name}: {deed.method} {deed.path} is no address of the site: {fault}")
    bare = sorted(
        f"{method} {rule.rule}"
        for rule in house.app.url_map.iter_rules() if rule.arguments and rule.rule not in UNCOVERED
        for method in rule.methods & {"GET", "POST"} if (rule.rule, method) not in covered and not rule.defaults
    )
    assert not bare, "no row of access_matrix.yaml asks for: " + ", ".join(bare)
    unused = sorted(set(DEEDS) - {row["deed"] for rows in OBJECTS.values() for row in rows})
    assert not unused, f"deeds without a row: {unused}"


# Deeds somebody may do without seeing the page above them: the PMO lead ends a pairing from the list of all pairings,
# an administrator sets the role somebody is measured against and sees no ratings. Those who look after the lessons hide words
# that only their writer has a page to change.
UNSEEN_BUT_OPEN = {*((who, "/posts/<id:post_id>/hide/") for who in ("PL", "Ad")), ("PL", "/mentoring/pairings/<id:pairing_id>/end"), ("Ad", "/skills/<id:person_id>/role/")}


def test_whoever_may_not_see_a_thing_may_not_change_it_either(house: House) -> None:
    rules = {rule.rule: rule for rule in house.app.url_map.iter_rules() if rule.arguments}
    adapter = house.app.url_map.bind("127.0.0.1")
    pages: dict[str, list[Deed]] = {}
    forms: dict[str, list[Deed]] = {}
    for name in DEEDS:
        deed = DEEDS[name](house.stage, "TL")
        rule = adapter.match(deed.path.partition("?")[0], method=deed.method, return_rule=True)[0].rule
        if rule in rules:
            (pages if deed.method == "GET" else forms).setdefault(rule, []).append(deed)
    wrong, asked = [], 0
    for seen, gets in pages.items():
        siblings = [form for rule in forms if rule == seen or (rule.startswith(seen) and "<" not in rule[len(seen):]) for form in forms[rule][:1]]
        for who in ROLES:
            if not siblings or house.get(who, gets[0].path).status_code in IS_DONE and who != "An":
                continue
            for form in siblings:
                rule = adapter.match(form.path, method="POST", return_rule=True)[0].rule
                if (who, rule) in UNSEEN_BUT_OPEN:
                    continue
                asked += 1
                status = house.post(who, form.path, form.fields).status_code
                if status not in (401, 403, 404) and not (who == "An" and seen == "/certificates/<code>/"):
                    wrong.append(f"{who} gets no {gets[0].path} but {status} from POST {form.path}")
    house.set_back()
    assert asked > 200
    assert not wrong, "\n" + "\n".join(wrong)
