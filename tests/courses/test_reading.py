"""Content folders -> catalogue, and each fault by file and line. Real files in a new folder each time."""

from pathlib import Path

import pytest

from courses.questions import Matching, Numeric, SingleChoice
from courses.reading import read_catalogue, read_quiz
from tests.courses.values import (
    COURSE_YAML,
    CURRICULUM_YAML,
    LESSON_MD,
    QUIZ_YAML,
    TEMPLATE_MD,
    write_content,
)

LESSON = "courses/project-life-cycle/01-initiation.md"
QUIZ = "courses/project-life-cycle/01-initiation.quiz.yaml"
COURSE = "courses/project-life-cycle/course.yaml"
ORDERING = """\
- id: q6
  type: ordering
  text: Put in order.
  items: [{id: b, text: First}, {id: c, text: Second}, {id: a, text: Third}]
  feedback: {right: Yes., wrong: No.}
"""


def faults_of(content: Path, **ids: set[str]) -> list[str]:
    return [str(fault).removeprefix(f"{content}/") for fault in read_catalogue(content, **ids).faults]


REVIEW = """
review:
  title: A plan
  task: Write a plan.
  minutes: 60
  lesson: C05-1
  certificate: true
  criteria:
"""


def test_an_exercise_is_read_with_its_criteria(tmp_path: Path) -> None:
    def criteria(*ids: str) -> str:
        return "".join(f"  - {{id: {key}, name: {key.title()}, levels: [No, Yes, Very]}}\n" for key in ids)

    content = write_content(tmp_path)
    file = content / COURSE
    whole = file.read_text()
    file.write_text(whole + REVIEW + criteria("scope", "days", "money", "risks"))
    course = read_catalogue(content).catalogue.course("C05")
    assert course.review
    assert course.exercise is not None
    assert [c.id for c in course.exercise.criteria] == ["scope", "days", "money", "risks"]
    file.write_text(whole + REVIEW.replace("C05-1", "C09-1") + criteria("scope", "days", "money", "scope"))
    assert [fault.split(": ", 1)[1] for fault in faults_of(content) if "course.yaml" in fault] == ["the course has no lesson C09-1", "the criterion scope is listed twice"]
    file.write_text(whole + REVIEW + criteria("scope", "days"))
    assert any("`criteria` needs at least 4 entries" in fault for fault in faults_of(content))


