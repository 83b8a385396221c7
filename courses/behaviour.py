"""How a check is taken, apart from what it asks: tries, and when the key may be seen.

Any kind of question works with either behaviour. EXAM is the check that closes a lesson; PRACTICE is for
learning: as many tries as one likes, the key is told after each, and single questions can be tried again on the way.
"""

from dataclasses import dataclass
from typing import Literal

Name = Literal["exam", "practice"]


@dataclass(frozen=True)
class Behaviour:
    """`tries_a_day` None: no limit. `holds_key_back`: the key waits until it can no longer be used.

    `tries_a_question`: how many answers to one question may be given within a try, see `courses.retrying`."""

    name: Name
    tries_a_day: int | None
    holds_key_back: bool
    tries_a_question: int = 1

    def shows_key(self, has_passed: bool, may_try: bool) -> bool:
        """Whether somebody who has handed in may see the right answers now."""
        return has_passed or not may_try or not self.holds_key_back


EXAM = Behaviour("exam", tries_a_day=2, holds_key_back=True)
PRACTICE = Behaviour("practice", tries_a_day=None, holds_key_back=False, tries_a_question=3)
BEHAVIOURS: dict[Name, Behaviour] = {one.name: one for one in (EXAM, PRACTICE)}
