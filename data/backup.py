"""Copies of the store: made in one step while the hall sells, checked, and put back without losing what they replace.

For SQLite stores. PostgreSQL has its own tools (`pg_dump`, `pg_basebackup`), and this module says so; after them,
`mark_restored`. An encrypted
store's copy is encrypted with the same key: SQLite's backup runs page by page between two connections that both hold
it (tried: the copy is not readable without the key, and every page passes authentication).

**After a restore the store is behind**: headquarters may hold entries that it lacks, and it may hold entries that
never left it. So `restore` marks it (`Setting` epoch_wanted = yes). Until sync has asked headquarters for a new epoch,
nothing may be sold here: the next entry would carry a sequence that another entry may have had already. Sync sends what
headquarters lacks under the old epoch, fetches what the store lacks as read-only history, begins the epoch that
headquarters gives, and takes the mark away. The journal's head is not touched here.
"""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from data.clock import Clock, stamp
from data.engine import APPLICATION_ID, BUSY_MS
from data.errors import Damaged, Outside
from data.journal import GENESIS, Author
from data.message import Message, say
from data.progress import Report, unreported
from data.restored import EPOCH_WANTED, RESTORED_AT
from data.schema import SCHEMA_VERSION
from data.store import Store
from data.tables.sync import JournalHead, Setting

_CACHE_KIB = 100_000  # checks visit pages in no order
_OURS = ("store-*.db.part", "before-upgrade-*.db.part")
_LOOK_SECONDS = 0.2
_MB = 1_000_000
_CHAIN_CHECKED = 1_000  # the last entries of the journal: hash and predecessor


class Manifest(Struct, frozen=True):
    """What a copy holds; it stands beside the copy as JSON.

    Attributes:
        outlet, epoch, seq, head: whose journal, and where it ends (head is the last entry's hash).
        schema_version: the tables' version.
        made_at: when the copy was made.
        size, sha256: of the file as it is on disk.
    """

    outlet: str
    epoch: int
    seq: int
    head: str
    schema_version: int
    made_at: str
    size: int
    sha256: str


class Restored(Struct, frozen=True):
    """What a restore did: where the journal of the restored store ends, and where the replaced store is kept."""

    outlet: str
    epoch: int
    seq: int
    kept: Path | None


def backup(store: Store, target: Path, key: str = "", tell: Report = unreported) -> Manifest:
    """Copy a SQLite store to `target` while it is in use, and check the copy; the manifest is `target` + `.json`.

    One step: a stepped copy starts again at each sale and may never end. File and folder are synced, and the name
    appears last. Outside: PostgreSQL, no room; Damaged: the copy does not pass its checks.
    """
    if not store.is_sqlite:
        raise Outside(say("This store is on PostgreSQL: back it up with pg_dump."))
    part = _beside(target, ".part")
    with _in_the_making(part), store._understood():
        with closing(store.engine.raw_connection()) as source, closing(_open(part, key)) as copy:
            driver: Any = source.driver_connection
            with _growing(part, _size(driver), tell):
                driver.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a write-ahead log beside it
        _sync(part)
        tell(say("Checking the copy"), 0, 0)
        manifest = _describe(part, key, stamp(store.clock.now()))
        _write_synced(_manifest_path(target), json.dumps(asdict(manifest), indent=1).encode())
        part.replace(target)
        _sync(target.parent)
    return manifest


