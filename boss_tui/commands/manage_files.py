"""`boss manage CODE export|import|jobs|resume`: what managers keep, as files; long ones are jobs."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.editions import said
from boss_tui.commands.manage import (
    AsOfOption,
    FilterOption,
    FromOption,
    ReasonOption,
    SortOption,
    TitleOption,
    edition_of,
    manage,
)
from boss_tui.commands.office import at_office
from boss_tui.commands.options import GoOption, HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.progress import ShownProgress, worked
from boss_tui.commands.shared import errors_in_words, interrupted, show, show_json, spoken, tell
from data.clock import on_the_wall
from data.errors import BadForm, BossError, NotAllowed
from data.message import Message, say
from data.states import state_name

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.management.kit.stock import AnyJudged
    from data.progress import Report
    from data.tables.job import Job

__all__ = ["manage"]
FAULTS = 20
"""Wrong rows of a file that are told one by one; all of them are in the file of the bad ones."""


@manage.command("export")
@errors_in_words
def exported(
    at: typer.Context,
    where: Annotated[str, typer.Argument(help="A folder, or a new file; .xlsx: a spreadsheet.")] = "",
    typed: FilterOption = "",
    sort: SortOption = "",
    as_of: AsOfOption = "",
    gb18030: Annotated[bool, typer.Option("--gb18030", help="CSV in GB 18030, not in UTF-8.")] = False,
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What a list shows, into a file that `import` takes back."""
    form: Any = "gb18030" if gb18030 else "xlsx" if where.endswith(".xlsx") else "csv"
    with at_office(home, operator, store) as desk:
        place = str(Path(where).absolute()) if where else ""
        found = desk.row_files.export(at.obj, form, typed, sort, as_of, place)
        path = found if isinstance(found, str) else _finished(desk, found).path
    if as_json:
        show_json({"path": path})
    else:
        show(path)


