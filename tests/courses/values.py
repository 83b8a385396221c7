"""Small learning values and content files that the tests of this folder share."""

from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath

from courses.catalogue import Catalogue, Course, Lesson, Path, PlannedCourse, PlannedLesson
from courses.progress import Facts, LessonFacts
from courses.questions import (
    Entry,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Pair,
    SingleChoice,
    TrueFalse,
)
from courses.quiz import Attempt, Quiz

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 6)

SINGLE = SingleChoice(
    "q1",
    "Who owns the business case?",
    (
        Option("a", "The sponsor", True, "The sponsor answers for the benefit."),
        Option("b", "The supplier", False, "The supplier answers for the delivery."),
    ),
)
MULTIPLE = MultipleChoice(
    "q2",
    "What belongs in a brief? Choose all that apply.",
    (
        Option("a", "Purpose", True, "Without it nobody can say what success is."),
        Option("b", "Colour of the cover", False, "Nobody decides by it."),
        Option("c", "Sponsor", True, "Somebody has to want it."),
    ),
)
TRUE_FALSE = TrueFalse("q3", "A gate is a meeting.", False, "It is a decision.", "The decision is the gate.")
NUMERIC = Numeric("q4", "How many days?", Decimal("12.5"), Decimal("0.05"), "days", "3 + 9.5.", "Add both.")
ORDERING = Ordering(
    "q5",
    "Put the phases in order.",
    (Entry("c", "Initiation"), Entry("a", "Planning"), Entry("b", "Closing")),
    "That is the life cycle.",
    "Closing comes last.",
)
MATCHING = Matching(
    "q6",
    "Who does what?",
    (Entry("1", "Decides"), Entry("2", "Leads")),
    (Pair("x", "Sponsor", "1", "The money is hers."), Pair("y", "Project manager", "2", "He runs the work.")),
)
QUIZ = Quiz((SINGLE, MULTIPLE, TRUE_FALSE, NUMERIC, ORDERING, MATCHING), pass_mark=5)
RIGHT: dict[str, object] = {
    "q1": "a",
    "q2": ["c", "a"],
    "q3": False,
    "q4": 12.5,
    "q5": ["c", "a", "b"],
    "q6": {"x": "1", "y": "2"},
}


def lesson(lesson_id: str, competences: tuple[str, ...] = (), items: tuple[str, ...] = ()) -> Lesson:
    """A lesson of 30 minutes whose course is the part of the id before the dash."""
    return Lesson(
        id=lesson_id,
        course=lesson_id.split("-")[0],
        slug=f"lesson-{lesson_id.split('-')[1]}",
        title=f"Lesson {lesson_id}",
        minutes=30,
        summary="A lesson.",
        objectives=("Do it",),
        body="Text",
        quiz=QUIZ,
        competences=competences,
        items=items,
    )


def course(course_id: str, title: str, *lessons: Lesson, needs: tuple[str, ...] = ()) -> Course:
    """A course at the address of its title."""
    slug = title.lower().replace(" ", "-")
    outcomes = ("You can do it.",)
    return Course(
        course_id, slug, title, "A course.", "Everybody.", "foundation", needs, outcomes, 1, lessons
    )


CYCLE = course("C05", "Project life cycle", lesson("C05-1", ("P01",), ("MTH-1",)), lesson("C05-2", ("P03",)))
PLANNING = course("C06", "Planning", lesson("C06-1", ("P03", "P05"), ("DEL-1",)), needs=("C05",))
RISK = course("C07", "Risk", lesson("C07-1", ("P06",)), needs=("C05",))
CATALOGUE = Catalogue(
    courses=(PLANNING, RISK, CYCLE),
    curriculum=(
        PlannedCourse(
            "C05", "Project life cycle", "Four phases.", (), (PlannedLesson("C05-1", "Initiation"),)
        ),
        PlannedCourse("C09", "Earned value", "Indices.", ("C06",), (PlannedLesson("C09-1", "Give values"),)),
    ),
    paths=(
        Path("new", "New project manager", "Newcomers.", "First steps.", ("C05", "C06", "C09"), 26),
        Path("short", "Short", "Mentees.", "Two lessons.", ("C05", "C06"), 4, {"C05": ("C05-2",)}),
    ),
)


