"""What fields take and refuse (security B1 to B18, B38, B40)."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainWtForm

from app.ui.fields import Choice, Day, Email, Line, Link, Number, Paragraphs, Password, SeveralOf, Whole
from app.ui.text import login_key


class Sample(PlainWtForm):
    line = Line("Name", "a name", limit=20)
    text = Paragraphs("Note", "a note", limit=50, needed=False)
    email = Email(needed=False)
    days = Whole("Days", "the days", 0, 500, needed=False)
    share = Number("Share", "a share", -10, 10, needed=False)
    day = Day("Day", "a day", needed=False)
    link = Link("Link", needed=False)
    kind = Choice("Kind", "a kind", [("a", "A"), ("b", "B")], needed=False)
    secret = Password("Password")
    some = SeveralOf("Some", "some", [("a", "A"), ("b", "B")])


def filled(**given: object) -> Sample:
    form = Sample(MultiDict([(name, v) for name, values in ({"line": "ok"} | given).items() for v in (values if isinstance(values, list) else [values])]))
    form.validate()
    return form


@pytest.mark.parametrize("empty", ["", "   ", "\u200b", "\u2060\u00a0", "\u0301\u0302", "\n\t", "\u3164", "\u115f\u1160", "\u2800 \uffa0", "\u202e\u2069"])
def test_a_line_without_anything_visible_is_missing(empty):
    assert filled(line=empty).line.errors == ["Enter a name"]


def test_length_is_counted_in_characters_after_composing():
    assert filled(line="e\u0301" * 20).line.data == "é" * 20
    assert filled(line="e\u0301" * 21).line.errors == ["Use at most 20 characters; this has 21"]


def test_what_nobody_sees_is_not_counted_and_not_kept():
    assert filled(line="\u200b a\u2060b\ufeff\u00ad\u00a0").line.data == "ab"
    assert filled(line="x\u200b" * 20).line.data == "x" * 20
    assert filled(line="e\u200b\u0301").line.data == "é"
    assert filled(line="\U0001f469\u200d\U0001f692").line.data == "\U0001f469\u200d\U0001f692"
    assert filled(text="one\u200b\r\n\ufefftwo\u200b").text.data == "one\ntwo"


@pytest.mark.parametrize("bad", ["a\0b", "a\x1b[31mb", "a\nb", "a\u2028b", "a\x85b", "a" + "\u0301" * 30, "a\ud800b"])
def test_a_line_with_traps_is_refused_with_a_sentence(bad):
    assert filled(line=bad).line.errors


def test_direction_overrides_are_taken_out_of_a_line():
    assert filled(line="a\u202eb\u2066c").line.data == "abc"


@pytest.mark.parametrize("name", ["O’Brien-Łukasz", "محمد", "山田太郎", "X", "Ng", "<script>alert(1)</script>"[:20], "{{7*7}}"])
def test_names_of_all_kinds_are_kept_as_they_are(name):
    assert filled(line=name).line.data == name


def test_paragraphs_keep_lines_and_settle_their_ends():
    assert filled(text="one\r\ntwo\rthree\u0085four").text.data == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize("bad", ["nobody", "a@b", "a@b.c\n", "a b@c.example", "a@@b.example", "a" * 250 + "@b.example", "a@b.example\r\nBcc: x@y.example"])
def test_a_bad_e_mail_is_refused(bad):
    assert filled(email=bad).email.errors


@pytest.mark.parametrize("bad", ["١", "1_0", "+3", "3.0", "nan", "inf", "1e3", "-0", "sNaN", "9" * 5000, "-1", "501", "0x10", "٣", "1 0"])
def test_only_plain_whole_numbers_in_range_are_taken(bad):
    form = filled(days=bad)
    assert form.days.errors == ["Enter the days as a whole number from 0 to 500"]
    assert form.days.data is None


@pytest.mark.parametrize(("typed", "value"), [("0", 0), (" 25 ", 25), ("500", 500)])
def test_whole_numbers_in_range_are_taken(typed, value):
    assert filled(days=typed).days.data == value


@pytest.mark.parametrize("bad", ["1e309", "sNaN", "inf", "1,5", "--1", "11", "-10.01", "1.1234567"])
def test_only_plain_decimals_in_range_are_taken(bad):
    assert filled(share=bad).share.errors


@pytest.mark.parametrize("bad", ["2026-02-30", "1900-01-01", "9999-12-31", "0001-01-01", "27.11.2026", "2026-1-1", "２０２６-01-01", "2026-01-01T00:00"])
def test_only_days_that_exist_and_are_near_are_taken(bad):
    assert filled(day=bad).day.errors


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://user@evil.example/", "ftp://a.example", "https://"])
def test_only_web_addresses_are_taken_as_links(bad):
    assert filled(link=bad).link.errors


def test_a_choice_that_was_not_offered_and_two_for_one_are_refused():
    assert filled(kind="c").kind.errors == ["Choose a kind from the list"]
    assert filled(kind=["a", "b"]).kind.errors == ["Choose a kind from the list"]
    assert filled(some=["a", "z"]).some.errors == ["Choose some from the list"]


def test_two_values_for_one_field_are_refused():
    assert filled(line=["a", "b"]).line.errors == ["Enter a name once"]
    assert filled(secret=["one password", "another password"]).secret.errors == ["Enter your password once"]


def test_what_was_typed_is_kept_when_it_is_refused():
    assert filled(days="twenty-five").days._value() == "twenty-five"


def test_sign_in_names_are_equal_after_folding():
    assert login_key("ＡＬＩＣＥ@North.Example ") == login_key("alice@north.example")
