"""A sale is judged by what its outlet had read by then, not only by what was published in the end."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit, keep
from boss_tui.headquarters.rules.claim import Known
from boss_tui.verify import verify
from data.journal import Author
from data.tables.organisation import Role
from data.tables.stock import HandsetBundle
from data.tables.sync import SyncException
from tests.boss_tui.headquarters.test_scoped import HERE, dearer, in_force
from tests.boss_tui.sync.world import journal
from tests.boss_tui.transactions.test_c10_handsets import M30, do, line
from tests.linked_hall import LinkedHall


@pytest.mark.parametrize("scope", ["", HERE])
def test_a_sale_between_two_prices_is_noted_and_stands(linked: LinkedHall, scope: str) -> None:
    in_force(linked, "M6", scope, dearer("66"))
    linked.exchange()
    linked.hall.open_account()
    in_force(linked, "M6", scope, dearer("88"))
    linked.exchange()
    assert [(row.reason, row.state) for row in linked.central_rows(SyncException)] == [("price", "noted")]
    assert journal(linked.hall.store, "HZ01") == journal(linked.office.store, "HZ01")
    with linked.office.store.reading() as reading:
        assert verify(reading) == []


def test_what_lines_said_is_asked_anew_once_there_are_others(linked: LinkedHall) -> None:
    """What is for one outlet only changes no row of headquarters' own."""
    store = linked.office.store
    for number, scope in enumerate((HERE, "outlet:HZ02"), 900):
        with store.reading() as reading:
            before = Known(reading, outlet="HZ01").published.history(Role, ("clerk",))
        edit = RowEdit("role", ("clerk",), "change", {"name_en": str(number)})
        with store.transaction(Author("", "x", ""), journalled=False) as tx:
            keep(tx, number, [edit], "2026-11-23", at_once=False, scope=scope)
        with store.reading() as reading:
            after = Known(reading, outlet="HZ01").published.history(Role, ("clerk",))
        assert [line.number for line in after] == [line.number for line in before] + [number] * (scope == HERE)


def of_bundle(price: str) -> dict[str, Any]:
    return {"table": "handset_bundle", "op": "change", "key": "BD-M30", "values": {"price": price}}


def test_a_handset_sold_at_a_contracts_earlier_price_is_noted_and_stands(linked: LinkedHall) -> None:
    """The hall has not read the second of two editions when it sells by the first."""
    in_force(linked, "M4", "", of_bundle("1480"))
    linked.exchange()
    do(linked.hall, imei=M30[0], bundle="BD-M30", **line(linked.hall)[1])
    in_force(linked, "M4", "", of_bundle("1380"))
    linked.exchange()
    assert [(row.reason, row.state) for row in linked.central_rows(SyncException)] == [("price", "noted")]
    assert journal(linked.hall.store, "HZ01") == journal(linked.office.store, "HZ01")


@pytest.mark.parametrize(("price", "state"), [(148_000, None), (147_999, "open")])
def test_a_contract_price_that_never_was_is_put_aside(linked: LinkedHall, price: int, state: str | None) -> None:
    in_force(linked, "M4", "", of_bundle("1480"))
    linked.exchange()
    with linked.hall.store.transaction(Author("", "x", ""), journalled=False) as tx, tx.received():
        for bundle in tx.all(HandsetBundle):
            tx.change(bundle, price=price)
    do(linked.hall, imei=M30[0], bundle="BD-M30", **line(linked.hall)[1])
    linked.exchange()
    assert [(row.reason, row.state) for row in linked.central_rows(SyncException)] == [("price", state)][: bool(state)]


def other_role(role: str) -> dict[str, Any]:
    return {"table": "operator", "op": "change", "key": "1001", "values": {"role": role}}


def test_who_was_given_another_role_was_at_work_by_the_one_they_had(linked: LinkedHall) -> None:
    """A cashier opens no accounts; whoever stood at the counter was none yet, and the hall had not heard."""
    linked.hall.open_account()
    in_force(linked, "M7", "", other_role("cashier"))
    linked.exchange()
    assert {row.state for row in linked.central_rows(SyncException)} == {"noted"}
    assert journal(linked.hall.store, "HZ01") == journal(linked.office.store, "HZ01")
