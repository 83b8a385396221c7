"""Which function does which kind of background work."""

from app.jobs import Work
from app.maturity.solving import solve

KINDS: dict[str, Work] = {"plan roadmap": solve}
