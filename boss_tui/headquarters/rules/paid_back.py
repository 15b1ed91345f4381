"""What is paid out of balances may be: no money that is not cleared, and of the value of cards none as a refund; that,
and money that goes another way than it came, otherwise with a supervisor's word alone (F11, C12).

Asked is the desk's own rule, over headquarters' rows. Where others moved that balance, too, or something about it waits
for a decision, the entry is noted. Source: domain-facts 8; at the desk: `boss_tui.components.tenders.refunds`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from boss_tui.answers.business import Tender
from boss_tui.components.tenders.refunds import Back, Source, back_of, newest, sources
from boss_tui.components.tenders.tenders import ways
from boss_tui.headquarters.rules.claim import Claim, Known, OneByOne, Row
from boss_tui.headquarters.rules.people import word_of_supervisor
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from data.tables.account import BalanceEntry
from data.tables.finance import Posting

REFUNDS = ("C12", "refund")
"""The business, and its action, that pays a balance out for itself."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The money that goes back though it may not, or not without a word."""
    for order in told.added.get("product_order", ()):
        if order["amount"] >= 0 or is_opposite(known, told, order):
            continue
        taken, others = _taken(known, told, order)
        if not taken:
            continue
        if any(row["bucket_id"] in taken for row in known.learned("balance_entry")):
            raise OneByOne
        what = {"what": f"{order['business']} {order['serial']}", "order": order["id"]}
        uncertain = any(_is_uncertain(known, told, bucket) for bucket in taken)
        if _is_too_much(known, told, order, taken, others):
            yield Fault("balance", what, note=uncertain)
        elif _needs_word(known, told, order, taken, others) and (sure := word_of_supervisor(known, order)) != "yes":
            yield Fault("approval", what, note=uncertain or sure == "perhaps")


def _taken(known: Known, told: Claim, order: Row) -> tuple[dict[str, int], int]:
    """What an order takes out of each balance to pay it out, and what else it gives back."""
    paid = {row["posting_id"] for row in told.of_order("payment", order["id"])}
    drawers = {way.account for way in ways(known.reading).values()}
    taken, others = dict[str, int](), 0
    for line in told.added.get("posting_line", ()):
        if line["posting_id"] not in paid or line["amount"] <= 0 or line["account"] in drawers:
            continue
        if line["bucket_id"]:
            taken[line["bucket_id"]] = taken.get(line["bucket_id"], 0) + line["amount"]
        else:
            others += line["amount"]
    return taken, others


def _back(known: Known, order: Row, taken: dict[str, int], others: int) -> Back:
    """How so much of these balances may be paid out."""
    found = [Source("", others, "0001-01-01")] if others else []
    for bucket, amount in taken.items():
        found += newest(sources(known.reading, bucket, excluding=order["id"]), amount)
    return back_of(known.reading, found, date.fromisoformat(order["business_date"]))


def _is_too_much(known: Known, told: Claim, order: Row, taken: dict[str, int], others: int) -> bool:
    """Whether money is paid out that is not cleared, or the value of cards as a refund."""
    form, due = told.form(order), -order["amount"]
    if due > _back(known, order, taken, others).payable:
        return True
    if form is None or (order["business"], getattr(form.filled, "action", "")) != REFUNDS:
        return False
    held = [each for bucket in taken for each in sources(known.reading, bucket, excluding=order["id"])]
    whole = back_of(known.reading, held, date.fromisoformat(order["business_date"]))
    return bool(held) and due > whole.payable - whole.cards


def _needs_word(known: Known, told: Claim, order: Row, taken: dict[str, int], others: int) -> bool:
    """Whether the value of cards is paid out, or money another way than it came."""
    back = _back(known, order, taken, others)
    paid = {row["id"] for row in told.of_order("payment", order["id"])}
    rows = (row for row in told.added.get("payment_tender", ()) if row["payment_id"] in paid)
    tenders = [Tender(row["kind"], -row["amount"]) for row in rows]
    return bool(-order["amount"] > back.payable - back.cards or back.other_way(tenders))


def _is_uncertain(known: Known, told: Claim, bucket: str) -> bool:
    """Whether somebody else moved a balance, too, or something about it waits for a decision."""
    postings = (known.row(Posting, row["posting_id"]) for row in known.told(BalanceEntry, bucket_id=bucket))
    others = any(row is not None and row["outlet"] != told.entry.outlet for row in postings)
    return others or known.waits(told.entry.outlet, [bucket])
