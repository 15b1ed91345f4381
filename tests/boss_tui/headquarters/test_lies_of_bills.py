"""An outlet that lies in what it was paid of bills: late fee, rate of tax, tax; what it takes back of that."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import bill_payments
from data.journal import Change, canonical
from data.tables.billing import BillLine, BillPayment, CustomerBill
from data.tables.finance import Posting, PostingLine
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, told
from tests.boss_tui.headquarters.liar import Body, Told, at_doors, chained, hall, headquarters, journal, push
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.boss_tui.headquarters.sly import Sly
from tests.boss_tui.transactions.test_c12_fees import one_who_owes
from tests.hall import FACTS
from tests.homes import of_this_run

Alter = Callable[[Body], None]
CLOSES = "13957002947"


@cache
def _day() -> str:
    """A hall's day as JSON: a bill is paid in part, to the end, without late fee, by mistake, and taken back."""
    sly = Sly(hall(of_this_run("bills")))
    forms = sly.at.desk.forms
    wrong, right = one_who_owes(sly.at, 1), one_who_owes(sly.at, 2)
    sly.done(forms.begin("C12", {"who": right, "action": "collect", "amount": "23.45"}))
    paid = sly.done(forms.begin("C12", {"who": right, "action": "collect"}))
    sly.at.desk.orders.cancel(paid.serial, "changed their mind", FACTS.supervisor, FACTS.password)
    paid = sly.done(forms.begin("C12", {"who": wrong, "action": "collect", "amount": "80"}))
    by_mistake = {"who": wrong, "action": "correct", "serial": paid.serial, "right": right, "reason": "录错号码"}
    sly.done(forms.begin("C12", by_mistake))
    sly.done(forms.begin("C12", {"who": wrong, "action": "collect", "waive": "y", "reason": "投诉"}))
    closed = sly.do("C9", CLOSES, action="close")
    sly.at.desk.orders.cancel(closed.serial, "changed their mind", FACTS.supervisor, FACTS.password)
    sly.goes_on()
    sly.do("C9", CLOSES, action="close")
    found = json.dumps(journal(sly.at))
    sly.at.store.close()
    return found


def day() -> Told:
    found: Told = json.loads(_day())
    return found


def test_an_honest_day_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), day()) == []


def by(**fen: int) -> Alter:
    """Figures of the first payment of a bill that are others by so much."""

    def alter(body: Body) -> None:
        payment = of_entry(body, "bill_payment")
        for column, more in fen.items():
            payment[column] += more

    return alter


