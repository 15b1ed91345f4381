"""An outlet whose papers say another tax than what they are of: drawn later, red-letter ones, and what is put off."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Tender
from boss_tui.headquarters.rules import sums, taxed
from data.journal import Change, canonical
from data.tables.document import InvoiceRequest, PaperDocument, PaperTax
from data.tables.electronic import ElectronicInvoice
from data.tables.finance import Posting, PostingLine
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order
from tests.boss_tui.headquarters.liar import Body, Told, at_doors, chained, hall, headquarters, journal, push
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.hall import FACTS
from tests.homes import of_this_run


@cache
def _days() -> dict[str, str]:
    """An opening whose invoice is drawn later; one that is taken back with its papers: the hall's journals as JSON."""
    found = {}
    for what in ("later", "back"):
        at = hall(of_this_run(f"invoices_{what}"))
        view = at.filled()
        if what == "later":
            at.desk.invoices.keep(view.id, Invoicing("later", "", ""))
        serial = at.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
        if what == "later":
            at.desk.invoices.draw(serial)
        else:
            at.desk.orders.cancel(serial, "mistaken", FACTS.supervisor, FACTS.password)
        found[what] = json.dumps(journal(at))
        at.store.close()
    return found


def day(what: str, alter: Callable[[Body], None] | None = None) -> Told:
    """A journal; with a lie in its last entry."""
    told_of: Told = json.loads(_days()[what])
    if alter is not None:
        body = json.loads(told_of[-1]["body"])
        alter(body)
        told_of[-1]["body"] = canonical(body)
        chained(told_of, len(told_of) - 1)
    return told_of


def taxes(**new: Any) -> Callable[[Body], None]:
    """A lie about what a paper says of a rate: its row, and the row's key."""

    def alter(body: Body) -> None:
        of_entry(body, "paper_tax").update(new)
        for each in body["changes"]:
            if each[0] == "paper_tax" and "rate" in new and each[4]["rate"] == new["rate"]:
                each[2][-1] = new["rate"]

    return alter


LIES: dict[str, tuple[str, Callable[[Body], None]]] = {
    "drawn later, another amount": ("later", taxes(amount=1)),
    "drawn later, another rate": ("later", taxes(rate=1)),
    "drawn later, and nobody is told": (
        "later",
        lambda body: body.update(changes=[each for each in body["changes"] if each[0] != "invoice_request"]),
    ),
    "taken back, another amount": ("back", taxes(amount=-1)),
    "taken back, another rate": ("back", taxes(rate=1)),
}


@pytest.mark.parametrize("what", ["later", "back"])
def test_an_honest_one_is_believed(tmp_path: Path, what: str) -> None:
    assert push(headquarters(tmp_path), day(what)) == []


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_papers_say_the_tax_of_what_they_are_of(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    found = push(headquarters(tmp_path), day(LIES[what][0], LIES[what][1]), tmp_path if on_a_stick else None)
    assert {(each.reason, each.state) for each in found} == {("sums", "open")}


# where the rule turns

OF_OLD: dict[str, Any] = {"kind": "invoice", "code": "A", "number": 6, "order_id": "o1", "amount": 500, "tax": 28}
OLD = row(PaperDocument, id="old", drawn_later=1, **OF_OLD)
OLD_TAX = row(PaperTax, document_id="old", rate=600, amount=500, tax=28)
DRAWN = change("invoice_request", "o1", state="drawn", document_id="d1")
RED = change("paper_document", "old", state="red")


def says(*lines: list[Any], back: Sequence[Any] = ()) -> str:
    title = {"template": "x", "values": {}}
    kept = {"title": title, "customer": "x", "about": [], "back": list(back)}
    return json.dumps({**kept, "lines": [[title, *line] for line in lines]})


def line(amount: int = 500, rate: int = 600, tax: int = 28) -> list[Any]:
    return [{"template": "x", "values": {}}, 0, amount, rate, tax]


def request(*lines: list[Any], back: Sequence[Any] = (), **new: Any) -> Fact:
    said = {"says": says(*(each[1:] for each in lines), back=back)}
    return InvoiceRequest, {"order_id": "o1", "outlet": "HZ01", "state": "waiting", **said, **new}


def paper(**new: Any) -> Fact:
    standard = {"id": "d1", "kind": "invoice", "code": "A", "number": 7, "order_id": "o1", "amount": 500, "tax": 28}
    return PaperDocument, {"collection": "", "state": "normal", "drawn_later": 1, "reason": "", **standard, **new}


def rate(amount: int = 500, tax: int = 28, of: int = 600) -> Fact:
    return PaperTax, {"document_id": "d1", "rate": of, "amount": amount, "tax": tax}


def found(rows: Sequence[Any], *new: Fact, changed: Sequence[Change] = ()) -> list[str]:
    faults = [*taxed.judge(known(*rows), claim(*new, changed=changed, kind="invoice"))]
    assert {(fault.reason, fault.note) for fault in faults} <= {("sums", False)}
    return [str(fault.detail["what"]).partition(" ")[0] for fault in faults]


PUT_OFF = row(InvoiceRequest, **request(line())[1])
REDUCED = row(InvoiceRequest, **request(line(), back=[["o2", line(-100, 600, -6)]])[1])


@pytest.mark.parametrize(
    ("rows", "new", "changed", "wrong"),
    [
        ([PUT_OFF], [paper(), rate()], [DRAWN], 0),
        ([PUT_OFF], [paper(), rate(499)], [DRAWN], 1),
        ([PUT_OFF], [paper(), rate(tax=27)], [DRAWN], 1),
        ([PUT_OFF], [paper(), rate(of=900)], [DRAWN], 1),
        ([PUT_OFF], [paper(), rate(), rate(1, 0, 900)], [DRAWN], 1),
        ([PUT_OFF], [paper()], [DRAWN], 1),
        ([PUT_OFF], [paper(amount=501), rate()], [DRAWN], 1),
        ([PUT_OFF], [paper(state="void"), rate(499)], [DRAWN], 0),
        ([PUT_OFF], [paper(), rate()], [], 1),
        ([PUT_OFF], [paper(), rate()], [change("invoice_request", "o1", document_id="d2")], 1),
        ([PUT_OFF], [paper(), rate()], [change("invoice_request", "o2", document_id="d1")], 1),
        ([], [paper(), rate()], [DRAWN], 1),
        ([PUT_OFF], [paper(order_id=None), rate()], [DRAWN], 1),
        ([PUT_OFF], [paper(drawn_later=0), rate(499)], [], 0),
        ([REDUCED], [paper(amount=400, tax=22), rate(400, 22)], [DRAWN], 0),
        ([REDUCED], [paper(), rate()], [DRAWN], 1),
    ],
)
def test_an_invoice_that_is_drawn_later_says_what_was_put_off(
    rows: list[Any], new: list[Fact], changed: list[Change], wrong: int
) -> None:
    assert found(rows, *new, changed=changed) == ["document"] * wrong


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ([paper(amount=-500, tax=-28), rate(-500, -28)], 0),
        ([paper(amount=-500, tax=-28), rate(-499, -28)], 1),
        ([paper(amount=-500, tax=-28), rate(-500, -28, 900)], 1),
        ([paper(amount=-500, tax=-28, drawn_later=0), rate(-499, -28)], 1),
        ([paper(), rate()], 0),
        ([paper(), rate(499)], 1),
        ([paper(), rate(of=900)], 1),
    ],
)
def test_a_paper_behind_another_one_says_the_tax_of_that(new: list[Fact], wrong: int) -> None:
    assert found([OLD, OLD_TAX], *new, changed=[RED]) == ["document"] * wrong


