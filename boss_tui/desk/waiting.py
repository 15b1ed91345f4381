"""What waits, item by item, and what a person can do about each: alarms, prints, manual work orders, dead letters,
and what could not be done on its day."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, text

from boss_tui.answers.hall import ITEMS_AT_ONCE, QueueItem, Way
from boss_tui.components import alarms
from boss_tui.components.documents import handwritten
from boss_tui.components.operators.access import note_access
from boss_tui.components.tenders.tenders import CASH, ways
from boss_tui.components.till import cash_back
from boss_tui.components.till.shifts import is_supervisor
from boss_tui.desk import by_hand, late, printers, refused_items
from boss_tui.desk.order_view import print_title
from boss_tui.forms.typed import yuan
from boss_tui.network import manual, owning, rows
from boss_tui.sync.reasons import put_aside_for
from boss_tui.sync.states import message_in
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.life import ScheduledAct
from data.tables.mobile import OPEN, MobilePayment
from data.tables.order import HandwrittenSlip, ProductOrder
from data.tables.sync import UNSETTLED, JournalHead, Printer, PrintJob, SyncException
from printers import jobs
from printers.jobs import reason_of

_jobs = PrintJob.table()
_m = MobilePayment.table()
_MOBILE = select(*_m.c).where(text(f"({OPEN})"), _m.c.state != "paid").order_by(_m.c.asked_at).limit(ITEMS_AT_ONCE)
_UNSETTLED = (
    select(*_jobs.c)
    .where(text(f"print_job.{UNSETTLED}"))
    .order_by(_jobs.c.printer, _jobs.c.rank, _jobs.c.queued_at, _jobs.c.id)
    .limit(ITEMS_AT_ONCE)
)

MOVE = "to "
_CAME_OUT = Way("came_out", say("It came out"))
_LOST = Way("lost", say("It did not: give it up (print a copy from the order)"))
_AGAIN = Way("again", say("It did not: print it again, marked as a copy"))
_RETRY = Way("retry", say("Try again now"))
_DONE = Way("done", say("Done by hand"), say("What was done, and where? It is kept with the order."))
_BY_HAND = Way("by_hand", say("Settled by hand"), say("How was it settled? It is kept with the payment."))
SETTLED, LEAVE, ENTER, BACK = "settled", "leave", "enter", "back-"
"""What can be done about a slip; BACK and a way of paying: what is in suspense of it goes back so."""
_SETTLED = Way(SETTLED, say("Settled with the customer"), say("How: another way, later? It is kept with the slip."))
_LEAVE = Way(LEAVE, say("Left in suspense (a supervisor)"), say("Why? Each day's report says it until it is settled."))
_ENTER = Way(ENTER, say("Done after all, as this or another business: what was taken counts as paid"))
_GIVE_UP = Way("give_up", say("Give it up"), say("Why?"))
_SEEN = Way("seen", say("Looked into (a supervisor)"), say("What was it? It is kept, and headquarters reads it."))
_FIRST = Way("first", say("Next, before all that wait at this printer"))
_CANCEL = Way("cancel", say("Not to be printed"))
_PRINT_WAYS = {
    "unknown": (_CAME_OUT, _AGAIN, _LOST),
    "refused": (_RETRY, _FIRST, _CANCEL),
    "queued": (_FIRST, _CANCEL),
}


def items(reading: Reading, outlet: str) -> list[QueueItem]:
    """What waits: first what a person must see to."""
    found = [
        *_alarms(reading, outlet),
        *printers.items(reading),
        *_prints(reading),
        *refused_items.items(reading, outlet),
        *late.items(reading, outlet),
        *_manual(reading, outlet),
        *_dated(reading, outlet),
        *_payments(reading),
        *_slips(reading, outlet),
        *_link(reading, outlet),
        *_dead_letters(reading, outlet),
    ]
    return sorted(found, key=lambda item: item.goes_on or not item.ways)


def _alarms(reading: Reading, outlet: str) -> Iterator[QueueItem]:
    for alarm in alarms.unseen(reading, outlet):
        title = say(
            "Alarm at {counter}, {time}",
            counter=alarm.counter or outlet,
            time=on_the_wall(alarm.raised_at, "%m-%d %H:%M"),
        )
        yield QueueItem("alarm", alarm.id, title, alarm.state, message_in(alarm.message), (_SEEN,))


def _settle_print(tx: UnitOfWork, job_id: str, way: str, again: printers.Again | None) -> None:
    """A paper that is not printed, or given up, is on record with who said so."""
    if way in {"came_out", "lost"}:
        jobs.decide(tx, job_id, way == "came_out")
    elif way == "again" and again is not None:
        again(tx, jobs.decide(tx, job_id, came_out=False))
    elif way == "retry":
        jobs.retry(tx, job_id)
    elif way == "first":
        jobs.put_first(tx, job_id)
    elif way == "cancel":
        jobs.cancel(tx, job_id)
    elif way.startswith(MOVE):
        jobs.move(tx, job_id, way.removeprefix(MOVE))
    else:
        raise NotAllowed(say("This can't be done here."))
    if way in {"lost", "cancel"}:
        note_access(tx, f"print.{way}", tx.one(PrintJob, id=job_id).title)


def _to(code: str) -> Way:
    return Way(f"{MOVE}{code}", say("On printer {code}", code=code))


def _print_title(reading: Reading, job: PrintJob) -> Message:
    what = print_title(reading, job)
    if job.meant_for:
        return say("{title} on {printer}, for {other}", title=what, printer=job.printer, other=job.meant_for)
    return say("{title} on {printer}", title=what, printer=job.printer)


def _prints(reading: Reading) -> Iterator[QueueItem]:
    active = [row.code for row in reading.all(Printer, state="active", order=("code",))]
    for job in reading.models(PrintJob, _UNSETTLED):
        others = (_to(code) for code in active if code != job.printer)
        ways = (*_PRINT_WAYS.get(job.state, ()), *(others if job.state in {"queued", "refused"} else ()))
        yield QueueItem(
            "print", job.id, _print_title(reading, job), job.state, reason_of(job), ways, goes_on=job.state == "queued"
        )


def _manual(reading: Reading, outlet: str) -> Iterator[QueueItem]:
    for each in owning.waiting(reading, outlet, ITEMS_AT_ONCE):
        work, order = each.work, each.order
        told = say("Order {serial} {why}", serial=order.serial, why=rows.reason_in_words(work.reason))
        if each.level:
            told = say("{late}. {told}", late=owning.LEVELS[each.level], told=told)
        yield QueueItem("manual", work.id, by_hand.task(reading, work, order), work.state, told, (_DONE, _GIVE_UP))


def _dated(reading: Reading, outlet: str) -> Iterator[QueueItem]:
    """What could not be done on its day: somebody sees to why, and lets it be tried again or gives it up."""
    failed = reading.few(ScheduledAct, ITEMS_AT_ONCE, state="failed", outlet=outlet, order=("due_on", "id"))
    for act in failed:
        order = reading.one(ProductOrder, id=act.order_id)
        title = say("{code} of {day}, order {serial}", code=act.business, day=act.due_on, serial=order.serial)
        yield QueueItem("dated", act.id, title, act.state, message_in(act.reason), (_RETRY, _GIVE_UP))


def _settle_dated(tx: UnitOfWork, act_id: str, way: str, words: str) -> None:
    """Try a dated act again, or give it up. An order that waited for it waits again, or may be cancelled."""
    act = tx.one(ScheduledAct, id=act_id)
    if act.state != "failed":
        raise NotAllowed(say("This is settled already."))
    if way == "give_up" and not words.strip():
        raise NotAllowed(say("Say why it is given up."), field="words")
    if way == "give_up":
        tx.change(act, state="cancelled", reason=words.strip(), done_at=tx.now())
        return
    order = tx.one(ProductOrder, id=act.order_id)
    tx.change(act, state="waiting", reason="", done_at="")
    if not act.follows and order.state == "failed":
        tx.change(order, state="pending")


def _payments(reading: Reading) -> Iterator[QueueItem]:
    """Mobile payments that are not sure yet, which goes on by itself; refunds that were refused, which does not."""
    known = ways(reading)
    for row in reading.models(MobilePayment, _MOBILE):
        name = known[row.kind].name if row.kind in known else row.kind
        title = say("Mobile payment: {way} {yuan}", way=name, yuan=yuan(row.amount))
        refused = row.state == "closed"
        in_cash = Way(
            f"{BACK}{CASH}",
            say("Given back to the customer: {way} {yuan}", way=known[CASH].name, yuan=yuan(-row.amount)),
            say("Who got it? They sign the slip."),
        )
        why = Message("{text}", {"text": row.reason}) if row.reason else Message("")
        yield QueueItem("payment", row.order_no, title, row.state, why, (_RETRY, in_cash, _BY_HAND) if refused else ())


def _settle_payment(tx: UnitOfWork, order_no: str, way: str, words: str) -> None:
    """A refund that was refused: ask once more, or it was given back in another way."""
    row = tx.one(MobilePayment, order_no=order_no)
    cash_back.must_be_refused(row)
    if way == "retry":
        tx.change(row, state="asked", settled_at="")
    elif not words.strip():
        raise NotAllowed(say("Say how it was settled."), field="words")
    else:
        tx.change(row, dropped=1, reason=words.strip()[:200])


def _slips(reading: Reading, outlet: str) -> Iterator[QueueItem]:
    """Slips that were written by hand and can't be done as they were promised, and money of slips in suspense."""
    for row in handwritten.waiting(reading, outlet):
        title = say("Slip {number} of {date}: {code}", number=row.number, date=row.written_on, code=row.business)
        why = Message("{text}", {"text": row.words or row.reason})
        if row.held:
            why = say("{why} (in suspense: {yuan})", why=row.words or row.reason, yuan=yuan(row.held))
        yield QueueItem(
            "slip", row.id, title, row.state, why, tuple(_slip_ways(reading, row)), goes_on=row.state == "parked"
        )


