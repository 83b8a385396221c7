"""Nothing that a person or a writer types becomes live markup (security B53 to B66)."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content import curled, library
from app.ui.markdown import MOST, headings, lesson_html, note_html

ATTACKS = [
    "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))",
    "[a](&#x6a;avascript:alert(1))", "[a](javascript&colon;alert(1))", "[a](data:text/html;base64,PHN2Zz4=)", "[a](vbscript:x)",
    "<javascript:alert(1)>", '![x](x"onerror="alert(1))', "<svg><animate onbegin=alert(1)>", "<math><style><img src=x onerror=x>",
    "<iframe srcdoc='<script>1</script>'>", "<form action=//evil><input name=password>", "<base href=//evil>",
    "<meta http-equiv=refresh content=0>", "<style>*{}</style>", '<p style="position:fixed">', "<a id=csrf_token name=csrf_token>",
    '```" onmouseover="alert(1)\nx\n```', "[a]\n\n[a]: javascript:alert(1)", "![](http://evil.example/p.png)",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
]
LIVE = re.compile(r"<(script|img|svg|math|iframe|form|input|base|meta|style|noscript|object|embed)\b|\son\w+\s*=|(javascript|data|vbscript):[^<]*\"", re.IGNORECASE)


def is_live(rendered: str) -> bool:
    """Whether a browser would run, load or be led by something: only what stands inside tags counts."""
    return any(LIVE.search(tag) for tag in re.findall(r"<[^>]*>", rendered))


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("render", [note_html, lambda text: lesson_html(text, lambda kind, target: "/")], ids=["note", "lesson"])
def test_an_attack_is_shown_as_text_or_left_out(render, text):
    assert not is_live(str(render(text)))


def test_a_picture_from_elsewhere_is_a_link_that_says_where_it_leads():
    assert str(note_html("![](http://evil.example/p.png?a=1&b)")) == (
        '<p>!<a href="http://evil.example/p.png?a=1&amp;b" rel="nofollow noopener">http://evil.example/p.png?a=1&amp;b</a></p>\n'
    )
    assert ">a dam</a>" in note_html("![a dam](http://evil.example/p.png)")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>[]()\"'`*_:/&;# \n\tajvscriptonerim=!x")), max_size=120))
def test_no_text_whatever_becomes_live(text):
    assert not is_live(str(note_html(text)))


@pytest.mark.parametrize("text", ["[" * 20_000, "`" * 50_000, "> " * 500 + "x", "[a](" * 20_000])
def test_heavy_text_is_cut_and_rendered(text):
    began = time.process_time()
    assert len(note_html(text)) < 20 * MOST
    assert time.process_time() - began < 20  # a runaway would take minutes; speed itself is measured elsewhere


def test_a_lesson_keeps_its_headings_boxes_tables_and_links():
    body = lesson_html(
        "## First *part*\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n:::: exercise Sort them\ntext\n::: solution\nhidden\n:::\n::::\n\n"
        "See [planning](lesson:C05-2) and [float](term:float).",
        lambda kind, target: f"/{kind}/{target}",
    )
    assert headings(body) == (("first-part", "First part"),)
    assert '<th scope="col">a</th>' in body
    assert '<section class="exercise"><h3>Exercise: Sort them</h3>' in body
    assert '<details class="solution"><summary>Show the solution</summary>' in body
    assert 'href="/lesson/C05-2"' in body
    assert 'href="/term/float"' in body


def rendered(text):
    return str(lesson_html(text, lambda kind, target: "/"))


def test_quotes_in_a_lesson_are_curled_in_prose_headings_boxes_and_cells():
    assert rendered('She said "not \'yet\'", and it\'s true.') == "<p>She said “not ‘yet’”, and it’s true.</p>\n"
    assert rendered("## What's \"done\"?") == '<h2 id="whats-done">What’s “done”?</h2>\n'
    assert "<h3>Worked example: Alder’s “missing” row</h3>" in rendered('::: example Alder\'s "missing" row\ntext\n:::')
    assert "<td>“Late”, says the PMO’s lead</td>" in rendered('| a |\n|---|\n| "Late", says the PMO\'s lead |')
    assert rendered('*"Go"*, he said.') == "<p><em>“Go”</em>, he said.</p>\n"


def test_code_columns_and_other_signs_stay_as_they_were_written():
    body = rendered("`it's \"x\"`\n\n```\nprint(\"it's\")\n```\n\n| `'a'` | b |\n|---|--:|\n| -1,100 | (c) 1 -- 2 ... |\n")
    assert "<code>it's \"x\"</code>" in body
    assert "print(\"it's\")" in body
    assert '<th scope="col"><code>\'a\'</code></th>' in body
    assert '<td>-1,100</td>\n<td align="right">(c) 1 -- 2 ...</td>' in body


def test_the_title_of_a_box_is_text_and_no_markup():
    assert "<script" not in rendered("::: example <script>alert(1)</script>\ntext\n:::")
    assert "<h3>Worked example: Q&amp;A &lt;b&gt;</h3>" in rendered("::: example Q&A <b>\ntext\n:::")


def test_plain_texts_of_items_and_actions_are_curled_too():
    held = library()
    asked = [choice.text for item in held.questionnaires["pmo-maturity"].items for choice in item.choices] + [
        text for action in held.improvements["pmo-maturity"].actions.values() for text in (action.title, action.why)
    ]
    assert any("’" in text for text in asked)
    assert not [text for text in asked if '"' in text or "'" in text]


def test_quotes_in_what_people_write_stay_theirs():
    assert note_html('it\'s "x"') == "<p>it's \"x\"</p>\n"


def test_plain_texts_of_the_courses_are_curled_and_the_markdown_is_left_to_the_renderer():
    assert curled('It\'s "not \'yet\'" (c) 1 -- 2') == "It’s “not ‘yet’” (c) 1 -- 2"
    assert curled("<b>nothing</b> & *all*") == "<b>nothing</b> & *all*"
    lessons = library().catalogue.lessons_in_order()
    shown = [repr((lesson.title, lesson.summary, lesson.objectives)) for lesson in lessons]
    asked = [question.text for lesson in lessons for question in lesson.quiz.questions]
    assert not [text for text in asked if '"' in text or "'" in text]
    assert any("’" in text for text in shown + asked)
    assert any("'" in lesson.body for lesson in lessons)
