"""The spool: papers on their way to printers, as rows that hold their exact bytes.

A job is queued in the transaction that made its document, and printed after the commit. 'sending' is committed before
the first byte, and the job is leased to its sender, which renews the lease while it waits for the printer: a job that
a crash cut off is found by whoever is alive once its lease has run out, and becomes 'unknown'. Refused jobs are tried
again by themselves; unknown ones never: a person looks at the paper and says.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import bindparam, select, text

from data.clock import new_key, stamp
from data.errors import BossError
from data.journal import Author
from data.message import say
from data.store import Reading, Store, UnitOfWork
from data.tables.printing import PrinterRoll
from data.tables.sync import HELD_UP, TRAINING, Printer, PrintJob, Setting
from printers import rendering, routes
from printers.devices import Sent, send, status
from printers.document import Document, Text, bannered, shut
from printers.jobs import AT_ONCE, BUSY, HEAD, TEST_HEAD, as_kept, fail_over, stand_in
from printers.profiles import Profile, profile
from printers.status import Status

RETRY_SECONDS = (2, 5, 15, 30, 60)
"""How long a refused job waits for its second, third, … attempt; the last for all that follow."""
LEASE = timedelta(seconds=20)
"""How long a job is its sender's; whoever finds it sending for longer takes the sender for dead."""
RENEWED_SECONDS = 5.0
"""Between two renewals of the lease, while a printer is waited for."""
LOOK = timedelta(seconds=15)
"""Between two looks at how an idle printer is."""

log = logging.getLogger("boss.printing")

_jobs = PrintJob.table()
_held_up = text(f"print_job.{HELD_UP}")  # in the index's own words, so that it is used
_LEFT = select(*_jobs.c).where(_held_up, _jobs.c.state == "sending", _jobs.c.leased_until <= bindparam("moment"))

Deliver = Callable[[str, Profile, bytes], Sent]
Ask = Callable[[str, Profile], Status]


class Queued(Struct, frozen=True):
    """A job that was queued, and how its paper looks."""

    job_id: str
    preview: tuple[str, ...]


WORTHLESS = "*** 培训专用 TRAINING ***"


def queue(
    tx: UnitOfWork,
    document: Document,
    *,
    document_id: str,
    order_id: str,
    title: str,
    counter: str,
    operator: str,
    copy_number: int = 0,
    kept: bool = False,
    at: Printer | None = None,
) -> Queued:
    """Queue a paper for the printer that the hall has set for it. OutOfStock when none takes its kind.

    `kept`: the paper of this id keeps the document. `at`: this printer, wherever papers of the counter come out. One
    that is off leaves its papers to its stand-in, where it does that by itself, and the drawer stays shut; so it does
    in a training hall, where every sheet says that it is worth nothing.
    """
    if tx.find(Setting, name=TRAINING) is not None:
        kept, document = False, bannered(document, Text(WORTHLESS, align="center", bold=True))
    meant = at or routes.printer_for(tx, counter, document.kind)
    off = meant.state != "active" and meant.fail_over == "self"
    printer = (stand_in(tx, meant, document.kind) if off else None) or meant
    about = profile(printer.profile)
    content, shown = rendering.rendered(tx, document if printer is meant else shut(document), about)
    job = tx.add(
        PrintJob,
        id=new_key(tx.clock),
        document_id=document_id,
        order_id=order_id,
        title=title,
        printer=printer.code,
        meant_for="" if printer is meant else meant.code,
        content=content,
        preview="\n".join(shown),
        source="" if kept else document.as_text(),
        copy_number=copy_number,
        operator=operator,
        queued_at=tx.now(),
    )
    return Queued(job.id, shown)


