"""What tests of files of stock share: a file is written with its head, judged to its end, taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from boss_tui.desk import Desk
from boss_tui.management.kit.stock import StockJudged
from data.tables.job import Job
from tests.head_office import HeadOffice


def headed(path: Path, entity: str, heading: str, rows: Sequence[Sequence[str]], said: Mapping[str, str]) -> Path:
    """A file whose head says how many rows there are, their hash, and `said`; what is empty there it does not say."""
    body = heading + "\n" + "".join(",".join(row) + "\n" for row in rows)
    head = {"count": str(len(rows)), "sha256": hashlib.sha256(body.encode()).hexdigest(), **said}
    first = ",".join(f"{name}={value}" for name, value in head.items() if value)
    path.write_text(f"#{entity},{first}\n{body}", encoding="utf-8")
    return path


def judged(desk: Desk, name: str, path: Path) -> StockJudged:
    """A file, judged to its end."""
    found = desk.row_files.preview(name, path)
    while desk.row_files.judge(found):
        pass
    assert isinstance(found, StockJudged)
    return found


def done(desk: Desk, job: Job) -> Job:
    """A job, gone on with to its end."""
    while job.state == "running":
        job = desk.row_files.step(job.id)
    return job


def taken_by(desk: Desk, name: str, path: Path) -> Job:
    """A good file, taken in."""
    found = judged(desk, name, path)
    assert not found.faults, found.faults
    return done(desk, desk.row_files.begin_import(name, found, path))


def taken(office: HeadOffice, name: str, path: Path) -> Job:
    """A good file, taken in by the maker."""
    return taken_by(office.maker, name, path)


def faults(found: StockJudged) -> list[tuple[int, str, str]]:
    """Where a file is wrong: line, column, class of fault."""
    return [(fault.line, fault.column, fault.kind) for fault in found.faults]
