"""Tables taken out of the programme page, read back as a spreadsheet would."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.models import Event, SignIn, Team
from tests.support.build import closed_round, rated
from tests.support.documents import rows_of, slides_of, text_of


def table(answer):
    assert answer.headers["Content-Type"].startswith("text/csv")
    head, *rows = csv.reader(io.StringIO(answer.text))
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_teams_come_with_index_target_and_gap_as_plain_numbers(app, people, visit):
    with app.extensions["database"].transaction() as session:
        closed_round(session, people.north, dimensions={"TAL": (1.7667, 1, 4), "STK": (None, None, 4)})
        session.get(Team, people.south.id).name = "@South\nYard"
    rows = table(visit(people.petra).post("/programme/export/teams/"))
    tal = next(row for row in rows if row["Dimension"] == "TAL")
    assert (tal["Team"], tal["Index"], tal["Target"], tal["Gap"], tal["Respondents"]) == ("North", "1.7667", "4", "2.2333", "5")
    assert next(row for row in rows if row["Dimension"] == "STK")["Index"] == "too few answers or protected"
    assert [row["Index"] for row in rows if row["Team"] == "'@South Yard"] == [""]
    assert {row["Team"] for row in table(visit(people.petra).post("/programme/export/teams/", {"type": "SUP"}))} == {"North"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_workbook_and_slides_hold_the_heat_map_of_all_teams(app, people, visit):
    with app.extensions["database"].transaction() as session:
        closed_round(session, people.north, dimensions={"TAL": (1.7667, 1, 4), "STK": (None, None, 4), "GOV": (3.2, 3, 3)})
        session.get(Team, people.south.id).name = "@South"
    site = visit(people.petra)
    page = site.get("/programme/")
    book, deck = (site.post(f"/programme/export/overview.{kind}") for kind in ("xlsx", "pptx"))
    assert book.headers["Content-Disposition"] == 'attachment; filename="programme.xlsx"'
    index, gaps = ({row["Team"]: row for row in rows_of(book.body, name)} for name in ("Index", "Gap"))
    assert [index["North"][key] for key in ("TAL", "STK", "GOV", "DEL")] == [1.77, None, 3.2, None]
    assert [gaps["North"][key] for key in ("TAL", "STK", "GOV")] == [2.23, None, 0]
    assert list(index) == ["'@South", "North"]
    assert "0 of 2 fields are 2.25 or more below target; 1 is at target" in page.words
    assert "0 of 2 fields are 2.25 or more below target, 1 at target" in text_of(book.body)
    slides = slides_of(deck.body)
    table = next(shape.table for shape in slides[2].shapes if shape.has_table)
    assert [[cell.text for cell in row.cells][:6] for row in table.rows][1:] == [["@South", "–", "–", "–", "–", "–"], ["North", "3.20", "–", "–", "–", "1.77"]]
    only = site.post("/programme/export/overview.xlsx", {"type": "SUP"})
    assert [row["Team"] for row in rows_of(only.body, "Index")] == ["North"]
    assert site.get("/programme/export/overview.pptx").location == "/programme/"
    assert visit(people.alice).post("/programme/export/overview.xlsx").status == 404
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Event.thing_id).order_by(Event.id)).all()[-3:] == ["overview.xlsx", "overview.pptx", "overview.xlsx"]


def test_people_and_coverage_are_those_of_the_chosen_team(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.charlie, {"P01": 4})
    site = visit(people.petra)
    rows = table(site.post("/programme/export/people/", {"team": "south"}))
    assert len(rows) == 24
    assert (rows[0]["Person"], rows[0]["Competence"], rows[0]["Counts"], rows[0]["Gap"]) == ("Charlie", "P01", "4", "0")
    held = table(site.post("/programme/export/coverage/", {"team": "south"}))
    assert (held[0]["People at 3 or more"], held[0]["Who"]) == ("1", "Charlie")
    assert (held[1]["People at 3 or more"], held[1]["Who"]) == ("0", "")


def test_the_page_sends_the_team_it_shows(app, people, visit):
    page = visit(people.petra).get("/programme/?team=south")
    rows = table(page.submit(action="/export/coverage/"))
    assert len(rows) == 24


def test_each_export_is_noted_and_an_unknown_team_or_table_is_not_there(app, people, visit):
    site = visit(people.petra)
    site.post("/programme/export/teams/")
    assert site.post("/programme/export/people/", {"team": "nowhere"}).status == 404
    assert site.post("/programme/export/people/").status == 404
    assert site.post("/programme/export/everything/").status == 404
    with app.extensions["database"].transaction() as session:
        assert session.scalars(select(Event.thing_id).where(Event.what == "exported the programme")).all() == ["teams"]


@pytest.mark.parametrize("what", ["teams", "people", "coverage"])
def test_an_export_is_asked_for_and_never_just_opened(people, visit, what):
    answer = visit(people.petra).get(f"/programme/export/{what}/")
    assert (answer.status, answer.location) == (303, "/programme/")


def test_after_half_an_hour_the_password_is_asked_for_first(app, people, visit):
    site = visit(people.petra)
    with app.extensions["database"].transaction() as session:
        session.execute(update(SignIn).values(checked_at=clock.now() - timedelta(minutes=31)))
    assert site.post("/programme/export/teams/").location.startswith("/settings/confirm")
    with app.extensions["database"].transaction() as session:
        assert session.scalars(select(Event.id).where(Event.what == "exported the programme")).all() == []
