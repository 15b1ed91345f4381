"""An outlet that lies in what it does beside its orders: a row changes that nobody changes, by an act that never does
so, or by nobody who may; each lie is put aside with its reason and nothing of it is applied (design 6).

What each turns on is tried on rows in memory (`test_writes_edges`, `test_postings_edges`, `test_words_edges`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.headquarters.rules.writes import WRITES
from data.statements import columns
from data.tables import all_tables
from data.tables.base import LEASED, OUTLET, SHARED
from tests.boss_tui.headquarters.liar import (
    Body,
    behind,
    headquarters,
    lying,
    morning,
    orders,
    push,
    row,
    sold,
)
from tests.boss_tui.sync.world import contents
from tests.tiers import some_by_day

DAY, MADE = "2026-11-23", "2026-11-23T01:10:00.000250Z"
Change = list[Any]
Lie = Callable[[Body], list[Change]]


def changed(table: str, base: int = 1, **new: Any) -> Lie:
    """A row of the first opening's becomes another."""

    def lie(body: Body) -> list[Change]:
        key = next(change[2] for change in body["changes"] if change[0] == table)
        return [[table, "change", key, base, {**new, "revision": base + 1}]]

    return lie


def at(table: str, key: list[Any], base: int = 1, **new: Any) -> Lie:
    return lambda _: [[table, "change", key, base, {**new, "revision": base + 1}]]


def added(table: str, *key: str, **new: Any) -> Lie:
    return lambda _: [[table, "add", [new[name] for name in key], 0, new]]


CARD = "0000000001"
FROZEN: dict[str, tuple[str, Lie]] = {
    "the grade of a number": ("C2", at("phone_number", ["13800000000"], grade="N")),
    "the block of a number": ("C2", at("phone_number", ["13800000000"], lease_id="")),
    "the face value of a recharge card": ("C11", at("recharge_card", [CARD], face_value=50_000_000)),
    "how long a recharge card is good": ("C11", at("recharge_card", [CARD], valid_to="2099-12-31")),
    "the cost of a handset": ("C10", at("handset", ["860000000000000"], cost=1)),
    "the sum of an order": ("C1", changed("product_order", amount=1)),
    "who did an order": ("C1", changed("product_order", operator="1002")),
    "the form of an order": ("C1", changed("product_order", form_json="{}")),
    "the number of a paper": ("number.void", changed("paper_document", number=99_999_999)),
    "the sum of a paper": ("number.void", changed("paper_document", amount=1)),
    "a customer's credit": ("C1", changed("customer_credit", credit_limit=9_999_999_900)),
    "a customer's hall": ("C4.1", changed("customer", state="left")),
    "whose drawer a shift's is": ("shift.close", at("shift", ["s"], operator="1002")),
    "the penalty of a contract": ("C8", at("agreement", ["a"], penalty_percent=0)),
    "what a line costs a month": ("C8", at("charge_schedule", ["c"], amount=0)),
    "when a bill is due": ("C12", at("customer_bill", ["b"], due_on="2099-12-31")),
    "what an order's dated act does": ("C8.due", at("scheduled_act", ["a"], parameters="{}")),
    "the seconds of an authority": ("authority", at("authority", ["a"], amount_limit=99_999_900)),
    "how long a right is handed over": ("delegation", at("delegation", ["HZ01", 1], until="2099-12-31")),
}

NO_ACT: dict[str, tuple[str, Lie]] = {
    "a customer's category": ("look.order", changed("customer", category="key")),
    "a line for another": ("C5", changed("subscription", customer_id="c")),
    "a contract that ends": ("C8", at("agreement", ["a"], state="ended")),
    "a bill that nobody paid": ("C12", at("customer_bill", ["b"], paid=10_000, state="settled")),
    "a bill, by the hall's settling": ("settle.dated", at("customer_bill", ["b"], paid=10_000, state="settled")),
    "money of a partner": (
        "C7.4",
        added("settlement_entry", "id", id="se", partner="p", order_id="o", kind="share", amount=1, business_date=DAY),
    ),
    "a number that is sold by a count": ("stock.count", at("phone_number", ["13800000000"], state="sold")),
    "whose number it is, by a count": ("stock.count", at("phone_number", ["13800000000"], subscription_id="s")),
    "a handset that is sold by a box": ("stock.send", at("handset", ["860000000000000"], state="sold")),
    "points": ("C12", lambda _: [["loyalty_account", "increase", ["c"], 0, {"points": 100_000}]]),
    "a shift closed by a form's work": ("draft", at("shift", ["s"], state="closed")),
    "a number freed by a look": ("look.order", changed("phone_number", 2, state="idle", subscription_id=None)),
    "usage that no network told of": (
        "C12",
        lambda body: [
            [
                "usage_month",
                "increase",
                [row(body, "subscription")["id"], "2026-11", "voice"],
                0,
                {"quantity": 1, "amount": 1},
            ]
        ],
    ),
}


