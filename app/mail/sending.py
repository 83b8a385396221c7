"""Handing messages over to the mail server by SMTP, never in plain text where TLS is expected (F33)."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from app import clock
from app.config import MailServer
from app.db import Database
from app.mail.outbox import Claimed, claim, note_failed, note_later, note_sent

log = logging.getLogger("cairn.mail")
TIMEOUT = 15.0


class NoTls(Exception):
    """The server offers no TLS although it was expected to."""


def send_next(database: Database, server: MailServer | None) -> bool:
    """Send the next message that is due; False when there is none, or no server to send by."""
    message = claim(database, clock.now()) if server else None
    if server is None or message is None:
        return False
    try:
        deliver(server, as_mail(message, server.sender), message.recipient, lambda: note_sent(database, message, clock.now()))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refusal:
        code, words = _said(refusal)
        if code >= 500:
            note_failed(database, message, words)
        else:
            note_later(database, message, words, clock.now(), all_wait=False)
    except (ValueError, smtplib.SMTPNotSupportedError) as fault:
        note_failed(database, message, f"This address or text cannot be sent ({type(fault).__name__})")
    except NoTls:
        note_later(database, message, "The mail server offers no TLS, so nothing was handed over", clock.now(), all_wait=True)
    except (OSError, smtplib.SMTPException) as trouble:
        log.warning("mail server: %s", type(trouble).__name__)
        note_later(database, message, _trouble(trouble), clock.now(), all_wait=True)
    return True


def as_mail(message: Claimed, sender: str) -> EmailMessage:
    """The message with its headers, each of them one line. Raises ValueError for an address no header can hold."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = Address("Cairn", addr_spec=sender)
    mail["To"] = Address(addr_spec=message.recipient)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.written_at)
    mail["Message-ID"] = f"<{message.message_id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def deliver(server: MailServer, mail: EmailMessage, to: str, accepted: Callable[[], None]) -> None:
    """Hand one mail over. *accepted* is called as soon as the server has taken it; what goes wrong after that no longer counts."""
    context, own_name = ssl.create_default_context(), server.sender.rpartition("@")[2]
    smtp = (
        smtplib.SMTP_SSL(server.host, server.port, own_name, timeout=TIMEOUT, context=context) if server.tls == "whole"
        else smtplib.SMTP(server.host, server.port, own_name, timeout=TIMEOUT)
    )
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.tls == "start":
            if not smtp.has_extn("starttls"):
                raise NoTls
            smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
        smtp.send_message(mail, server.sender, [to])
        accepted()
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def _said(refusal: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> tuple[int, str]:
    """The code of the server and its words, fit for one line of a page."""
    code, words = next(iter(refusal.recipients.values())) if isinstance(refusal, smtplib.SMTPRecipientsRefused) else (refusal.smtp_code, refusal.smtp_error)
    return int(code), f"The mail server said {code} {_line(words)}"


def _trouble(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPAuthenticationError):
        return "The mail server does not take user and password; check MAIL_URL"
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"The mail server said {trouble.smtp_code} {_line(trouble.smtp_error)}"
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return "The certificate of the mail server is not trusted, so nothing was handed over"
    return f"The mail server cannot be reached ({type(trouble).__name__})"


def _line(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
