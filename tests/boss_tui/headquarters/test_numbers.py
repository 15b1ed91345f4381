"""Document numbers at the office: received once, handed out by another, asked back; the demonstration adds up."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.desk import Desk
from boss_tui.sync.keys import DeviceKey
from boss_tui.verify import verify
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.act import Act
from data.tables.document import DocumentRange, DocumentReceipt
from data.tables.sync import EnrolledOutlet, Lease
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
HANDED = {"outlet": FACTS.outlet, "kind": "receipt", "code": "SJ27", "pieces": "100", "reason": "月初领用"}


@pytest.fixture
def with_outlet(head_office: HeadOffice) -> HeadOffice:
    """The office, and an outlet that it knows."""
    with head_office.store.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add(EnrolledOutlet, outlet=FACTS.outlet, public_key=OUTLET_KEY.public)
    return head_office


def done(desk: Desk, act: str, said: dict[str, Any]) -> dict[str, str]:
    """What came of an act of M9's, by its labels."""
    found = desk.acting.do("M9", act, {name: str(value) for name, value in said.items()})
    return {str(fact.label): str(fact.value) for fact in found}


def account(office: HeadOffice, code: str = "SJ27") -> Any:
    return next(one for one in office.maker.numbers.accounts() if one.code == code)


def test_a_delivery_is_stock_and_is_handed_out_by_another(with_outlet: HeadOffice) -> None:
    assert done(with_outlet.maker, "receive", DELIVERY)["Last number"] == "SJ27-00001000"
    (made,) = with_outlet.rows(DocumentReceipt, code="SJ27")
    assert (made.received_by, made.paper) == ("3001", "RK-7")
    with pytest.raises(NotAllowed, match="took these numbers in"):
        done(with_outlet.maker, "issue", HANDED)
    found = done(with_outlet.checker, "issue", {**HANDED, "code": "sj27"})
    assert (found["Outlet"], found["Pieces"], found["Last number"]) == (FACTS.outlet, "100", "SJ27-00000100")
    whole = account(with_outlet)
    assert (whole.received, whole.is_whole) == (1_000, True)
    assert [(line.outlet, line.stock, line.issued) for line in whole.lines] == [("", 900, 0), (FACTS.outlet, 0, 100)]
    assert [row.act for row in with_outlet.rows(Act, business="M9", order=("made_at",))] == [
        "numbers.receive",
        "numbers.issue",
    ]
    with with_outlet.store.reading() as reading:
        assert verify(reading) == []


def test_a_block_is_asked_back_once_by_any_of_its_numbers(with_outlet: HeadOffice) -> None:
    done(with_outlet.maker, "receive", DELIVERY)
    done(with_outlet.checker, "issue", HANDED)
    wanted = {"number": "sj27-57", "reason": "发错厅"}
    for wrong in ({"number": "SJ27-101"}, {"number": "SJ28-57"}, {"number": "57"}, {"number": "x"}, {"reason": " "}):
        with pytest.raises(BadForm) as refused:
            done(with_outlet.maker, "recall", {**wanted, **wrong})
        assert list(refused.value.errors) == list(wrong)
    listed = with_outlet.maker.acting.choices("M9", "recall", "number", "sj27")
    assert [choice.value for choice in listed] == ["SJ27-00000001"]
    assert done(with_outlet.maker, "recall", wanted) == {"Asked back": f"100 pieces of {FACTS.outlet}"}
    assert [bool(row.recalled_at) for row in with_outlet.rows(Lease, of="SJ27")] == [True]
    assert with_outlet.maker.acting.choices("M9", "recall", "number", "sj27") == []
    with pytest.raises(NotAllowed):
        done(with_outlet.maker, "recall", wanted)


