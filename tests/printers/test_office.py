"""A4 through a queue or into a folder: what waits is the document, what is sent is its PDF; no sale waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Outside
from data.message import say
from data.tables.sync import PrintJob
from printers import fonts, jobs, rendering
from printers.devices import Sent, send
from printers.document import Document
from printers.escpos import to_bytes
from printers.layout import layout
from printers.profiles import PROFILES, Profile, profile
from printers.routes import the_printer
from printers.spool import Deliver, Spool, queue
from printers.test_page import queue_test
from tests.printers.reading import fonts_of, said_in
from tests.printers.samples import INVOICE, RECEIPT
from tests.printers.test_addresses import lp
from tests.printers.test_devices import JOB, QUICK
from tests.printers.test_routes import ONE, OUTLET, Hall, hall

__all__ = ["hall", "lp"]

A4 = profile("a4")


def sold(hall: Hall, document: Document = RECEIPT) -> str:
    """A paper of a sale is queued; its key."""
    with hall.work() as tx:
        return queue(tx, document, document_id="d", order_id="", title="收据 SJ1", counter=ONE, operator="1001").job_id


def step(hall: Hall, deliver: Deliver = send) -> Sent | None:
    """The office printer's next paper."""
    return Spool(hall.store, OUTLET, ONE, deliver).step("OFFICE")


def sent(hall: Hall, key: str) -> bytes:
    """What is sent of a paper."""
    with hall.store.reading() as reading:
        return rendering.sent(reading, reading.one(PrintJob, id=key), A4)


def job(hall: Hall, key: str) -> PrintJob:
    """A paper's row."""
    with hall.store.reading() as reading:
        return reading.one(PrintJob, id=key)


@pytest.mark.parametrize("document", [RECEIPT, INVOICE], ids=["receipt", "invoice"])
def test_a_paper_on_a4_is_the_pdf_of_its_document(hall: Hall, document: Document) -> None:
    """The same whenever it is made; the font is in it."""
    hall.set_up("OFFICE", address="cups://OFFICE", profile="a4")
    key = sold(hall, document)
    made: list[bytes] = []

    def noted(_address: str, _about: Profile, content: bytes) -> Sent:
        made.append(content)
        return Sent("unconfirmed")

    assert step(hall, noted) == Sent("unconfirmed")
    assert made == [sent(hall, key)]
    assert made[0].startswith(b"%PDF")
    assert fonts_of(made[0])
    assert job(hall, key).content == document.as_text().encode()
    assert max(map(len, job(hall, key).preview.split("\n"))) <= A4.columns


def test_a_queue_of_an_office_printer_gets_pdfs_and_one_of_rolls_gets_bytes(hall: Hall, lp: Path) -> None:
    hall.set_up("OFFICE", address="cups://OFFICE", profile="a4")
    sold(hall)
    assert step(hall) == Sent("unconfirmed")
    assert (lp / "log").read_text().splitlines() == ["-d OFFICE -t boss -o media=A4"]
    assert "249.00" in said_in((lp / "paper").read_bytes())


def test_a_folder_takes_each_paper_as_a_file_of_its_own(hall: Hall, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    hall.set_up("OFFICE", address=f"file://{folder}", profile="a4")
    for _ in range(3):
        sold(hall)
        assert step(hall) == Sent("unconfirmed")
    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".pdf"] * 3
    assert all(path.read_bytes().startswith(b"%PDF") for path in files)


def test_what_does_not_belong_together_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Bytes of a roll in a folder; a PDF at the end of a file, which would be none any more; a folder that is full."""
    sent = send(f"file://{tmp_path}", profile("80mm"), JOB, QUICK)
    assert (sent.state, "takes PDFs alone (profile a4)" in str(sent.reason)) == ("refused", True)
    target = tmp_path / "paper.bin"
    sent = send(f"file://{target}", A4, b"%PDF-1.7", QUICK)
    assert (sent.state, "needs a folder" in str(sent.reason), target.read_bytes()) == ("refused", True, b"")
    assert send("file:///dev/null", A4, b"%PDF-1.7", QUICK).state == "unconfirmed"


def test_a_disk_that_is_full_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, _content: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    sent = send(f"file://{tmp_path}", A4, b"%PDF-1.7", QUICK)
    assert (sent.state, "the disk is full" in str(sent.reason)) == ("refused", True)
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_a_font_lets_papers_wait_and_sells_on(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again by itself, once there is one."""
    hall.set_up("OFFICE", address="cups://OFFICE", profile="a4")
    key = sold(hall)

    def none(_named: str = "") -> fonts.Face:
        raise Outside(say("A PDF carries its own Chinese font, and no free one was found here."))

    with monkeypatch.context() as patched:
        patched.setattr(fonts, "face", none)
        sent = step(hall, lambda *_: Sent("unconfirmed"))
        assert sent is not None
        assert sent.state == "refused"
    assert "no free one was found" in str(jobs.reason_of(job(hall, key)))
    hall.store.clock.move(seconds=60)  # type: ignore[attr-defined]
    assert step(hall, lambda *_: Sent("unconfirmed")) == Sent("unconfirmed")


def test_a_paper_moves_between_a_roll_and_a4(hall: Hall) -> None:
    hall.set_up("P80", address="file:/dev/null", profile="80mm")
    hall.set_up("OFFICE", address="cups://OFFICE", profile="a4")
    key = sold(hall)
    assert job(hall, key).content == to_bytes(layout(RECEIPT, 48), PROFILES["80mm"])
    with hall.work() as tx:
        jobs.move(tx, key, "OFFICE")
    content = sent(hall, key)
    assert f"{job(hall, key).operator} 20" in said_in(content)
    with hall.work() as tx:
        jobs.move(tx, key, "P80")
        queue_test(tx, the_printer(tx, "OFFICE"), ONE, "测试页")
    assert job(hall, key).content.startswith(b"\x1b@")
    out: list[bytes] = []

    def noted(_address: str, _about: Profile, content: bytes) -> Sent:
        out.append(content)
        return Sent("unconfirmed")

    step(hall, noted)
    assert "测试页" in said_in(out[0])
