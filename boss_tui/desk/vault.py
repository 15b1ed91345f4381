"""Secrets at the desk: hashing them, and holding a service password against the one that is stored.

Both are slow on purpose, so neither happens within a write transaction. Wrong tries are counted by business date and
subscription, wherever they are made; after too many a document is needed (catalogue C4.4; domain-facts 6).
"""

from __future__ import annotations

from boss_tui.business.vault import PROVEN
from boss_tui.components.identity.kinds import check_password
from boss_tui.components.operators.passwords import hashed, matches
from boss_tui.components.products.subscriptions import reached_by
from boss_tui.components.till.business_days import today
from boss_tui.desk.station import Operator, Station
from boss_tui.forms.typed import wrong
from data.card_pins import check_of, proof_of, secret
from data.journal import Author
from data.parameters import PASSWORD_TRIES
from data.store import Reading, Store
from data.tables.customer import Customer
from data.tables.life import PasswordTries
from data.tables.order import Subscription


class DeskVault:
    """`process.Vault` over the store of this counter, for one form."""

    def __init__(self, store: Store, station: Station, operator: Operator, draft_id: str) -> None:
        self._store, self._station, self._operator, self._draft_id = store, station, operator, draft_id

    def hashed(self, secret: str) -> str:
        """The hash of a secret."""
        return hashed(secret)

    def matches(self, stored: str, secret: str) -> bool:
        """Whether a secret is the one that was hashed."""
        return matches(stored, secret)

    def chosen(self, number: str, password: str, document: str = "") -> str:
        """The hash of a new service password that is strong enough; see `process.Vault`."""
        check_password(password, number, document)
        with self._store.reading() as reading:
            subscription = _living(reading, number)
            owner = reading.find(Customer, id=subscription.customer_id) if subscription else None
        check_password(password, number, owner.document_number if owner else "")
        return hashed(password)

    def card(self, pin: str) -> str:
        """What a draft keeps of a card's PIN; see `process.Vault`."""
        with self._store.reading() as reading:
            key = secret(reading)
        return f"{PROVEN}{check_of(key, pin)}.{proof_of(key, pin, self._draft_id)}"

    def proof(self, number: str, password: str) -> str:
        """What the draft keeps when the password is right; see `process.Vault`."""
        with self._store.reading() as reading:
            subscription = reached_by(reading, number)
            day = today(reading, self._station.outlet)
            if subscription is None or day is None:
                raise wrong("Type the number first.")
            key = {"subscription_id": subscription.id, "business_date": day.business_date}
            tried, most = reading.find(PasswordTries, **key), PASSWORD_TRIES.of(reading)
        if tried is not None and tried.tries >= most:
            raise wrong("Too many wrong passwords today: ask for the owner's document.")
        if not matches(subscription.password_hash, password):
            author = Author(self._station.outlet, "password.try", self._operator.staff_no, self._station.counter)
            with self._store.transaction(author) as tx:
                tx.increase(PasswordTries, key, tries=1)
            raise wrong("The service password is wrong.")
        return f"{PROVEN}{subscription.id}"


def _living(reading: Reading, number: str) -> Subscription | None:
    owned = reading.all(Subscription, number=number)
    return next((s for s in owned if s.state not in {"terminated", "cancelled"}), None)
