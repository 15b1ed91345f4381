"""Printers by command: where each counter's papers come out, at once, in whatever program; off, changed, removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.home.settings import Home
from data.journal import Author
from data.tables.printing import PrinterRoll
from data.tables.sync import Printer, PrintJob
from printers.simulator import Simulator
from tests.boss_tui.commands.conftest import SUPERVISOR, Boss
from tests.printers.test_logos import images_of, picture

DEV_NULL = "file:/dev/null"


def kinds_at(boss: Boss) -> dict[str, set[str]]:
    """The papers that wait, by printer: their kinds, as their titles say them."""
    found: dict[str, set[str]] = {}
    for job in boss("print", "list", "--json").json:
        found.setdefault(job["printer"], set()).add(job["title"].split()[0])
    return found


def sell(boss: Boss) -> None:
    """A sale with its four papers."""
    assert boss("do", "C1", "--form", "-", typed=boss.example()).code == 0


def test_a_second_printer_takes_no_paper_before_somebody_says_so(boss: Boss) -> None:
    told = boss("printer", "set", "A1", DEV_NULL)
    assert (told.code, "No paper comes out of A1 yet" in told.out) == (0, True)
    sell(boss)
    assert kinds_at(boss) == {"P80": {"发票", "收据", "业务受理单", "入网协议"}}
    assert boss("printer", "route", "set", "HZ0104", "receipt", "A1").out == (
        "At HZ0104, Receipt: out of A1 now, no more of P80.\n"
        "Papers that wait at P80 stay there: 4 (boss print move, or the queues, move them).\n"
    )
    sell(boss)
    assert kinds_at(boss) == {"P80": {"发票", "收据", "业务受理单", "入网协议"}, "A1": {"收据"}}
    assert boss("verify").code == 0


def test_the_list_says_what_is_set_and_what_holds_where_nothing_is(boss: Boss) -> None:
    boss("printer", "set", "P58", DEV_NULL, "--profile", "58mm", "--kinds", "receipt, slip")
    boss("printer", "route", "set", "HZ0102", "any", "P58")
    rows = {(row["counter"], row["kind"]): row for row in boss("printer", "route", "list", "--json").json}
    assert rows["any", "any"]["printer"] == "P80"
    assert (rows["HZ0102", "any"]["printer"], rows["HZ0102", "any"]["is_set"]) == ("P58", True)
    assert (rows["HZ0102", "slip"]["printer"], rows["HZ0102", "slip"]["is_set"]) == ("P58", False)
    assert (rows["HZ0102", "invoice"]["printer"], rows["HZ0102", "invoice"]["by"]) == ("P80", "the hall's")
    assert "HZ0102  any       P58  set for this counter" in boss("printer", "route", "list").out
    assert boss("printer", "route", "clear", "HZ0102", "any").code == 0
    assert ("HZ0102", "any") not in {(r["counter"], r["kind"]) for r in boss("printer", "route", "list", "--json").json}


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("set", "HZ0199", "receipt", "P80"), "counter:"),
        (("set", "HZ0102", "bill", "P80"), "kind:"),
        (("set", "HZ0102", "receipt", "P99"), "printer:"),
        (("clear", "HZ0102", "receipt"), "counter:"),
    ],
)
def test_what_can_not_be_set_is_wrong_usage_with_its_field(boss: Boss, arguments: tuple[str, ...], field: str) -> None:
    ran = boss("printer", "route", *arguments)
    assert (ran.code, ran.err.startswith(field)) == (2, True)


def test_the_only_printer_off_refuses_no_sale(boss: Boss) -> None:
    """Neither with an invoice nor the close of the shift: the papers wait, and come out when it is on again."""
    ran = boss("printer", "set", "P80", "--off")
    assert (ran.code, ran.out) == (0, "P80 is off: its papers wait until it is on again (now: 0).\n")
    sell(boss)
    assert boss("printer", "status", "--json").json[0]["waiting"] == 4
    cash = boss("report", "x", "--json").json["summary"]
    assert cash
    assert boss("printer", "set", "P80", "--on").code == 0
    with boss.reading() as reading:
        row = reading.one(Printer, code="P80")
    assert (row.state, row.profile) == ("active", "80mm")


def test_what_is_not_said_of_a_printer_stays_as_it_is(boss: Boss) -> None:
    boss("printer", "set", "P58", DEV_NULL, "--profile", "58mm", "--kinds", "receipt")
    assert boss("printer", "set", "P58", "file:/dev/zero", "--off").code == 0
    with boss.reading() as reading:
        row = reading.one(Printer, code="P58")
    assert (row.address, row.profile, row.kinds, row.state) == ("file:/dev/zero", "58mm", "receipt", "off")
    assert boss("printer", "set", "P58", DEV_NULL).code == 0
    with boss.reading() as reading:
        assert reading.one(Printer, code="P58").state == "active"
    assert boss("printer", "set", "P59").code == 2


def test_a_printer_is_removed_and_its_papers_go_to_another(boss: Boss) -> None:
    boss("printer", "set", "P58", DEV_NULL, "--profile", "58mm")
    sell(boss)
    refused = boss("printer", "remove", "P80")
    assert (refused.code, "--to" in refused.err) == (1, True)
    ran = boss("printer", "remove", "P80", "--to", "P58")
    assert (ran.code, "Papers that waited at P80 come out of P58: 4." in ran.out) == (0, True)
    assert list(kinds_at(boss)) == ["P58"]
    assert [line["code"] for line in boss("printer", "status", "--json").json] == ["P58"]
    assert boss("printer", "remove", "P58").code == 1
    assert boss("verify").code == 0


def test_a_stand_in_takes_papers_only_where_that_was_chosen(boss: Boss) -> None:
    """The record of each says whom it was for."""
    boss("printer", "set", "P58", DEV_NULL, "--profile", "58mm")
    ran = boss("printer", "set", "P80", "--stand-in", "P58")
    assert "P58 takes no paper of P80 before that is chosen" in ran.out
    sell(boss)
    assert boss("printer", "set", "P80", "--off").out == "P80 is off: its papers wait until it is on again (now: 4).\n"
    assert boss("printer", "set", "P80", "--fail-over", "self").out == (
        "Papers that waited at P80 come out of P58, its stand-in: 4.\n"
        "P80 is off: P58 has its papers until it is on again.\n"
    )
    sell(boss)
    found = boss("print", "list", "--json").json
    assert {(job["printer"], job["meant_for"]) for job in found} == {("P58", "P80")}
    assert len(found) == 8
    assert "On P58, in place of P80." in boss("print", "list").out
    assert boss("printer", "status", "P80", "--json").json[0]["stand_in"] == "P58"
    assert boss("printer", "set", "P80", "--fail-over", "often").code == 2
    assert boss("printer", "set", "P80", "--stand-in", "-").code == 0
    sell(boss)
    assert len([job for job in boss("print", "list", "--json").json if job["printer"] == "P80"]) == 4
    assert boss("verify").code == 0


def test_all_that_waits_at_a_printer_goes_to_another_by_one_command(boss: Boss) -> None:
    boss("printer", "set", "P58", DEV_NULL, "--profile", "58mm")
    sell(boss)
    assert boss("print", "move-all", "P80").code == 1  # it has no stand-in
    assert boss("print", "move-all", "P80", "P99").code == 1
    moved = boss("print", "move-all", "P80", "P58")
    assert (moved.code, moved.err) == (0, "Papers moved: 4\n")
    assert list(kinds_at(boss)) == ["P58"]
    again = boss("print", "move-all", "P80", "P58")
    assert (again.code, again.err) == (1, "Nothing waits at P80.\n")
    boss("printer", "set", "P58", "--stand-in", "P80", "--fail-over", "ask")
    assert boss("print", "move-all", "P58").code == 0
    assert list(kinds_at(boss)) == ["P80"]


def lose(boss: Boss) -> list[str]:
    """What waits is unknown."""
    home = Home(boss.folder)
    store = home.open_store()
    with store.transaction(Author(home.settings.outlet, "test", "spool")) as tx:
        keys = [job.id for job in tx.all(PrintJob, state="queued")]
        for key in keys:
            tx.change(tx.one(PrintJob, id=key), state="unknown", attempts=1, ended_at=tx.now())
    store.close()
    return keys


@pytest.mark.parametrize(("how", "state", "copies"), [("printed", "acknowledged", 0), ("again", "cancelled", 4)])
def test_all_unknown_papers_of_a_printer_are_decided_together(boss: Boss, how: str, state: str, copies: int) -> None:
    """What it means is said first."""
    sell(boss)
    keys = lose(boss)
    refused = boss("print", "decide-all", "P80", how)
    assert (refused.code, "If that is meant: --sure." in refused.err) == (1, True)
    assert boss("print", "decide-all", "P80", how, "--sure").code == 0
    found = {job["job"]: job for job in boss("print", "list", "--all", "--json").json}
    assert {found[key]["state"] for key in keys} == {state}
    again = [job for key, job in found.items() if key not in keys]
    assert [(job["copy"], job["state"]) for job in again] == [(1, "queued")] * copies
    assert boss("print", "decide-all", "P80", how, "--sure").code == 1
    assert boss("print", "decide-all", "P99", how, "--sure").code == 1
    assert boss("verify").code == 0


def test_one_unknown_paper_is_printed_again_as_a_copy(boss: Boss) -> None:
    sell(boss)
    key = lose(boss)[0]
    assert boss("print", "decide", key, "again").code == 0
    (copy,) = [job for job in boss("print", "list", "--json").json if job["state"] == "queued"]
    assert copy["copy"] == 1
    assert "补打 第1次" in boss("print", "show", copy["job"]).out


def test_a_roll_that_runs_low_is_seen_with_the_status_and_after_each_paper(boss: Boss) -> None:
    with Simulator("127.0.0.1", 0, 48) as paper:
        boss("printer", "set", "P80", paper.address)

        def since() -> str:
            line = boss("printer", "status", "P80", "--json").json[0]
            assert line["ready"] is True
            return str(line["near_end_since"])

        assert since() == ""
        paper.near_end()
        assert boss("printer", "test", "P80").code == 0
        assert since()
        assert "nearly used up" in boss("printer", "status").out
        paper.refill()
        assert since() == ""
        paper.near_end()
        assert boss("printer", "status").code == 0
        assert since()
        paper.refill()
        assert boss("printer", "test", "P80").code == 0
        with boss.reading() as reading:
            assert reading.one(PrinterRoll, printer="P80").near_end_since == ""


def test_a_printer_is_set_up_by_its_url_and_tried(boss: Boss, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file and a queue say nothing, and need no profile that says so."""
    with Simulator("127.0.0.1", 0, 48) as paper:
        assert boss("printer", "set", "P80", f"tcp://127.0.0.1:{paper.port}").code == 0
        assert boss("printer", "test", "P80", "--json").json[0]["state"] == "acknowledged"
    for wrong in ("tcp://", "serial:///dev/ttyS0?baud=1", "usb://x", "file://", "cups://", "ftp://x"):
        ran = boss("printer", "set", "P80", wrong)
        assert (ran.code, ran.err.startswith("address: ")) == (2, True)
    assert boss("printer", "set", "P80", f"file://{tmp_path}/lp0").code == 0
    assert boss("printer", "test", "P80", "--json").json[0]["state"] == "unconfirmed"
    (status,) = boss("printer", "status", "--json").json
    assert (status["ready"], status["state"]) == (True, "It can be reached; it can't say how it is.")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert boss("printer", "set", "P80", "cups://OFFICE").code == 0
    ran = boss("printer", "test", "P80", "--seconds", "1")
    assert (ran.code, "install CUPS" in ran.out) == (3, True)
    assert boss("printer", "status").code == 3


