"""Who sees what of a round, in words that hold: the same sentences stand on every page that asks for something."""

from __future__ import annotations

from app.models import AssessmentRound, Team
from assessments.anonymity import least_for_comments

VERSION = "3"
"""Raised with every change of what is promised; kept with each invitation that was accepted."""
NO_EVIDENCE = "Files and links are not taken in an anonymous round: they could say whose answer it is. Write in the comment what can be seen."
CAREFUL = "Do not name people or describe events only you could know."


def promises(round_: AssessmentRound, team: Team, joint: int | None = None) -> tuple[str, ...]:
    """What somebody who is asked may rely on."""
    return _anonymous(round_, team, joint) if round_.mode == "anonymous" else _named(round_, team)


def _named(round_: AssessmentRound, team: Team) -> tuple[str, ...]:
    lead = f"the lead of {team.name}"
    named = (
        f"After closing, {lead} and the PMO lead can see who answered what."
        if round_.answers_shown_to_lead
        else f"After closing, only the PMO lead can see who answered what; {lead} cannot."
    )
    shared = (
        "Everybody invited who has an account here sees the result once the round is closed."
        if round_.shared_with_participants
        else f"The result is for {lead} and the PMO lead."
    )
    if round_.is_workshop:
        return (
            "This round is held as a workshop: your votes are stored with your name and count in the result of the team.",
            "While an item is voted on, nobody sees a vote, only how many have voted. Once it is revealed, the room sees how many chose which level, "
            "without names, and the vote can no longer be changed.",
            named, shared,
            "The level the room agrees on stands beside the votes, with the sentence that was written down.",
        )
    return (
        "This is a named round: your answers are stored with your name and count in the result of the team.",
        named,
        shared,
        f"Before closing, {lead} and the PMO lead see whether you have answered, and nothing of what. A sheet you do not submit never counts.",
    )


def _anonymous(round_: AssessmentRound, team: Team, joint: int | None) -> tuple[str, ...]:
    lead = f"the lead of {team.name}"
    readers = "everybody invited who has an account here" if round_.shared_with_participants else f"{lead} and the PMO lead"
    published = (
        f"The result is published once, at the close, for the organisation, each programme and each team: PMO leads read all of it, "
        f"{'everybody invited' if round_.shared_with_participants else lead} that of the own team and of the organisation, other leads that of the organisation."
        if joint else f"The result is published once, at the close, for the team as a whole; {readers} can read it."
    )
    return (
        "This is an anonymous round: when you submit, your answers are stored without your name, and nothing leads from them back to you.",
        f"Nothing is shown that rests on fewer than {round_.min_group} answers, nor anything from which that could be worked out.",
        published,
        "Until you submit, your draft is kept under your name and only you can read it. Afterwards nobody can see or change your answers, "
        "you included; a draft you do not submit is deleted at the close.",
        f"While the round is open nobody sees who has answered. {lead[:1].upper()}{lead[1:]} and the PMO lead see roughly how many, once a day.",
    )


def comment_readers(round_: AssessmentRound, team: Team) -> str:
    """Who reads the comments."""
    readers = f"Read by the lead of {team.name} and the PMO lead, without your name"
    if round_.mode != "anonymous":
        return readers
    return f"{readers} and apart from your other answers, where at least {least_for_comments(round_.min_group)} answered and three wrote. {CAREFUL}"
