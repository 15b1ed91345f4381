"""Imports, exports and runs of rules as jobs: begun, done step by step, stopped, gone on with by their operator, also
after a kill.

A step is one transaction that counts the job's `done` up, so that nothing is done twice and nothing is left out. What a
step needs beside its row is read again from the job's file (an import) or cut to what was told (an export).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import bindparam, select

from boss_tui.components.base import Context
from boss_tui.editions import drafts
from boss_tui.editions.lines import published_since
from boss_tui.editions.rehearsal import MOST_LINES
from boss_tui.editions.standing import rows_of
from boss_tui.editions.subjects import Rules, Unsound
from boss_tui.locale import Words
from boss_tui.management.kit import exporting, files
from boss_tui.management.kit.entity import Entity, Values
from boss_tui.management.kit.exporting import cells, heading
from boss_tui.management.kit.faults import CellFault
from boss_tui.management.kit.importing import STEP, Judged, Verdict, titles
from data.clock import new_key, wall_day
from data.errors import Conflict, NotAllowed, Outside, reason_of
from data.journal import canonical
from data.message import Message, first_of, quoted, say
from data.store import Reading, UnitOfWork
from data.tables.job import Job

OPEN = ("running", "stopped")
LATEST = 50

_job = Job.table()
_SHOWN = select(*_job.c).order_by(_job.c.changed_at.desc(), _job.c.id.desc()).limit(LATEST)
_SAME_FILE = (
    select(*_job.c)
    .where(
        _job.c.digest == bindparam("digest"),
        _job.c.entity == bindparam("entity"),
        _job.c.kind == "import",
        _job.c.state != "failed",
    )
    .order_by(_job.c.started_at)
)


def latest(reading: Reading) -> list[Job]:
    """The jobs of this store, the one that moved last first."""
    return reading.models(Job, _SHOWN)


def same_file(reading: Reading, entity: Entity, digest: str) -> list[Job]:
    """Imports of the same content into the same rows, as far as they got."""
    return reading.models(Job, _SAME_FILE, digest=digest, entity=entity.name)


def of(tx: UnitOfWork, job_id: str, operator: str) -> Job:
    """A job that its own operator goes on with, or stops. NotAllowed: another's, or over."""
    job = tx.one(Job, id=job_id)
    if job.operator != operator:
        raise NotAllowed(say("{staff_no} has begun this.", staff_no=job.operator))
    if job.state not in OPEN:
        raise NotAllowed(say("This has ended already."))
    return job


def begun(tx: UnitOfWork, operator: str, **values: Any) -> Job:
    """A job that somebody begins now."""
    now = tx.now()
    log = canonical([[now, say("begun by {staff_no}", staff_no=operator).as_json(), 0]])
    return tx.add(Job, id=new_key(tx.clock), operator=operator, started_at=now, changed_at=now, log=log, **values)


def logged(tx: UnitOfWork, job: Job, told: Message, done: int | None = None) -> str:
    """A job's log with one line more: what became of it, and how far it was then."""
    return canonical([*json.loads(job.log), [tx.now(), told.as_json(), job.done if done is None else done]])


def log_of(job: Job) -> list[tuple[str, Message, int]]:
    """What became of a job, in order: when (stored time), what, how far it was then."""
    return [(at, Message.from_json(told), done) for at, told, done in json.loads(job.log)]


def stop(tx: UnitOfWork, job: Job) -> Job:
    """Let a job rest where it is: no step moves it until it is gone on with."""
    return tx.change(job, state="stopped", changed_at=tx.now(), log=logged(tx, job, say("stopped")))


def rest(tx: UnitOfWork, job: Job, why: Message) -> Job:
    """A job that nobody is at was refused a step: it rests until its operator goes on with it."""
    return tx.change(job, state="stopped", changed_at=tx.now(), log=logged(tx, job, say("rests: {why}", why=why)))


def go_on(tx: UnitOfWork, job: Job) -> Job:
    """Go on with a job that rests, also one whose program is gone."""
    return tx.change(job, state="running", changed_at=tx.now(), log=logged(tx, job, say("gone on with")))


def fail(tx: UnitOfWork, job: Job, why: Message) -> Job:
    """A job can't be gone on with."""
    log = logged(tx, job, say("failed: {why}", why=why))
    return tx.change(job, state="failed", fault=canonical(why.as_json()), changed_at=tx.now(), log=log)


# imports


