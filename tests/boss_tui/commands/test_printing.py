"""Printers and papers on their way, with a simulated printer that can be made to fail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from boss_tui.home.settings import Home
from boss_tui.start.demonstration_staff import SCRIPT
from data.clock import SystemClock
from data.journal import Author
from data.store import Store
from data.tables.sync import AccessLog, Printer, PrintJob
from printers.simulator import Simulator
from printers.spool import Spool
from printers.test_page import queue_test
from tests.boss_tui.commands.conftest import Boss
from tests.printers.reading import fonts_of, outside, texts_of


@pytest.fixture
def paper() -> Iterator[Simulator]:
    printer = Simulator("127.0.0.1", 0, 48)
    printer.start()
    yield printer
    printer.stop()


def move(boss: Boss, key: str, **values: str) -> None:
    """Put a job where a spool would have left it."""
    home = Home(boss.folder)
    store = home.open_store()
    with store.transaction(Author(home.settings.outlet, "test", "spool")) as tx:
        tx.change(tx.one(PrintJob, id=key), **values)
    store.close()


def test_a_test_page_comes_out_through_the_spool(boss: Boss, paper: Simulator) -> None:
    assert boss("printer", "set", "P80", paper.address).code == 0
    assert boss("printer", "status", "--json").json[0]["ready"] is True
    ran = boss("printer", "test", "--json")
    assert (ran.code, ran.json[0]["state"]) == (0, "acknowledged")
    assert "中文 ABC" in boss("print", "show", ran.json[0]["job"]).out
    paper.cover()
    ran = boss("printer", "status")
    assert ran.code == 3
    assert "cover" in ran.out
    ran = boss("printer", "test", "--seconds", "1")
    assert (ran.code, "refused" in ran.out) == (3, True)
    assert boss("print", "list", "--json").json == []


def test_a_printer_that_is_not_there(boss: Boss) -> None:
    ran = boss("printer", "status", "P80", "--json")
    assert (ran.code, ran.json[0]["ready"]) == (3, False)
    assert boss("printer", "status", "P99").code == 1
    assert boss("printer", "set", "P80", "telepathy:clerk").code == 2
    assert boss("printer", "set", "P80", "file:/dev/null", "--profile", "90mm").code == 1
    assert boss("printer", "set", "P80", "file:/dev/null", "--profile", "80mm-silent").code == 0
    assert boss("printer", "test", "--json").json[0]["state"] == "unconfirmed"


def test_papers_are_shown_tried_again_decided_and_copied(boss: Boss) -> None:
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    waiting = boss("print", "list", "--json").json
    first, second, *others = (job["job"] for job in waiting)
    assert len(waiting) == len(done["papers"]) == 4
    assert boss("print", "show", first[-12:]).out.strip() == "\n".join(done["papers"][0]["preview"]).strip()
    assert boss("print", "retry", first).code == 1
    move(boss, first, state="refused", not_before="2999-01-01T00:00:00.000000Z")
    assert boss("print", "retry", first).code == 0
    assert boss("print", "decide", second, "yes").code == 1
    move(boss, second, state="unknown")
    assert boss("print", "decide", second, "no").code == 0
    left = 1 + len(others)
    assert [job["state"] for job in boss("print", "list", "--json").json] == ["queued"] * left
    assert boss("print", "list").out.count("\n") == left
    assert boss("print", "list", "--all").out.count("\n") == left + 1

    assert boss("print", "copy", done["serial"], "--reason", " ").code == 1
    copies = boss("print", "copy", done["serial"], "--reason", "customer lost it", "--json").json
    assert len(copies) == len(done["papers"])
    assert any("补打" in line for line in copies[0]["preview"])
    one = boss("print", "copy", done["papers"][0]["number"], "--reason", "again", "--json").json
    assert "2" in next(line for line in one[0]["preview"] if "补打" in line)
    assert boss("print", "copy", "HZ0000", "--reason", "x").code == 1
    assert boss("verify").code == 0


def test_a_job_is_named_without_doubt(boss: Boss) -> None:
    boss("do", "C1", "--form", "-", typed=boss.example())
    assert boss("print", "show", "nothing").code == 1
    assert boss("print", "show", "%").code == 1
    assert boss("print", "show", "").code == 1


class Later(SystemClock):
    """The machine's clock, half a minute on."""

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=30)


