"""What can be done about a paper on its way: by a person, or by its printer's stand-in. Nothing here sends a byte.

A paper that waits (queued, refused) was never sent, and may go anywhere; of one that is unknown nobody knows, and only
a person who has looked decides. So nothing comes out twice without its mark.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import bindparam, select, text

from data.errors import NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.states import kind_name
from data.store import Reading, UnitOfWork
from data.tables.document import PaperDocument
from data.tables.sync import HELD_UP, UNSETTLED, Printer, PrintJob
from printers import rendering
from printers.document import Document, shut
from printers.profiles import profile
from printers.routes import takes, the_printer

TEST_PAGE = "test"
"""What a test page has for a document's key: it is none's, and means its own printer."""

_jobs = PrintJob.table()
_of_printer = (text(f"print_job.{UNSETTLED}"), _jobs.c.printer == bindparam("printer"))  # the index's own words
_in_order = (_jobs.c.rank, _jobs.c.queued_at, _jobs.c.id)
_ALL_WAITING = select(*_jobs.c).where(*_of_printer, _jobs.c.state.in_(("queued", "refused"))).order_by(*_in_order)
_WAITING = _ALL_WAITING.limit(bindparam("most"))
HEAD = _ALL_WAITING.limit(1)
"""The next of a printer. While it was refused and its time has not come, those behind it wait as well: papers come out
in their order, also after an outage."""
TEST_HEAD = _ALL_WAITING.where(_jobs.c.document_id == TEST_PAGE).limit(1)
"""The next of a printer that is off: it shows whether it prints, and other papers wait."""
_held_up = (text(f"print_job.{HELD_UP}"), _jobs.c.printer == bindparam("printer"))
BUSY = select(_jobs.c.id).where(*_held_up, _jobs.c.state == "sending").limit(1)
_REFUSED = select(*_jobs.c).where(*_held_up, _jobs.c.state == "refused").order_by(*_in_order).limit(1)


def decide(tx: UnitOfWork, job_id: str, came_out: bool) -> PrintJob:
    """A person looked at the paper of a job that is unknown: it came out, or it did not and is given up."""
    job = tx.one(PrintJob, id=job_id)
    if job.state != "unknown":
        raise NotAllowed(say("Only a print whose end is unknown can be decided."))
    return tx.change(job, state="acknowledged" if came_out else "cancelled", ended_at=tx.now())


def retry(tx: UnitOfWork, job_id: str) -> PrintJob:
    """Try a refused job at once."""
    job = tx.one(PrintJob, id=job_id)
    if job.state != "refused":
        raise NotAllowed(say("Only a refused print can be tried again. For another paper, print a copy."))
    return tx.change(job, state="queued", not_before="")


def cancel(tx: UnitOfWork, job_id: str) -> PrintJob:
    """Give up a paper that waits: it is not printed. Its document stands; a copy of it can be printed."""
    return tx.change(_waiting(tx, job_id), state="cancelled", ended_at=tx.now())


def put_first(tx: UnitOfWork, job_id: str) -> PrintJob:
    """The next paper of its printer, before all that wait there."""
    job = _waiting(tx, job_id)
    head = tx.models(PrintJob, HEAD, printer=job.printer)[0]
    return tx.change(job, not_before="", rank=job.rank if head.id == job.id else head.rank - 1)


def move(tx: UnitOfWork, job_id: str, to: str) -> PrintJob:
    """A paper that waits comes out of another printer, after what waits there, laid out for its width. It opens no
    drawer there: the cash is in another one. NotFound when there is no such printer."""
    job = _waiting(tx, job_id)
    return _put(tx, job, the_printer(tx, to), document_of(tx, job))


def _put(tx: UnitOfWork, job: PrintJob, other: Printer, document: Document, meant_for: str = "") -> PrintJob:
    content, shown = rendering.rendered(tx, shut(document), profile(other.profile))
    return tx.change(
        job,
        printer=other.code,
        meant_for=meant_for,
        state="queued",
        not_before="",
        reason="",
        rank=0,
        queued_at=tx.now(),
        content=content,
        preview="\n".join(shown),
    )


AT_ONCE, ALL = 200, 1_000_000
"""Papers that are looked at for a stand-in in one transaction, where nobody has asked for it: sales go on between."""


def waiting_at(reading: Reading, printer: str, most: int = ALL) -> list[PrintJob]:
    """What waits at a printer, in its order."""
    return reading.models(PrintJob, _WAITING, printer=printer, most=most)


def stand_in(reading: Reading, printer: Printer, kind: str) -> Printer | None:
    """Who takes papers of a kind while this printer can't print; None: nobody who could."""
    other = reading.find(Printer, code=printer.stand_in) if printer.stand_in else None
    return other if other is not None and other.state == "active" and takes(other, kind) else None


def is_down(reading: Reading, printer: Printer) -> bool:
    """Whether a printer can't print, as far as is known: it is off, or did not take the paper that is its next."""
    return printer.state != "active" or bool(reading.models(PrintJob, _REFUSED, printer=printer.code))


def fail_over(tx: UnitOfWork, printer: Printer, most: int = ALL) -> list[PrintJob]:
    """What waits at a printer goes to its stand-in, in its order; each job says whom it was meant for. What that one
    does not take stays, and what came here from another printer: it does not wander on. Answers what went."""
    gone = []
    for job in waiting_at(tx, printer.code, most):
        if job.meant_for or job.document_id == TEST_PAGE:
            continue
        document = document_of(tx, job)
        other = stand_in(tx, printer, document.kind)
        if other is not None:
            gone.append(_put(tx, job, other, document, printer.code))
    return gone


def document_of(reading: Reading, job: PrintJob) -> Document:
    """What a job says, to be laid out anew."""
    kept = job.source or reading.one(PaperDocument, id=job.document_id).content
    return Document.from_json(json.loads(kept))


def _waiting(tx: UnitOfWork, job_id: str) -> PrintJob:
    job = tx.one(PrintJob, id=job_id)
    if job.state not in {"queued", "refused"}:
        raise NotAllowed(say("This paper doesn't wait any more."))
    return job


def as_kept(message: Message) -> str:
    """A reason as a job keeps it."""
    return canonical(message.as_json())


def reason_of(job: PrintJob) -> Message:
    """Why a job is where it is; empty when there is nothing to say."""
    return Message.from_json(json.loads(job.reason)) if job.reason else Message("")


def job_in_words(job: PrintJob) -> Message:
    """Why a job is where it is, and that another printer has it than was meant."""
    if not job.meant_for:
        return reason_of(job)
    instead = say("On {printer}, in place of {other}.", printer=job.printer, other=job.meant_for)
    return say("{instead} {why}", instead=instead, why=reason_of(job)) if job.reason else instead


def why_down(reading: Reading, printer: Printer) -> Message:
    """What a printer that can't print said, or that it is off; empty when it can, as far as is known."""
    if printer.state != "active":
        return say("It is switched off.")
    refused: Sequence[PrintJob] = reading.models(PrintJob, _REFUSED, printer=printer.code)
    return reason_of(refused[0]) if refused else Message("")


def job_title(title: str, copy_number: int, kind: str | None, code: str | None, number: int | None) -> Message:
    """What a job prints, in whatever language: its document, by kind, code and number; a paper without a number by the
    title that it has in the printer's queue."""
    if kind is None or number is None:
        return Message("{text}", {"text": title})
    called = f"{code}-{number:08d}"
    if copy_number:
        return say("{paper} {number}, copy {n}", paper=kind_name(kind), number=called, n=copy_number)
    return say("{paper} {number}", paper=kind_name(kind), number=called)
