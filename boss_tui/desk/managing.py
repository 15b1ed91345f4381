"""What managers keep, at the desk of the office: lists of rows, rows into drafts, history, files in and out (the kit).

Which subjects there are and what each declares is in `boss_tui.management`; editions as such (submitted, approved, …)
are the part `editions`. Jobs are done in steps by whoever calls: between two steps everything else goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from boss_tui.components.access import note_access
from boss_tui.components.base import Context
from boss_tui.components.till import next_day, today
from boss_tui.desk.exporting import EXPORT, Exporting
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.trusting import Trust
from boss_tui.editions.rehearsal import as_if
from boss_tui.editions.standing import lines_of
from boss_tui.management import subjects
from boss_tui.management.kit import listing, past, working
from boss_tui.management.kit.filters import day_or, names, read_filter
from boss_tui.management.kit.listing import Asked, Count, Page, Place
from boss_tui.management.kit.subject import Entity, Fact, Key, Subject, Values
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, say
from data.store import Reading
from data.tables.edition import Edition
from data.tables.job import Job
from data.tables.organisation import RoleRight

if TYPE_CHECKING:
    from boss_tui.editions.differences import Difference
    from boss_tui.editions.subjects import Rules
    from boss_tui.management.kit.files import Format
    from boss_tui.management.kit.importing import Judged
    from data.tables.edition import EditionLine

T = TypeVar("T")
AT_ONCE = 20_000
"""Rows that are exported in one go; more are a job."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a subject keeps, as it is chosen from: its name (M6/tax_rate), in words; whether one may change it."""

    name: str
    says: Message
    may_change: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list, with the business date as of which it is."""

    entity: Entity
    page: Page
    day: str
    today: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it is worked on: as it stands, as the draft leaves it (as typed; None: not there), and the draft."""

    key: Key
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None
    op: str
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class Done:
    """What was put into a draft: the edition, and how many rows."""

    edition: Edition
    rows: int


