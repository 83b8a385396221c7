"""What the rules of rounds say, as the site says no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.access import Me
from app.errors import Forbidden, NotVisible, OutOfOrder, Refused
from app.maturity.queries.place import WHO_RUNS
from app.models import AssessmentRound, Event
from assessments.errors import InvalidAnswer, InvalidSheets, NotInvited, NotYourRound, RoundRuleBroken, SheetIncomplete


@contextmanager
def in_site_words() -> Iterator[None]:
    """Turn a rule's no into the page it becomes."""
    try:
        yield
    except NotYourRound:
        raise Forbidden(WHO_RUNS) from None
    except NotInvited:
        raise NotVisible from None
    except (SheetIncomplete, InvalidAnswer) as no:
        raise Refused(str(no)) from None
    except RoundRuleBroken as no:
        raise OutOfOrder(str(no)) from None
    except InvalidSheets as no:
        raise OutOfOrder("Some answers no longer fit the model, so nothing can be worked out: " + no.problems[0]) from None


def note(me: Me, what: str, round_: AssessmentRound, subject_id: int | None = None) -> Event:
    """The entry for the log of what happened."""
    return Event(person_id=me.person_id, subject_id=subject_id, what=what, thing="round", thing_id=str(round_.id))
