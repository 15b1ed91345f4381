import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import backup as backups
from data import schema
from data.backup import backup, examine, restore
from data.clock import SeededClock
from data.engine import connect
from data.errors import Damaged, NotAllowed, Outside
from data.message import Message
from data.restored import refuse_restored
from data.store import Store
from data.tables.organisation import Outlet
from data.tables.sync import JournalHead
from tests.data.conftest import KEY, OUTLET, author

OTHER_KEY = "a1" * 32


def sell(store: Store, times: int = 3, prefix: str = "X") -> None:
    for n in range(times):
        with store.transaction(author()) as tx:
            tx.add(Outlet, code=f"{prefix}{n}", name_zh="厅", province="浙江")


def outlets(path: Path, key: str = KEY) -> set[str]:
    store = Store(f"sqlite:///{path}", key)
    with store.reading() as reading:
        found = {row.code for row in reading.all(Outlet)}
    store.close()
    return found


def path_of(store: Store) -> Path:
    return Path(store.url.removeprefix("sqlite:///"))


@pytest.fixture
def copy(sqlite_store: Store, tmp_path: Path) -> Path:
    """A copy with three outlets; the store has two more since."""
    sell(sqlite_store)
    target = tmp_path / "copies" / "day.db"
    target.parent.mkdir()
    backup(sqlite_store, target, KEY)
    sell(sqlite_store, 2, "Y")
    return target


@pytest.mark.parametrize("key", ["", KEY])
def test_a_copy_holds_what_the_store_held_and_says_so(made: dict[str, Path], tmp_path: Path, key: str) -> None:
    path = tmp_path / "store.db"
    shutil.copy(made["encrypted" if key else "plain"], path)
    store = Store(f"sqlite:///{path}", key, SeededClock())
    sell(store)
    manifest = backup(store, tmp_path / "copy.db", key)
    with store.reading() as reading:
        head = reading.one(JournalHead, outlet=OUTLET)
    store.close()
    assert (manifest.outlet, manifest.epoch, manifest.seq, manifest.head) == (OUTLET, 1, 3, head.hash)
    assert examine(tmp_path / "copy.db", key) == manifest
    assert outlets(tmp_path / "copy.db", key) == {"X0", "X1", "X2"}
    assert not list(tmp_path.glob("*.part"))
    assert ((tmp_path / "copy.db").read_bytes()[:15] == b"SQLite format 3") is (key == "")


def test_a_copy_of_an_encrypted_store_shows_nothing_without_its_key(copy: Path) -> None:
    assert "浙江".encode() not in copy.read_bytes()
    for key in ("", OTHER_KEY):
        with pytest.raises(Damaged):
            examine(copy, key)


def test_the_hall_sells_while_the_copy_is_made(sqlite_store: Store, tmp_path: Path) -> None:
    done = threading.Event()
    sold: list[int] = []

    def selling() -> None:
        while not done.is_set():
            sell(sqlite_store, 1, f"S{len(sold)}-")
            sold.append(1)

    thread = threading.Thread(target=selling)
    thread.start()
    seqs = [backup(sqlite_store, tmp_path / f"{n}.db", KEY).seq for n in range(5)]
    done.set()
    thread.join()
    assert seqs == sorted(seqs)
    assert [len(outlets(tmp_path / f"{n}.db")) for n in range(5)] == seqs  # each copy is of one moment


def test_postgresql_is_left_to_its_own_tools(postgres_url: str, tmp_path: Path) -> None:
    store = Store(postgres_url)
    with pytest.raises(Outside, match="pg_dump"):
        backup(store, tmp_path / "copy.db")
    store.close()


def test_a_restored_store_is_the_copy_and_the_old_one_is_kept(sqlite_store: Store, copy: Path) -> None:
    path = path_of(sqlite_store)
    sqlite_store.close()
    said: list[Message] = []
    result = restore(copy, path, KEY, OUTLET, SeededClock(), said.append)
    assert (result.epoch, result.seq) == (1, 3)
    assert outlets(path) == {"X0", "X1", "X2"}
    assert result.kept is not None
    assert outlets(result.kept) == {"X0", "X1", "X2", "Y0", "Y1"}
    assert str(said[-1]) == "Restored"


def test_a_restored_store_sells_nothing_before_it_has_a_new_epoch(sqlite_store: Store, copy: Path) -> None:
    with sqlite_store.reading() as reading:
        refuse_restored(reading)
    path = path_of(sqlite_store)
    sqlite_store.close()
    restore(copy, path, KEY, OUTLET, SeededClock())
    store = Store(f"sqlite:///{path}", KEY)
    with store.reading() as reading, pytest.raises(NotAllowed, match="headquarters"):
        refuse_restored(reading)
    store.close()


def test_a_store_in_use_is_not_replaced(sqlite_store: Store, copy: Path) -> None:
    with sqlite_store.reading(), pytest.raises(Outside, match="in use"):
        restore(copy, path_of(sqlite_store), KEY, OUTLET, SeededClock())
    assert len(outlets(path_of(sqlite_store))) == 5


