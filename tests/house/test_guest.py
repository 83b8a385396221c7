"""Somebody from outside opens the questions of one round and, of everything else, what a stranger may open."""

from __future__ import annotations

from tests.house.addresses import matrix, routes
from tests.house.deeds import DEEDS
from tests.house.house import House
from tests.house.sending import begin

HERE = "/teams/north/rounds/2/"
MAY_OPEN = (f"{HERE}answer/", f"{HERE}check/")
OF_A_WORKSHOP = (f"{HERE}vote/", f"{HERE}workshop/state")  # theirs in a workshop, which this round is not


def test_a_guest_opens_the_questions_of_one_round_and_nothing_else(house: House) -> None:
    house.set_back()
    opened, wrong = [], []
    for _, address in routes(house, "GET"):
        answer, stranger = house.get("Gu", address).status_code, house.get("An", address)
        is_for_all = stranger.status_code != 303 or "/sign-in" not in stranger.headers["Location"]
        if address.startswith(MAY_OPEN) and "/evidence/" not in address:
            opened.append(address)
            wrong += [(address, answer)] if answer != 200 else []
        elif address not in OF_A_WORKSHOP and not is_for_all and answer != 404 or is_for_all and answer != stranger.status_code:
            wrong.append((address, answer))
    assert len(opened) >= 3
    assert not wrong


def test_a_guest_sends_answers_and_nothing_else(house: House) -> None:
    done, wrong = [], []
    for row in (row for rows in matrix().values() for row in rows):
        deed = DEEDS[row["deed"]](house.stage, "Gu")
        if deed.method != "POST" or deed.path in done:
            continue
        begin(house, None)
        done.append(deed.path)
        status = house.post("Gu", deed.path, deed.fields).status_code
        house.clients.pop("Gu", None)
        if status < 400 and not deed.path.startswith((*MAY_OPEN, "/verify/")) and deed.path != f"{HERE}withdraw" or status not in (303, 200, 404, 409, 422):
            wrong.append((deed.path, status))
    house.set_back()
    assert len(done) > 100
    assert not wrong
