"""The unit of work, its journal, and the small things that both stand on."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from data import journal
from data.clock import SeededClock, moment, new_key, stamp
from data.errors import BadForm, BossError, Conflict, NotAllowed, NotFound
from data.journal import changes_of
from data.message import Message, both, say
from data.store import Store, newest_entry
from data.tables.customer import Category
from data.tables.finance import LedgerAccount, RunningTotal
from data.tables.organisation import Counter, Outlet
from data.tables.product import Product
from data.tables.resource import Reservation
from data.tables.stock import Handset
from data.tables.sync import JournalEntry, JournalHead, Setting
from tests.data.conftest import OUTLET, author
from tests.scans import explained


def add(store: Store, code: str) -> None:
    with store.transaction(author()) as tx:
        tx.add(Outlet, code=code, name_zh="厅", province="浙江")


def entries(store: Store) -> list[JournalEntry]:
    with store.reading() as reading:
        return reading.all(JournalEntry, outlet=OUTLET, order=("epoch", "seq"))


def test_each_transaction_leaves_one_entry_and_the_chain_holds(store: Store) -> None:
    for n in range(4):
        add(store, f"A{n}")
    found = entries(store)
    assert [entry.seq for entry in found] == [1, 2, 3, 4]
    assert list(journal.broken(found, journal.GENESIS, 1)) == []
    change = changes_of(found[2].body)[0]
    assert (change.table, change.op, change.key, change.base) == ("outlet", "add", ("A2",), 0)
    with store.reading() as reading:
        last = newest_entry(reading, OUTLET)
        assert last is not None
        assert reading.one(JournalHead, outlet=OUTLET).hash == last.hash == found[-1].hash


@pytest.mark.parametrize("field", ["body", "operator", "made_at", "hash", "seq"])
def test_an_altered_entry_shows(store: Store, field: str) -> None:
    for n in range(3):
        add(store, f"A{n}")
    found = entries(store)
    found[1].__dict__[field] = 99 if field == "seq" else found[1].__dict__[field] + "x"
    assert list(journal.broken(found, journal.GENESIS, 1))
    del found[1]
    assert list(journal.broken(found, journal.GENESIS, 1))


def test_nothing_stays_of_a_transaction_that_fails(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction(author()) as tx:  # noqa: PT012 (the fault comes after a write)
        tx.add(Outlet, code="B1", name_zh="厅", province="浙江")
        _ = 1 // 0
    with store.reading() as reading:
        assert reading.find(Outlet, code="B1") is None
        assert reading.one(JournalHead, outlet=OUTLET).seq == 0


@pytest.mark.parametrize("store", ["plain", "encrypted"], indirect=True)
def test_a_connection_whose_work_could_not_be_rolled_back_is_given_to_nobody(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction(author()) as tx:  # noqa: PT012 (the fault comes after a write)
        tx.add(Outlet, code="B1", name_zh="厅", province="浙江")
        tx._cursor.close()  # it takes no ROLLBACK
        _ = 1 // 0
    with store.reading() as reading:
        assert reading.find(Outlet, code="B1") is None
    add(store, "B1")


def test_what_is_taken_or_changed_since_is_a_conflict(store: Store) -> None:
    add(store, "C1")
    with pytest.raises(Conflict):
        add(store, "C1")
    with store.reading() as reading:
        read = reading.one(Outlet, code="C1")
    with store.transaction(author()) as tx:
        assert tx.change(read, name_zh="新厅").revision == 2
    with pytest.raises(Conflict), store.transaction(author()) as tx:
        tx.change(read, name_zh="又一厅")


def test_rows_are_given_the_same_values_at_once_and_the_journal_tells_of_each(store: Store) -> None:
    for n in range(3):
        add(store, f"A{n}")
    with store.transaction(author()) as tx:
        rows = tx.all(Outlet, province="浙江", order=("code",))
        assert [(row.code, row.name_zh, row.revision) for row in tx.change_alike(rows[1:], name_zh="站")] == [
            ("A1", "站", 2),
            ("A2", "站", 2),
        ]
        assert tx.change_alike([], name_zh="站") == []
        assert tx.all(Outlet, province="浙江", order=("code",))[0] == rows[0]
    assert [(change.key, change.base) for change in changes_of(entries(store)[-1].body)] == [(("A1",), 1), (("A2",), 1)]
    with pytest.raises(Conflict), store.transaction(author()) as tx:
        tx.change_alike(rows, name_zh="点")  # two of them have changed since they were read
    with store.reading() as reading:
        assert [row.name_zh for row in reading.all(Outlet, order=("code",))] == ["厅", "站", "站"]


def test_of_many_rows_the_first_few_are_read(store: Store) -> None:
    for n in range(3):
        add(store, f"A{n}")
    with store.reading() as reading:

        def codes(most: int, *order: str, **where: Any) -> list[str]:
            return [row.code for row in reading.few(Outlet, most, order=order or ("code",), **where)]

        assert codes(2) == ["A0", "A1"]
        assert codes(2, "-code") == ["A2", "A1"]
        assert codes(4) == codes(3) == ["A0", "A1", "A2"]
        assert (codes(1, code="A2"), codes(1, code="A9")) == (["A2"], [])


def test_a_column_may_be_called_as_the_table_s_class_is(store: Store) -> None:
    said = {"model": "HS-A10", "imei": "860123040000017"}
    with store.transaction(author(), journalled=False) as tx:
        tx.add(Product, code="HS-A10", name_zh="星河", kind="goods", pay_type="any")
        added = tx.add(Handset, **said)
        assert tx.change(added, model="HS-A10", colour="黑").colour == "黑"
    with store.reading() as reading:
        assert reading.find(Handset, **said) == reading.one(Handset, **said) == reading.all(Handset, **said)[0]


def test_a_reference_to_nothing_is_refused_at_the_commit(store: Store) -> None:
    with pytest.raises(Conflict), store.transaction(author()) as tx:
        tx.add(Counter, code="K1", outlet="nowhere", name_zh="台")
    with store.transaction(author()) as tx:
        tx.add(Counter, code="K2", outlet="D1", name_zh="台")  # before what it refers to
        tx.add(Outlet, code="D1", name_zh="厅", province="浙江")


def test_a_wrong_word_is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(BossError), store.transaction(author()) as tx:
        tx.add(Outlet, code="E1", name_zh="厅", province="浙江", channel="pirate")


@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_what_is_never_empty_is_looked_up_without_a_value_too(store: Store) -> None:
    """A table that grows is not read through for what can't be in it; a column that may be empty is asked so."""
    with explained() as scans, store.reading() as reading:
        assert reading.find(Reservation, id=None) is None
        assert reading.all(Reservation, draft_id=None) == []
    assert len(scans.seen) == 2
    assert not scans.found, scans.told()


