"""Finding content by its words."""

from __future__ import annotations

import pytest

from app.search.index import Index, Indexed, around, folded, pieces, stem, words_of
from app.search.queries import index, search_page


def titles(wanted: str) -> list[str]:
    return [hit.entry.title for hit in index().search(wanted)]


def test_words_are_compared_without_case_accents_and_endings():
    assert folded("Łódź ÉTÉ") == "łodz ete"
    assert [stem(word) for word in ("risks", "planning", "planned", "policies", "gates", "boxes", "process")] == ["risk", "plan", "plan", "policy", "gate", "box", "process"]
    assert words_of("Gates, and the PLAN's risks!") == ["gate", "and", "the", "plan", "risk"]


def test_a_word_in_the_title_counts_more_than_one_in_the_text():
    made = Index()
    made.add(Indexed("Lesson", "Closing", "/a", "", "The gate is mentioned here. Gate again."))
    made.add(Indexed("Lesson", "Gates", "/b", "", "Nothing else."))
    assert [hit.entry.href for hit in made.search("gate")] == ["/b", "/a"]


def test_every_word_has_to_occur_and_the_last_may_be_only_begun():
    made = Index()
    made.add(Indexed("Lesson", "Change control", "/a", "", ""))
    made.add(Indexed("Lesson", "Cost control", "/b", "", ""))
    assert [hit.entry.href for hit in made.search("control cha")] == ["/a"]
    assert made.search("control zebra") == []


def test_the_snippet_is_cut_at_words_and_marks_the_hit():
    text = "word " * 60 + "the tolerance of a plan " + "word " * 60
    cut = around(text, ["tolerance"])
    assert cut.startswith("… word")
    assert cut.endswith("word …")
    assert [piece.text for piece in pieces("A tolerance, and Tolerances", ["tolerance"]) if piece.is_hit] == ["tolerance", "Tolerances"]


def test_lessons_terms_templates_items_and_actions_are_found():
    kinds = {hit.entry.kind.split()[0] for wanted in ("charter", "mentoring", "closing") for hit in index().search(wanted)}
    assert {"Glossary", "Template", "Item", "Action", "Lesson"} <= kinds


@pytest.mark.parametrize("wanted", ["", "   ", "%", "_", "'; DROP TABLE person; --", "{{7*7}}", "\\", "zzzzqqq"])
def test_odd_words_are_taken_literally_and_find_nothing_or_little(wanted):
    assert search_page(wanted, "1").fault == ""


@pytest.mark.parametrize("wanted", ["%" * 60_000, "a\0b", "a" * 201])
def test_too_long_or_unreadable_words_are_told(wanted):
    assert search_page(wanted, "1").fault


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "abc", "", "٣"])
def test_an_odd_page_number_shows_a_page(page):
    shown = search_page("project", page)
    assert 1 <= shown.number <= shown.last
    assert shown.hits


def test_the_page_shows_results_as_text_and_keeps_the_words(people, visit):
    page = visit(people.bob).get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "Nothing found for “<script>alert(1)</script>”" in page.words
    found = visit(people.bob).get("/search?q=change+control")
    assert found.find(".//input[@id='q']").get("value") == "change control"
    assert "Change control" in found.words


def test_the_search_page_asks_the_database_only_who_is_there(app, people, visit):
    from tests.support.statements import counted

    site = visit(people.bob)
    site.get("/search?q=project")
    with counted(app) as statements:
        site.get("/search?q=project+plan")
    assert len(statements) == 1


def test_signed_out_readers_are_led_to_sign_in(people, visit):
    assert visit().get("/search?q=x").status == 303
