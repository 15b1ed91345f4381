"""What a till says of itself: slips of cash are numbered without gap, a close stands where the journal was and its
report is of it, what was ticked off is what the shift took so, a count of the safe its pieces and what the books have.

What a count says of the books is held against the books here: it is noted where something of this outlet was put aside,
which may have been of it. Source: catalogue F11, M11; at the hall: `boss_tui.components.till`,
`boss_tui.components.tenders.tender_slips`; `boss_tui.verify.cash` holds the same over the whole store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from boss_tui.components.ledger.ledger import SAFE
from boss_tui.components.tenders.tender_slips import slips_of
from boss_tui.components.tenders.tenders import ways
from boss_tui.components.till.cash import safe_balance
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.statements import instance
from data.tables.finance import CashMovement, Shift
from data.tables.sync import SyncException

OF_SHIFTS = ("till", "operator", "business_date")
"""What the report of a shift says that its shift does."""
Slip = tuple[str, str, bool]
"""Kind and reference of what is ticked off, and whether it went back."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's slips, closes and counts is not so."""
    yield from _numbered(known, told)
    yield from _ends(told)
    for report in told.added.get("closing_report", ()):
        if not _is_of_its_close(known, told, report):
            yield Fault("sums", _what("closing_report", report["business_date"]))
    ticked, closed = told.added.get("shift_tender", ()), _closed(known, told)
    if ticked or closed:
        yield from _ticked(known, told, ticked, closed)
    for count in told.added.get("safe_count", ()):
        yield from _safe(known, told, count)


def _what(table: str, key: object) -> dict[str, str]:
    return {"what": f"{table} {key}", "table": table}


def _is_aside(known: Known, told: Claim) -> bool:
    """Whether something of this outlet was ever put aside."""
    return known.reading.find(SyncException, outlet=told.entry.outlet) is not None


# slips, and where the journal was


def _numbered(known: Known, told: Claim) -> Iterator[Fault]:
    """The first slip of cash that has not the number behind the last one; those before the outlet's first are not known
    here."""
    added = told.added.get("cash_movement", ())
    own = {row["number"] for row in added}
    for row in added:
        number, outlet = row["number"], row["outlet"]
        if number > 1 and (number - 1 in own or known.told(CashMovement, outlet=outlet, number=number - 1)):
            continue
        if number < 1 or (number > 1 and known.told(CashMovement, outlet=outlet)):
            yield Fault("sums", _what("cash_movement", number), note=number > 1 and _is_aside(known, told))
            return


def _ends(told: Claim) -> Iterator[Fault]:
    """The first close that says that the journal ended elsewhere than before its own entry."""
    entry = told.entry
    before = f"{entry.seq - 1}/{entry.prev_hash}"
    wanted = {"shift": before, "business_day": f"{entry.epoch}/{entry.seq - 1} {entry.prev_hash}"}
    for table, end in wanted.items():
        for change in told.changed.get(table, ()):
            if change.values.get("state") == "closed" and change.values.get("journal_end") != end:
                yield Fault("sums", _what(table, change.key[-1]))
                return


def _is_of_its_close(known: Known, told: Claim, report: Row) -> bool:
    """Whether a report is of a shift, or of the day, that the entry closes: of its till, cashier and date."""
    if report["kind"] == "day":
        day = (report["outlet"], report["business_date"])
        return not report["till"] and any(change.key == day for change in told.changed.get("business_day", ()))
    shifts = (known.row(Shift, *change.key) for change in told.changed.get("shift", ()))
    said = tuple(report[name] for name in OF_SHIFTS)
    return any(shift is not None and tuple(shift[name] for name in OF_SHIFTS) == said for shift in shifts)


# what is ticked off


def _closed(known: Known, told: Claim) -> list[Row]:
    """The shifts that an entry closes."""
    ends = (change for change in told.changed.get("shift", ()) if change.values.get("state") == "closed")
    return [here for change in ends if (here := known.row(Shift, *change.key)) is not None]


def _ticked(known: Known, told: Claim, ticked: list[Row] | tuple[()], closed: list[Row]) -> Iterator[Fault]:
    """The first kind of tender that was ticked off otherwise than the shift took it, or not at all."""
    said = {(row["shift_id"], row["kind"]): row for row in ticked}
    took = {shift["id"]: _took(known, shift) for shift in closed}
    kinds = {(shift, kind) for shift, slips in took.items() for kind, _, _ in slips}
    for shift, kind in sorted(kinds | said.keys()):
        row, slips = said.get((shift, kind)), took.get(shift, {})
        if (
            shift not in took
            or row is None
            or not _is_right(row, {of: fen for of, fen in slips.items() if of[0] == kind})
        ):
            yield Fault("sums", _what("shift_tender", f"{shift} {kind}"), note=_is_aside(known, told))
            return


def _took(known: Known, shift: Row) -> dict[Slip, int]:
    """What a shift took that does not lie in its drawer, slip by slip, in fen: in the store, and by entries before this
    one in its batch."""
    found = Counter[Slip]()
    for of in slips_of(known.reading, instance(Shift, dict(shift))):
        for slip in of.slips:
            found[of.kind, slip.reference, slip.amount < 0] += slip.amount
    listed = {code for code, way in ways(known.reading).items() if not way.drawer and (way.once or way.provider)}
    payments = {row["id"] for row in known.learned("payment") if row["shift_id"] == shift["id"]}
    for row in known.learned("payment_tender") if payments else ():
        if row["payment_id"] in payments and row["kind"] in listed:
            found[row["kind"], row["reference"], row["amount"] < 0] += row["amount"]
    return dict(found)


def _is_right(row: Row, slips: dict[Slip, int]) -> bool:
    """Whether a row says how many slips of a kind there are, of how much, which of them are not in hand, and why."""
    if (row["slips"], row["amount"]) != (len(slips), sum(slips.values())):
        return False
    if not row["missing"]:
        return not (row["missing_amount"] or row["references"] or row["reason"])
    of = defaultdict[str, list[int]](list)
    for (_, reference, _), fen in slips.items():
        of[reference].append(fen)
    named = row["references"].split(", ")
    lacking = [fen for reference in {*named} for fen in of.get(reference, ())]
    whole = Counter(named) == Counter({reference: len(of.get(reference, ())) for reference in named})
    return whole and bool(row["reason"]) and (row["missing"], row["missing_amount"]) == (len(lacking), sum(lacking))


# the safe


def _safe(known: Known, told: Claim, count: Row) -> Iterator[Fault]:
    """Whether a count of the safe is its pieces, and differs by what was posted; noted where the books differ."""
    pieces = (row for row in told.added.get("safe_piece", ()) if row["count_id"] == count["id"])
    counted = sum(row["denomination"] * row["pieces"] for row in pieces)
    lines = [row for row in told.added.get("posting_line", ()) if row["posting_id"] == count["posting_id"]]
    posted = sum(row["amount"] for row in lines if row["account"] == SAFE)
    if (count["counted"], count["difference"]) != (counted, counted - count["expected"]) or posted != count[
        "difference"
    ]:
        yield Fault("sums", _what("safe_count", count["id"]))
        return
    postings = {row["id"] for row in known.learned("posting") if row["outlet"] == count["outlet"]}
    learned = [row for row in known.learned("posting_line") if row["account"] == SAFE and row["posting_id"] in postings]
    if count["expected"] != safe_balance(known.reading, count["outlet"]) + sum(row["amount"] for row in learned):
        yield Fault("sums", _what("safe_count", count["id"]), note=True)
