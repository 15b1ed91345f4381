"""No more is taken out of a customer's balance than went into it, and nothing that a service rests on.

What an outlet says was there before (`BalanceEntry.before`) must be enough for it, and where nobody else moved that
balance it is what headquarters has. What headquarters has seen go in must be enough, too: where other outlets moved it
as well, or something of this one was put aside, it can't know, and notes it. Source: catalogue F12; design 5.1;
`boss_tui.verify.buckets` holds the same over the whole store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.tables.account import BalanceBucket, BalanceEntry, BalanceHold
from data.tables.finance import Posting
from data.tables.sync import SyncException


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The balances that sink below nothing."""
    moved, has = Counter[str](), dict[str, int]()
    for entry in told.added.get("balance_entry", ()):
        bucket = entry["bucket_id"]
        what = {"what": f"balance_entry {entry['id']}", "table": "balance_entry"}
        if bucket not in has:
            has[bucket] = held(known, bucket)
        if entry["before"] < 0 or entry["before"] + entry["amount"] < 0:
            yield Fault("balance", what)
        elif entry["before"] != has[bucket] + moved[bucket] and _is_ours(known, told, entry):
            yield Fault("balance", what, note=_waits(known, told))
        moved[bucket] += entry["amount"]
    for bucket, amount in moved.items():
        if amount < 0 and has[bucket] + amount < _stays(known, told, bucket):
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
    waits = known.reading.find(SyncException, outlet=told.entry.outlet, state="open") is not None
    return waits or told.row(known, BalanceBucket, bucket) is None or _is_others(known, told, bucket)


def _is_ours(known: Known, told: Claim, entry: Row) -> bool:
    """Whether nobody else moved its balance, and it is told once: else it clashes (`sync.effects`)."""
    again = [row for row in told.added["balance_entry"] if row["id"] == entry["id"]][1:]
    once = not again and known.row(BalanceEntry, entry["id"]) is None
    return once and not _is_others(known, told, entry["bucket_id"])


def _waits(known: Known, told: Claim) -> bool:
    """Whether something of this outlet was ever put aside: it may have moved a balance there that it did not here."""
    return known.reading.find(SyncException, outlet=told.entry.outlet) is not None


def _is_others(known: Known, told: Claim, bucket: str) -> bool:
    """Whether another than this outlet moved it, too."""
    postings = (known.row(Posting, row["posting_id"]) for row in known.told(BalanceEntry, bucket_id=bucket))
    return any(row is not None and row["outlet"] != told.entry.outlet for row in postings)