@contextmanager
def _in_the_making(part: Path) -> Iterator[None]:
    """A file that is locked while it is made and gone afterwards; what killed programs left of theirs goes too."""
    for left in (path for name in _OURS for path in part.parent.glob(name)):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError: somebody is at it
            left.unlink()
    try:
        with part.open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _growing(part: Path, size: int, tell: Report) -> Iterator[None]:
    """Tell how much of a file is there, while one call that says nothing makes it."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_LOOK_SECONDS):
            with suppress(OSError):
                _told(part.stat().st_size)

    def _told(there: int) -> None:
        tell(say("Copying the store, MB"), min(there, size) // _MB, size // _MB)

    _told(0)
    watcher = threading.Thread(target=watch, name="backup", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _size(connection: Any) -> int:
    """Bytes of the store that a connection has open."""
    return int(_value(connection, "PRAGMA page_count")) * int(_value(connection, "PRAGMA page_size"))


def examine(path: Path, key: str = "") -> Manifest:
    """Check a copy whole, and tell what it holds.

    Damaged, with the reason: not there, not of this program, another key, a bit that changed, newer than the program,
    a journal that does not end as its head says, or a file other than its manifest says.
    """
    if not path.is_file():
        raise Damaged(say("There is no file {path}.", path=path.name))
    described = _describe(path, key, "")
    stored = _manifest_path(path)
    if not stored.is_file():
        return described
    try:
        manifest = Manifest(**json.loads(stored.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as fault:
        raise Damaged(say("The manifest of {path} can't be read.", path=path.name)) from fault
    if manifest.sha256 != described.sha256:
        raise Damaged(say("{path} is not the file that its manifest describes.", path=path.name))
    return manifest


def restore(
    copy: Path, store_path: Path, key: str, outlet: str, clock: Clock, progress: Callable[[Message], None] | None = None
) -> Restored:
    """Put a copy in the place of a store. `outlet`: whose it must be. `progress` is told before each step.

    The store in place must not be in use; it is kept beside, under its name with the time. A crash at any step leaves
    the old store or the new one, whole. Damaged: the copy is refused, as `examine` says, or belongs to another outlet.
    """
    tell = progress or (lambda _: None)
    tell(say("Checking the copy"))
    manifest = examine(copy, key)
    if manifest.outlet != outlet:
        other = manifest.outlet
        raise Damaged(say("This copy belongs to outlet {other}, not to {outlet}.", other=other, outlet=outlet))
    at = stamp(clock.now())
    incoming = _beside(store_path, ".restoring")
    tell(say("Copying it beside the store"))
    _prepare(copy, incoming, key, at)
    kept = None
    if store_path.exists():
        kept = _free_name(_beside(store_path, f".replaced-{at.replace(':', '')}"))
        tell(say("Closing the store in place"))
        whole = _settle(store_path, kept, key)
        tell(say("Keeping the store in place") if whole else say("Keeping the damaged store in place"))
        _keep(store_path, kept)
    tell(say("Putting the copy in its place"))
    incoming.replace(store_path)
    _sync(store_path.parent)
    tell(say("Restored"))
    return Restored(outlet, manifest.epoch, manifest.seq, kept)


def mark_restored(store: Store, outlet: str) -> Restored:
    """Mark a store that was put back by other means than `restore`: PostgreSQL's tools, or a file copied by hand."""
    with store.transaction(Author(outlet, "restore", "boss"), journalled=False) as tx:
        head = tx.one(JournalHead, outlet=outlet)
        for name, value in ((EPOCH_WANTED, "yes"), (RESTORED_AT, tx.now())):
            before = tx.find(Setting, name=name)
            if before is None:
                tx.add(Setting, name=name, value=value)
            else:
                tx.change(before, value=value)
    return Restored(outlet, head.epoch, head.seq, None)


def _open(path: Path, key: str) -> Any:
    """A bare connection, with the key and nothing else set."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None, timeout=BUSY_MS / 1000)
    connection.execute("PRAGMA cipher_log_level=NONE")  # it would write onto the screen
    if key:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    return connection


def _describe(path: Path, key: str, made_at: str) -> Manifest:
    """Check a store's file from end to end; answers what it holds."""
    from sqlcipher3 import dbapi2

    try:
        with closing(_open(path, key)) as connection:
            version = _own(connection, path)
            _sound(connection, path, key)
            outlet, epoch, seq, head = _journal_end(connection, path)
    except (dbapi2.DatabaseError, UnicodeDecodeError) as fault:  # what a driver says of damage may quote the damage
        told = say("{path} is damaged, or locked with another key: {fault}", path=path.name, fault=str(fault))
        raise Damaged(told) from fault
    return Manifest(outlet, epoch, seq, head, version, made_at, path.stat().st_size, _sha256(path))


