"""What is next for me, the nearest first, and how I and my team stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.records.assignments import asked_of_me, due_courses
from app.records.exercises import exercise_steps
from app.records.learning import studied
from app.records.maturity import open_invitations
from app.records.mentoring import MentoringStep, next_sessions, open_follow_ups, waiting_requests
from app.records.next_lessons import next_lessons
from app.records.outside import waiting_certificates
from app.records.review import due_cards
from app.records.roadmaps import my_actions
from app.records.skills import Gap, gaps
from app.records.teams import TeamLevel, team_level
from app.ui.filters import count, long_day, sentence, short_day

LONG_AGO = 14
MOST = 12


@dataclass(frozen=True)
class Entry:
    """One thing to do: when, what, and the button that leads there. `day` is None for something without a date."""

    day: date | None
    when: str
    below: str
    kind: str
    title: str
    href: str
    text: str
    button: str
    done: int | None = None
    total: int = 0


@dataclass(frozen=True)
class TodayPage:
    """The start page of somebody signed in."""

    line: str
    entries: tuple[Entry, ...]
    gaps: tuple[Gap, ...]
    role: str
    has_ratings: bool
    teams: tuple[TeamLevel, ...]


def today_page(session: Session, me: Me, today: date) -> TodayPage:
    """My next steps by date, those without one last; my three largest gaps; the level of each of my teams."""
    found = sorted(_entries(session, me, today), key=lambda entry: (entry.day is None, entry.day or today))
    mine = gaps(session, [me.person_id]).get(me.person_id, ())
    levels = team_level(session, me, me.teams)
    number = count(len(found), "thing") if found else "nothing"
    nearest = ", the nearest first" if len(found) > 1 else ""
    return TodayPage(
        line=f"{long_day(today)}. {sentence(number)} to do{nearest}.",
        entries=tuple(found[:MOST]),
        gaps=tuple(gap for gap in mine if gap.gap > 0)[:3],
        role=role_name(me),
        has_ratings=any(gap.have is not None for gap in mine),
        teams=tuple(sorted(levels.values(), key=lambda level: level.team)),
    )


def role_name(me: Me) -> str:
    """The name of my role profile, or nothing when none was given."""
    role = library().skills.roles.get(me.role_profile or "")
    return role.name if role else ""


def _entries(session: Session, me: Me, today: date) -> Iterator[Entry]:
    yield from (_mentoring(step, "Mentoring session", "Prepare", today) for step in next_sessions(session, me, today))
    yield from (_mentoring(step, "Follow-up", "Open", today) for step in open_follow_ups(session, me))
    yield from (_mentoring(step, "Mentoring request", "Answer", today) for step in waiting_requests(session, me))
    for step in exercise_steps(session, me):
        yield Entry(None, "Any day", "waits", step.kind, step.title, step.href, step.text, step.button)
    number = waiting_certificates(session, me)
    if number:
        words = count(number, "certificate", words=False)
        yield Entry(None, "Any day", "waits", "Skills", f"Decide about {words} from elsewhere", "/skills/certificates/", "Approved ones count as evidence.", "Open")
    for asked in open_invitations(session, me, today):
        started = asked.answered > 0
        yield Entry(
            day=asked.closes_on, when=_day(asked.closes_on), below="closes" if asked.closes_on else "open",
            kind=f"Maturity round {asked.number}, {asked.team}",
            title=f"{asked.answered} of {asked.total} statements answered" if started else f"{asked.team} asks for your view",
            href=asked.href, text=f"Next: {asked.next_title}." if asked.next_title else "All answered: look over your answers and submit.",
            button="Continue" if started else "Start", done=asked.answered if started else None, total=asked.total,
        )
    for action in my_actions(session, me, today):
        yield Entry(
            day=action.due_on, when=_day(action.due_on), below=_distance(action.due_on, today),
            kind=f"Roadmap action {action.action_id}, {action.team}", title=action.title, href=action.href,
            text=f"{sentence(action.state)}.", button="Open",
        )
    cards_due = due_cards(session, me, today)
    if cards_due.cards:
        cards = count(len(cards_due.cards), "card", words=False)
        yield Entry(
            day=today, when=_day(today), below="today", kind="Review", title=f"{cards}, about {count(cards_due.minutes, 'minute', words=False)}", href="/review/",
            text="Questions you would soon forget.", button="Review",
        )
    catalogue, mine = library().catalogue, studied(session, me)
    due = due_courses(asked_of_me(session, me), catalogue, mine, today)
    for course in due.values():
        yield Entry(
            day=course.due_on, when=_day(course.due_on), below=course.words, kind=f"Course, {course.place}", title=course.title, href=course.href,
            text=f"{course.asked}{f': {course.why}' if course.why else '.'}", button="Open",
        )
    for lesson in (lesson for lesson in next_lessons(catalogue, mine) if lesson.course not in due):
        yield Entry(
            day=None, when="Any day", below=f"{lesson.minutes} min", kind=lesson.kind, title=lesson.title, href=lesson.href,
            text=lesson.text, button=lesson.button,
        )


def _mentoring(step: MentoringStep, kind: str, button: str, today: date) -> Entry:
    return Entry(step.date, _day(step.date), _distance(step.date, today), kind, step.label, step.href, step.note, button)


def _day(day: date | None) -> str:
    return short_day(day) if day else "Any day"


def _distance(day: date | None, today: date) -> str:
    """How far a day is: today, tomorrow, in 5 days, in 3 weeks, 2 days late."""
    if day is None:
        return ""
    days = (day - today).days
    if days < 0:
        return f"{count(-days, 'day', words=False)} late" if days > -LONG_AGO else f"{-days // 7} weeks late"
    if days < 2:
        return ("today", "tomorrow")[days]
    return f"in {days} days" if days < LONG_AGO else f"in {days // 7} weeks"
