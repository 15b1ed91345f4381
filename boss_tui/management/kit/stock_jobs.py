"""A file of stock as a job: taken in page by page, each page a transaction that says how far the file is read.

What was stopped, or whose program is gone, goes on behind the last page. Only one file of a kind is under way at a
time, so that what was judged before the first page holds until the last.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.components.base import Context
from boss_tui.editions.noting import note
from boss_tui.management.kit import jobs
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.files import FileRow
from boss_tui.management.kit.intake import FileIn, Intake, Stock
from boss_tui.management.kit.stock import PAGE, Reader, StockJudged, look_at, within_page
from boss_tui.management.kit.streamed import Place
from data.errors import Conflict, NotAllowed
from data.journal import canonical
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.job import Job
from data.tables.stockroom import StockBatch

_job = Job.table()
_OPEN = select(*_job.c).where(
    _job.c.kind == "import", _job.c.entity == bindparam("of_entity"), _job.c.state.in_(jobs.OPEN)
)


def under_way(reading: Reading, entity: Entity) -> Job | None:
    """The file of such pieces that is being taken in."""
    found = reading.models(Job, _OPEN, of_entity=entity.name)
    return found[0] if found else None


def must_be_alone(reading: Reading, entity: Entity) -> None:
    """NotAllowed: another file of such pieces is being taken in."""
    other = under_way(reading, entity)
    if other is not None:
        told = say(
            "{file} is being taken in, {done} of {total}: go on with it first (boss manage {subject} resume {job}).",
            file=Path(other.path).name,
            done=f"{other.done:,}",
            total=f"{other.total:,}",
            subject=other.subject,
            job=other.id,
        )
        raise NotAllowed(told, field="file")


def begin(context: Context, judged: StockJudged, said: Mapping[str, str], *, good_rows: bool, again: bool) -> Job:
    """A file that was judged whole becomes a job, its batch is on record. NotAllowed as `jobs.must_be_good`, or another
    file is under way."""
    tx, file = context.tx, judged.source
    must_be_alone(tx, judged.entity)
    jobs.must_be_good(tx, judged, good_rows=good_rows, again=again)
    how = {"good_rows": good_rows, "reason": said.get("reason", "")}
    job = jobs.begun(
        tx,
        context.operator,
        kind="import",
        subject=context.business,
        entity=judged.entity.name,
        path=str(file.path.resolve()),
        digest=file.digest,
        how=canonical(how),
        said=canonical({"byte": file.start.byte, "line": file.start.line, "taken": 0, **judged.counts()}),
        total=judged.total,
    )
    batch(context, job.id, judged.stock.kind, "file", file.name, file.digest)
    note(context, "stock.begin", said={"file": file.name, "sha256": file.digest, **judged.counts(), **how})
    return job


def batch(context: Context, key: str, kind: str, how: str, name: str, digest: str = "", pieces: int = 0) -> StockBatch:
    """A batch, on record."""
    tx = context.tx
    return tx.add(
        StockBatch,
        id=key,
        kind=kind,
        how=how,
        name=name,
        digest=digest,
        pieces=pieces,
        operator=context.operator,
        business_date=context.business_date,
        made_at=tx.now(),
    )


def step(context: Context, job: Job, entity: Entity, stock: Stock, sent: FileIn, reader: Reader) -> Job:
    """The next page of a file. NotAllowed (`file`): a row of it can't be, and the file is wanted whole. Conflict: it is
    not what it was."""
    file = sent.file
    if file.digest != job.digest:
        raise Conflict(say("{file} has changed since: import it anew.", file=job.path))
    tx, said = context.tx, json.loads(job.said)
    records, behind = file.page(Place(said["byte"], said["line"]), PAGE)
    intake = stock.intake(tx, sent)
    taken = _as_judged(tx, entity, stock, intake, reader, records)
    if taken is None:
        looked = look_at(tx, entity, stock, reader.page(records), intake, within_page)
        if looked.faults and (entity.whole_file or not json.loads(job.how)["good_rows"]):
            first = looked.faults[0]
            raise NotAllowed(say("Line {line}: {why}", line=first.line, why=first.message), field="file")
        with tx.received():  # stock is headquarters' own: no journal tells of each piece
            intake.write(tx, looked.good)
        taken = len(looked.good)
    said |= {"byte": behind.byte, "line": behind.line, "taken": said["taken"] + taken}
    done = job.done + len(records)
    over = done >= job.total or not records
    values: dict[str, Any] = {"done": done, "said": canonical(said), "changed_at": tx.now(), "fault": ""}
    if over and entity.whole_file and not file.is_as_it_was():
        raise Conflict(say("{file} has changed since: import it anew.", file=job.path))
    if over:
        _ended(context, job, intake, said["taken"])
        told = say("done: {n} {n:piece is|pieces are} in stock", n=said["taken"])
        values |= {"state": "done", "log": jobs.logged(tx, job, told, done)}
    return tx.change(job, **values)


def _as_judged(
    tx: UnitOfWork, entity: Entity, stock: Stock, intake: Intake, reader: Reader, records: Sequence[FileRow]
) -> int | None:
    """Take rows in as they stand, of a kind whose file was judged whole (that it is the same still is seen in the end);
    how many. None where they must be read and judged again."""
    plain = reader.plainly(records) if entity.whole_file and stock.alike is not None else None
    if plain is None or stock.alike is None:
        return None
    names, cells = plain
    with tx.received():
        tx.add_alike(entity.model, names, cells, **stock.alike(intake))
    return len(cells)


def _ended(context: Context, job: Job, intake: Any, taken: int) -> None:
    tx = context.tx
    intake.taken(tx)
    tx.change(tx.one(StockBatch, id=job.id), pieces=taken)
    note(context, "stock.import", said={"file": Path(job.path).name, "sha256": job.digest, "pieces": taken})
