"""Finding content by its words."""

from __future__ import annotations

import pytest

from app.access import Me
from app.models import LessonNote
from app.search.index import Index, Indexed
from app.search.queries import index, search_page
from app.search.words import around, pieces, stem, words_of
from app.ui.text import folded
from tests.support.statements import counted


def titles(wanted: str) -> list[str]:
    return [hit.entry.title for hit in index().search(wanted)]


def test_words_are_compared_without_case_accents_and_endings():
    assert folded("Łódź ÉTÉ") == "łodz ete"
    assert [stem(word) for word in ("risks", "planning", "planned", "policies", "boxes", "process")] == ["risk", "plan", "plan", "policy", "box", "process"]
    assert words_of("Note, and the PLAN's risks!") == ["note", "and", "the", "plan", "risk"]
    for same in (("gate", "gates"), ("close", "closing", "closed"), ("case", "cases"), ("phase", "phases", "phased"), ("manage", "managing"), ("size", "sizes"),
                 ("prioritise", "prioritize", "prioritised", "prioritizing", "prioritisation", "prioritization")):
        assert len({stem(word) for word in same}) == 1, same


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
    assert made.answer("control cha").loosely == ""
    assert made.search("zebra") == []


def test_the_snippet_is_cut_at_words_and_marks_the_hit():
    text = "word " * 60 + "the tolerance of a plan " + "word " * 60
    cut = around(text, words_of("tolerance"))
    assert cut.startswith("… word")
    assert cut.endswith("word …")
    assert [piece.text for piece in pieces("A tolerance, and Tolerances", words_of("tolerance")) if piece.is_hit] == ["tolerance", "Tolerances"]


def test_lessons_terms_templates_items_and_actions_are_found():
    kinds = {hit.entry.kind.split()[0] for wanted in ("charter", "mentoring", "closing") for hit in index().search(wanted)}
    assert {"Glossary", "Template", "Item", "Action", "Lesson"} <= kinds


def test_rare_words_count_more_than_frequent_ones():
    made = Index()
    for number in range(8):
        made.add(Indexed("Lesson", f"Plan {number}", f"/{number}", "", "A plan." if number else "A plan with float."))
    made.add(Indexed("Lesson", "Float", "/float", "", "Not a plan."))
    assert [hit.entry.href for hit in made.search("plan float")] == ["/float", "/0"]


@pytest.mark.parametrize(("typed", "meant"), [
    ("stakehodler", "stakeholder"), ("benfit", "benefit"), ("chartter", "charter"), ("xharter", "charter"), ("tolerence", "tolerance"),
])
def test_a_slip_of_the_keys_is_taken_for_the_nearest_word(typed, meant):
    found = index().answer(typed)
    assert [(wrong, right.rstrip("s")) for wrong, right in found.meant] == [(typed, meant)]
    assert found.ranked[0][0].href in {entry.href for entry, _ in index().answer(meant).ranked}


@pytest.mark.parametrize(("typed", "first"), [
    ("TAL-4", "/items/TAL-4/"), ("tal4", "/items/TAL-4/"), ("tal 4", "/items/TAL-4/"), ("C05", "/courses/project-life-cycle/"), ("T21", "/templates/T21/"),
    ("k01", "/kpis/K01/"), ("C05-2", "/courses/project-life-cycle/planning/"), ("gates", "/glossary/#gate"), ("RACI", "/glossary/#raci"),
    ("prioritize", "/items/STR-2/"), ("risk-register", "/templates/T21/"), ("what is a risk register", "/templates/T21/"), ("the lessons learned", "/items/KNO-4/"),
    ("how to close a project", "/courses/project-life-cycle/closing/"), ("earned value calculator", "/earned-value/"), ("new project manager", "/paths/new-project-manager/"),
    ("cost performence index", "/kpis/K04/"), ("critical path", "/glossary/#critical-path"), ("kickoff", "/items/DEL-4/"), ("kick off", "/items/DEL-4/"),
])
def test_the_first_result_is_what_was_looked_for(typed, first):
    assert index().answer(typed).ranked[0][0].href == first


def test_what_stands_between_quotation_marks_has_to_stand_side_by_side():
    made = Index()
    made.add(Indexed("Lesson", "A", "/a", "", "The register of each risk."))
    made.add(Indexed("Lesson", "B", "/b", "", "Keep a risk register, and a risk-list."))
    assert [entry.href for entry, _ in made.answer("risk register").ranked] == ["/b", "/a"]
    for marks in ('"Risk registers"', "“risk register”", "„risk register“"):
        assert [entry.href for entry, _ in made.answer(marks).ranked] == ["/b"], marks
    apart = made.answer('"register keep"')
    assert ([entry.href for entry, _ in apart.ranked], apart.loosely[:34]) == (["/b"], "No text holds these words side by ")