def begin_import(
    context: Context, subject: str, judged: Judged, path: Path, said: Mapping[str, str], *, good_rows: bool, again: bool
) -> Job:
    """A file that has been judged whole becomes a job. `said`: title, reason, effective_from of its editions; or the
    `edition`, a draft that has room for its rows.

    `good_rows`: what is bad is left out. NotAllowed: something is bad and the file is wanted whole (or must be),
    nothing in it is new, it was imported before (`again` lets it).
    """
    tx, entity = context.tx, judged.entity
    must_be_good(tx, judged, good_rows=good_rows, again=again)
    drafts.a_later_day(said.get("effective_from", ""), drafts.must_be_open(context))
    how = {**said, "title": said.get("title") or judged.source.name, "day": judged.day, "good_rows": good_rows}
    how["since"] = judged.since
    return begun(
        tx,
        context.operator,
        kind="import",
        subject=subject,
        entity=entity.name,
        path=str(path.resolve()),
        digest=judged.source.digest,
        how=canonical(how),
        said=canonical({"editions": _into(context, said.get("edition", ""), len(judged.verdicts)), **judged.counts()}),
        total=len(judged.verdicts),
    )


def _into(context: Context, edition_id: str, count: int) -> list[tuple[str, int]]:
    """The draft that an import of so many rows goes into, where it is a known one. NotAllowed: another's, none any
    more, or without room for them."""
    if not edition_id:
        return []
    draft = drafts.edited(context, edition_id)
    if len(rows_of(context.tx, edition_id)) + count > MOST_LINES:
        told = say(
            "Edition {number} has no room for {n} {n:row|rows} more: take a new one.", number=draft.number, n=count
        )
        raise NotAllowed(told, field="edition")
    return [(draft.id, draft.number)]


class Preview(Protocol):
    """A file that was judged whole."""

    @property
    def entity(self) -> Entity: ...  # noqa: D102 (whose rows it has)
    @property
    def source(self) -> Hashed: ...  # noqa: D102 (the file)
    @property
    def faults(self) -> Sequence[CellFault]: ...  # noqa: D102 (what is wrong with it)
    def counts(self) -> dict[str, int]: ...  # noqa: D102 (how many rows are new, changed, the same, bad)


class Hashed(Protocol):
    """A file with the hash of its bytes."""

    @property
    def digest(self) -> str: ...  # noqa: D102 (of its bytes)


def must_be_good(tx: UnitOfWork, judged: Preview, *, good_rows: bool, again: bool) -> None:
    """NotAllowed (`file`): something is bad and the file is wanted whole (or must be), nothing in it is new, it was
    imported before (`again` lets it)."""
    counts = judged.counts()
    bad = counts["bad"]
    if bad and (judged.entity.whole_file or not good_rows):
        raise NotAllowed(_first_of(judged.faults, bad, judged.entity), field="file")
    if not counts["new"] + counts["changed"]:
        raise NotAllowed(say("Nothing in this file is new: all is as it stands."), field="file")
    before = same_file(tx, judged.entity, judged.source.digest)
    if before and not again:
        raise NotAllowed(seen_before(before[-1]), field="file")


def _first_of(faults: Sequence[CellFault], bad: int, entity: Entity) -> Message:
    first = faults[0]
    cell = say("line {line}, {column}", line=first.line, column=first.column) if first.column else ""
    where = cell or say("line {line}", line=first.line)
    told = say("{n} {n:row is|rows are} wrong, the first in {where}: {why}", n=bad, where=where, why=first.message)
    if not entity.whole_file:
        return told
    return say("{told} Such a file is taken whole or not at all.", told=told)


def seen_before(job: Job) -> Message:
    """When a file was imported already, by whom, and into which editions; or how many pieces of stock it brought."""
    said, told = json.loads(job.said), {"day": wall_day(job.started_at), "staff_no": job.operator}
    if "editions" not in said:
        return say("This file was taken in on {day} by {staff_no}: {n} {n:piece|pieces}.", **told, n=said["taken"])
    numbers = ", ".join(str(number) for _, number in said["editions"]) or "-"
    return say("This file was imported on {day} by {staff_no}, into edition {numbers}.", **told, numbers=numbers)


def must_be_same(job: Job, judged: Judged) -> None:
    """Conflict when a job's file is not what it was, or the job is of a program that did not note its line."""
    if judged.source.digest != job.digest:
        raise Conflict(say("{file} has changed since: import it anew.", file=job.path))
    if "since" not in json.loads(job.how):
        raise Conflict(say("The rows have changed since {file} was read: import it anew.", file=job.path))


