"""Numbers of papers at the office (M9): what is delivered, to whom it is handed and by whom, which block comes back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.resources.leases import Block
from boss_tui.management.kit.acts import At
from boss_tui.management.m09 import numbers
from boss_tui.management.m09.numbers import ISSUE, MOST, RECALL, RECEIVE, AskBackForm, DeliveryForm, HandOutForm
from data.errors import BadForm, NotAllowed, OutOfStock
from data.message import say
from data.tables.document import DocumentRange, DocumentReceipt
from data.tables.organisation import Outlet
from data.tables.sync import EnrolledOutlet, Lease
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import Rows, context, row

__all__ = ["empty_store", "tx"]


def delivery(**said: str) -> DeliveryForm:
    standard = {"kind": "receipt", "code": "SJ26", "first": "10", "last": "20", "supplier": "印刷厂", "paper": "N-1"}
    return DeliveryForm.read({**standard, **said})


def run(kind: str = "receipt", first: int = 10, last: int = 20, **values: Any) -> Any:
    standard = {"code": "SJ26", "first_number": first, "last_number": last, "next_number": first, "state": "open"}
    return row(DocumentRange, id=f"{kind}{first}", kind=kind, **{**standard, **values})


def receipt(by: str, first: int = 10, last: int = 20, **values: Any) -> Any:
    standard = {"kind": "receipt", "code": "SJ26", "first_number": first, "last_number": last, "received_by": by}
    return row(DocumentReceipt, id=f"{by}{first}", **{**standard, **values})


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, []),
        ({"kind": "poster"}, ["kind"]),
        ({"code": "A"}, ["code"]),
        ({"code": "AB"}, []),
        ({"code": "A" * 20}, []),
        ({"code": "A-1"}, ["code"]),
        ({"kind": "invoice", "code": "1" * 9}, ["code"]),
        ({"kind": "invoice", "code": "1" * 10}, []),
        ({"kind": "invoice", "code": "1" * 11}, ["code"]),
        ({"kind": "invoice", "code": "1" * 12}, []),
        ({"kind": "invoice", "code": "SJ26SJ26SJ"}, ["code"]),
        ({"first": "20"}, []),
        ({"first": "21"}, ["last"]),
        ({"first": "1", "last": str(MOST)}, []),
        ({"first": "1", "last": str(MOST + 1)}, ["last"]),
        ({"pieces": "11"}, []),
        ({"pieces": "10"}, ["pieces"]),
        ({"pieces": "12"}, ["pieces"]),
        ({"code": "A", "pieces": "12"}, ["code", "pieces"]),
    ],
)
def test_a_delivery_is_a_run_of_a_code_of_its_kind(said: dict[str, str], wrong: list[str]) -> None:
    if not wrong:
        numbers._must_be_a_run(delivery(**said))
        return
    with pytest.raises(BadForm) as refused:
        numbers._must_be_a_run(delivery(**said))
    assert sorted(refused.value.errors) == wrong


@pytest.mark.parametrize("there", [run, lambda **values: receipt("3001", **values)])
@pytest.mark.parametrize(
    ("values", "first", "last", "new"),
    [
        ({}, 1, 9, True),
        ({}, 1, 10, False),
        ({}, 12, 13, False),
        ({}, 1, 30, False),
        ({}, 20, 30, False),
        ({}, 21, 30, True),
        ({"code": "SJ27"}, 10, 20, True),
        ({"kind": "slip"}, 10, 20, True),
    ],
)
def test_a_number_is_delivered_once(there: Any, values: dict[str, Any], first: int, last: int, new: bool) -> None:
    rows: Any = Rows(there(first=5_000, last=6_000), there(**values))
    form = delivery(first=str(first), last=str(last))
    if new:
        numbers._must_be_new(rows, form)
        return
    with pytest.raises(BadForm, match="SJ26 00000010 to 00000020 are here already") as refused:
        numbers._must_be_new(rows, form)
    assert list(refused.value.errors) == ["first"]


def test_what_is_received_is_headquarters_stock(tx: Loose) -> None:
    said = {str(fact.label): str(fact.value) for fact in RECEIVE.do(At(context(tx), None), delivery(last="1009"))}
    assert said == {"Received": "1,000", "First number": "SJ26-00000010", "Last number": "SJ26-00001009"}
    assert tx.told(DocumentRange, "first_number", "last_number", "next_number", "outlet") == [(10, 1009, 10, "")]
    assert tx.told(DocumentReceipt, "received_by", "supplier", "paper") == [("1001", "印刷厂", "N-1")]


def handing(tx: Loose, **said: str) -> tuple[list[str], list[Block]]:
    """What is told of numbers that are handed out, and the blocks that were asked for."""
    asked: list[Block] = []

    def hand(_: Any, block: Block) -> Any:
        asked.append(block)
        if block.pieces > 11:
            raise OutOfStock(say("There are no more."))
        return SimpleNamespace(id="L", outlet=block.outlet, pieces=block.pieces)

    leasing: Any = SimpleNamespace(hand=hand)
    at = At(context(tx, operator="3001"), leasing)
    standard = {"outlet": "HZ01", "kind": "receipt", "code": "SJ26", "pieces": "11", "reason": "开业"}
    return [str(fact.value) for fact in ISSUE.do(at, HandOutForm.read({**standard, **said}))], asked


def test_numbers_are_handed_to_an_outlet_that_is_known_in_a_run(tx: Loose) -> None:
    tx.put(row(EnrolledOutlet, outlet="HZ01"), run(lease_id="L"), run("slip", code="HT26"))
    told, (block,) = handing(tx)
    assert told == ["HZ01", "11", "SJ26-00000010", "SJ26-00000020"]
    assert (block.kind, block.of, block.sell_until[:10]) == ("receipt", "SJ26", "2027-02-21")  # for 90 days
    assert handing(tx, code="")[1][0].of == ""
    for said, field in (
        ({"kind": "poster"}, "kind"),
        ({"outlet": "HZ02"}, "outlet"),
        ({"code": "HT26"}, "code"),  # of other papers
        ({"pieces": "12"}, "code"),
    ):
        with pytest.raises(BadForm) as refused:
            handing(tx, **said)
        assert list(refused.value.errors) == [field]


@pytest.mark.parametrize(
    ("of", "allowed"),
    [
        (receipt("3001"), False),
        (receipt("3002"), True),
        (receipt("3001", 1, 14), True),
        (receipt("3001", 1, 15), False),
        (receipt("3001", 15, 20), False),
        (receipt("3001", 16, 20), True),
        (receipt("3001", kind="slip"), True),
        (receipt("3001", code="SJ25"), True),
    ],
)
def test_who_took_numbers_in_hands_none_of_them_out(tx: Loose, of: Any, allowed: bool) -> None:
    """15 comes next: of an outlet's, of what is used up and of other codes nothing does."""
    others = [
        run(first=1, last=9, outlet="HZ01"),
        run(first=30, last=31, state="used_up"),
        run("slip", 1, 9),
        run(first=40, last=50, code="SJ30"),
    ]
    tx.put(run(next_number=15), of, *others)
    form: Any = SimpleNamespace(kind="receipt", code="SJ26")
    if allowed:
        numbers._must_be_another(tx, form, "3001")
        return
    with pytest.raises(NotAllowed, match="3001 took these numbers in"):
        numbers._must_be_another(tx, form, "3001")
    with pytest.raises(NotAllowed):
        numbers._must_be_another(tx, SimpleNamespace(kind="receipt", code=""), "3001")  # type: ignore[arg-type]
    numbers._must_be_another(tx, SimpleNamespace(kind="receipt", code="SJ30"), "3001")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "lease"),
    [
        ("SJ26-00000009", None),
        ("SJ26-00000010", "L"),
        ("SJ26-20", "L"),
        ("SJ26-00000021", None),
        ("SJ27-00000010", None),
        ("SJ26-000000010", None),  # nine digits
        ("SJ26", None),
        ("SJ26-00000030", None),  # headquarters' own
    ],
)
def test_a_block_is_asked_back_by_any_of_its_numbers(tx: Loose, number: str, lease: str | None) -> None:
    tx.put(run(outlet="HZ01", lease_id="L"), run(first=30, last=40), row(Lease, id="L", outlet="HZ01", pieces=1_100))
    recalled: list[str] = []

    def recall(_: Any, key: str) -> Any:
        recalled.append(key)
        return tx.one(Lease, id=key)

    at: Any = SimpleNamespace(recall=recall)
    form = AskBackForm.read({"number": number, "reason": "撤点"})
    if lease is not None:
        (fact,) = RECALL.do(At(context(tx), at), form)
        assert (str(fact.value), recalled) == ("1,100 pieces of HZ01", [lease])
        return
    with pytest.raises(BadForm) as refused:
        list(RECALL.do(At(context(tx), at), form))
    assert (list(refused.value.errors), recalled) == (["number"], [])


