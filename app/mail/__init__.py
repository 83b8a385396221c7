"""Mail: `post` writes a message in the transaction of the deed it tells about; the worker sends it when that is committed."""

from app.mail.outbox import Mail, can_be_written_to, post, post_all

__all__ = ["Mail", "can_be_written_to", "post", "post_all"]
