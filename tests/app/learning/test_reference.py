"""Glossary, templates and items; and that every link in everything rendered leads somewhere."""

from __future__ import annotations

import re

import pytest

from app.content import library
from app.learning.shelf import shelf
from app.records.headings import headings_of

LINKS = re.compile(r'href="([^"]+)"')


def test_the_glossary_has_every_word_under_its_letter_with_an_anchor(people, visit):
    page = visit(people.bob).get("/glossary/")
    assert len(page.all("dt")) == len(library().catalogue.glossary)
    assert page.find(".//dt[@id='sponsor']").words == "Sponsor"
    terms = [dt.words.casefold() for dt in page.all("dt")]
    assert terms == sorted(terms)


def test_the_glossary_finds_other_names_and_says_when_there_is_nothing(people, visit):
    assert "Project management office (PMO)" in visit(people.bob).get("/glossary/?q=project+office").words
    none = visit(people.bob).get("/glossary/?q=%00zebra<b>")
    assert "No word holds “zebra<b>”. Try a shorter one." in none.words


def test_a_template_can_be_read_and_taken_away(people, visit):
    page = visit(people.bob).get("/templates/T01/")
    assert page.h1 == "One-page PMO mandate"
    assert "☐ A person who was not in the room" in page.words
    answer = visit(people.bob).get("/templates/T01/download")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="T01-one-page-pmo-mandate.md"'
    assert answer.headers["Content-Type"].startswith("text/markdown")
    assert answer.text.startswith("# Mandate of the project management office")
    assert visit(people.bob).get("/templates/T99/").status == visit(people.bob).get("/templates/T99/download").status == 404


def test_the_list_of_templates_names_all_and_where_they_are_used(people, visit):
    page = visit(people.bob).get("/templates/")
    assert len(page.all("tbody/tr")) == len(library().catalogue.templates)
    assert "What a PMO is, and is not" in page.words


def test_an_item_shows_its_levels_its_actions_and_the_lessons_that_serve_it(people, visit):
    page = visit(people.bob).get("/items/GOV-1/")
    assert page.h1 == "GOV-1 Mandate and charter"
    assert len([e for e in page.all("div") if "statement" in e.get("class").split()]) == 5
    assert "Write the one-page mandate" in page.words
    assert page.link("What a PMO is, and is not") == "/courses/pmo-foundations/what-a-pmo-is/"
    assert visit(people.bob).get("/items/GOV-99/").status == 404


@pytest.mark.parametrize("model", sorted(library().questionnaires))
def test_the_first_item_of_every_model_has_a_page(people, visit, model):
    item = library().questionnaires[model].items[0]
    assert visit(people.bob).get(f"/items/{item.id}/").h1 == f"{item.id} {item.title}"


def test_every_link_of_every_rendered_text_leads_to_a_page_and_an_anchor_that_exist(app, people, visit):
    site, anchors = visit(people.bob), {}
    bodies = {**{key: str(text.body) for key, text in shelf().lessons.items()}, **{key: str(one.body) for key, one in shelf().documents.items()}}
    links = {(link, key) for key, body in bodies.items() for link in LINKS.findall(body)}
    links |= {(link, "glossary") for link in LINKS.findall(site.get("/glossary/").text)}
    assert len(links) > 100
    for link, key in sorted(links):
        path, _, anchor = link.partition("#")
        if path.startswith(("/assets/", "https://")):
            continue
        path = path or "/glossary/"
        if path not in anchors:
            answer = site.client.get(path, base_url="http://127.0.0.1")
            assert answer.status_code == 200, (key, link)
            anchors[path] = set(re.findall(r'id="([^"]+)"', answer.get_data(as_text=True)))
        assert not anchor or anchor in anchors[path], (key, link)


def test_lessons_keep_the_anchors_their_headings_have_on_the_page():
    for text in shelf().lessons.values():
        assert dict(text.headings) == dict(headings_of(text.lesson))


def test_every_lesson_page_stands(people, visit):
    site = visit(people.bob)
    for text in shelf().lessons.values():
        assert site.get(text.href).h1 == text.lesson.title
    for one in shelf().documents.values():
        assert site.get(one.href).h1 == one.template.title
