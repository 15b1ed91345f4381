"""What is done beside orders with a supervisor's word names whose: one of that outlet who may, then.

The entry itself names them (`delegations.WORD`), or the row that is kept of it does; what supervisors do themselves is
their own entry. Orders, grants and delegations: `people`; cash: `cash`; days and shifts: `closes`. Source: catalogue
F7, M7; at the desk: `boss_tui.desk.supervisors`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from boss_tui.components.operators.delegations import WORD
from boss_tui.desk.refused_items import KIND, STANDS, STOP, UNDO
from boss_tui.desk.timing import VOUCHED
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.numbers import CAME_BACK, RESTS
from boss_tui.headquarters.rules.people import gives_word
from boss_tui.sync.effects import Fault
from data.clock import wall_day
from data.parameters import VOID_ALONE
from data.tables.finance import Shift

THEIR_OWN = frozenset(
    {
        *("authority", "number.issue", "number.return", "till.blind"),
        *("printer.logo", "printer.remove", "printer.route", "printer.set"),
    }
)
"""The acts that a supervisor does themselves."""
WITH_WORD = frozenset({"invoice.red", "store.accept", VOUCHED})
"""Those that are done with a supervisor's word; a number that comes back from another operator, too."""
UNLOCKS, SETTLES = "staff.unlock", f"settle.{KIND}"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The acts of an entry that nobody allowed who may."""
    kind, by = told.entry.kind, told.entry.operator
    needs = [(kind, by)] if kind in THEIR_OWN else []
    if kind in WITH_WORD or (kind == CAME_BACK and _comes_back(told)):
        needs.append((kind, str(json.loads(told.entry.body).get(WORD, ""))))
    needs += [(f"number_move {row['act']}", row["approved_by"]) for row in _numbers(known, told)]
    needs += [("drawer_move", row["approved_by"] or by) for row in _drawers(known, told)]
    for change in told.changed.get("interface_answer", ()) if kind == SETTLES else ():
        if change.values.get("way") in (STOP, UNDO, STANDS):
            needs.append(("interface_answer", change.values.get("settled_by", "")))
    for what, giver in needs:
        sure = _may(known, told, giver)
        if sure != "yes":
            yield Fault("approval", {"what": f"{what} {giver}".strip()}, note=sure == "perhaps")
    for row in told.added.get("authority", ()):
        if row["supervisor"] != by:
            yield Fault("approval", {"what": f"authority {row['number']}", "table": "authority"})
    yield from _unlocked(known, told)


def _may(known: Known, told: Claim, giver: str) -> Answer:
    """Whether somebody could allow what who made an entry did."""
    entry = told.entry
    day = entry.business_date or wall_day(entry.made_at)
    return gives_word(known, giver, entry.outlet, day, entry.operator) if giver else "no"


def _comes_back(told: Claim) -> bool:
    """Whether a number is ours again that had left."""
    states = [change.values.get("state") for change in told.changed.get("phone_number", ())]
    states += [change.values.get("state") for change in told.changed.get("number_porting", ())]
    return RESTS in states or "returned" in states


def _numbers(known: Known, told: Claim) -> Iterator[Row]:
    """What becomes of document numbers with somebody's word: a paper anew; void ones of another counter, or many."""
    for row in told.added.get("number_move", ()):
        if row["act"] == "anew" or row["approved_by"]:
            yield row
        elif row["act"] == "void" and told.entry.kind != "store.accept":
            pieces, day = row["last_number"] - row["first_number"] + 1, row["business_date"]

            def alone(most: int, pieces: int = pieces) -> bool:
                return pieces <= most

            if row["counter"] != told.entry.counter or known.number_stood(VOID_ALONE, "", day, alone) == "no":
                yield row


def _drawers(known: Known, told: Claim) -> Iterator[Row]:
    """The drawers that somebody else than their cashier takes out of a till, or that somebody allowed it of."""
    for row in told.added.get("drawer_move", ()):
        shift = told.row(known, Shift, row["shift_id"])
        if row["approved_by"] or (shift is not None and shift["operator"] != row["operator"]):
            yield row


def _unlocked(known: Known, told: Claim) -> Iterator[Fault]:
    """Whether who let somebody try again is another person, and a supervisor. By a code of headquarters' it is one's
    own act, and says so."""
    for row in told.added.get("access_log", ()):
        if row["act"] == UNLOCKS and not row["reason"]:
            sure = _may(known, told, row["operator"]) if row["subject"] != row["operator"] else "no"
            if sure != "yes":
                yield Fault("approval", {"what": f"{UNLOCKS} {row['subject']}"}, note=sure == "perhaps")