class Spool:
    """Sends what is queued, printer by printer. Several may serve one store; each printer gets one job at a time.

    `counter` and the process name who sends; a job is the printer's, and any spool goes on where another left off.
    `font`: the file that the house has named for PDFs, if any.
    """

    def __init__(
        self, store: Store, outlet: str, counter: str, deliver: Deliver = send, font: str = "", ask: Ask = status
    ) -> None:
        self._store = store
        self._author = Author(outlet, "print", "spool")
        self._sender = f"{counter} {os.getpid()}"
        self._deliver = deliver
        self._font = font
        self._ask = ask
        self._next_look: dict[str, datetime] = {}

    def printers(self) -> list[str]:
        """The codes of the printers that are set up, also of those that are off."""
        with self._store.reading() as reading:
            return [printer.code for printer in routes.printers(reading)]

    def take_over(self) -> int:
        """What a sender left that is gone: nobody knows whether it came out. Answers how many jobs."""
        with self._store.reading() as reading:
            if not reading.models(PrintJob, _LEFT, moment=stamp(reading.present())):
                return 0
        with self._store.transaction(self._author) as tx:
            left = tx.models(PrintJob, _LEFT, moment=stamp(tx.present()))
            for job in left:
                _leave(tx, job)
        return len(left)

    def let_go(self, tx: UnitOfWork) -> None:
        """This program ends, and won't hear any more what becomes of what it sends."""
        for job in tx.all(PrintJob, state="sending", sender=self._sender):
            _leave(tx, job)

    def step(self, code: str) -> Sent | None:
        """Print the next job of one printer, if there is one; of one that is off, its next test page. Waits for the
        printer: call it in a thread of its own."""
        taken = self._take(code)
        if taken is None:
            return None
        printer, job = taken
        with self._held(job):
            sent = self._send(printer, job)
        with self._store.transaction(self._author) as tx:
            self._settle(tx, job, sent)
        return sent

    def look(self, code: str) -> None:
        """Whether a roll that ran low was changed: asked now and then, while no paper is there that would tell. Waits
        for the printer."""
        with self._store.reading() as reading:
            printer = reading.find(Printer, code=code, state="active")
            row, now = reading.find(PrinterRoll, printer=code), reading.present()
        if printer is None or row is None or not row.near_end_since or now < self._next_look.get(code, now):
            return
        self._next_look[code] = now + LOOK
        try:
            found = self._ask(printer.address, profile(printer.profile))
        except BossError:  # it is away: what was noted stands
            return
        if found.answered and not (found.near_end or found.paper_out):
            with self._store.transaction(self._author) as tx:
                note_roll(tx, code, False)

    def _send(self, printer: Printer, job: PrintJob) -> Sent:
        about = profile(printer.profile)
        try:
            with self._store.reading() as reading:
                content = rendering.sent(reading, job, about, self._font)
        except BossError as fault:  # no font here: the paper waits, and says why
            return Sent("refused", fault.message)
        return self._deliver(printer.address, about, content)

    def _take(self, code: str) -> tuple[Printer, PrintJob] | None:
        now = stamp(self._store.clock.now())
        with self._store.reading() as reading:
            if _due(reading, reading.one(Printer, code=code), now) is None:
                return None
        self.take_over()
        with self._store.transaction(self._author) as tx:
            printer = tx.one(Printer, code=code)  # as it is now: it may have been switched off, or moved
            job = _due(tx, printer, now)
            if job is None or tx.rows(BUSY, printer=code):
                return None
            return printer, tx.change(
                job, state="sending", sender=self._sender, leased_until=_lease(tx), attempts=job.attempts + 1
            )

    @contextmanager
    def _held(self, job: PrintJob) -> Iterator[None]:
        """The lease is renewed for as long as the printer takes."""
        done = threading.Event()

        def renew() -> None:
            while not done.wait(RENEWED_SECONDS):
                try:
                    with self._store.transaction(self._author) as tx:
                        now = tx.one(PrintJob, id=job.id)
                        if not self._is_ours(now, job):
                            return
                        tx.change(now, leased_until=_lease(tx))
                except BossError as fault:  # a store that is busy: there is time for another turn
                    log.warning("lease of print %s: %s", job.id, fault)

        renewing = threading.Thread(target=renew, name="print lease", daemon=True)
        renewing.start()
        try:
            yield
        finally:
            done.set()
            renewing.join()

    def _is_ours(self, now: PrintJob, taken: PrintJob) -> bool:
        """Whether it is still this sender's try; it is unknown to others when they held the sender for gone."""
        same = (now.sender, now.attempts) == (self._sender, taken.attempts)
        return same and now.state in {"sending", "unknown"}

    def _settle(self, tx: UnitOfWork, taken: PrintJob, sent: Sent) -> None:
        """What became of it; a person may have decided meanwhile, whose word stands."""
        job = tx.one(PrintJob, id=taken.id)
        if not self._is_ours(job, taken):
            log.warning("print %s was decided as %s while it ended as %s", job.id, job.state, sent.state)
            return
        if sent.state == "refused":
            wait = RETRY_SECONDS[min(job.attempts, len(RETRY_SECONDS)) - 1]
            later = stamp(tx.clock.now() + timedelta(seconds=wait))
            tx.change(job, state="refused", reason=as_kept(sent.reason), not_before=later, ended_at="")
            printer = tx.one(Printer, code=job.printer)
            if printer.fail_over == "self":
                fail_over(tx, printer, AT_ONCE)
        else:
            reason = as_kept(sent.reason) if sent.reason.template else ""
            tx.change(job, state=sent.state, reason=reason, ended_at=tx.now())
        if sent.state == "acknowledged":
            note_roll(tx, job.printer, sent.near_end)


def note_roll(tx: UnitOfWork, printer: str, near_end: bool) -> str:
    """What a printer says of its roll, noted where it has changed. Answers since when it runs low, or nothing."""
    row = tx.find(PrinterRoll, printer=printer)
    if row is None and near_end:
        row = tx.add(PrinterRoll, printer=printer, near_end_since=tx.now())
    elif row is not None and bool(row.near_end_since) != near_end:
        row = tx.change(row, near_end_since=tx.now() if near_end else "")
    return row.near_end_since if row is not None else ""


_LEFT_BY = say("The program ended while this was being printed. Look whether it came out.")


def _due(reading: Reading, printer: Printer, now: str) -> PrintJob | None:
    if printer.state == "removed":
        return None
    head = reading.models(PrintJob, HEAD if printer.state == "active" else TEST_HEAD, printer=printer.code)
    return head[0] if head and head[0].not_before <= now else None


def _leave(tx: UnitOfWork, job: PrintJob) -> None:
    tx.change(job, state="unknown", reason=as_kept(_LEFT_BY), ended_at=tx.now())


def _lease(reading: Reading) -> str:
    return stamp(reading.present() + LEASE)
