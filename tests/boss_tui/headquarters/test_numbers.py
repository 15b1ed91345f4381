"""Document numbers at the office: received once, handed out by another, asked back; the demonstration adds up."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters import numbers
from boss_tui.sync.keys import DeviceKey
from boss_tui.verify import verify
from data.errors import BadForm, NotAllowed, OutOfStock
from data.journal import Author
from data.tables.act import Act
from data.tables.document import DocumentRange, DocumentReceipt
from data.tables.sync import EnrolledOutlet
from tests.hall import FACTS
from tests.head_office import HeadOffice

OUTLET_KEY = DeviceKey(bytes(32))
DELIVERY: dict[str, Any] = {
    "kind": "receipt",
    "code": "SJ27",
    "first": 1,
    "last": 1_000,
    "supplier": "省邮电印刷厂",
    "paper": "RK-7",
}


@pytest.fixture
def with_outlet(head_office: HeadOffice) -> HeadOffice:
    """The office, and an outlet that it knows."""
    with head_office.store.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add(EnrolledOutlet, outlet=FACTS.outlet, public_key=OUTLET_KEY.public)
    return head_office


def account(office: HeadOffice, code: str = "SJ27") -> Any:
    return next(one for one in office.maker.numbers.accounts() if one.code == code)


def test_a_delivery_is_stock_and_is_handed_out_by_another(with_outlet: HeadOffice) -> None:
    made = numbers.receive(with_outlet.maker, **DELIVERY)
    assert (made.received_by, made.paper) == ("3001", "RK-7")
    with pytest.raises(NotAllowed) as refused:
        numbers.issue(with_outlet.maker, FACTS.outlet, "receipt", 100, "月初领用", code="SJ27")
    assert refused.value.field == "operator"
    lease = numbers.issue(with_outlet.checker, FACTS.outlet, "receipt", 100, "月初领用", code="sj27")
    assert (lease.pieces, lease.outlet) == (100, FACTS.outlet)
    found = account(with_outlet)
    assert (found.received, found.is_whole) == (1_000, True)
    assert [(line.outlet, line.stock, line.issued) for line in found.lines] == [("", 900, 0), (FACTS.outlet, 0, 100)]
    with with_outlet.store.reading() as reading:
        assert [row.act for row in reading.all(Act, business="M9", order=("made_at",))] == [
            "numbers.receive",
            "numbers.issue",
        ]
        assert verify(reading) == []


def test_a_block_is_asked_back_once(with_outlet: HeadOffice) -> None:
    numbers.receive(with_outlet.maker, **DELIVERY)
    lease = numbers.issue(with_outlet.checker, FACTS.outlet, "receipt", 100, "领用", code="SJ27")
    assert numbers.recall(with_outlet.maker, lease.id, "发错厅").recalled_at
    with pytest.raises(NotAllowed):
        numbers.recall(with_outlet.maker, lease.id, "再次")


def test_no_number_is_received_twice(head_office: HeadOffice) -> None:
    numbers.receive(head_office.maker, **DELIVERY)
    for first, last in ((1, 1_000), (1_000, 1_001), (500, 500), (1, 99_999_999 // 100)):
        with pytest.raises(NotAllowed) as refused:
            numbers.receive(head_office.maker, **{**DELIVERY, "first": first, "last": last})
        assert refused.value.field == "first"
    numbers.receive(head_office.maker, **{**DELIVERY, "first": 1_001, "last": 1_001})
    numbers.receive(head_office.maker, **{**DELIVERY, "kind": "slip"})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "bill"}, "kind"),
        ({"code": ""}, "code"),
        ({"code": "S"}, "code"),
        ({"code": "票2026"}, "code"),
        ({"code": "S" * 21}, "code"),
        ({"kind": "invoice", "code": "12345678901"}, "code"),
        ({"first": 0}, "first"),
        ({"first": 100_000_000, "last": 100_000_000}, "first"),
        ({"last": 0}, "last"),
        ({"last": 100_000_000}, "last"),
        ({"last": 10_000_001}, "last"),
        ({"pieces": 999}, "pieces"),
        ({"supplier": " "}, "supplier"),
        ({"paper": ""}, "paper"),
    ],
)
def test_a_wrong_delivery_is_refused_beside_its_field(
    head_office: HeadOffice, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadForm) as refused:
        numbers.receive(head_office.maker, **{**DELIVERY, **changes})
    assert list(refused.value.errors) == [field]
    with head_office.store.reading() as reading:
        assert not reading.all(DocumentReceipt, code="SJ27")
        assert not reading.all(DocumentRange, code="SJ27")


@pytest.mark.parametrize(
    "changes", [{"pieces": 1_000}, {"last": 10_000_000}, {"kind": "invoice", "code": "1234567890"}]
)
def test_the_last_values_that_pass(head_office: HeadOffice, changes: dict[str, Any]) -> None:
    assert numbers.receive(head_office.maker, **{**DELIVERY, **changes})


def test_what_can_t_be_handed_out_says_why(with_outlet: HeadOffice) -> None:
    for asked, field in ((("bill", 1, "x"), "kind"), (("slip", 0, "x"), "pieces"), (("slip", 1, " "), "reason")):
        with pytest.raises(BadForm) as refused:
            numbers.issue(with_outlet.maker, FACTS.outlet, *asked)
        assert list(refused.value.errors) == [field]
    with pytest.raises(NotAllowed) as unknown:
        numbers.issue(with_outlet.maker, "XX99", "slip", 1, "x")
    assert unknown.value.field == "outlet"
    with pytest.raises(OutOfStock):
        numbers.issue(with_outlet.maker, FACTS.outlet, "slip", 1, "x", code="NONE")


def test_the_demonstration_is_whole(head_office: HeadOffice) -> None:
    assert all(one.received for one in head_office.maker.numbers.accounts())
