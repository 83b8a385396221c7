"""Questions in and out: what each format says, what is noted by line, and that what is written reads back."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from courses.__main__ import main
from courses.exchange.aiken import read_aiken
from courses.exchange.commands import checked
from courses.exchange.encoding import decoded
from courses.exchange.gift import read_gift
from courses.exchange.gift_writing import gift_text
from courses.exchange.items import Import, Item, Unmarked, plain_text
from courses.exchange.moodle_xml import read_moodle_xml
from courses.exchange.writing import quiz_text
from courses.questions import (
    Cloze,
    Entry,
    Form,
    Formula,
    Gap,
    Matching,
    MultipleChoice,
    Near,
    Numeric,
    Option,
    Ordering,
    Pair,
    Parameter,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courses.quiz import Quiz, mark
from courses.reading import read_quiz
from tests.courses.kinds import rich_quiz
from tests.courses.values import QUIZ

GIFT = r"""
// a comment [id:owner] [tag:roles] [tag:sponsor]
::Who owns it\: the case::[html]Who owns the <b>business&nbsp;case</b>?{
  =The sponsor#Yes, she answers for it.
  ~%50%The board # Only above her.
  ~The supplier
  ####Look at the mandate.}

$CATEGORY: pmo/planning

::tf::A gate is a meeting.{F#It is a decision.#The decision is the gate.}

The approved plan is the {=baseline =%50%base line#One word. =%0%*#Progress is measured against it.} of a project.

What is 3 \{and\} 4?{#7:0.5#Right ~#Add them}

Between what?{#1..5}

Two values{#=10:1#Near enough =%50%10:5#Roughly ~#No}

Match.{=a -> 1 =b -> 2 = -> 3}

Which two?{~%50%red ~%50%blue ~%-100%grey#No}

Write an essay.{}

A text
over two lines.
"""


def one(text: str) -> Question:
    found = read_gift(text)
    assert found.notes == (), found.notes
    return found.questions[0]


def test_a_gift_file_with_everything_in_it() -> None:
    found = read_gift(GIFT)
    owner, truth, word, seven, between, two, match, which = found.questions
    assert owner == SingleChoice(
        "owner",
        "Who owns the business case?",
        (
            Option("a", "The sponsor", True, "Yes, she answers for it."),
            Option("b", "The board", False, "Only above her.", Decimal(50)),
            Option("c", "The supplier", False, ""),
        ),
        "Look at the mandate.",
    )
    assert truth == TrueFalse("tf", "A gate is a meeting.", False, "It is a decision.", "The decision is the gate.")
    assert isinstance(word, Cloze)
    assert word.text == "The approved plan is the [[a]] of a project."
    assert word.gaps[0].question == ShortAnswer(
        "a", "Gap 1", (Form("baseline"), Form("base line", Decimal(50), "One word.")), "", "Progress is measured against it."
    )
    assert seven == Numeric("q2", "What is 3 {and} 4?", Decimal(7), Decimal("0.5"), None, "Right", "Add them")
    assert isinstance(between, Numeric)
    assert (between.answer, between.tolerance) == (3, 2)
    assert isinstance(two, Numeric)
    assert two.near == (Near(Decimal(10), Decimal(5), Decimal(50), "Roughly"),)
    assert isinstance(match, Matching)
    assert [(pair.text, pair.match) for pair in match.pairs] == [("a", "1"), ("b", "2")]
    assert [choice.text for choice in match.choices] == ["1", "2", "3"]
    assert isinstance(which, MultipleChoice)
    assert [option.weight for option in which.options] == [50, 50, -100]
    assert [item.category for item in found.items] == [""] + ["pmo/planning"] * 9
    assert found.items[0].tags == ("roles", "sponsor")
    assert [item.question.kind for item in found.items[-2:]] == ["essay", "description"]
    assert [str(note) for note in found.notes] == [
        "25: an essay cannot be marked here",
        "27: a text without a question cannot be marked here",
    ]


def test_gift_answers_are_marked_as_they_say() -> None:
    which = read_gift(GIFT).questions[-1]
    for chosen, share in ((["a", "b"], 1), (["a"], 0.5), (["a", "c"], 0), (["a", "b", "c"], 0)):
        assert mark(Quiz((which,), 1), {which.id: chosen}).score == share


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("\n\nQ{=a ~b", "3: a brace is never closed"),
        ("Q}a{", "1: a brace is never closed"),
        ("Q{=a ~b} and {=c ~d}", "1: a question has one pair of braces; write a backslash before those that are text"),
        ("Q{~a ~b}", "1: the weights above 0 do not bring the whole mark"),
        ("Q{=a =b ~c}", "1: one option must bring the whole mark, here 2 do"),
        ("Q{=a ~}", "1: an answer has no text"),
        ("Q{=a ~%900%b}", "1: 900 is no weight from -100 to 100"),
        ("Q{hello}", "1: answers begin with = or ~"),
        ("Q{#five}", "1: five is no number"),
        ("Q{#5..1}", "1: 5..1 is a range from high to low"),
        ("Q{#=%50%5}", "1: one number must bring the whole mark, and none can cost some"),
        ("Q{=%50%a}", "1: no answer brings the whole mark"),
        ("Q{=a -> 1 =b -> }", "1: a row of a matching has nothing behind ->"),
        ("Q{=a -> 1}", "1: a matching has 2 to 12 rows and 2 to 12 choices"),
        ("{=a ~b}", "1: the question has no text"),
        ("Go {=a -> 1 =b -> 2} on", "1: a missing word takes a single choice, a short answer or a number"),
        ("[html]<img src=x>Q{T}", "1: a picture was left out"),
    ],
)
def test_what_gift_does_not_say_well_is_noted_by_line_and_the_rest_is_read(text: str, note: str) -> None:
    found = read_gift(text + "\n\nGood?{T}")
    assert [str(one) for one in found.notes] == [note]
    assert found.questions[-1].text == "Good?"


def test_what_gift_cannot_say_is_noted_on_the_way_out() -> None:
    text, notes = gift_text(Item(question) for question in (*QUIZ.questions, *rich_quiz().questions))
    assert [str(note) for note in notes] == [
        "2: q2: credit `all` has no form in GIFT; the right options share the mark, wrong ones cost",
        "4: q4: GIFT has no units; say in the text which one is meant",
        "5: q5: an ordering has no form in GIFT, so it was left out",
        "6: q6: GIFT marks each row of a matching by itself",
        "6: q6: GIFT has no feedback for the rows of a matching",
        "7: m: credit `each` has no form in GIFT; the right options share the mark, wrong ones cost",
        "8: u: GIFT has no units; say in the text which one is meant",
        "9: s: GIFT does not say which differences are folded away",
        "10: c: GIFT knows one gap in a text, not 3, so it was left out",
        "11: f1: random numbers have no form in GIFT, so it was left out",
    ]
    assert read_gift(text).notes == ()


AIKEN = "What does a PMO keep?\nFor how long?\nA) Standards\nB. Ships\nANSWER: A\n\nNo answer here\nA) x\nB) y\n\nWho?\nA) I\nB) You\nANSWER: C\n"


def test_aiken() -> None:
    found = read_aiken(AIKEN)
    assert found.questions == (
        SingleChoice(
            "q1", "What does a PMO keep? For how long?", (Option("a", "Standards", True, ""), Option("b", "Ships", False, ""))
        ),
    )
    assert [str(note) for note in found.notes] == ["7: the question has no line ANSWER: with a letter", "11: there is no option C"]


XML = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Costs</text></category></question>
<question type="multichoice"><name><text>own</text></name>
  <questiontext format="html"><text><![CDATA[<p>Who <em>owns</em> it?</p><img src="@@PLUGINFILE@@/x.png" alt="a chart">]]></text><file name="x.png">AA</file></questiontext>
  <generalfeedback><text>See 1.</text></generalfeedback><single>true</single><penalty>0.5</penalty><hint><text>h</text></hint><hint><text>&lt;p&gt;Who pays?&lt;/p&gt;</text></hint>
  <answer fraction="100"><text>Sponsor &amp; co</text><feedback><text>Yes</text></feedback></answer>
  <answer fraction="33.33333"><text>Board</text></answer><answer fraction="-50"><text>Nobody</text></answer></question>
<question type="truefalse"><name><text>t</text></name><questiontext format="plain_text"><text>So?</text></questiontext>
  <answer fraction="0"><text>true</text><feedback><text>No</text></feedback></answer><answer fraction="100"><text>false</text></answer></question>
<question type="shortanswer"><questiontext><text>Word?</text></questiontext><usecase>1</usecase>
  <answer fraction="100"><text>Base*</text></answer><answer fraction="0"><text>*</text><feedback><text>Again</text></feedback></answer></question>
<question type="numerical"><questiontext><text>N?</text></questiontext>
  <answer fraction="100"><text>3.5</text><tolerance>0.1</tolerance></answer><answer fraction="50"><text>4</text><tolerance>0</tolerance></answer></question>
<question type="matching"><questiontext><text>M</text></questiontext><subquestion><text>a</text><answer><text>1</text></answer></subquestion>
  <subquestion><text>b</text><answer><text>2</text></answer></subquestion></question>
<question type="cloze"><questiontext><text>CPI {2:NUMERICAL:=0.875:0.005#Yes~%50%0.9:0.05} is {1:MULTICHOICE:over~=under\\, dear#Ok} {:SA:=it\\}#So~*#No}.</text></questiontext></question>
<question type="essay"><questiontext><text>Write.</text></questiontext></question>
<question type="ddwtos"><questiontext><text>Drag.</text></questiontext></question>
<question type="calculated"><questiontext><text>EV {EV}, AC {AC} {k}: CPI? About {={EV}-{AC}}.</text></questiontext>
  <answer fraction="100"><text>{EV}/{AC}</text><tolerance>0.01</tolerance><tolerancetype>1</tolerancetype></answer>
  <dataset_definitions><dataset_definition><name><text>EV</text></name><minimum><text>60</text></minimum><maximum><text>70</text></maximum><decimals><text>0</text></decimals></dataset_definition>
  <dataset_definition><name><text>AC</text></name><minimum><text>80.5</text></minimum><maximum><text>90</text></maximum><decimals><text>1</text></decimals></dataset_definition>
  <dataset_definition><name><text>k</text></name><minimum><text>1</text></minimum><maximum><text>2</text></maximum></dataset_definition></dataset_definitions></question>
<question type="calculated"><questiontext><text>P</text></questiontext><answer fraction="100"><text>pow(2,3)</text></answer></question>
<question type="numerical"><questiontext><text>Long?</text></questiontext><answer fraction="100"><text>2.5</text></answer>
  <units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units></question>
<question type="numerical"><questiontext><text>U?</text></questiontext><answer fraction="100"><text>x</text></answer></question>
</quiz>"""


def test_moodle_xml() -> None:
    found = read_moodle_xml(XML.encode())
    own, truth, short, number, match, cloze, calculated, long = found.questions
    assert own == SingleChoice(
        "own",
        "Who owns it?\na chart",
        (
            Option("a", "Sponsor & co", True, "Yes"),
            Option("b", "Board", False, "", Decimal("33.33333")),
            Option("c", "Nobody", False, ""),
        ),
        "See 1.",
        hints=("h", "Who pays?"),
    )
    assert truth == TrueFalse("t", "So?", False, "No", "")
    assert short == ShortAnswer("q1", "Word?", (Form("Base*"),), "", "Again", ("space",))
    assert isinstance(number, Numeric)
    assert (number.answer, number.tolerance, number.near[0].share) == (Decimal("3.5"), Decimal("0.1"), 50)
    assert isinstance(match, Matching)
    assert isinstance(cloze, Cloze)
    assert cloze.text == "CPI [[a]] is [[b]] [[c]]."
    assert [gap.weight for gap in cloze.gaps] == [2, 1, 1]
    assert mark(Quiz((cloze,), 1), {cloze.id: {"a": 0.9, "b": "b", "c": "IT}"}}).score == 0.75
    assert isinstance(calculated, Formula)
    assert calculated.text == "EV {EV}, AC {AC} {k}: CPI? About {EV-AC}."
    assert (calculated.answer, calculated.tolerance, calculated.in_percent) == ("EV/AC", 1, True)
    assert calculated.parameters[1] == Parameter("AC", Decimal("80.5"), Decimal(90), Decimal("0.1"))
    assert mark(Quiz((long,), 1), {long.id: {"number": 250, "unit": "cm"}}).score == 1
    assert {item.category for item in found.items} == {"Costs"}
    assert [str(note) for note in found.notes] == [
        "4: a file was left out",
        "4: a picture was left out",
        "4: the penalty 0.5 for each further try was left out",
        "18: an essay cannot be marked here",
        "19: questions of the type ddwtos are not known",
        "25: only these functions are known: abs, min, max, sqrt, round, floor, ceil",
        "28: x is no number",
    ]


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "1: a document type or an entity of its own is not read"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "2: a document type or an entity of its own is not read"),
        (b"<quiz>\n<question></quiz>", "2: this is not XML: mismatched tag"),
        (b"<quiz>&nbsp;</quiz>", "1: this is not XML: undefined entity"),
        (b"<other/>", "1: the file begins with <other>, not with <quiz>"),
        (b"", "1: this is not XML: no element found"),
        (b'<?xml version="1.0" encoding="klingon"?><quiz/>', "1: the encoding of the file is not known"),
        (b"<quiz>" + b"<a>" * 60 + b"</a>" * 60 + b"</quiz>", "1: nested more than 40 levels deep"),
    ],
)
def test_xml_that_is_not_read(raw: bytes, note: str) -> None:
    found = read_moodle_xml(raw)
    assert found.items == ()
    assert [str(one) for one in found.notes] == [note]


def test_bytes_of_other_days() -> None:
    assert decoded("é\r\nü".encode())[0] == "é\nü"
    assert decoded("\ufeffé".encode("utf-16"))[0] == decoded(b"\xef\xbb\xbf\xc3\xa9")[0] == "é"
    text, notes = decoded("a\nrésumé – €".encode("cp1252"))
    assert text == "a\nrésumé – €"
    assert [str(note) for note in notes] == ["2: the text is not UTF-8, so it was read as Windows-1252; look at its accents"]
    assert decoded(b"a\x00\x07b")[0] == "a  b"


def test_html_becomes_plain_text() -> None:
    assert plain_text("<p>One &lt; <b>two</b></p><script>x</script><p>three<br>four</p>") == ("One < two\nthree\nfour", ())


line = some.text(r"ab ~=#{}:\%[]->.0T/é", min_size=1, max_size=12).map(lambda words: " ".join(words.split())).filter(bool)
word = some.text("abé -.%", min_size=1, max_size=8).map(lambda words: " ".join(words.split())).filter(bool)
number = some.decimals(-9999, 9999, places=3)
share = some.integers(1, 99).map(Decimal)


@some.composite
def questions(draw: some.DrawFn) -> Question:
    text, general = draw(line), draw(some.just("") | line)
    kind = draw(some.sampled_from(["single", "multiple", "true", "short", "numeric", "matching", "cloze"]))
    if kind == "true":
        return TrueFalse("q", text, draw(some.booleans()), draw(line), draw(line), general)
    if kind == "matching":
        rows = draw(some.lists(some.tuples(line, line), min_size=2, max_size=4, unique_by=(lambda row: row[0].casefold(), lambda row: row[1].casefold())))
        built = read_gift("M{" + " ".join(f"=r{n} -> c{n}" for n in range(len(rows))) + "}").questions[0]
        assert isinstance(built, Matching)
        choices = tuple(replace(one, text=row[1]) for one, row in zip(built.choices, rows, strict=True))
        pairs = tuple(replace(one, text=row[0]) for one, row in zip(built.pairs, rows, strict=True))
        return replace(built, id="q", text=text, choices=choices, pairs=pairs, general=general)
    inner = draw(typed(text, general))
    if kind in ("single", "multiple"):
        return draw(chosen(text, general, kind == "single"))
    if kind == "cloze":
        gap = replace(inner, id="a", text="Gap 1", general="")
        return Cloze("q", f"{draw(word)} [[a]] {draw(word)}", (Gap("a", gap),), general)
    return inner


@some.composite
def typed(draw: some.DrawFn, text: str, general: str) -> ShortAnswer | Numeric:
    if draw(some.booleans()):
        forms = [Form(draw(word), Decimal(100), draw(line))]
        forms += draw(some.lists(some.builds(Form, word, share, line), max_size=2))
        return ShortAnswer("q", text, tuple(forms), "", draw(line), general=general)
    near = draw(some.lists(some.builds(Near, number, number.map(abs), share, line), max_size=2))
    return Numeric("q", text, draw(number), draw(number.map(abs)), None, draw(line), draw(line), near=tuple(near), general=general)


@some.composite
def chosen(draw: some.DrawFn, text: str, general: str, is_single: bool) -> Question:
    texts = draw(some.lists(line, min_size=2, max_size=5, unique_by=str.casefold))
    if is_single:
        right = draw(some.integers(0, len(texts) - 1))
        weights = [draw(some.none() | share) for _ in texts]
        options = tuple(
            Option("abcde"[n], words, n == right, draw(line), None if n == right else weights[n]) for n, words in enumerate(texts)
        )
        return SingleChoice("q", text, options, general)
    costs = [draw(some.none() | share.map(lambda one: -one)) for _ in texts]
    options = tuple(Option("abcde"[n], words, n == 0, draw(line), Decimal(100) if n == 0 else costs[n]) for n, words in enumerate(texts))
    return MultipleChoice("q", text, options, "weights", general)


ARROWS = Matching(
    "q", "Which way?", (Entry("1", ">"), Entry("2", "b -> c")), (Pair("a", "0->", "1", ""), Pair("b", "->", "2", "")), "each",
)


@given(questions())
@example(ARROWS)
@settings(max_examples=200, deadline=None)
def test_what_is_written_as_gift_reads_back_as_the_same(question: Question) -> None:
    text, notes = gift_text([Item(question, "A title: x", "top/a", "plain", ("one", "two"))])
    found = read_gift(text)
    assert (notes, found.notes) == ((), ())
    assert found.items == (Item(question, "A title: x", "top/a", "plain", ("one", "two"), found.items[0].line),)


@given(some.lists(questions(), min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_what_is_written_as_a_quiz_file_reads_back_as_the_same(asked: list[Question]) -> None:
    found = checked(Import(tuple(Item(replace(one, id=f"q{n}")) for n, one in enumerate(asked)), ()))
    if not found.questions:
        return
    read = read_quiz(quiz_text(found.questions, 1), "q.yaml")
    assert read.faults == ()
    assert read.quiz is not None
    given_feedback = tuple(_told(one) for one in read.quiz.questions)
    assert given_feedback == tuple(_told(one) for one in found.questions)


def _told(question: Question) -> Question:
    """Without the sentences that stand in for a missing feedback, which the format of a quiz asks for."""
    if isinstance(question, Matching):
        return replace(question, pairs=tuple(replace(pair, feedback="") for pair in question.pairs))
    if isinstance(question, ShortAnswer):
        return replace(question, right="")
    if isinstance(question, Cloze):
        gaps = tuple(replace(gap, question=_told(gap.question)) for gap in question.gaps)  # type: ignore[arg-type]
        return replace(question, gaps=gaps)
    return question


def test_the_shipped_kinds_survive_a_quiz_file() -> None:
    kept = (*QUIZ.questions, *rich_quiz().questions)
    read = read_quiz(quiz_text(kept, 3), "q.yaml")
    assert read.faults == ()
    assert read.quiz is not None
    assert read.quiz.questions == kept
    assert any(isinstance(one, Ordering) for one in kept)


@given(some.text("ab{}=~#%->:\\\n T1.$/[]", max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_a_stop(text: str) -> None:
    for found in (read_gift(text), read_aiken(text)):
        assert all(note.line >= 1 for note in found.notes)
        ids = [item.question.id for item in found.items]
        assert len(set(ids)) == len(ids)
        assert all(isinstance(item.question, Unmarked) or item.question.text for item in found.items)


@given(some.binary(max_size=60) | some.text("<quiz>/&;!DOCTYPE ", max_size=60).map(str.encode))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_without_a_stop(raw: bytes) -> None:
    assert read_moodle_xml(raw).items == ()
    assert isinstance(decoded(raw)[0], str)


def test_a_question_without_end_is_noted_at_once() -> None:
    long = "{:SA:" * 100_000
    xml = f'<quiz><question type="cloze"><questiontext><text>{long}</text></questiontext></question></quiz>'
    assert [str(note) for note in read_moodle_xml(xml.encode()).notes] == ["1: a question has at most 20000 characters"]
    assert [str(note) for note in read_gift(long).notes] == ["1: a question has at most 20000 characters"]
    assert read_gift("// " + "[id:" * 100_000).items == ()
    assert read_aiken("Q\nA) " + " " * 500_000 + "\nANSWER: A").items == ()


def run(*words: str) -> int:
    return main(list(words))


def test_an_import_is_a_dry_run_until_it_is_told_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gift, quiz = tmp_path / "bank.txt", tmp_path / "quiz.yaml"
    gift.write_bytes(GIFT.encode("cp1252"))
    assert run("import", str(gift), "--to", str(quiz)) == 0
    told = json.loads(capsys.readouterr().out)
    assert not quiz.exists()
    assert (told["questions"], told["written"]) == (8, None)
    assert told["kinds"] == {"cloze": 1, "matching": 1, "multiple": 1, "numeric": 3, "single": 1, "true-false": 1}
    assert told["not_understood"] == [f"{gift}:25: an essay cannot be marked here", f"{gift}:27: a text without a question cannot be marked here"]
    assert run("import", str(gift), "--to", str(quiz), "--write") == 0
    assert run("check", str(quiz)) == 0
    assert run("import", str(gift), "--to", str(quiz), "--write") == 1
    assert run("import", str(gift), "--write") == 1
    capsys.readouterr()
    assert run("export", str(quiz)) == 0
    assert "::owner::Who owns the business case?" in capsys.readouterr().out


def test_the_format_is_seen_from_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text, count in (("a.txt", AIKEN, 1), ("b.xml", XML, 8), ("c.gift", GIFT, 8)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert run("import", str(tmp_path / name)) == 0
        assert json.loads(capsys.readouterr().out)["questions"] == count
    (tmp_path / "d.txt").write_text("nothing {")
    assert run("import", str(tmp_path / "d.txt")) == 1
    assert capsys.readouterr().err == f"{tmp_path}/d.txt:1: a brace is never closed\n{tmp_path}/d.txt:1: there is no question here that can be taken over\n"


def test_a_question_no_quiz_can_hold_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.gift").write_text("Same?{=a ~A}\n\nGood?{T}\n")
    assert run("gift", str(tmp_path / "a.gift")) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in told["questions"]] == ["q2"]
    assert told["not_understood"] == [f"{tmp_path}/a.gift:1: q1: the same text stands twice in `options`"]
    assert run("gift", str(tmp_path / "a.gift"), "--to", "yaml") == 0
    text = capsys.readouterr().out
    assert text.startswith(f"# {tmp_path}/a.gift:1: q1: the same")
    (tmp_path / "q.yaml").write_text(text)
    assert run("gift", "--from", str(tmp_path / "q.yaml")) == 0
    assert "::q2::Good? {TRUE#That is not right.#That is right.}" in capsys.readouterr().out
    assert run("gift") == 1
