"""A store that is not the one that was noted outside: nothing is accepted or paid on it, until a supervisor's word."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.answers.hall import Bounds
from boss_tui.commands.verifying import checked
from boss_tui.desk import Desk, Station
from boss_tui.home.settings import Home
from boss_tui.start.background import _trusted
from boss_tui.start.home_files import compare_head, note_head, note_of
from boss_tui.sync.noted import FILE
from boss_tui.sync.outbox import set_head
from boss_tui.verify import noted as rule
from data.backup import mark_restored
from data.errors import NotAllowed, StoreDoubted
from data.journal import Author
from data.restored import EPOCH_WANTED, is_restored
from data.tables.account import BillingAccount
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from data.tables.sync import AccessLog, JournalEntry, Setting
from tests.engines import Shared
from tests.homes import plain_home


class Opened:
    """A home, and the store's file as it was before its latest sale."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.store = self.home.open_store()
        self.copy = folder / "older.db"

    def desk(self, staff_no: str = "1001", counter: str = "HZ0101") -> Desk:
        """Somebody at work, with the note of this home."""
        desk = Desk(self.store, Station("HZ01", counter))
        desk.seat.head_note = note_of(self.home)
        desk.signing.sign_on(staff_no, "demo-1234")
        return desk

    def sell(self, desk: Desk) -> str:
        """A surcharge-free sale: an account is opened; answers its serial."""
        view = desk.forms.begin("C1", desk.forms.example("C1"))
        return desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial

    def keep(self) -> None:
        """Copy the store's file as it stands."""
        self.store.close()
        shutil.copy(self.home.folder / "store.db", self.copy)
        self.store = self.home.open_store()

    def put_back(self) -> None:
        """The copy by hand in the place of the store."""
        note_head(self.home, self.store)
        self.store.close()
        for left in self.home.folder.glob("store.db-*"):
            left.unlink()
        shutil.copy(self.copy, self.home.folder / "store.db")
        self.store = self.home.open_store()

    def rows(self, model: Any, **where: Any) -> list[Any]:
        """Rows as they stand."""
        with self.store.reading() as reading:
            return reading.all(model, **where)


@pytest.fixture(scope="module")
def made(shared: Shared) -> Path:
    """The home of a hall with one sale, of which a copy is kept, and one after it."""

    def make(folder: Path) -> None:
        hall = Opened(Path(shutil.copytree(plain_home(shared, customers=6), folder / "home")))
        desk = hall.desk()
        if not desk.signing.state().shift_open:
            desk.till.open_shift(500_00)
        hall.sell(desk)
        hall.keep()
        hall.sell(hall.desk())
        hall.store.close()

    return shared("home-of-two-sales", make) / "home"


@pytest.fixture
def opened(made: Path, tmp_path: Path) -> Iterator[Opened]:
    """It, opened."""
    hall = Opened(Path(shutil.copytree(made, tmp_path / "home")))
    yield hall
    hall.store.close()


@pytest.fixture
def older(opened: Opened) -> Opened:
    """The same with the copy in its place."""
    opened.put_back()
    return opened


