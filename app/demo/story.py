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


class FromOutside(Strict):
    """Somebody without an account who is asked in a round by link."""

    name: str
    email: str
    role: str


class OpenRound(Strict):
    """A round that is open now: how much better each dimension is answered, and how many items by whom."""

    code: Id
    title: Text
    purpose: Text
    opened: int
    closes_in: int
    lift: dict[str, float]
    answered: dict[str, int]
    by_level: bool = False
    outside: list[FromOutside] = []


class LaterRound(Strict):
    """A second round that is closed: how much better each dimension is answered, by how many, and the level some items stand on."""

    code: Id
    title: Text
    purpose: Text
    opened: int
    closed: int
    lift: dict[str, float]
    answered: int
    stands: dict[Id, int]


class JointPart(Strict):
    """A team in a joint round: how many answered, and how many of them say don't know in a whole dimension."""

    code: Id
    lift: dict[str, float]
    answered: int
    silent: dict[str, int] = {}


class JointStory(Strict):
    """An anonymous round of several teams that is published."""

    title: Text
    purpose: Text
    by: str
    opened: int
    closed: int
    teams: list[JointPart]


class AgreedStory(Strict):
    """A level the room agreed on, with its reason."""

    item: Id
    level: int
    reason: Text


class WorkshopStory(Strict):
    """A workshop that is at an item: how many are in the room, how many of them have voted on it, what was agreed before."""

    code: Id
    title: Text
    purpose: Text
    opened: int
    closes_in: int
    at: Id
    voters: int
    voted: int
    agreed: list[AgreedStory]


class Comment(Strict):
    """What somebody wrote beside an answer."""

    by: str
    item: Id
    text: Text
    round: int = 1


class Rounds(Strict):
    """All rounds of the demo; what a team does not say for itself it takes from `first`."""

    first: FirstRound
    teams: list[FirstRound]
    again: list[LaterRound]
    joint: JointStory
    open: list[OpenRound]
    workshop: WorkshopStory
    comments: list[Comment]

    def first_of(self, code: str) -> FirstRound:
        """The first round of a team, complete."""
        own = next((r for r in self.teams if r.code == code), FirstRound())
        return FirstRound(
            code=code, title=own.title or self.first.title, purpose=own.purpose or self.first.purpose,
            opened=own.opened or self.first.opened, closed=own.closed or self.first.closed,
        )

    def written(self, number: int) -> dict[tuple[str, str], str]:
        """The comments in the rounds with this number, by (who, item)."""
        return {(comment.by, comment.item): comment.text for comment in self.comments if comment.round == number}


class DatedNote(Strict):
    """A note on an action, on a day counted from the start of the plan."""

    day: int
    by: str
    text: Text


class DatedFile(Strict):
    """A file of content/demo/files or a link that somebody added so many days after the start."""

    day: int
    by: str
    file: str = ""
    link: str = ""


class MovedDate(Strict):
    """Somebody moved the due date of an action on a day after the start, to the end of a week, with a reason."""

    day: int
    by: str
    week: int
    reason: Text


class ActionStory(Strict):
    """How one action of the plan went: `steps` done, all of them when it is done; `days` are the person-days it took."""

    action: str
    owner: str
    state: Literal["planned", "in progress", "done"]
    begun: int
    ended: int | None = None
    moved: MovedDate | None = None
    steps: int = 0
    days: int | None = None
    evidence: str = ""
    notes: list[DatedNote] = []
    files: list[DatedFile] = []


class PlanStory(Strict):
    """How the plan of one team has gone since it began; `first` are the actions its lead wished for in the first quarter."""

    code: Id
    started_weeks_ago: int
    horizon: int = 4
    first: list[str] = []
    actions: list[ActionStory]


class Plans(Strict):
    """The plans that are in use, each with its story."""

    plans: list[PlanStory]

    def of(self, code: str) -> PlanStory | None:
        """The story of the plan of a team, if there is one."""
        return next((plan for plan in self.plans if plan.code == code), None)


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


class Tested(Strict):
    """Somebody experienced who passed the check over a whole course instead of its lessons."""

    by: str
    course: Id
    days_ago: int


class AskedCourse(Strict):
    """A course somebody asked a team or a person to complete, so many days ago, with the day counted from today."""

    course: Id
    by: str
    team: str = ""
    person: str = ""
    days_ago: int
    due_in: int
    why: str = ""


class ReviewStory(Strict):
    """What the reviewer said, by criterion."""

    days_ago: int
    levels: dict[str, int]
    remarks: dict[str, str] = {}
    summary: str
    accepts: bool


class ExerciseStory(Strict):
    """An exercise somebody handed in, with its review once there is one."""

    by: str
    course: Id
    reviewer: str
    days_ago: int
    text: Text
    file: str = ""
    review: ReviewStory | None = None


class OwnNote(Strict):
    """A note beside a lesson; without words it is a bookmark."""

    by: str
    lesson: Id
    section: str
    days_ago: int
    text: str = ""


class LessonAnswer(Strict):
    """An answer to a question about a lesson; `helped` the one who asked, and `helped_too` those named."""

    by: str
    days_ago: int
    text: Text
    helped: bool = False
    helped_too: list[str] = []


class LessonQuestion(Strict):
    """What somebody asked about a lesson, or a mistake in it that was `settled` so many days ago."""

    by: str
    lesson: Id
    kind: Literal["question", "mistake"] = "question"
    days_ago: int
    title: Text
    text: Text
    settled: int | None = None
    answers: list[LessonAnswer] = []


class Learners(Strict):
    """Everybody who has started a course, passed one by test-out, or was asked to complete one; `review` names those who keep what they learned with cards."""

    learners: list[Learner]
    tested: list[Tested] = []
    asked: list[AskedCourse] = []
    exercises: list[ExerciseStory] = []
    review: list[str] = []
    notes: list[OwnNote] = []
    questions: list[LessonQuestion] = []


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


class Decided(Strict):
    """Who decided about a certificate, and how."""

    by: str
    approves: bool
    reason: str = ""


class OutsideStory(Strict):
    """A certificate somebody earned elsewhere; without a decision it waits."""

    by: str
    title: Text
    issuer: Text
    competences: list[Id]
    issued: int
    expires_in: int | None = None
    file: str = ""
    link: str = ""
    decided: Decided | None = None


class Skills(Strict):
    """What the story says about skills. `most` keeps the made ratings of a team low in some competences."""

    ratings: list[Ratings]
    earlier: list[EarlierRating]
    evidence: list[Proof]
    certificates: list[OutsideStory] = []
    most: dict[str, dict[str, int]] = Field(default_factory=dict)


class TargetStory(Strict):
    """A target a team has set itself."""

    kpi: Id
    target: float | int
    reason: Text


class FiguresStory(Strict):
    """The measures of one team: raw numbers of the last quarters, oldest first; 'none' where nobody recorded."""

    code: Id
    by: str
    figures: dict[Id, list[dict[str, float | int] | Literal["none"]]]
    targets: list[TargetStory] = []


class Figures(Strict):
    """What the story says about measures."""

    source: Text
    teams: list[FiguresStory]
