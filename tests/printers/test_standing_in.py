"""What becomes of papers while their printer can't print: they wait, or its stand-in has them, as the hall has chosen.
Whatever is chosen, each comes out once, in its order, and says whom it was meant for."""

from __future__ import annotations

import pytest

from data.errors import BossError, NotFound, Outside
from data.message import Message
from data.tables.printing import PrinterRoll
from data.tables.sync import Printer, PrintJob
from printers import jobs, setting_up
from printers import spool as spool_of
from printers.devices import Sent
from printers.document import Cut, Document, Drawer, Row
from printers.escpos import to_bytes
from printers.layout import layout
from printers.profiles import Profile, profile
from printers.routes import set_route, the_printer
from printers.spool import LOOK, RETRY_SECONDS, Spool, note_roll, queue
from printers.status import Status
from printers.test_page import queue_test
from tests.printers.test_routes import ADDRESS, ONE, OUTLET, Hall, hall

__all__ = ["hall"]

RECEIPT = Document("receipt", (Row(("话费", "100.00")), Drawer(), Cut()))
SHUT = Document("receipt", (Row(("话费", "100.00")), Cut()))


class Two:
    """P80 is the hall's, P58 may stand in for it; what either prints, and which of them can."""

    def __init__(self, hall: Hall, fail_over: str, kinds: str = "receipt,slip") -> None:
        self.hall = hall
        hall.set_up("P80", address="file:/tmp/80", profile="80mm")
        hall.set_up("P58", address="file:/tmp/58", profile="58mm", kinds=kinds)
        hall.set_up("P80", stand_in="P58", fail_over=fail_over)
        self.down: set[str] = set()
        self.printed: list[tuple[str, bytes]] = []
        self.spool = Spool(hall.store, OUTLET, ONE, self._deliver)

    def _deliver(self, address: str, _about: Profile, content: bytes) -> Sent:
        code = f"P{address[-2:]}"
        if code in self.down:
            return Sent("refused", Message("The printer is out of paper."))
        self.printed.append((code, content))
        return Sent("acknowledged")

    def sell(self, kind: str = "receipt") -> str:
        """A paper is queued; its key."""
        with self.hall.work() as tx:
            return queue(
                tx,
                Document(kind, RECEIPT.blocks),
                document_id="d",
                order_id="",
                title=kind,
                counter=ONE,
                operator="1001",
            ).job_id

    def work(self) -> None:
        """Both printers print what they can, until nothing goes on."""
        self.hall.store.clock.move(seconds=RETRY_SECONDS[-1])  # type: ignore[attr-defined]
        while [None for printer in self.spool.printers() if self.spool.step(printer) is not None]:
            pass

    def job(self, key: str) -> PrintJob:
        """A paper's row."""
        with self.hall.store.reading() as reading:
            return reading.one(PrintJob, id=key)

    def where(self, *keys: str) -> list[tuple[str, str, str]]:
        """Printer, whom it was meant for, and state of papers."""
        return [(job.printer, job.meant_for, job.state) for job in map(self.job, keys)]


@pytest.mark.parametrize(
    ("fail_over", "after", "meant_for"), [("never", "P80", ""), ("ask", "P80", ""), ("self", "P58", "P80")]
)
def test_new_papers_of_a_printer_that_is_off_go_where_the_hall_has_chosen(
    hall: Hall, fail_over: str, after: str, meant_for: str
) -> None:
    two = Two(hall, fail_over)
    waiting = two.sell()
    hall.set_up("P80", state="off")
    new, other = two.sell(), two.sell("invoice")
    assert two.where(waiting, new) == [(after, meant_for, "queued")] * 2
    assert two.where(other) == [("P80", "", "queued")]  # which P58 does not take
    hall.set_up("P80", state="active")
    assert two.where(two.sell()) == [("P80", "", "queued")]