class Managing:
    """The part of the desk that the kit stands on. Changes: NotAllowed anywhere but at headquarters' office."""

    def __init__(self, seat: Seat, trust: Trust, runs: Runs, files: Exporting) -> None:
        self._seat, self._trust, self._runs, self._files = seat, trust, runs, files
        self._open: dict[str, Judged] = {}

    # lists

    def kept(self) -> list[Kept]:
        """What there is to manage for whoever works here."""
        with self._seat.reading() as reading:
            found = [(code, self._rights(reading, code)) for code in subjects.MODULES]
            return [
                Kept(f"{code}/{entity.name}", entity.says, "" in rights)
                for code, rights in found
                if rights
                for entity in subjects.subject(code).entities
            ]

    def entity(self, name: str) -> Entity:
        """What is meant by M6, or M6/tax_rate."""
        return subjects.named(name)[1]

    def page(
        self, name: str, typed: str = "", *, sort: str = "", as_of: str = "", after: Place | None = None,
        before: Place | None = None, last: bool = False, size: int = listing.PAGE,
    ) -> Shown:  # fmt: skip
        """A page of a list. `sort`: a column, as it is called, a - before it turns the order round.

        BadForm: filter, sort. NotAllowed: no right to look; `as_of` is no day.
        """
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            rights = self._must_look(reading, subject)
            asked = self._asked(reading, entity, typed, sort, as_of)
            found = listing.page(reading, entity, asked, after=after, before=before, last=last, size=size)
            return Shown(entity, found, asked.day, asked.today, "" in rights)

    def count(self, name: str, typed: str = "", as_of: str = "") -> tuple[Count, Count]:
        """How many rows fit, and how many there are."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._must_look(reading, subject)
            return listing.counted(reading, entity, self._asked(reading, entity, typed, "", as_of))

    def _asked(self, reading: Reading, entity: Entity, typed: str, sort: str, as_of: str) -> Asked:
        today_ = self._today(reading)
        column = names(entity).get(sort.lstrip("-").casefold(), "") if sort else ""
        if sort and not column:
            told = say("There is no column {column}; there are {columns}.", column=sort.lstrip("-"),
                       columns=", ".join(each.name for each in entity.columns))  # fmt: skip
            raise BadForm({"sort": told})
        return Asked(read_filter(entity, typed), column, sort.startswith("-"), day_or(as_of, today_), today_)

    # one row

    def row(self, name: str, key: Key, edition: str = "") -> RowView:
        """A row, and what one's open draft (or a named edition) makes of it. NotFound: there is none."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._must_look(reading, subject)
            found = self._draft(reading, subject, edition)
            at = working.standing(reading, entity, found, key, self._today(reading))
            if at.before is None and at.after is None and not at.op:
                raise NotFound(say("There is no {table} {what}.", table=entity.name, what="/".join(map(str, key))))
            before, after = (None if row is None else entity.typed(row) for row in (at.before, at.after))
            return RowView(key, before, after, at.op, found)

    def blank(self, name: str) -> dict[str, str]:
        """What stands in the form of a new row."""
        return working.blank(self.entity(name))

    def copied(self, name: str, key: Key) -> dict[str, str]:
        """What stands in the form of a copy of a row."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._must_look(reading, subject)
            return working.copied(reading, entity, key, self._draft(reading, subject, ""), self._today(reading))

    def history(self, name: str, key: Key) -> list[past.Change]:
        """Every change of a row, the latest first."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._must_look(reading, subject)
            return past.of_row(reading, entity, key)

    def difference(self, name: str, first: str, last: str = "") -> list[Difference]:
        """What is other on a later business date (by default today's) than on an earlier one."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._must_look(reading, subject)
            today_ = self._today(reading)
            return past.difference(reading, entity, day_or(first, today_), day_or(last, today_))

    def draft(self, name: str) -> Edition | None:
        """The draft of its subject that whoever works here has open."""
        subject, _ = subjects.named(name)
        with self._seat.reading() as reading:
            return self._draft(reading, subject, "")

    def _draft(self, reading: Reading, subject: Subject, edition: str) -> Edition | None:
        if edition:
            return reading.one(Edition, id=edition)
        return working.open_draft(reading, subject.code, self._seat.person(reading).staff_no)

    # into a draft

    def check(self, name: str, typed: Values) -> dict[str, Message]:
        """What is wrong with a row as it is typed, by field."""
        try:
            self.entity(name).read(typed)
        except BadForm as fault:
            return fault.errors
        return {}

    def add(self, name: str, typed: Values, edition: str = "", **said: str) -> Done:
        """A new row into the draft that is meant: the named one, the open one, or a new one (`title`, …)."""
        return self._into(name, edition, said, lambda at, entity, to, rules: [
            working.added(at, entity, to, typed, rules)
        ])  # fmt: skip

    def change(self, name: str, wanted: Sequence[Key], typed: Values, edition: str = "", **said: str) -> Done:
        """Rows changed to what was typed, each in the same fields; see `working.changed`."""
        return self._into(
            name, edition, said, lambda at, entity, to, rules: working.changed(at, entity, to, wanted, typed, rules)
        )  # fmt: skip

    def end(self, name: str, wanted: Sequence[Key], edition: str = "", **said: str) -> Done:
        """Rows that end."""
        return self._into(
            name, edition, said, lambda at, entity, to, rules: working.ended(at, entity, to, wanted, rules)
        )  # fmt: skip

    def _into(
        self, name: str, edition: str, said: Mapping[str, str],
        what: Callable[[Context, Entity, str, Rules], Sequence[EditionLine]],
    ) -> Done:  # fmt: skip
        subject, entity = subjects.named(name)
        rules = self._rules()

        def do(at: Context) -> Done:
            draft = working.draft_for(at, edition, said.get("title", ""),
                                      **{name: text for name, text in said.items() if name != "title"})  # fmt: skip
            rows = what(at, entity, draft.id, rules)
            return Done(at.tx.one(Edition, id=draft.id), len(rows))

        return self._done(subject, do)

    # trying

    def try_out(self, code: str, typed: Values, on: str = "", edition: str = "") -> list[Fact]:
        """What comes of a subject's try-out on a business date (today or later), with an edition's lines in the rows if
        one is named. Nothing is left of it. NotAllowed: there is nothing to try; `on` is over."""
        subject, _ = subjects.named(code)
        tries = subject.tries
        if tries is None:
            raise NotAllowed(say("There is nothing to try of {code}.", code=subject.code))
        form = tries.form.read(typed)

        with self._seat.writing("try") as tx:
            self._must_look(tx, subject)
            today_ = self._today(tx)
            day = day_or(on, today_)
            if day < today_:
                raise NotAllowed(say("{day} is over: try today, or a later date.", day=day), field="on")
            lines = lines_of(tx, tx.one(Edition, id=edition).id) if edition else {}
            with as_if(tx, lines, today_, day):
                return list(tries.run(tx, form, date.fromisoformat(day)))

    # files

    def export(
        self, name: str, form: Format, typed: str = "", sort: str = "", as_of: str = "", where: str = ""
    ) -> Job | str:  # fmt: skip
        """What a list shows, into a file: answers its path, or the job where it is long (CSV alone)."""
        from boss_tui.management.kit import exporting, jobs

        subject, entity = subjects.named(name)
        path = self._files.free_place(where, f"{subject.code}-{entity.name}", "xlsx" if form == "xlsx" else "csv")
        with self._seat.writing(EXPORT) as tx:
            self._must_look(tx, subject)
            note_access(tx, EXPORT, f"{subject.code}/{entity.name}", form)
            asked = self._asked(tx, entity, typed, sort, as_of)
            count = listing.count(tx, entity, asked).rows
            if form != "xlsx" and count > listing.COUNTED:
                how = {"filter": typed, "sort": sort, "as_of": asked.day}
                staff_no = self._seat.person(tx).staff_no
                return jobs.begin_export(tx, staff_no, subject.code, entity, path, form, how, count)
            if count > AT_ONCE:
                raise NotAllowed(say("Too many rows for a spreadsheet: take CSV."), field="form")
            content = exporting.written(entity, exporting.rows(tx, entity, asked), form, self._seat.words())
        return self._files.put_bytes(content, path)

    def preview(self, name: str, path: Path, effective_from: str = "") -> Judged:
        """A file, read: `judge` goes on with it until all of it is judged. BadForm: file, or columns by name."""
        from boss_tui.editions.drafts import a_later_day
        from boss_tui.management.kit import files, importing

        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._must_look(reading, subject)
            today_ = self._today(reading)
        day = a_later_day(effective_from, today_) or today_
        return importing.opened(entity, files.read(path), day)

    def judge(self, judged: Judged) -> bool:
        """Judge the next rows of a file; whether there are more."""
        from boss_tui.management.kit import importing

        with self._seat.reading() as reading:
            return importing.judge(reading, judged, self._today(reading))

    def seen_before(self, judged: Judged) -> Message | None:
        """Whether the same content was imported before: when, by whom, into which editions."""
        from boss_tui.management.kit import jobs

        with self._seat.reading() as reading:
            found = jobs.same_file(reading, judged.entity, judged.source.digest)
        return jobs.seen_before(found[-1]) if found else None

    def bad_rows(self, judged: Judged, where: str = "") -> str:
        """The bad rows as a file with two more columns; answers its path."""
        from boss_tui.management.kit import importing

        stem = Path(judged.source.name).stem
        path = self._files.free_place(where, f"{stem}-bad", "csv")
        return self._files.put_bytes(importing.bad_rows(judged, "csv", self._seat.words()), path)

    def begin_import(
        self, name: str, judged: Judged, path: Path, *, good_rows: bool = False, again: bool = False, **said: str
    ) -> Job:  # fmt: skip
        """A file that was judged whole becomes a job; see `jobs.begin_import`."""
        from boss_tui.management.kit import jobs

        subject, _ = subjects.named(name)
        self._rules()
        job = self._done(
            subject, lambda at: jobs.begin_import(at, subject.code, judged, path, said, good_rows=good_rows, again=again)
        )  # fmt: skip
        self._open[job.id] = judged
        return job

    # jobs

    def jobs(self) -> list[Job]:
        """The jobs of this store, the one that moved last first."""
        from boss_tui.management.kit import jobs

        with self._seat.reading() as reading:
            return jobs.latest(reading)

    def step(self, job_id: str) -> Job:
        """The next step of a job; of one that was stopped, or whose program is gone, it goes on from where it was.

        NotAllowed: another's, over, or a line that can't be (the job has failed then). Conflict: its file, or the rows,
        are not as they were.
        """
        with self._seat.reading() as reading:
            job = reading.one(Job, id=job_id)
        try:
            return self._import_step(job) if job.kind == "import" else self._export_step(job)
        except NotAllowed as fault:
            if fault.field == "file":
                self._end(job_id, fault.message)
            raise

    def stop(self, job_id: str) -> Job:
        """Let a job rest where it is."""
        from boss_tui.management.kit import jobs

        with self._seat.writing("job") as tx:
            return jobs.stop(tx, jobs.of(tx, job_id, self._seat.person(tx).staff_no))

    def _import_step(self, job: Job) -> Job:
        from boss_tui.management.kit import jobs

        rules, name = self._rules(), f"{job.subject}/{job.entity}"
        judged = self._open.get(job.id) or self._judged_again(job, name)

        def do(at: Context) -> Job:
            mine = jobs.of(at.tx, job.id, at.operator)
            jobs.must_be_same(mine, judged)
            return jobs.import_step(at, mine, judged, rules)

        done = self._done(subjects.subject(job.subject), do)
        if done.state == "done":
            self._open.pop(job.id, None)
        return done

    def _judged_again(self, job: Job, name: str) -> Judged:
        """The file of a job whose program is gone, judged as it was then."""
        how = json.loads(job.how)
        judged = self.preview(name, Path(job.path), how.get("effective_from", ""))
        while self.judge(judged):
            pass
        self._open[job.id] = judged
        return judged

    def _export_step(self, job: Job) -> Job:
        from boss_tui.management.kit import jobs

        entity, how = self.entity(f"{job.subject}/{job.entity}"), json.loads(job.how)
        with self._seat.writing("job") as tx:
            mine = jobs.of(tx, job.id, self._seat.person(tx).staff_no)
            asked = self._asked(tx, entity, how["filter"], how["sort"], how["as_of"])
            return jobs.export_step(tx, mine, entity, asked, self._seat.words())

    def _end(self, job_id: str, why: Message) -> None:
        from boss_tui.management.kit import jobs

        with self._seat.writing("job") as tx:
            jobs.fail(tx, jobs.of(tx, job_id, self._seat.person(tx).staff_no), why)

    # inside

    def _rules(self) -> Rules:
        rules = self._seat.rules
        if rules is None:
            raise NotAllowed(say("Editions are worked on at headquarters' office."))
        return rules

    def _today(self, reading: Reading) -> str:
        day = today(reading, self._seat.station.outlet)
        return day.business_date if day else next_day(reading, self._seat.station.outlet)

    def _rights(self, reading: Reading, code: str) -> set[str]:
        """Which rights of a subject whoever works here has: change (""), check, emergency."""
        role = self._seat.person(reading).role
        held = {right.business for right in reading.all(RoleRight, role=role)}
        return {right for right in ("", "check", "emergency") if (f"{code}.{right}" if right else code) in held}

    def _must_look(self, reading: Reading, subject: Subject) -> set[str]:
        rights = self._rights(reading, subject.code)
        if not rights:
            raise NotAllowed(say("Your role may not look at this: it lacks the right {right}.", right=subject.code))
        return rights

    def _done(self, subject: Subject, what: Callable[[Context], T]) -> T:
        with self._seat.writing("edition") as tx:
            self._trust.must_be_sure(tx)
            return what(self._runs.context(tx, subject.code))
