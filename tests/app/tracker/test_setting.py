"""The one tracker of an installation, as the operator names it (P59)."""

from __future__ import annotations

import pytest

from app.config import Settings, SettingsError, read_tracker_url
from app.tracker import WrongProject, project_named


@pytest.mark.parametrize(("url", "kind", "address", "user", "projects"), [
    ("jira+https://me%40example.org:s%3Aecret@example.atlassian.net", "jira", "https://example.atlassian.net", "me@example.org", ()),
    ("jira+https://:secret@jira.example.org:8443/jira/?projects=PMO,OPS&type=Story", "jira", "https://jira.example.org:8443/jira", "", ("PMO", "OPS")),
    ("gitlab+https://:secret@gitlab.example.org", "gitlab", "https://gitlab.example.org", "", ()),
    ("gitlab+http://:secret@127.0.0.1:8080", "gitlab", "http://127.0.0.1:8080", "", ()),
])
def test_the_address_of_the_tracker_says_how_it_is_spoken_to(url, kind, address, user, projects):
    server = read_tracker_url(url)
    assert (server.kind, server.address, server.user, server.projects) == (kind, address, user, projects)
    settings = Settings(secret_key="s" * 64, database_url="sqlite://", tracker_url=url)
    assert "ecret" in server.token
    assert "ecret" not in repr(server) + server.address + repr(settings).replace("secret_key", "")


@pytest.mark.parametrize("url", [
    "https://:secret@gitlab.example.org", "gitlab+http://:secret@gitlab.example.org", "gitlab+https://gitlab.example.org", "gitlab+https://secret@gitlab.example.org",
    "gitlab+https://me:secret@gitlab.example.org", "jira+ftp://:secret@jira.example.org", "jira+https://:secret@jira.example.org:port",
    "jira+https://:secret@", "jira+https://:secret@jira.example.org/a/../b", "jira+https://:secret@jira.example.org?other=1", "trello+https://:secret@trello.example",
    "jira+https://:se%0d%0acret@jira.example.org", "jira+https://me%3Ayou:secret@jira.example.org",
])
def test_an_address_that_cannot_be_used_stops_the_start(url):
    with pytest.raises(SettingsError, match="TRACKER_URL") as said:
        read_tracker_url(url)
    assert "secret" not in str(said.value)


@pytest.mark.parametrize(("url", "typed", "named"), [
    ("jira+https://:s@jira.example.org", " pmo ", "PMO"), ("gitlab+https://:s@gitlab.example.org", "/office/plans/", "office/plans"),
    ("jira+https://:s@jira.example.org?projects=PMO", "pmo", "PMO"), ("gitlab+https://:s@gitlab.example.org", "a/b/c.d-e_f", "a/b/c.d-e_f"),
])
def test_a_project_is_named_as_the_tracker_names_it(url, typed, named):
    assert project_named(read_tracker_url(url), typed) == named


@pytest.mark.parametrize(("url", "typed"), [
    ("jira+https://:s@jira.example.org", 'PMO" OR 1=1'), ("jira+https://:s@jira.example.org", "../PMO"), ("jira+https://:s@jira.example.org", "P"),
    ("gitlab+https://:s@gitlab.example.org", "plans"), ("gitlab+https://:s@gitlab.example.org", "office/../../users"), ("gitlab+https://:s@gitlab.example.org", "a/b?c"),
    ("jira+https://:s@jira.example.org?projects=PMO,OPS", "HR"),
])
def test_what_cannot_be_a_project_or_may_not_be_used_is_refused_with_a_sentence(url, typed):
    with pytest.raises(WrongProject, match="Enter the|teams may use PMO, OPS"):
        project_named(read_tracker_url(url), typed)
