"""An outlet that has invoices issued electronically that nobody paid for: of more, a second time, of another order."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Tender
from boss_tui.headquarters.rules import electronic
from data.journal import Change, canonical
from data.tables.document import InvoiceRequest
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.finance import Payment, PostingLine
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, told
from tests.boss_tui.headquarters.liar import Body, Told, at_doors, behind, chained, hall, headquarters, journal, push
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.homes import of_this_run


@cache
def _drawn() -> str:
    """An opening whose invoice was put off, and is asked for electronically: the hall's journal as JSON."""
    at = hall(of_this_run("electronic"))
    view = at.filled()
    at.desk.invoices.keep(view.id, Invoicing("later", "", ""))
    serial = at.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
    at.desk.electronic.draw(serial)
    found = json.dumps(journal(at))
    at.store.close()
    return found


def drawn(alter: Callable[[Body], None] | None = None) -> Told:
    told_of: Told = json.loads(_drawn())
    if alter is not None:
        body = json.loads(told_of[-1]["body"])
        alter(body)
        told_of[-1]["body"] = canonical(body)
        chained(told_of, len(told_of) - 1)
    return told_of


def values(**new: Any) -> Callable[[Body], None]:
    return lambda body: of_entry(body, "electronic_invoice").update(new)


def unasked(body: Body) -> None:
    body["changes"] = [each for each in body["changes"] if each[0] != "invoice_request"]


LIES: dict[str, Callable[[Body], None]] = {
    "more than was paid": values(amount=99_999_900),
    "nothing": values(amount=0, tax=0),
    "more tax than it is of": values(tax=99_999_900),
    "issued before it was asked for": values(state="issued", number="1" * 20),
    "though its invoice was not put off": unasked,
}


def test_an_honest_one_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), drawn()) == []


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_an_invoice_is_of_what_was_paid(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    found = push(headquarters(tmp_path), drawn(LIES[what]), tmp_path if on_a_stick else None)
    assert [(each.reason, each.state) for each in found] == [("sums", "open")]


def test_a_second_one_is_a_lie(tmp_path: Path) -> None:
    day, office = drawn(), headquarters(tmp_path)
    assert push(office, day) == []
    second = {**of_entry(json.loads(day[-1]["body"]), "electronic_invoice"), "id": "second"}
    found = push(office, behind(day, day[-1]["kind"], [["electronic_invoice", "add", ["second"], 0, second]]))
    assert [(each.reason, each.state) for each in found] == [("sums", "open")]


# where a rule turns

PAID = [
    row(Payment, id="y", order_id="o", posting_id="p"),
    row(PostingLine, posting_id="p", line=1, account="6004", amount=-900, item="fee"),
    row(PostingLine, posting_id="p", line=2, account="2221", amount=-100, item="fee"),
    row(PostingLine, posting_id="p", line=3, account="2204", amount=-400, item="deposit"),
]
REQUEST = row(InvoiceRequest, order_id="o", outlet="HZ01", state="waiting")
ASKED = change("invoice_request", "o", state="electronic")


def invoice(key: str = "i", **new: Any) -> dict[str, Any]:
    return {"id": key, "outlet": "HZ01", "order_id": "o", "amount": 1_000, "tax": 100, "state": "waiting", **new}


def found(rows: Sequence[Any], *new: Fact, changed: Sequence[Change] = ()) -> list[str]:
    faults = told(electronic.judge(known(*PAID, *rows), claim(*new, changed=changed, kind="invoice.electronic")))
    return [reason for reason, _ in faults]


@pytest.mark.parametrize(
    ("rows", "new", "changed", "wrong"),
    [
        ([REQUEST], {}, [ASKED], 0),
        ([REQUEST], {"amount": 1_001}, [ASKED], 1),
        ([REQUEST], {"amount": 600, "tax": 0}, [ASKED], 0),
        ([REQUEST], {"amount": 0, "tax": 0}, [ASKED], 1),
        ([REQUEST], {"tax": 1_000}, [ASKED], 1),
        ([REQUEST], {"tax": -1}, [ASKED], 1),
        ([REQUEST], {"state": "issued"}, [ASKED], 1),
        ([REQUEST], {"number": "1"}, [ASKED], 1),
        ([REQUEST], {}, [], 1),
        ([REQUEST], {}, [change("invoice_request", "o", state="drawn")], 1),
        ([REQUEST], {}, [change("invoice_request", "n", state="electronic")], 1),
        ([], {}, [ASKED], 1),
        ([REQUEST], {"order_id": "n"}, [ASKED], 1),
        ([REQUEST, row(ElectronicInvoice, **invoice("j"))], {}, [ASKED], 1),
        ([REQUEST, row(ElectronicInvoice, **invoice("j", state="cancelled"))], {}, [ASKED], 0),
    ],
)
def test_one_is_asked_for_of_an_order_s_money(
    rows: list[Any], new: dict[str, Any], changed: list[Change], wrong: int
) -> None:
    assert found(rows, (ElectronicInvoice, invoice(**new)), changed=changed) == ["sums"] * wrong


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ({"state": "issued", "number": "1" * 20}, 0),
        ({"state": "issued", "number": "1" * 19}, 1),
        ({"state": "issued", "number": "x" * 20}, 1),
        ({"state": "issued", "number": "\uff11" * 20}, 1),
        ({"state": "issued"}, 1),
        ({"state": "failed", "number": "1" * 20}, 1),
        ({"state": "issuing"}, 0),
        ({"message": "x"}, 0),
    ],
)
def test_one_is_issued_under_a_number(new: dict[str, Any], wrong: int) -> None:
    assert found([], changed=[change("electronic_invoice", "i", **new)]) == ["move"] * wrong


def back(amount: int, key: str = "r", **new: Any) -> dict[str, Any]:
    return {"id": key, "outlet": "HZ01", "invoice_id": "i", "amount": amount, "reason": "02", "state": "10", **new}


@pytest.mark.parametrize(
    ("rows", "amount", "wrong"),
    [
        ([], 1_000, 0),
        ([], 1_001, 1),
        ([], 0, 1),
        ([], -1, 1),
        ([row(RedConfirmation, **back(600, "s"))], 400, 0),
        ([row(RedConfirmation, **back(600, "s"))], 401, 1),
        ([row(RedConfirmation, **back(600, "s", state="07"))], 1_000, 0),
        ([row(RedConfirmation, **back(600, "s", invoice_id="j"))], 1_000, 0),
    ],
)
def test_no_more_is_taken_back_than_it_is_of(rows: list[Any], amount: int, wrong: int) -> None:
    here = row(ElectronicInvoice, **invoice(state="issued"))
    assert found([here, *rows], (RedConfirmation, back(amount))) == ["sums"] * wrong
    assert found(rows, (RedConfirmation, back(amount))) == [], "of one that is not here is told elsewhere"