ACTS: dict[str, Callable[[Desk], Any]] = {
    "a form": lambda desk: desk.forms.begin("C1"),
    "cash into the drawer": lambda desk: desk.till.cash_in(1_00, "change", "from the safe"),
    "cash out of the drawer": lambda desk: desk.till.cash_out(1_00, "drop", "to the safe"),
    "the count": lambda desk: desk.till.close_shift({100_00: 5}),
    "a refund that was refused": lambda desk: desk.settling.settle("payment", "1", "retry"),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_older_store_does_nothing_with_money(older: Opened, act: str) -> None:
    """Each act says what to do."""
    desk, before = older.desk(), len(older.rows(ProductOrder))
    with pytest.raises(StoreDoubted, match="boss accept"):
        ACTS[act](desk)
    assert len(older.rows(ProductOrder)) == before


def test_a_form_that_was_open_is_not_completed_either(opened: Opened) -> None:
    """Nor is its payment asked for; what was typed stays."""
    view = opened.desk().forms.begin("C1", opened.desk().forms.example("C1"))
    opened.keep()
    opened.sell(opened.desk())
    opened.put_back()
    desk = opened.desk()
    with pytest.raises(StoreDoubted):
        desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    with pytest.raises(StoreDoubted):
        desk.approvals.approve(view.id, "2001", "demo-1234")
    assert desk.forms.fill(view.id, {}).values == view.values


def test_nor_is_an_order_taken_back_or_an_authority_given(older: Opened) -> None:
    """By a supervisor too."""
    (order, *_) = older.rows(ProductOrder)
    with pytest.raises(StoreDoubted):
        older.desk().orders.cancel(order.serial, "wrong", "2001", "demo-1234")
    with pytest.raises(StoreDoubted):
        older.desk("2001").approvals.make_codes(1, Bounds(1))


def test_looking_up_goes_on(older: Opened) -> None:
    """Orders, customers, the queues, a report."""
    desk = older.desk()
    assert desk.lookups.orders("")
    assert desk.finding.find("139")
    desk.queues.counts()
    desk.reports.shown("x")


def test_a_note_that_was_taken_away_is_no_way_round(older: Opened) -> None:
    """Nobody knows then which store this is."""
    (older.home.folder / FILE).unlink()
    with pytest.raises(StoreDoubted, match="taken away"):
        older.sell(older.desk())
    (older.home.folder / FILE).write_text("{}")
    with pytest.raises(StoreDoubted, match="can't be read"):
        older.sell(older.desk())


@pytest.mark.parametrize("lost", ["kept", "deleted"])
def test_work_goes_on_after_a_supervisor_s_word(older: Opened, lost: str) -> None:
    """Nobody else's; it is on record with who gave it, and for all counters."""
    if lost == "deleted":
        (older.home.folder / FILE).unlink()
    desk, other = older.desk(), older.desk("1002", "HZ0102")
    for staff_no, password in (("1002", "demo-1234"), ("2001", "wrong"), ("", "")):
        with pytest.raises(NotAllowed):
            desk.trust.accept_store(staff_no, password)
    with pytest.raises(StoreDoubted):
        desk.forms.begin("C1")
    desk.trust.accept_store("2001", "demo-1234")
    older.sell(desk)
    other.forms.begin("C1")
    assert [row.reason for row in older.rows(AccessLog, act="store.accept")] == ["2001"]
    assert len(older.rows(JournalEntry, kind="store.accept")) == 1
    note_head(older.home, older.store)
    assert rule.NOTED not in {finding.rule for finding in checked(older.home)}


def test_no_number_is_given_a_second_time(opened: Opened) -> None:
    """What the store has forgotten, the note still knows: the serials of each counter, and the accounts."""
    other = opened.desk("1002", "HZ0102")
    other.till.open_shift(500_00)
    opened.keep()
    for desk in (other, opened.desk()):
        desk.seat.store = opened.store
        opened.sell(desk)
    before = {row.serial for row in opened.rows(ProductOrder)}
    papers = {(row.kind, row.code, row.number) for row in opened.rows(PaperDocument)}
    accounts = {row.number for row in opened.rows(BillingAccount)}
    opened.put_back()
    opened.desk("2001").trust.accept_store()
    again = [opened.sell(opened.desk()), opened.sell(opened.desk("1002", "HZ0102"))]
    assert not before & set(again)
    assert max(row.number for row in opened.rows(BillingAccount)) > max(accounts)
    void = opened.rows(PaperDocument, state="void")
    lost = papers - {(row.kind, row.code, row.number) for row in opened.rows(PaperDocument) if row.state != "void"}
    assert {(row.kind, row.code, row.number) for row in void} == lost != set()
    assert checked(opened.home) == []


def test_what_goes_on_beside_the_desk_waits_as_well(older: Opened) -> None:
    """Commands to the network, dated acts and payments: nobody knows which of them were done already."""
    done: list[str] = []

    def step() -> bool:
        done.append("done")
        return True

    work = _trusted(note_of(older.home), older.store, step)
    assert not work()
    assert not done
    older.desk("2001").trust.accept_store()
    assert work()
    assert done


def test_a_supervisor_who_works_here_accepts_it_alone(older: Opened) -> None:
    """As the command does."""
    older.desk("2001").trust.accept_store()
    older.sell(older.desk())


def test_a_store_that_waits_for_headquarters_is_not_accepted_before(older: Opened) -> None:
    """An entry of its own would be another history."""
    mark_restored(older.store, "HZ01")
    before = len(older.rows(JournalEntry))
    with pytest.raises(NotAllowed, match="boss sync"):
        older.desk("2001").trust.accept_store()
    assert len(older.rows(JournalEntry)) == before
    assert compare_head(older.home, older.store) is not None


def test_what_headquarters_could_not_bring_back_a_supervisor_decides(older: Opened) -> None:
    """It has begun a new epoch, and the journal is still shorter than it was: the store waits for nobody else."""
    assert compare_head(older.home, older.store) is not None
    with older.store.reading() as reading:
        assert is_restored(reading)
    with older.store.transaction(Author("HZ01", "sync", "headquarters")) as tx:  # as `rejoin` ends
        set_head(tx, "HZ01", epoch=2)
        tx.change(tx.one(Setting, name=EPOCH_WANTED), value="no")
    assert compare_head(older.home, older.store) is not None
    with older.store.reading() as reading:
        assert not is_restored(reading)
    with pytest.raises(StoreDoubted):
        older.desk().forms.begin("C1")
    older.desk("2001").trust.accept_store()
    older.sell(older.desk())
    assert compare_head(older.home, older.store) is None


def test_a_store_that_was_exchanged_under_a_desk_is_noticed(opened: Opened) -> None:
    """A desk that has found its store right asks again once the journal is shorter."""
    desk = opened.desk()
    opened.sell(desk)
    opened.put_back()
    desk.seat.store = opened.store
    with pytest.raises(StoreDoubted):
        desk.forms.begin("C1")


def test_the_store_that_was_noted_sells(opened: Opened) -> None:
    """Also while the note lags behind it, and where no home notes anything."""
    for _ in range(2):
        opened.sell(opened.desk())
    assert note_head(opened.home, opened.store)
    opened.sell(opened.desk())
