"""Each business's commit against the same rows in raw sqlite3, and against itself in a store a hundred times as large.

A business is done some times over, each time with its own example, as the network's answers leave the store for it. The
statements of all that is noted; the bare driver writes them into another copy, and only what the commit wrote counts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from boss_tui.answers.business import DraftView, Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.chores.completion import complete_finished
from boss_tui.desk import Desk, Station
from boss_tui.network import rows as network_rows
from data.engine import connect
from data.errors import OutOfStock
from data.journal import Author
from data.message import say
from data.store import Store
from data.tables.network import WorkOrder
from tests.benchmarks.commit import AIM, Listening, Statement
from tests.benchmarks.halls import KEY, counter, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, without_collector
from tests.hall import FACTS, FLOAT

GROWTH = 1.5
"""How much slower a commit may be in the large store: its pages are less often in memory, nothing else."""
_WRITES = ("INSERT", "UPDATE", "DELETE")
Way = Callable[[], None]


@dataclass
class Played:
    """A business done some times over: how long each commit took; what was written, commits and the rest in turns."""

    commits: Samples = field(default_factory=Samples)
    parts: list[tuple[bool, list[Statement]]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """The rows that the last commit wrote."""
        return len(writes(next(heard for counts, heard in reversed(self.parts) if counts)))


def writes(heard: list[Statement]) -> list[Statement]:
    """Those of a part's statements that write."""
    return [(sql, parameters) for sql, parameters in heard if sql.startswith(_WRITES)]


@contextmanager
def _copy(hall: Path, path: Path, *, listening: bool) -> Iterator[Store]:
    shutil.copyfile(hall, path)
    store = Listening(f"sqlite:///{path}", KEY) if listening else open_store(path)
    yield store
    store.close()
    _drop(path)


def _drop(path: Path) -> None:
    """A store's file, and what SQLite left beside it."""
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()


def _fill(store: Store, desk: Desk) -> None:
    """A drawer that all can be paid out of, by the word of a manager, who brings it from the bank."""
    manager = Desk(store, Station(FACTS.outlet, FACTS.counter))
    manager.signing.sign_on(FACTS.manager, FACTS.password)
    manager.safe.bank(FLOAT * 100, "withdrawal", "1")
    desk.till.open_shift(FLOAT * 100, FACTS.manager, FACTS.password)


def play(store: Store, code: str, times: int, then: Callable[[], object] = lambda: None) -> Played:
    """Do a business so many times, or as often as there is something to do it on; the first time does not count.
    `then`: what is done after each time that counts."""
    played = Played()
    _part(store, played, counts=False)
    desk = counter(store)
    if not desk.signing.state().shift_open:
        _fill(store, desk)
    with without_collector():
        for number in range(times + 1):
            try:
                _once(store, desk, code, played, counts=number > 0)
            except OutOfStock:
                break
            if number:
                then()
    return played


def _once(store: Store, desk: Desk, code: str, played: Played, *, counts: bool) -> None:
    _part(store, played, counts=False)
    view = _ready(desk, code)
    due = view.quote.due
    tenders = [Tender("cash", abs(due))] if due else []
    _part(store, played, counts=counts)
    with (played.commits if counts else Samples()).taking():
        desk.orders.complete(view.id, tenders)
    _part(store, played, counts=False)
    with store.transaction(Author(FACTS.outlet, "network.answer", "network")) as tx:
        for work in tx.all(WorkOrder, state="open"):
            network_rows.finish(tx, work, "HLR01")
    complete_finished(store, FACTS.outlet)


def _part(store: Store, played: Played, *, counts: bool) -> None:
    """What is written from here on belongs together."""
    if isinstance(store, Listening):
        store.into = []
        played.parts.append((counts, store.into))


def _ready(desk: Desk, code: str) -> DraftView:
    """A form that waits for nothing but the money."""
    view = desk.forms.begin(code, desk.forms.example(code))
    assert not view.errors, (code, view.errors)
    if view.qualification.verdict == "override":
        view = desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    return view


@contextmanager
def replaying(hall: Path, path: Path, parts: list[tuple[bool, list[Statement]]]) -> Iterator[tuple[Samples, Way]]:
    """The same rows by the driver alone, up to the next commit that counts; what was written beside the commits is
    written too, and does not count."""
    shutil.copyfile(hall, path)
    connection = connect(path, KEY)
    cursor, samples, left = connection.cursor(), Samples(), iter(parts)

    def replay() -> None:
        for counts, heard in left:
            written = writes(heard)
            with (samples if counts else Samples()).taking():
                cursor.execute("BEGIN IMMEDIATE")
                for sql, parameters in written:
                    cursor.execute(sql, parameters).fetchall()
                cursor.execute("COMMIT")
            if counts:
                return

    yield samples, replay
    connection.close()
    _drop(path)


def rows(hall: Path, folder: Path, times: int = 12, codes: Collection[str] = BUSINESSES) -> list[Row]:
    """A row for each business. Both write by turns, so that what else the machine does falls on both alike."""
    found = []
    for code in sorted(codes, key=_place):
        with _copy(hall, folder / "listened.db", listening=True) as store:
            noted = play(store, code, times)
        with (
            _copy(hall, folder / "played.db", listening=False) as store,
            replaying(hall, folder / "raw.db", noted.parts) as (bare, replay),
        ):
            ours = play(store, code, times, replay).commits
        name = f"{code}'s commit, {noted.rows} rows / the same rows, raw driver; median of pairs"
        found.append(Row(name, ours.middle, bare.middle, AIM, ratio=ours.against(bare)))
    return found


def growth(small: Path, large: Path, times: int = 12, codes: Collection[str] = BUSINESSES) -> list[Row]:
    """Each business's commit in a large store against a small one. Both are worked on where they are."""
    found = []
    stores = [open_store(path) for path in (small, large)]
    for code in sorted(codes, key=_place):
        in_small, in_large = (play(store, code, times).commits for store in stores)
        if not in_small.wall or not in_large.wall:
            raise OutOfStock(say("{code} can't be done often enough in these halls.", code=code))
        name = f"{code}'s commit in the large store / in the small one; median"
        found.append(Row(name, in_large.middle, in_small.middle, GROWTH))
    for store in stores:
        store.close()
    return found


def _place(code: str) -> tuple[int, ...]:
    """C10 comes after C9."""
    return tuple(int(part) for part in code[1:].split("."))
