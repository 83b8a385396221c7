"""Mail: `post` writes a message in the transaction of the deed it tells about; the worker sends it when that is committed."""

from app.mail.outbox import can_be_written_to, post

__all__ = ["can_be_written_to", "post"]