@manage.command("import")
@errors_in_words
def imported(
    at: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, UTF-8 or GB 18030, or XLSX; with a heading.")],
    go: GoOption = False,
    good_rows: Annotated[bool, typer.Option("--good-rows", help="Leave out what is wrong.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Though the same content was imported before.")] = False,
    bad: Annotated[str, typer.Option(help="Where the wrong rows go, with field and why.", show_default=False)] = "",
    title: TitleOption = "",
    reason: ReasonOption = "",
    since: FromOption = "",
    edition: Annotated[
        str, typer.Option(help="Number of a draft that they go into; by default a new one.", show_default=False)
    ] = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A file of rows into an edition (several, where it has more than 5,000): first only looked at, then with --go.

    An empty cell leaves what is there, - empties it. What stands as the file says is passed over. An import that was
    cut off goes on with `boss manage resume`.
    """
    with at_office(home, operator, store) as desk:
        judged = worked(partial(_judged, desk, at.obj, file, since))
        before = desk.row_files.seen_before(judged)
        bad_file = desk.row_files.bad_rows(judged, str(Path(bad).absolute())) if bad and judged.faults else ""
        facts = {**_judged_facts(judged), "seen_before": before, "bad_file": bad_file}
        if go:
            job = desk.row_files.begin_import(
                at.obj,
                judged,
                file,
                good_rows=good_rows,
                again=again,
                title=title,
                reason=reason,
                effective_from=since,
                edition=edition_of(desk, edition),
            )
            facts["job"] = job_facts(_finished(desk, job))
    if as_json:
        show_json(facts)
    else:
        _show_judged(judged, before)
        if go:
            _show_job(facts["job"])
    if judged.faults and not go:
        raise typer.Exit(BadForm.exit_code)


def _judged(desk: Desk, name: str, file: Path, since: str, tell_far: Report) -> AnyJudged:
    judged = desk.row_files.preview(name, file, since)
    while desk.row_files.judge(judged):
        tell_far(*judged.far)
    return judged


def _judged_facts(judged: AnyJudged) -> dict[str, Any]:
    return {
        "file": judged.source.name,
        "encoding": judged.source.encoding,
        "sha256": judged.source.digest,
        "columns": [column.name for column in judged.columns],
        "rows": judged.total,
        **judged.counts(),
        "classes": judged.classes(),
        "faults": judged.faults,
        "changes": [
            {"line": v.line, "op": v.edit.op, "key": v.edit.key, "before": v.before, "after": dict(v.edit.values)}
            for v in judged.verdicts
        ],
    }


def _show_judged(judged: AnyJudged, before: Message | None) -> None:
    from boss_tui.management import words
    from boss_tui.management.kit.faults import CLASSES

    speak, counts = spoken(), {name: f"{n:,}" for name, n in judged.counts().items()}
    show(
        speak(
            say(
                "{file}: {encoding}, {n} {n:row|rows}",
                file=judged.source.name,
                encoding=judged.source.encoding,
                n=f"{judged.total:,}",
            )
        )
    )
    show(speak(say("new {new}, changed {changed}, the same {same}, wrong {bad}", **counts)))
    for kind, n in judged.classes().items():
        show(f"  {speak(CLASSES[kind])}: {n}")
    for fault in judged.faults[:FAULTS]:
        where = say("line {line}, {column}: {why}", line=fault.line, column=fault.column or "-", why=fault.message)
        tell(speak(where))
    for verdict in judged.verdicts[:FAULTS]:
        for name, value in verdict.before.items():
            key = "/".join(map(str, verdict.edit.key))
            column = judged.entity.column(name)
            before_, after = (
                said(words.said(judged.entity, column, each, {})) for each in (value, verdict.edit.values[name])
            )
            show(f"  {key} {speak(column.label)}: {before_} -> {after}")
    if before is not None:
        tell(speak(before))


@manage.command("run")
@errors_in_words
def run_rules(
    at: typer.Context,
    title: TitleOption = "",
    reason: ReasonOption = "",
    since: FromOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run its rules over all that they are about: as a rule what they change comes into editions, to be looked at.

    A run that was cut off goes on with `boss manage resume`.
    """
    with at_office(home, operator, store) as desk:
        job = desk.row_files.begin_run(at.obj, title=title, reason=reason, effective_from=since)
        job = _finished(desk, job)
        told = desk.row_files.told(job)
    if as_json:
        show_json(job_facts(job))
        return
    _show_job(job_facts(job))
    for line in told:
        show("  " + spoken()(line))


@manage.command()
@errors_in_words
def jobs(
    operator: ManagerOption = "", store: StoreOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Imports, exports and runs, the one that moved last first: how far each is."""
    with at_office(home, operator, store) as desk:
        found = [job_facts(job) for job in desk.row_files.jobs()]
    if as_json:
        show_json(found)
    else:
        for facts in found:
            _show_job(facts)
            for at, told, done in facts["log"]:
                show(f"  {on_the_wall(at, '%m-%d %H:%M:%S')}  {done}  {spoken()(Message.from_json(told))}")


@manage.command()
@errors_in_words
def resume(
    job: Annotated[str, typer.Argument(help="Its key, from `boss manage jobs --json`.")],
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Go on with an import, export or run that was stopped or cut off, from where it was."""
    with at_office(home, operator, store) as desk:
        done = _finished(desk, desk.row_files.go_on(job))
        told = desk.row_files.told(done)
    if as_json:
        show_json(job_facts(done))
        return
    _show_job(job_facts(done))
    for line in told:
        show("  " + spoken()(line))


def _finished(desk: Desk, job: Job) -> Job:
    """A job, done to its end; Ctrl-C stops it after the step that it is at."""
    with ShownProgress() as shown, interrupted() as ended:
        while job.state == "running":
            shown(say("Writing rows"), job.done, job.total)
            if ended.is_set():
                with suppress(BossError):
                    job = desk.row_files.stop(job.id)
                raise NotAllowed(_stopped(job))
            job = desk.row_files.step(job.id)
    if job.state == "stopped":
        raise NotAllowed(_stopped(job))
    return job


def _stopped(job: Job) -> Message:
    return say(
        "Stopped at {done} of {total}: boss manage {subject} resume {job} goes on.",
        done=f"{job.done:,}",
        total=f"{job.total:,}",
        subject=job.subject,
        job=job.id,
    )


def job_facts(job: Job) -> dict[str, Any]:
    """A job as plain facts."""
    return {**job.__dict__, "how": json.loads(job.how), "said": json.loads(job.said), "log": json.loads(job.log)}


def _show_job(facts: dict[str, Any]) -> None:
    numbers = ", ".join(f"#{number}" for _, number in facts["said"].get("editions", ())) or facts["path"]
    show(
        spoken()(
            say(
                "{kind} {entity}: {done} of {total}, {state}, {numbers}",
                kind=facts["kind"],
                entity=facts["entity"],
                done=f"{facts['done']:,}",
                total=f"{facts['total']:,}",
                state=state_name(facts["state"]),
                numbers=numbers,
            )
        )
    )
