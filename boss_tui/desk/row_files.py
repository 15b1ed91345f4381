"""Files of rows at the desk of the office: what a list shows goes out, a file comes in as editions; as jobs where long.

A job is done in steps by whoever calls `step`: between two of them everything else goes on, and what was stopped, or
whose program is gone, goes on from where it was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boss_tui.components.base import Context
from boss_tui.components.operators.access import note_access
from boss_tui.desk.exporting import EXPORT, Exporting
from boss_tui.desk.managing import Managing
from boss_tui.desk.seat import Seat
from boss_tui.desk.stock_files import StockFiles
from boss_tui.editions.drafts import a_later_day
from boss_tui.editions.rehearsal import MOST_LINES, rehearse
from boss_tui.management import subjects
from boss_tui.management.kit import exporting, files, importing, jobs, listing
from boss_tui.management.kit.moment import Moment
from boss_tui.management.kit.stock import AnyJudged, StockJudged
from data.errors import Conflict, NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.job import Job

if TYPE_CHECKING:
    from boss_tui.management.kit.entity import Entity
    from boss_tui.management.kit.files import Format
    from boss_tui.management.kit.importing import Judged
    from boss_tui.management.kit.subject import RuleRun, Subject

AT_ONCE = 20_000
"""Rows that a spreadsheet is written of at most; of CSV there may be any number."""


class RowFiles:
    """The part of the desk that brings rows out and in."""

    def __init__(self, seat: Seat, managing: Managing, files_: Exporting) -> None:
        self._seat, self._managing, self._files = seat, managing, files_
        self._stock = StockFiles(seat, managing)
        self._open: dict[str, Judged] = {}
        self._step_of = {"import": self._import_step, "export": self._export_step, "run": self._run_step}
        self._moments: dict[str, Moment] = {}
        self._written: dict[str, int] = {}  # how far each list was left by this program

    # out

    def export(
        self, name: str, form: Format, typed: str = "", sort: str = "", as_of: str = "", where: str = ""
    ) -> Job | str:
        """What a list shows, into a file: answers its path, or the job where it is long (CSV alone)."""

        subject, entity = subjects.named(name)
        path = self._files.free_place(where, f"{subject.code}-{entity.name}", "xlsx" if form == "xlsx" else "csv")
        with self._seat.writing(EXPORT) as tx:
            self._managing.must_look(tx, subject)
            note_access(tx, EXPORT, f"{subject.code}/{entity.name}", form)
            asked = self._managing.asked(tx, entity, typed, sort, as_of)
            count = listing.count(tx, entity, asked).rows
            if form != "xlsx" and count > listing.COUNTED:
                how = {"filter": typed, "sort": sort, "as_of": asked.day}
                staff_no = self._seat.person(tx).staff_no
                return jobs.begin_export(tx, staff_no, subject.code, entity, path, form, how, count)
            if count > AT_ONCE:
                raise NotAllowed(say("Too many rows for a spreadsheet: take CSV."), field="form")
            content = exporting.written(entity, exporting.rows(tx, entity, asked), form, self._seat.words())
        return self._files.put_bytes(content, path)

    # in

    def preview(self, name: str, path: Path, effective_from: str = "") -> AnyJudged:
        """A file, read: `judge` goes on with it until all of it is judged. BadForm: file, or columns by name."""

        subject, entity = subjects.named(name)
        if entity.stock is not None:
            return self._stock.preview(name, path)
        return self._read(subject, entity, path, effective_from)

    def _read(self, subject: Subject, entity: Entity, path: Path, effective_from: str) -> Judged:
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
            today_ = self._managing.today(reading)
        day = a_later_day(effective_from, today_) or today_
        return importing.opened(entity, files.read(path), day, subject.code)

    def judge(self, judged: AnyJudged) -> bool:
        """Judge the next rows of a file; whether there are more. Then the rules of the business are asked, of as many
        rows at once as an edition takes."""
        if isinstance(judged, StockJudged):
            return self._stock.judge(judged)
        if judged.read < judged.total:
            with self._seat.reading() as reading:
                more = importing.judge(reading, judged, self._managing.today(reading))
            return more or bool(judged.verdicts)
        if judged.verdicts:
            self._ask_rules(judged)
        return judged.asked < len(judged.verdicts)

    def _ask_rules(self, judged: Judged) -> None:
        checks, lines = self._managing.rules().of(judged.code).checks, importing.unasked(judged, MOST_LINES)
        with self._seat.writing("try") as tx:
            faults = rehearse(tx, lines, self._managing.today(tx), judged.day, checks)
        importing.refuse(judged, lines, faults)

    def seen_before(self, judged: AnyJudged) -> Message | None:
        """Whether the same content was imported before: when, by whom, into which editions."""

        with self._seat.reading() as reading:
            found = jobs.same_file(reading, judged.entity, judged.source.digest)
        return jobs.seen_before(found[-1]) if found else None

    def bad_rows(self, judged: AnyJudged, where: str = "") -> str:
        """The bad rows as a file with two more columns; answers its path."""

        stem = Path(judged.source.name).stem
        path = self._files.free_place(where, f"{stem}-bad", "csv")
        if isinstance(judged, StockJudged):
            return self._files.put_pieces(self._stock.bad_rows(judged), path)
        return self._files.put_bytes(importing.bad_rows(judged, "csv", self._seat.words()), path)

    def begin_import(
        self, name: str, judged: AnyJudged, path: Path, *, good_rows: bool = False, again: bool = False, **said: str
    ) -> Job:
        """A file that was judged whole becomes a job; see `jobs.begin_import`."""
        if isinstance(judged, StockJudged):
            return self._stock.begin(name, judged, good_rows=good_rows, again=again, **said)
        subject, _ = subjects.named(name)
        self._managing.rules()
        job = self._managing.doing(
            subject,
            lambda at: jobs.begin_import(at, subject.code, judged, path, said, good_rows=good_rows, again=again),
        )
        self._open[job.id] = judged
        return job

    # runs of rules

    def run_of(self, name: str) -> RuleRun | None:
        """The run of rules that is begun at such rows; None: there is none."""
        subject, entity = subjects.named(name)
        return subject.run_of(entity.name)

    def begin_run(self, name: str, **said: str) -> Job:
        """A run of a subject's rules becomes a job. `said`: what was asked for (`RuleRun.asks`).

        NotAllowed: it has no rules that are run, or see `RuleRun.begin`."""
        subject, entity = subjects.named(name)
        run = subject.run_of(entity.name)
        if run is None:
            raise NotAllowed(say("{code} has no rules that are run.", code=subject.code))
        self._managing.rules()
        return self._managing.doing(subject, lambda at: run.begin(at, said))

    def told(self, job: Job) -> Sequence[Message]:
        """What came of a job so far, a line each; the first is what is announced at its end."""
        if job.kind == "run":
            return subjects.subject(job.subject).runs[job.entity].told(job)
        done = say("{name}: {n} {n:row is|rows are} done.", name=Path(job.path).name, n=job.done)
        left = jobs.left_alone(json.loads(job.said))
        return [done, left] if left is not None else [done]

    def _run_step(self, job: Job) -> Job:
        subject, rules = subjects.subject(job.subject), self._managing.rules()
        run = subject.runs[job.entity]
        return self._managing.doing(subject, lambda at: run.step(at, jobs.of(at.tx, job.id, at.operator), rules))

    # jobs

    def jobs(self) -> list[Job]:
        """The jobs of this store, the one that moved last first."""

        with self._seat.reading() as reading:
            return jobs.latest(reading)

    def step(self, job_id: str) -> Job:
        """The next step of a job that runs; one that rests is answered as it is.

        NotAllowed: another's, over, or a line that can't be (the job has failed then). Conflict: its file, or the rows,
        are not as they were.
        """
        with self._seat.reading() as reading:
            job = reading.one(Job, id=job_id)
            if job.state == "stopped" and job.operator == self._seat.person(reading).staff_no:
                return job
        try:
            return self._step_of[job.kind](job)
        except NotAllowed as fault:
            if fault.field == "file":
                self._end(job_id, fault.message)
            raise

    def go_on(self, job_id: str) -> Job:
        """Go on with a job that rests: it was stopped, or its program is gone. NotAllowed as `step`."""
        with self._seat.writing("job") as tx:
            return jobs.go_on(tx, jobs.of(tx, job_id, self._seat.person(tx).staff_no))

    def stop(self, job_id: str) -> Job:
        """Let a job rest where it is: whoever is at it stops, in this program or another."""
        if job_id in self._moments:
            self._moments.pop(job_id).close()
        with self._seat.writing("job") as tx:
            return jobs.stop(tx, jobs.of(tx, job_id, self._seat.person(tx).staff_no))

    def _import_step(self, job: Job) -> Job:
        rules, name = self._managing.rules(), f"{job.subject}/{job.entity}"
        if subjects.named(name)[1].stock is not None:
            return self._stock.step(job)
        judged = self._open.get(job.id) or self._judged_again(job, name)

        def do(at: Context) -> Job:
            mine = jobs.of(at.tx, job.id, at.operator)
            jobs.must_be_same(mine, judged)
            return jobs.import_step(at, mine, judged, rules)

        done = self._managing.doing(subjects.subject(job.subject), do)
        if done.state == "done":
            self._open.pop(job.id, None)
        return done

    def _judged_again(self, job: Job, name: str) -> Judged:
        """The file of a job whose program is gone, judged as it was then."""
        how = json.loads(job.how)
        judged = self._read(*subjects.named(name), Path(job.path), how.get("effective_from", ""))
        while self.judge(judged):
            pass
        self._open[job.id] = judged
        return judged

    def _export_step(self, job: Job) -> Job:

        entity = subjects.named(f"{job.subject}/{job.entity}")[1]
        if job.id in self._moments and self._written[job.id] != job.done:
            self._moments.pop(job.id).close()  # another program was at it meanwhile
        found = self._moments[job.id].next(exporting.STEP) if job.id in self._moments else None
        with self._seat.writing("job") as tx:
            mine = jobs.of(tx, job.id, self._seat.person(tx).staff_no)
            if mine.done != job.done:
                raise Conflict(say("Another program of this home is at this job."))
            if found is None:
                mine = jobs.export_anew(tx, mine)
                found = self._moment(tx, mine, entity).next(exporting.STEP)
            done = jobs.export_step(tx, mine, entity, found, self._seat.words())
        self._written[job.id] = done.done
        if done.state == "done":
            self._moments.pop(job.id).close()
        return done

    def _moment(self, reading: Reading, job: Job, entity: Entity) -> Moment:
        """The moment of which a list is written, which stays until it is written."""
        how = json.loads(job.how)
        asked = self._managing.asked(reading, entity, how["filter"], how["sort"], how["as_of"])
        self._moments[job.id] = Moment(self._seat.store, entity, asked)
        return self._moments[job.id]

    def _end(self, job_id: str, why: Message) -> None:

        with self._seat.writing("job") as tx:
            jobs.fail(tx, jobs.of(tx, job_id, self._seat.person(tx).staff_no), why)
