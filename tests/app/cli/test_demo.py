"""The demo organisation: who is in it, what they did, and that it goes without a trace."""

from __future__ import annotations

import itertools
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock, create_app
from app.accounts.passwords import Hasher
from app.cli.parser import main
from app.config import Settings
from app.content import library
from app.db import Database
from app.demo.load import load_demo
from app.demo.reading import read_demo
from app.demo.rounds import shipped_model
from app.demo.sheets import sheets_near
from app.maturity.queries.proof import proof_page
from app.maturity.queries.workshop import screen_page
from app.models import (
    ActionNote,
    AgreedLevel,
    AssessmentRound,
    Base,
    DimensionResult,
    Event,
    Goal,
    HelpedToo,
    Invitation,
    IssuedCertificate,
    Job,
    JointRound,
    LessonPost,
    LessonVisit,
    Meeting,
    MeetingNote,
    Membership,
    MentorProfile,
    Organisation,
    Pairing,
    Person,
    PlannedAction,
    PublishedResult,
    QuizAttempt,
    RecordedAnswer,
    RevealedItem,
    SavedRoadmap,
    SkillRating,
    Team,
)
from app.programme.queries.proof import programme_proof_page
from app.records.accounts import asking_as
from app.records.audit import walk
from app.records.skills import rated_people
from app.ui.markdown import headings, lesson_html
from app.work import KINDS
from tests.support.people import person
from tests.support.site import Site

PASSWORD = "a long walk by the harbour"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo organisation, loaded once for all tests that only look."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("demo") / "site.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("postgres").clone("template_site")
    own = Database(url)
    load_demo(own, Hasher(1, 8, 1).hash(PASSWORD))
    yield own
    own.dispose()
    if request.param == "postgres":
        request.getfixturevalue("postgres").drop(url)


