"""Addresses of the site with the ids of the stage filled in, so that tests can go through all of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.house.deeds import DEEDS
from tests.house.house import House
from tests.house.stage import ROLES

# For routes whose converters alone do not say which object is meant: parameter -> value of the stage, tried by rule.
VALUES = {
    "job_id": "{job}", "course": "{course}", "lesson": "{lesson 2}", "attempt_id": "{running}", "code": "{code}", "token": "no-such-link", "secret": "{calendar}",
    "item": "{item}", "template": "{template}", "path": "{path}", "slug": "north", "number": "1", "invitation_id": "{invitation Ivo}",
    "dimension": "{dimension}", "person_id": "{Su}", "pairing_id": "{pairing}", "meeting_id": "{held}", "follow_up_id": "{promise}", "goal_id": "{goal}",
    "evidence_id": "{evidence}", "kept_id": "{kept}", "message_id": "{message}", "sign_in_id": "{other sign-in Su}", "action_id": "{planned action of Su}", "what": "teams", "deed": "appoint",
    "name": "start", "version": "1", "programme_id": "{programme}", "step": "close", "kpi": "K01", "quarter": "{quarter}",
    "course_id": "{course id}", "revision": "1", "key": "no-such-key", "try_id": "{course try}",
    "kind": "pdf", "ending": "svg",
    "attachment_id": "{file}",
    "pack": "roadblocks",
    "certificate_id": "{outside}", "exercise_id": "{exercise}",
    "card_id": "{card}", "note_id": "{note}", "bookmark_id": "{bookmark}",
    "question_id": "{question}", "post_id": "{question}",
}
BY_RULE: dict[str, dict[str, str]] = {
    "/mentoring/mentors/": {"person_id": "{Me}"},
    "/mentoring/requests/": {"pairing_id": "{asked}"},
    "/teams/<slug>/rounds/<id:number>/answer/": {"number": "2", "attachment_id": "{evidence of answer}"},
    "/teams/<slug>/rounds/<id:number>/agreed-levels/evidence/": {"item": "{another item}", "attachment_id": "{agreed evidence}"},
    "/teams/<slug>/rounds/<id:number>/check/": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/withdraw": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/close/": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/cancel/": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/extend": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/invitations/<id:invitation_id>/link": {"number": "2", "invitation_id": "{invitation Gus}"},
    "/teams/<slug>/rounds/<id:number>/invitations/<id:invitation_id>/revoke": {"number": "2", "invitation_id": "{invitation Gus}"},
    "/teams/<slug>/rounds/<id:number>/hand-on/": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/workshop/": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/vote/": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/remind": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/invit": {"number": "2"},
    "/teams/<slug>/rounds/<id:number>/edit/": {"number": "3"},
    "/teams/<slug>/rounds/<id:number>/open": {"number": "3"},
    "/teams/<slug>/rounds/<id:number>/comments/": {"number": "4"},
    "/teams/<slug>/rounds/<id:number>/results/<any": {"name": "export.csv"},
    "/programme/rounds/<id:number>/results": {"number": "1"},
    "/programme/rounds/<id:number>/open": {"number": "2"},
    "/programme/rounds/<id:number>/": {"number": "3"},
    "/teams/<slug>/roadmap/plans/": {"number": "2"},
    "/programme/export/overview": {"kind": "xlsx"},
    "/mentoring/pairings/<id:pairing_id>/sessions/<id:meeting_id>/move": {"meeting_id": "{ahead}"},
    "/mentoring/pairings/<id:pairing_id>/sessions/<id:meeting_id>/cancel": {"meeting_id": "{ahead}"},
    "/mentoring/pairings/<id:pairing_id>/sessions/<id:meeting_id>/held": {"meeting_id": "{ahead}"},
    "/admin/teams/<slug>/": {"slug": "east"},
    "/admin/content/<slug>/": {"slug": "{course}"},
    "/lessons/<any": {"what": "stuck"},
    "/courses/<course>/whole-check/": {"course": "{whole course}"},
    "/assignments/<id:number>/": {"number": "{assignment}"},
    "/notes/<any": {"name": "notes.md"},
    "/courses/<course>/<lesson>/questions/": {"lesson": "{lesson}"},
    "/posts/<id:post_id>/<any": {"deed": "settle"},
    "/questions/<course>/<lesson>/": {"lesson": "{lesson}", "name": "figures.csv"},
}
NOT_PAGES = ("/assets/",)


def values_of(house: House, rule: Any) -> dict[str, Any]:
    """A value of the stage for each parameter of a route."""
    own = next((values for start, values in BY_RULE.items() if rule.rule.startswith(start)), {})
    names = house.stage.names()
    found = {name: (own.get(name) or VALUES[name]).format_map(names) for name in rule.arguments if name not in (rule.defaults or {})}
    return {name: int(value) if f"<id:{name}>" in rule.rule else value for name, value in found.items()}


def routes(house: House, method: str) -> list[tuple[Any, str]]:
    """(rule, address) of every route that takes *method*, in the order of addresses."""
    adapter = house.app.url_map.bind("127.0.0.1")
    found = []
    for rule in house.app.url_map.iter_rules():
        if method in rule.methods and not rule.rule.startswith(NOT_PAGES):
            found.append((rule, adapter.build(rule.endpoint, values_of(house, rule) | (rule.defaults or {}), method=method)))
    return sorted(found, key=lambda pair: pair[1])


POWER = ("Ad", "PL", "TL", "Su", "Me", "OL", "Pe", "An")


@dataclass(frozen=True)
class Doer:
    """Somebody who may use a route, with the deed of the matrix that says so and what it starts from."""

    who: str
    deed: str
    given: str


def doers(house: House, method: str) -> dict[str, tuple[Doer, ...]]:
    """Who may use the routes of *method* as the matrix says, the most powerful first: rule -> doers of its first fitting row."""
    adapter = house.app.url_map.bind("127.0.0.1")
    found: dict[str, tuple[Doer, ...]] = {}
    for row in (row for rows in matrix().values() for row in rows):
        cells = dict(zip(ROLES, str(row["cells"]).split(), strict=True))
        for who in POWER:
            if cells[who] != "Y":
                continue
            deed = DEEDS[row["deed"]](house.stage, who)
            if deed.method == method:
                rule = adapter.match(deed.path.partition("?")[0], method=method, return_rule=True)[0].rule
                mine = Doer(who, row["deed"], row.get("given", ""))
                held = found.get(rule, ())
                if not held or (held[0].deed, held[0].given) == (mine.deed, mine.given):
                    found[rule] = (*held, mine)
    return found


def matrix() -> dict[str, list[dict[str, str]]]:
    """The rows of access_matrix.yaml by object."""
    found: dict[str, list[dict[str, str]]] = yaml.safe_load(Path(__file__).with_name("access_matrix.yaml").read_text(encoding="utf-8"))
    return found
