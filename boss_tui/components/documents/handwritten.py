"""Slips that were written by hand while nothing could be entered, and come in later 补录 (catalogue F9, F14).

A slip is entered once, whoever does it: its number is its key within the outlet. It is entered under the open business
date, which its money, papers and numbers are of, at the prices of the day that it was written. What was promised and
can't be done any more is put down as it is, and somebody sees to it; the money that was taken is in suspense until then
(`suspense`).
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

from msgspec.structs import asdict
from sqlalchemy import bindparam, select, text

from boss_tui.answers.business import Handwritten, Reason, Tender
from boss_tui.components.base import Context
from boss_tui.components.operators.delegations import gives
from boss_tui.components.operators.operators import Operators
from boss_tui.components.slip_numbers import LENGTH, find, is_number, known_as
from boss_tui.components.till.cash_limits import APPROVED_BY, is_supervisor
from boss_tui.forms.typed import day_typed, folded, yuan
from data.clock import CHINA, new_key
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.parameters import SLIP_DAYS
from data.store import Reading, UnitOfWork
from data.tables.finance import Shift
from data.tables.order import WAITING_SLIP, Draft, HandwrittenSlip, ProductOrder
from data.tables.organisation import Operator

RULE = "slip"
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")
_s = HandwrittenSlip.table()
_WAITING = (
    select(*_s.c)
    .where(_s.c.outlet == bindparam("of"), text(f"({WAITING_SLIP})"))  # in the words of the index
    .order_by(_s.c.written_on, _s.c.number)
)
UNDONE = frozenset({"open", "parked"})
"""The states of a slip that can't be done."""


def of_draft(draft: Draft) -> Handwritten | None:
    """The slip that a form enters, if it does."""
    told = json.loads(draft.slip_json)
    return Handwritten(**told) if told else None


def stored(slip: Handwritten) -> str:
    """As a form keeps it."""
    return json.dumps(asdict(slip), ensure_ascii=False)


def checked(reading: Reading, outlet: str, typed: Handwritten, today: str) -> Handwritten:
    """A slip as it is kept. `today`: the open business date. BadForm: what is wrong, field by field; the same slip was
    entered before."""
    number = typed.number.strip()
    wrong: dict[str, Message] = {}
    if not is_number(number):
        wrong["number"] = say("The number of the slip: letters, digits and dashes, at most {n}.", n=LENGTH)
    elif (before := find(reading, outlet, number)) is not None and _stands(reading, before):
        wrong["number"] = _twice(reading, before)
    written_on = _day(typed.written_on, today, SLIP_DAYS.of(reading), wrong)
    written_at = _time(reading, typed.written_at, written_on, wrong)
    written_by = folded(typed.written_by).strip()
    writer = reading.find(Operator, staff_no=written_by)
    if writer is None or writer.outlet != outlet:
        wrong["written_by"] = say("Nobody of this outlet has this staff number.")
    if wrong:
        raise BadForm(wrong)
    return Handwritten(number, written_on, written_at, written_by)


def _day(typed: str, today: str, most: int, wrong: dict[str, Message]) -> str:
    try:
        day = day_typed(typed, "written_on")
    except NotAllowed as fault:
        wrong["written_on"] = fault.message
        return ""
    last = date.fromisoformat(today)
    if day > last:
        wrong["written_on"] = say("Not later than the open business date {today}.", today=today)
    elif day < last - timedelta(days=most):
        wrong["written_on"] = say("At most {n} days before the open business date {today}.", n=most, today=today)
    return day.isoformat()


def _time(reading: Reading, typed: str, written_on: str, wrong: dict[str, Message]) -> str:
    """The time that stands on a slip, on the hall's wall. What was written on an earlier business date may be of any
    time: that day may have ended after midnight, or have been ahead of the clock."""
    clock = _TIME.fullmatch(folded(typed))
    if clock is None:
        wrong["written_at"] = say("The time on the slip, such as 14:05.")
        return ""
    written_at, now = f"{int(clock[1]):02d}:{clock[2]}", reading.present().astimezone(CHINA)
    if written_on >= now.date().isoformat() and written_at > f"{now:%H:%M}":
        wrong["written_at"] = say("Not later than now: it is {time}.", time=f"{now:%H:%M}")
    return written_at


def _stands(reading: Reading, before: HandwrittenSlip) -> bool:
    """Whether a slip is done with: settled, or by an order that was not called off or taken back."""
    if before.state != "entered":
        return before.state == "settled"
    order = reading.one(ProductOrder, id=before.order_id or "")
    if order.state in {"cancelled", "failed", "rejected"}:
        return False
    back = reading.all(ProductOrder, reverses=order.id)
    return all(one.state in {"cancelled", "failed", "rejected"} for one in back)


def _twice(reading: Reading, before: HandwrittenSlip) -> Message:
    if before.state == "settled":
        return say(
            "Slip {number} was settled on {date}: {words}",
            number=before.number,
            date=before.business_date,
            words=before.words,
        )
    order = reading.one(ProductOrder, id=before.order_id or "")
    return say(
        "Slip {number} was entered on {date} already: order {serial}.",
        number=before.number,
        date=before.business_date,
        serial=order.serial,
    )


