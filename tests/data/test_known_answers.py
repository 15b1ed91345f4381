"""What one piece of work reads twice is read once, and anew where what it wrote may be in the answer."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.known import SHORT
from data.reading import Reading
from data.store import Store, UnitOfWork
from data.tables.document import DocumentRange
from data.tables.resource import Reservation
from tests.data.conftest import author

IDS, DRAFTS, STATES = ("r1", "r2", "r3", "r4"), ("d1", "d2"), ("active", "released")
ASKED: list[dict[str, Any]] = [
    {},
    *({"id": one} for one in IDS),
    *({"draft_id": one} for one in DRAFTS),
    *({"draft_id": one, "state": state} for one in DRAFTS for state in STATES),
]
rows = st.fixed_dictionaries({"id": st.sampled_from(IDS), "draft_id": st.sampled_from(DRAFTS)})
steps = st.one_of(
    st.tuples(st.just("add"), st.lists(rows, min_size=1, max_size=1)),
    st.tuples(st.just("add_many"), st.lists(rows, min_size=2, max_size=3, unique_by=lambda row: row["id"])),
    st.tuples(st.just("change"), st.fixed_dictionaries({"draft_id": st.sampled_from(DRAFTS)})),
    st.tuples(st.just("change_alike"), st.fixed_dictionaries({"state": st.sampled_from(STATES)})),
    st.tuples(st.just("give up"), st.lists(rows, min_size=1, max_size=1)),
)

Step = tuple[str, Any]


class _Undone(Exception):
    """The work is over, and none of it is to stay."""


def whole(row: dict[str, str]) -> dict[str, str]:
    return {**row, "kind": "number", "resource": row["id"], "until": "2026-12-01T00:00:00.000000Z", "state": "active"}


def written(tx: UnitOfWork, step: str, said: Any) -> None:
    stands = {row.id for row in tx.all(Reservation)}
    free = [whole(row) for row in said if row["id"] not in stands] if isinstance(said, list) else []
    if step == "add":
        for row in free:
            tx.add(Reservation, **row)
    elif step == "add_many":
        tx.add_many(Reservation, free)
    elif step == "change":
        for one in tx.all(Reservation, state="active")[:1]:
            tx.change(one, **said)
    elif step == "change_alike":
        tx.change_alike(tx.all(Reservation)[:2], **said)
    else:
        with suppress(_Undone), tx.savepoint():
            for row in free:
                tx.add(Reservation, **row)
                assert tx.all(Reservation, draft_id=row["draft_id"])
            raise _Undone


@pytest.mark.parametrize("store", ["plain"], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(steps, st.sampled_from(ASKED)), min_size=3, max_size=12))
def test_every_answer_is_what_reading_anew_says(store: Store, done: list[tuple[Step, dict[str, Any]]]) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        for (step, said), asked in done:
            tx.all(Reservation, **asked)
            written(tx, step, said)
            for each in ASKED:
                anew = Reading(store, tx._cursor).all(Reservation, order=("id",), **each)
                assert tx.all(Reservation, order=("id",), **each) == anew, (step, said, each)
                first = tx.find(Reservation, **each)
                assert first in anew if anew else first is None
        raise _Undone


@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_only_what_may_have_changed_is_read_anew(store: Store) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        tx.add(Reservation, **whole({"id": "r1", "draft_id": "d1"}))
        asked: list[dict[str, Any]] = [{"id": "r1"}, {"id": "r2"}, {"draft_id": "d1"}, {"draft_id": "d2"}]
        for each in asked:
            tx.all(Reservation, **each)
        tx.add_many(Reservation, [whole({"id": "r3", "draft_id": "d2"})])
        with patch.object(UnitOfWork, "_read", autospec=True, side_effect=UnitOfWork._read) as read:
            for each in asked:
                tx.all(Reservation, **each)
        assert [call.args[2] for call in read.call_args_list] == [{"draft_id": "d2"}]
        raise _Undone


@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_an_answer_that_was_handed_out_is_the_asker_s_own(store: Store) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        tx.add(Reservation, **whole({"id": "r1", "draft_id": "d1"}))
        tx.all(Reservation, draft_id="d1").clear()
        assert len(tx.all(Reservation, draft_id="d1")) == 1
        raise _Undone


@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_what_this_work_wrote_is_not_read_by_its_key(store: Store) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        made = tx.add(Reservation, **whole({"id": "r1", "draft_id": "d1"}))
        changed = tx.change(tx.add(Reservation, **whole({"id": "r2", "draft_id": "d1"})), state="released")
        with patch.object(Reading, "_read", side_effect=AssertionError("read")):
            assert (tx.one(Reservation, id="r1"), tx.one(Reservation, id="r2")) == (made, changed)
        tx.change_alike([made], state="released")
        assert tx.one(Reservation, id="r1").state == "released"
        raise _Undone


@pytest.mark.parametrize("values", [{"until": "2027"}, {"state": "released"}])
@pytest.mark.parametrize("order", [(), ("id",), ("-until",)])
@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_a_changed_row_takes_its_place_or_leaves_and_is_read_anew_where_its_place_hangs_on_what_changed(
    store: Store, order: tuple[str, ...], values: dict[str, str]
) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        for one in ("r1", "r2"):
            tx.add(Reservation, **whole({"id": one, "draft_id": "d1"}))
        asked: Any = {"state": "active", "order": order}
        first = tx.all(Reservation, **asked)[0]
        tx.change(first, **values)
        with patch.object(Reading, "_read", autospec=True, side_effect=Reading._read) as read:
            answered = tx.all(Reservation, **asked)
        assert bool(read.call_args_list) is ("until" in values and order == ("-until",))
        by_id = {row.id: row for row in Reading(store, tx._cursor).all(Reservation, state="active")}
        assert {row.id: row for row in answered} == by_id
        raise _Undone


@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_a_new_row_takes_its_place_in_an_answer_that_was_empty(store: Store) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        assert not tx.all(Reservation, draft_id="d1", order=("-id",))
        made = tx.add(Reservation, **whole({"id": "r1", "draft_id": "d1"}))
        with patch.object(Reading, "_read", side_effect=AssertionError("read")):
            assert tx.all(Reservation, draft_id="d1", order=("-id",)) == [made]
        raise _Undone


@pytest.mark.parametrize("many", [SHORT, SHORT + 1])
@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_a_row_of_a_short_answer_is_not_read_again_by_its_key(store: Store, many: int) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        tx.add_many(Reservation, [whole({"id": f"r{n:02}", "draft_id": "d1"}) for n in range(many)])
        tx.all(Reservation, draft_id="d1")
        with (
            patch.object(UnitOfWork, "rows", side_effect=AssertionError),
            patch.object(tx._statements, "select", side_effect=LookupError),
        ):
            if many > SHORT:
                with pytest.raises(LookupError):
                    tx.find(Reservation, id="r07")
            else:
                assert tx.one(Reservation, id="r07").draft_id == "d1"
            for other in ({"id": "r99"}, {"id": "r08", "state": "active"}):  # not there; not by its key alone
                with pytest.raises(LookupError):
                    tx.find(Reservation, **other)
        raise _Undone


@pytest.mark.parametrize(("then", "sure"), [(4, True), (3, False), (2, False)])
@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_a_new_row_stands_behind_the_last_where_a_number_says_so(store: Store, then: int, sure: bool) -> None:
    asked: Any = {"kind": "invoice", "order": ("first_number",)}
    with suppress(_Undone), store.transaction(author()) as tx:
        made = [_numbered(tx, "r1", 3)]
        assert tx.all(DocumentRange, **asked) == made
        made.append(_numbered(tx, "r2", then))
        with patch.object(Reading, "_read", autospec=True, side_effect=Reading._read) as read:
            answered = tx.all(DocumentRange, **asked)
        assert not read.call_args_list if sure else read.call_args_list
        assert [row.first_number for row in answered] == sorted(row.first_number for row in made)
        raise _Undone


@pytest.mark.parametrize("order", [(), ("-first_number",), ("code",)])
@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_elsewhere_the_database_says_where_a_new_row_stands(store: Store, order: tuple[str, ...]) -> None:
    asked: Any = {"kind": "invoice", "order": order}
    with suppress(_Undone), store.transaction(author()) as tx:
        _numbered(tx, "r1", 3)
        tx.all(DocumentRange, **asked)
        _numbered(tx, "r2", 4)
        with patch.object(Reading, "_read", autospec=True, side_effect=Reading._read) as read:
            tx.all(DocumentRange, **asked)
        assert read.call_args_list
        raise _Undone


def _numbered(tx: UnitOfWork, key: str, first: int) -> DocumentRange:
    return tx.add(
        DocumentRange,
        id=key,
        outlet="0571001",
        kind="invoice",
        code=key,
        first_number=first,
        last_number=9,
        next_number=first,
    )


@pytest.mark.parametrize(
    ("wide", "asked", "is_read"),
    [
        ({"draft_id": "d1"}, {"draft_id": "d1", "state": "active", "resource": "r01"}, False),
        ({"draft_id": "d1"}, {"draft_id": "d1", "state": "gone"}, False),
        ({"draft_id": "d1"}, {"draft_id": "d1", "state": "active"}, False),
        ({"draft_id": "d1"}, {"draft_id": "d1", "state": "active", "order": ("-id",)}, True),
        ({"draft_id": "d1", "order": ("-id",)}, {"draft_id": "d1", "state": "active", "order": ("-id",)}, False),
        ({"draft_id": "d1", "order": ("-id",)}, {"draft_id": "d1", "state": "active"}, True),
        ({"draft_id": "d1", "order": ("-id",)}, {"draft_id": "d1", "resource": "r01"}, False),
        ({"draft_id": "d1", "state": "active"}, {"draft_id": "d1"}, True),
        ({"draft_id": "d2"}, {"draft_id": "d1", "state": "active"}, True),
        ({}, {"draft_id": "d1"}, False),
    ],
)
@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_what_is_in_a_short_answer_that_asked_for_less_is_not_read_where_its_order_is_sure(
    store: Store, wide: dict[str, Any], asked: dict[str, Any], is_read: bool
) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        tx.add_many(Reservation, [whole({"id": f"r{n:02}", "draft_id": "d1"}) for n in range(3)])
        tx.all(Reservation, **wide)
        with _counted(tx) as read:
            answered = tx.all(Reservation, **asked)
        assert bool(read) is is_read
        assert answered == Reading(store, tx._cursor).all(Reservation, **asked)
        raise _Undone


@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_a_long_answer_is_not_looked_through_for_less(store: Store) -> None:
    with suppress(_Undone), store.transaction(author()) as tx:
        tx.add_many(Reservation, [whole({"id": f"r{n:02}", "draft_id": "d1"}) for n in range(SHORT + 1)])
        tx.all(Reservation, draft_id="d1")
        with _counted(tx) as read:
            assert len(tx.all(Reservation, draft_id="d1", resource="r01")) == 1
        assert read
        raise _Undone


@contextmanager
def _counted(tx: UnitOfWork) -> Iterator[list[Any]]:
    """The statements that are asked for meanwhile."""
    with patch.object(tx._statements, "select", wraps=tx._statements.select) as select:
        yield select.call_args_list
