"""Rows that headquarters handed down, as they stand against the feed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from boss_tui.sync.inbox import apply_items
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.shapes import Item
from boss_tui.verify import verify
from data.clock import stamp
from data.demo.hall import OUTLET
from data.journal import Author, canonical
from data.store import Store
from data.tables.resource import PhoneNumber, SimCard
from data.tables.sync import FeedItem
from tests.boss_tui.verify.history import at_work, open_account


def hand_down(store: Store) -> str:
    """The number that will be sold next, at its next revision."""
    next_sold = at_work(store, "1001", "HZ0101").forms.example("C1")["number"]
    with store.reading() as reading:
        number = reading.one(PhoneNumber, number=next_sold).__dict__
    rows = {
        "phone_number": [{**number, "revision": number["revision"] + 1}],
    }
    body = canonical({"rows": rows})
    item = Item(number=1, kind="lease", kind_version=1, made_at=stamp(store.clock.now()), signature="", body=body)
    assert apply_items(store, OUTLET, [item], DeviceKey(bytes(32))) == (1, 0)
    return str(next_sold)


def found(store: Store) -> set[tuple[str, str, str]]:
    with store.reading() as reading:
        return {(f.rule, f.table, f.key) for f in verify(reading) if f.invariant == 2}


def change(store: Store, statement: str) -> None:
    with store.engine.connect() as connection:
        assert connection.execute(text(statement)).rowcount == 1


def test_handed_down_and_sold_it_holds(store: Store) -> None:
    hand_down(store)
    open_account(at_work(store, "1001", "HZ0101"))
    assert found(store) == set()


@pytest.mark.parametrize("more", ["", ", revision = revision + 1"])
def test_a_row_handed_down_was_altered(store: Store, more: str) -> None:
    number = hand_down(store)
    change(store, f"UPDATE phone_number SET grade = 'A5'{more} WHERE number = '{number}'")
    assert found(store) == {("row is what headquarters handed down", "phone_number", number)}


def test_a_row_sold_after_it_was_handed_down_was_altered(store: Store) -> None:
    number = hand_down(store)
    open_account(at_work(store, "1001", "HZ0101"))
    change(store, f"UPDATE phone_number SET state = 'idle' WHERE number = '{number}'")
    assert ("row is what the journal says", "phone_number", number) in found(store)


def test_an_item_that_tells_a_secret_in_clear_is_found(store: Store) -> None:
    with store.reading() as reading:
        card = reading.all(SimCard, state="in_stock")[0].__dict__
    with store.transaction(Author(OUTLET, "x", ""), journalled=False) as tx:
        for number, ki in enumerate(("", "0F" * 16), 1):
            body = canonical({"rows": {"sim_card": [{**card, "ki": ki, "puk": "", "revision": 1}]}})
            tx.add(FeedItem, outlet=OUTLET, number=number, kind="lease", body=body, made_at=tx.now())
    with store.reading() as reading:
        found_here = [(f.rule, f.key) for f in verify(reading) if f.invariant == 7]
    assert found_here == [("no item tells a secret in clear", card["iccid"])]