def test_a_counter_that_is_killed_while_printing_leaves_the_printer_to_others(boss: Boss, paper: Simulator) -> None:
    """Its paper is unknown, which a person decides; what was queued behind it comes out."""
    assert boss("printer", "set", "P80", paper.address).code == 0
    paper.mute()
    testing = boss.process("printer", "test", "P80")
    home = Home(boss.folder)
    store, later = home.open_store(), home.open_store(Later())
    outlet = home.settings.outlet
    end = time.monotonic() + 60
    while not store_states(store):
        assert time.monotonic() < end
        time.sleep(0.05)
    testing.kill()
    testing.wait()
    paper.mute(False)
    waiting = boss("do", "C1", "--form", "-", typed=boss.example()).json
    assert Spool(store, outlet, "HZ0101").step("P80") is None  # who is at it may still be alive
    assert Spool(later, outlet, "HZ0101").step("P80") is not None
    left = boss("print", "list", "--json").json
    assert [job["state"] for job in left if job["title"].startswith(("Test", "测试"))] == ["unknown"]
    assert waiting["state"] == "inProgress"
    assert boss("print", "decide", left[0]["job"], "no").code == 0
    store.close()
    later.close()


@pytest.mark.parametrize("lines", [1, 4])
def test_a_counter_that_is_killed_in_the_middle_of_a_paper_prints_it_once(
    boss: Boss, paper: Simulator, lines: int
) -> None:
    """The printer has the rest, and may print it: who takes over does not send it again."""
    assert boss("printer", "set", "P80", paper.address).code == 0
    paper.slow(150)
    testing = boss.process("printer", "test", "P80")
    assert paper.wait_for(lambda roll: len(roll.lines) >= lines, 60)
    testing.kill()
    testing.wait()
    paper.slow(0)
    assert paper.wait_idle()
    home = Home(boss.folder)
    store, later = home.open_store(), home.open_store(Later())
    with store.reading() as reading:
        printer = reading.one(Printer, code="P80")
    with store.transaction(Author(home.settings.outlet, "test", "spool")) as tx:
        queue_test(tx, printer, "HZ0101", "Behind it")
    assert Spool(later, home.settings.outlet, "HZ0101").step("P80") is not None
    states = [job["state"] for job in boss("print", "list", "--all", "--json").json]
    assert sorted(states) == ["acknowledged", "unknown"]
    assert len(paper.receipts) == 2
    store.close()
    later.close()


def store_states(store: Store) -> list[str]:
    """The jobs that are being sent."""
    with store.reading() as reading:
        return [job.state for job in reading.all(PrintJob, state="sending")]


def test_a_test_page_waits_no_longer_than_it_was_told_to(boss: Boss, paper: Simulator) -> None:
    """For a printer that takes the page and says nothing; what it then does nobody hears."""
    assert boss("printer", "set", "P80", paper.address).code == 0
    paper.slow(20)  # a page takes a minute
    ran = boss("printer", "test", "P80", "--seconds", "1", "--json")
    assert (ran.code, ran.json[0]["state"]) == (3, "unknown")
    assert "Look whether it came out" in ran.json[0]["reason"]


def test_papers_that_wait_are_put_first_moved_and_given_up(boss: Boss) -> None:
    """By their keys, or the ends of them; what is given up is on record."""
    boss("do", "C1", "--form", "-", typed=boss.example())
    assert boss("printer", "set", "P58", "file:/dev/null", "--profile", "58mm").code == 0
    waiting = [job["job"] for job in boss("print", "list", "--json").json]
    assert boss("print", "first", waiting[-1][-12:]).code == 0
    assert [job["job"] for job in boss("print", "list", "--json").json] == [waiting[-1], *waiting[:-1]]
    assert boss("print", "move", waiting[0], "P58").code == 0
    moved = {job["job"]: job["printer"] for job in boss("print", "list", "--json").json}
    assert moved == {**dict.fromkeys(waiting, "P80"), waiting[0]: "P58"}
    assert boss("print", "move", waiting[1], "P99").code == 1
    assert boss("print", "cancel", waiting[1]).code == 0
    assert boss("print", "cancel", waiting[1]).code == 1
    assert waiting[1] not in {job["job"] for job in boss("print", "list", "--json").json}
    with boss.reading() as reading:
        assert [row.operator for row in reading.all(AccessLog, act="print.cancel")] == [SCRIPT.staff_no]