def _slip_ways(reading: Reading, row: HandwrittenSlip) -> Iterator[Way]:
    if row.held:
        for kind in dict.fromkeys((CASH, row.tender)):
            yield Way(
                f"{BACK}{kind}",
                say("Given back to the customer: {way} {yuan}", way=ways(reading)[kind].name, yuan=yuan(row.held)),
                say("Who got it? They sign the slip."),
            )
    if row.state in handwritten.UNDONE:
        yield _ENTER
        if not row.held:
            yield _SETTLED
        elif row.state == "open":
            yield _LEAVE


def _link(reading: Reading, outlet: str) -> Iterator[QueueItem]:
    """What keeps the journal here, as the last try found it."""
    head = reading.one(JournalHead, outlet=outlet)
    why = head.stopped or head.last_fault
    if why:
        state = "refused" if head.stopped else "retrying"
        yield QueueItem("headquarters", outlet, say("Link"), state, message_in(why))


def _dead_letters(reading: Reading, outlet: str) -> Iterator[QueueItem]:
    for dead in reading.few(SyncException, ITEMS_AT_ONCE, outlet=outlet, state="open", order=("seq",)):
        title = say("Journal entry {seq}", seq=dead.seq)
        yield QueueItem("headquarters", dead.id, title, "dead-letter", put_aside_for(dead))