def test_a_sound_folder_becomes_a_catalogue(tmp_path: Path) -> None:
    read = read_catalogue(write_content(tmp_path), items={"MTH-1"}, competences={"P01"})
    assert read.faults == ()
    course = read.catalogue.course_by_slug("project-life-cycle")
    lesson = read.catalogue.lesson("C05-1")
    assert (course.id, course.revision, course.level, course.withheld) == ("C05", 1, "foundation", ())
    assert (lesson.slug, lesson.course, lesson.minutes, lesson.terms) == (
        "initiation",
        "C05",
        30,
        ("sponsor",),
    )
    assert lesson.body.startswith("## Where it sits")
    assert (lesson.quiz.max, lesson.quiz.pass_mark) == (5, 4)
    assert isinstance(lesson.quiz.questions[0], SingleChoice)
    assert isinstance(lesson.quiz.questions[4], Matching)
    assert read.catalogue.template("T13").file == "T13-life-cycle-guide.md"
    assert read.catalogue.title_of("C05-2") == "Planning"


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    (content / LESSON).write_bytes(b"\xef\xbb\xbf" + LESSON_MD.replace("\n", "\r\n").encode())
    assert faults_of(content) == []


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"x" * (256 * 1024 + 1), "1: the file has more than 256 kB; split it"),
        (b"---\nid: \xff\n", "2: the text is not UTF-8; save the file with that encoding"),
        (b"---\nid: a\x00b\n", "2: the character U+0000 cannot be shown; delete it"),
        (b"", "1: the file must start with front matter between two lines of `---`"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, raw: bytes, fault: str) -> None:
    content = write_content(tmp_path)
    (content / LESSON).write_bytes(raw)
    assert faults_of(content) == [f"{LESSON}:{fault}"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("minutes: 30", "minutes: 45", "4: `minutes` must be at most 40"),
        ("minutes: 30", "minutes: 1:30", "4: `minutes` must be a whole number"),
        ("minutes: 30", "minutes: 1e3", "4: `minutes` must be a whole number"),
        ("title: Initiation", "title: 12", "3: `title` must be text; put quotes around it"),
        ("title: Initiation", "titel: Initiation", "3: `titel` is not a field here"),
        ("summary: What to settle first.", 'summary: " "', "10: `summary` must not be empty"),
        ("competences: [P01]", "competences: [P01, 2]", "6: entry 2 of `competences` must be text"),
        ("id: C05-1", "id: C01-1", "2: the id C01-1 must start with C05-"),
        ("## Where it sits", "<b>Where</b>", "12: HTML (`<b`) is not used here"),
        (":::\n::::\n", ":::\n", "16: the block `exercise` is never closed"),
    ],
)
def test_a_lesson_with_a_fault_is_withheld_and_the_course_stays(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    content = write_content(tmp_path, lesson=LESSON_MD.replace(old, new))
    read = read_catalogue(content)
    assert any(str(one).startswith(f"{content / LESSON}:{fault}") for one in read.faults)
    assert read.catalogue.course("C05").withheld == ("initiation",)
    assert read.catalogue.course("C05").lessons == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pass_mark: 4", "pass_mark: 6", "1: `pass_mark` must be 1 to 5, the number of questions"),
        ("pass_mark: 4", "pass_mark: 0", "1: `pass_mark` must be 1 to 5, the number of questions"),
        ("pass_mark: 4", "pass_mark: 4\npass_mark: 5", "2: `pass_mark` stands here twice"),
        ("pass_mark: 4", "pass_mark: 4.5", "1: `pass_mark` must be a whole number"),
        (
            "feedback: It does not fit.}\n- id: q2",
            "correct: true, feedback: No.}\n- id: q2",
            "6: q1: exactly one option must be correct, here 2 are",
        ),
        (
            "correct: true, feedback: It fits.}\n  - {id: b, text: That, feedback: It does not fit.}\n- id: q3",
            "feedback: No.}\n  - {id: b, text: That, feedback: No.}\n- id: q3",
            "12: q2: at least one option must be correct",
        ),
        (
            "text: That, feedback: It does not fit.}\n- id: q2",
            "text: That}\n- id: q2",
            "8: `feedback` is missing",
        ),
        (
            "{id: b, text: That, feedback",
            "{id: a, text: That, feedback",
            "8: q1: the id a stands twice in `options`",
        ),
        ("{id: b, text: That", "{id: b, text: this", "8: q1: the same text stands twice in `options`"),
        ("- id: q2", "- id: q1", "9: two questions have the id q1"),
        ("type: single", "type: essay", "4: `type` must be one of"),
        ("  type: single\n", "", "3: `type` is missing"),
        ("tolerance: 0.05", "tolerance: -0.05", "24: `tolerance` must be at least 0"),
        ("answer: 12.5", "answer: 1e3", "23: `answer` must be a number, written like 40 or 12.5"),
        ('text: Due, match: "2"', 'text: Due, match: "3"', "33: q5: there is no choice 3"),
        ('"false": "It is."', "", "19: `false` is missing"),
    ],
)
def test_a_quiz_with_a_fault_withholds_its_lesson(tmp_path: Path, old: str, new: str, fault: str) -> None:
    changed = QUIZ_YAML.replace(old, new)
    assert changed != QUIZ_YAML
    read = read_catalogue(write_content(tmp_path, quiz=changed))
    found = [str(one) for one in read.faults]
    assert any(one.startswith(f"{tmp_path / QUIZ}:{fault}") for one in found), found
    assert read.catalogue.course("C05").withheld == ("initiation",)


def test_a_lesson_needs_five_questions_and_a_quiz_by_itself_one(tmp_path: Path) -> None:
    short = QUIZ_YAML.split("- id: q5")[0]
    content = write_content(tmp_path, quiz=short)
    assert faults_of(content) == [f"{QUIZ}:2: a lesson's check has at least 5 questions, this has 4"]
    assert read_quiz(short, "quiz.yaml").quiz is not None


def test_the_ids_of_an_ordering_in_a_lesson_do_not_give_the_order_away(tmp_path: Path) -> None:
    assert faults_of(write_content(tmp_path, quiz=QUIZ_YAML + ORDERING)) == []
    plain = ORDERING.replace("id: b", "id: 1x").replace("id: c", "id: 2x").replace("id: a", "id: 3x")
    write_content(tmp_path, quiz=QUIZ_YAML + plain)
    assert faults_of(tmp_path) == [f"{QUIZ}:37: q6: the ids give the order away; mix the letters"]


