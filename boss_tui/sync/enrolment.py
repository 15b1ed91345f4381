"""Becoming known to headquarters, with a code that a person there made. Its key is noted, and believed from then on;
so is the secret by which recharge cards' PINs are recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_tui.sync.client import Client
from boss_tui.sync.keys import KEY_SETTING, DeviceKey, fingerprint
from boss_tui.sync.outbox import author
from boss_tui.sync.shapes import Enrolled, Enrolment
from data.card_pins import keep_secret
from data.errors import Outside
from data.message import say
from data.store import Store
from data.tables.sync import Setting

if TYPE_CHECKING:
    import httpx

CARD_SECRET = "boss card secret 1 {outlet}"
"""The purpose that the cards' secret is enciphered for."""


def headquarters_key(store: Store) -> str:
    """Headquarters' public key as noted at enrolment. Outside when this store was never enrolled."""
    with store.reading() as reading:
        noted = reading.find(Setting, name=KEY_SETTING)
    if noted is None:
        raise Outside(say("This store is not enrolled with headquarters: ask there for a code."))
    return noted.value


def enrol(
    store: Store, outlet: str, url: str, code: str, key: DeviceKey, *, transport: httpx.BaseTransport | None = None
) -> Enrolled:
    """Present the device's key with a code; note headquarters' key. It can be repeated when the answer was lost.

    Outside when headquarters can't be reached, refuses, or is not the one that the code was made by.
    """
    client = Client(url, key, "", transport=transport)
    expected = code.strip().rpartition("-")[2]
    request = Enrolment(outlet=outlet, code=code.strip(), public_key=key.public)
    try:
        enrolled = client.enrol(request, lambda public: fingerprint(public) == expected)
    finally:
        client.close()
    with store.transaction(author(outlet)) as tx:
        keep_secret(tx, key.deciphered(enrolled.card_secret, CARD_SECRET.format(outlet=outlet)))
        before = tx.find(Setting, name=KEY_SETTING)
        if before is None:
            tx.add(Setting, name=KEY_SETTING, value=enrolled.headquarters_key)
        else:
            tx.change(before, value=enrolled.headquarters_key)
    return enrolled
