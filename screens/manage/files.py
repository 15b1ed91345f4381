"""Rows from files and into files on the screen: what a file comes to before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from boss_tui.management.kit.faults import CLASSES
from boss_tui.management.words import said
from data.clock import is_made_key
from data.errors import BossError, NotAllowed
from data.message import Message, listed, say
from screens.dialogs.dialog import Confirm
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import pick
from screens.dialogs.refusing import RefusedDialog
from screens.frame import DeskApp
from screens.list_screen import ListScreen
from screens.manage.about import About
from screens.manage.changes import became, or_dash
from screens.manage.drafting import NEW, from_when, joined
from screens.manage.grid import named
from screens.manage.jobs import go_on
from screens.meanings import ACTS, AGAIN, Meaning, here
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.management.kit.entity import Entity
    from boss_tui.management.kit.faults import CellFault
    from boss_tui.management.kit.importing import Verdict
    from boss_tui.management.kit.stock import AnyJudged

SHOWN = 2_000
"""Lines of a file that are shown at most, what is wrong first; all of that is in the file of the bad rows."""


async def export(desk: DeskApp, name: str, typed: str, sort: str, as_of: str) -> None:
    """What the list shows into a file: as what, and where to."""
    from boss_tui.management.kit.files import FORMATS

    title = say("Into a file")
    lines = [ListRow((told,), form) for form, told in FORMATS.items()]
    form: Any = await desk.ask(pick(title, lines))
    if form is None:
        return
    folder = await desk.call(desk.port.files.folder)
    question, where = say("Into which folder, or which file?"), folder
    while True:
        answer = await desk.ask(OneLine(title, question, typed=where))
        if answer is None:
            return
        try:
            found = await desk.call(desk.port.row_files.export, name, form, typed, sort, as_of, answer)
        except NotAllowed as refusal:
            if refusal.field != "where":
                raise
            question, where = refusal.message, answer
            continue
        if isinstance(found, str):
            desk.announce(
                say("{name} is written, in {folder}", name=Path(found).name, folder=str(Path(found).parent)), "good"
            )
        else:
            go_on(desk, found)
        return


_WHICH = say("Which file? CSV in UTF-8 or GB 18030, or XLSX; its first line names the columns, as 'Into a file' does.")


async def begin(desk: DeskApp, name: str, entity: Entity) -> None:
    """Which file, and from when its rows count; then it is looked at. Why one can't be stands above its name, which is
    asked for again."""
    title, question, typed = say("From a file"), _WHICH, ""
    while file := await desk.ask(OneLine(title, question, needed=True, typed=typed)):
        try:
            await _look_at(desk, name, entity, Path(file).expanduser())
            return
        except BossError as refusal:
            question, typed = refusal.message, file


async def _look_at(desk: DeskApp, name: str, entity: Entity, path: Path) -> None:
    """What a file comes to; of published rows, from when they count. BadForm, NotAllowed, Outside: it can't be."""
    if entity.stock is not None:
        judged = await desk.call(desk.port.row_files.preview, name, path)
        await desk.push_screen(ImportScreen(name, entity, judged, path, ""))
        return
    if await desk.call(desk.port.list_files.is_one, name, path):
        from screens.manage.list_files import take

        await take(desk, path)
        return
    since = await desk.ask(from_when(say("From a file")))
    if since is None:
        return
    judged = await desk.call(desk.port.row_files.preview, name, path, since)
    await desk.push_screen(ImportScreen(name, entity, judged, path, since))