def test_numbers_keep_the_digits_of_the_file() -> None:
    quiz = read_quiz(QUIZ_YAML, "quiz.yaml").quiz
    assert quiz is not None
    number = quiz.questions[3]
    assert isinstance(number, Numeric)
    assert (str(number.answer), str(number.tolerance), number.unit) == ("12.5", "0.05", "days")


def test_lessons_and_files_must_be_the_same(tmp_path: Path) -> None:
    content = write_content(tmp_path, course=COURSE_YAML + "- planning\n- initiation\n")
    folder = content / "courses/project-life-cycle"
    (folder / "03-closing.md").write_text("x")
    (folder / "01-planning.md").write_text("x")
    (folder / "01-initiation.quiz.yaml").unlink()
    assert faults_of(content) == [
        "courses/project-life-cycle/01-initiation.quiz.yaml:1: the file cannot be read: No such file or directory",
        "courses/project-life-cycle/01-planning.md:1: by its place in course.yaml this file must be named 02-planning.md",
        "courses/project-life-cycle/03-closing.md:1: course.yaml lists no lesson with this file",
        f"{COURSE}:11: there is no file 02-planning.md",
        f"{COURSE}:12: the lesson initiation is listed twice",
    ]


def test_references_that_lead_nowhere_are_faults_but_the_lesson_is_served(tmp_path: Path) -> None:
    lesson = LESSON_MD.replace("templates: [T13]", "templates: [T13, T99]").replace(
        "lesson:C05-2", "lesson:C05-9"
    )
    content = write_content(tmp_path, lesson=lesson.replace("[sponsor]\n", "[sponsor, gate, sponsor]\n"))
    read = read_catalogue(content, items={"GOV-1"}, competences={"P02"})
    assert [str(one).removeprefix(f"{content / LESSON}:") for one in read.faults if LESSON in one.file] == [
        "6: there is no competence P01",
        "7: there is no item MTH-1",
        "8: there is no template T99",
        "9: sponsor stands twice in `terms`",
        "9: there is no term gate",
        "14: there is no lesson C05-9",
    ]
    kept = read.catalogue.lesson("C05-1")
    assert (kept.templates, kept.terms, kept.items, kept.competences) == (("T13",), ("sponsor",), (), ())


