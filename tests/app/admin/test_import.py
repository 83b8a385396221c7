"""A list of people is checked first and imported whole or not at all (P55)."""

import io
import threading

import pytest
from sqlalchemy import func, select

from app.models import Event, Membership, Person
from tests.support.site import BASE

LIST = "name,email,role,team\nAnn,ann@north.example,lead,South\nBen,ben@north.example,,north\n"
FORM = "/admin/people/import/"


def number(app):
    with app.extensions["database"].reading() as session:
        return session.scalar(select(func.count()).select_from(Person))


def check(visit, person, text=LIST, **more):
    return visit(person).get(FORM).submit({"text": text, **more})


def test_the_dry_run_says_what_would_happen_and_stores_nothing(app, people, visit):
    page = check(visit, people.adam, LIST + "Bob,BOB@north.example,,\n")
    assert page.status == 200
    assert "Two people would be added." in page.words
    assert "Here already" in page.words
    assert page.find(".//button[@class='button main']").words == "Import 2 people"
    assert number(app) == 5


def test_the_import_adds_everybody_and_shows_a_link_for_each(app, people, visit):
    page = check(visit, people.adam).submit()
    assert page.status == 200
    links = [code.words.removeprefix(BASE) for code in page.all(".//td/code")]
    assert "Ann" in visit().get(links[0]).words
    with app.extensions["database"].reading() as session:
        ann = session.scalars(select(Person).where(Person.name == "Ann")).one()
        place = session.scalars(select(Membership).where(Membership.person_id == ann.id)).one()
        assert (place.team_id, place.is_lead) == (people.south.id, True)
        assert session.scalars(select(Event).where(Event.what == "imported a person")).all()[0].person_id == people.adam.id


def test_the_same_list_twice_adds_nobody_the_second_time(app, people, visit):
    check(visit, people.adam).submit()
    page = check(visit, people.adam)
    assert "No people would be added." in page.words
    assert page.link("Nobody is new: back to people") == "/admin/people/"
    assert number(app) == 7


def test_a_double_click_on_import_adds_everybody_once(app, people, visit):
    page = check(visit, people.adam)
    first, second = page.submit(), page.submit()
    assert (first.status, second.status, second.location) == (200, 303, "/admin/people/import/run")
    assert number(app) == 7


def test_two_imports_of_the_same_list_at_once_add_everybody_once(app, people, visit):
    pages = [check(visit, people.adam) for _ in range(2)]
    answers = []
    threads = [threading.Thread(target=lambda page=page: answers.append(page.submit().status)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {200, 422}
    assert 200 in answers
    assert number(app) == 7


def test_a_file_is_read_like_pasted_text_and_its_name_is_never_used(people, visit):
    for name in ("../../x.csv", "con.csv", "x" * 300 + ".csv", "\u202evsc.exe"):
        page = check(visit, people.adam, "", file=(io.BytesIO(("\ufeff" + LIST.replace(",", ";")).encode()), name))
        assert page.status == 200
        assert "a semicolon between values" in page.words


@pytest.mark.parametrize(("raw", "said"), [
    (b"PK\x03\x04rest", "not a text file"), ("name,email\nÅsa,a@x.example".encode("latin-1"), "not UTF-8"), (b"name,email\n", "nobody below it"), (b"\n", "nothing in it"),
    (b'name,email\n"Ann,a@x.example\n', "quotation mark"), (b"name\nAnn", "column email is missing"),
])
def test_a_file_that_cannot_be_used_is_refused_with_the_way_out(app, people, visit, raw, said):
    page = check(visit, people.adam, "", file=(io.BytesIO(raw), "people.csv"))
    assert page.status == 422
    assert said in page.words
    assert number(app) == 5


def test_nothing_chosen_is_said(people, visit):
    assert "Choose a file or paste the table" in check(visit, people.adam, "").words


def test_faults_are_listed_by_line_and_one_fault_stops_everything(app, people, visit):
    page = check(visit, people.adam, LIST + "Cy,cy,emperor,West\n<b>D</b>,ann@north.example,,\n")
    assert page.status == 422
    assert "Line 4, email: enter an e-mail address" in page.words
    assert "Line 4, role: there is no role emperor" in page.words
    assert "Line 5, email: ann@north.example stands in line 2 already" in page.words
    assert "Ann,ann@north.example" in page.find(".//textarea").element.text
    assert number(app) == 5


def test_only_the_first_hundred_faults_are_listed(people, visit):
    page = check(visit, people.adam, "name,email\n" + "Ann,none\n" * 150)
    assert len(page.all(".//div[@class='note bad']//li")) == 100
    assert "And 50 more." in page.words


def test_unknown_columns_are_left_out_only_when_confirmed(app, people, visit):
    page = check(visit, people.adam, "name,email,shoe size\nAnn,ann@north.example,38\n")
    assert "Columns that mean nothing here: shoe size." in page.words
    assert not page.all(".//form[@action='/admin/people/import/run']")
    preview = page.submit({"leave_out": "y"})
    assert "Left out: shoe size." in preview.words
    assert preview.submit().status == 200
    assert number(app) == 6
    again = visit(people.adam).post("/admin/people/import/run", {"text": "name,email,shoe\nCy,cy@north.example,38\n"})
    assert (again.status, number(app)) == (422, 6)


def test_a_pmo_lead_imports_learners_and_no_other_role(app, people, visit):
    page = check(visit, people.petra, LIST)
    assert (page.status, "the role lead is not yours to give" in page.words) == (422, True)
    forged = visit(people.petra).post("/admin/people/import/run", {"text": "name,email,role\nEve,eve@north.example,admin\n"})
    assert (forged.status, number(app)) == (422, 5)
    assert check(visit, people.petra, LIST.replace("lead", "learner")).submit().status == 200
    assert number(app) == 7


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_nobody_else_imports(app, people, visit, who):
    assert visit(getattr(people, who)).post("/admin/people/import/run", {"text": LIST}).status == 404
    assert number(app) == 5


def test_control_characters_are_named_and_the_page_still_shows_the_text(people, visit):
    page = check(visit, people.adam, "name,email\nA\x07nn,ann@north.example\n")
    assert (page.status, "Line 2, name: use one line of plain text" in page.words) == (422, True)


def test_a_request_over_the_limit_is_refused(people, visit):
    assert visit(people.adam).post(FORM, {"text": "x" * (1 << 20)}).status == 413


def test_five_thousand_people_are_imported_whole(app, people, visit):
    text = "name,email\n" + "".join(f"Person {n},p{n}@north.example\n" for n in range(5000))
    site = visit(people.adam)
    assert site.post("/admin/people/import/run", {"text": text}).status == 200
    assert number(app) == 5005
