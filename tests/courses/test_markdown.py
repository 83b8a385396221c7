"""The look through a lesson's Markdown: blocks, HTML, links."""

import pytest

from courses.reading.markdown import Link, scan

FINE = """\
## Heading

Text with `<b>code</b>`, 3 < 4, a<-b, [a lesson](lesson:C05-2) and [a page](https://example.org/x).

:::: exercise Compute it
| a | b |
|---|---|
::: solution
The answer.
:::
::::

```
<div> ![x](y) :::
::: nothing
```

::: key-points
- One
:::
"""


def faults_of(body: str) -> list[tuple[int, str]]:
    return list(scan(body).faults)


def test_a_sound_text_has_no_faults() -> None:
    assert faults_of(FINE) == []


def test_links_inside_the_site_are_found_with_their_lines() -> None:
    body = "[a](term:sponsor) and [b](template:T01)\n\n[c\nd](item:GOV-1)\n\n[e]: lesson:C01-1\n"
    assert scan(body, first_line=10).links == (
        Link(10, "term", "sponsor"),
        Link(10, "template", "T01"),
        Link(13, "item", "GOV-1"),
        Link(15, "lesson", "C01-1"),
    )


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("::: tip A\ntext", 1, "the block `tip` is never closed"),
        ("text\n:::", 2, "this closes a block, but none is open"),
        ("::: hint\n:::", 1, "there is no block `hint`"),
        ("::: exercise A\n::: solution\nx\n:::\n:::", 2, "`exercise` from line 1 is still open"),
        (":::: tip\nx\n:::\n::::", 3, "`tip` from line 1 closes with 4 colons, not 3"),
        ("::: solution\nx\n:::", 1, "a solution stands inside its exercise"),
        ("::: key-points\nOne\n:::", 1, "key points are written as a list"),
        ("# Title", 1, "headings start with ##"),
        ("a\n\n![x](lesson:C01-1)", 3, "pictures are not used here"),
        ("```\ncode", 1, "the code block is never closed"),
        ("[a](javascript:alert(1))", 1, "the link to `javascript:alert(1` must start with"),
        ("[a](../secret.md)", 1, "the link to `../secret.md` must start with"),
        ("[a]: data:text/html,x", 1, "the link to `data:text/html,x` must start with"),
    ],
)
def test_a_fault_is_found_on_its_line(body: str, line: int, words: str) -> None:
    found = faults_of(body)
    assert found[0][0] == line
    assert found[0][1].startswith(words)


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "a <br/> b",
        "<img src=x onerror=y>",
        "</div>",
        "<!-- x -->",
        "<div",
        "<?php",
        "<!DOCTYPE html>",
    ],
)
def test_html_is_not_used(html: str) -> None:
    assert any("HTML" in message for _, message in faults_of(html))


@pytest.mark.parametrize(
    "text", ["2 < 3 and 5 > 4", "<https://example.org>", "\\<b>", "a <= b", "`<div>`", "<3"]
)
def test_a_smaller_sign_alone_is_no_html(text: str) -> None:
    assert faults_of(text) == []