def test_items_and_competences_are_checked_in_the_curriculum_too(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    assert "curriculum.yaml:7: there is no item MTH-1" in faults_of(content, items={"GOV-1"})


def test_one_fault_in_the_glossary_does_not_bring_one_for_each_link(tmp_path: Path) -> None:
    content = write_content(tmp_path, glossary="terms:\n- {id: sponsor, term: Sponsor}\n")
    read = read_catalogue(content)
    assert [str(one) for one in read.faults] == [f"{content}/glossary.yaml:2: `meaning` is missing"]
    assert read.catalogue.lesson("C05-1").terms == ()


def test_one_bad_entry_of_a_list_spoils_no_other(tmp_path: Path) -> None:
    good = "- {id: sponsor, term: Sponsor, meaning: Owns the case.}\n"
    content = write_content(tmp_path, glossary=f"terms:\n{good}- {{id: Gate}}\n{good}extra: 1\n")
    read = read_catalogue(content)
    assert [str(one).removeprefix(f"{content}/glossary.yaml:") for one in read.faults] == [
        "3: `id` must be lower-case words and digits with dashes between them",
        "3: `meaning` is missing",
        "3: `term` is missing",
        f"4: the term id sponsor is taken by {content}/glossary.yaml:2",
        "5: `extra` is not a field here",
    ]
    assert [term.id for term in read.catalogue.glossary] == ["sponsor"]


def test_a_second_course_with_the_same_ids_is_left_out(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    second = content / "courses/second"
    second.mkdir()
    (second / "course.yaml").write_text(
        COURSE_YAML.replace("id: C05", "id: C08").replace("initiation", "copy")
    )
    (second / "01-copy.md").write_text(LESSON_MD.replace("id: C05-1", "id: C08-1"))
    (second / "01-copy.quiz.yaml").write_text(QUIZ_YAML)
    assert faults_of(content) == []
    (second / "course.yaml").write_text(COURSE_YAML.replace("initiation", "copy"))
    (second / "01-copy.md").write_text(LESSON_MD)
    found = faults_of(content)
    assert found == [f"courses/second/course.yaml:1: the course id C05 is taken by {content / COURSE}:1"]
    assert len(read_catalogue(content).catalogue.courses) == 1


def test_a_circle_of_prerequisites_is_a_fault_and_its_courses_are_left_out(tmp_path: Path) -> None:
    content = write_content(
        tmp_path,
        course=COURSE_YAML.replace("needs: []", "needs: [C06]"),
        curriculum=CURRICULUM_YAML
        + "- {id: C06, title: Planning, about: Plan., needs: [C05], lessons: [{id: C06-1, title: Estimates}]}\n",
    )
    read = read_catalogue(content)
    assert [str(one).removeprefix(f"{content}/") for one in read.faults] == [
        f"{COURSE}:6: the prerequisites of C05, C06 lead back to themselves",
        "curriculum.yaml:9: the prerequisites of C05, C06 lead back to themselves",
    ]
    assert read.catalogue.courses == ()


def test_an_unknown_prerequisite_is_a_fault_and_taken_out(tmp_path: Path) -> None:
    content = write_content(tmp_path, course=COURSE_YAML.replace("needs: []", "needs: [C99]"))
    assert faults_of(content) == [f"{COURSE}:6: there is no course C99"]
    assert read_catalogue(content).catalogue.course("C05").needs == ()


def test_a_bad_course_file_still_has_its_lessons_checked(tmp_path: Path) -> None:
    content = write_content(
        tmp_path,
        course=COURSE_YAML.replace("level: foundation", "level: easy"),
        lesson=LESSON_MD.replace("minutes: 30", "minutes: 5"),
    )
    assert faults_of(content) == [
        f"{LESSON}:4: `minutes` must be at least 20",
        f"{COURSE}:5: `level` must be one of 'foundation', 'practitioner' or 'advanced'",
    ]


def test_a_template_is_checked_too(tmp_path: Path) -> None:
    content = write_content(
        tmp_path, template=TEMPLATE_MD.replace("T13", "T14") + "<br>\n[x](lesson:C77-1)\n"
    )
    found = faults_of(content)
    name = "templates/T13-life-cycle-guide.md"
    assert f"{name}:2: the file name must start with T14-" in found
    assert any(one.startswith(f"{name}:9: HTML") for one in found)


def test_a_path_names_courses_and_lessons_that_exist(tmp_path: Path) -> None:
    path = "paths:\n- id: new\n  title: New\n  for_whom: All\n  about: Go\n  weeks: 4\n"
    content = write_content(
        tmp_path, paths=path + "  courses: [C05, C98]\n  only: {C05: [C05-2, C05-8], C06: [C06-1]}\n"
    )
    assert faults_of(content) == [
        "paths.yaml:7: there is no course C98",
        "paths.yaml:8: the course C05 has no lesson C05-8",
        "paths.yaml:8: the path has no course C06",
    ]
    kept = read_catalogue(content).catalogue.path("new")
    assert (kept.courses, kept.only) == (("C05",), {"C05": ("C05-2",)})


def test_all_faults_of_a_run_come_together_and_in_order(tmp_path: Path) -> None:
    content = write_content(
        tmp_path,
        lesson=LESSON_MD.replace("minutes: 30", "minutes: no"),
        quiz=QUIZ_YAML.replace("pass_mark: 4", "pass_mark: 101"),
        paths="paths: 3\n",
    )
    assert [one.split(": ")[0] for one in faults_of(content)] == [f"{LESSON}:4", f"{QUIZ}:1", "paths.yaml:1"]


def test_a_folder_without_courses_is_a_fault(tmp_path: Path) -> None:
    assert [str(one) for one in read_catalogue(tmp_path).faults] == [
        f"{tmp_path}:1: there is no folder `courses` here, and no course.yaml"
    ]


def test_a_course_by_itself_can_be_read_without_its_surroundings(tmp_path: Path) -> None:
    content = write_content(tmp_path, course=COURSE_YAML.replace("needs: []", "needs: [C01]"))
    read = read_catalogue(content / "courses/project-life-cycle")
    assert read.faults == ()
    assert read.catalogue.course("C05").needs == ()
