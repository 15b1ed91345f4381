"""Jobs on the screen: imports, exports and runs of rules, which go on beside, step by step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from boss_tui.management.kit.jobs import OPEN, log_of
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from data.states import state_name
from data.table_words import table_word
from screens.dialogs.dialog import Confirm
from screens.frame import DeskApp, DeskScreen
from screens.list_screen import ListScreen
from screens.manage.about import About
from screens.meanings import Meaning
from screens.widgets.listing import ListRow
from screens.widgets.text import wrapped

if TYPE_CHECKING:
    from boss_tui.management.kit.subject import RuleRun
    from data.tables.job import Job


KINDS = {"import": say("from a file"), "export": say("into a file"), "run": say("run of rules")}


async def run(desk: DeskApp, name: str, of_rules: RuleRun) -> None:
    """A run of a subject's rules: what it asks for; then it goes on beside."""
    typed: dict[str, str] = {}
    while True:
        said = await _asked(desk, of_rules, typed)
        if said is None:
            return
        try:
            job = await desk.call(desk.port.row_files.begin_run, name, **said)
        except NotAllowed as refusal:
            desk.announce(refusal.message, "error")
            if not refusal.field or not of_rules.asks:
                return
            typed = said
            continue
        go_on(desk, job)
        return


async def _asked(desk: DeskApp, of_rules: RuleRun, typed: dict[str, str]) -> dict[str, str] | None:
    """What a run is begun with; None: it is not begun."""
    if of_rules.asks:
        return await desk.ask(About(of_rules.says, typed, of_rules.asks))
    return {} if await desk.ask(Confirm(of_rules.says, say("It goes on beside, step by step."))) else None


class JobsScreen(ListScreen):
    """Imports, exports and runs: how far each is. Enter looks at what became of one."""

    title_of = say("Jobs")
    hint: ClassVar[Message] = say("Enter: its log; there it is stopped, or gone on with. F5: look again")
    widths: ClassVar[tuple[int, ...]] = (11, 12, 16, 15, 7, 5)
    empty: ClassVar[Message] = say("There are no jobs.")

    async def load(self, text: str) -> Sequence[ListRow]:
        """The one that moved last first."""
        return self.narrowed([self._line(job) for job in await self.desk.call(self.desk.port.row_files.jobs)], text)

    def _line(self, job: Job) -> ListRow:
        state = state_of(self.desk, job)
        cells = (
            on_the_wall(job.started_at, "%m-%d %H:%M"),
            KINDS[job.kind],
            table_word(job.entity),
            f"{job.done:,}/{job.total:,}",
            state,
            job.operator,
            Path(job.path).name or job.subject,
        )
        return ListRow(cells, job, "warn" if job.state in ("failed", "stopped") or rests(self.desk, job) else "")

    async def chosen(self, line: ListRow) -> None:
        """What became of it."""
        await self.desk.push_screen(JobScreen(line.value.id))

    def changed_beside(self) -> None:
        """A job has moved."""
        self.reload()


_STOP = Meaning(say("Stop"), say("It rests where it is"))
_GO_ON = Meaning(say("Go on"), say("It goes on from where it was"))
_PLACES = {"serial": "orders", "number": "find"}
"""Where what a line names is looked up, by the name of what it names."""