@pytest.fixture
def command(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`command("demo", "--remove")` on a fresh database; the exit code."""
    for name, value in {
        "DATABASE_URL": database_url, "INSTANCE_DIR": str(tmp_path), "SECRET_KEY": "t" * 64, "HASH_TIME": "1", "HASH_MEMORY": "8",
    }.items():
        monkeypatch.setenv(f"CAIRN_{name}", value)
    return lambda *words: main(words)


def email(name: str) -> Any:
    return Person.email == f"{name}@demo.example"


def rows(own: Database) -> dict[str, int]:
    """How many rows each table has."""
    with own.reading() as session:
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables}


# The files


def test_no_two_people_share_a_name_or_an_address() -> None:
    organisation = read_demo().organisation
    names = [p.name for p in itertools.chain(organisation.office, *(team.people for team in organisation.teams))]
    addresses = [team.address(place) for team in organisation.teams for place in range(1, len(team.people) + 1)]
    assert len(names) == len(set(names)) > 90
    assert len(addresses) == len(set(addresses))


def test_respondents_have_the_roles_and_sides_of_the_answer_file() -> None:
    demo = read_demo()
    profiles = {team.code: team for team in demo.organisation.teams}
    for team in demo.answers:
        people = profiles[team.code].people
        assert len([p for p in people if p.is_asked(1)]) == (team.invited or len([p for p in people if p.is_asked(1)]))
        for sheet, someone in zip(team.sheets, people, strict=False):
            assert (team.roles[sheet.respondent], sheet.group) == (someone.role, demo.organisation.roles[someone.role].side)


def test_invited_are_8_9_and_14() -> None:
    people = {team.code: team.people for team in read_demo().organisation.teams}
    assert [sum(p.is_asked(1) for p in people[code]) for code in ("HAR", "KES", "MER")] == [8, 9, 14]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(1, 5), min_size=8, max_size=8), st.integers(1, 14), st.text(max_size=5))
@example([1.55] * 8, 2, "348")  # two people, one of whom does not know
@example([1.45] * 8, 2, "48")  # half a step away on either side
def test_made_answers_come_out_near_their_profile_and_the_same_twice(profile: list[float], people: int, seed: str) -> None:
    model = shipped_model()
    wanted = dict(zip((d.id for d in model.dimensions), profile, strict=True))
    sheets = sheets_near(model, wanted, people, seed)
    assert sheets == sheets_near(model, wanted, people, seed)
    for dimension in model.dimensions:
        means = []
        for item in dimension.items:
            levels = [int(sheet[item.id]) for sheet in sheets if sheet[item.id] != "DK"]
            means.append(sum(levels) / len(levels))
        assert abs(sum(means) / len(means) - wanted[dimension.id]) <= 0.15


def test_headings_where_reading_stopped_are_in_the_lesson() -> None:
    catalogue = library().catalogue
    for learner in read_demo().learning.learners:
        if learner.reading:
            lesson = catalogue.course(learner.course).lessons[learner.passed]
            anchors = {anchor for anchor, _ in headings(lesson_html(lesson.body, lambda kind, target: "/"))}
            assert learner.reading.heading in anchors


# What is loaded


def test_the_teams_with_full_answers_have_the_known_results(loaded: Database) -> None:
    with loaded.reading() as session:
        found = {
            slug: (round(index, 4), staged, answered, invited, kind)
            for slug, index, staged, answered, invited, kind in session.execute(
                select(Team.slug, PublishedResult.overall_index, PublishedResult.staged, PublishedResult.respondents, PublishedResult.invited, PublishedResult.kind)
                .join(Team, Team.id == PublishedResult.team_id).join(AssessmentRound, AssessmentRound.id == PublishedResult.round_id)
                .where(AssessmentRound.number == 1)
            )
        }
        talent = session.scalar(select(DimensionResult.index).join(Team, Team.id == DimensionResult.team_id).where(Team.slug == "har", DimensionResult.dimension == "TAL"))
    assert found["har"] == (1.7737, 1, 5, 8, "confirmed")
    assert found["mer"] == (2.9620, 2, 8, 14, "confirmed")
    assert found["kes"][2:4] == (6, 9)
    assert len(found) == 10
    assert talent == pytest.approx(1.7667, abs=1e-4)


def test_the_other_teams_stand_near_their_profile(loaded: Database) -> None:
    profiles = {team.code.lower(): team.profile for team in read_demo().answers if team.profile}
    with loaded.reading() as session:
        found = session.execute(
            select(Team.slug, DimensionResult.dimension, DimensionResult.index).join(Team, Team.id == DimensionResult.team_id)
            .join(AssessmentRound, AssessmentRound.id == DimensionResult.round_id).where(AssessmentRound.number == 1)
        ).all()
    off = [(slug, d, index) for slug, d, index in found if slug in profiles and abs(index - profiles[slug][d]) > 0.15]
    assert off == []


def test_not_applicable_answers_carry_their_reason(loaded: Database) -> None:
    with loaded.reading() as session:
        found = set(session.execute(select(RecordedAnswer.item_id, RecordedAnswer.reason, RecordedAnswer.unit).where(RecordedAnswer.value == "NA")).all())
    assert found == {("STR-2", "NA2", ""), ("STR-3", "NA2", ""), ("TAL-5", "NA1", "Line departments"), ("VAL-2", "NA1", "Rail operations")}


def test_a_joint_round_without_names_shows_what_is_protected(loaded: Database) -> None:
    with loaded.reading() as session:
        rows = session.execute(
            select(Team.slug, DimensionResult.dimension, DimensionResult.index).join(Team, Team.id == DimensionResult.team_id)
            .join(AssessmentRound, AssessmentRound.id == DimensionResult.round_id).where(AssessmentRound.mode == "anonymous")
        ).all()
        assert session.scalar(select(func.count(RecordedAnswer.id)).join(Invitation).join(AssessmentRound).where(AssessmentRound.mode == "anonymous")) == 0
        joint = session.scalars(select(JointRound)).one()
    assert {slug for slug, _, _ in rows} == {"tes"}  # four answers of Brightwater are too few, and Alder would give them away
    assert [dimension for _, dimension, index in rows if index is None] == ["VAL"]
    assert len(rows) == 8
    assert {name: scores["answered"] for name, scores in joint.scores["scores"].items()} == {"organisation": 20}


def test_plans_carried_out_are_measured_in_three_teams(loaded: Database) -> None:
    with loaded.reading() as session:
        me = asking_as(session, email("pmo"))
        assert me
        pages = {slug: proof_page(session, me, slug=slug) for slug in ("gra", "opf", "cor")}
        across = programme_proof_page(session, me)
    outcomes = {slug: {one.action_id: one.tag[0] for one in page.threads} for slug, page in pages.items()}
    assert outcomes == {
        "gra": {"VAL-1.L3": "Not measured", "STR-3.L3": "Not verified", "STR-1.L4": "Verified", "VAL-3.L3": "Verified", "STK-3.L3": "Verified"},
        "opf": {"MTH-1.L3": "Not verified", "STK-3.L3": "Verified", "MTH-1.L2": "Verified", "KNO-2.L2": "Verified"},
        "cor": {"DEL-1.L4": "Not measured", "KNO-1.L3": "Verified", "STK-3.L3": "Not verified", "GOV-2.L3": "Verified"},
    }
    first = across.lines[0]
    assert (first.action_id, first.words) == ("STK-3.L3", "Three teams finished it; 2 of 3 measured since stand on level 3.")
    assert first.learned == "10.8, from a mean of 11.7 in n = 3 teams"


def test_every_action_told_is_in_its_plan(loaded: Database) -> None:
    with loaded.reading() as session:
        stored = {
            (team.upper(), action): state for team, action, state in session.execute(
                select(Team.slug, PlannedAction.action_id, PlannedAction.state)
                .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id).join(Team, Team.id == SavedRoadmap.team_id)
            )
        }
    for plan in read_demo().roadmaps.plans:
        for action in plan.actions:
            assert stored.get((plan.code, action.action)) == action.state, (plan.code, action.action)


def test_a_workshop_is_at_its_ninth_item(loaded: Database) -> None:
    with loaded.reading() as session:
        me = asking_as(session, email("r1.bri"))
        assert me
        page = screen_page(session, me, slug="bri", number=3)
        revealed = session.scalars(select(RevealedItem.item_id)).all()
        agreed = session.scalars(select(AgreedLevel.item_id)).all()
    assert page.item
    assert (page.item.id, page.position, page.voted, page.spread) == ("STR-3", 9, "4 of 8 have voted", None)
    assert len(revealed) == 8
    assert set(revealed) - set(agreed) == {"GOV-3", "GOV-5"}
    assert set(agreed) < set(revealed)


def test_the_first_rounds_closed_months_ago_and_three_are_open_now(loaded: Database) -> None:
    now = clock.now()
    with loaded.reading() as session:
        rounds = {(slug, r.number): r for slug, r in session.execute(select(Team.slug, AssessmentRound).join(Team, Team.id == AssessmentRound.team_id))}
    for slug in ("har", "kes", "mer"):
        assert timedelta(days=145) < now - rounds[slug, 1].closed_at < timedelta(days=165)
    assert {place for place, r in rounds.items() if r.state == "open"} == {("har", 2), ("lum", 2), ("bri", 3)}
    assert 1 <= (rounds["har", 2].closes_on - now.date()).days <= 5


def test_the_new_project_manager_has_answered_28_of_45(loaded: Database) -> None:
    with loaded.reading() as session:
        count = session.scalar(
            select(func.count(RecordedAnswer.id)).join(Invitation, Invitation.id == RecordedAnswer.invitation_id)
            .join(Person, Person.id == Invitation.person_id).where(email("new"))
        )
        states = session.scalars(
            select(Invitation.state).join(AssessmentRound, AssessmentRound.id == Invitation.round_id).join(Team, Team.id == AssessmentRound.team_id)
            .where(Team.slug == "lum", AssessmentRound.number == 2)
        ).all()
    assert count == 28
    assert sorted(states) == ["invited", "invited", "started", "started", "submitted", "submitted", "submitted"]


def test_the_plan_of_harbour_city_is_the_best_one_and_half_done(loaded: Database) -> None:
    today = clock.today()
    with loaded.reading() as session:
        plan = session.scalars(select(SavedRoadmap).join(Team, Team.id == SavedRoadmap.team_id).where(Team.slug == "har")).one()
        actions = session.scalars(select(PlannedAction).where(PlannedAction.roadmap_id == plan.id).order_by(PlannedAction.id)).all()
        notes = session.scalar(select(func.max(ActionNote.created_at)))
    assert plan.plan
    assert (plan.plan["value"], plan.plan["earliness"], plan.plan["greedy"]["value"], plan.is_current) == (7027, 16099, 6463, True)
    assert {a.action_id for a in actions if a.quarter == 1} == {"STK-1.L3", "TAL-2.L2", "TAL-2.L3", "TAL-3.L3"}
    assert {a.state for a in actions if a.quarter == 1} == {"done"}
    assert [a.action_id for a in actions if a.state != "done" and a.due_on < today] == ["TAL-6.L3"]
    assert all(a.owner_id and a.started_at for a in actions if a.quarter < 3)
    assert notes
    assert notes <= clock.now()


def test_every_plan_waits_for_the_worker_with_a_kind_it_knows(loaded: Database) -> None:
    with loaded.reading() as session:
        jobs = session.execute(select(Job.kind, Job.thing_id)).all()
        waiting = session.scalar(select(func.count()).where(SavedRoadmap.state == "waiting"))
        plans = set(session.scalars(select(SavedRoadmap.id)))
    assert {job.kind for job in jobs} <= set(KINDS)
    assert {job.thing_id for job in jobs} == plans
    assert waiting == 6


def test_the_new_project_manager_is_the_worked_example_of_skill_gaps(loaded: Database) -> None:
    with loaded.reading() as session:
        nia = rated_people(session, email("new"))[0]
        held = rated_people(session, Person.id.in_(select(Membership.person_id).join(Team, Team.id == Membership.team_id).where(Team.slug == "har")))
        history = session.scalar(select(func.count()).where(SkillRating.replaced_at.is_not(None)))
    assert nia.profile
    assert nia.profile.index == pytest.approx(11.4286, abs=1e-4)
    assert [gap.competence for gap in nia.profile.largest()] == ["P06", "P03", "H02"]
    assert not any((p.ratings[c].value or 0) >= 3 for p in held if p.ratings for c in ("P04", "H04"))
    assert history == 4


def test_learning_has_passes_a_failed_try_and_certificates(loaded: Database) -> None:
    with loaded.reading() as session:
        tries = session.execute(
            select(QuizAttempt.lesson_id, QuizAttempt.passed, QuizAttempt.score).join(Person, Person.id == QuizAttempt.person_id)
            .where(email("new")).order_by(QuizAttempt.submitted_at)
        ).all()
        stopped = session.scalar(select(LessonVisit.heading).join(Person, Person.id == LessonVisit.person_id).where(email("new"), LessonVisit.lesson_id == "C05-3"))
        certificates = set(session.execute(select(IssuedCertificate.holder, IssuedCertificate.course_id)).all())
        tested = {
            (held.holder, "All lessons" if held.facts["by_test"] == held.facts["lessons"] else "some")
            for held in session.scalars(select(IssuedCertificate)) if held.facts["by_test"]
        }
        kept = session.scalars(select(QuizAttempt).limit(1)).one()
        marks = sum(answer.mark or 0 for answer in kept.answers)
    assert [tuple(t) for t in tries] == [("C05-1", True, 5), ("C05-2", False, 3), ("C05-2", True, 5)]
    assert stopped == "thirty-minutes-on-thursday"
    assert {("Priya Nair", "C05"), ("Inês Duarte", "C01")} <= certificates
    learning = read_demo().learning
    assert len(certificates) == sum(learner.certificate for learner in learning.learners) + len(learning.tested)
    assert tested == {("Marta Lindqvist", "All lessons"), ("Leila Rahmani", "All lessons")}
    assert marks == kept.score


def test_the_pairing_of_the_new_project_manager(loaded: Database) -> None:
    today = clock.today()
    with loaded.reading() as session:
        pairing = session.scalars(select(Pairing).join(Person, Person.id == Pairing.mentee_id).where(email("new"))).one()
        meetings = session.scalars(select(Meeting).where(Meeting.pairing_id == pairing.id).order_by(Meeting.held_on)).all()
        private = session.execute(
            select(MeetingNote.meeting_id, func.count()).where(MeetingNote.kind == "private", MeetingNote.meeting_id.in_([m.id for m in meetings]))
            .group_by(MeetingNote.meeting_id)
        ).all()
        goals = session.scalar(select(func.count()).where(Goal.pairing_id == pairing.id))
        cards = session.scalar(select(func.count()).where(MentorProfile.approved_at.is_not(None), MentorProfile.state == "published"))
        asked = session.scalar(select(func.count()).where(Pairing.state == "requested"))
    assert [m.state for m in meetings] == ["held", "held", "held", "planned"]
    assert meetings[-1].held_on == today + timedelta(days=2)
    assert (len(private), goals, cards, asked) == (3, 2, 2, 1)


def test_nothing_that_happened_lies_ahead(loaded: Database) -> None:
    now = clock.now()
    with loaded.reading() as session:
        latest = [session.scalar(select(func.max(column))) for column in (
            Event.created_at, Person.created_at, RecordedAnswer.saved_at, QuizAttempt.submitted_at, SkillRating.rated_at, Invitation.submitted_at,
            MeetingNote.created_at, IssuedCertificate.created_at,
        )]
    assert all(moment and moment <= now for moment in latest)


def test_the_audit_log_of_the_demo_is_whole(loaded: Database) -> None:
    with loaded.reading() as session:
        log = walk(session)
    assert (log.entries > 30, log.fault) == (True, "")


def test_everybody_of_the_tour_signs_in_with_the_one_password(loaded: Database) -> None:
    names = ("admin", "pmo", "lead.har", "lead.kes", "lead.mer", "r1.har", "r2.har", "r5.har", "r1.kes", "r8.mer", "mentor", "mentor2", "new")
    with loaded.reading() as session:
        found = dict(session.execute(select(Person.email, Person.password_hash).where(Person.is_demo, Person.disabled_at.is_(None))).all())
    hasher = Hasher(1, 8, 1)
    assert all(found.get(f"{name}@demo.example") for name in names)
    assert len(set(found.values())) == 1
    assert hasher.fits(found["new@demo.example"], PASSWORD)


@pytest.fixture
def demo_site(loaded: Database, tmp_path: Path) -> Iterator[Any]:
    """`demo_site("new")`: the site as a demo person sees it."""
    app = create_app(Settings(
        secret_key="t" * 64, database_url=loaded.url, instance_dir=tmp_path, base_url="http://127.0.0.1", hash_time=1, hash_memory=8, listens_on_loopback=True,
    ))

    def opened(name: str = "") -> Site:
        with loaded.reading() as session:
            return Site(app, session.scalars(select(Person).where(email(name))).one() if name else None)

    yield opened
    app.extensions["database"].dispose()


@pytest.mark.parametrize("name", ["new", "lead.har", "mentor", "pmo", "admin"])
def test_the_first_pages_open_for_everybody_of_the_tour(demo_site: Any, name: str) -> None:
    site = demo_site(name)
    for address in ("/", "/teams/"):
        assert site.get(address).status == 200


def test_the_tour_is_offered_at_sign_in(demo_site: Any) -> None:
    offered = demo_site().get("/sign-in").words
    for name in ("Nia Okafor", "Inês Duarte", "Marta Lindqvist", "Daniel Roth", "Gabriel Stein"):
        assert name in offered


# Loading and taking away


def test_the_demo_goes_without_a_trace(command: Any, database: Database, tmp_path: Path) -> None:
    before = rows(database)
    assert command("demo") == 0
    assert rows(database)["person"] > 90
    assert stat.S_IMODE((tmp_path / "demo-password.txt").stat().st_mode) == 0o600
    assert command("demo") == 1
    assert command("demo", "--remove") == 0
    assert rows(database) == before
    assert not (tmp_path / "demo-password.txt").exists()
    assert command("demo", "--remove") == 1


def test_real_people_and_what_is_theirs_stay(command: Any, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("demo", "--teams", "2", "--people", "8", "--rounds", "1") == 0
    with database.transaction() as session:
        ann, team = person("Ann"), Team(slug="own", name="Our own team")
        session.add_all([ann, team])
        session.flush()
        somebody = session.scalars(select(Person).where(Person.is_demo).order_by(Person.id)).first()
        demo_round = session.scalars(select(AssessmentRound)).first()
        assert somebody
        assert demo_round
        own_round = AssessmentRound(team_id=team.id, number=1, title="Ours", model_id="pmo-maturity", model_version=1, pmo_type="SUP", created_by_id=somebody.id)
        session.add_all([
            own_round,
            Membership(person_id=ann.id, team_id=team.id),
            Membership(person_id=ann.id, team_id=demo_round.team_id),
            Membership(person_id=somebody.id, team_id=team.id),
            Invitation(round_id=demo_round.id, person_id=ann.id),
            SkillRating(person_id=ann.id, competence_id="P01", kind="self", level=2, rater_id=ann.id, rated_at=clock.now()),
            SkillRating(person_id=ann.id, competence_id="P01", kind="assessed", level=2, rater_id=somebody.id, rated_at=clock.now()),
            Pairing(mentor_id=somebody.id, mentee_id=ann.id, wish="Planning"),
            Event(person_id=ann.id, subject_id=somebody.id, what="looked", thing="person", thing_id="1"),
        ])
        own, of_demo = (LessonPost(person_id=who.id, lesson_id="C05-1", kind="question", title="Asked", text="Words.") for who in (ann, somebody))
        session.add_all([own, of_demo])
        session.flush()
        answers = [LessonPost(person_id=who.id, lesson_id="C05-1", kind="answer", question_id=question.id, text="Words.") for who, question in ((somebody, own), (ann, own), (ann, of_demo))]
        session.add_all(answers)
        session.flush()
        session.add_all(HelpedToo(post_id=answer.id, person_id=who.id) for answer, who in zip(answers, (ann, somebody, somebody), strict=True))
    assert command("demo", "--remove") == 0
    left = {name: count for name, count in rows(database).items() if count}
    assert left == {"organisation": 1, "person": 1, "team": 1, "membership": 1, "assessment_round": 1, "skill_rating": 1, "lesson_post": 2, "event": 2, "event_link": 2}
    assert command("demo") == 1
    assert "real people" in capsys.readouterr().err


def test_the_password_of_the_settings_is_used(command: Any, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CAIRN_DEMO_PASSWORD", PASSWORD)
    assert command("demo", "--teams", "1", "--people", "2", "--rounds", "0") == 0
    with database.reading() as session:
        stored = session.scalars(select(Person.password_hash).where(email("pmo"))).one()
        organisation = session.scalars(select(Organisation.name)).one()
    assert Hasher(1, 8, 1).fits(stored, PASSWORD)
    assert PASSWORD not in capsys.readouterr().out
    assert organisation == "Generated organisation"


def test_a_large_organisation_is_the_same_for_the_same_seed(command: Any, database: Database) -> None:
    found = []
    for _ in range(2):
        assert command("demo", "--teams", "3", "--people", "20", "--rounds", "2", "--seed", "7") == 0
        with database.reading() as session:
            found.append([
                session.execute(select(Team.slug, PublishedResult.overall_index).join(Team, Team.id == PublishedResult.team_id).order_by(PublishedResult.id)).all(),
                session.scalar(select(func.count()).select_from(SkillRating)),
                session.scalars(select(Person.name).order_by(Person.email)).all(),
            ])
        assert command("demo", "--remove") == 0
    assert found[0] == found[1]
    assert len(found[0][0]) == 6


@pytest.mark.parametrize("words", [["--teams", "0"], ["--people", "-1"], ["--rounds", "21"]])
def test_impossible_sizes_are_refused(command: Any, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command("demo", *words) == 1
    assert words[0] in capsys.readouterr().err