@pytest.mark.parametrize(("amount", "tax", "wrong"), [(500, 28, 0), (499, 28, 1), (500, 27, 1)])
def test_an_electronic_one_is_of_what_was_put_off(amount: int, tax: int, wrong: int) -> None:
    invoice = (ElectronicInvoice, {"id": "e", "order_id": "o1", "amount": amount, "tax": tax})
    assert found([PUT_OFF], invoice) == ["electronic_invoice"] * wrong
    assert found([], invoice) == [], "of what was not put off is told elsewhere"


PAID: list[Fact] = [
    order(reverses=None),
    (Posting, {"id": "p", "order_id": "o1"}),
    (PostingLine, {"posting_id": "p", "line": 1, "account": "6004", "amount": -472, "tax_rate": 600}),
    (PostingLine, {"posting_id": "p", "line": 2, "account": "2221", "amount": -28, "tax_rate": 600}),
    (PostingLine, {"posting_id": "p", "line": 3, "account": "1001", "amount": 500, "tax_rate": 0}),
]


@pytest.mark.parametrize(
    ("new", "changed", "wrong"),
    [
        ([request(line())], [], 0),
        ([request(line(), line(300, 0, 0))], [], 0),
        ([request(line(499))], [], 1),
        ([request(line(tax=27))], [], 1),
        ([request(line(rate=900))], [], 1),
        ([request(line(), back=[["o2", line(-100, 600, -6)]])], [], 1),
        ([request(says="{}")], [], 1),
        ([request(says="x")], [], 1),
        ([request(line(499))], [change("invoice_request", "o2", says="x")], 0),
        ([request(line(499)), paper(amount=-1, drawn_later=0)], [], 0),
        ([request(line(499)), paper(amount=0, drawn_later=0)], [], 1),
        ([request(line(499)), paper(amount=-1, drawn_later=0, kind="receipt")], [], 1),
        ([request(line(499)), order(id="o1", reverses="o0")], [], 0),
        ([request(line()), paper(drawn_later=0)], [], 1),
        ([request(line()), paper(drawn_later=0, state="void")], [], 0),
        ([request(line()), paper(drawn_later=0, kind="receipt")], [], 0),
        ([request(line()), paper(drawn_later=0, order_id="o2")], [], 0),
        ([request(line(499), order_id="o2")], [], 0),
    ],
)
def test_what_is_put_off_is_what_the_books_have(new: list[Fact], changed: list[Change], wrong: int) -> None:
    facts = [each for each in PAID if not (each[0] is ProductOrder and any(one[0] is ProductOrder for one in new))]
    assert found([], *facts, *new, changed=changed) == ["invoice_request"] * wrong


@pytest.mark.parametrize(("tax", "wrong"), [(28, 0), (27, 1)])
def test_papers_of_an_order_that_is_called_off_say_what_the_books_give_back(tax: int, wrong: int) -> None:
    back: list[Fact] = [
        (Posting, {"id": "p", "order_id": "o1"}),
        (PostingLine, {"posting_id": "p", "line": 1, "account": "6004", "amount": 472, "tax_rate": 600}),
        (PostingLine, {"posting_id": "p", "line": 2, "account": "2221", "amount": 28, "tax_rate": 600}),
    ]
    new = [*back, paper(drawn_later=0, amount=-500, tax=-tax), rate(-500, -tax)]
    entry = claim(*new, changed=[change("product_order", "o1", state="cancelled")])
    told_of = [fault.detail["what"] for fault in sums.judge(known(row(ProductOrder, **order()[1])), entry)]
    assert told_of == ["papers of order o1"] * wrong