class JobScreen(ListScreen):
    """One job: its log. F10 stops it while it runs, and goes on with it while it rests; Enter opens what a line names,
    else the edition that the job has made."""

    hint: ClassVar[Message] = say("Enter: the order, number or edition that came of it. F10: stop it, or go on")
    widths: ClassVar[tuple[int, ...]] = (15, 8)

    means: Mapping[str, Meaning] = {**ListScreen.means, "complete": _STOP}

    def __init__(self, job: str) -> None:
        super().__init__()
        self.job_id = job
        self.job: Job | None = None

    def heading(self) -> Message:
        """What it does, how far it is."""
        if self.job is None:
            return say("Job")
        job, state = self.job, state_of(self.desk, self.job)
        return say(
            "{kind} {file}: {done} of {total}, {state}",
            kind=KINDS[job.kind],
            file=Path(job.path).name or job.subject,
            done=f"{job.done:,}",
            total=f"{job.total:,}",
            state=state,
        )

    async def load(self, text: str) -> Sequence[ListRow]:
        """Each thing that became of it, and when; then what came of it."""
        found = await self.desk.call(self.desk.port.row_files.jobs)
        self.job = next((job for job in found if job.id == self.job_id), None)
        on = _GO_ON if self.job is not None and rests(self.desk, self.job) else _STOP
        self.means = {**JobScreen.means, "complete": on}
        self.redraw_frame()
        log = log_of(self.job) if self.job is not None else []
        lines = [ListRow((on_the_wall(at, "%m-%d %H:%M:%S"), str(done), told)) for at, told, done in log]
        came = [] if self.job is None else await self.desk.call(self.desk.port.row_files.told, self.job)
        return self.narrowed([*lines, *(line for told in came for line in self._whole(told))], text)

    def _whole(self, told: Message) -> list[ListRow]:
        """What came of it, on as many lines as it needs; each leads to what it names."""
        first, *more = wrapped(self.desk.words(told), self.size.width - len("    "))
        return [ListRow((first,), told), *(ListRow((f"   {each}",), told) for each in more)]

    async def chosen(self, line: ListRow) -> None:
        """What it names; else an edition that the job has made."""
        told, made = line.value, [] if self.job is None else json.loads(self.job.said).get("editions", [])
        for named, place in _PLACES.items():
            if isinstance(told, Message) and named in told.values:
                await self.desk.place(place, str(told.values[named]))
                return
        if not made:
            self.tell(say("Nothing more is behind this line."))
        elif len(made) == 1:
            await self.desk.place("edition", made[0][0])
        else:
            await self.desk.place("editions")

    def why_not(self, name: str) -> Message | None:
        """What has ended is neither stopped nor gone on with."""
        if name == "complete" and (self.job is None or self.job.state not in OPEN):
            return say("This has ended already.")
        return super().why_not(name)

    def changed_beside(self) -> None:
        """It may have been this one that moved."""
        self.reload()

    async def do_complete(self) -> None:
        """Stop it, or go on."""
        job = self.job
        assert job is not None  # else the key says why not
        if rests(self.desk, job):
            go_on(self.desk, await self.desk.call(self.desk.port.row_files.go_on, job.id))
        else:
            self.desk.at_work.discard(job.id)
            await self.desk.call(self.desk.port.row_files.stop, job.id)
        self.reload()


def rests(desk: DeskApp, job: Job) -> bool:
    """Whether nobody is at a job: it was stopped, or its program is gone."""
    return job.state == "stopped" or (job.state == "running" and job.id not in desk.at_work)


def state_of(desk: DeskApp, job: Job) -> Message:
    """How a job is, in words."""
    return say("rests") if rests(desk, job) else state_name(job.state)


def go_on(desk: DeskApp, job: Job) -> None:
    """A job goes on, step by step, with one line for it on every screen; it rests when the program ends."""
    desk.at_work.add(job.id)
    desk.beside(_steps(desk, job))


async def _steps(desk: DeskApp, job: Job) -> None:
    try:
        while job.state == "running" and job.id in desk.at_work:
            desk.job = say("{kind} {done}/{total}", kind=KINDS[job.kind], done=job.done, total=job.total)
            desk.redraw_frames()
            job = await desk.call(desk.port.row_files.step, job.id)
    finally:
        desk.at_work.discard(job.id)
        desk.job = Message("")
        desk.redraw_frames()
        if isinstance(desk.screen, DeskScreen):
            desk.screen.changed_beside()
    if job.state == "done":
        first, *more = await desk.call(desk.port.row_files.told, job)
        desk.announce(say("{told} F4, Jobs: which ones.", told=first) if more else first, "good")
