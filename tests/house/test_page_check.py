"""The check of every page finds what it is there to find, also on the second page of the same shape."""

from __future__ import annotations

import pytest

from tests.support.page import faults, tree

GOOD = """<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>Head</h1>%s</main></body></html>"""

BAD = {
    "syntax": [
        "<p>one<div>two</p></div>", "<p class='a' class='b'>twice</p>", "a < b", "one & two &nosuch; three",
        "<b><i>crossed</b></i>", '<p title="&#0;">null</p>', "<span/>words", "<form><form></form></form>",
    ],
    "h1": ["<h1>Second</h1>"],
    "id twice": ['<p id="a">x</p><p id="a">y</p>'],
    "inline": ['<p onclick="x()">x</p>', '<p style="color:red">x</p>', "<script>x()</script>", "<style>p{}</style>"],
    "no label": ['<input name="q">', '<label for="other">Q</label><input id="q" name="q">'],
    "without words": ['<a href="/"></a>', '<button type="button"> </button>'],
    "without alt": ['<img src="/x.png">'],
    "to no page": ['<a href="/no/such/page">x</a>'],
    "relative": ['<a href="teams/">x</a>'],
    "redirects": ['<a href="/teams">x</a>'],
    "nothing on this page": ['<a href="#gone">x</a>'],
    "token": ['<form method="post" action="/"></form>'],
    "no such id": ['<p aria-describedby="gone">x</p>'],
}


def found(app, inside: str) -> list[str]:
    return faults(app, tree(GOOD % inside), GOOD % inside)


def test_a_good_page_has_no_fault(assembled):
    inside = '<p id="a">One &amp; two <br> <a href="#a">up</a></p><label>Q <input name="q"></label><label for="r">R</label><select id="r"><option>1</option></select>'
    assert found(assembled, inside) == []


@pytest.mark.parametrize(("kind", "inside"), [(kind, inside) for kind, every in BAD.items() for inside in every])
def test_each_fault_is_found_every_time(assembled, kind, inside):
    assert any(kind in fault for fault in found(assembled, inside))
    assert any(kind in fault for fault in found(assembled, inside))


def test_a_page_like_a_good_one_but_for_its_characters_is_read_again(assembled):
    assert found(assembled, "<p>One &amp; two</p>") == []
    assert found(assembled, "<p>One &ampx; two</p>") != []
    assert found(assembled, '<p title="a">b</p>') == []
    assert found(assembled, '<p title="a&nosuch;">b</p>') != []
