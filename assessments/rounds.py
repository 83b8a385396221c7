"""The states of a round and of a sheet in it, and who may do what in each.

A round goes draft -> open -> closed -> published; a draft or open round may be cancelled, a closed one
reopened until it is published. Named rounds show their results from closing on, anonymous ones only when
published. Mode and minimum group are fixed at the first invitation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assessments.errors import (
    ModeIsFixed,
    NobodyInvited,
    NothingSubmitted,
    NotInvited,
    NotYourRound,
    RoundAlreadyClosed,
    RoundNotOpen,
    RoundRuleBroken,
    SheetAlreadySubmitted,
    SheetIncomplete,
)

RoundState = Literal["draft", "open", "closed", "published", "cancelled"]
RoundStep = Literal["open", "close", "reopen", "publish", "cancel"]
Mode = Literal["named", "anonymous"]
SheetState = Literal["invited", "started", "submitted"]
SheetStep = Literal["save", "submit", "withdraw"]

FLOOR_OF_MIN_GROUP = 4

STEPS: dict[tuple[RoundState, RoundStep], RoundState] = {
    ("draft", "open"): "open",
    ("draft", "cancel"): "cancelled",
    ("open", "close"): "closed",
    ("open", "cancel"): "cancelled",
    ("closed", "reopen"): "open",
    ("closed", "publish"): "published",
}


@dataclass(frozen=True, slots=True)
class Round:
    """A round as the rules see it. `invited` and `submitted` are counts of people, `settled` of items a workshop agreed on."""

    state: RoundState = "draft"
    mode: Mode = "named"
    min_group: int = 5
    invited: int = 0
    submitted: int = 0
    settled: int = 0

    @property
    def takes_answers(self) -> bool:
        """Whether invited people can answer now."""
        return self.state == "open"

    @property
    def shows_results(self) -> bool:
        """Whether results can be seen: named rounds from closing on, anonymous ones once published."""
        return self.state == "published" or (self.state == "closed" and self.mode == "named")

    @property
    def is_over(self) -> bool:
        """Whether nothing about it can change any more."""
        return self.state in ("published", "cancelled")


def move(round_: Round, step: RoundStep, *, runs_it: bool) -> Round:
    """The round after a step; `runs_it` says whether the person leads the team or the PMO.

    Raises NotYourRound, NobodyInvited, NothingSubmitted, RoundNotOpen, RoundAlreadyClosed or
    RoundRuleBroken with a sentence that says what to do.
    """
    if not runs_it:
        raise NotYourRound("Only the team lead or a PMO lead changes the state of a round.")
    after = STEPS.get((round_.state, step))
    if after is None:
        raise _refusal(round_.state, step)
    if step == "open" and round_.invited < 1:
        raise NobodyInvited("Invite at least one person before you open the round.")
    few = round_.mode == "anonymous"
    if few and step == "open" and round_.invited < round_.min_group:
        raise NobodyInvited(f"Invite at least {round_.min_group} people: an anonymous round shows nothing that rests on fewer.")
    if few and step == "close" and round_.submitted < round_.min_group:
        raise NothingSubmitted(
            f"Fewer than {round_.min_group} people have submitted, so closing would show nothing. "
            "Move the closing day and remind people, or cancel the round."
        )
    if step == "close" and round_.submitted < 1 and round_.settled < 1:
        raise NothingSubmitted("Nobody has submitted yet. Wait for the first sheet, or cancel the round.")
    if step == "publish" and round_.mode == "anonymous" and round_.submitted < round_.min_group:
        raise NothingSubmitted(f"Publishing needs at least {round_.min_group} submitted sheets.")
    return replace(round_, state=after)


def steps_open_to(round_: Round, *, runs_it: bool) -> tuple[RoundStep, ...]:
    """The steps this person can take now, in the order of STEPS."""
    found = []
    for state, step in STEPS:
        if state == round_.state:
            try:
                move(round_, step, runs_it=runs_it)
            except RoundRuleBroken:
                continue
            found.append(step)
    return tuple(found)


def change_mode(round_: Round, mode: Mode, min_group: int) -> Round:
    """The draft with another mode or minimum group (at least 4); ModeIsFixed after the first invitation."""
    if round_.state != "draft" or round_.invited:
        raise ModeIsFixed(
            "The first invitation fixed this. Cancel the round and start a new one to change it."
        )
    if min_group < FLOOR_OF_MIN_GROUP:
        raise RoundRuleBroken(f"The minimum group is at least {FLOOR_OF_MIN_GROUP}.")
    return replace(round_, mode=mode, min_group=min_group)


def check_invitation(round_: Round, *, runs_it: bool) -> None:
    """Raise unless this person may invite now: those who run the round, while it is a draft or open.

    In an anonymous round the list is frozen when it opens.
    """
    if not runs_it:
        raise NotYourRound("Only the team lead or a PMO lead invites people.")
    if round_.state == "open" and round_.mode == "anonymous":
        raise RoundRuleBroken("The list of invited people is fixed while an anonymous round is open.")
    if round_.state not in ("draft", "open"):
        raise RoundAlreadyClosed("This round takes no more answers. Start a new one to invite people.")


def check_handing_on(round_: Round, sheet: SheetState, *, in_team: bool) -> None:
    """Raise unless somebody asked may hand the invitation to a colleague: in an open named round, a member of the
    team, before the first answer."""
    if round_.mode == "anonymous":
        raise RoundRuleBroken("The list of invited people is fixed while an anonymous round is open.")
    if not round_.takes_answers:
        raise _not_open(round_.state)
    if not in_team:
        raise RoundRuleBroken("Only members of the team hand an invitation on. Ask the lead of the team.")
    if sheet != "invited":
        raise SheetAlreadySubmitted("You have begun to answer, so the invitation stays with you.")


def move_sheet(
    round_: Round, sheet: SheetState, step: SheetStep, *, invited: bool, missing: Sequence[str] = ()
) -> SheetState:
    """The state of a person's sheet after saving, submitting or withdrawing it.

    `missing` holds the items without an answer. Raises NotInvited, RoundNotOpen, SheetAlreadySubmitted,
    SheetIncomplete, or RoundRuleBroken for withdrawing what was not submitted or is anonymous.
    """
    if not invited:
        raise NotInvited("You are not invited to this round. Ask its lead if you should be.")
    if not round_.takes_answers:
        raise _not_open(round_.state)
    if step == "withdraw":
        if sheet != "submitted":
            raise RoundRuleBroken("There is nothing to withdraw yet.")
        if round_.mode == "anonymous":
            raise RoundRuleBroken("An anonymous sheet cannot be withdrawn, because nobody knows whose it is.")
        return "started"
    if sheet == "submitted":
        raise SheetAlreadySubmitted(
            "You have submitted. Withdraw your answers first if you want to change them."
        )
    if step == "submit" and missing:
        raise SheetIncomplete(f"Still to answer: {', '.join(missing)}.", tuple(missing))
    return "submitted" if step == "submit" else "started"


def _not_open(state: RoundState) -> RoundNotOpen:
    if state == "draft":
        return RoundNotOpen("This round has not opened yet.")
    return RoundNotOpen("This round takes no more answers.")


def _refusal(state: RoundState, step: RoundStep) -> RoundRuleBroken:
    if state == "published":
        return RoundAlreadyClosed("The results are published, so this round stays as it is.")
    if state == "cancelled":
        return RoundAlreadyClosed("This round was cancelled. Start a new one.")
    if step in ("close", "publish", "reopen"):
        words = {"close": "closed", "publish": "published", "reopen": "reopened"}[step]
        return RoundNotOpen(f"A round in state {state} cannot be {words}.")
    if state == "closed":
        return RoundAlreadyClosed("This round is closed. Reopen it first if more answers should come in.")
    return RoundRuleBroken("This round is open already.")
