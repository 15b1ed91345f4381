"""The page that shows whether a printer prints: its code, the time, Chinese and Latin, a line as wide as the paper."""

from __future__ import annotations

from data.clock import new_key, on_the_wall
from data.store import UnitOfWork
from data.tables.sync import Printer, PrintJob
from printers import rendering
from printers.document import Cut, Document, HorizontalRule, KeyValue, Text
from printers.jobs import TEST_PAGE
from printers.profiles import profile


def queue_test(tx: UnitOfWork, row: Printer, counter: str, title: str, operator: str = "boss") -> str:
    """Queue a test page for this printer, wherever papers are routed to. Answers the job's key."""
    about = profile(row.profile)
    blocks = (
        Text(title, align="center", bold=True, scale=2),
        HorizontalRule(),
        KeyValue(row.code, row.profile),
        KeyValue(counter, on_the_wall(tx.now())),
        Text("中文 ABC 0123456789"),
        HorizontalRule("="),
        Cut(),
    )
    page = Document("report", blocks)
    content, shown = rendering.rendered(tx, page, about)
    job = tx.add(
        PrintJob,
        id=new_key(tx.clock),
        document_id=TEST_PAGE,
        printer=row.code,
        title=title,
        operator=operator,
        content=content,
        preview="\n".join(shown),
        source=page.as_text(),
        queued_at=tx.now(),
    )
    return job.id
