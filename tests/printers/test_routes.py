"""Where papers come out: what the hall has set, row by row; what holds where nothing is set; what a change moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.clock import SeededClock
from data.errors import BadForm, BossError, NotAllowed, NotFound, OutOfStock
from data.journal import Author
from data.message import Message
from data.store import Store, UnitOfWork
from data.tables.organisation import Counter, Outlet
from data.tables.printing import ANY, PrinterRoute
from data.tables.sync import Printer, PrintJob
from printers import setting_up
from printers.document import Document, HorizontalRule
from printers.routes import (
    FIRST,
    KINDS,
    OF_COUNTER,
    OF_HALL,
    OF_KIND,
    ONLY,
    OWN,
    SET,
    clear_route,
    printer_for,
    set_route,
    table,
    taken,
)
from printers.spool import queue
from tests.engines import with_tables

OUTLET, ONE, TWO = "HZ01", "HZ0101", "HZ0102"
HALL = Author(OUTLET, "test", "hall")
ADDRESS = "file:/dev/null"


class Hall:
    """A hall of two counters without a printer."""

    def __init__(self, folder: Path) -> None:
        self.url = with_tables(folder / "hall.db")
        self.store = Store(self.url, clock=SeededClock(datetime(2026, 11, 28, 9, tzinfo=UTC)))
        with self.work() as tx:
            tx.add(Outlet, code=OUTLET, name_zh="城关", province="33")
            for code in (ONE, TWO):
                tx.add(Counter, code=code, outlet=OUTLET, name_zh=code)

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work."""
        return self.store.transaction(HALL, journalled=False)

    def set_up(self, code: str, **values: str) -> list[str]:
        """Set a printer up; what is told, in English."""
        return self.told(lambda tx: setting_up.set_up(tx, OUTLET, code, values))

    def route(self, counter: str, kind: str, printer: str) -> list[str]:
        """Set where papers come out."""
        return self.told(lambda tx: set_route(tx, OUTLET, counter, kind, printer))

    def clear(self, counter: str, kind: str) -> list[str]:
        """What was set holds no more."""
        return self.told(lambda tx: clear_route(tx, OUTLET, counter, kind))

    def remove(self, code: str, to: str = "") -> list[str]:
        """Take a printer away."""
        return self.told(lambda tx: setting_up.remove(tx, OUTLET, code, to))

    def told(self, act: Callable[[UnitOfWork], list[Message]]) -> list[str]:
        """What an act answers."""
        with self.work() as tx:
            return [str(line) for line in act(tx)]

    def at(self, counter: str, kind: str) -> str:
        """The printer that takes it."""
        with self.store.reading() as reading:
            return printer_for(reading, counter, kind).code

    def queue(self, counter: str = ONE, kind: str = "receipt") -> str:
        """A paper, and the printer that it waits at."""
        with self.work() as tx:
            key = queue(
                tx,
                Document(kind, (HorizontalRule(),)),
                document_id="d",
                order_id="",
                title="t",
                counter=counter,
                operator="1001",
            ).job_id
            return tx.one(PrintJob, id=key).printer


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """The same, made anew."""
    made = Hall(tmp_path)
    yield made
    made.store.close()


@pytest.mark.parametrize(
    ("rows", "own", "code", "by"),
    [
        ([(ONE, "receipt", "A"), (ONE, ANY, "B"), (ANY, "receipt", "C"), (ANY, ANY, "D")], "E", "A", SET),
        ([(ONE, "slip", "A"), (ONE, ANY, "B"), (ANY, "receipt", "C"), (ANY, ANY, "D")], "E", "B", OF_COUNTER),
        ([(TWO, "receipt", "A"), (TWO, ANY, "B"), (ANY, "receipt", "C"), (ANY, ANY, "D")], "E", "E", OWN),
        ([(TWO, "receipt", "A"), (ANY, "receipt", "C"), (ANY, ANY, "D")], "", "C", OF_KIND),
        ([(ANY, "slip", "C"), (ANY, ANY, "D")], "", "D", OF_HALL),
        ([], "", "A", FIRST),
        ([(ONE, "receipt", "N"), (ANY, ANY, "D")], "", "D", OF_HALL),
        ([(ONE, ANY, "N"), (ANY, ANY, "N")], "N", "A", FIRST),
    ],
)
def test_what_is_set_nearest_counts(
    hall: Hall, rows: list[tuple[str, str, str]], own: str, code: str, by: Message
) -> None:
    """A printer that does not take the paper, N, counts nowhere."""
    with hall.work() as tx:
        for printer in "ABCDE":
            tx.add(Printer, code=printer, address=ADDRESS, profile="80mm")
        tx.add(Printer, code="N", address=ADDRESS, profile="80mm", kinds="report")
        for counter, kind, printer in rows:
            tx.add(PrinterRoute, counter=counter, kind=kind, printer=printer)
        tx.change(tx.one(Counter, code=ONE), printer=own)
    with hall.store.reading() as reading:
        found = taken(reading, ONE, "receipt")
    assert (found.printer.code, found.by) == (code, by)


