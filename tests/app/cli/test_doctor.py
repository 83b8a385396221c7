"""Settings and health in plain words."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app import clock
from app.cli.doctor import of_settings
from app.cli.parser import main
from app.config import Settings
from app.mail import post
from app.models import Job, OutboxMessage, TrackerProject
from tests.support.people import cast, person


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(secret_key="s" * 64, database_url=database_url, instance_dir=tmp_path)


def wrong(settings):
    return [str(finding) for finding in of_settings(settings) if finding.is_wrong and finding.what != "content"]


def test_a_sound_installation_has_nothing_wrong(settings, database):
    cast(database)
    assert wrong(settings) == []
    lines = [str(finding) for finding in of_settings(settings)]
    assert any(line.startswith("ok     database: ") and "newest schema" in line for line in lines)
    assert not any("ssss" in line for line in lines)


def test_nobody_to_administer_failed_jobs_and_a_missing_worker_are_found(settings, database):
    with database.transaction() as session:
        session.add(person("Bob"))
        session.add(Job(kind="roadmap", thing_id=1, state="failed"))
        session.add(Job(kind="roadmap", thing_id=2, created_at=clock.now().replace(year=2020)))
    found = wrong(settings)
    assert [line.split(":")[0].split()[-1] for line in found] == ["administrators", "jobs", "process"]


def test_mail_that_waits_without_a_server_is_said_and_a_failed_one_is_wrong(settings, database):
    cast(database)
    with database.transaction() as session:
        post(session, to="bob@north.example", subject="Hello", text="Hello")
    assert any("mail: not set up, 1 waiting; set CAIRN_MAIL_URL" in str(finding) for finding in of_settings(settings))
    assert wrong(settings) == []
    with database.transaction() as session:
        session.scalars(select(OutboxMessage)).one().state = "failed"
    (line,) = wrong(replace(settings, mail_url="smtps://me:s3cret@mail.north.example"))
    assert "mail: by mail.north.example, 0 waiting, 1 failed" in line


def test_a_tracker_says_when_it_was_reached_and_what_is_wrong_without_its_token(settings, database):
    known = cast(database)
    assert any("tracker: not set up; set CAIRN_TRACKER_URL" in str(finding) for finding in of_settings(settings))
    told = replace(settings, tracker_url="jira+https://:s3cret@jira.north.example")
    assert wrong(told) == []
    with database.transaction() as session:
        session.add(TrackerProject(
            team_id=known.north.id, site="https://jira.north.example", project="PMO", mark="1a2b", state="on", asked_at=clock.now(),
            reached_at=clock.now().replace(year=2020), last_error="Jira cannot be reached",
        ))
    (line,) = wrong(told)
    assert line.startswith("WRONG  tracker: Jira at https://jira.north.example, 1 team, last reached 2020-")
    assert line.endswith("UTC; Jira cannot be reached")


def test_a_content_fault_is_named_with_its_file(settings, tmp_path):
    (tmp_path / "content" / "questionnaires").mkdir(parents=True)
    (tmp_path / "content" / "questionnaires" / "bad.yaml").write_text("id: [")
    broken = Settings(secret_key="s" * 64, database_url=settings.database_url, instance_dir=tmp_path, content_dir=tmp_path / "content")
    assert any("bad.yaml" in str(finding) for finding in of_settings(broken) if finding.is_wrong)


def test_a_server_that_does_not_answer_is_said_without_the_password(tmp_path):
    settings = Settings(secret_key="s" * 64, database_url="postgresql+psycopg://site:s3cret@127.0.0.1:1/cairn", instance_dir=tmp_path)
    (line,) = wrong(settings)
    assert "cannot be reached" in line
    assert "s3cret" not in line


def test_the_command_ends_with_one_when_something_is_wrong(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CAIRN_SECRET_KEY", "s" * 64)
    monkeypatch.setenv("CAIRN_INSTANCE_DIR", str(tmp_path))
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "WRONG  database: there is none yet; run: python -m app migrate" in said


def test_a_short_secret_is_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CAIRN_SECRET_KEY", "short")
    monkeypatch.setenv("CAIRN_INSTANCE_DIR", str(tmp_path))
    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "settings: SECRET_KEY: set CAIRN_SECRET_KEY to at least 32 random bytes\n"
