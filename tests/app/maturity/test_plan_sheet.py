"""The table of a plan sent back: what it changes, and every fault with its line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.maturity.plan_sheet import STATES, KnownPlan, Standing, read_plan_sheet, way
from app.ui.sheets import NotATable

COLUMNS = ("Action", "Title", "Due", "State", "Owner", "Reason", "Evidence")
START = date(2026, 6, 29)
PLAN = KnownPlan(
    {
        "A": Standing("First", "planned", date(2026, 9, 4), "", "", ""), "B": Standing("Second", "in progress", date(2026, 9, 11), "Bob", "", ""),
        "C": Standing("Third", "blocked", date(2026, 9, 18), "Bob", "No time", ""), "D": Standing("Fourth", "done", date(2026, 9, 25), "Ann", "", "=SUM is there"),
    },
    {"ann": 1, "bob": 2, "eve": None}, START, date(2026, 11, 22),
)


def read(rows, header="Action,State,Due,Owner,Reason,Evidence"):
    return read_plan_sheet(header + "\n" + rows, PLAN, COLUMNS)


@pytest.mark.parametrize(("before", "after", "steps"), [
    ("planned", "done", ["start", "finish"]), ("done", "dropped", ["reopen", "drop"]), ("planned", "blocked", ["start", "block"]),
    ("dropped", "done", ["take-up", "start", "finish"]), ("blocked", "blocked", []), ("done", "planned", ["reopen", "put-back"]),
])
def test_the_way_from_one_state_to_another_is_made_of_allowed_steps(before, after, steps):
    assert [move.name for move in way(before, after)] == steps


@given(st.sampled_from(STATES), st.sampled_from(STATES))
def test_there_is_a_way_between_any_two_states_and_each_step_is_allowed(before, after):
    state = before
    for move in way(before, after):
        assert state in move.before
        state = move.after
    assert state == after


def test_what_differs_is_a_change_and_everything_else_stays():
    sheet = read("A,Done,,ann,,It hangs on the wall\nB,,2026-10-02,,Bob has left,\nC,blocked,2026-09-18,Bob,Still no time,\nD,done,2026-09-25,Ann,,'=SUM is there\n")
    assert not sheet.faults
    assert [(one.line, one.action, one.words) for one in sheet.changes] == [
        (2, "A", (("State", "planned", "done"), ("Owner", "", "ann"), ("Evidence", "", "It hangs on the wall"))),
        (3, "B", (("Due", "2026-09-11", "2026-10-02"), ("Owner", "Bob", ""))),
        (4, "C", (("Reason", "No time", "Still no time"),)),
    ]
    assert [one.owner_id for one in sheet.changes] == [1, None, None]
    assert sheet.same == 1
    assert read("B,in progress,,Bob,,", header="Action;State;Due;Owner;Reason;Evidence").faults[0].sentence == "has 1 values for 6 columns"
    assert read("A;x", header="Action;Colour").unknown == ("Colour",)


@pytest.mark.parametrize(("row", "said"), [
    ("Z,done,,,,", "Line 2, Action: Z is not an action of the plan in use"), (",done,,,,", "Line 2, Action: names no action"),
    ("A,finished,,,,", "Line 2, State: there is no state finished; use planned, in progress, blocked, done, dropped"),
    ("A,done,,,,", "Line 2, Evidence: say what shows that it is done"), ("A,blocked,,,,", "Line 2, Reason: say why it is blocked"),
    ("D,planned,,Ann,,", "Line 2, Reason: say why it is opened again"), ("A,,4.9.2026,,,", "Line 2, Due: write the day as 2026-11-27"),
    ("A,,2026-02-30,,,", "Line 2, Due: write the day as 2026-11-27"), ("A,,2026-01-05,,,", "Line 2, Due: choose a day from 2026-06-29, the start of the plan, to 2046"),
    ("A,,9999-01-05,,,", "Line 2, Due: choose a day from 2026-06-29, the start of the plan, to 2046"), ("A,,,Zoe,,", "Line 2, Owner: Zoe is not in the team"),
    ("A,,,Eve,,", "Line 2, Owner: two people are called Eve; choose the owner on the page of the action"),
    ("B,,2026-10-02,Bob,,", "Line 2, Reason: say why owner or day change: the action has been started"),
    ("A,,,,a\x00b,", "Line 2, Reason: use one line of plain text, without control characters"),
    ("B,blocked,,Bob," + "x" * 501 + ",", "Line 2, Reason: use at most 500 characters; this has 501"),
])
def test_each_fault_is_named_with_its_line_and_changes_nothing(row, said):
    sheet = read(row + "\nA,in progress,,,,")
    assert str(sheet.faults[0]) == said
    assert all(one.line == 3 for one in sheet.changes)


@pytest.mark.parametrize(("text", "said"), [
    ("", "nothing in it"), ("State\ndone", "column Action is missing"), ("Action,State,state\nA,done,done", "stands twice"), ('Action\n"A', "a quotation mark"),
])
def test_a_table_no_row_of_which_can_be_trusted_is_refused_as_a_whole(text, said):
    with pytest.raises(NotATable, match=said):
        read_plan_sheet(text, PLAN, COLUMNS)
