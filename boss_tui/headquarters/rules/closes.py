"""Days, shifts and the reports of their closes: opened and closed once, by who may, and as they were counted.

What a close says of the books is held against the books here. It is noted where it says otherwise, and never put aside:
an entry of that day may have been. Source: catalogue F11, M11; at the hall: `boss_tui.components.till.shifts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boss_tui.components.ledger.ledger import CASH
from boss_tui.components.till.figures import AT_CLOSE, expected_cash
from boss_tui.headquarters.rules.claim import Claim, Key, Known, Row
from boss_tui.headquarters.rules.people import gives_word
from boss_tui.reports.closing import digest_of
from boss_tui.sync.effects import Fault
from boss_tui.sync.rows import key_of
from data.statements import instance
from data.tables.base import Table
from data.tables.finance import BusinessDay, ClosingReport, Shift
from data.tables.sync import SyncException

FLOAT = "float"
ONE_AT_A_TIME: dict[str, type[Table]] = {"business_day": BusinessDay, "shift": Shift}


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's days, shifts and reports is not so."""
    for table, model in ONE_AT_A_TIME.items():
        for change in told.changed.get(table, ()):
            here = known.row(model, *change.key)
            what = {"what": f"{table} {change.key[-1]}", "table": table}
            if here is None:
                continue
            if here["state"] == "closed":
                yield Fault("move", what)
            elif change.values.get("state") == "closed":
                yield from (_shift if model is Shift else _day)(known, told, {**here, **change.values}, what)
    for day in told.added.get("business_day", ()):
        what = {"what": f"business_day {day['business_date']}", "table": "business_day"}
        if any(row["business_date"] >= day["business_date"] for row in known.told(BusinessDay, outlet=day["outlet"])):
            yield Fault("move", what)
        yield from _supervised(known, told, day["opened_by"], day, what)
    yield from _floats(known, told)
    for report in told.added.get("closing_report", ()):
        what = {"what": f"closing_report {report['business_date']}", "table": "closing_report"}
        if digest_of(report["content"]) != report["digest"]:
            yield Fault("sums", what)
        yield from _numbered(known, told, report, what)


def _numbered(known: Known, told: Claim, report: Row, what: dict[str, str]) -> Iterator[Fault]:
    """Whether a close has the number behind the last one, which its shift or its day says, too; noted where something
    of this outlet was put aside, which may have been a close."""
    of = (report["outlet"], report["kind"], report["till"])
    number, day = report["number"], report["kind"] == "day"
    table, column = ("business_day", "number") if day else ("shift", "z_number")
    said = [change.values[column] for change in told.changed.get(table, ()) if column in change.values]
    if number not in said:
        yield Fault("sums", what)
    elif number > 1 and _is_missed(known, told, (*of, number - 1)):
        yield Fault("sums", what, note=known.reading.find(SyncException, outlet=of[0]) is not None)


def _is_missed(known: Known, told: Claim, key: Key) -> bool:
    """Whether a close is neither known nor told with the entry, though others of its kind are."""
    added = told.added.get("closing_report", ())
    there = known.row(ClosingReport, *key) is not None or any(key_of(ClosingReport, row) == key for row in added)
    return not there and bool(known.told(ClosingReport, outlet=key[0], kind=key[1], till=key[2]))


def _floats(known: Known, told: Claim) -> Iterator[Fault]:
    """Whether a shift begins with what was brought from the safe for it, once; of one that is taken over, with what was
    counted in that drawer."""
    moved = {row["posting_id"]: row["amount"] for row in told.added.get("cash_movement", ()) if row["purpose"] == FLOAT}
    shifts = {row["id"]: row for row in told.added.get("shift", ())}
    if not (moved or shifts):
        return
    brought = Counter[str]()
    for posting in told.added.get("posting", ()):
        brought[posting["shift_id"] or ""] += moved.get(posting["id"], 0)
    for key, amount in brought.items():
        if amount and key not in shifts:
            yield Fault("sums", {"what": f"shift {key}: {FLOAT}", "table": "cash_movement"})
    for key, shift in shifts.items():
        fen = shift["float_amount"]
        ended = (change for change in told.changed.get("shift", ()) if change.key == (shift["taken_from"],))
        counted = [change.values["counted_cash"] for change in ended if "counted_cash" in change.values]
        if shift["taken_from"] and not counted:
            here = known.row(Shift, shift["taken_from"])  # nothing was counted, or it is closed already
            counted = [here["counted_cash"] if here is not None else 0]
        if fen < 0 or brought[key] != fen or (counted and counted[-1] != fen):
            yield Fault("sums", {"what": f"shift {key}: {FLOAT}", "table": "shift"})


def _supervised(known: Known, told: Claim, by: str, day: Row, what: dict[str, str]) -> Iterator[Fault]:
    """Whether who opened or closed it is who made the entry, and a supervisor there."""
    theirs = by == told.entry.operator
    sure = gives_word(known, by, day["outlet"], day["business_date"], "") if theirs else "no"
    if sure != "yes":
        yield Fault("right", what, note=sure == "perhaps")


def _day(known: Known, told: Claim, day: Row, what: dict[str, str]) -> Iterator[Fault]:
    """A day is closed by a supervisor; its report is the sum of its shifts'."""
    yield from _supervised(known, told, day["closed_by"], day, what)
    reports = told.added.get("closing_report", ())
    kept = known.told(ClosingReport, outlet=day["outlet"], business_date=day["business_date"], kind="z")
    kept += [report for report in reports if report["kind"] == "z"]
    of_shifts = (sum(each["taken"] for each in kept), sum(each["difference"] for each in kept))
    for report in reports:
        if report["kind"] == "day" and (report["taken"], report["difference"]) != of_shifts:
            yield Fault("sums", what, note=True)


def _shift(known: Known, told: Claim, shift: Row, what: dict[str, str]) -> Iterator[Fault]:
    """A shift is closed by its cashier, or with a supervisor's word, with what was counted and what the books have."""
    by, allowed = shift["closed_by"], [each for each in (shift["closed_by"], shift["approved_by"]) if each]
    words = {gives_word(known, each, shift["outlet"], shift["business_date"], "") for each in allowed}
    if by != told.entry.operator or (by != shift["operator"] and "yes" not in words):
        yield Fault("right", what, note=by == told.entry.operator and "perhaps" in words)
    counts = (row for row in told.added.get("shift_count", ()) if row["shift_id"] == shift["id"])
    counted = sum(row["denomination"] * row["pieces"] for row in counts)
    if shift["counted_cash"] != counted or shift["difference"] != counted - shift["expected_cash"]:
        yield Fault("sums", what)
    postings = {row["id"] for row in known.learned("posting") if row["shift_id"] == shift["id"]}
    lines = (row for row in known.learned("posting_line") if row["posting_id"] in postings)
    before = sum(row["amount"] for row in lines if row["account"] == CASH and row["item"] not in AT_CLOSE)
    if shift["expected_cash"] != expected_cash(known.reading, instance(Shift, dict(shift))) + before:
        yield Fault("sums", what, note=True)