def test_no_number_is_received_twice(head_office: HeadOffice) -> None:
    done(head_office.maker, "receive", DELIVERY)
    for first, last in ((1, 1_000), (1_000, 1_001), (500, 500), (1, 99_999_999 // 100)):
        with pytest.raises(BadForm) as refused:
            done(head_office.maker, "receive", {**DELIVERY, "first": first, "last": last})
        assert list(refused.value.errors) == ["first"]
    done(head_office.maker, "receive", {**DELIVERY, "first": 1_001, "last": 1_001})
    done(head_office.maker, "receive", {**DELIVERY, "kind": "slip"})


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
        ({"first": 100_000_000}, "first"),
        ({"first": 1_001}, "last"),
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
        done(head_office.maker, "receive", {**DELIVERY, **changes})
    assert list(refused.value.errors) == [field]
    with head_office.store.reading() as reading:
        assert not reading.all(DocumentReceipt, code="SJ27")
        assert not reading.all(DocumentRange, code="SJ27")


@pytest.mark.parametrize(
    "changes", [{"pieces": 1_000}, {"last": 10_000_000}, {"kind": "invoice", "code": "1234567890"}]
)
def test_the_last_values_that_pass(head_office: HeadOffice, changes: dict[str, Any]) -> None:
    assert done(head_office.maker, "receive", {**DELIVERY, **changes})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "bill"}, "kind"),
        ({"pieces": "0"}, "pieces"),
        ({"pieces": "10000001"}, "pieces"),
        ({"reason": " "}, "reason"),
        ({"outlet": "XX99"}, "outlet"),
        ({"code": "NONE"}, "code"),
    ],
)
def test_what_can_t_be_handed_out_says_why(with_outlet: HeadOffice, changes: dict[str, str], field: str) -> None:
    done(with_outlet.maker, "receive", DELIVERY)
    with pytest.raises(BadForm) as refused:
        done(with_outlet.checker, "issue", {**HANDED, **changes})
    assert list(refused.value.errors) == [field]
    assert not with_outlet.rows(Lease, of="SJ27")


def test_a_code_of_other_papers_is_called_so_and_not_out_of_stock(with_outlet: HeadOffice) -> None:
    done(with_outlet.maker, "receive", DELIVERY)
    with pytest.raises(BadForm) as refused:
        done(with_outlet.checker, "issue", {**HANDED, "kind": "slip", "code": "SJ27"})
    assert str(refused.value.errors["code"]) == "No Service slip has the code SJ27."


def test_what_may_stand_in_a_field_is_listed(with_outlet: HeadOffice) -> None:
    done(with_outlet.maker, "receive", DELIVERY)
    listed = with_outlet.maker.acting.choices
    assert [choice.value for choice in listed("M9", "receive", "kind", "发票")] == ["invoice"]
    assert [choice.value for choice in listed("M9", "issue", "outlet", FACTS.outlet)] == [FACTS.outlet]
    assert [choice.value for choice in listed("M9", "issue", "code", "sj27")] == ["SJ27"]
    assert listed("M9", "receive", "supplier") == []


def test_the_demonstration_is_whole(head_office: HeadOffice) -> None:
    assert all(one.received for one in head_office.maker.numbers.accounts())


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        ("SJ27-00000001", ""),
        ("SJ27-00000100", ""),
        ("SJ27-00000000", "No outlet was handed this number in a block."),
        ("SJ27-00000101", "No outlet was handed this number in a block."),
        ("SJ28-00000001", "No outlet was handed this number in a block."),
        ("SJ27 00000001", "With its code, as it is printed: SJ26HZ01-10000018."),
        ("00000001", "With its code, as it is printed: SJ26HZ01-10000018."),
    ],
)
def test_a_block_is_asked_back_by_any_of_its_numbers(with_outlet: HeadOffice, number: str, refused: str) -> None:
    done(with_outlet.maker, "receive", DELIVERY)
    done(with_outlet.checker, "issue", HANDED)
    said = {"number": number, "reason": "换新票"}
    if not refused:
        assert done(with_outlet.maker, "recall", said) == {"Asked back": f"100 pieces of {FACTS.outlet}"}
    else:
        with pytest.raises(BadForm) as told:
            done(with_outlet.maker, "recall", said)
        assert str(told.value.errors["number"]) == refused
    assert [bool(lease.recalled_at) for lease in with_outlet.rows(Lease, of="SJ27")] == [not refused]
