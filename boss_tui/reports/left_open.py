"""What is left open when a business day is closed, named one by one: for the check list, and for the day's report.

Nothing of it stops the close: a hall whose link, network or printer is dead closes its day all the same. What goes on
by itself is listed. What a person has to decide and has not (a paper that may or may not be out, money that was handed
over and not booked, a refusal of headquarters, an alarm) wants a word of the supervisor who closes, and both stand on
the report. What would leave the day's figures wrong is never left open: a drawer that nobody has counted stops the
close (`till.close_day`). Source: catalogue M11; peers 2 (closing the day); management-facts 7 (what is
carried over has a reason).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, func, select
from sqlalchemy import text as sql

from boss_tui.components import alarms
from boss_tui.components.documents import handwritten
from boss_tui.components.operators.leaving import leavers
from boss_tui.components.stations import is_office
from boss_tui.components.till import cash
from boss_tui.forms.typed import yuan
from boss_tui.reports.report import Column, Section, Value
from boss_tui.reports.standing import WAITING, waiting
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.document import PaperDocument
from data.tables.eligibility import REFUSED_LATER, InterfaceAnswer
from data.tables.finance import SafeCount
from data.tables.life import ScheduledAct
from data.tables.mobile import OPEN, MobilePayment
from data.tables.network import WorkOrder
from data.tables.order import IN_PROGRESS, Draft, ProductOrder
from data.tables.sync import UNSETTLED, JournalHead, PrintJob, SyncException
from printers.jobs import job_title

TABLE = "left_open"
"""The key of its table in a report."""
MOST = 20
"""Names of one kind at most; of the rest there is the number."""

_o = ProductOrder.table()
_w = WorkOrder.table()
_p = PaperDocument.table()
_j = PrintJob.table()
_m = MobilePayment.table()
_e = SyncException.table()
_a = ScheduledAct.table()
_f = Draft.table()
_r = InterfaceAnswer.table()
_OUTLET: Any = bindparam("outlet")


class LeftOpen(Struct, frozen=True):
    """One kind of what is left open.

    Attributes:
        kind: which; see `left_open`.
        what: in words. count: how many there are.
        names: which they are, at most MOST of them; empty where they have no names.
        wants_word: whether the supervisor who closes the day has to say a word about it.
    """

    kind: str
    what: Message
    count: int
    names: tuple[Value, ...] = ()
    wants_word: bool = False


class _Source(Struct, frozen=True):
    """Where one kind is looked for: its rows in their order, and what one of them is called."""

    what: Message
    rows: Any
    called: Callable[..., Value]
    wants_word: bool = True


_form = select(_f.c.number, _f.c.code, _f.c.counter).order_by(_f.c.number)


_job = (
    select(_j.c.title, _j.c.copy_number, _p.c.kind, _p.c.code, _p.c.number)
    .select_from(_j.outerjoin(_p, _p.c.id == _j.c.document_id))
    .where(sql(f"print_job.{UNSETTLED}"))
    .order_by(_j.c.queued_at, _j.c.id)
)


def _form_name(number: int, code: str, counter: str) -> Message:
    return say("No. {number}: {code} at {counter}", number=number, code=code, counter=counter)


def _itself(name: Value) -> Value:
    return name


_SOURCES = {
    "paid": _Source(
        say("Forms with money handed over, not completed"),
        _form.where(_f.c.state.in_(("open", "held")), _f.c.tenders_json != "[]"),
        _form_name,
    ),
    "payments": _Source(
        WAITING["payments"],
        select(_m.c.order_no, _m.c.amount).where(sql(f"({OPEN})"), _m.c.outlet == _OUTLET).order_by(_m.c.asked_at),
        lambda number, amount: say("{number}: {yuan} yuan", number=number, yuan=yuan(amount)),
    ),
    "unknown": _Source(WAITING["unknown"], _job.where(_j.c.state == "unknown"), job_title),
    "manual": _Source(
        WAITING["manual"],
        select(_o.c.serial)
        .select_from(_w.join(_o, _o.c.id == _w.c.order_id))
        .where(_w.c.kind == "manual", _w.c.state == "open", _o.c.outlet == _OUTLET)
        .order_by(_w.c.created_at, _w.c.id),
        _itself,
    ),
    "dated": _Source(
        say("Orders that could not be done on their day"),
        select(_o.c.serial, _a.c.business, _a.c.due_on)
        .select_from(_a.join(_o, _o.c.id == _a.c.order_id))
        .where(_a.c.state == "failed", _a.c.outlet == _OUTLET)
        .order_by(_a.c.due_on, _a.c.id),
        lambda serial, code, day: say("{code} of {day}, order {serial}", code=code, day=day, serial=serial),
    ),
    "refused": _Source(
        say("Refused by services after they were done"),
        select(_o.c.serial)
        .select_from(_r.join(_o, _o.c.id == _r.c.order_id))
        .where(_r.c.outlet == _OUTLET, sql(f"(interface_answer.{REFUSED_LATER})"))
        .order_by(_r.c.later_at, _r.c.id),
        _itself,
    ),
    "dead": _Source(
        WAITING["dead"],
        select(_e.c.seq).where(_e.c.outlet == _OUTLET, _e.c.state == "open").order_by(_e.c.seq),
        lambda seq: say("Journal entry {seq}", seq=seq),
    ),
    "orders": _Source(
        WAITING["orders"],
        select(_o.c.serial).where(sql(IN_PROGRESS), _o.c.outlet == _OUTLET).order_by(_o.c.created_at),
        _itself,
        wants_word=False,
    ),
    "prints": _Source(WAITING["prints"], _job.where(_j.c.state != "unknown"), job_title, wants_word=False),
    "held": _Source(say("Forms put aside"), _form.where(_f.c.state == "held"), _form_name, wants_word=False),
}
_QUERIES = {
    kind: (source.rows.limit(MOST), select(func.count()).select_from(source.rows.order_by(None).subquery()))
    for kind, source in _SOURCES.items()
}


def left_open(reading: Reading, outlet: str, business_date: str) -> list[LeftOpen]:
    """What would be left open now; first what wants a word. Kinds: those of `_SOURCES`, and left (by who works here no
    more), alarm, slip (written by hand), journal, safe (not counted on this date); the last two not at the office: it
    pushes to nobody and has no cash."""
    found = [_of_source(reading, kind, outlet) for kind in _SOURCES]
    found += [_left_behind(reading, outlet), _alarms(reading, outlet), _slips(reading, outlet)]
    if not is_office(reading, outlet):
        found += [_journal(reading, outlet), _safe(reading, outlet, business_date)]
    return sorted((one for one in found if one.count), key=lambda one: not one.wants_word)


def must_be_answered_for(found: Sequence[LeftOpen], word: str) -> None:
    """NotAllowed: something that is left open wants a word, and there is none."""
    wanting = [one for one in found if one.wants_word]
    if wanting and not word.strip():
        told = say("This is left open. Say why, and who sees to it:")
        for one in wanting:
            told = say("{told} {what}: {n}.", told=told, what=one.what, n=one.count)
        raise NotAllowed(told, field="word")


def section(found: Sequence[LeftOpen]) -> Section:
    """What is left open, as a table of the day's report; for the keys of its rows see `of_key`."""
    rows: list[tuple[Value, ...]] = []
    keys: list[str] = []
    for one in found:
        rows += [(one.what, name) for name in one.names]
        keys += [_key(one, name) for name in one.names]
        if one.count > len(one.names):
            more = say("and {n} more", n=one.count - len(one.names)) if one.names else str(one.count)
            rows.append((one.what, more))
            keys.append(_key(one))
    columns = (Column(say("What")), Column(say("Which")))
    return Section(say("Left open at the close"), columns, tuple(rows), (), TABLE, tuple(keys), stood=True)