def passed(day: date, score: int = 5) -> Attempt:
    """A passed try with `score` of 6."""
    return Attempt(day, score, 6, True)


def failed(day: date, score: int = 3) -> Attempt:
    """A try below the pass mark with `score` of 6."""
    return Attempt(day, score, 6, False)


def done(*lesson_ids: str, day: date = MONDAY) -> Facts:
    """The facts of somebody who read and passed these lessons on one day."""
    return Facts({lesson_id: LessonFacts(day, (passed(day),)) for lesson_id in lesson_ids})


COURSE_YAML = """\
id: C05
title: Project life cycle
summary: From the first request to the last record.
for_whom: New project managers.
level: foundation
needs: []
outcomes: [You can start., You can plan., You can close.]
revision: 1
lessons:
- initiation
"""
LESSON_MD = """\
---
id: C05-1
title: Initiation
minutes: 30
objectives: [Start a project]
competences: [P01]
items: [MTH-1]
templates: [T13]
terms: [sponsor]
summary: What to settle first.
---
## Where it sits

The [sponsor](term:sponsor) uses [the guide](template:T13), see [planning](lesson:C05-2).

:::: exercise Write a brief
Write it.
::: solution
Here it is.
:::
::::

::: key-points
- One
:::
"""
QUIZ_YAML = """\
pass_mark: 4
questions:
- id: q1
  type: single
  text: Which one?
  options:
  - {id: a, text: This, correct: true, feedback: It fits.}
  - {id: b, text: That, feedback: It does not fit.}
- id: q2
  type: multiple
  text: Choose all that apply.
  options:
  - {id: a, text: This, correct: true, feedback: It fits.}
  - {id: b, text: That, feedback: It does not fit.}
- id: q3
  type: true-false
  text: It is so.
  answer: true
  feedback: {"true": "Yes.", "false": "It is."}
- id: q4
  type: numeric
  text: How many?
  answer: 12.5
  tolerance: 0.05
  unit: days
  feedback: {right: Yes., wrong: Count again.}
- id: q5
  type: matching
  text: Which belongs where?
  choices: [{id: "1", text: One}, {id: "2", text: Two}]
  pairs:
  - {id: x, text: Uno, match: "1", feedback: It is one.}
  - {id: y, text: Due, match: "2", feedback: It is two.}
"""
CURRICULUM_YAML = """\
courses:
- id: C05
  title: Project life cycle
  about: Four phases.
  needs: []
  lessons:
  - {id: C05-1, title: Initiation, competences: [P01], items: [MTH-1], templates: [T13]}
  - {id: C05-2, title: Planning}
"""
TEMPLATE_MD = """\
---
id: T13
title: Life-cycle guide
about: Phases and outputs.
---
# Guide

Fill in the table.
"""


def write_content(root: FilePath, **changed: str) -> FilePath:
    """A content folder without a fault; `course`, `lesson`, `quiz` and so on replace a whole file."""
    files = {
        "courses/project-life-cycle/course.yaml": changed.get("course", COURSE_YAML),
        "courses/project-life-cycle/01-initiation.md": changed.get("lesson", LESSON_MD),
        "courses/project-life-cycle/01-initiation.quiz.yaml": changed.get("quiz", QUIZ_YAML),
        "templates/T13-life-cycle-guide.md": changed.get("template", TEMPLATE_MD),
        "glossary.yaml": changed.get(
            "glossary", "terms:\n- {id: sponsor, term: Sponsor, meaning: Owns the business case.}\n"
        ),
        "curriculum.yaml": changed.get("curriculum", CURRICULUM_YAML),
        "paths.yaml": changed.get(
            "paths",
            "paths:\n- {id: new, title: New, for_whom: Newcomers, about: First steps, courses: [C05], weeks: 26}\n",
        ),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root