def import_step(context: Context, job: Job, judged: Judged, rules: Rules) -> Job:
    """Put the next rows into the job's edition; into a new one, where that is full. The job goes on behind the line of
    the file where it was, and leaves rows alone that others changed since the file was read: they are told.
    """
    tx, how, said = context.tx, json.loads(job.how), json.loads(job.said)
    after, written = int(said.get("line", 0)), int(said.get("written", 0))
    moved = published_since(tx, job.entity, how["since"])
    room = MOST_LINES - written % MOST_LINES  # in its edition, where it is its own
    left = [verdict for verdict in judged.verdicts if verdict.line > after]
    part = left[: min(STEP, room)]
    over = len(part) == len(left)
    last = judged.source.records[-1].line if over else part[-1].line
    wanted = [verdict for verdict in part if verdict.edit.key not in moved]
    if wanted and room == MOST_LINES and not how.get("edition"):
        title = titles(how["title"], job.total, MOST_LINES)(len(said["editions"]))
        made = drafts.new(
            context,
            title=title,
            reason=how.get("reason", ""),
            effective_from=how.get("effective_from", ""),
            scope=how.get("scope", ""),
        )
        said["editions"].append([made.id, made.number])
    if wanted:
        _put(context, said["editions"][-1][0], wanted, rules)
    lines = [line for key, line in judged.seen.items() if key in moved and after < line <= last]
    said |= {"line": last, "written": written + len(wanted), "moved": [*said.get("moved", ()), *lines]}
    done = job.total if over else min(job.done + len(part), job.total)
    return tx.change(
        job,
        done=done,
        said=canonical(said),
        state="done" if over else "running",
        fault="",
        changed_at=tx.now(),
        log=logged(tx, job, _imported(said), done) if over else job.log,
    )


def _put(context: Context, edition: str, wanted: Sequence[Verdict], rules: Rules) -> None:
    try:
        drafts.put_lines(context, edition, [verdict.edit for verdict in wanted], rules)
    except Unsound as fault:
        line = wanted[fault.faults[0].position].line
        raise NotAllowed(say("Line {line}: {why}", line=line, why=fault.message), field="file") from fault


def _imported(said: Mapping[str, Any]) -> Message:
    """Which editions an import went into, and what it left alone."""
    numbers = ", ".join(f"#{number}" for _, number in said["editions"]) or "-"
    done = say("done, in edition {numbers}", numbers=numbers)
    left = left_alone(said)
    return say("{done}. {left}", done=done, left=left) if left else done


def left_alone(said: Mapping[str, Any]) -> Message | None:
    """The rows of a file that others changed since it was read, by their lines; None: there are none."""
    lines = said.get("moved", ())
    if not lines:
        return None
    return say(
        "Changed by others since the file was read, and left as {n:it is|they are}: line {lines}",
        n=len(lines),
        lines=first_of([quoted(str(line)) for line in lines]),
    )


# runs of rules


def begin_run(context: Context, entity: str, how: Mapping[str, Any], said: Mapping[str, Any], total: int) -> Job:
    """A run of a subject's rules becomes a job: over so many rows, which come to rows of `entity`."""
    return begun(
        context.tx,
        context.operator,
        kind="run",
        subject=context.business,
        entity=entity,
        path="",
        how=canonical(how),
        said=canonical(said),
        total=total,
    )


# exports


def begin_export(
    tx: UnitOfWork,
    operator: str,
    subject: str,
    entity: Entity,
    path: Path,
    form: files.Format,
    asked: Mapping[str, Any],
    total: int,
) -> Job:
    """A list becomes a job that writes it as CSV. `asked`: the list, as it is asked for again if it is begun anew."""
    how = {**asked, "form": form}
    return begun(
        tx,
        operator,
        kind="export",
        subject=subject,
        entity=entity.name,
        path=str(path.resolve()),
        how=canonical(how),
        said=canonical({"bytes": 0}),
        total=total,
    )


def export_anew(tx: UnitOfWork, job: Job) -> Job:
    """A list that was not written to its end is of a moment that is gone: it is written from its beginning."""
    if not job.done:
        return job
    log = logged(tx, job, say("written anew, as the rows stand now"))
    return tx.change(job, done=0, said=canonical({"bytes": 0}), log=log, changed_at=tx.now())


def export_step(tx: UnitOfWork, job: Job, entity: Entity, found: Sequence[Values], words: Words) -> Job:
    """Write the next rows of a moment behind those that are told of; the last step gives the file its name."""
    said, form = json.loads(job.said), json.loads(job.how)["form"]
    head = [] if job.done else [heading(entity, words)]
    content = files.csv_bytes([*head, *(cells(entity, row) for row in found)], form, first=not job.done)
    is_last = len(found) < exporting.STEP
    size = _append(Path(job.path), int(said["bytes"]), content, is_last)
    done = job.done + len(found)
    return tx.change(
        job,
        done=done,
        total=done if is_last else max(job.total, done),
        said=canonical({"bytes": size}),
        changed_at=tx.now(),
        fault="",
        state="done" if is_last else "running",
        log=logged(tx, job, say("done"), done) if is_last else job.log,
    )


def _append(path: Path, size: int, content: bytes, is_last: bool) -> int:
    """Write behind so many bytes of the file in the making; answers how many it has then."""
    making = path.with_name(f"{path.name}.part")
    try:
        if is_last and path.exists() and not making.exists():
            return size  # it was named just before a kill
        with making.open("r+b" if size else "wb") as out:
            out.truncate(size)
            out.seek(size)
            out.write(content)
        if is_last:
            making.rename(path)
    except OSError as fault:
        why = reason_of(fault)
        raise Outside(say("{path} can't be written: {fault}", path=str(path), fault=why)) from fault
    return size + len(content)
