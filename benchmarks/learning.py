"""Speed of the pages of learning with 500 lessons and 2,000 learners, beside a bare Flask hello on the same core.

The site runs on a copy of the code whose content has 100 generated courses made of the lessons there are."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.pages import ROOT, Target, measured

COURSES, LESSONS, LEARNERS = 100, 5, 2000
VISITED, PASSED, CARDS, NOTES = 15, 12, 20, 3
HEAVY = 1  # times as much for the one who is measured; 20 for somebody who has read 300 lessons
LEARNER = "p00001@demo.example"
SLUG = "generated-050"

TARGETS = (
    Target("catalogue", LEARNER, "/courses/", 0.22, 0.16),
    Target("course outline", LEARNER, f"/courses/{SLUG}/", 0.22, 0.16),
    Target("lesson page", LEARNER, f"/courses/{SLUG}/lesson-3/", 0.45, 0.25),
    Target("check, start card", LEARNER, f"/courses/{SLUG}/lesson-3/check/", 0.25, 0.12),
    Target("check, questions", LEARNER, "{running}", 0.20, 0.12),
    Target("check, result", LEARNER, "{passed}", 0.20, 0.10),
    Target("review", LEARNER, "/review/", 0.20, 0.10),
    Target("search", LEARNER, "/search?q=risk+register", 0.20, 0.10),
    Target("search with a slip", LEARNER, "/search?q=stakehodler", 0.20, 0.10),
    Target("Today", LEARNER, "/", 0.20, 0.10),
)


def main(database_url: str | None = None) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        copy, instance = Path(folder) / "site", Path(folder) / "instance"
        for part in ("app", "assessments", "benchmarks", "content", "courses"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        write_courses(copy / "content")
        instance.mkdir()
        environment = os.environ | {
            "CAIRN_INSTANCE_DIR": str(instance), "CAIRN_SECRET_KEY": secrets.token_hex(32),
            "CAIRN_DATABASE_URL": database_url or f"sqlite:///{instance / 'site.db'}", "CAIRN_HOSTS": "127.0.0.1",
            "CAIRN_DEMO_PASSWORD": "a demo password for speed",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begun = time.perf_counter()
        said = subprocess.run([sys.executable, "-m", "benchmarks.learning", "fill"], cwd=copy, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        places = dict(line.split(" ", 1) for line in said.stdout.splitlines() if line.startswith(("/", "running", "passed", "index")))
        print(f"\n{COURSES * LESSONS} lessons, {LEARNERS} learners; put together in {time.perf_counter() - begun:.0f} s; {places.pop('index')}")
        os.environ.update(environment)
        targets = tuple(Target(t.name, t.who, t.path.format_map(places), t.goal, t.least) for t in TARGETS)
        measured(targets, environment, copy)


def write_courses(content: Path) -> None:
    """Add the generated courses to a folder of content."""
    lessons = cycle(sorted(content.glob("courses/*/[0-9][0-9]-*.md")))
    curriculum = [(content / "curriculum.yaml").read_text(encoding="utf-8").rstrip()]
    for number in range(1, COURSES + 1):
        course, folder = f"G{number:03}", content / "courses" / f"generated-{number:03}"
        folder.mkdir()
        (folder / "course.yaml").write_text(
            f"id: {course}\ntitle: Generated course {number}\nsummary: A course to measure with.\nfor_whom: Nobody.\nlevel: foundation\nneeds: []\n"
            "outcomes:\n- You can read it.\n- You can pass it.\n- You can measure it.\nrevision: 1\n"
            f"lessons: [{', '.join(f'lesson-{place}' for place in range(1, LESSONS + 1))}]\n", encoding="utf-8",
        )
        curriculum.append(f"- id: {course}\n  title: Generated course {number}\n  needs: []\n  about: To measure with.\n  lessons:")
        for place, source in enumerate(islice(lessons, LESSONS), 1):
            text = re.sub(r"^id: .*$", f"id: {course}-{place}", source.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
            (folder / f"{place:02}-lesson-{place}.md").write_text(text, encoding="utf-8")
            shutil.copyfile(source.with_suffix(".quiz.yaml"), folder / f"{place:02}-lesson-{place}.quiz.yaml")
            curriculum.append(f"  - {{id: {course}-{place}, title: Generated lesson}}")
    (content / "curriculum.yaml").write_text("\n".join(curriculum) + "\n", encoding="utf-8")


def fill() -> None:
    """Migrate, put the learners in, and say where the pages to measure are."""
    from sqlalchemy import insert, select

    from app import clock
    from app.config import load_settings
    from app.content import library
    from app.db import Database
    from app.demo.learning import right_answer
    from app.migrations import migrate
    from app.models import (
        AttemptAnswer,
        Enrolment,
        LessonNote,
        LessonVisit,
        Organisation,
        Person,
        QuizAttempt,
        ReviewCard,
    )
    from app.search.queries import index
    from courses.quiz import drawn

    own = Database(load_settings().database_url)
    migrate(own)
    now, today = clock.now(), clock.today()
    lessons = [lesson for lesson in library().catalogue.lessons_in_order() if lesson.course.startswith("G")]
    at = {"created_at": now}
    with own.transaction() as session:
        session.add(Organisation(id=1, name="Generated organisation", setup_finished_at=now))
        session.execute(insert(Person), [
            {"email": f"p{n:05}@demo.example", "email_key": f"p{n:05}@demo.example", "name": f"Learner {n}", "is_demo": True, "version": 1} for n in range(1, LEARNERS + 1)
        ])
        people = list(session.scalars(select(Person.id).order_by(Person.id)))
        tables: dict[Any, list[dict[str, Any]]] = {Enrolment: [], LessonVisit: [], QuizAttempt: [], ReviewCard: [], LessonNote: []}
        for place, person in enumerate(people):
            share = HEAVY if place == 0 else 1
            mine = [lessons[(place * 7 + step) % len(lessons)] for step in range(min(VISITED * share, len(lessons)))]
            if place == 0:
                mine = list(dict.fromkeys([*(one for one in lessons if one.course == "G050"), *mine]))
            tables[Enrolment] += [{"person_id": person, "course_id": course, **at} for course in sorted({one.course for one in mine})]
            tables[LessonVisit] += [{"person_id": person, "lesson_id": one.id, "last_at": now, **at} for one in mine]
            tables[QuizAttempt] += [
                {
                    "person_id": person, "lesson_id": one.id, "revision": 1, "day": today - timedelta(days=9), "day_try": 1, "seed": 1, "submitted_at": now,
                    "score": 5, "max_score": one.quiz.max, "passed": True, "version": 1, **at,
                }
                for one in mine[: PASSED * share]
            ]
            tables[ReviewCard] += [
                {"person_id": person, "lesson_id": one.id, "question_id": "q1", "source": "key", "due_on": today - timedelta(days=step % 3), "turns": 0, **at}
                for step, one in enumerate(mine[: CARDS * share])
            ]
            tables[LessonNote] += [{"person_id": person, "lesson_id": one.id, "text": "To remember.", "version": 1, "changed_at": now, **at} for one in mine[5: 5 + NOTES * share]]
        for record, rows in tables.items():
            session.execute(insert(record), rows)
        session.flush()
        first = session.scalars(select(QuizAttempt).where(QuizAttempt.person_id == people[0], QuizAttempt.lesson_id == "G050-3")).one()
        sheet = drawn(library().catalogue.lesson("G050-3").quiz, 1).questions
        first.answers = [AttemptAnswer(question_id=one.id, answer=right_answer(one), mark=1.0, saved_at=now) for one in sheet]
        running = QuizAttempt(person_id=people[0], lesson_id="G050-4", revision=1, day=today, day_try=1, seed=2, max_score=5)
        session.add(running)
        session.flush()
        print(f"passed /courses/{SLUG}/lesson-3/check/{first.id}/\nrunning /courses/{SLUG}/lesson-4/check/{running.id}/")
    own.dispose()
    begun = time.process_time()
    made = index()
    print(f"index of {len(made.entries)} entries made in {time.process_time() - begun:.1f} s")


if __name__ == "__main__":
    fill()
