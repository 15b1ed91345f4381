"""A device's key (Ed25519): made once, kept in a file that only its owner reads. The same for headquarters' own key.

It signs what others must be able to check, and seals (HMAC-SHA256) what this machine alone reads again. Signing loads a
library of 8 MB, a seal none, so that a desk without headquarters never loads it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import Damaged, Outside, reason_of
from data.message import say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hpke import Suite

SECRET = 32
"""Bytes of a private key."""
KEY_SETTING = "headquarters_key"
"""The setting that holds headquarters' public key, once a store was enrolled."""


class DeviceKey:
    """A private key that signs and seals. ValueError when the secret is not 32 bytes long."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SECRET:
            raise ValueError("not 32 bytes")
        self._secret = secret

    @cached_property
    def public(self) -> str:
        """The public half, as base64 text."""
        return base64.b64encode(self._private.public_key().public_bytes_raw()).decode()

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._secret)

    def sign(self, content: bytes) -> str:
        """The signature of these bytes, as base64 text: who has the public half can check it."""
        return base64.b64encode(self._private.sign(content)).decode()

    def seal(self, content: bytes) -> str:
        """The seal of these bytes, as base64 text: only this key can check it."""
        own = hashlib.sha256(b"boss seal key 1" + self._secret).digest()
        return base64.b64encode(hmac.digest(own, content, "sha256")).decode()

    def has_sealed(self, content: bytes, seal: str) -> bool:
        """Whether this key sealed these bytes. Anything that is no seal: no."""
        return hmac.compare_digest(self.seal(content).encode(), seal.encode())

    def agreed_with(self, other: str) -> bytes:
        """A secret of 32 bytes that this key and another give together, whichever of the two is the private one.

        X25519 over the same keys (Curve25519 in its Montgomery form, RFC 7748 4.1), hashed for this one use. Damaged
        when the other is no public key.
        """
        try:
            secret = self._reading.exchange(_reader(other))
        except ValueError as fault:
            raise Damaged(say("This is not a device's public key.")) from fault
        return hashlib.sha256(b"boss agreed key 1" + secret).digest()

    @cached_property
    def _reading(self) -> X25519PrivateKey:
        """The same key as one to agree and to decipher with."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return X25519PrivateKey.from_private_bytes(hashlib.sha512(self._secret).digest()[:32])

    def deciphered(self, told: str, purpose: str) -> bytes:
        """What was `enciphered_for` this key and this purpose. Damaged when it was for another, or was altered."""
        from cryptography.exceptions import InvalidTag

        try:
            content = base64.b64decode(told, validate=True)
            found: bytes = _suite().decrypt(content, self._reading, info=purpose.encode())
        except (InvalidTag, binascii.Error, ValueError) as fault:
            raise Damaged(say("This was not enciphered for this machine, or was altered on its way.")) from fault
        return found


def enciphered_for(public: str, content: bytes, purpose: str) -> str:
    """Bytes that only the holder of a public key (base64) can read, as base64 text: HPKE (RFC 9180) to the key as one
    of X25519, with HKDF-SHA256 and ChaCha20-Poly1305.

    `purpose` is what is sent to whom: for no other are they deciphered. Who sent them is not told: that is what is
    signed. Damaged when it is no public key.
    """
    try:
        sealed: bytes = _suite().encrypt(content, _reader(public), info=purpose.encode())
    except ValueError as fault:
        raise Damaged(say("This is not a device's public key.")) from fault
    return base64.b64encode(sealed).decode()


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _reader(public: str) -> X25519PublicKey:
    """A device's public key as one to agree and to encipher with (RFC 7748 4.1). ValueError when it is none."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return X25519PublicKey.from_public_bytes(_montgomery(base64.b64decode(public, validate=True)))


_PRIME = 2**255 - 19


def _montgomery(edwards: bytes) -> bytes:
    """The u coordinate of an Ed25519 public key: (1 + y) / (1 - y)."""
    if len(edwards) != 32:
        raise ValueError("not 32 bytes")
    y = int.from_bytes(edwards, "little") & (2**255 - 1)
    return ((1 + y) * pow(1 - y, -1, _PRIME) % _PRIME).to_bytes(32, "little")


def make_key(path: Path) -> DeviceKey:
    """A new key in a new file with mode 0600. Outside when there is a file already, or it can't be written."""
    secret = secrets.token_bytes(SECRET)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(secret) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise Outside(say("The key {path} can't be made: {fault}", path=str(path), fault=reason_of(fault))) from fault
    return DeviceKey(secret)


def load_key(path: Path) -> DeviceKey:
    """The key in a file. Damaged when it is none, or when others may read it; Outside when it can't be read."""
    try:
        if path.stat().st_mode & 0o077:
            raise Damaged(say("Others can read the key {path}: allow its owner alone (mode 0600).", path=str(path)))
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
        return DeviceKey(secret)
    except OSError as fault:
        raise Outside(say("The key {path} can't be read: {fault}", path=str(path), fault=reason_of(fault))) from fault
    except (binascii.Error, ValueError) as fault:
        raise Damaged(say("{path} is not a device key.", path=str(path))) from fault


def is_signed(public: str, content: bytes, signature: str) -> bool:
    """Whether the holder of a public key (base64) signed these bytes. Anything that is no key or signature: no."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """Sixteen characters by which a person can compare a public key."""
    return hashlib.sha256(public.encode()).hexdigest()[:16]