def settle(
    tx: UnitOfWork, item: tuple[str, str], way: str, words: str, operator: str, again: printers.Again | None = None
) -> None:
    """Do what a person decided about an item (kind, key). NotAllowed when it can't be, or words are missing. `again`:
    prints what came out of no printer once more, as a copy."""
    kind, key = item
    if kind == "alarm" and way == "seen":
        if not is_supervisor(tx, operator):
            raise NotAllowed(say("A supervisor looks into alarms."))
        alarms.see(tx, key, operator, words)
    elif kind == "print":
        _settle_print(tx, key, way, again)
    elif kind == "printer":
        printers.settle(tx, key, way, again)
    elif kind == "manual" and way in {"done", "give_up"}:
        if not words.strip():  # it counts as done from now on: who says so says what
            raise NotAllowed(say("Say what was done, or why it is given up."), field="words")
        manual.settle(tx, key, operator, done=way == "done", words=words)
    elif (kind, way) == (late.KIND, late.TAKE):
        late.take(tx, key, operator)
    elif kind == "payment" and way in {"retry", "by_hand"}:
        _settle_payment(tx, key, way, words)
    elif kind == "dated" and way in {"retry", "give_up"}:
        _settle_dated(tx, key, way, words)
    else:
        raise NotAllowed(say("This can't be done here."))
