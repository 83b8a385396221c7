"""Who sees what of a round, in words that hold: the same sentences stand on every page that asks for something."""

from __future__ import annotations

from app.models import AssessmentRound, Team


def promises(round_: AssessmentRound, team: Team) -> tuple[str, ...]:
    """What somebody who is asked may rely on."""
    lead = f"the lead of {team.name}"
    named = (
        f"After closing, {lead} and the PMO lead can see who answered what."
        if round_.answers_shown_to_lead
        else f"After closing, only the PMO lead can see who answered what; {lead} cannot."
    )
    shared = (
        "Everybody invited sees the result once the round is closed."
        if round_.shared_with_participants
        else f"The result is for {lead} and the PMO lead."
    )
    return (
        "This is a named round: your answers are stored with your name and count in the result of the team.",
        named,
        shared,
        f"Before closing, {lead} and the PMO lead see whether you have answered, and nothing of what. A sheet you do not submit never counts.",
    )


def comment_readers(team: Team) -> str:
    """Who reads the comments."""
    return f"Read by the lead of {team.name} and the PMO lead, without your name"
