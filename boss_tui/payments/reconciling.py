"""Reconciliation 对账: our mobile payments of a day against the provider's bill, by our order number.

The bill is CSV, its values led by a back-tick, with the totals in its last row (management-facts 7.4). What only one
side has (单边账), and sums that differ, are told; nothing is changed here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from msgspec import Struct

from boss_tui.forms.typed import fen_typed
from data.errors import BadForm
from data.message import Message, say
from data.store import Reading
from data.tables.mobile import MobilePayment


class Unreconciled(Struct, frozen=True):
    """What does not agree: our number, what is wrong, fen as we and they have it."""

    order_no: str
    what: Message
    ours: int
    theirs: int


def billed(text: str) -> dict[str, int]:
    """What a bill says, in fen: by our number what was paid and not reversed, by the refund's number what went back, as
    amounts below nothing. BadForm when it is no bill."""
    found: dict[str, int] = {}
    whole = False
    for number, raw in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        row = {name: (value or "").removeprefix("`") for name, value in raw.items() if isinstance(value, str)}
        if row.get("time") == "total":
            whole = True
            continue
        try:
            if None in raw:  # a comma within a value: its columns are not those of the head
                raise KeyError(number)
            state = row["state"]
            if state == "refund":
                found[row["refund_no"]] = -fen_typed(row["refund_amount"])
            elif state == "paid":
                found[row["order_no"]] = fen_typed(row["amount"])
        except (KeyError, BadForm) as fault:
            raise BadForm({"bill": say("Line {line} of the bill is not understood.", line=number)}) from fault
    if not whole:
        raise BadForm({"bill": say("The bill ends without its totals: it is not whole.")})
    return found


def differences(reading: Reading, outlet: str, day: str, text: str) -> Iterator[Unreconciled]:
    """What of a business date does not agree with the bill."""
    theirs = billed(text)
    known = {row.order_no: row for row in reading.all(MobilePayment, outlet=outlet, business_date=day)}
    ours = {row.order_no: row.amount for row in known.values() if row.state in {"paid", "refunded"}}
    for order_no in sorted({*ours, *theirs}):
        mine, other = ours.get(order_no, 0), theirs.get(order_no, 0)
        if mine == other:
            continue
        if not mine:
            what = say("They have it, we have not: refund it, or book it to the customer.")
        elif not other:
            what = say("We have it, they have not: query it, then reverse the sale.")
        else:
            what = say("The sums differ.")
        yield Unreconciled(order_no, what, mine, other)
