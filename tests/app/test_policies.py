"""A route nobody has decided about stops the start."""

import pytest
from flask import Flask

from app import access
from app.access import policy


def test_a_route_without_a_policy_stops_the_start():
    site = Flask("bare", static_folder=None)
    site.add_url_rule("/open", "open", lambda: "")
    with pytest.raises(RuntimeError, match="routes without a policy: open"):
        access.check_policies(site)


def test_a_view_has_one_policy():
    def view() -> str:
        return ""

    policy("signed in")(view)
    with pytest.raises(RuntimeError, match="two policies"):
        policy("public")(view)


def test_a_record_nobody_has_decided_about_cannot_be_asked_for():
    from app.models import IdempotencyKey

    with pytest.raises(RuntimeError, match="nobody has decided who sees IdempotencyKey"):
        access.visible(access.Me(1, "A", "a@b.c", "UTC"), IdempotencyKey)