def _own(connection: Any, path: Path) -> int:
    """The schema's version of a file that is one of this program's stores, and not a newer one."""
    if _value(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise Damaged(say("{path} is not a store of this program.", path=path.name))
    version = int(_value(connection, "PRAGMA user_version"))
    if version > SCHEMA_VERSION:
        told = say("{path} is from a newer version of the program ({version}).", path=path.name, version=version)
        raise Damaged(told)
    return version


def _sound(connection: Any, path: Path, key: str) -> None:
    """Every page authenticated (encrypted) and every structure whole; a plain store's indexes are compared as well,
    since nothing else would show a changed bit there.
    """
    faults = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")] if key else []
    check = "PRAGMA quick_check(1)" if key else "PRAGMA integrity_check(1)"
    faults = faults or [row[0] for row in connection.execute(check) if row[0] != "ok"]
    if faults:
        raise Damaged(say("{path} is damaged: {fault}", path=path.name, fault=str(faults[0])))


def _journal_end(connection: Any, path: Path) -> tuple[str, int, int, str]:
    """Whose journal it is and where it ends; the last entries must form the chain that the head says."""
    heads = connection.execute("SELECT outlet, epoch, seq, hash FROM journal_head").fetchall()
    if len(heads) > 1:
        raise Damaged(say("{path} holds {n} journals: an outlet's store has one.", path=path.name, n=len(heads)))
    outlet, epoch, seq, head = heads[0] if heads else ("", 0, 0, "")
    entries = connection.execute(
        "SELECT seq, prev_hash, hash FROM journal WHERE outlet = ? ORDER BY epoch DESC, seq DESC LIMIT ?",
        (outlet, _CHAIN_CHECKED),
    ).fetchall()
    after = head
    for entry_seq, before, own in entries:
        if after not in ("", GENESIS, own):
            raise Damaged(say("{path}: the journal's chain is broken at entry {seq}.", path=path.name, seq=entry_seq))
        after = before
    if head not in ("", GENESIS) and not entries:
        raise Damaged(say("{path}: the journal's chain is broken at entry {seq}.", path=path.name, seq=seq))
    return str(outlet), int(epoch), int(seq), str(head)


def _prepare(copy: Path, incoming: Path, key: str, at: str) -> None:
    """Copy the file beside the store, marked as restored, synced."""
    incoming.unlink(missing_ok=True)
    shutil.copyfile(copy, incoming)
    with closing(_open(incoming, key)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN IMMEDIATE")
        for name, value in ((EPOCH_WANTED, "yes"), (RESTORED_AT, at)):
            connection.execute(
                "INSERT INTO setting(name, value, revision) VALUES (?, ?, 1) "
                "ON CONFLICT(name) DO UPDATE SET value = excluded.value, revision = revision + 1",
                (name, value),
            )
        connection.execute("COMMIT")
    _sync(incoming)


def _settle(store_path: Path, kept: Path, key: str) -> bool:
    """Bring the old store's write-ahead log into its file, so that one file is all of it. Outside when it is in use.

    False: it can't be opened any more, which may be why it is replaced. Opening takes away a log that does not fit its
    file, so the log is copied beside `kept` first, and stays there if the store could not be opened.
    """
    from sqlcipher3 import dbapi2

    log, aside = _beside(store_path, "-wal"), _beside(kept, "-wal")
    if log.exists():
        shutil.copyfile(log, aside)
        _sync(aside)
    try:
        with closing(_open(store_path, key)) as connection:
            connection.execute("PRAGMA busy_timeout=2000")
            connection.execute("PRAGMA journal_mode=DELETE")
    except dbapi2.DatabaseError as fault:
        if "locked" not in str(fault):
            return False
        aside.unlink(missing_ok=True)
        raise Outside(say("The store is in use: close boss at every counter first.")) from fault
    aside.unlink(missing_ok=True)
    return True


def _keep(store_path: Path, kept: Path) -> None:
    """Give the old store a second name, then take away what would be read into the new one: its log."""
    try:
        os.link(store_path, kept)
    except OSError:  # a file system without links
        shutil.copyfile(store_path, kept)
        _sync(kept)
    _sync(store_path.parent)
    for end in ("-wal", "-shm", "-journal"):
        _beside(store_path, end).unlink(missing_ok=True)
    _sync(store_path.parent)


def _free_name(path: Path) -> Path:
    """The path, or with a number after it, so that nothing has that name: a clock may have been set back."""
    names = (path if n == 0 else _beside(path, f"-{n}") for n in itertools.count())
    return next(name for name in names if not name.exists())


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _manifest_path(path: Path) -> Path:
    return _beside(path, ".json")


def _value(connection: Any, statement: str) -> Any:
    return connection.execute(statement).fetchone()[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_synced(path: Path, content: bytes) -> None:
    part = _beside(path, ".part")
    part.write_bytes(content)
    _sync(part)
    part.replace(path)


def _sync(path: Path) -> None:
    """Make a file, or a folder's names, last through a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
