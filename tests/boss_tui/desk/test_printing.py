"""Printers at the desk: everybody sees them, a supervisor changes them, and what was changed is on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.desk import Desk
from data.errors import BadForm, NotAllowed, NotFound
from data.tables.printing import ANY, PrinterRoll, PrinterRoute
from data.tables.sync import AccessLog, Printer, PrintJob
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS
from tests.printers.test_logos import picture

pytestmark = pytest.mark.light

ACTS: dict[str, Callable[[Desk], Any]] = {
    "route": lambda desk: desk.printers.set_route(FACTS.counter, "receipt", "P80"),
    "no route": lambda desk: desk.printers.set_route(ANY, ANY, ""),
    "set": lambda desk: desk.printers.set_up("P80", {"state": "off"}),
    "remove": lambda desk: desk.printers.remove("P80"),
    "logo": lambda desk: desk.printers.set_logo("/dev/null"),
    "no logo": lambda desk: desk.printers.put_logo_away(),
}


def sign_on(shop: Shop, staff_no: str) -> None:
    shop.desk.signing.sign_off()
    shop.desk.signing.sign_on(staff_no, FACTS.password)


@pytest.mark.parametrize("act", ACTS)
def test_a_clerk_sees_where_papers_come_out_and_changes_nothing_of_it(shop: Shop, act: str) -> None:
    before = shop.rows(PrinterRoute), shop.rows(Printer)
    with pytest.raises(NotAllowed, match="A supervisor says"):
        ACTS[act](shop.desk)
    assert (shop.rows(PrinterRoute), shop.rows(Printer)) == before
    assert [line.code for line in shop.desk.printers.lines()] == ["P80"]
    assert {place.printer for place in shop.desk.printers.places()} == {"P80"}


@pytest.mark.parametrize("staff_no", [FACTS.supervisor, FACTS.manager])
def test_what_a_supervisor_changes_is_told_and_on_record(shop: Shop, staff_no: str) -> None:
    shop.printed()
    sign_on(shop, staff_no)
    desk = shop.desk
    told = desk.printers.set_up("P58", {"address": "file:/dev/null", "profile": "58mm"})
    assert "No paper comes out of P58 yet" in str(told[0])
    (told,) = desk.printers.set_route(FACTS.counter, "receipt", "P58")  # type: ignore[assignment]
    assert str(told) == f"At {FACTS.counter}, Receipt: out of P58 now, no more of P80."
    desk.printers.set_route(FACTS.counter, "receipt", "")
    desk.printers.set_up("P58", {"state": "off"})
    desk.printers.remove("P58")
    acts = [(row.act, row.subject, row.operator) for row in shop.rows(AccessLog) if row.act.startswith("printer.")]
    assert acts == [
        ("printer.set", "P58", staff_no),
        ("printer.route", f"{FACTS.counter} receipt P58", staff_no),
        ("printer.route", f"{FACTS.counter} receipt", staff_no),
        ("printer.set", "P58 off", staff_no),
        ("printer.remove", "P58", staff_no),
    ]


def test_a_printer_s_line_says_what_waits_and_what_is_wrong(shop: Shop) -> None:
    shop.printed()
    about = {
        "document_id": "d",
        "printer": "P80",
        "title": "t",
        "content": b"",
        "preview": "",
        "operator": "1001",
        "queued_at": shop.at(),
    }
    states = ("queued", "queued", "refused", "unknown", "sending", "acknowledged", "cancelled")
    for key, state in enumerate(states):
        shop.add(PrintJob, id=str(key), state=state, **about)
    shop.add(PrinterRoll, printer="P80", near_end_since=shop.at())
    (line,) = shop.desk.printers.lines()
    assert (line.waiting, line.unknown, line.refused, line.near_end_since) == (3, 1, True, shop.at())


def test_a_test_page_is_for_its_printer_wherever_papers_come_out(shop: Shop) -> None:
    shop.add(Printer, code="P58", address="file:/dev/null", profile="58mm")
    shop.desk.printers.test("P58")
    (job,) = [row for row in shop.rows(PrintJob) if row.document_id == "test"]
    assert (job.printer, job.operator, job.title) == ("P58", FACTS.clerk, "测试页")
    with pytest.raises(NotFound):
        shop.desk.printers.test("P99")


def test_a_supervisor_sets_the_logo_and_takes_it_away(shop: Shop, tmp_path: Path) -> None:
    sign_on(shop, FACTS.supervisor)
    file = tmp_path / "logo.png"
    file.write_bytes(picture())
    assert shop.desk.printers.logo() is None
    with pytest.raises(NotFound):
        shop.desk.printers.put_logo_away()
    found = shop.desk.printers.set_logo(str(file), "receipt")
    assert (found.number, found.kinds, found.set_by) == (1, ("receipt",), FACTS.supervisor)
    assert shop.desk.printers.logo() == found
    assert shop.desk.printers.set_logo(str(file)).number == 2
    shop.desk.printers.put_logo_away()
    assert shop.desk.printers.logo() is None
    assert [row.subject for row in shop.rows(AccessLog, act="printer.logo")] == [
        "1 receipt",
        "2 invoice,receipt,slip,contract",
        "-",
    ]


@pytest.mark.parametrize("name", ["none.png", "", "folder"])
def test_a_file_that_can_t_be_read_is_told_beside_the_picture(shop: Shop, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    sign_on(shop, FACTS.supervisor)
    with pytest.raises(BadForm) as refusal:
        shop.desk.printers.set_logo(str(tmp_path / name) if name else "")
    assert set(refusal.value.errors) == {"picture"}