LIES: dict[str, tuple[int, Alter]] = {
    "a late fee that was not taken": (0, by(late_fee=1)),
    "a late fee that was kept": (0, by(late_fee=-1)),
    "more tax than there was": (0, by(tax=1)),
    "another rate of tax": (1, by(tax_rate=100)),
    "less tax that is taken back": (2, by(tax=1)),
    "late fee that is not taken back": (2, by(late_fee=1)),
}


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES, 2))
def test_what_is_paid_of_bills_is_what_was_posted(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    nth, alter = LIES[what]
    told_of = day()
    place = [at for at, entry in enumerate(told_of) if '"bill_payment"' in entry["body"]][nth]
    body = json.loads(told_of[place]["body"])
    alter(body)
    told_of[place]["body"] = canonical(body)
    lie = chained(told_of[: place + 1], place)
    found = push(headquarters(tmp_path), lie, tmp_path if on_a_stick else None)
    assert {(each.state, each.seq) for each in found} == {("open", lie[-1]["seq"])}
    assert found[0].reason in ("sums", "price")


# where the rule turns

LINES = [
    row(BillLine, bill_id="b", line=1, item="basic", amount=1_060, tax_rate=600),
    row(BillLine, bill_id="b", line=2, item="call", amount=1_090, tax_rate=900),
]
BILL = row(CustomerBill, id="b", account_id="a", amount=2_150, paid=0, state="sent", revision=1)
Paid = tuple[int, int, int]


def pays(*parts: Paid, bill: str = "b", of: str = "o1", late_fee: int = 0) -> list[Fact]:
    """Parts of a bill: rate, fen and tax."""
    common = {"bill_id": bill, "order_id": of, "posting_id": "p"}
    return [
        (
            BillPayment,
            {"id": f"{of}{bill}{at}", "tax_rate": rate, "amount": fen, "tax": tax, **common}
            | ({} if at else {"late_fee": late_fee}),
        )
        for at, (rate, fen, tax) in enumerate(parts)
    ]


def posts(*parts: Paid, late_fee: int = 0) -> list[Fact]:
    """What a posting moves for parts of bills."""
    sides = [
        (account, fen, rate, "bill_payment")
        for rate, amount, tax in parts
        for account, fen in (("1122", -amount), ("2222", tax), ("2221", -tax))
    ]
    sides += [("6004", -late_fee, 0, "late_fee")]
    return [
        (PostingLine, {"posting_id": "p", "line": at, "account": of, "amount": fen, "tax_rate": rate, "item": item})
        for at, (of, fen, rate, item) in enumerate(sides)
    ]


def moved(base: int = 1) -> Change:
    return change("customer_bill", "b", base, paid=1, revision=base + 1)


WHOLE: list[Paid] = [(900, 1_090, 90), (600, 1_060, 60)]


@pytest.mark.parametrize(
    ("parts", "base", "found"),
    [
        (WHOLE, 1, 0),
        ([(900, 1_090, 90), (600, 530, 30)], 1, 0),
        ([(900, 545, 45)], 1, 0),
        ([(900, 545, 44)], 1, 1),
        ([(600, 1_060, 60)], 1, 1),  # the highest rate is paid first
        ([(900, 1_089, 89), (600, 1_060, 60)], 1, 1),
        ([(0, 545, 0)], 1, 1),
        ([(900, -545, -45)], 1, 1),  # nothing is taken back
        ([(0, 545, 0)], 2, 0),  # another was first: that is told elsewhere
    ],
)
def test_the_highest_rate_is_paid_first(parts: list[Paid], base: int, found: int) -> None:
    facts = [order("C12", reverses=None), *pays(*parts), *posts(*parts)]
    faults = bill_payments.judge(known(BILL, *LINES), claim(*facts, changed=[moved(base)]))
    assert told(faults) == [("sums", False)] * found


@pytest.mark.parametrize(
    ("parts", "late_fee", "found"),
    [
        (WHOLE, 7, 0),
        (WHOLE, 6, 1),
        ([(900, 1_091, 90), (600, 1_060, 60)], 7, 1),
        ([(900, 1_090, 91), (600, 1_060, 60)], 7, 1),
        ([(600, 2_150, 150)], 7, 1),
        ([], 7, 1),
    ],
)
def test_a_posting_moves_what_is_said_of_bills(parts: list[Paid], late_fee: int, found: int) -> None:
    facts = [order("C12", reverses=None), *pays(*WHOLE, late_fee=7), *posts(*parts, late_fee=late_fee)]
    faults = bill_payments.judge(known(BILL, *LINES), claim(*facts, changed=[moved()]))
    assert told(faults) == [("sums", False)] * found


def test_what_others_paid_is_noted_and_what_came_otherwise_is_known() -> None:
    paid = [row(BillPayment, id="x", bill_id="b", order_id="o0", posting_id="p0", amount=545, tax=45, tax_rate=900)]
    bill = row(CustomerBill, id="b", account_id="a", amount=2_150, paid=545, state="sent", revision=1)

    def found(parts: list[Paid], *rows: Any) -> list[tuple[str, bool]]:
        facts = [order("C12", reverses=None), *pays(*parts), *posts(*parts)]
        return told(bill_payments.judge(known(bill, *LINES, *rows), claim(*facts, changed=[moved()])))

    rest: list[Paid] = [(900, 545, 45), (600, 1_060, 60)]
    own, others = (row(Posting, id="p0", outlet=of) for of in ("HZ01", "HZ02"))
    assert [found(rest, *paid, own), found(rest)] == [[], []]
    assert [found(WHOLE[:1], *paid, own), found(WHOLE[:1])] == [[("sums", False)]] * 2
    assert found(WHOLE[:1], *paid, others) == [("sums", True)]


@pytest.mark.parametrize(("tax", "late_fee", "found"), [(90, 7, 0), (89, 7, 1), (90, 6, 1)])
def test_what_is_taken_back_is_what_was_paid(tax: int, late_fee: int, found: int) -> None:
    before = [row(model, **values) for model, values in pays(WHOLE[0], of="o0", late_fee=7)]
    back = (900, -1_090, -tax)
    facts = [order("C12", reverses="o0"), *pays(back, late_fee=-late_fee), *posts(back, late_fee=-late_fee)]
    here = known(BILL, *LINES, *before, row(ProductOrder, id="o0", reverses=None))
    assert told(bill_payments.judge(here, claim(*facts, changed=[moved()]))) == [("sums", False)] * found


@pytest.mark.parametrize(
    ("back", "cancels", "found"),
    [
        ([(900, -1_090, -90), (600, -530, -30)], True, []),
        ([(900, -1_090, -90), (600, -530, -30)], False, [("sums", True)]),
        ([(900, -1_090, -90)], True, [("sums", False)]),
        ([(900, -1_060, -87), (600, -560, -33)], True, [("sums", False)]),
        ([(900, -1_090, -90), (600, -530, -29)], True, [("sums", False)]),
    ],
)
def test_an_order_that_is_cancelled_takes_back_what_it_paid_itself(
    back: list[Paid], cancels: bool, found: list[tuple[str, bool]]
) -> None:
    before = [row(model, **values) for model, values in pays((900, 1_090, 90), (600, 530, 30))]
    again = [(model, {**values, "id": f"back{values['id']}"}) for model, values in pays(*back)]
    state = change("product_order", "o1", 1, state="cancelled" if cancels else "completed", revision=2)
    here = known(BILL, *LINES, *before, row(ProductOrder, id="o1", reverses=None))
    entry = claim(*again, *posts(*back), changed=[moved(), state])
    assert told(bill_payments.judge(here, entry)) == found


def test_a_bill_of_its_own_entry_is_paid_by_its_lines() -> None:
    new: list[Fact] = [(CustomerBill, {"id": "n", "account_id": "a", "amount": 1_060, "paid": 0})]
    new += [(BillLine, {"bill_id": "n", "line": 1, "item": "basic", "amount": 1_060, "tax_rate": 600})]
    for part, found in (((600, 1_060, 60), 0), ((0, 1_060, 0), 1)):
        facts = [order("C9", reverses=None), *new, *pays(part, bill="n"), *posts(part)]
        assert told(bill_payments.judge(known(), claim(*facts))) == [("sums", False)] * found
