"""The page client: opens pages as a person, checks each of them, fills in forms the way a browser without scripts does."""

from __future__ import annotations

import secrets
import xml.etree.ElementTree as ET
from typing import Any

from app import clock
from app.models import Person, SignIn
from app.records.accounts import hashed
from tests.support.page import Found, faults, tree

BASE = "http://127.0.0.1"


class Page:
    """An answer of the site. Every HTML page is checked when it is made."""

    def __init__(self, site: Site, response: Any) -> None:
        self.site, self.response = site, response
        self.status: int = response.status_code
        self.headers = response.headers
        self.address: str = response.request.path
        self.body: bytes = response.get_data()
        self.text: str = response.get_data(as_text=True) if response.mimetype in {"text/html", "text/csv", "application/json", "text/plain", "text/markdown"} else ""
        if response.mimetype == "text/html" and self.status not in {301, 302, 303, 308}:
            self.root = tree(self.text)
            wrong = faults(site.app, self.root, self.text)
            assert not wrong, f"{self.address}: " + "; ".join(wrong)

    @property
    def h1(self) -> str:
        return self.find("h1").words

    @property
    def words(self) -> str:
        """All words of the main part."""
        return self.find("main").words

    @property
    def location(self) -> str:
        return str(self.headers.get("Location", ""))

    def find(self, path: str) -> Found:
        """The first element for an ElementTree path such as ".//table[@id='x']" (a bare name is searched everywhere)."""
        found = self.root.find(path if path.startswith(".") else f".//{path}")
        assert found is not None, f"no {path} on {self.address}"
        return Found(found)

    def all(self, path: str) -> list[Found]:
        return [Found(e) for e in self.root.findall(path if path.startswith(".") else f".//{path}")]

    def link(self, words: str) -> str:
        """The address behind the link with these words."""
        for a in self.all("a"):
            if a.words == words:
                return a.get("href")
        raise AssertionError(f"no link {words!r} on {self.address}")

    def form(self, action: str | None = None, has: str | None = None) -> ET.Element:
        """The form in the main part with this action (or its end), or that has a field of this name, or the only one."""
        forms = [f for f in self.find("main").element.iter("form") if f.get("method") == "post"]
        fitting = [
            f for f in forms
            if (action is None or (f.get("action") or self.address).endswith(action))
            and (has is None or any(c.get("name") == has for c in f.iter()))
        ]
        assert fitting, f"no such form on {self.address}: {[f.get('action') for f in forms]}"
        return fitting[0]

    def submit(self, fields: dict[str, Any] | None = None, action: str | None = None, has: str | None = None, follow: bool = False) -> Page:
        """Send a form with what stands in it, changed by *fields* (None takes a field out, a list sends several)."""
        form = self.form(action, has)
        values = standing(form)
        for name, value in (fields or {}).items():
            values.pop(name, None)
            if value is not None:
                values[name] = value
        return self.site.post(form.get("action") or self.address, values, follow=follow, as_is=True)


def standing(form: ET.Element) -> dict[str, Any]:
    """What a browser would send for a form nobody touched."""
    values: dict[str, Any] = {}
    for e in form.iter():
        name = e.get("name")
        if not name or e.get("disabled") is not None:
            continue
        if e.tag == "input" and e.get("type") in {"radio", "checkbox"}:
            if e.get("checked") is not None:
                values.setdefault(name, []).append(e.get("value") or "on")
        elif e.tag == "input" and e.get("type") not in {"submit", "file"}:
            values[name] = e.get("value") or ""
        elif e.tag == "textarea":
            values[name] = (e.text or "").removeprefix("\n")
        elif e.tag == "select":
            chosen = [o for o in e.iter("option") if o.get("selected") is not None] or list(e.iter("option"))[:1]
            values[name] = [o.get("value") if o.get("value") is not None else (o.text or "") for o in chosen]
    return values


class Site:
    """The site as one person sees it (or nobody)."""

    def __init__(self, app: Any, person: Person | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self.tokens: dict[str | None, str] = {}
        if person is not None:
            key = secrets.token_urlsafe(24)
            with app.extensions["database"].transaction() as session:
                session.add(SignIn(key_hash=hashed(key), person_id=person.id, checked_at=clock.now(), last_seen_at=clock.now()))
            with self.client.session_transaction(base_url=BASE) as cookie:
                cookie["_user_id"] = key
                cookie["_fresh"] = True

    def get(self, address: str, follow: bool = False, **kw: Any) -> Page:
        return Page(self, self.client.get(address, base_url=BASE, follow_redirects=follow, **kw))

    def post(self, address: str, values: dict[str, Any] | None = None, follow: bool = False, as_is: bool = False, **kw: Any) -> Page:
        """Post fields; the token is added unless *as_is* (then what is given is all that is sent)."""
        data = dict(values or {})
        if not as_is:
            data.setdefault("csrf_token", self.token())
        return Page(self, self.client.post(address, data=data, base_url=BASE, follow_redirects=follow, **kw))

    def token(self) -> str:
        """A token a page of this browser carries; one page is asked for it per sign-in."""
        who = self.signed_in_by
        if who not in self.tokens:
            root = tree(self.client.get("/settings/password" if who else "/sign-in", base_url=BASE).get_data(as_text=True))
            self.tokens[who] = next(e.get("value") or "" for e in root.iter("input") if e.get("name") == "csrf_token")
        return self.tokens[who]

    @property
    def signed_in_by(self) -> str | None:
        """The key in this browser's cookie."""
        with self.client.session_transaction(base_url=BASE) as cookie:
            return cookie.get("_user_id")

    @property
    def is_signed_in(self) -> bool:
        return self.signed_in_by is not None
