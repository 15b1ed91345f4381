"""A job belongs to its printer: who sends it may die, at any moment, and whoever is alive goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from boss_tui.start.background import Printers
from data.clock import SeededClock
from data.errors import NotAllowed, NotFound
from data.journal import Author
from data.store import Store
from data.tables.organisation import Counter, Outlet
from data.tables.sync import Printer, PrintJob
from printers import jobs, spool
from printers.devices import Sent
from printers.document import Cut, Document, Drawer, HorizontalRule, Row
from printers.escpos import to_bytes
from printers.layout import layout
from printers.profiles import Profile, profile
from printers.spool import LEASE, Spool
from printers.test_page import queue_test
from tests.engines import with_tables

BEGUN = datetime(2026, 11, 28, 9, tzinfo=UTC)
HALL = Author("HZ01", "test", "hall")


class Hall:
    """A store with printers and papers, and a clock that is moved by hand."""

    def __init__(self, store: Store, clock: SeededClock) -> None:
        self.store, self.clock = store, clock
        with store.transaction(HALL) as tx:
            tx.add(Printer, code="P80", address="file:/dev/null", profile="80mm")

    def queue(self, *keys: str, printer: str = "P80") -> None:
        """Papers, each a second after the one before."""
        for key in keys:
            self.clock.move(seconds=1)
            with self.store.transaction(HALL) as tx:
                tx.add(
                    PrintJob,
                    id=key,
                    document_id="d",
                    printer=printer,
                    title=key,
                    content=key.encode(),
                    preview=key,
                    operator="1001",
                    queued_at=tx.now(),
                )

    def states(self) -> dict[str, str]:
        """Where each paper is."""
        with self.store.reading() as reading:
            return {job.id: job.state for job in reading.all(PrintJob, order=("queued_at",))}

    def job(self, key: str) -> PrintJob:
        """One paper's row."""
        with self.store.reading() as reading:
            return reading.one(PrintJob, id=key)

    def dies_at(self, key: str) -> None:
        """A sender takes the next paper, which is this, and is gone."""

        def gone(_address: str, _profile: Profile, content: bytes) -> Sent:
            assert content == key.encode()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            Spool(self.store, "HZ01", "HZ0102", gone).step("P80")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """The same, made anew."""
    clock = SeededClock(BEGUN)
    store = Store(with_tables(tmp_path / "hall.db"), clock=clock)
    yield Hall(store, clock)
    store.close()


def comes_out(_address: str, _profile: Profile, _content: bytes) -> Sent:
    """A printer that is well."""
    return Sent("acknowledged")


def test_who_dies_while_printing_blocks_nobody(hall: Hall) -> None:
    """The paper is unknown once the lease has run out, not before, and the next come out, whoever is asked for them."""
    hall.queue("1", "2", "3")
    hall.dies_at("1")
    other = Spool(hall.store, "HZ01", "HZ0101", comes_out)
    hall.clock.move(seconds=LEASE.total_seconds() - 1)
    assert (other.take_over(), other.step("P80")) == (0, None)
    assert hall.states() == {"1": "sending", "2": "queued", "3": "queued"}
    hall.clock.move(seconds=1)
    assert other.step("P80") == Sent("acknowledged")
    assert hall.states() == {"1": "unknown", "2": "acknowledged", "3": "queued"}
    assert "Look whether it came out" in str(jobs.reason_of(hall.job("1")))
    assert hall.job("1").ended_at