@pytest.mark.parametrize(("fail_over", "comes"), [("never", "P80"), ("ask", "P80"), ("self", "P58")])
def test_papers_of_a_printer_that_does_not_take_them_go_where_the_hall_has_chosen(
    hall: Hall, fail_over: str, comes: str
) -> None:
    """In their order, and each once; on the other one they open no drawer."""
    two = Two(hall, fail_over)
    keys = [two.sell() for _ in range(3)]
    two.down = {"P80"}
    two.work()
    assert len(two.printed) == (3 if comes == "P58" else 0)
    keys.append(two.sell())
    two.work()
    two.down = set()
    two.work()
    about, paper = (profile("58mm"), SHUT) if comes == "P58" else (profile("80mm"), RECEIPT)
    assert two.printed == [(comes, to_bytes(layout(paper, about.columns), about))] * 4
    assert two.where(*keys) == [(comes, "P80" if comes == "P58" else "", "acknowledged")] * 4
    ended = [two.job(key).ended_at for key in keys]
    assert ended == sorted(ended)
    two.sell()
    two.work()
    assert two.printed[-1][0] == "P80"  # which prints again


def test_what_the_stand_in_can_not_print_either_waits_there_and_does_not_wander(hall: Hall) -> None:
    """Two that stand in for each other: a paper goes over once."""
    two = Two(hall, "self")
    hall.set_up("P58", stand_in="P80", fail_over="self")
    two.down = {"P80", "P58"}
    key = two.sell()
    for _ in range(3):
        two.work()
    assert two.where(key) == [("P58", "P80", "refused")]
    assert two.printed == []
    two.down = {"P80"}
    two.work()
    assert [code for code, _ in two.printed] == ["P58"]


@pytest.mark.parametrize("state", ["off", "removed"])
def test_a_stand_in_that_is_not_there_takes_nothing(hall: Hall, state: str) -> None:
    two = Two(hall, "self")
    with hall.work() as tx:
        tx.change(the_printer(tx, "P58"), state=state)
    two.down = {"P80"}
    key = two.sell()
    two.work()
    assert two.where(key) == [("P80", "", "refused")]
    hall.set_up("P80", state="off")
    assert two.where(two.sell()) == [("P80", "", "queued")]


@pytest.mark.parametrize("state", ["unknown", "sending", "acknowledged", "unconfirmed", "cancelled"])
def test_only_what_waits_goes_over(hall: Hall, state: str) -> None:
    """What may have come out is nobody's to print again."""
    two = Two(hall, "self")
    key = two.sell()
    with hall.work() as tx:
        tx.change(tx.one(PrintJob, id=key), state=state)
        assert jobs.fail_over(tx, the_printer(tx, "P80")) == []
    assert two.where(key) == [("P80", "", state)]


