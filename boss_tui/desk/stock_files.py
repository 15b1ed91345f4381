"""Files of stock at the desk of the office: judged whole, taken in as a job, the bad rows out as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from boss_tui.components.base import Context
from boss_tui.desk.managing import Managing
from boss_tui.desk.seat import Seat
from boss_tui.management import subjects
from boss_tui.management.kit import jobs, stock, stock_jobs
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.intake import FileIn, Stock
from boss_tui.management.kit.stock import Reader, StockJudged
from boss_tui.management.kit.streamed import StreamedFile, looked_through
from data.collecting import uncollected
from data.errors import NotAllowed
from data.message import say
from data.tables.job import Job


class StockFiles:
    """The part of the files' desk that is about stock."""

    def __init__(self, seat: Seat, managing: Managing) -> None:
        self._seat, self._managing = seat, managing
        self._open: dict[str, tuple[StreamedFile, Reader]] = {}

    def preview(self, name: str, path: Path) -> StockJudged:
        """A file, looked through: `judge` goes on with it. BadForm: file, or columns by name."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
        return stock.opened(entity.of_file, _stock(entity), looked_through(path), self._seat.transport_key)

    def judge(self, judged: StockJudged) -> bool:
        """Judge the next rows of a file; whether there are more."""
        with self._seat.reading() as reading:
            return stock.judge(reading, judged)

    def bad_rows(self, judged: StockJudged) -> Iterator[bytes]:
        """The bad rows as a file, piece by piece."""
        with self._seat.reading() as reading:
            yield from stock.bad_rows(reading, judged, self._seat.words())

    def begin(self, name: str, judged: StockJudged, *, good_rows: bool, again: bool, **said: str) -> Job:
        """A file that was judged whole becomes a job."""
        subject, _ = subjects.named(name)
        self._managing.rules()  # nowhere but at the office

        def do(at: Context) -> Job:
            self._managing.must_change(at.tx, subject)
            return stock_jobs.begin(at, judged, said, good_rows=good_rows, again=again)

        return self._managing.doing(subject, do)

    def step(self, job: Job) -> Job:
        """The next page of a job."""
        subject, entity = subjects.named(f"{job.subject}/{job.entity}")
        file, reader = self._open.get(job.id) or self._opened(job, entity)

        def do(at: Context) -> Job:
            mine = jobs.of(at.tx, job.id, at.operator)
            sent = FileIn(mine.id, file, self._seat.transport_key)
            return stock_jobs.step(at, mine, entity.of_file, _stock(entity), sent, reader)

        with uncollected():
            done = self._managing.doing(subject, do)
        if done.state == "done":
            self._open.pop(job.id, None)
        return done

    def _opened(self, job: Job, entity: Entity) -> tuple[StreamedFile, Reader]:
        """The file of a job, looked through as it is now."""
        file = looked_through(Path(job.path))
        judged = stock.opened(entity.of_file, _stock(entity), file)
        self._open[job.id] = file, Reader(entity.of_file, _stock(entity), judged.columns)
        return self._open[job.id]


def _stock(entity: Entity) -> Stock:
    """How an entity comes in as stock. NotAllowed: it does not."""
    if entity.stock is None:
        raise NotAllowed(say("{name} is published: its rows come by editions.", name=entity.name))
    return entity.stock
