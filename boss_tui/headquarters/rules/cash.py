"""Cash that is moved without an order: between the accounts that its purpose says, out of a drawer of one's own, by who
may move so much; what a bank's paper moves, it moves once.

How much of it was posted: `sums`; who goes to the bank: `people`. Source: catalogue F11, M11; at the desk:
`boss_tui.components.till.cash`, `boss_tui.components.till.cash_back`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from boss_tui.components.ledger.ledger import BANK, CASH, OVER_SHORT, SAFE, SUNDRY_EXPENSES, SUSPENSE
from boss_tui.components.operators.delegations import APPROVALS
from boss_tui.components.tenders.tenders import as_compared, ways
from boss_tui.components.till.cash import BANK as AT_THE_BANK
from boss_tui.components.till.cash import LIMITS
from boss_tui.components.till.cash_back import REFUND
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row, the_less_sure
from boss_tui.headquarters.rules.people import at_work, by_role, giver_of, gives_word, roles_of
from boss_tui.sync.effects import Fault
from data.cash_limits import CASH_LIMITS
from data.tables.finance import CashMovement, Posting, Shift
from data.tables.mobile import MobilePayment
from data.tables.organisation import CashLimit, Role

BETWEEN: Mapping[str, tuple[str, str]] = {
    "float": (CASH, SAFE),
    "change": (CASH, SAFE),
    "return": (CASH, SUNDRY_EXPENSES),
    "drop": (SAFE, CASH),
    "expense": (SUNDRY_EXPENSES, CASH),
    "deposit": (BANK, SAFE),
    "withdrawal": (SAFE, BANK),
    "bank_short": (OVER_SHORT, BANK),
    "bank_over": (BANK, OVER_SHORT),
}
"""By purpose, the account that gets it, and the one that it comes from."""
MOST: Mapping[str, str] = {**LIMITS, **dict.fromkeys(AT_THE_BANK, "bank_limit"), REFUND: "expense_limit"}
"""By purpose, the column of `CashLimit` that it is under; opening a shift has its own rule (`till.shifts`)."""
UNSAID = frozenset({CASH, SAFE, OVER_SHORT, SUSPENSE})
"""The accounts between which something else may say that money was moved: a shift, a count, a slip."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's cash was moved otherwise than its purpose says, or by nobody who may."""
    yield from _counted(known, told)
    postings = {row["id"]: row for row in told.added.get("posting", ()) if row["order_id"] is None}
    if not postings:
        return
    lines: defaultdict[str, list[Row]] = defaultdict(list)
    for line in told.added.get("posting_line", ()):
        lines[line["posting_id"]].append(line)
    moved = {row["posting_id"]: row for row in told.added.get("cash_movement", ())}
    takes_over = {row["operator"] for row in told.added.get("shift", ()) if row["taken_from"]}
    for key, posting in postings.items():
        movement, entered = moved.get(key), {line["account"]: line["amount"] for line in lines[key]}
        what = {"what": f"posting {movement['purpose'] if movement else told.entry.kind}", "table": "posting"}
        by, day = posting["operator"], posting["business_date"]
        there = at_work(known, by, told.entry.outlet, day) if by in {told.entry.operator, *takes_over} else "no"
        if there != "yes":
            yield Fault("staff", what, note=there == "perhaps")
        if movement is None:
            if SUSPENSE not in entered and not entered.keys() <= UNSAID:
                yield Fault("act", {**what, "act": told.entry.kind})
            continue
        if not _is_meant(known, told, movement, entered):
            yield Fault("sums", what)
        if not _paper_is_new(known, movement):
            yield Fault("tender", {"what": f"{movement['purpose']} {movement['reference']}", "table": "cash_movement"})
        sure = _allowed(known, told, movement, posting)
        if sure != "yes":
            yield Fault("approval", what, note=sure == "perhaps")


def _counted(known: Known, told: Claim) -> Iterator[Fault]:
    """What was counted over or short beyond what one may sign for, though nobody else did."""
    for change in told.changed.get("shift", ()):
        here = known.row(Shift, *change.key)
        if here is not None and change.values.get("state") == "closed":
            shift = {**here, **change.values}
            approver = shift["approved_by"] or shift["closed_by"]
            yield from _signed(known, shift, shift["operator"], approver, "shift")
    for count in told.added.get("safe_count", ()):
        yield from _signed(known, count, count["counted_by"], count["approved_by"], "safe_count")