def waiting(reading: Reading, outlet: str) -> list[HandwrittenSlip]:
    """What could not be entered as it was promised, and nobody has settled; and what was entered, but has money in
    suspense."""
    return reading.models(HandwrittenSlip, _WAITING, of=outlet)


def reasons(context: Context) -> list[Reason]:
    """A slip of an earlier day is at that day's prices, which a supervisor allows."""
    slip = context.slip
    if slip is None or slip.written_on == context.business_date:
        return []
    told = say("Entered later, at the prices of {date}: a supervisor must approve.", date=slip.written_on)
    return Operators(context).supervised(RULE, told)


def note_entered(context: Context) -> None:
    """The slip of this order has come in; once. BadForm: it was entered meanwhile."""
    slip, tx = context.slip, context.tx
    if slip is None:
        return
    slip = checked(tx, context.outlet, slip, context.business_date)
    before = find(tx, context.outlet, slip.number)
    if before is not None:
        tx.change(before, state="entered", order_id=context.order_id, business=context.business, words="")
        return
    _add(tx, slip, context.business, state="entered", order_id=context.order_id)


def put_down(
    tx: UnitOfWork,
    slip: Handwritten,
    business: str,
    why: str,
    tender: Tender | None = None,
    shift: Shift | None = None,
    approved_by: str = "",
) -> HandwrittenSlip:
    """A slip that can't be done as it was promised: it waits for somebody; what was taken (`tender`, in a `shift`) is
    in suspense, by a supervisor's word where it is much (`approved_by`). BadForm: why is not said, or the slip is
    there."""
    outlet, today = tx.author.outlet, tx.author.business_date
    slip = checked(tx, outlet, slip, today)
    before = find(tx, outlet, slip.number)
    if before is not None and before.state in UNDONE:
        raise BadForm({"number": say("Slip {number} waits already.", number=before.number)})
    if not why.strip():
        raise BadForm({"why": say("Say why it can't be done: whoever settles it reads it.")})
    if before is not None and before.held and tender is not None:
        told = say("{yuan} yuan of this slip are in suspense already.", yuan=yuan(before.held))
        raise BadForm({"taken": told})
    if before is not None:  # its order was taken back: what is left of it waits now
        row = tx.change(before, state="open", order_id=None, reason=why.strip(), entered_by=tx.author.operator)
    else:
        row = _add(tx, slip, business, state="open", reason=why.strip())
    if tender is None or shift is None:
        return row
    from boss_tui.components.finance import suspense  # most slips can be done

    return suspense.take(tx, row, shift, tender, approved_by)


def settle(tx: UnitOfWork, key: str, words: str) -> None:
    """Somebody has seen to a slip that could not be done: how. What is in suspense of it goes out of there first."""
    row = undone(tx, key)
    if not words.strip():
        raise NotAllowed(say("Say how it was settled."), field="words")
    if row.held:
        raise NotAllowed(
            say(
                "{yuan} yuan of this slip are in suspense: give them back, or use them for another order.",
                yuan=yuan(row.held),
            )
        )
    tx.change(row, state="settled", words=words.strip())


def leave(tx: UnitOfWork, key: str, words: str, supervisor: str) -> None:
    """What was taken for a slip stays in suspense, by a supervisor's word: it is no task any more, and each day's
    report says it until it is settled."""
    row = undone(tx, key)
    if row.state == "parked" or not row.held:
        raise NotAllowed(say("Nothing of this slip is in suspense.") if not row.held else say("It is left already."))
    if not words.strip():
        raise NotAllowed(say("Say why it is left."), field="words")
    allows = is_supervisor if supervisor == tx.author.operator else gives
    if not allows(tx, supervisor):
        raise NotAllowed(say("A supervisor must allow that the money is left."), field=APPROVED_BY)
    tx.change(row, state="parked", words=f"{words.strip()} ({supervisor})")


def undone(reading: Reading, key: str) -> HandwrittenSlip:
    """A slip that can't be done, by its key. NotAllowed: it is settled, or was entered."""
    row = reading.one(HandwrittenSlip, id=key)
    if row.state not in UNDONE:
        raise NotAllowed(say("This is settled already."))
    return row


def _add(tx: UnitOfWork, slip: Handwritten, business: str, **more: object) -> HandwrittenSlip:
    author = tx.author
    return tx.add(
        HandwrittenSlip,
        id=new_key(tx.clock),
        outlet=author.outlet,
        business=business,
        counter=author.counter,
        entered_by=author.operator,
        business_date=author.business_date,
        made_at=tx.now(),
        known_as=known_as(slip.number),
        **asdict(slip),
        **more,
    )


def marked(title: Message, number: str) -> Message:
    """What an order or form is called, with the number of its slip where it was entered later."""
    return say("{title} (slip {number})", title=title, number=number) if number else title


def mark(slip: Handwritten) -> Message:
    """What stands on each paper of what is entered later."""
    return say(
        "Entered later: slip {number} of {date} {time}, {staff_no}",
        number=slip.number,
        date=slip.written_on,
        time=slip.written_at,
        staff_no=slip.written_by,
    )
