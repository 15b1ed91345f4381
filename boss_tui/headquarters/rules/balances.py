"""No more is taken out of a customer's balance than went into it, and nothing that a service rests on.

What an outlet says was there before (`BalanceEntry.before`) must be enough for it. What headquarters has seen go in
must be enough, too: where other outlets moved that balance as well, or something of this one was put aside, it can't
know, and notes it. Source: catalogue F12; design 5.1; `boss_tui.verify.buckets` holds the same over the whole store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.sync.effects import Fault
from data.tables.account import BalanceBucket, BalanceEntry, BalanceHold
from data.tables.finance import Posting
from data.tables.sync import SyncException


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The balances that sink below nothing."""
    moved = Counter[str]()
    for entry in told.added.get("balance_entry", ()):
        moved[entry["bucket_id"]] += entry["amount"]
        if entry["before"] < 0 or entry["before"] + entry["amount"] < 0:
            yield Fault("balance", {"what": f"balance_entry {entry['id']}", "table": "balance_entry"})
    for bucket, amount in moved.items():
        if amount < 0 and held(known, bucket) + amount < _stays(known, told, bucket):
            what = {"what": f"balance_bucket {bucket}", "table": "balance_bucket"}
            yield Fault("balance", what, note=_is_uncertain(known, told, bucket))


def _stays(known: Known, told: Claim, bucket: str) -> int:
    """What must stay in a balance after an entry, since services rest on it (`accounts.holds`)."""
    rows = told.after(known, BalanceHold, bucket_id=bucket)
    return max((int(row["amount"]) for row in rows if row["state"] == "active"), default=0)


def held(known: Known, bucket: str) -> int:
    """What headquarters has in a balance before an entry: in the store, and by entries before it in its batch."""
    here = known.reading.find(BalanceBucket, id=bucket)
    before = sum(int(row["amount"]) for row in known.learned("balance_entry") if row["bucket_id"] == bucket)
    return before + (here.amount if here is not None else 0)


def _is_uncertain(known: Known, told: Claim, bucket: str) -> bool:
    """Whether somebody else moved it, too, or something of this outlet waits for a decision; or it is not here."""
    outlet = told.entry.outlet
    if told.row(known, BalanceBucket, bucket) is None:
        return True
    if known.reading.find(SyncException, outlet=outlet, state="open") is not None:
        return True
    postings = (known.row(Posting, row["posting_id"]) for row in known.told(BalanceEntry, bucket_id=bucket))
    return any(row is not None and row["outlet"] != outlet for row in postings)
