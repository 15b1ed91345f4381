"""Papers once more: a copy of a document that is on record, on paper or for a file; and what a printer lost.

Each is marked, counted, and on record with who wanted it and why.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from boss_tui.answers.business import PaperView
from boss_tui.components.documents.papers import COPY_MARKS
from boss_tui.components.operators.access import note_access
from boss_tui.components.till import shifts as till
from boss_tui.desk import order_view
from boss_tui.desk.seat import Seat
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay, Shift
from data.tables.sync import AccessLog, Printer, PrintJob
from printers import jobs, spool
from printers.document import Document, copy_of

LOST = say("Nobody knew whether it came out.")


class Copied(Struct, frozen=True):
    """A paper that was copied: its document's key, its order's (or nothing), its kind, what it is called (its number,
    or the title of a paper that has none), which copy it is, and what that says."""

    document_id: str
    order_id: str
    kind: str
    called: str
    count: int
    document: Document


class Copying:
    """The part of the desk that makes copies: of a document by its key, of a paper without a number (a report, a cash
    slip, a list) by the key of the job that printed it."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def reprint(self, paper_id: str, reason: str) -> PaperView:
        """Print a paper again: marked as a copy, as void or red-lettered where it is, counted, logged with who and
        why."""
        with self._seat.writing("reprint") as tx:
            return self._reprint(tx, paper_id, reason)

    def copies(self, paper_ids: Sequence[str], reason: str) -> list[tuple[str, Document]]:
        """Papers as copies for a file instead of a printer, each with what it is called: marked, counted and logged as
        those that are printed."""
        with self._seat.writing("reprint") as tx:
            made = [self._copy(tx, paper_id, reason) for paper_id in paper_ids]
        return [(copied.called, copied.document) for copied in made]

    def _reprint(self, tx: UnitOfWork, paper_id: str, reason: str, at: Printer | None = None) -> PaperView:
        made = self._copy(tx, paper_id, reason)
        queued = spool.queue(
            tx,
            made.document,
            document_id=made.document_id,
            order_id=made.order_id,
            title=f"{made.called} ({made.count})",
            counter=self._seat.station.counter,
            operator=tx.author.operator,
            copy_number=made.count,
            at=at,
        )
        return PaperView(made.document_id, made.kind, made.called, queued.preview)

    def _copy(self, tx: UnitOfWork, paper_id: str, reason: str) -> Copied:
        if not reason.strip():
            raise NotAllowed(say("Say why a copy is needed."), field="reason")
        job = tx.find(PrintJob, id=paper_id)
        if job is not None and tx.find(PaperDocument, id=job.document_id) is None:
            return self._copy_of_job(tx, job, reason.strip())
        paper, content = order_view.document_content(tx, job.document_id if job is not None else paper_id)
        paper = tx.change(paper, copies=paper.copies + 1)
        number = f"{paper.code}-{paper.number:08d}"
        note_access(tx, "reprint", f"{paper.kind} {number}", reason.strip())
        mark = self._seat.paper_words()(COPY_MARKS[paper.state])
        copy = copy_of(Document.from_json(content), paper.copies, mark)
        return Copied(paper.id, paper.order_id or "", paper.kind, number, paper.copies, copy)

    def _copy_of_job(self, tx: UnitOfWork, job: PrintJob, reason: str) -> Copied:
        if job.document_id == jobs.TEST_PAGE:
            raise NotAllowed(say("A test page has no copies: print another one."))
        original, number = jobs.document_of(tx, job), self._count(tx, job, reason)
        copy = copy_of(original, number, self._seat.paper_words()(COPY_MARKS["normal"]))
        return Copied(job.document_id, job.order_id, original.kind, job.title, number, copy)

    def _closed(self, tx: UnitOfWork, job: PrintJob) -> Shift | BusinessDay | None:
        """The closed shift or day that a job's report is of, where it is of one."""
        outlet = self._seat.station.outlet
        shift = tx.find(Shift, id=job.document_id)
        day = tx.find(BusinessDay, outlet=outlet, business_date=job.document_id.removeprefix(f"day-{outlet}-"))
        return next((one for one in (shift, day) if one is not None and one.state == "closed"), None)

    def print_again(self, tx: UnitOfWork, job: PrintJob) -> None:
        """The paper of a job that was given up, as a copy, out of the same printer. A test page needs none."""
        if job.document_id == jobs.TEST_PAGE:
            return
        speak, at = self._seat.paper_words(), tx.one(Printer, code=job.printer)
        if tx.find(PaperDocument, id=job.document_id) is not None:
            self._reprint(tx, job.document_id, speak(LOST), at)
            return
        made = self._copy_of_job(tx, job, speak(LOST))
        spool.queue(
            tx,
            made.document,
            document_id=job.document_id,
            order_id=job.order_id,
            title=job.title,
            counter=self._seat.station.counter,
            operator=tx.author.operator,
            copy_number=made.count,
            at=at,
        )

    def _count(self, tx: UnitOfWork, job: PrintJob, why: str) -> int:
        """Which copy of a report this is. A Z's are counted with its shift, a day report's with its day."""
        of = self._closed(tx, job)
        if of is not None:
            return till.note_reprint(tx, of, tx.author.operator, why)
        made = len(tx.all(AccessLog, act="reprint", subject=job.title))
        note_access(tx, "reprint", job.title, why)
        return max(job.copy_number, made) + 1
