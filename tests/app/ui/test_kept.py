"""Kept markup: made once, and nothing in it depends on the person, the time zone or the day."""

import re
from pathlib import Path

from markupsafe import Markup

from app.ui.kept import GAP, filled, once

TEMPLATES = Path(__file__).resolve().parents[3] / "app" / "templates"
OF_THE_READER = re.compile(r"\|\s*(moment|local_day|clock_time)\b|csrf|\bkeys\(|form_key|\bhere\.me\b|\bcaller\b(?!\(\) if caller)|\bpage\.")


def test_a_macro_is_run_once_for_the_same_words():
    asked = []
    tag = once(lambda word: asked.append(word) or Markup("<b>{}</b>").format(word))
    assert [tag("Late"), tag("Late"), tag("Done")] == ["<b>Late</b>", "<b>Late</b>", "<b>Done</b>"]
    assert asked == ["Late", "Done"]


def test_each_form_in_kept_markup_gets_keys_of_its_own():
    numbers = iter(range(9))
    page = Markup("<form>{}</form><form>{}</form>").format(GAP, GAP)
    first = filled(page, lambda form: Markup(f"{form}{next(numbers)}"), "k")
    assert first == "<form>k0</form><form>k1</form>"
    assert filled(page, lambda: Markup(next(numbers))) == "<form>2</form><form>3</form>"
    assert isinstance(first, Markup)
    assert filled(Markup("no form"), Markup) == "no form"


def test_what_is_kept_shows_nothing_of_the_reader_or_the_day():
    found = 0
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"= once\((\w+)", text):
            body = re.search(rf"{{% macro {name}\(.*?{{% endmacro %}}", text, re.DOTALL)
            assert body, (path.name, name)
            assert not OF_THE_READER.search(body[0]), (path.name, name, OF_THE_READER.search(body[0]))
            found += 1
    assert found > 10