def test_what_may_be_chosen_is_what_there_is(tx: Loose) -> None:
    tx.put(
        row(Outlet, code="HZ01", name_zh="城关", state="active"),
        row(Outlet, code="HZ02", name_zh="河东", state="active"),
        row(EnrolledOutlet, outlet="HZ02"),
        run(),
        run("slip", 1, 9, code="HT26"),
        run(first=30, last=40),
        run(first=50, last=60, code="OLD", state="used_up"),
        run(first=70, last=75, outlet="HZ02", lease_id="L", code="SJ28"),
        run(first=76, last=79, outlet="HZ02", lease_id="L", code="SJ28"),
        run(first=80, last=89, outlet="HZ02", lease_id="M", code="SJ28"),
        run(first=90, last=99, outlet="HZ02", lease_id="N", code="SJ28"),
        row(Lease, id="L", kind="receipt", outlet="HZ02", pieces=1_010, state="running"),
        row(Lease, id="M", kind="receipt", outlet="HZ02", recalled_at="t", state="running"),
        row(Lease, id="N", kind="receipt", outlet="HZ02", state="reclaimed"),
    )

    def listed(act: Any, name: str, text: str = "") -> list[tuple[str, str]]:
        return [(each.value, str(each.label)) for each in act.choices[name](tx, text)]

    assert [value for value, _ in listed(RECEIVE, "kind")] == ["invoice", "receipt", "slip", "contract"]
    assert [value for value, _ in listed(ISSUE, "outlet")] == ["HZ02"]
    assert [value for value, _ in listed(ISSUE, "code")] == ["SJ26", "HT26"]
    ((value, label),) = listed(RECALL, "number")
    assert (value, label.endswith("1,010 of HZ02")) == ("SJ28-00000070", True)
    assert [len(listed(RECALL, "number", text)) for text in ("hz02", " SJ28 ", "SJ26")] == [1, 1, 0]