def test_reports_go_to_an_office_printer_and_receipts_do_not(boss: Boss, tmp_path: Path) -> None:
    """On A4, each a file of its own."""
    assert boss("printer", "set", "OFFICE", f"file://{tmp_path}", "--profile", "a4", "--kinds", "report").code == 0
    assert boss("printer", "route", "set", "any", "report", "OFFICE").code == 0
    assert boss("printer", "test", "OFFICE", "--json").json[0]["state"] == "unconfirmed"
    (page,) = tmp_path.glob("*.pdf")
    assert page.read_bytes().startswith(b"%PDF")
    assert boss("report", "x", "--print").code == 0
    sell(boss)
    assert {job["printer"] for job in boss("print", "list", "--json").json} == {"OFFICE", "P80"}
    (report,) = [job for job in boss("print", "list", "--json").json if job["printer"] == "OFFICE"]
    assert "X" in boss("print", "show", report["job"]).out


def test_a_logo_by_command_on_rolls_and_in_files(boss: Boss, tmp_path: Path) -> None:
    file, bad = tmp_path / "logo.png", tmp_path / "bad.png"
    file.write_bytes(picture())
    bad.write_bytes(b"GIF89a")
    assert boss("printer", "logo").out == "No logo is set.\n"
    assert boss("printer", "logo", file).code == 1  # a supervisor's
    told = boss("printer", "logo", bad, "--operator", SUPERVISOR)
    assert (told.code, "picture: This is no PNG picture." in told.err) == (2, True)
    assert boss("printer", "logo", file, "--kinds", "receipt", "--operator", SUPERVISOR).out == (
        "Logo no. 1, on: receipt\n"
    )
    sold = boss("do", "C1", "--form", "-", typed=boss.example()).json
    shown = {paper["kind"]: paper["preview"][0].strip() for paper in sold["papers"]}
    assert [kind for kind, first in shown.items() if first == "[LOGO]"] == ["receipt"]
    receipt = next(paper["number"] for paper in sold["papers"] if paper["kind"] == "receipt")
    copy = tmp_path / "copy.pdf"
    assert boss("print", "copy", receipt, "--reason", "lost", "--pdf", copy).code == 0
    assert len(images_of(copy.read_bytes())) == 1
    assert boss("printer", "logo", "--remove", "--operator", SUPERVISOR).out == "No logo is set.\n"
    assert boss("verify").code == 0
