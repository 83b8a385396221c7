"""Every form of the site with what it is sent, and how a body is encoded that no browser would send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tests.house.addresses import Doer, doers, routes
from tests.house.deeds import DEEDS
from tests.house.given import GIVEN
from tests.house.house import House

# Forms of everybody's own that the matrix has no row for, and those that need a file: tests/app/admin/test_content.py sends it.
OTHERS = {
    "/sign-in": ("An", {"email": "su.canary@mail.example", "password": "wrong"}), "/sign-in/demo": ("An", {"email": "nobody@mail.example"}),
    "/sign-out": ("Su", {}), "/settings/confirm": ("Su", {"current": "wrong"}), "/choose-password/<token>": ("An", {"password": "a long password"}), "/invited/<token>": ("An", {}),
    "/skills/certificates/": ("Su", {"title": "Course", "issuer": "Institute", "issued_on": "2026-01-05", "expires_on": "", "competences": ["P03"], "link": "https://north.example/"}),
    "/skills/evidence/": ("Su", {"competence": "P03", "text": "A workshop.", "shown_on": "2026-01-05", "link": "https://north.example/"}),
    "/admin/content/": ("Ad", {}), "/admin/content/<slug>/<id:version>/use": ("Ad", {}), "/admin/content/<slug>/take-back": ("Ad", {}),
}


def begin(house: House, doer: Doer | None) -> None:
    """The stage, and what the deed starts from."""
    house.set_back()
    if doer and doer.given:
        with house.database.transaction() as session:
            GIVEN[doer.given](session, house.stage)


def forms(house: House) -> list[tuple[str, str, Doer | None, str, Mapping[str, Any]]]:
    """(rule, address, doer, role, fields that are accepted) of every form of the site."""
    allowed = doers(house, "POST")
    found: list[tuple[str, str, Doer | None, str, Mapping[str, Any]]] = []
    for rule, address in routes(house, "POST"):
        if rule.rule in OTHERS:
            who, fields = OTHERS[rule.rule]
            found.append((rule.rule, address, None, who, fields))
        else:
            assert rule.rule in allowed, f"nobody is said to do POST {rule.rule}: add a row to access_matrix.yaml or to OTHERS"
            doer = allowed[rule.rule][0]
            deed = DEEDS[doer.deed](house.stage, doer.who)
            found.append((rule.rule, deed.path, doer, doer.who, deed.fields))
    return found


def body(house: House, fields: Mapping[str, Any]) -> bytes:
    """A form whose values are percent-encoded already; a tuple is sent once for each value."""
    parts = [f"csrf_token={quote(house.token)}"]
    for name, value in fields.items():
        parts += [f"{quote(name)}={one}" for one in (value if isinstance(value, tuple) else (value,))]
    return "&".join(parts).encode()


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Accepted fields, encoded."""
    return {name: tuple(map(quote, value)) if isinstance(value, list) else quote(value) for name, value in fields.items()}
