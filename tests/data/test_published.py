"""What is known of published tables never outlives what is true: other connections, failures, savepoints, imports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from data import published
from data.bulk import bulk
from data.store import Reading, Store
from data.tables.organisation import Outlet
from tests.data.conftest import KEY, author


@pytest.fixture
def other(store: Store, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Another process's store over the same database."""
    second = Store(store.url, KEY if "encrypted" in request.node.name else "", store.clock)
    yield second
    second.close()


def names(reading: Reading) -> list[str]:
    return [outlet.name_zh for outlet in reading.all(Outlet, order=("code",))]


def seen(store: Store) -> list[str]:
    with store.reading() as reading:
        return names(reading)


def add(store: Store, code: str, name: str) -> None:
    with store.transaction(author()) as tx:
        tx.add(Outlet, code=code, name_zh=name, province="浙江")


def rename(store: Store, code: str, name: str) -> None:
    with store.transaction(author()) as tx:
        tx.change(tx.one(Outlet, code=code), name_zh=name)


def test_what_one_writes_the_other_sees(store: Store, other: Store) -> None:
    add(store, "A", "one")
    assert seen(store) == seen(other) == ["one"]
    rename(other, "A", "two")
    assert seen(store) == seen(other) == ["two"]
    with store.transaction(author("received")) as tx, tx.received():
        tx.change(tx.one(Outlet, code="A"), name_zh="three")
    assert seen(store) == seen(other) == ["three"]


def test_it_is_read_once_while_nobody_writes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "A", "one")
    assert seen(store) == ["one"]
    asked: list[type] = []
    read = Reading._read

    def counted(self: Reading, model: type[Any], *rest: Any) -> list[Any]:
        asked.append(model)
        return read(self, model, *rest)

    monkeypatch.setattr(Reading, "_read", counted)
    assert seen(store) == ["one"]
    assert Outlet not in asked
    rename(store, "A", "two")
    assert seen(store) == ["two"]
    assert Outlet in asked


def test_what_is_made_of_it_is_made_once_until_it_changes(store: Store, other: Store) -> None:
    made: list[list[str]] = []

    def titles(reading: Reading) -> tuple[str, ...]:
        def make() -> tuple[str, ...]:
            made.append(names(reading))
            return tuple(name.title() for name in made[-1])

        return reading.worked_out("titles", make)

    def of(any_store: Store) -> tuple[str, ...]:
        with any_store.reading() as reading:
            return titles(reading)

    add(store, "A", "one")
    assert of(store) == of(store) == ("One",)
    assert len(made) == 1
    rename(other, "A", "two")
    assert of(store) == ("Two",)
    with suppress(ZeroDivisionError), store.transaction(author()) as tx:
        tx.change(tx.one(Outlet, code="A"), name_zh="three")
        assert titles(tx) == ("Three",)
        raise ZeroDivisionError
    assert of(store) == ("Two",)


def test_what_was_not_committed_is_not_known(store: Store) -> None:
    add(store, "A", "one")
    with suppress(ZeroDivisionError), store.transaction(author()) as tx:
        tx.change(tx.one(Outlet, code="A"), name_zh="two")
        assert names(tx) == ["two"]
        raise ZeroDivisionError
    assert seen(store) == ["one"]


def test_what_a_savepoint_undid_is_not_known(store: Store) -> None:
    add(store, "A", "one")
    with store.transaction(author()) as tx:
        with suppress(ZeroDivisionError), tx.savepoint():
            tx.change(tx.one(Outlet, code="A"), name_zh="two")
            assert names(tx) == ["two"]
            raise ZeroDivisionError
        assert names(tx) == ["one"]
        tx.add(Outlet, code="B", name_zh="new", province="浙江")
    assert seen(store) == ["one", "new"]


def test_a_reader_of_an_earlier_moment_teaches_nothing_old(store: Store, other: Store) -> None:
    add(store, "A", "one")
    with store.reading() as earlier:
        assert names(earlier) == ["one"]
        rename(other, "A", "two")
        assert seen(store) == ["two"]
        assert earlier.one(Outlet, code="A").name_zh == "one"
    with store.reading() as later:
        assert later.one(Outlet, code="A").name_zh == "two"


def test_imports_count_too(store: Store) -> None:
    assert seen(store) == []
    with bulk(store) as into:
        into.insert(Outlet, [{"code": "A", "name_zh": "one", "province": "浙江"}])
    assert seen(store) == ["one"]


def test_what_was_typed_does_not_fill_the_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "_MOST", 10)
    with store.reading() as reading:
        for n in range(30):
            assert reading.find(Outlet, code=str(n)) is None
    with store.reading() as reading:
        reading.find(Outlet, code="A")
    assert len(store.published.known(0)) <= 10
