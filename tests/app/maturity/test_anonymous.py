"""An anonymous round from its set-up to its publication: what is stored, what is shown, what is refused."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from app import clock
from app.maturity.queries.promises import VERSION
from app.models import (
    AnonymousComment,
    AnonymousSheet,
    AssessmentRound,
    Base,
    Event,
    IdempotencyKey,
    Invitation,
    PublishedResult,
    RecordedAnswer,
)
from tests.support.anonymous import ITEMS, MODEL, anonymous_round, crowd
from tests.support.build import answered
from tests.support.documents import rows_of as rows_of_sheet
from tests.support.documents import text_of

HERE = "/teams/north/rounds/1/"
DIMENSIONS = [d.id for d in MODEL.dimensions]


def later(days=7):
    return (clock.today() + timedelta(days=days)).isoformat()


def put(app, people, size=7, submitted=6, comments=None, **more):
    """Bob is the first of those invited and has not answered; the others hand in."""
    with app.extensions["database"].transaction() as session:
        others = crowd(session, size - 1)
        asked = [*others, people.bob]
        round_, _ = anonymous_round(session, people.north, asked, submitted, comments, **{"min_group": 5, **more})
        session.expunge_all()
    return round_, others


def answer_everything(site, value, comment=""):
    page = site.get(f"{HERE}answer/").submit(follow=True)
    for dimension in DIMENSIONS:
        fields = {item: str(value) for item in ITEMS if item.startswith(dimension)}
        if comment and dimension == "GOV":
            fields["GOV-1.comment"] = comment
        page = page.submit({**fields, "go": "next"}, follow=True)
    return page


def rows_of(app):
    """Every cell of every table as text."""
    with app.extensions["database"].reading() as session:
        return {
            name: [tuple(map(str, row)) for row in session.execute(text(f'SELECT * FROM "{name}"'))] for name in Base.metadata.tables
        }


def test_from_the_set_up_to_the_publication_nothing_leads_from_a_sheet_to_its_author(app, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    page = alice.get("/teams/north/rounds/new/")
    assert "nothing is shown that rests on only a few" in page.words
    assert page.submit({"title": "Open talk", "purpose": "To see.", "closes_on": later(), "mode": "anonymous", "min_group": "4"}).status == 303
    with app.extensions["database"].transaction() as session:
        others = crowd(session, 3)
        round_ = session.scalars(select(AssessmentRound)).one()
        session.add_all(Invitation(round_id=round_.id, person_id=p.id, group="users") for p in [*others, people.alice])
        session.flush()
        session.expunge_all()
    assert alice.get(f"{HERE}invite/").submit({"people": str(people.bob.id), "group": "users"}).status == 303
    assert alice.get(HERE).submit(action="open").status == 303

    welcome = bob.get(f"{HERE}answer/")
    assert "anonymous round" in welcome.words
    assert "fewer than 4 answers" in welcome.words
    ready = answer_everything(bob, 2, comment="canary-of-bob")
    assert "nobody can see or change them, you included" in ready.words
    with app.extensions["database"].reading() as session:
        moments = session.scalars(select(RecordedAnswer.saved_at)).all()
        assert {f"{at:%H:%M:%S.%f}" for at in moments} == {"00:00:00.000000"}
    assert ready.submit(follow=True).h1 == "Submitted. Thank you"
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count(RecordedAnswer.id))) == 0
        assert session.scalar(select(func.count()).select_from(IdempotencyKey).where(IdempotencyKey.person_id == people.bob.id)) == 0
        assert session.scalar(select(func.count()).select_from(Event).where(Event.person_id == people.bob.id)) == 0
        mine = session.scalars(select(Invitation).where(Invitation.person_id == people.bob.id)).one()
        assert (mine.state, mine.started_at, mine.submitted_at, mine.accepted) == ("submitted", None, None, VERSION)
        sheet = session.scalars(select(AnonymousSheet)).one()
        assert list(sheet.answers) == ITEMS
        assert len(sheet.id) == 32
    assert bob.get(f"{HERE}answer/GOV/").status == 403
    assert bob.post(f"{HERE}answer/GOV/", {"GOV-1": "5", "go": "save"}).status == 403
    assert bob.post(f"{HERE}check/").status == 409
    assert bob.post(f"{HERE}withdraw").status == 403

    for someone in others:
        answer_everything(visit(someone), 3).submit()
    assert visit(others[0]).get(f"{HERE}results/").status == 409
    before = rows_of(app)
    keys = {row[0] for row in before["anonymous_sheet"]}
    closed = alice.get(f"{HERE}close/").submit(follow=True)
    assert closed.h1 == "Results of round 1"
    after = rows_of(app)
    assert not keys & {row[0] for row in after["anonymous_sheet"]}
    assert len(after["anonymous_sheet"]) == 4
    # One two and three threes: the mean of every item is 2.75 -> 2.8, the level 3
    figures = {row.words.split()[0]: row.words for row in closed.all(".//table[1]//tbody/tr")}
    assert "2.830.2" in figures["GOV"]                              # index, target, gap
    assert "canary-of-bob" not in json.dumps(rows_of(app))         # one comment of four answers stands nowhere


def test_tables_of_answers_have_no_column_that_names_anybody_or_any_time(database):
    found = inspect(database.writer)
    for table, wanted in (("anonymous_sheet", {"id", "round_id", "respondent_group", "answers"}),
                          ("anonymous_comment", {"id", "round_id", "item_id", "text", "shown_at"})):
        assert {column["name"] for column in found.get_columns(table)} == wanted
        assert [key["referred_table"] for key in found.get_foreign_keys(table)] == ["assessment_round"]
    if database.is_sqlite:
        with database.reading() as session:
            assert "WITHOUT ROWID" in session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'anonymous_sheet'"))
            assert session.scalar(text("PRAGMA secure_delete")) in (0, 1)
        with database.writing() as session:
            assert session.scalar(text("PRAGMA secure_delete")) == 1


def test_nobody_sees_who_has_answered_nor_how_many(app, people, visit):
    round_, others = put(app, people, size=12, submitted=3)
    alice = visit(people.alice)
    page = alice.get(HERE)
    assert "Fewer than 5 have submitted." in page.words
    assert "12 people are invited" in page.words
    assert "Started" not in page.words
    assert "3 of 12" not in page.words + alice.get("/teams/north/rounds/").words
    assert not page.all(".//td[@data-label='State']")
    close = alice.get(f"{HERE}close/")
    assert "Fewer than 5 have submitted." in close.words
    refused = close.submit()
    assert refused.status == 409
    assert "Fewer than 5 people have submitted" in refused.words
    assert alice.get(f"{HERE}answers/").status == 404
    assert visit(people.petra).get(f"{HERE}answers/").status == 404
    assert alice.get(f"{HERE}invite/").status == 409


def test_the_band_of_the_response_moves_once_a_day(app, people, visit):
    put(app, people, size=7, submitted=4)
    alice = visit(people.alice)
    assert "Fewer than 5 have submitted." in alice.get(HERE).words
    answer_everything(visit(people.bob), 2).submit()
    assert "Fewer than 5 have submitted." in alice.get(HERE).words   # the fifth sheet of today is told tomorrow
    with app.extensions["database"].transaction() as session:
        session.scalars(select(AssessmentRound)).one().response_on = clock.today() - timedelta(days=1)
    assert "Half or more of those invited have submitted." in alice.get(HERE).words


def test_autosave_of_a_draft_is_mine_alone_and_leaves_no_key(app, people, visit):
    put(app, people)
    bob = visit(people.bob)
    bob.get(f"{HERE}answer/").submit()
    saved = bob.get(f"{HERE}answer/GOV/").submit({"GOV-1": "4", "GOV-1.comment": "canary-draft", "go": "save"})
    assert saved.status == 303
    assert "canary-draft" in bob.get(f"{HERE}answer/GOV/").text
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count()).select_from(IdempotencyKey).where(IdempotencyKey.person_id == people.bob.id)) == 0
    for other in (people.alice, people.petra, people.adam):
        assert visit(other).get(f"{HERE}answer/GOV/").status == 404
    assert visit(people.alice).get(f"{HERE}close/").submit().status == 303
    assert "canary-draft" not in json.dumps(rows_of(app))
    assert "have been deleted" in bob.get(f"{HERE}answer/").words


@pytest.mark.parametrize(("fields", "says"), [
    ({"mode": "secret"}, "Choose how it is answered from the list"), ({"min_group": "3"}, "from 4 to 50"), ({"min_group": "٥"}, "from 4 to 50"),
    ({"min_group": ""}, "Enter the minimum group"), ({"mode": "named", "answers_shown_to_lead": None}, "Choose yes or no"),
])
def test_a_mode_that_cannot_be_is_refused_in_words(people, visit, fields, says):
    page = visit(people.alice).get("/teams/north/rounds/new/")
    refused = page.submit({"title": "T", "purpose": "P", "closes_on": later(), "mode": "anonymous", **fields})
    assert refused.status == 422
    assert says in refused.words


def test_after_the_first_invitation_mode_group_and_readers_stand(app, people, visit):
    put(app, people, state="draft", submitted=0)
    alice = visit(people.alice)
    for fields in ({"mode": "named"}, {"min_group": "4"}, {"shared": "no"}):
        refused = alice.get(f"{HERE}edit/").submit({"closes_on": later(), **fields})
        assert refused.status == 409, fields
        assert "The first invitation fixed this" in refused.words
    assert alice.get(f"{HERE}edit/").submit({"closes_on": later(), "title": "Another name"}).status == 303


def test_too_few_invited_cannot_open_and_a_cancelled_round_keeps_no_answers(app, people, visit):
    put(app, people, size=4, submitted=0, state="draft")
    alice = visit(people.alice)
    assert "Invite at least 5 people" in alice.post(f"{HERE}open").words
    with app.extensions["database"].transaction() as session:
        round_, asked = anonymous_round(session, people.north, crowd(session, 3, "Other"), 3, {0: "canary-cancelled"}, number=2)
        answered(session, asked[2], {"GOV-1": 2}, submit=False)
    assert "All answers and drafts are deleted" in alice.get("/teams/north/rounds/2/cancel/").words
    assert alice.get("/teams/north/rounds/2/cancel/").submit().status == 303
    with app.extensions["database"].reading() as session:
        for table in (AnonymousSheet, AnonymousComment, RecordedAnswer):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_every_channel_shows_the_same_suppressed_result(app, people, visit):
    round_, others = put(app, people, size=7, submitted=6, comments={n: f"canary {n}" for n in range(6)})
    with app.extensions["database"].transaction() as session:      # one of the six did not know GOV-2, two not GOV-3
        for n, sheet in enumerate(session.scalars(select(AnonymousSheet).order_by(AnonymousSheet.id))):
            sheet.answers = {**sheet.answers, **({"GOV-2": "DK"} if n == 0 else {}), **({"GOV-3": "DK"} if n < 2 else {})}
    alice = visit(people.alice)
    page = alice.get(f"{HERE}close/").submit(follow=True)
    rows = {row.get("id"): row.words for row in page.all(".//tr[@id]")}
    assert "Fewer than 5 answers or protected" in rows["GOV-3"]
    assert "Fewer than 5 answers or protected" not in rows["GOV-2"]
    assert not page.all(".//*[@class='strip']")                   # six answers are fewer than 2k: nobody sees who stands where
    table = alice.post(f"{HERE}results/export.csv").text
    line = next(line for line in table.splitlines() if '"GOV-3"' in line)
    assert '"Fewer than 5 answers or protected","","",""' in line
    assert '"5"' in next(line for line in table.splitlines() if '"GOV-2"' in line)
    for address in ("/", "/teams/north/", "/teams/north/rounds/", HERE, "/settings/events/"):
        assert not any(f"canary {n}" in visit(people.alice).get(address).words for n in range(6))
    assert visit(people.petra).post(f"{HERE}results/answers.csv").status == 404
    assert "canary" not in page.words                             # comments need eight answers
    assert "Not shown in an anonymous round" in page.words


def test_office_and_users_are_told_apart_in_no_channel(app, people, visit):
    put(app, people, size=19, submitted=18)
    with app.extensions["database"].transaction() as session:      # six from the office say 4, twelve users 1: both sides are large enough
        for sheet in session.scalars(select(AnonymousSheet)):
            sheet.answers = dict.fromkeys(sheet.answers, "4" if sheet.group == "office" else "1")
    alice = visit(people.alice)
    page = alice.get(f"{HERE}close/").submit(follow=True)
    assert "Not shown in an anonymous round" in page.words
    with app.extensions["database"].reading() as session:
        stored = session.scalars(select(PublishedResult.scores)).one()
    taken = json.loads(alice.post(f"{HERE}results/export.json").text)
    assert stored["groups"] == {}
    assert {(d["office"], d["users"]) for d in stored["dimensions"]} == {(d["office"], d["users"]) for d in taken["dimensions"].values()} == {(None, None)}
    for kind in ("pdf", "pptx"):
        assert "mean of the office" not in text_of(alice.post(f"{HERE}results/export.{kind}").body).lower()
    assert "office" not in alice.post(f"{HERE}results/export.csv").text.lower()
    lines = rows_of_sheet(alice.post(f"{HERE}results/export.xlsx").body, "Dimensions")
    assert {(line["Office"], line["Users"]) for line in lines if line["Code"] in DIMENSIONS} == {(None, None)}


def test_comments_stand_without_order_where_eight_answered_and_three_wrote(app, people, visit):
    put(app, people, size=9, submitted=8, comments={n: f"canary {n}" for n in range(3)})
    page = visit(people.alice).get(f"{HERE}close/").submit(follow=True)
    assert all(f"canary {n}" in page.words for n in range(3))
    assert "canary" not in visit(people.bob).get(f"{HERE}results/").words


def test_the_pmo_lead_takes_a_comment_out_with_a_reason(app, people, visit):
    put(app, people, size=9, submitted=8, comments={n: f"canary {n}" for n in range(3)})
    assert visit(people.alice).get(f"{HERE}close/").submit().status == 303
    assert visit(people.alice).get(f"{HERE}comments/").status == 404
    petra = visit(people.petra)
    page = petra.get(petra.get(f"{HERE}results/").link("Take out a comment"))
    key = page.find(".//input[@name='comment']").get("value")
    for fields, says in (({"comment": key, "reason": ""}, "Enter the reason"), ({"comment": "0" * 32, "reason": "x"}, "from the list"), ({"reason": "x"}, "Choose a comment")):
        refused = petra.get(f"{HERE}comments/").submit({"comment": None, **fields})
        assert refused.status == 422
        assert says in refused.words
    gone = page.find("label").words.removeprefix("GOV-1: ")
    assert page.submit({"comment": key, "reason": "It names somebody."}).status == 303
    words = visit(people.alice).get(f"{HERE}results/").words
    assert "Taken out by the PMO lead: It names somebody." in words
    assert gone not in words
    assert gone not in json.dumps(rows_of(app))
    assert petra.post(f"{HERE}comments/", {"comment": key, "reason": "Again"}).status == 422


def test_an_unshown_team_looks_the_same_whether_few_or_protected(app, people, visit):
    put(app, people, size=7, submitted=6)
    with app.extensions["database"].transaction() as session:      # five of six filled in too little to count
        for sheet in list(session.scalars(select(AnonymousSheet)))[:5]:
            sheet.answers = dict.fromkeys(ITEMS[:9], "3")
    page = visit(people.alice).get(f"{HERE}close/").submit(follow=True)
    assert "Nothing of this round is shown for this team. Fewer than 5 answers count, or a figure would give a small group away" in page.words
    assert not page.all(".//main//table")
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count(PublishedResult.id))) == 0
    assert "No result yet" in visit(people.alice).get("/teams/north/").words


def test_an_agreed_level_stands_beside_figures_that_stay(app, people, visit):
    put(app, people, size=7, submitted=6)
    alice = visit(people.alice)
    alice.get(f"{HERE}close/").submit()
    with app.extensions["database"].reading() as session:
        before = session.scalars(select(PublishedResult)).one().scores
    form = alice.get(f"{HERE}agreed-levels/")
    assert form.submit({"item": "GOV-1", "level": "4", "reason": "We talked.", "evidence": "A charter."}, action="agreed-levels/").status == 303
    with app.extensions["database"].reading() as session:
        after = session.scalars(select(PublishedResult)).one().scores
    assert [i["mean"] for i in after["items"]] == [i["mean"] for i in before["items"]]
    assert after["items"][0]["agreed_level"] == 4
    assert "We talked." in alice.get(f"{HERE}results/").words


def test_a_second_round_tells_a_change_only_as_far_as_no_joiner_is_given_away(app, people, visit):
    with app.extensions["database"].transaction() as session:
        same = crowd(session, 7)
        joined = crowd(session, 1, "Joined")
        for number, asked in ((1, same), (2, same), (3, [*same, *joined])):
            anonymous_round(session, people.north, asked, len(asked), number=number, state="draft", min_group=5)
        session.expunge_all()
    alice = visit(people.alice)
    for number in (1, 2, 3):
        with app.extensions["database"].transaction() as session:
            session.scalars(select(AssessmentRound).where(AssessmentRound.number == number)).one().state = "open"
        page = alice.get(f"/teams/north/rounds/{number}/close/").submit(follow=True)
        words = [row.words for row in page.all(".//table[1]//tbody/tr")][0]
        assert {1: "+" not in words, 2: "+0.0" in words, 3: "about the same" in words}[number]


def test_deleted_drafts_and_comments_are_not_even_in_the_file(app, people, visit):
    database = app.extensions["database"]
    if not database.is_sqlite:
        pytest.skip("PostgreSQL keeps deleted rows until VACUUM; the operator's note says so")
    put(app, people, size=7, submitted=6, comments={0: "canary-comment-bytes"})
    bob = visit(people.bob)
    bob.get(f"{HERE}answer/").submit()
    bob.get(f"{HERE}answer/GOV/").submit({"GOV-1": "4", "GOV-1.comment": "canary-draft-bytes", "go": "save"})

    def stored():
        path = Path(database.url.removeprefix("sqlite:///"))
        return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))

    assert b"canary-draft-bytes" in stored()
    assert visit(people.alice).get(f"{HERE}close/").submit().status == 303
    assert b"canary-draft-bytes" not in stored()
    assert b"canary-comment-bytes" not in stored()


def test_two_submits_at_once_make_one_sheet(app, people, visit):
    put(app, people, size=7, submitted=6)
    bob = visit(people.bob)
    answer_everything(bob, 2)
    twins = [visit(people.bob) for _ in range(4)]
    tokens = [site.token() for site in twins]
    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(lambda n: twins[n].post(f"{HERE}check/", {"csrf_token": tokens[n]}, as_is=True).status, range(4)))
    assert statuses == [303, 409, 409, 409]
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count()).select_from(AnonymousSheet)) == 7