def _key(one: LeftOpen, name: Value = "") -> str:
    return f"{'word' if one.wants_word else 'look'} {one.kind} {name if isinstance(name, str) else ''}".strip()


def of_key(key: str) -> tuple[bool, str, str]:
    """What a row is of, by its key: whether it wanted a word, its kind, and its name where that is no sentence."""
    wants, kind, *name = key.split(" ", 2)
    return wants == "word", kind, "".join(name)


def wanted_word(table: Section) -> bool:
    """Whether something of what was left open wanted a word."""
    return any(of_key(key)[0] for key in table.keys)


def _of_source(reading: Reading, kind: str, outlet: str) -> LeftOpen:
    source, (names, count) = _SOURCES[kind], _QUERIES[kind]
    called = tuple(source.called(*row) for row in reading.rows(names, outlet=outlet))
    n = int(reading.scalar(count, outlet=outlet) or 0) if len(called) == MOST else len(called)
    return LeftOpen(kind, source.what, n, called, source.wants_word)


def _left_behind(reading: Reading, outlet: str) -> LeftOpen:
    """What people who work here no more have left to others; their drawers are none of it: those stop the close."""
    found = [
        say("{what}, of {staff_no} {name}", what=each.what, staff_no=leaver.staff_no, name=leaver.name)
        for leaver in leavers(reading, outlet)
        for each in leaver.left
        if not each.first
    ]
    return LeftOpen("left", say("Left by people who work here no more"), len(found), tuple(found[:MOST]))


def _alarms(reading: Reading, outlet: str) -> LeftOpen:
    found = alarms.unseen(reading, outlet)
    names = tuple(
        say("{counter}, {time}", counter=one.counter or outlet, time=on_the_wall(one.raised_at, "%m-%d %H:%M"))
        for one in found[:MOST]
    )
    return LeftOpen("alarm", say("Alarms that nobody has looked into"), len(found), names, wants_word=True)


def _slips(reading: Reading, outlet: str) -> LeftOpen:
    found = handwritten.waiting(reading, outlet)
    names = tuple(
        say("{number} of {date}: {yuan} yuan in suspense", number=one.number, date=one.written_on, yuan=yuan(one.held))
        if one.held
        else say("{number} of {date}", number=one.number, date=one.written_on)
        for one in found[:MOST]
    )
    wants_word = any(one.state != "parked" for one in found)  # of what is left in suspense a supervisor has said why
    return LeftOpen("slip", say("Slips written by hand, not settled"), len(found), names, wants_word)


def _journal(reading: Reading, outlet: str) -> LeftOpen:
    """What headquarters has not; of no interest while the link is up: it goes in a moment."""
    head = reading.find(JournalHead, outlet=outlet)
    goes = head is not None and head.last_contact and not (head.stopped or head.last_fault)
    return LeftOpen("journal", WAITING["journal"], 0 if goes else waiting(reading, outlet)["journal"])


def _safe(reading: Reading, outlet: str, business_date: str) -> LeftOpen:
    counted = reading.all(SafeCount, outlet=outlet, business_date=business_date)
    held = say("By the books {yuan} yuan", yuan=yuan(cash.safe_balance(reading, outlet)))
    return LeftOpen("safe", say("The safe was not counted today"), 0 if counted else 1, (held,))