def posted(debit: str, credit: str, fen: int = 100_000, order_id: str | None = None, bucket: bool = False) -> Lie:
    """A posting that balances, with its totals, and with what it puts into the customer's balance."""

    def lie(body: Body) -> list[Change]:
        common = {"item": "x", "tax_rate": 0, "posting_id": "p"}
        owner = row(body, "balance_bucket")["id"] if bucket else None
        told: list[Change] = [
            [
                "posting",
                "add",
                ["p"],
                0,
                {
                    "id": "p",
                    "outlet": "HZ01",
                    "business_date": DAY,
                    "business": "C12",
                    "order_id": order_id and row(body, "product_order")["id"],
                    "shift_id": None,
                    "till": "",
                    "operator": "1001",
                    "made_at": MADE,
                    "note": "",
                },
            ],
            [
                "posting_line",
                "add",
                ["p", 1],
                0,
                {**common, "line": 1, "account": debit, "amount": fen, "bucket_id": None},
            ],
            [
                "posting_line",
                "add",
                ["p", 2],
                0,
                {**common, "line": 2, "account": credit, "amount": -fen, "bucket_id": owner},
            ],
            ["running_total", "increase", ["HZ01", DAY, "", debit], 0, {"amount": fen, "postings": 1}],
            ["running_total", "increase", ["HZ01", DAY, "", credit], 0, {"amount": -fen, "postings": 1}],
        ]
        if owner:
            entered = {"id": "be", "bucket_id": owner, "posting_id": "p", "amount": fen, "before": 0, "made_at": MADE}
            told.append(["balance_bucket", "increase", [owner], 0, {"amount": fen}])
            told.append(["balance_entry", "add", ["be"], 0, entered])
        return told

    return lie


POSTED: dict[str, tuple[str, Lie]] = {
    "a balance filled by nobody's payment": ("C12", posted("6004", "2205", bucket=True)),
    "a balance filled at the safe": ("safe.deposit", posted("1003", "2205", bucket=True)),
    "a balance out of suspense": ("settle.slip", posted("2209", "2205", bucket=True)),
    "headquarters' accounts, by a till": ("till.cash_in", posted("1221", "2210")),
    "headquarters' accounts, by a form": ("draft", posted("1221", "2210")),
    "income at the end of a shift": ("shift.close", posted("1001", "6001")),
    "expenses at the safe": ("safe.deposit", posted("6602", "1004")),
    "more of an order that is done": ("till.cash_out", posted("6602", "1001", order_id="its")),
    "the bank's money by a day that is opened": ("day.open", posted("1003", "1004")),
}

HANDED = {
    "outlet": "HZ01",
    "number": 99,
    "right": "approvals",
    "since": DAY,
    "until": DAY,
    "reason": "",
    "made_at": MADE,
}
GRANT = {"rule": "refund", "on_behalf_of": "", "shown": "", "paid_out": "", "authority": None, "granted_at": MADE}


def handed(giver: str, taker: str = "1001") -> Lie:
    ends = {"withdrawn_on": "", "withdrawn_by": "", "revision": 1}
    return added("delegation", "outlet", "number", **HANDED, **ends, giver=giver, taker=taker)


def granted(supervisor: str) -> Lie:
    ends = {"expires_at": MADE, "used_order": None, "revision": 1}
    return added("operator_grant", "id", id="g", draft_id="d", **GRANT, **ends, supervisor=supervisor)


def alarmed(**seen: Any) -> Lie:
    """An alarm about the clerk that is over at once."""
    about = {"id": "a", "outlet": "HZ01", "counter": "HZ0101", "operator": "1001", "kind": "codes", "message": "{}"}
    raised = added("alarm", "id", **about, raised_at=MADE, state="open", seen_by="", words="", revision=1)
    return lambda body: [*raised(body), *at("alarm", ["a"], state="seen", **seen)(body)]


