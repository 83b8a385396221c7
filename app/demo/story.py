"""What happened in the demo organisation, as content/demo tells it: rounds, the plan, learning, mentoring, skills."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assessments.reading import Id, Strict, Text


class FirstRound(Strict):
    """How the first round of a team is called and when it ran, in days before today."""

    code: Id = "ALL"
    title: str = ""
    purpose: str = ""
    opened: int = 0
    closed: int = 0


class OpenRound(Strict):
    """A round that is open now: how much better each dimension is answered, and how many items by whom."""

    code: Id
    title: Text
    purpose: Text
    opened: int
    closes_in: int
    lift: dict[str, float]
    answered: dict[str, int]


class Comment(Strict):
    """What somebody wrote beside an answer of the first round."""

    by: str
    item: Id
    text: Text


class Rounds(Strict):
    """All rounds of the demo; what a team does not say for itself it takes from `first`."""

    first: FirstRound
    teams: list[FirstRound]
    open: list[OpenRound]
    comments: list[Comment]

    def first_of(self, code: str) -> FirstRound:
        """The first round of a team, complete."""
        own = next((r for r in self.teams if r.code == code), FirstRound())
        return FirstRound(
            code=code, title=own.title or self.first.title, purpose=own.purpose or self.first.purpose,
            opened=own.opened or self.first.opened, closed=own.closed or self.first.closed,
        )


class DatedNote(Strict):
    """A note on an action, on a day counted from the start of the plan."""

    day: int
    by: str
    text: Text


class ActionStory(Strict):
    """How one action of the plan went. `due_week` where somebody moved the date; `steps` done, all of them when it is done."""

    action: str
    owner: str
    state: Literal["planned", "in progress", "done"]
    begun: int
    ended: int | None = None
    due_week: int | None = None
    steps: int = 0
    evidence: str = ""
    notes: list[DatedNote] = []


class PlanStory(Strict):
    """How the plan of one team has gone since it began."""

    code: Id
    started_weeks_ago: int
    actions: list[ActionStory]


class Reading(Strict):
    """A lesson that is open at a heading."""

    heading: str
    days_ago: int


class Learner(Strict):
    """How far somebody is in a course."""

    by: str
    course: Id
    passed: int
    begun: int
    every: int
    failed: dict[str, list[str]] = {}
    reading: Reading | None = None
    certificate: bool = False


class OwnNote(Strict):
    """A note beside a lesson; without words it is a bookmark."""

    by: str
    lesson: Id
    section: str
    days_ago: int
    text: str = ""


class Learners(Strict):
    """Everybody who has started a course; `review` names those who keep what they learned with cards."""

    learners: list[Learner]
    review: list[str] = []
    notes: list[OwnNote] = []


class Mentor(Strict):
    """An approved mentor card."""

    by: str
    capacity: int
    approved: int
    competences: list[Id]
    about: Text


class AgreedGoal(Strict):
    """A goal of a pairing; due in days from today."""

    competence: Id
    text: Text
    from_level: int
    to_level: int
    due_in: int


class SessionNote(Strict):
    """A note on a session, shared or private."""

    by: str
    kind: Literal["shared", "private"]
    text: Text


class Task(Strict):
    """A follow-up: `due` and `done` in days ago, or `due_in` days ahead."""

    owner: str
    text: Text
    due: int | None = None
    due_in: int = 0
    done: int | None = None


class HeldSession(Strict):
    """A session that took place."""

    days_ago: int
    minutes: int
    competences: list[Id]
    logged_by: str
    notes: list[SessionNote]
    follow_ups: list[Task] = []


class PlannedSession(Strict):
    """A session to come."""

    days_ahead: int
    starts_at: str
    minutes: int
    place: str
    topic: str
    by: str


class PairingStory(Strict):
    """An active pairing with its sessions."""

    mentor: str
    mentee: str
    agreed: int
    wish: Text
    rhythm: str
    goals: list[AgreedGoal]
    sessions: list[HeldSession]
    planned: PlannedSession


class Wish(Strict):
    """A request that waits for its answer."""

    mentor: str
    mentee: str
    asked: int
    wish: Text


class Mentoring(Strict):
    """Mentors, their pairings, and who waits for one."""

    mentors: list[Mentor]
    pairings: list[PairingStory]
    requests: list[Wish]


class Ratings(Strict):
    """The ratings of one person as the story needs them."""

    by: str
    own: dict[str, int]
    assessed: dict[str, int] = {}
    days_ago: int


class EarlierRating(Strict):
    """A rating that a newer one has replaced."""

    by: str
    competence: Id
    own: int
    days_ago: int


class Proof(Strict):
    """Evidence in a person's own words."""

    by: str
    competence: Id
    days_ago: int
    text: Text


class Skills(Strict):
    """What the story says about skills. `most` keeps the made ratings of a team low in some competences."""

    ratings: list[Ratings]
    earlier: list[EarlierRating]
    evidence: list[Proof]
    most: dict[str, dict[str, int]] = Field(default_factory=dict)