def test_a_printer_that_is_added_takes_the_papers_of_nobody(hall: Hall) -> None:
    """Whatever its code is; only what no other takes comes out of it."""
    assert hall.set_up("P80", address=ADDRESS, profile="80mm", kinds="invoice,receipt,slip") == [
        "At HZ0101, HZ0102, Invoice, Receipt, Service slip: out of P80 now.",
    ]
    (told,) = hall.set_up("A1", address=ADDRESS, profile="58mm", kinds="receipt")
    assert told.startswith("No paper comes out of A1 yet: say which")
    assert [hall.at(counter, kind) for counter in (ONE, TWO) for kind in ("invoice", "receipt")] == ["P80"] * 4
    with pytest.raises(OutOfStock):
        hall.at(ONE, "contract")
    assert hall.set_up("A2", address=ADDRESS, profile="80mm") == [
        "At HZ0101, HZ0102, Entry contract, Report, Cash slip: out of A2 now.",
    ]
    with hall.store.reading() as reading:
        assert taken(reading, ONE, "contract").by == ONLY


def test_printers_that_nothing_was_set_for_keep_their_papers_when_another_comes(hall: Hall) -> None:
    """A store of before: what takes papers now is set as the hall's, then the other is added."""
    with hall.work() as tx:
        tx.add(Printer, code="P80", address=ADDRESS, profile="80mm")
    hall.set_up("A1", address=ADDRESS, profile="80mm")
    assert hall.at(ONE, "receipt") == "P80"
    with hall.store.reading() as reading:
        assert reading.one(PrinterRoute, counter=ANY, kind=ANY).printer == "P80"


def test_a_route_holds_at_once_in_another_program(hall: Hall) -> None:
    """One that has read where papers come out before."""
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    other = Store(hall.url)

    def there() -> str:
        with other.reading() as reading:
            return printer_for(reading, TWO, "receipt").code

    assert there() == "P80"
    assert hall.route(TWO, "receipt", "P58") == ["At HZ0102, Receipt: out of P58 now, no more of P80."]
    assert (there(), hall.at(ONE, "receipt"), hall.at(TWO, "invoice")) == ("P58", "P80", "P80")
    assert hall.clear(TWO, "receipt") == ["At HZ0102, Receipt: out of P80 now, no more of P58."]
    assert there() == "P80"
    hall.route(ANY, ANY, "P58")
    assert there() == "P58"
    other.close()


def test_what_moves_alike_is_told_in_one_line(hall: Hall) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    assert hall.route(ANY, ANY, "P58") == ["At HZ0101, HZ0102, every paper: out of P58 now, no more of P80."]
    hall.route(ONE, "receipt", "P80")
    assert hall.route(ANY, ANY, "P80") == [
        "At HZ0101, HZ0102, Invoice, Service slip, Entry contract, Report, Cash slip: out of P80 now, no more of P58.",
        "At HZ0102, Receipt: out of P80 now, no more of P58.",
    ]


def test_papers_that_wait_stay_where_they_are(hall: Hall) -> None:
    """It is told how many."""
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    assert [hall.queue(), hall.queue()] == ["P80", "P80"]
    told = hall.route(ONE, "receipt", "P58")
    assert told[1:] == ["Papers that wait at P80 stay there: 2 (boss print move, or the queues, move them)."]
    assert hall.queue() == "P58"


