"""Jobs that nobody is at: they go on by themselves, in the name of who began them, after a kill too.

As long as a screen or a command moves a job, it is let alone. What refuses a step lets the job rest, and its log says
why; what can't come right any more (the rules have changed meanwhile) ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import bindparam, select

from boss_tui.components.operators.grades import grade_of
from boss_tui.components.till.business_days import today
from boss_tui.desk.desk import Desk
from boss_tui.desk.station import Operator
from boss_tui.management.kit import jobs
from data.clock import stamp
from data.errors import BossError, Conflict
from data.journal import Author
from data.message import Message
from data.store import Reading, Store
from data.tables.job import Job
from data.tables.organisation import Operator as OperatorRow

STILL_SECONDS = 10
"""A running job that has not moved for so long is nobody's."""

_job = Job.table()
_RUNNING = select(_job.c.id, _job.c.changed_at).where(_job.c.state == "running").order_by(_job.c.changed_at).limit(100)
_IS_ONE = select(_job.c.id).where(_job.c.state == "running", _job.c.changed_at < bindparam("still")).limit(1)


class Unattended:
    """What goes on with the jobs of a store. `desk`: makes the desk at which they are done, once there is one."""

    def __init__(self, store: Store, desk: Callable[[], Desk]) -> None:
        self._store, self._make = store, desk
        self._desk: Desk | None = None
        self._mine: dict[str, str] = {}  # where this left each job: when it moved last

    def step(self) -> bool:
        """The next step of a job that nobody is at; whether there was one."""
        with self._store.reading() as reading:
            job_id = self._next(reading)
            if job_id is None:
                return False
            desk = self._at()
            if today(reading, desk.seat.station.outlet) is None:
                return False
            job = reading.one(Job, id=job_id)
            desk.seat.operator = _who(reading, job.operator)
        self._do(desk, job)
        with self._store.reading() as reading:
            self._mine[job.id] = reading.one(Job, id=job.id).changed_at
        return True

    def _next(self, reading: Reading) -> str | None:
        """The job that this has moved last itself, else one that has stood still."""
        still = stamp(reading.present() - timedelta(seconds=STILL_SECONDS))
        if not self._mine and not reading.rows(_IS_ONE, still=still):
            return None
        running = dict(reading.rows(_RUNNING))
        self._mine = {job: at for job, at in self._mine.items() if running.get(job) == at}
        return next((job for job, at in running.items() if job in self._mine or at < still), None)

    def _at(self) -> Desk:
        if self._desk is None:
            self._desk = self._make()
        return self._desk

    def _do(self, desk: Desk, job: Job) -> None:
        try:
            desk.row_files.step(job.id)
        except Conflict as fault:
            self._end(desk, job, fault.message, jobs.fail)
        except BossError as fault:
            self._end(desk, job, fault.message, jobs.rest)

    def _end(self, desk: Desk, job: Job, why: Message, how: Callable[..., Job]) -> None:
        author = Author(desk.seat.station.outlet, "job", "housekeeping", desk.seat.station.counter)
        with self._store.transaction(author) as tx:
            now = tx.one(Job, id=job.id)
            if now.state == "running" and now.changed_at == job.changed_at:
                how(tx, now, why)


def _who(reading: Reading, staff_no: str) -> Operator | None:
    """Who began a job, as they stand now; nobody: they may work no more (a step then says so)."""
    row = reading.find(OperatorRow, staff_no=staff_no)
    if row is None:
        return None
    return Operator(row.staff_no, row.name, row.role, row.language, grade=grade_of(reading, row.role))
