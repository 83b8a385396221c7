"""Passwords: what is accepted, and Argon2id hashes with at most a few computed at once."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 12, 128
COMMON = frozenset(
    ["123456789012", "1234567890123", "password1234", "passwordpassword", "qwertyuiop12", "qwertyqwerty", "iloveyou1234", "letmeinletmein", "administrator", "welcome12345", "changeme1234", "correcthorse", "abcdefghijkl", "aaaaaaaaaaaa", "111111111111", "000000000000", "projectmanager", "projectmanagement"]
)


class Hasher:
    """Argon2id at the settings' cost. Verifying an unknown account costs the same as a known one."""

    def __init__(self, time_cost: int, memory_cost: int, at_once: int) -> None:
        self._argon = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=1)
        self._gate = threading.BoundedSemaphore(at_once)
        self._nobody = self._argon.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The stored form of *password*."""
        with self._gate:
            return self._argon.hash(normal(password))

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether *password* belongs to *stored*; takes as long when there is nothing stored."""
        with self._gate:
            try:
                fits = self._argon.verify(stored or self._nobody, normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return bool(fits and stored)

    def is_outdated(self, stored: str) -> bool:
        """The hash was made at other costs and should be renewed at this sign-in."""
        return self._argon.check_needs_rehash(stored)


def normal(password: str) -> str:
    """Passwords are compared in NFC, so that the same keys on two keyboards are the same password."""
    return unicodedata.normalize("NFC", password)


def fault_in(password: str, *known: str) -> str | None:
    """Why *password* is not accepted, or None. *known* are names a guesser would try first (person, organisation, product)."""
    text = normal(password)
    if "\0" in text:
        return "Use a password without control characters"
    if len(text) < LEAST:
        return f"Use at least {LEAST} characters; a sentence is fine"
    if len(text) > MOST:
        return f"Use at most {MOST} characters"
    low = text.casefold()
    if low in COMMON or len(set(low)) < 4:
        return "This password is easy to guess; use a longer sentence of your own"
    for name in (*known, "cairn"):
        for part in name.casefold().replace("@", " ").split():
            if len(part) >= 4 and part in low:
                return "Leave your name, the organisation and the product out of the password"
    return None