@pytest.mark.parametrize(
    ("counter", "kind", "printer", "fields"),
    [
        ("HZ0103", "receipt", "P80", ["counter"]),
        ("", "receipt", "P80", ["counter"]),
        (ONE, "", "P80", ["kind"]),
        (ONE, "recept", "P80", ["kind"]),
        (ONE, "receipt", "P81", ["printer"]),
        (ONE, "invoice", "P58", ["printer"]),
        (ONE, "receipt", "", ["printer"]),
        ("ALL", "ALL", "P99", ["counter", "kind", "printer"]),
        (ONE, ANY, "GONE", ["printer"]),
    ],
)
def test_what_can_not_be_set_is_said_beside_each_field(
    hall: Hall, counter: str, kind: str, printer: str, fields: list[str]
) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm", kinds="receipt")
    hall.set_up("GONE", address=ADDRESS, profile="58mm")
    hall.remove("GONE")
    with pytest.raises(BadForm) as wrong:
        hall.route(counter, kind, printer)
    assert list(wrong.value.errors) == fields


def test_a_route_is_set_however_it_is_typed_and_one_to_a_printer_that_is_off_says_so(hall: Hall) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("p58", address=ADDRESS, profile="58mm", state="off")
    assert hall.route(" hz0102 ", "Receipt", "p58") == [
        "At HZ0102, Receipt: out of p58 now, no more of P80.",
        "p58 is off: its papers wait until it is on again (now: 0).",
    ]
    hall.clear("Hz0102", "RECEIPT")
    hall.set_up("p58", state="active")
    hall.route("Any", "ANY", "p58")
    assert hall.at(TWO, "slip") == "p58"


def test_what_was_not_set_can_not_be_cleared_nor_the_hall_s_own_choice_of_several(hall: Hall) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    assert hall.clear(ANY, ANY) == []  # of one printer there is no choice
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    for counter, kind in ((ONE, "receipt"), (ANY, ANY)):
        with pytest.raises(BadForm):
            hall.clear(counter, kind)


def test_the_table_says_of_each_paper_where_and_by_what(hall: Hall) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm", kinds="receipt,slip")
    hall.route(TWO, ANY, "P58")
    with hall.store.reading() as reading:
        rows = [(row.counter, row.kind, row.printer, row.is_set, row.by) for row in table(reading, OUTLET)]
    assert rows == [
        (ANY, ANY, "P80", True, OF_HALL),
        *((ANY, kind, "P80", False, OF_HALL) for kind in KINDS),
        *((ONE, kind, "P80", False, OF_HALL) for kind in KINDS),
        (TWO, ANY, "P58", True, OF_COUNTER),
        (TWO, "invoice", "P80", False, OF_HALL),
        (TWO, "receipt", "P58", False, OF_COUNTER),
        (TWO, "slip", "P58", False, OF_COUNTER),
        (TWO, "contract", "P80", False, OF_HALL),
        (TWO, "report", "P80", False, OF_HALL),
        (TWO, "cash", "P80", False, OF_HALL),
    ]


# a printer that is off, changed, removed


def test_a_printer_that_is_off_keeps_its_papers_waiting(hall: Hall) -> None:
    """Also the only one: nothing that is sold waits for it. None of it goes to another that nobody has named."""
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    assert hall.set_up("P80", state="off") == ["P80 is off: its papers wait until it is on again (now: 0)."]
    assert hall.queue() == "P80"
    hall.set_up("A1", address=ADDRESS, profile="80mm")
    assert hall.queue() == "P80"
    assert hall.set_up("P80", profile="58mm") == ["P80 is off: its papers wait until it is on again (now: 2)."]
    assert hall.set_up("P80", state="active") == []


def test_what_a_printer_takes_no_more_comes_out_elsewhere_and_that_is_told(hall: Hall) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    hall.route(ONE, "receipt", "P58")
    assert hall.set_up("P58", kinds="slip") == ["At HZ0101, Receipt: out of P80 now, no more of P58."]
    told = hall.set_up("P80", kinds="slip")
    assert told[0] == (
        "At HZ0101, HZ0102, Invoice, Receipt, Entry contract, Report, Cash slip: no printer takes it any more, "
        "and nothing that needs it can be done. "
        "Set one up (boss printer set)."
    )