def test_of_very_many_papers_some_go_over_at_a_time_in_their_order(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no sale waits for them."""
    monkeypatch.setattr(spool_of, "AT_ONCE", 2)
    two = Two(hall, "self")
    keys = [two.sell() for _ in range(5)]
    two.down = {"P80"}
    two.spool.step("P80")
    assert [where for where, _, _ in two.where(*keys)] == ["P58", "P58", "P80", "P80", "P80"]
    two.work()
    two.work()
    assert two.where(*keys) == [("P58", "P80", "acknowledged")] * 5
    ended = [two.job(key).ended_at for key in keys]
    assert ended == sorted(ended)


def the_printer_now(hall: Hall, code: str) -> Printer:
    """A printer's row."""
    with hall.store.reading() as reading:
        return the_printer(reading, code)


def test_a_test_page_is_of_its_own_printer(hall: Hall) -> None:
    two = Two(hall, "self")
    with hall.work() as tx:
        key = queue_test(tx, the_printer(tx, "P80"), ONE, "Test")
    two.down = {"P80"}
    two.work()
    assert two.where(key) == [("P80", "", "refused")]


def test_what_is_chosen_while_a_printer_is_down_holds_for_what_waits(hall: Hall) -> None:
    """And it is told what went over."""
    two = Two(hall, "never")
    key = two.sell()
    two.down = {"P80"}
    two.work()
    assert two.where(key) == [("P80", "", "refused")]
    assert hall.set_up("P80", fail_over="self") == ["Papers that waited at P80 come out of P58, its stand-in: 1."]
    assert two.where(key) == [("P58", "P80", "queued")]
    assert hall.set_up("P80", state="off") == ["P80 is off: P58 has its papers until it is on again."]
    two.sell("invoice")
    assert hall.set_up("P80", profile="80mm") == [
        "P80 is off: P58 has its papers until it is on again.",
        "P80 is off: its papers wait until it is on again (now: 1).",
    ]
    assert hall.set_up("P80", state="active", fail_over="never", stand_in="P58") == [
        "P58 takes no paper of P80 before that is chosen (--fail-over ask, or self)."
    ]


def test_a_person_moves_a_paper_on_and_it_is_meant_for_that_printer_then(hall: Hall) -> None:
    two = Two(hall, "self")
    key = two.sell()
    hall.set_up("P80", state="off")
    hall.set_up("A4", address=ADDRESS, profile="80mm")
    with hall.work() as tx:
        jobs.move(tx, key, "A4")
    assert two.where(key) == [("A4", "", "queued")]
    hall.remove("A4", "P80")
    with hall.work() as tx, pytest.raises(NotFound):
        jobs.move(tx, key, "A4")


def test_papers_of_a_counter_with_a_printer_of_its_own_are_not_touched(hall: Hall) -> None:
    two = Two(hall, "self")
    hall.told(lambda tx: set_route(tx, OUTLET, ONE, "receipt", "P58"))
    two.down = {"P80"}
    key, other = two.sell(), two.sell("slip")
    two.work()
    assert two.where(key, other) == [("P58", "", "acknowledged"), ("P58", "P80", "acknowledged")]


# the roll


def test_a_roll_that_runs_low_is_noted_once_and_no_more_with_a_new_one(hall: Hall) -> None:
    """With the paper that said so, before the roll is empty."""
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    said = {"near_end": False}
    spool = Spool(hall.store, OUTLET, ONE, lambda *_: Sent("acknowledged", near_end=said["near_end"]))

    def printed() -> str | None:
        hall.queue()
        hall.store.clock.move(seconds=1)  # type: ignore[attr-defined]
        spool.step("P80")
        with hall.store.reading() as reading:
            row = reading.find(PrinterRoll, printer="P80")
        return row.near_end_since if row else None

    assert printed() is None
    said["near_end"] = True
    since = printed()
    assert since
    assert printed() == since
    said["near_end"] = False
    assert [printed(), printed()] == ["", ""]
    said["near_end"] = True
    again = printed()
    assert again
    assert again > since


def test_a_new_roll_is_seen_while_no_paper_comes_out(hall: Hall) -> None:
    """A printer is asked while its roll runs low alone, and not all the time."""
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    asked: list[str] = []
    told: list[Status | BossError] = []

    def ask(address: str, _about: Profile) -> Status:
        asked.append(address)
        said = told.pop(0)
        if isinstance(said, BossError):
            raise said
        return said

    spool = Spool(hall.store, OUTLET, ONE, ask=ask)

    def look(after: float, *said: Status | BossError) -> bool:
        hall.store.clock.move(seconds=after)  # type: ignore[attr-defined]
        told[:] = said
        spool.look("P80")
        with hall.store.reading() as reading:
            return bool(reading.one(PrinterRoll, printer="P80").near_end_since)

    spool.look("P80")
    with hall.work() as tx:
        note_roll(tx, "P80", True)
    ready, seconds = {"answered": True, "online": True}, LOOK.total_seconds()
    assert look(0, Status(**ready, near_end=True))
    assert look(seconds - 1)  # it is not asked
    assert look(1, Outside(Message("It is away.")))
    assert look(seconds, Status())
    assert look(seconds, Status(answered=True, paper_out=True))
    assert not look(seconds, Status(**ready))
    assert not look(seconds)
    assert len(asked) == 5


@pytest.mark.parametrize("state", ["refused", "unknown", "unconfirmed"])
def test_who_does_not_confirm_says_nothing_of_its_roll(hall: Hall, state: str) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    with hall.work() as tx:
        note_roll(tx, "P80", True)
    hall.queue()
    Spool(hall.store, OUTLET, ONE, lambda *_: Sent(state)).step("P80")  # type: ignore[arg-type]
    with hall.store.reading() as reading:
        assert reading.one(PrinterRoll, printer="P80").near_end_since


def test_words_of_all_that_may_be_chosen() -> None:
    assert list(setting_up.FAIL_OVER) == ["never", "ask", "self"]