def carried(purpose: str, *, debit: str = "1003", fen: int = 100_000) -> Lie:
    move = {"id": "cm", "outlet": "HZ01", "number": 77, "posting_id": "p", "purpose": purpose, "amount": fen}
    more = added("cash_movement", "id", **move, reference="1", counterparty="", approved_by="")
    return lambda body: [*posted(debit, "1004")(body), *more(body)]


WORDS: dict[str, tuple[str, Lie, str]] = {
    "a right of headquarters' manager, handed by nobody": ("delegation", handed("3001"), "foreign"),
    "a right that the taker hands themselves": ("delegation", handed("1001"), "right"),
    "a right of a supervisor, handed by the taker": ("delegation", handed("2001"), "right"),
    "a word given to oneself": ("approve", granted("1001"), "approval"),
    "a word of a clerk": ("approve", granted("1002"), "approval"),
    "a word of nobody": ("approve", granted("9999"), "approval"),
    "cash of the safe to the bank by a clerk": ("safe.deposit", carried("deposit"), "approval"),
    "cash that a slip says less of than was moved": ("till.cash_in", carried("change", debit="1001", fen=1), "sums"),
    "an alarm that a clerk looked into": ("settle.alarm", alarmed(seen_by="1001"), "right"),
    "cash of the bank into the safe by a clerk": ("safe.withdrawal", carried("withdrawal"), "approval"),
}


@pytest.mark.parametrize("what", some_by_day(POSTED, 3))
def test_the_books_are_written_by_orders_and_by_a_few_acts(tmp_path: Path, what: str) -> None:
    kind, lie = POSTED[what]
    put_aside(tmp_path, kind, lie, "act")


@pytest.mark.parametrize("what", some_by_day(WORDS, 3))
def test_nobody_gives_a_word_or_a_right_that_is_not_theirs(tmp_path: Path, what: str) -> None:
    kind, lie, reason = WORDS[what]
    put_aside(tmp_path, kind, lie, reason)


def test_who_posts_for_an_order_is_who_did_it(tmp_path: Path) -> None:
    told, office = (
        lying(morning(), lambda body, _: row(body, "posting").update(operator="1002")),
        headquarters(tmp_path),
    )
    assert [(found.reason, found.state) for found in push(office, told)] == [("staff", "open")]
    assert orders(office, told) == [True, True, False, True]


@pytest.mark.parametrize("what", some_by_day(FROZEN, 3))
def test_what_a_row_is_stays(tmp_path: Path, what: str) -> None:
    kind, lie = FROZEN[what]
    put_aside(tmp_path, kind, lie, "foreign")


@pytest.mark.parametrize("what", some_by_day(NO_ACT, 3))
def test_an_act_does_what_it_does_and_nothing_else(tmp_path: Path, what: str) -> None:
    kind, lie = NO_ACT[what]
    put_aside(tmp_path, kind, lie, "act")


def put_aside(folder: Path, kind: str, lie: Lie, reason: str, **entry: str) -> None:
    """A lie behind an honest morning is one exception, with its reason, and leaves everything as it was; `entry`: who
    told of it, under which serial."""
    told, office = morning(), headquarters(folder)
    changes = lie(sold(told))
    models = [all_tables()[table] for table in {change[0] for change in changes}]
    assert push(office, told) == []
    before = contents(office.store, *models)
    (found,) = push(office, behind(told, kind, changes, **entry))
    assert (found.reason, found.state) == (reason, "open")
    assert contents(office.store, *models) == before


def test_each_table_that_outlets_push_says_what_may_be_done_to_it() -> None:
    pushed = {name: table for name, table in all_tables().items() if table.__owner__ in (OUTLET, SHARED, LEASED)}
    assert WRITES.keys() == pushed.keys()
    for name, writes in WRITES.items():
        assert writes.by_column.keys() <= set(columns(pushed[name])) - {"revision", "outlet", "id"}, name
        assert not (writes.by_column and pushed[name].__append_only__), name
        families = {*BUSINESSES, *(code.partition(".")[0] for code in BUSINESSES)}
        acts = {*writes.adding, *writes.growing}.union(*writes.by_column.values())
        assert {act for act in acts if act[0] == "C" and act[1].isdigit()} <= families, name