@pytest.mark.parametrize(
    ("code", "values", "fields"),
    [
        ("p 80", {"address": ADDRESS}, ["code"]),
        ("", {"address": ADDRESS}, ["code"]),
        ("P" * 17, {"address": ADDRESS}, ["code"]),
        ("打印机", {"address": ADDRESS}, ["code"]),
        ("ANY", {"address": ADDRESS}, ["code"]),
        ("P81", {}, ["address"]),
        ("P81", {"address": "telepathy:x"}, ["address"]),
        ("P81", {"address": ADDRESS, "kinds": "receipt,bill"}, ["kinds"]),
        ("P80", {"kinds": ""}, ["kinds"]),
        ("P80", {"stand_in": "P80"}, ["stand_in"]),
        ("P80", {"stand_in": "P99"}, ["stand_in"]),
        ("P80", {"fail_over": "self"}, ["stand_in"]),
        ("P80", {"fail_over": "often"}, ["fail_over"]),
        ("!", {"address": "", "kinds": "x"}, ["code", "address", "kinds"]),
    ],
)
def test_what_is_wrong_with_a_printer_is_said_beside_each_field(
    hall: Hall, code: str, values: dict[str, str], fields: list[str]
) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    with pytest.raises(BadForm) as wrong:
        hall.set_up(code, **values)
    assert list(wrong.value.errors) == fields


def test_a_profile_that_there_is_none_of_is_said_beside_it(hall: Hall) -> None:
    with pytest.raises(NotFound) as wrong:
        hall.set_up("P80", address=ADDRESS, profile="90mm")
    assert wrong.value.field == "profile"


def test_a_printer_is_removed_with_all_that_comes_out_of_it(hall: Hall) -> None:
    """What waits at it, and what is set, goes to another."""
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    hall.set_up("P80", stand_in="P58", fail_over="ask")
    hall.route(ONE, "receipt", "P58")
    hall.route(TWO, "slip", "P58")
    assert hall.queue() == "P58"
    for to in ("", "P58", "P99"):
        with pytest.raises(NotAllowed) as refused:
            hall.remove("P58", to)
        assert refused.value.field == "to"
    assert hall.remove("P58", "P80") == [
        "At HZ0101, Receipt: out of P80 now, no more of P58.",
        "At HZ0102, Service slip: out of P80 now, no more of P58.",
        "Papers that waited at P58 come out of P80: 1.",
        "P80 has no stand-in any more: its papers wait.",
    ]
    with hall.store.reading() as reading:
        assert {job.printer for job in reading.all(PrintJob)} == {"P80"}
        assert {row.printer for row in reading.all(PrinterRoute)} == {"P80"}
        assert reading.one(Printer, code="P80").fail_over == "never"
    with pytest.raises(NotFound):
        hall.remove("P58")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    assert hall.at(ONE, "receipt") == "P80"


@pytest.mark.parametrize(
    ("state", "removed"),
    [
        ("queued", False),
        ("refused", False),
        ("sending", False),
        ("unknown", False),
        ("acknowledged", True),
        ("cancelled", True),
    ],
)
def test_a_printer_with_papers_is_not_removed_before_they_have_a_place(hall: Hall, state: str, removed: bool) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    hall.route(ONE, "receipt", "P58")
    hall.queue()
    with hall.work() as tx:
        (job,) = tx.all(PrintJob)
        tx.change(job, state=state)
    if removed:
        assert hall.remove("P58") == ["At HZ0101, Receipt: out of P80 now, no more of P58."]
    else:
        with pytest.raises(BossError):
            hall.remove("P58")


def test_the_only_printer_and_the_hall_s_own_are_not_removed_just_so(hall: Hall) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    with pytest.raises(NotAllowed, match="only printer"):
        hall.remove("P80")
    hall.set_up("P58", address=ADDRESS, profile="58mm")
    with pytest.raises(NotAllowed, match="the hall's own") as refused:
        hall.remove("P80")
    assert refused.value.field == "to"
    hall.remove("P80", "P58")
    assert hall.at(ONE, "invoice") == "P58"