def test_a_lease_is_renewed_for_as_long_as_the_printer_takes(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that takes minutes for a paper is not taken for dead."""
    monkeypatch.setattr(spool, "RENEWED_SECONDS", 0.01)
    hall.queue("1", "2")
    taken, other = hall.job("1"), Spool(hall.store, "HZ01", "HZ0101", comes_out)

    def slow(_address: str, _profile: Profile, _content: bytes) -> Sent:
        for _ in range(3):
            hall.clock.move(seconds=LEASE.total_seconds() - 1)
            before = hall.job("1").leased_until
            until(lambda before=before: hall.job("1").leased_until > before)
            assert other.take_over() == 0
        return Sent("acknowledged")

    assert taken.leased_until == ""
    Spool(hall.store, "HZ01", "HZ0102", slow).step("P80")
    assert hall.states() == {"1": "acknowledged", "2": "queued"}


def until(holds: object) -> None:
    """Wait for what another thread does."""
    assert callable(holds)
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("ended", "decided", "state"),
    [
        ("acknowledged", "", "acknowledged"),
        ("unconfirmed", "", "unconfirmed"),
        ("unknown", "", "unknown"),
        ("refused", "", "refused"),
        ("acknowledged", "lost", "cancelled"),
        ("refused", "came out", "acknowledged"),
        ("refused", "lost", "cancelled"),
    ],
)
def test_who_was_held_for_gone_and_is_not_tells_what_became_of_it(
    hall: Hall, ended: str, decided: str, state: str
) -> None:
    """A machine that was suspended: what it knows is better than not to know; what a person said of it stands."""
    hall.queue("1")
    other = Spool(hall.store, "HZ01", "HZ0101", comes_out)

    def suspended(_address: str, _profile: Profile, _content: bytes) -> Sent:
        hall.clock.move(seconds=LEASE.total_seconds() + 1)
        assert other.take_over() == 1
        if decided:
            with hall.store.transaction(HALL) as tx:
                jobs.decide(tx, "1", decided == "came out")
        return Sent(ended)  # type: ignore[arg-type]

    Spool(hall.store, "HZ01", "HZ0102", suspended).step("P80")
    assert hall.states() == {"1": state}
    assert bool(hall.job("1").ended_at) == (state != "refused")


def test_what_a_sender_tries_again_is_not_settled_by_its_first_try(hall: Hall) -> None:
    """A try that ends late says nothing of the next one."""
    hall.queue("1")
    again = Spool(hall.store, "HZ01", "HZ0102", comes_out)

    def late(_address: str, _profile: Profile, _content: bytes) -> Sent:
        with hall.store.transaction(HALL) as tx:
            tx.change(tx.one(PrintJob, id="1"), state="queued")
        again.step("P80")
        return Sent("refused")

    Spool(hall.store, "HZ01", "HZ0102", late).step("P80")
    assert hall.states() == {"1": "acknowledged"}


def test_a_clock_that_is_put_back_keeps_no_printer(hall: Hall) -> None:
    """The lease ends by the time that the journal knows."""
    hall.queue("1", "2")
    hall.dies_at("1")
    hall.clock.move(hours=-5)
    hall.clock.move(hours=5, seconds=LEASE.total_seconds())
    assert Spool(hall.store, "HZ01", "HZ0101", comes_out).step("P80") == Sent("acknowledged")


def test_two_senders_never_send_one_paper(hall: Hall) -> None:
    """Nor two papers to one printer at a time."""
    hall.queue(*"123456789")
    at_once: list[str] = []
    seen: list[str] = []

    def one_at_a_time(_address: str, _profile: Profile, content: bytes) -> Sent:
        at_once.append("")
        assert len(at_once) == 1
        seen.append(content.decode())
        at_once.pop()
        return Sent("acknowledged")

    def work(counter: str) -> None:
        sending = Spool(hall.store, "HZ01", counter, one_at_a_time)
        while "queued" in hall.states().values():
            sending.step("P80")

    threads = [threading.Thread(target=work, args=(f"HZ010{n}",)) for n in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == list("123456789")
    assert set(hall.states().values()) == {"acknowledged"}


def test_a_printer_that_is_set_up_prints_at_once_and_one_that_is_off_no_longer(hall: Hall) -> None:
    """Without the desk being opened again."""
    sent: list[tuple[str, bytes]] = []

    def noted(address: str, _profile: Profile, content: bytes) -> Sent:
        sent.append((address, content))
        return Sent("acknowledged")

    printers = Printers(Spool(hall.store, "HZ01", "HZ0101", noted))
    printers.start()
    try:
        hall.queue("1")
        printers.wake()
        until(lambda: hall.states() == {"1": "acknowledged"})
        with hall.store.transaction(HALL) as tx:
            tx.add(Printer, code="A4", address="file:/tmp/a4", profile="80mm")
            tx.change(tx.one(Printer, code="P80"), state="off")
        hall.queue("2")
        hall.queue("3", printer="A4")
        printers.wake()
        until(lambda: hall.states()["3"] == "acknowledged")
        assert hall.states() == {"1": "acknowledged", "2": "queued", "3": "acknowledged"}
        assert sent == [("file:/dev/null", b"1"), ("file:/tmp/a4", b"3")]
        with hall.store.transaction(HALL) as tx:
            tx.change(tx.one(Printer, code="P80"), state="active")
        printers.wake()
        until(lambda: hall.states()["2"] == "acknowledged")
    finally:
        printers.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("printer")]


def change_printer(hall: Hall, **values: str) -> None:
    """What a supervisor does to the printer."""
    with hall.store.transaction(HALL) as tx:
        tx.change(tx.one(Printer, code="P80"), **values)


def test_a_printer_is_asked_as_it_is_when_its_paper_is_taken(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is moved, switched off or removed after a sender looked at it, and before that sender takes the paper."""
    went: list[str] = []

    def noted(address: str, _profile: Profile, _content: bytes) -> Sent:
        went.append(address)
        return Sent("acknowledged")

    sending = Spool(hall.store, "HZ01", "HZ0101", noted)
    for key, meanwhile in (
        ("1", lambda: change_printer(hall, address="file:/tmp/elsewhere")),
        ("2", lambda: change_printer(hall, state="off")),
        ("3", lambda: change_printer(hall, state="removed")),
    ):
        change_printer(hall, state="active")
        hall.queue(key)
        monkeypatch.setattr(sending, "take_over", meanwhile)
        sending.step("P80")
    assert went == ["file:/tmp/elsewhere"]
    assert hall.states() == {"1": "acknowledged", "2": "queued", "3": "queued"}


def test_a_printer_that_is_off_prints_its_test_page_before_what_waits(hall: Hall) -> None:
    """So that it shows whether it works; also at the desk, whose thread for it goes on."""
    hall.queue("1")
    change_printer(hall, state="off")
    sending = Spool(hall.store, "HZ01", "HZ0101", comes_out)
    assert sending.step("P80") is None
    with hall.store.transaction(HALL) as tx:
        page = queue_test(tx, tx.one(Printer, code="P80"), "HZ0101", "Test")
    printers = Printers(sending)
    printers.start()
    try:
        until(lambda: hall.states()[page] == "acknowledged")
    finally:
        printers.stop()
    assert (sending.step("P80"), hall.states()["1"]) == (None, "queued")


def decided(hall: Hall, act: object, *args: str) -> None:
    """Something that a person does about a paper."""
    assert callable(act)
    with hall.store.transaction(HALL) as tx:
        act(tx, *args)


def printed(hall: Hall, deliver: spool.Deliver = comes_out) -> list[str]:
    """What comes out now, in its order; a printer that refuses ends it."""
    out: list[str] = []

    def noted(address: str, about: Profile, content: bytes) -> Sent:
        out.append(content.decode())
        return deliver(address, about, content)

    sending = Spool(hall.store, "HZ01", "HZ0101", noted)
    while sending.step("P80") is not None:
        pass
    return out


def test_papers_come_out_in_their_order_also_after_an_outage(hall: Hall) -> None:
    """A later paper does not pass one that was refused, and waits with it."""
    hall.queue("1", "2")
    assert printed(hall, lambda *_: Sent("refused")) == ["1"]
    hall.queue("3")
    assert printed(hall) == []
    hall.clock.move(seconds=spool.RETRY_SECONDS[0])
    assert printed(hall) == ["1", "2", "3"]


def test_a_paper_may_be_put_first_and_another_before_that(hall: Hall) -> None:
    """Also one that was refused, which is tried at once; what is first stays so."""
    hall.queue("1", "2", "3", "4")
    printed(hall, lambda *_: Sent("refused"))
    decided(hall, jobs.put_first, "1")
    decided(hall, jobs.put_first, "3")
    decided(hall, jobs.put_first, "4")
    decided(hall, jobs.put_first, "4")
    assert [hall.job(key).rank for key in "1234"] == [0, 0, -1, -2]
    assert printed(hall) == ["4", "3", "1", "2"]


def test_a_paper_that_waits_is_given_up(hall: Hall) -> None:
    """The next goes on; what does not wait is not touched by any of these."""
    hall.queue("1", "2", "3")
    decided(hall, jobs.cancel, "1")
    assert (hall.states()["1"], bool(hall.job("1").ended_at)) == ("cancelled", True)
    assert printed(hall) == ["2", "3"]
    for act in (jobs.cancel, jobs.put_first, lambda tx, key: jobs.move(tx, key, "P80")):
        for key in "12":
            with pytest.raises(NotAllowed):
                decided(hall, act, key)


def test_a_paper_moves_to_a_printer_of_another_width(hall: Hall) -> None:
    """Laid out anew from what it says, after what waits there; it opens no drawer but its own counter's."""
    rows = (Row(("话费", "100.00")), HorizontalRule("="))
    paper, moved_paper = Document("report", (*rows, Drawer(), Cut())), Document("report", (*rows, Cut()))
    with hall.store.transaction(HALL, journalled=False) as tx:
        tx.add(Outlet, code="HZ01", name_zh="城关", province="33")
        tx.add(Counter, code="HZ0101", outlet="HZ01", name_zh="一号台", printer="P80")
        tx.add(Printer, code="P58", address="file:/tmp/58", profile="58mm")
        tx.add(Printer, code="P81", address="file:/tmp/81", profile="80mm")
        key = spool.queue(tx, paper, document_id="x", order_id="", title="x", counter="HZ0101", operator="1001").job_id
    assert hall.job(key).content == to_bytes(layout(paper, 48), profile("80mm"))
    hall.queue("other", printer="P58")
    decided(hall, jobs.move, key, "P81")
    assert (hall.job(key).printer, hall.job(key).content) == ("P81", to_bytes(layout(moved_paper, 48), profile("80mm")))
    decided(hall, jobs.move, key, "P58")
    moved = hall.job(key)
    assert moved.content == to_bytes(layout(moved_paper, 32), profile("58mm"))
    assert max(map(len, moved.preview.split("\n"))) == 32
    assert list(hall.states()) == ["other", key]
    with pytest.raises(NotFound):
        decided(hall, jobs.move, key, "P99")
