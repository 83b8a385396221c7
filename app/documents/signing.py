"""Keys of this installation and what is signed with them: JSON Web Tokens that anybody can check with the public half.

Key pairs are files under the instance folder, numbered from 0001.pem on, readable by the site's user alone. The first is made at
first use, the newest signs, the older ones go on being published so that what they signed can be checked."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from app.config import Settings

ALGORITHM = "RS256"
BITS = 2048
LONGEST = 32_768


class NotSigned(Exception):
    """A text is no token signed here; `str()` says why, for a person."""


class NotGenuine(NotSigned):
    """A text is a token, and not one of ours as it stands: a verdict, not a slip of the person who asks."""


@dataclass(frozen=True)
class Key:
    """A pair: its name (thumbprint of the public half, RFC 7638), that half as JWK, and the private one."""

    name: str
    public: dict[str, str]
    private: RSAPrivateKey


class KeyRing:
    """The keys in a folder. *address* is where the public half of a key is served, ending before its name."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def pairs(self) -> tuple[Key, ...]:
        """All pairs, the newest last; none before the first use."""
        files = sorted(self.folder.glob("[0-9]*.pem")) if self.folder.is_dir() else []
        return tuple(_read(path, path.stat().st_mtime_ns) for path in files)

    def current(self) -> Key:
        """The pair that signs; made now if there is none."""
        return (self.pairs() or (self.rotate(),))[-1]

    def rotate(self) -> Key:
        """Make the next pair. Whoever is first to give it its number wins: every process then reads the same file."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1 + max((int(path.stem) for path in self.folder.glob("[0-9]*.pem")), default=0)
        made = generate_private_key(public_exponent=65537, key_size=BITS).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        unfinished = self.folder / f".{secrets.token_hex(8)}"
        final = self.folder / f"{number:04}.pem"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(made)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(unfinished, final)  # refuses where another process was first, and never shows half a key
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
        return _read(final, final.stat().st_mtime_ns)

    def published(self) -> dict[str, Any]:
        """The public halves as a JWK set."""
        return {"keys": [key.public for key in self.pairs()]}

    def find(self, name: str) -> Key | None:
        """The pair of that name."""
        return next((key for key in self.pairs() if key.name == name), None)

    def sign(self, payload: dict[str, Any]) -> str:
        """The payload as a compact token; `kid` is the address of the public half."""
        key = self.current()
        return jwt.encode(payload, key.private, ALGORITHM, headers={"kid": f"{self.address}{key.name}", "typ": "JWT"})

    def signed(self, token: str) -> dict[str, Any]:
        """The payload of a token one of these keys has signed, whenever it holds. Raises NotSigned.

        No address in the token is followed, and no other algorithm is taken: what counts are the keys here."""
        text = "".join(token.split())
        if not text or len(text) > LONGEST:
            raise NotSigned("Paste the whole text of the badge, and nothing else")
        try:
            header = jwt.get_unverified_header(text)
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise NotSigned("This is no badge. Choose the file as it was downloaded, paste the whole text of a .jwt file, or enter the number on the certificate") from None
        key = self.find(str(header.get("kid", "")).removeprefix(self.address))
        if key is None:
            raise NotGenuine("No key of this site has signed it. Was it issued elsewhere?")
        try:
            told: dict[str, Any] = jwt.decode(
                text, key.private.public_key(), [ALGORITHM], options={"verify_exp": False, "verify_nbf": False, "verify_aud": False, "verify_iat": False}
            )
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise NotGenuine("The signature does not fit: something in it was changed after it was issued.") from None
        return told


def key_ring(settings: Settings) -> KeyRing:
    """The keys of an installation: files in `badge-keys` of its instance folder."""
    return KeyRing(settings.instance_dir / "badge-keys", f"{settings.base_url.rstrip('/')}/badges/keys/")


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Key:
    """The pair in a file; *changed* is when, so that a replaced file is read anew."""
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError(f"{path.name}: this is no RSA key")
    numbers = private.public_key().public_numbers()
    essence = {"e": _number(numbers.e), "kty": "RSA", "n": _number(numbers.n)}
    name = _text(hashlib.sha256(json.dumps(essence, separators=(",", ":"), sort_keys=True).encode()).digest())
    return Key(name, {**essence, "kid": name, "alg": ALGORITHM, "use": "sig"}, private)


def _number(value: int) -> str:
    return _text(value.to_bytes((value.bit_length() + 7) // 8))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def did_document(base: str, ring: KeyRing) -> dict[str, Any]:
    """The keys as a did:web document: http://127.0.0.1:8000 is did:web:127.0.0.1%3A8000."""
    did = f"did:web:{base.partition('://')[2].replace(':', '%3A')}"
    methods = [{"id": f"{did}#{key.name}", "type": "JsonWebKey", "controller": did, "publicKeyJwk": key.public} for key in ring.pairs()]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did, "verificationMethod": methods, "assertionMethod": [method["id"] for method in methods],
    }