def test_every_paper_of_an_order_becomes_an_a4_file_as_a_marked_copy(boss: Boss, tmp_path: Path) -> None:
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    target = tmp_path / "papers.pdf"
    before = len(boss("print", "list", "--json").json)
    assert boss("print", "copy", done["serial"], "--reason", "for the file", "--pdf", target).code == 0
    pages = texts_of(target.read_bytes())
    assert len(pages) == len(done["papers"])
    for page, paper in zip(pages, done["papers"], strict=True):
        assert page.startswith("*** 补打 第1次 ***")
        assert paper["number"] in page
        assert "打印人" in page
        assert "第 1 页，共 1 页" in page
    assert outside(target.read_bytes()) == []
    assert list(fonts_of(target.read_bytes()).values()) == [True]
    assert len(boss("print", "list", "--json").json) == before  # nothing waits for a printer
    one = boss("print", "copy", done["papers"][0]["number"], "--reason", "again", "--json").json
    assert any("第2次" in line for line in one[0]["preview"])
    assert boss("verify").code == 0


@pytest.mark.parametrize("wrong", ["folder", "font", "reason"])
def test_no_copy_is_counted_that_no_file_was_made_of(boss: Boss, tmp_path: Path, wrong: str) -> None:
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    target = tmp_path / "missing" / "a.pdf" if wrong == "folder" else tmp_path / "a.pdf"
    font = {"BOSS_PDF_FONT": str(tmp_path / "none.ttf")} if wrong == "font" else {}
    reason = "" if wrong == "reason" else "for the file"
    ran = boss("print", "copy", done["serial"], "--reason", reason, "--pdf", target, **font)
    assert ran.code == (1 if wrong == "reason" else 3)
    assert ran.err.strip()
    assert not target.exists()
    copies = boss("print", "copy", done["serial"], "--reason", "r", "--json").json
    assert any("第1次" in line for line in copies[0]["preview"])


def test_a_paper_without_a_number_becomes_a4_by_its_job(boss: Boss, tmp_path: Path) -> None:
    assert boss("till", "out", "20", "--purpose", "expense", "--note", "打印纸").code == 0
    (slip,) = [job for job in boss("print", "list", "--json").json if "现金" in job["title"]]
    target = tmp_path / "slip.pdf"
    for copy in (1, 2):
        assert boss("print", "copy", slip["job"][-12:], "--reason", "存档", "--pdf", target).code == 0
        (said,) = texts_of(target.read_bytes())
        assert said.startswith(f"*** 补打 第{copy}次 ***")
        assert "打印纸" in said
    printed = boss("print", "copy", slip["job"], "--reason", "存档", "--json").json
    assert any("第3次" in line for line in printed[0]["preview"])
    assert boss("print", "copy", "nothing", "--reason", "存档").code == 1
    assert boss("verify").code == 0


def test_a_job_of_a_document_is_copied_as_that_document(boss: Boss, tmp_path: Path) -> None:
    done = boss("do", "C1", "--form", "-", typed=boss.example()).json
    job = boss("print", "list", "--json").json[0]["job"]
    assert boss("print", "copy", job, "--reason", "存档", "--pdf", tmp_path / "one.pdf").code == 0
    (said,) = texts_of((tmp_path / "one.pdf").read_bytes())
    assert any(paper["number"] in said for paper in done["papers"])
    again = boss("print", "copy", done["serial"], "--reason", "存档", "--json").json
    assert sum("第2次" in line for paper in again for line in paper["preview"]) == 1
