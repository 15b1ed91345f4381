"""What the book says of a line to the network, and an element that was told of all lines: each condition alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.components.products.suspending import FORWARD_TO
from boss_tui.network import book, preload
from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.record import Record
from boss_tui.network.element import machine_of
from boss_tui.network.machine.state import State
from data.tables.life import ServiceParameter, Suspension
from data.tables.network import NetworkElement
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import NumberSegment, PhoneNumber, SimCard
from data.tables.stock import ImsiReserve
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]
IMSI, OTHER = "460000000000001", "460000000000002"
MSISDN = "13900000001"


def line(key: str = "s", **values: Any) -> Any:
    standard = {"state": "active", "number": MSISDN, "imsi": IMSI, "iccid": "i", "pay_type": "postpaid"}
    return row(Subscription, id=key, **{**standard, "long_distance": "domestic", "roaming": "national", **values})


def bought(act: str, of: str = "s", state: str = "active") -> tuple[Any, Any]:
    code = f"{of}{act}{state}"
    return (
        row(SubscriptionProduct, subscription_id=of, product=code, state=state),
        row(Product, code=code, network_act=act),
    )


def barred(extent: str, of: str = "s", state: str = "running") -> Any:
    key = f"{of}{extent}{state}"  # of one cause there is one bar
    return row(Suspension, id=key, cause=key, subscription_id=of, extent=extent, state=state)


def forwarded(service: str, value: str, of: str = "s", name: str = FORWARD_TO) -> Any:
    return row(ServiceParameter, subscription_id=of, service=service, name=name, value=value)


@pytest.mark.parametrize(
    ("put", "found"),
    [
        ([], {}),
        ([*bought("data"), *bought("service:clip"), *bought("")], {"acts": {"data", "service:clip"}}),
        ([*bought("data", state="ended"), *bought("data", of="t")], {}),
        ([barred("outgoing")], {"bar": "outgoing"}),
        ([barred("all"), barred("outgoing")], {"bar": "all"}),
        ([barred("outgoing", state="ended"), barred("all", of="t"), barred("all", of="r")], {}),
        (
            [forwarded("cfu", "057112345678"), forwarded("cfb", ""), forwarded("cfnry", "1", name="x")],
            {"forwarding": [("always", "8657112345678")]},
        ),
        ([forwarded("cfu", "1", of="t")], {}),
    ],
)
def test_what_a_line_has(tx: Loose, put: list[Any], found: dict[str, Any]) -> None:
    tx.put(*put)
    has = book.of(tx, line())
    assert has == book.Had(long_distance="domestic", roaming="national", profile="1", **found)


@pytest.mark.parametrize(
    ("has", "carried", "record"),
    [
        ({}, {"data": "off"}, {}),
        ({"acts": {"data"}}, {"data": "on"}, {"data": True}),
        (
            {"acts": {"service:hold", "service:clip", "x"}},
            {"data": "off", "services": ["clip", "hold"]},
            {"services": frozenset({"clip", "hold"})},
        ),
        ({"bar": "outgoing"}, {"data": "off"}, {"outgoing_barred": True}),
        (
            {"bar": "all"},
            {"data": "off"},
            {"outgoing_barred": True, "incoming_barred": True, "data_barred": True},
        ),
        (
            {"forwarding": [("busy", "2"), ("always", "1")]},
            {"data": "off"},
            {"forwarding": (("always", "1"), ("busy", "2"))},
        ),
    ],
)
def test_what_it_carries_along_and_how_it_is_shown(
    has: dict[str, Any], carried: dict[str, Any], record: dict[str, Any]
) -> None:
    had = book.Had(**has)
    assert had.carried() == {"long_distance": "", "roaming": "", **carried}
    off = dict.fromkeys(("data", "outgoing_barred", "incoming_barred", "data_barred"), False)
    empty = {**off, "forwarding": (), "services": frozenset()}
    assert had.put_into(Record("1", "2")) == Record("1", "2", **{**empty, **record})


def served(key: str, number: str, imsi: str, segment: str = "1390000", **values: Any) -> tuple[Any, ...]:
    return (
        line(key, number=number, imsi=imsi, iccid=f"i{key}", **values),
        row(SimCard, iccid=f"i{key}", imsi=imsi, ki=f"ki{key}"),
        row(PhoneNumber, number=number, segment=segment),
    )


def test_who_an_element_serves_is_told_page_by_page(tx: Loose, monkeypatch: pytest.MonkeyPatch) -> None:
    tx.put(row(NumberSegment, prefix="1390000", element="HLR1"), row(NumberSegment, prefix="1390001", element="HLR2"))
    tx.put(
        *served("a", "13900000001", "1"),
        *served("b", "13900000002", "2", state="suspended", pay_type="prepaid"),
        *served("c", "13900000003", "3", state="pendingTerminate"),
        *served("d", "13900000004", "4", state="terminated"),
        *served("e", "13900010005", "5", segment="1390001"),
        *(row(ImsiReserve, imsi="2", ki="written"), barred("all", of="b"), *bought("data", of="c")),
    )
    monkeypatch.setattr(book, "_THEIRS", book._THEIRS.limit(None).limit(2))
    pages = list(book.lines(tx, "HLR1"))
    assert [[(each.subscription_id, each.ki) for each in page] for page in pages] == [
        [("a", "kia"), ("b", "written")],
        [("c", "kic")],
    ]
    a, b, c = (each.record for page in pages for each in page)
    assert (a.profile, a.access, a.long_distance, a.roaming) == ("1", "both", "domestic", "national")
    assert (b.profile, b.incoming_barred, b.data, c.incoming_barred, c.data) == ("2", True, False, False, True)
    assert list(book.lines(tx, "HLR9")) == []


@pytest.mark.parametrize("language", ["huawei", "ericsson"])
def test_an_element_is_told_of_them_as_if_they_had_been_made_there(tx: Loose, language: str) -> None:
    tx.put(row(NumberSegment, prefix="1390000", element="HLR2"))
    tx.put(*(row(NetworkElement, code=code, dialect="huawei", state="active") for code in ("HLR2", "HLR1")))
    tx.put(*served("a", "13900000001", IMSI), *served("b", "13900000002", OTHER, pay_type="prepaid"))
    tx.put(barred("all"), barred("outgoing", of="b"), forwarded("cfu", "13900000009", of="a"))
    tx.put(*bought("data", of="a"), *bought("service:clip", of="a"), *bought("service:unheard", of="a"))
    speaks, told = dialect(language), []
    state = State(Path(":memory:"))
    count = preload.preload(state, tx, "HLR2", speaks, lambda _, done, __: told.append(done))
    assert (count, told) == (2, [2])
    machine = machine_of(speaks, "HLR2")
    (page,) = book.lines(tx, "HLR2")
    for imsi, here in zip(state.everyone(), page, strict=True):
        there = speaks.record(machine.printout(state, imsi))
        assert there is not None
        heard = (here.record.services or frozenset()) - {"unheard"}
        assert list(there.differences(replace(here.record, services=heard))) == []
    assert [ki for (ki,) in state.db.execute("SELECT ki FROM auth ORDER BY imsi")] == ["kia", "kib"]
    state.close()


def test_the_store_s_first_element_is_meant_where_none_is_named(tx: Loose) -> None:
    tx.put(*(row(NetworkElement, code=code, dialect="ericsson", state="active") for code in ("HLR2", "HLR1")))
    tx.put(row(NumberSegment, prefix="1390000", element="HLR1"), *served("a", "13900000001", IMSI))
    state = State(Path(":memory:"))
    assert preload.preload(state, tx) == 1
    assert state.facts(IMSI)["PROFILE"] == "1"
    state.close()