class ImportScreen(ListScreen):
    """What a file comes to, before anything is written. F7: the next row that is wrong. F10: take it."""

    means = here(
        restore=AGAIN,
        list=ACTS,
        same=Meaning(say("Wrong"), say("The next row that is wrong")),
        complete=Meaning(say("Import"), say("Take the whole file")),
    )
    hint: ClassVar[Message] = say("F7: next error. F10: take the file. F4: the good rows alone")
    widths: ClassVar[tuple[int, ...]] = (8, 18, 16, 14)
    empty: ClassVar[Message] = say("Nothing in this file is new: all is as it stands.")

    def __init__(self, name: str, entity: Entity, judged: AnyJudged, path: Path, since: str) -> None:
        super().__init__()
        self.name_of, self.entity, self.judged, self.path, self.since = name, entity, judged, path, since
        self.seen: Message | None = None
        self.ready = False

    def heading(self) -> Message:
        """The file, its encoding, how far it is looked at, and what it comes to."""
        judged = self.judged
        told = say(
            "File {file}: {encoding}, {n} {n:row|rows}",
            file=judged.source.name,
            encoding=judged.source.encoding,
            n=f"{judged.total:,}",
        )
        if not self.ready:
            what, done, of = judged.far
            return say("{told}; {what}: {done} of {n}", told=told, what=what, done=f"{done:,}", n=f"{of:,}")
        shown = {name: f"{n:,}" for name, n in judged.counts().items()}
        counts = say("new {new}, changed {changed}, the same {same}, wrong {bad}", **shown)
        return say("{told}; {counts}", told=told, counts=counts)

    def on_mount(self) -> None:
        """Read it, while keys go on."""
        super().on_mount()
        self.desk.beside(self._judge())

    async def _judge(self) -> None:
        while await self.desk.call(self.desk.port.row_files.judge, self.judged):
            if not self.is_running:
                return
            self.redraw_frame()
        self.seen = await self.desk.call(self.desk.port.row_files.seen_before, self.judged)
        self.ready = True
        self.redraw_frame()
        self.reload()
        told = self._told()
        if self.seen is not None:
            self.tell(self.seen, "warn")
        elif told != Message(""):
            self.tell(told, "warn")

    def _told(self) -> Message:
        return listed(say("{what}: {n}", what=CLASSES[kind], n=n) for kind, n in self.judged.classes().items())

    async def load(self, text: str) -> Sequence[ListRow]:
        """What is wrong, by line and column; then what changes, before and after."""
        if not self.ready:
            return []
        faults = self.judged.faults[:SHOWN]
        rest = self.judged.verdicts[: SHOWN - len(faults)]
        return self.narrowed(
            [
                *(self._fault(fault) for fault in faults),
                *(line for verdict in rest for line in self._verdict(verdict)),
            ],
            text,
        )

    def _fault(self, fault: CellFault) -> ListRow:
        names = [column.name for column in self.judged.columns]
        place = names.index(fault.column) if fault.column in names else -1
        row = self.judged.cells_of(fault.line)
        cell = row[place] if 0 <= place < len(row) else " ".join(row)
        label = self.entity.column(fault.column).label if fault.column else Message("")
        return ListRow((say("line {line}", line=fault.line), label, f"[{cell}]", fault.message), fault, "error")

    def _verdict(self, verdict: Verdict) -> list[ListRow]:
        where = say("line {line}", line=verdict.line)
        if verdict.edit.op == "add":
            key = verdict.edit.key
            what = " ".join(self.judged.cells_of(verdict.line)) if is_made_key(key[0]) else named(key)
            return [ListRow((where, what, say("new")))]
        return [
            ListRow(
                (
                    where,
                    named(verdict.edit.key),
                    self.entity.column(name).label,
                    or_dash(said(self.entity, self.entity.column(name), value, {})),
                    became(said(self.entity, self.entity.column(name), verdict.edit.values[name], {})),
                )
            )
            for name, value in verdict.before.items()
        ]

    async def chosen(self, line: ListRow) -> None:
        """Of what is wrong all that is said, however long."""
        if line.style == "error":
            fault: CellFault = line.value
            await self.desk.ask(RefusedDialog(say("line {line}", line=fault.line), (fault.message,)))

    async def do_same(self) -> None:
        """The next row that is wrong."""
        items = self.listing.items
        order = [*range(self.listing.at + 1, len(items)), *range(self.listing.at + 1)]
        found = next((at for at in order if at < len(items) and items[at].style == "error"), None)
        if found is None:
            self.tell(say("No row is wrong."), "good")
        else:
            self.listing.move(found - self.listing.at)

    async def do_complete(self) -> None:
        """The whole file."""
        await self._take(good_rows=False)

    async def do_list(self) -> None:
        """Only the good rows; the bad ones into a file."""
        lines = [
            ListRow((say("Take the good rows alone"),), "good"),
            ListRow((say("The bad rows into a file"),), "bad"),
        ]
        chosen = await self.desk.ask(pick(say("What can be done"), lines))
        if chosen == "good":
            await self._take(good_rows=True)
        elif chosen == "bad":
            path = await self.desk.call(self.desk.port.row_files.bad_rows, self.judged)
            self.tell(
                say("{name} is written, in {folder}", name=Path(path).name, folder=str(Path(path).parent)), "good"
            )

    async def _take(self, *, good_rows: bool) -> None:
        if not self.ready:
            self.tell(say("The file is still being read."), "warn")
            return
        if self.seen is not None and not await self.desk.ask(Confirm(say("Take it again?"), self.seen)):
            return
        said = await self._said(good_rows=good_rows)
        if said is None:
            return
        job = await self.desk.call(
            self.desk.port.row_files.begin_import,
            self.name_of,
            self.judged,
            self.path,
            good_rows=good_rows,
            again=self.seen is not None,
            effective_from=self.since,
            **said,
        )
        await self.desk.pop_screen()
        go_on(self.desk, job)

    async def _into(self) -> dict[str, str] | None:
        """Into which edition: one that is open, as whoever types rows, or a new one; None: into none."""
        drafts = await self.desk.call(self.desk.port.managing.drafts)
        which = await joined(self.desk, [] if self.since else [each for each in drafts if not each.effective_from])
        if which != NEW:
            return None if which is None else {"edition": which}
        return await self.desk.ask(About(say("A new edition"), fields=("title", "reason", "scope")))

    async def _said(self, *, good_rows: bool) -> dict[str, str] | None:
        """What is said of the edition that the rows come into; stock comes into none, and is only asked about once."""
        if self.entity.stock is None:
            return await self._into()
        n, bad = self.judged.counts()["new"], self.judged.counts()["bad"]
        if bad and not good_rows:
            self.tell(
                say("{n} {n:row is|rows are} wrong: F7 shows the next, F4 takes the others alone.", n=bad), "error"
            )
            return None
        told = say("{n} {n:piece|pieces} from {file}", n=f"{n:,}", file=self.judged.source.name)
        left = say("{n} {n:row|rows} left out", n=bad) if good_rows else Message("")
        sure = await self.desk.ask(Confirm(say("Take them into stock?"), told, left))
        return {} if sure else None


# runs of rules


# jobs
