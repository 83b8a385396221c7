"""Questions as Moodle XML: what is written reads back as the same question, and what cannot be said is named."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from courses.exchange.items import Item, Unmarked
from courses.exchange.moodle_xml import read_moodle_xml
from courses.exchange.moodle_xml_writing import moodle_xml_text
from courses.questions import (
    FULL,
    GAP,
    Cloze,
    Entry,
    Form,
    Gap,
    Matching,
    MultipleChoice,
    Near,
    Numeric,
    Option,
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
)
from courses.reading import read_catalogue
from tests.courses.kinds import rich_quiz

SHIPPED = Path(__file__).resolve().parents[2] / "content"
SHORT = ShortAnswer("s", "A & <b>?", (Form("base*", FULL, "Yes"), Form("plan", Decimal(50), "Nearly")), "", "No")
KINDS = (
    SingleChoice("o", "Who?", (Option("a", "She & co", True, "Yes"), Option("b", "He", False, "No", Decimal(20))), "See 1.", hints=("Not him.", "A < B")),
    MultipleChoice("m", "Which?", (Option("a", "x", True, "", FULL), Option("b", "y", False, "", Decimal(-50))), "weights"),
    TrueFalse("t", "So?", False, "No", "Yes"),
    SHORT,
    Numeric("n", "N?", Decimal("2.5"), Decimal("0.1"), "m", "Yes", "No", units=(Unit("cm", Decimal("0.01")),), near=(Near(Decimal(4), Decimal(0), Decimal(50), "Half"),), hints=("One.",)),
    Matching("p", "M", (Entry("1", "l"), Entry("2", "r"), Entry("3", "none")), (Pair("a", "x", "1", ""), Pair("b", "y", "2", "")), "each"),
    Cloze("c", "CPI [[a]] is [[b]]; [[c]].", (
        Gap("a", Numeric("a", "Gap 1", Decimal("0.9"), Decimal("0.05"), None, "Yes", "No"), 2),
        Gap("b", SingleChoice("b", "Gap 2", (Option("a", "50 % ~ {over}", True, "a=b"), Option("b", "under", False, "")))),
        Gap("c", replace(SHORT, id="c", text="Gap 3")),
    )),
    Unmarked("e", "Write.", "essay"),
    Unmarked("d", "Read.", "description"),
)  # fmt: skip


def test_every_kind_reads_back_as_it_was_written() -> None:
    text, notes = moodle_xml_text(Item(question, category="Costs", tags=("a", "b")) for question in KINDS)
    assert notes == ()
    assert text.count("<penalty>0.3333333</penalty>") == 7
    found = read_moodle_xml(text.encode())
    assert [item.question for item in found.items] == list(KINDS)
    assert {(item.category, item.tags) for item in found.items} == {("Costs", ("a", "b"))}
    assert [note.message for note in found.notes] == ["an essay cannot be marked here", "a text without a question cannot be marked here"]


def test_all_questions_that_ship_are_written_or_named() -> None:
    asked = [question for lesson in read_catalogue(SHIPPED).catalogue.lessons_in_order() for question in lesson.quiz.questions]
    written = [question for question in (*asked, *rich_quiz().questions) if question.kind not in ("ordering", "formula")]
    once = read_moodle_xml(moodle_xml_text([Item(replace(question, id=f"q{number}")) for number, question in enumerate(written)])[0].encode())
    assert [GAP.sub("", question.text) for question in once.questions] == [GAP.sub("", question.text) for question in written]
    assert once.notes == ()
    again = read_moodle_xml(moodle_xml_text(once.items)[0].encode())
    assert again.questions == once.questions


@pytest.mark.parametrize(("name", "note"), [
    ("m", "m: credit `each` has no form in Moodle XML; the right options share the mark, wrong ones cost"),
    ("u", "u: Moodle XML has no unit that is never right, so it was left out"),
    ("s", "s: Moodle XML folds away the case of letters and spaces, or spaces alone"),
    ("f1", "f1: a question with random numbers was left out"),
])
def test_what_the_format_cannot_say_is_named(name: str, note: str) -> None:
    question = next(one for one in rich_quiz().questions if one.id == name)
    assert [one.message for one in moodle_xml_text([Item(question)])[1]] == [note]
