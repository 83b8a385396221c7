"""The way of an action through its states, and who may take which step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["planned", "in progress", "blocked", "done", "dropped"]
LIVE: tuple[State, ...] = ("planned", "in progress", "blocked")


@dataclass(frozen=True)
class Move:
    """A step from one of `before` to `after`. `asks` names the field that has to be filled; some steps are the lead's alone."""

    name: str
    before: tuple[State, ...]
    after: State
    label: str
    done_words: str
    asks: Literal["", "reason", "evidence"] = ""
    lead_only: bool = False


MOVES = {
    move.name: move
    for move in (
        Move("start", ("planned",), "in progress", "Start", "started"),
        Move("resume", ("blocked",), "in progress", "Go on", "went on"),
        Move("finish", ("in progress",), "done", "Mark as done", "marked as done", asks="evidence"),
        Move("block", ("in progress",), "blocked", "Note that it is blocked", "blocked", asks="reason"),
        Move("put-back", ("in progress", "blocked"), "planned", "Put back to planned", "put back to planned"),
        Move("drop", LIVE, "dropped", "Drop it", "dropped", asks="reason", lead_only=True),
        Move("reopen", ("done",), "in progress", "Open it again", "opened again", asks="reason"),
        Move("take-up", ("dropped",), "planned", "Take it up again", "taken up again", lead_only=True),
    )
}


def moves_from(state: str, *, leads: bool) -> tuple[Move, ...]:
    """The steps open now, in the order they are offered. From planned the owner can start; only a lead can also drop."""
    return tuple(move for move in MOVES.values() if state in move.before and (leads or not move.lead_only))


def refusal(state: str, move: Move) -> str:
    """Why this step is not open in this state, as a sentence; '' when it is open."""
    if state in move.before:
        return ""
    return f"This action is {state}, so that step is not open now. Reload the page to see what is."
