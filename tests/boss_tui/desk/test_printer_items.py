"""What a person is asked of a printer's papers all together, and what a counter is told of its printers."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.hall import QueueItem
from boss_tui.desk import printers, waiting
from boss_tui.desk.copying import LOST
from data.errors import NotAllowed, NotFound
from data.journal import canonical
from data.message import say
from data.tables.document import PaperDocument
from data.tables.printing import PrinterRoll, PrinterRoute
from data.tables.sync import AccessLog, Printer, PrintJob
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

WHY = canonical(say("The printer is out of paper.").as_json())


@pytest.fixture(autouse=True)
def _printed(shop: Shop) -> None:
    """What the hall has printed so far is out."""
    shop.printed()


def job(shop: Shop, key: str, state: str, **values: Any) -> None:
    standard = {
        "document_id": "none",
        "printer": "P80",
        "title": "t",
        "content": b"",
        "preview": "",
        "operator": "1001",
        "queued_at": shop.at(),
        "state": state,
        "source": '{"kind": "receipt", "blocks": []}',
        "reason": WHY,
    }
    shop.add(PrintJob, id=key, **{**standard, **values})


def other(shop: Shop, **values: Any) -> None:
    shop.add(Printer, code="P58", address="file:/dev/null", profile="58mm", **values)


def items(shop: Shop) -> list[QueueItem]:
    with shop.store.reading() as reading:
        return [item for item in waiting.items(reading, FACTS.outlet) if item.kind == "printer"]


def settle(shop: Shop, way: str, code: str = "P80") -> None:
    shop.desk.settling.settle("printer", code, way)


def states(shop: Shop) -> list[tuple[str, str, str]]:
    return [(row.id, row.printer, row.state) for row in shop.rows(PrintJob) if len(row.id) < 3]


@pytest.mark.parametrize(
    ("unknown", "waiting_there", "refused", "off", "low", "state", "ways", "asked"),
    [
        (0, 2, False, False, False, None, [], False),
        (1, 0, False, False, False, None, [], False),
        (2, 0, False, False, False, "unknown", ["all_came_out", "all_again", "each"], True),
        (1, 2, True, False, False, "refused", ["all to P58"], False),
        (0, 2, False, True, False, "off", ["all to P58"], False),
        (0, 0, False, True, False, None, [], False),
        (2, 2, True, False, False, "unknown", ["all_came_out", "all_again", "each", "all to P58"], True),
        (0, 1, False, False, True, "near_end", [], False),
    ],
)
def test_a_printer_is_asked_about_where_there_is_something_to_ask(
    shop: Shop,
    unknown: int,
    waiting_there: int,
    refused: bool,
    off: bool,
    low: bool,
    state: str | None,
    ways: list[str],
    asked: bool,
) -> None:
    other(shop)
    for n in range(unknown):
        job(shop, f"u{n}", "unknown")
    for n in range(waiting_there):
        job(shop, f"w{n}", "refused" if refused and not n else "queued")
    if off:
        shop.alter(Printer, {"code": "P80"}, state="off")
    if low:
        shop.add(PrinterRoll, printer="P80", near_end_since=shop.at())
    found = items(shop)
    assert len(found) == (state is not None)
    for item in found:
        assert (item.key, item.state, [way.name for way in item.ways]) == ("P80", state, ways)
        assert item.goes_on is not asked
        assert str(item.title) == f"Printer P80: {waiting_there} waiting, {unknown} unknown"
        told = {
            "refused": "The printer is out of paper.",
            "off": "It is switched off.",
            "near_end": "Its paper is nearly used up: have a new roll ready.",
        }
        if state in told:
            assert str(item.reason) == told[state]
        for way in item.ways:
            assert (way.means is not None) == (way.name in printers.MEANS)


@pytest.mark.parametrize(("fail_over", "goes_on"), [("ask", False), ("never", True)])
def test_the_stand_in_comes_first_and_is_asked_for_where_the_hall_has_chosen_so(
    shop: Shop, fail_over: str, goes_on: bool
) -> None:
    other(shop)
    shop.add(Printer, code="A4", address="file:/dev/null", profile="80mm")
    shop.alter(Printer, {"code": "P80"}, stand_in="P58", fail_over=fail_over)
    job(shop, "a", "refused")
    job(shop, "b", "queued")
    (item,) = items(shop)
    assert ([way.name for way in item.ways], item.goes_on) == (["stand_in", "all to A4"], goes_on)
    settle(shop, "stand_in")
    assert states(shop) == [("a", "P58", "queued"), ("b", "P58", "queued")]
    assert {row.meant_for for row in shop.rows(PrintJob, state="queued")} == {"P80"}
    titles = [str(item.title) for item in waiting_items(shop, "print")]
    assert titles == ["t on P58, for P80"] * 2
    assert items(shop) == []
    with pytest.raises(NotAllowed, match="P58 can't take any"):
        settle(shop, "stand_in")


def waiting_items(shop: Shop, kind: str) -> list[QueueItem]:
    with shop.store.reading() as reading:
        return [item for item in waiting.items(reading, FACTS.outlet) if item.kind == kind]


def test_all_that_waits_goes_to_another(shop: Shop) -> None:
    other(shop)
    for key, state in (("a", "refused"), ("b", "queued"), ("c", "unknown")):
        job(shop, key, state)
    settle(shop, "all to P58")
    assert states(shop) == [("a", "P58", "queued"), ("b", "P58", "queued"), ("c", "P80", "unknown")]
    job(shop, "d", "queued")
    with pytest.raises(NotFound):
        settle(shop, "all to P99")


def test_all_unknown_count_as_printed(shop: Shop) -> None:
    """Those of this printer alone; what waits goes on waiting."""
    other(shop)
    for key, state in (("a", "unknown"), ("b", "queued"), ("c", "unknown")):
        job(shop, key, state)
    job(shop, "d", "unknown", printer="P58")
    settle(shop, "all_came_out")
    assert [state for _, _, state in states(shop)] == ["acknowledged", "queued", "acknowledged", "unknown"]
    assert all(row.ended_at for row in shop.rows(PrintJob) if row.state == "acknowledged")
    for way in ("all_came_out", "all_again"):
        with pytest.raises(NotAllowed, match="No paper of P80 is unknown"):
            settle(shop, way)


def sold(shop: Shop) -> list[PaperDocument]:
    """Documents of a sale, the jobs of which are unknown at another printer than those of this counter now come out
    of."""
    shop.open_account()
    other(shop)
    shop.alter(PrinterRoute, {"counter": "any", "kind": "any"}, printer="P58")
    for row in shop.rows(PrintJob, state="queued"):
        shop.alter(PrintJob, {"id": row.id}, state="unknown")
    return shop.rows(PaperDocument)


def test_all_unknown_are_printed_again_as_copies_out_of_the_same_printer(shop: Shop) -> None:
    """Marked, counted, on record; no drawer opens. The jobs that were unknown are given up."""
    before = {paper.id: paper.copies for paper in sold(shop)}
    lost = {row.id for row in shop.rows(PrintJob, state="unknown")}
    settle(shop, "all_again")
    jobs = shop.rows(PrintJob)
    assert {row.state for row in jobs if row.id in lost} == {"cancelled"}
    again = [row for row in jobs if row.state == "queued"]
    assert {row.document_id for row in again} == {row.document_id for row in jobs if row.id in lost}
    assert {(row.printer, row.state) for row in again} == {("P80", "queued")}
    for row in again:
        paper = shop.one(PaperDocument, id=row.document_id)
        assert row.copy_number == paper.copies == before[paper.id] + 1
        assert "补打" in row.preview.split("\n")[0]
        assert b"\x1bp" not in row.content
    logged = [(row.act, row.operator) for row in shop.rows(AccessLog) if row.act == "reprint"]
    assert logged == [("reprint", FACTS.clerk)] * len(again)


def test_one_unknown_is_printed_again_as_a_copy(shop: Shop) -> None:
    sold(shop)
    first = shop.rows(PrintJob, state="unknown")[0]
    shop.desk.settling.settle("print", first.id, "again")
    assert shop.one(PrintJob, id=first.id).state == "cancelled"
    (copy,) = [row for row in shop.rows(PrintJob) if row.copy_number]
    assert (copy.document_id, copy.printer) == (first.document_id, "P80")
    with pytest.raises(NotAllowed):
        shop.desk.settling.settle("print", first.id, "again")


def test_a_report_is_printed_again_as_the_next_copy_and_a_test_page_is_not(shop: Shop) -> None:
    job(shop, "x", "unknown", document_id="X 1", title="X report", copy_number=1)
    job(shop, "t", "unknown", document_id="test")
    settle(shop, "all_again")
    (copy,) = shop.rows(PrintJob, state="queued")
    assert (copy.title, copy.copy_number, copy.document_id) == ("X report", 2, "X 1")
    assert "补打 第2次" in copy.preview
    (logged,) = [row for row in shop.rows(AccessLog) if row.act == "reprint"]
    assert (logged.subject, logged.reason) == ("X report", "不知是否打出。")
    assert LOST.template


# what a counter is told


def told(shop: Shop, counter: str = FACTS.counter) -> list[str]:
    with shop.store.reading() as reading:
        return [str(message) for _, message in printers.notices(reading, counter)]


def test_a_counter_is_told_of_the_rolls_of_its_own_printers(shop: Shop) -> None:
    other(shop)
    shop.add(PrinterRoute, counter=FACTS.counter, kind="receipt", printer="P58")
    shop.add(PrinterRoll, printer="P58", near_end_since=shop.at())
    assert told(shop) == ["Printer P58: the paper is nearly used up. Have a new roll ready."]
    assert told(shop, "HZ0104") == []
    assert [str(message) for _, message in shop.desk.queues.counts().paper] == told(shop)
    keys = [key for key, _ in shop.desk.queues.counts().paper]
    shop.alter(PrinterRoll, {"printer": "P58"}, near_end_since=shop.at(minutes=9))
    assert [key for key, _ in shop.desk.queues.counts().paper] != keys
    shop.alter(PrinterRoll, {"printer": "P58"}, near_end_since="")
    assert told(shop) == []


@pytest.mark.parametrize(
    ("fail_over", "state", "asked"),
    [("ask", "refused", True), ("ask", "queued", False), ("never", "refused", False), ("self", "refused", False)],
)
def test_a_counter_is_told_that_somebody_has_to_say(shop: Shop, fail_over: str, state: str, asked: bool) -> None:
    other(shop)
    shop.alter(Printer, {"code": "P80"}, stand_in="P58", fail_over=fail_over)
    job(shop, "a", state)
    assert told(shop) == (["P80: The printer is out of paper. May P58 print it? (queues)"] if asked else [])
