"""Files people hand over: what is taken, under which name it is shown, and where it lies."""

from app.uploads.kinds import KINDS, TAKEN, NotTaken, recognise
from app.uploads.names import disposition, shown_name
from app.uploads.store import Sent, Store

__all__ = ["KINDS", "NotTaken", "Sent", "Store", "TAKEN", "disposition", "recognise", "shown_name"]
