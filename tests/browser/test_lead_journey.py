"""Those who run the programme and the installation: from a field of the heat map to its source, exports, new people, an import."""

import csv
import re

import pytest

from tests.browser.conftest import press

NEW_PASSWORD = "four words and a harbour"


def add_person(page, name, email):
    """Through the form of the administrator; the one-time link."""
    page.goto("/admin/people/add")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email)
    press(page.get_by_role("button", name="Add and show the link"))
    return page.locator("main code").inner_text()


def test_every_field_of_the_heat_map_leads_to_its_source(visitor):
    pmo = visitor().sign_in("pmo@demo.example")
    page = pmo.open("/programme/")
    field = page.locator("table.heat a[href='/teams/har/rounds/1/results/#TAL']")
    value = field.locator("span").inner_text()
    press(field)
    page.wait_for_url("**/teams/har/rounds/1/results/#TAL")
    row = page.locator("main table tbody tr").filter(has=page.locator("a[href='#TAL']"))
    assert value in row.inner_text()
    assert page.locator("#TAL").is_visible()
    page.goto("/programme/")
    person = page.locator("#people .heat th a").first
    name = person.inner_text()
    press(person)
    assert name in page.get_by_role("heading", level=1).inner_text()
    pmo.look()


@pytest.mark.parametrize("where", ["first", "second"])
def test_what_the_programme_shows_can_be_taken_out_as_csv(visitor, where):
    page = visitor().sign_in("pmo@demo.example").open("/programme/")
    button = page.get_by_role("button", name="Table" if where == "first" else "Take out as CSV")
    with page.expect_download() as download:
        button.first.click()
    lines = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(lines) > 5
    assert {len(line) for line in lines} == {len(lines[0])}
    words = " ".join(cell for line in lines for cell in line)
    assert "Harbour City" in words if where == "first" else "P01" in words


def test_a_new_team_and_a_new_person_who_chooses_a_password(visitor):
    admin = visitor().sign_in("admin@demo.example")
    page = admin.open("/admin/teams/")
    page.get_by_label("Name of the team").fill("Quayside works")
    page.get_by_label("Type of PMO").select_option("SUP")
    press(page.get_by_role("button", name="Add the team"))
    page.goto("/admin/teams/")
    assert page.get_by_role("link", name="Quayside works").is_visible()
    link = add_person(page, "Ada Lindgren", "ada@example.org")
    admin.look()
    ada = visitor(width=360)
    there = ada.page
    there.goto(link)
    ada.look()
    there.get_by_label("New password").fill(NEW_PASSWORD)
    press(there.get_by_role("button", name="Save and go to sign-in"))
    there.get_by_label("E-mail").fill("ada@example.org")
    there.get_by_label("Password").fill(NEW_PASSWORD)
    press(there.get_by_role("button", name="Sign in", exact=True))
    there.wait_for_url("**/")
    assert there.get_by_role("heading", level=1).inner_text() == "Today"
    ada.look()
    there.goto("/admin/")
    assert "Administration" not in there.locator("main").inner_text()
    page.goto(link)
    assert page.get_by_label("New password").count() == 0


def test_an_import_is_tried_first_and_imports_nothing_while_a_line_is_wrong(visitor):
    admin = visitor(width=768).sign_in("admin@demo.example")
    page = admin.open("/admin/people/import/")
    wrong = "name,email,role,team\nBo Hale,bo@example.org,learner,Harbour City digital services\nCy Moor,cy@example.org,captain,Harbour City digital services\n"
    page.get_by_label("Or paste the table").fill(wrong)
    press(page.get_by_role("button", name="Check the list"))
    assert re.search(r"[Ll]ine 3", page.locator("main").inner_text())
    admin.look()
    page.goto("/admin/people/?q=bo@example.org")
    assert "Bo Hale" not in page.locator("main").inner_text()
    page.goto("/admin/people/import/")
    page.get_by_label("Or paste the table").fill(wrong.replace("captain", "learner"))
    press(page.get_by_role("button", name="Check the list"))
    admin.look()
    press(page.get_by_role("button", name="Import 2 people"))
    assert page.get_by_role("heading", level=1).inner_text() == "2 people added"
    assert page.locator("main code").count() == 2
    admin.look()


def test_proof_over_all_teams_leads_to_the_action_of_one_team(visitor):
    pmo = visitor().sign_in("pmo@demo.example")
    page = pmo.open("/programme/")
    press(page.get_by_role("link", name="What worked?"))
    pmo.look_around()
    row = page.get_by_role("row").filter(has_text="Publish the PMO service catalogue")
    assert "Three teams finished it; 2 of 3 measured since stand on level 3." in row.inner_text()
    assert "10.8, from a mean of 11.7 in n = 3 teams" in row.inner_text()
    press(row.get_by_role("link", name="Corvid Build"))
    pmo.look_around()
    proof = page.get_by_role("row").filter(has_text="Publish the PMO service catalogue")
    assert "Not verified" in proof.inner_text()
    assert "10 planned, 14 taken" in proof.inner_text()
    press(proof.get_by_role("link", name="round 2"))
    assert page.get_by_role("heading", level=1).inner_text() == "Results of round 2"
    page.go_back()
    press(page.get_by_role("link", name="Publish the PMO service catalogue"))
    assert "took 14 days" in page.get_by_role("main").inner_text()


def test_a_joint_result_hides_small_teams_alike(visitor):
    pmo = visitor().sign_in("pmo@demo.example")
    page = pmo.open("/programme/rounds/1/results/", around=True)
    for team in ("Alder Hospital Group", "Brightwater University"):
        assert "Fewer than 5 answers or protected" in page.get_by_role("row").filter(has_text=team).inner_text()
    press(page.get_by_role("link", name="Alder Hospital Group"))
    assert "Nothing of this round is shown for this team." in page.get_by_role("main").inner_text()
    pmo.look_around()
    pmo.open("/teams/tes/rounds/2/results/", around=True)