def _signed(known: Known, count: Row, by: str, approver: str, table: str) -> Iterator[Fault]:
    """Whether a difference is within what who counted it may sign for, or another supervisor signed it too."""
    outlet, day, fen = count["outlet"], count["business_date"], abs(count["difference"])
    if not fen:
        return
    other = approver not in ("", by)
    word: Answer = gives_word(known, approver, outlet, day, by) if other else "no"
    answers = {_most(known, by, "difference_limit", day, fen), word}
    if "yes" not in answers:
        what = {"what": f"{table} {count['id']}", "table": table}
        yield Fault("approval", what, note="perhaps" in answers)


def _is_meant(known: Known, told: Claim, movement: Row, entered: Mapping[str, int]) -> bool:
    """Whether the books have it between the accounts of its purpose."""
    amount, purpose = movement["amount"], movement["purpose"]
    if purpose in BETWEEN:
        into, out_of = BETWEEN[purpose]
        return entered == {into: amount, out_of: -amount}
    if purpose == REFUND:
        return any(entered == {way: amount, CASH: -amount} for way in _refused(known, told, amount))
    return bool(entered.get(SUSPENSE) == amount)


def _refused(known: Known, told: Claim, amount: int) -> Iterator[str]:
    """The accounts of the refunds of an amount that their providers refused, and that are seen to with the entry."""
    known_ways = ways(known.reading)
    for change in told.changed.get("mobile_payment", ()):
        row = known.row(MobilePayment, *change.key)
        if (
            row is not None
            and change.values.get("dropped") == 1
            and (row["state"], row["dropped"], -row["amount"]) == ("closed", 0, amount)
            and row["refund_of"]
            and row["kind"] in known_ways
        ):
            yield known_ways[row["kind"]].account


def _paper_is_new(known: Known, movement: Row) -> bool:
    """Whether a bank's paper is named, and has moved nothing before."""
    purpose, reference = movement["purpose"], movement["reference"]
    if purpose not in AT_THE_BANK:
        return True
    of = {"reference": reference, "purpose": purpose, "outlet": movement["outlet"]}
    return bool(reference) and as_compared(reference) == reference and not known.told(CashMovement, **of)


def _allowed(known: Known, told: Claim, movement: Row, posting: Row) -> Answer:
    """Whether who moved it, or who allowed that, may: so much, and out of that drawer."""
    outlet, day, by, approver = (
        posting["outlet"],
        posting["business_date"],
        posting["operator"],
        movement["approved_by"],
    )
    word: Answer = gives_word(known, approver, outlet, day, "") if approver else "no"
    sure: list[Answer] = [word] if approver else []
    shift = told.row(known, Shift, posting["shift_id"]) if posting["shift_id"] else None
    if shift is not None and shift["operator"] != by and word == "no":
        sure.append(gives_word(known, by, outlet, day, ""))
    column = MOST.get(movement["purpose"])
    if column is None or (movement["purpose"] == "float" and shift is not None and shift["taken_from"]):
        return the_less_sure(sure)
    amount = movement["amount"] + _before(known, movement, posting)
    who = [by, *([approver, giver_of(known, outlet, approver, APPROVALS, day)] if approver else [])]
    most = {_most(known, each, column, day, amount) for each in who if each}
    return the_less_sure([*sure, "yes" if "yes" in most else "perhaps" if "perhaps" in most else "no"])


def _before(known: Known, movement: Row, posting: Row) -> int:
    """What was spent of that drawer before that nobody allowed, in fen: a limit is none where it can be taken again."""
    if movement["purpose"] != "expense" or movement["approved_by"] or not posting["shift_id"]:
        return 0
    of_shift = (row for row in known.told(Posting, shift_id=posting["shift_id"]) if row["order_id"] is None)
    rows = (row for each in of_shift for row in known.told(CashMovement, posting_id=each["id"]))
    return sum(row["amount"] for row in rows if row["purpose"] == "expense" and not row["approved_by"])


def _most(known: Known, staff_no: str, column: str, day: str, amount: int) -> Answer:
    """Whether somebody's role moves so much by itself: by its own limit, else by that of its grade."""
    return by_role(roles_of(known, staff_no, day), lambda role: _most_of(known, role, column, day, amount))


def _most_of(known: Known, role: str, column: str, day: str, amount: int) -> Answer:
    graded = known.row(Role, role)
    for each in (role, graded["grade"] if graded is not None else ""):
        if known.was_published(CashLimit, (each,)):
            return known.stood(CashLimit, (each,), day, lambda row: amount <= row[column])
    if known.all(CashLimit):
        return "no"
    limits = {row["role"]: row[column] for row in CASH_LIMITS}
    return "yes" if amount <= limits.get(role, limits.get(graded["grade"] if graded else "", 0)) else "no"
