"""Notes: a private one has one reader, for ever; shared ones are for the two."""

import pytest

from app.models import MeetingNote, Membership
from tests.app.mentoring.records import held, paired, put, somebody, stored

AT = "/mentoring/pairings/1/"
ONE = f"{AT}sessions/1/"
CANARY = "CANARY-7f3a-private"


@pytest.fixture
def pair(app, people):
    """Charlie mentors Bob; Bob kept a private note with the canary in it, and a lead knows of the pairing."""
    pairing = paired(app, people.charlie, people.bob, shown_to_lead=True)
    held(app, pairing, people.bob, shared="Shared by Bob", private=CANARY, step="x")
    return pairing


def addresses(app):
    """Every mentoring page of this site, with the ids of the one pairing filled in."""
    ids = {"pairing_id": 1, "meeting_id": 1, "goal_id": 1, "follow_up_id": 1}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("mentoring.") and "GET" in rule.methods:
                values = {name: ids.get(name) for name in rule.arguments}
                for person_id in range(1, 6) if "person_id" in rule.arguments else (1,):
                    yield app.url_map.bind("x").build(rule.endpoint, {**values, **({"person_id": person_id} if "person_id" in rule.arguments else {})})


@pytest.mark.parametrize("ended", [False, True])
def test_no_page_and_no_export_shows_a_private_note_to_anybody_but_its_author(app, people, visit, pair, ended):
    if ended:
        assert visit(people.bob).post(f"{AT}end", {"words": ""}).status == 303
    dora = somebody(app, "Dora")
    put(app, Membership(person_id=dora.id, team_id=people.south.id, is_lead=True))
    opened = 0
    for address in addresses(app):
        for person in (people.charlie, people.alice, people.petra, people.adam, dora, None):
            page = visit(person).get(address)
            opened += page.status == 200
            assert CANARY not in page.response.get_data(as_text=True), (address, person)
    assert opened > 20
    assert CANARY in visit(people.bob).get(AT).words
    assert CANARY in visit(people.bob).get(ONE).text
    assert CANARY in visit(people.bob).get(f"{AT}export.csv").text


def test_the_author_is_told_who_reads_what(people, visit, pair):
    page = visit(people.bob).get(AT)
    assert "Private: only you read this" in page.words
    assert "Shared by you: you and Charlie read this" in page.words
    assert "Shared by Bob: you and Bob read this" in visit(people.charlie).get(AT).words


def test_a_private_note_becomes_shared_and_never_private_again(app, people, visit, pair):
    site = visit(people.bob)
    put(app, MeetingNote(meeting_id=1, author_id=people.charlie.id, kind="private", text="Charlie's own"))
    assert visit(people.charlie).get(ONE).submit(action="/share").status == 303
    assert "Charlie's own" in site.get(AT).words
    assert visit(people.charlie).post(f"{ONE}share").status == 409
    assert site.get(ONE).submit(action="/share").status == 303
    assert stored(app, MeetingNote, 1).text == f"Shared by Bob\n\n{CANARY}"
    assert stored(app, MeetingNote, 2) is None
    assert CANARY in visit(people.charlie).get(AT).words


def test_two_notes_that_do_not_fit_together_stay_apart(app, people, visit, pair):
    with app.extensions["database"].transaction() as session:
        session.get(MeetingNote, 1).text = "x" * 3990
    page = visit(people.bob).post(f"{ONE}share")
    assert page.status == 422
    assert stored(app, MeetingNote, 2).kind == "private"


def test_a_private_note_is_deleted_by_its_author_also_after_the_end(app, people, visit, pair):
    assert visit(people.charlie).post(f"{ONE}delete-private").status == 404
    visit(people.bob).post(f"{AT}end", {"words": ""})
    assert visit(people.bob).post(f"{ONE}private-note", {"private": "Changed", "private_version": "1"}).status == 303
    assert visit(people.bob).get(ONE).submit(action="/delete-private").status == 303
    assert stored(app, MeetingNote, 2) is None
    assert visit(people.bob).post(f"{ONE}private-note", {"private": "A new one"}).status == 409


def test_my_notes_are_changed_afterwards(app, people, visit, pair):
    site = visit(people.bob)
    assert site.get(ONE).submit({"shared": "Better words"}, has="shared").status == 303
    assert site.get(ONE).submit({"private": "Only for me"}, has="private").status == 303
    assert visit(people.charlie).get(ONE).submit({"shared": "From Charlie"}, has="shared").status == 303
    page = visit(people.charlie).get(AT)
    assert "Better words" in page.words
    assert "From Charlie" in page.words
    assert "Only for me" not in page.words
    assert site.get(ONE).submit({"shared": ""}, has="shared").status == 422


def test_an_older_page_of_a_note_shows_both_texts_and_overwrites_nothing(app, people, visit, pair):
    site = visit(people.bob)
    for name, kind in (("shared", 1), ("private", 2)):
        old = site.get(ONE)
        site.get(ONE).submit({name: "newer text"}, has=name)
        page = old.submit({name: "<img src=x onerror=alert(1)> older text"}, has=name)
        assert page.status == 409
        assert "newer text" in page.words
        assert "older text" in page.words
        assert not page.all(".//main//img")
        assert stored(app, MeetingNote, kind).text == "newer text"


def test_two_tabs_that_both_begin_a_note_do_not_lose_one(people, visit, pair):
    site = visit(people.charlie)
    first, second = site.get(ONE), site.get(ONE)
    assert first.submit({"shared": "one"}, has="shared").status == 303
    assert second.submit({"shared": "two"}, has="shared").status == 409


HOSTILE = ["<script>alert(1)</script>", "[a](javascript:alert(1))", "[a](data:text/html;base64,xx)", "![x](http://evil.example/p.png)", '<a id="csrf_token" name="csrf_token">', "{{7*7}} %s"]


def test_a_note_is_words_and_nothing_else(app, people, visit, pair):
    author, reader = visit(people.bob), visit(people.charlie)
    for text in HOSTILE:
        assert author.get(ONE).submit({"shared": text}, has="shared").status == 303
        page = reader.get(AT)
        assert not page.all(".//main//script")
        assert not page.all(".//main//img")
        assert not [a for a in page.all("a") if a.get("href").startswith(("javascript", "data"))]
        assert "49" not in page.find(".//ol[@class='trail']").words
