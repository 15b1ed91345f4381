"""The PINs of recharge cards: enciphered as they are stored, and the keyed hash by which a typed PIN finds its card.

A PIN is money, so it stands nowhere in clear: not in a row, a draft, the journal, a log or a paper (catalogue C11). The
cipher is AES-SIV over the PIN, bound to the card's serial: it needs no random number, and the same PIN on two cards
looks different. The hash is HMAC-SHA256; so is the proof by which an outlet shows headquarters that a PIN was typed:
its rows have the hash, and without the PIN nobody can make the proof. The keys are derived from one secret of 32 bytes,
which headquarters makes and gives to its outlets when they enrol, enciphered for each: the setting `card_secret` of
each store, which is encrypted itself.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from data.characters import is_digits
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.sync import Setting

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

SETTING = "card_secret"
DIGITS = 18
"""A PIN has 18 digits (domain-facts 9)."""


def secret(reading: Reading) -> bytes:
    """The secret of a store. NotAllowed where headquarters gave none: cards can't be redeemed there."""
    found = find_secret(reading)
    if found is None:
        raise NotAllowed(say("This store has no key for recharge cards: ask headquarters."))
    return found


def find_secret(reading: Reading) -> bytes | None:
    """The secret of a store, where it has one."""
    row = reading.find(Setting, name=SETTING)
    return None if row is None else bytes.fromhex(row.value)


def made_secret(tx: UnitOfWork) -> bytes:
    """The secret of headquarters' store, made when it is first needed."""
    if tx.find(Setting, name=SETTING) is None:
        tx.add(Setting, name=SETTING, value=f"{tx.clock.random_bits(256):064x}")
    return secret(tx)


def keep_secret(tx: UnitOfWork, given: bytes) -> None:
    """The secret that headquarters gave this store."""
    row = tx.find(Setting, name=SETTING)
    if row is None:
        tx.add(Setting, name=SETTING, value=given.hex())
    else:
        tx.change(row, value=given.hex())


def check_of(key: bytes, pin: str) -> str:
    """The keyed hash by which a PIN finds its card, as 64 hex digits."""
    return hmac.new(_derived(key, b"check"), pin.encode(), hashlib.sha256).hexdigest()


def proof_of(key: bytes, pin: str, draft_id: str) -> str:
    """What shows headquarters, which alone can read a stored PIN, that somebody typed it into a form; 64 hex digits.
    A form becomes one order: of another, on a card that came back, it proves nothing."""
    return hmac.new(_derived(key, b"proof"), f"{draft_id} {pin}".encode(), hashlib.sha256).hexdigest()


def encipher(key: bytes, serial: str, pin: str) -> str:
    """The PIN as it is stored, in hex; only with the same serial is it read again."""
    return _cipher(key).encrypt(pin.encode(), [serial.encode()]).hex()


def decipher(key: bytes, serial: str, stored: str) -> str:
    """The PIN of a stored cipher, for the recharge platform, and to hold a proof against.
    `cryptography.exceptions.InvalidTag` when either was altered."""
    pin: bytes = _cipher(key).decrypt(bytes.fromhex(stored), [serial.encode()])
    return pin.decode()


def unwrapped(transport_key: bytes, wrapped: str) -> str | None:
    """The PIN that a printer of cards sent in hex under a transport key: AES key wrap with padding (RFC 5649, NIST
    SP 800-38F). None where it was wrapped under another key, was altered, or is no PIN."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap_with_padding

    try:
        pin = aes_key_unwrap_with_padding(transport_key, bytes.fromhex(wrapped)).decode("ascii", "replace")
    except InvalidUnwrap:
        return None
    return pin if len(pin) == DIGITS and is_digits(pin) else None


def _cipher(key: bytes) -> AESSIV:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    return AESSIV(_derived(key, b"cipher"))


def _derived(key: bytes, purpose: bytes) -> bytes:
    """A key of 64 bytes for one purpose."""
    return hmac.new(key, b"boss recharge card " + purpose, hashlib.sha512).digest()