def test_running_figures_add_up_in_any_order(store: Store) -> None:
    key = {"outlet": OUTLET, "business_date": "2026-11-23", "till": "", "account": "1001"}
    with store.transaction(author()) as tx:
        tx.add(LedgerAccount, code="1001", name_zh="现金", kind="asset")
    for amount in (500, -200, 7):
        with store.transaction(author()) as tx:
            tx.increase(RunningTotal, key, amount=amount, postings=1)
    with store.reading() as reading:
        total = reading.one(RunningTotal, **key)
    assert (total.amount, total.postings) == (307, 3)


def test_the_journal_takes_no_update_and_no_deletion(store: Store) -> None:
    add(store, "F1")
    for verb in ("UPDATE journal SET kind = 'x'", "DELETE FROM journal"):
        with pytest.raises(BossError), store.transaction(author()) as tx:
            tx._cursor.execute(verb)
    assert len(entries(store)) == 1


def test_free_statements_are_for_local_tables_alone(store: Store) -> None:
    with store.transaction(author()) as tx:
        assert tx.run(delete(Setting)) == 0
        with pytest.raises(TypeError):
            tx.run(delete(Category))


def test_counters_that_sell_at_once_wait_for_each_other(store: Store) -> None:
    def sell(counter: int) -> None:
        for n in range(5):
            add(store, f"G{counter}-{n}")

    threads = [threading.Thread(target=sell, args=(counter,)) for counter in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = entries(store)
    assert [entry.seq for entry in found] == list(range(1, 21))
    assert list(journal.broken(found, journal.GENESIS, 1)) == []


def test_a_clock_that_goes_back_is_noted(store: Store) -> None:
    add(store, "H1")
    assert isinstance(store.clock, SeededClock)
    store.clock.move(hours=-2)
    add(store, "H2")
    assert "clock_went_back_seconds" in entries(store)[-1].body


def test_what_is_not_there_is_said(store: Store) -> None:
    with store.reading() as reading, pytest.raises(NotFound, match="outlet X9"):
        reading.one(Outlet, code="X9")


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(1, 10**9))
def test_stamps_sort_as_time_does(at: datetime, later: int) -> None:
    one, other = at.replace(tzinfo=UTC), at.replace(tzinfo=UTC) + timedelta(microseconds=later)
    assert stamp(one) < stamp(other)
    assert moment(stamp(one)) == one


def test_keys_made_later_sort_later() -> None:
    clock = SeededClock()
    keys = []
    for _ in range(50):
        keys.append(new_key(clock))
        clock.move(milliseconds=1)
    assert keys == sorted(set(keys))


def test_messages_travel_as_json() -> None:
    inner: Any = say("grade {code}", code="AAA")
    message = say("{what} is gone", what=inner)
    assert str(message) == "grade AAA is gone"
    assert Message.from_json(message.as_json()) == message
    assert str(both("城关", "Chengguan")) == "Chengguan"


def test_errors_say_what_is_wrong_and_where() -> None:
    form = BadForm({"name": say("This field is needed."), "plan": say("x")})
    assert (form.field, form.exit_code, str(form)) == ("name", 2, "This field is needed.")
    refused = NotAllowed(say("no"), field="plan")
    assert refused.reasons == (refused.message,)