def test_where_nothing_holds_all_words_those_that_hold_most_are_shown_and_the_page_says_so(people, visit):
    page = visit(people.bob).get("/search?q=sponsor+zebra+charter")
    assert "No text holds all of these words. These hold the most of them." in page.words
    assert "charter" in page.find(".//ol/li").words.lower()
    assert index().answer("zebra qqq").ranked == ()
    assert index().answer("TAL-9").meant == ()


def test_two_slips_short_words_and_words_that_exist_are_left_alone():
    assert index().answer("xhrater").ranked == ()
    assert index().answer("zap").meant == ()
    assert index().answer("alert").meant == ()  # not Alder
    assert index().answer("plan").meant == ()


def test_odd_words_and_pages_are_taken_literally_and_too_long_ones_told(app, people):
    bob = Me(people.bob.id, "Bob", "bob@north.example", "UTC")
    with app.extensions["database"].reading() as session:
        for wanted in ("", "   ", "%", "_", "'; DROP TABLE person; --", "{{7*7}}", "\\", "zzzzqqq"):
            assert search_page(session, bob, wanted, "", "1").fault == ""
        for wanted in ("%" * 60_000, "a\0b", "a" * 201):
            assert search_page(session, bob, wanted, "", "1").fault
        for page in ("0", "-1", "1000000000", "abc", "", "٣"):
            shown = search_page(session, bob, "project", "made up", page)
            assert 1 <= shown.paging.number <= shown.paging.last
            assert shown.hits


def test_the_page_shows_results_as_text_and_keeps_the_words(people, visit):
    page = visit(people.bob).get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "Nothing found for “<script>alert(1)</script>”" in page.words
    found = visit(people.bob).get("/search?q=change+control")
    assert found.find(".//input[@id='q']").get("value") == "change control"
    assert "Change control" in found.words


def test_results_are_chosen_by_kind_and_a_slip_is_told(app, people, visit):
    site = visit(people.bob)
    site.get("/search?q=project")
    with counted(app) as statements:
        page = site.get("/search?q=stakehodler+map")
    assert len(statements) == 3
    assert "Nothing holds “stakehodler”. Did you mean stakeholders map?" in page.words
    assert page.link("stakeholders map") == "/search?q=stakeholders%20map"
    kinds = {a.words.rpartition(" ")[0]: a.get("href") for a in page.all(".//nav[@aria-label='Kinds of result']//a")}
    assert "Templates" in kinds
    templates = site.get(kinds["Templates"])
    assert {kind.words.split()[0] for kind in templates.all(".//ol//div[@class='when small quiet']")} == {"Template"}
    assert "None of them is of this kind" in site.get("/search?q=risk&kind=note").words
    assert "What are you looking for?" in site.get("/search").words


def test_own_notes_are_found_by_their_writer_alone_and_locked_lessons_by_their_summary(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all([
            LessonNote(person_id=people.bob.id, lesson_id="C05-2", text="Ask about the zeppelin."),
            LessonNote(person_id=people.bob.id, lesson_id="X1-1", text="An old zeppelin."),
        ])
    mine = visit(people.bob).get("/search?q=zeppelin")
    assert mine.link("Planning") == "/courses/project-life-cycle/planning/#my-notes"
    assert "2 results" in mine.words
    assert "Nothing found" in visit(people.petra).get("/search?q=zeppelin").words
    lesson = next(entry for entry in index().entries if entry.kind.startswith("Lesson C03-2"))
    word = next(w for w in lesson.text.split() if w.isalpha() and len(w) > 9 and w.lower() not in f"{lesson.title} {lesson.heads}".lower())
    locked = visit(people.bob).get(f"/search?q={word}&kind=lesson")
    row = next(li for li in locked.all(".//ol/li") if lesson.title in li.words)
    assert word.lower() not in row.words.lower()
    assert lesson.heads[:40] in row.words


def test_signed_out_readers_are_led_to_sign_in(people, visit):
    assert visit().get("/search?q=x").status == 303


@pytest.mark.parametrize("wanted", ["policy", "planned", "resumé", "one-pager", "boxes", "stakeh"])
def test_the_snippet_begins_near_the_first_hit_wherever_it_stands(wanted):
    told = {"policy": "Policies", "planned": "planning", "resumé": "Résumés", "one-pager": "One-pager", "boxes": "boxes", "stakeh": "stakeholder’s"}[wanted]
    text = f"{'before ' * 60}(“{told} come here”) {'after ' * 60}"
    shown = "".join(piece.text for piece in pieces(around(text, words_of(wanted)), words_of(wanted)))
    assert told in shown
    assert any(piece.is_hit for piece in pieces(shown, words_of(wanted)))
