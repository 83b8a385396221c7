"""Every form of the site that holds text can be given back filled in after a sign-in has ended, and giving it back writes nothing (P41)."""

from __future__ import annotations

from app import clock
from app.records.kept_text import keep, may_keep, typed_fields
from tests.house.addresses import doers, routes
from tests.house.deeds import DEEDS
from tests.house.given import GIVEN
from tests.house.house import House
from tests.house.test_canaries import digest

# A script posts here, and is told with 401; no page shows this form. A quiz file is made anew from its questions.
NO_FORM = {"/teams/<slug>/rounds/<id:number>/answer/<dimension>/save", "/admin/questions/file"}


def pairs(fields):
    return [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]


def test_every_form_with_text_comes_back_filled_in_and_nothing_is_written(house: House) -> None:
    wrong, shown = [], 0
    allowed = doers(house, "POST")
    for rule, _ in routes(house, "POST"):
        for doer in allowed.get(rule.rule, ())[:1]:
            deed = DEEDS[doer.deed](house.stage, doer.who)
            fields = typed_fields(pairs(deed.fields))
            if not fields or not may_keep(deed.path, fields):
                continue
            house.set_back()
            with house.database.transaction() as session:
                if doer.given:
                    GIVEN[doer.given](session, house.stage)
                kept_id = keep(session, int(house.stage.names()[doer.who]), path=deed.path, query="", came_from="/", fields=fields, now=clock.now()).id
            before = digest(house)
            answer = house.get(doer.who, f"/kept-text/{kept_id}/")
            words = answer.get_data(as_text=True)
            shown += 1
            if answer.status_code != 200 or "This was not sent" not in words:
                wrong.append(f"{doer.who} {rule.rule}: {answer.status_code}")
            elif "The form it belongs to cannot be shown" in words and rule.rule not in NO_FORM:
                wrong.append(f"{doer.who} {rule.rule} ({doer.deed}): bare")
            if digest(house) != before:
                wrong.append(f"{doer.who} {rule.rule}: something was written")
    house.set_back()
    assert shown > 25
    assert not wrong, "\n" + "\n".join(wrong)
