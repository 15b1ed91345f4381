"""What waits on paper: counts, and item by item what a person must see to, as the screen of queues has it."""

from __future__ import annotations

import pytest

from data.message import Message
from data.tables.sync import PrintJob
from tests.hall import Hall

pytestmark = pytest.mark.light


def test_the_list_says_what_the_queues_say(hall: Hall) -> None:
    hall.open_account()
    shown = hall.desk.queues.items()
    report = hall.desk.reports.queue_list()
    counted, asked, alone = report.sections
    assert len(asked.rows) + len(alone.rows) == len(shown)
    assert [row[2] for row in asked.rows] == [
        item.title for item in shown if item.ways and not item.goes_on and item.reason == Message("")
    ]
    counts = {str(label): count for label, count in counted.rows}
    assert counts["Papers not out yet"] == len(hall.rows(PrintJob, state="queued")) > 0
    assert counts["Orders open in the network"] == 1


def test_it_is_printed_where_reports_come_out_and_copied_with_a_mark(hall: Hall) -> None:
    hall.open_account()
    before = len(hall.rows(PrintJob))
    paper = hall.desk.reports.print_queue_list()
    job = hall.rows(PrintJob)[-1]
    assert len(hall.rows(PrintJob)) == before + 1
    assert "\n".join(paper.preview) == job.preview
    assert "值班长签字" in job.preview
    assert "补打" in "\n".join(hall.desk.papers.reprint(job.id, "given to the day manager").preview)
