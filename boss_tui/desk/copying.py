"""Papers once more: a copy of a document that is on record, on paper or for a file; and what a printer lost.

Each is marked, counted, and on record with who wanted it and why.
"""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.answers import PaperView
from boss_tui.components import till
from boss_tui.components.access import note_access
from boss_tui.components.papers import COPY_MARKS
from boss_tui.desk import lookups
from boss_tui.desk.counter import Counter
from boss_tui.locale import words
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.document import PaperDocument
from data.tables.finance import Shift
from data.tables.sync import Printer, PrintJob
from printers import jobs, spool
from printers.document import Document, copy_of

LOST = say("Nobody knew whether it came out.")


class Copying(Counter):
    """The part of the desk that makes copies."""

    def reprint(self, paper_id: str, reason: str) -> PaperView:
        """Print a paper again: marked as a copy, as void or red-lettered where it is, counted, logged with who and
        why."""
        with self._writing("reprint") as tx:
            return self._reprint(tx, paper_id, reason)

    def copies(self, paper_ids: Sequence[str], reason: str) -> list[tuple[str, Document]]:
        """Papers as copies for a file instead of a printer, each with its number: marked, counted and logged as those
        that are printed."""
        with self._writing("reprint") as tx:
            made = [self._copy(tx, paper_id, reason) for paper_id in paper_ids]
        return [(number, copy) for _, number, copy in made]

    def _reprint(self, tx: UnitOfWork, paper_id: str, reason: str, at: Printer | None = None) -> PaperView:
        paper, number, copy = self._copy(tx, paper_id, reason)
        queued = spool.queue(
            tx, copy, document_id=paper.id, order_id=paper.order_id or "", title=f"{number} ({paper.copies})",
            counter=self._station.counter, operator=tx.author.operator, copy_number=paper.copies, at=at,
        )  # fmt: skip
        return PaperView(paper.id, paper.kind, number, queued.preview)

    def _copy(self, tx: UnitOfWork, paper_id: str, reason: str) -> tuple[PaperDocument, str, Document]:
        if not reason.strip():
            raise NotAllowed(say("Say why a copy is needed."), field="reason")
        paper, content = lookups.document_content(tx, paper_id)
        paper = tx.change(paper, copies=paper.copies + 1)
        number = f"{paper.code}-{paper.number:08d}"
        note_access(tx, "reprint", f"{paper.kind} {number}", reason.strip())
        mark = words(self._station.paper_language)(COPY_MARKS[paper.state])
        return paper, number, copy_of(Document.from_json(content), paper.copies, mark)

    def _print_again(self, tx: UnitOfWork, job: PrintJob) -> None:
        """The paper of a job that was given up, as a copy, out of the same printer. A test page needs none."""
        if job.document_id == jobs.TEST_PAGE:
            return
        speak, at = words(self._station.paper_language), tx.one(Printer, code=job.printer)
        if tx.find(PaperDocument, id=job.document_id) is not None:
            self._reprint(tx, job.document_id, speak(LOST), at)
            return
        number = self._count(tx, job, speak(LOST))
        copy = copy_of(jobs.document_of(tx, job), number, speak(COPY_MARKS["normal"]))
        spool.queue(
            tx, copy, document_id=job.document_id, order_id=job.order_id, title=job.title,
            counter=self._station.counter, operator=tx.author.operator, copy_number=number, at=at,
        )  # fmt: skip

    def _count(self, tx: UnitOfWork, job: PrintJob, why: str) -> int:
        """Which copy of a report this is. A Z's are counted with its shift."""
        shift = tx.find(Shift, id=job.document_id)
        if shift is not None and shift.state == "closed":
            return till.note_reprint(tx, shift, tx.author.operator, why)
        note_access(tx, "reprint", job.title, why)
        return job.copy_number + 1