def test_a_copy_goes_where_there_is_no_store_or_a_damaged_one(sqlite_store: Store, copy: Path, tmp_path: Path) -> None:
    fresh, broken = tmp_path / "new" / "store.db", tmp_path / "broken.db"
    fresh.parent.mkdir()
    assert restore(copy, fresh, KEY, OUTLET, SeededClock()).kept is None
    broken.write_bytes(b"not a store" * 1000)
    broken.with_name("broken.db-wal").write_bytes(b"its log")
    kept = restore(copy, broken, KEY, OUTLET, SeededClock()).kept
    assert kept is not None
    assert kept.read_bytes().startswith(b"not a store")
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"its log"
    assert outlets(fresh) == outlets(broken) == {"X0", "X1", "X2"}


def _foreign(path: Path) -> None:
    connection = backups._open(path, KEY)
    connection.execute("PRAGMA application_id=7")
    connection.close()


def _newer(path: Path) -> None:
    connection = backups._open(path, KEY)
    connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    connection.close()


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _chain(path: Path) -> None:
    connection = backups._open(path, KEY)
    connection.execute("DROP TRIGGER journal_no_delete")
    connection.execute("DELETE FROM journal WHERE seq = 2")
    connection.close()


def _head(path: Path) -> None:
    connection = backups._open(path, KEY)
    connection.execute("UPDATE journal_head SET hash = 'x'")
    connection.close()


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("spoil", [_foreign, _newer, _flipped, _cut, _chain, _head, _gone])
def test_a_spoilt_copy_is_refused_and_nothing_is_touched(
    sqlite_store: Store, copy: Path, spoil: Callable[[Path], None]
) -> None:
    path = path_of(sqlite_store)
    copy.with_name(copy.name + ".json").unlink()
    spoil(copy)
    with pytest.raises(Damaged):
        restore(copy, path, KEY, OUTLET, SeededClock())
    assert len(outlets(path)) == 5
    assert not list(path.parent.glob("*.replaced-*"))


def test_a_copy_of_another_outlet_with_another_key_or_manifest_is_refused(sqlite_store: Store, copy: Path) -> None:
    path = path_of(sqlite_store)
    with pytest.raises(Damaged, match="outlet"):
        restore(copy, path, KEY, "NB07", SeededClock())
    with pytest.raises(Damaged):
        restore(copy, path, OTHER_KEY, OUTLET, SeededClock())
    manifest = copy.with_name(copy.name + ".json")
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "sha256": "0" * 64}))
    with pytest.raises(Damaged, match="manifest"):
        restore(copy, path, KEY, OUTLET, SeededClock())
    manifest.write_text("{")
    with pytest.raises(Damaged, match="manifest"):
        restore(copy, path, KEY, OUTLET, SeededClock())


def test_one_flipped_bit_anywhere_in_a_copy_is_seen(copy: Path) -> None:
    whole = copy.read_bytes()
    copy.with_name(copy.name + ".json").unlink()
    for place in range(40, len(whole), len(whole) // 40):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        copy.write_bytes(changed)
        with pytest.raises(Damaged):
            examine(copy, KEY)


class Crash(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("step", range(6))
def test_a_crash_before_any_step_leaves_the_old_store_or_the_new(
    sqlite_store: Store, copy: Path, step: int, damaged: bool
) -> None:
    path = path_of(sqlite_store)
    sqlite_store.close()
    if damaged:
        path.write_bytes(b"broken" * 999)
    steps = iter(range(99))

    def crash(_: Message) -> None:
        if next(steps) == step:
            raise Crash

    with pytest.raises(Crash):
        restore(copy, path, KEY, OUTLET, SeededClock(), crash)
    old, new = {"X0", "X1", "X2", "Y0", "Y1"}, {"X0", "X1", "X2"}
    is_new = step == 5
    if damaged and not is_new:
        assert path.read_bytes() == b"broken" * 999
    else:
        assert outlets(path) == (new if is_new else old)
    restore(copy, path, KEY, OUTLET, SeededClock(seed=2))  # and it can be done again
    assert outlets(path) == new


_WORKER = """
import sys
from pathlib import Path
from data.backup import restore
from data.clock import SystemClock
print("ready", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], SystemClock())
"""


@pytest.mark.kills
def test_a_restore_killed_at_any_moment_leaves_the_old_store_or_the_new(
    sqlite_store: Store, copy: Path, tmp_path: Path
) -> None:
    source = path_of(sqlite_store)
    sqlite_store.close()
    seen = set()
    for n in range(5):
        path = tmp_path / f"kill{n}" / "store.db"
        path.parent.mkdir()
        shutil.copy(source, path)
        arguments: list[Any] = [sys.executable, "-c", _WORKER, copy, path, KEY, OUTLET]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, env={**os.environ}) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            time.sleep(n * 0.02)
            worker.send_signal(signal.SIGKILL)
        found = outlets(path)
        assert found in ({"X0", "X1", "X2", "Y0", "Y1"}, {"X0", "X1", "X2"})
        seen.add(len(found))
    assert seen


def test_damage_that_stands_in_what_the_driver_says_of_it_is_damage(tmp_path: Path) -> None:
    """A name in the schema that is no UTF-8 any more is quoted in the fault."""
    copy = tmp_path / "plain.db"
    store = Store(f"sqlite:///{copy}")
    schema.create(store)
    store.close()
    content = copy.read_bytes()
    assert b"CREATE TABLE product_order" in content
    copy.write_bytes(content.replace(b"CREATE TABLE product_order", b"CREATE TABLE \xff\x8c\xfe\xffuct_order"))
    with pytest.raises(Damaged):
        examine(copy)
    with pytest.raises(Damaged):
        connect(copy)
