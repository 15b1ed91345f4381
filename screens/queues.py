"""The queue monitor: what waits for headquarters, the network elements and the printers, and what a person can do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import QUEUE_KINDS, QueueItem, Way
from data.message import Message, say
from data.states import counted
from screens.cash import with_approval
from screens.dialogs.dialog import Destroy
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import PickList
from screens.dialogs.refusing import RefusedDialog
from screens.later import LaterScreen
from screens.list_screen import ListScreen
from screens.manual_work import ManualOrderScreen
from screens.meanings import AGAIN, Meaning, here
from screens.orders import state_words, tone
from screens.preview import PreviewScreen
from screens.widgets.drawn import Drawn
from screens.widgets.listing import ListRow
from screens.widgets.text import Row, fit

EACH = "each"
"""The way of a printer's papers that leaves them to be decided one by one."""
ENTER = "enter"
"""The way of a slip that is entered after all: on its own screen."""


class QueueTable(Drawn):
    """A line for each queue; what needs a person has a mark."""

    def rows(self, width: int) -> list[Row]:  # noqa: ARG002 (the shape of all that is drawn)
        """Headquarters, network, paper."""
        q = self.desk.queues
        contact = say("never") if q.age is None else say("{n} min ago", n=q.age // 60)
        link = (say("link up") if q.headquarters else say("link DOWN"), not q.headquarters)
        return [
            self._row(
                QUEUE_KINDS["headquarters"],
                link,
                (contact, False),
                (say("to push {n}", n=q.outbox), False),
                (say("dead letters {n}", n=counted(q.dead_letters)), q.dead_letters > 0),
            ),
            self._row(
                say("Network"),
                (say("commands {n}", n=counted(q.network)), False),
                (say("unknown {n}", n=counted(q.network_unknown)), q.network_unknown > 0),
                (say("manual {n}", n=counted(q.manual_orders)), q.manual_orders > 0),
            ),
            self._row(
                QUEUE_KINDS["print"],
                (say("waiting {n}", n=counted(q.prints)), False),
                (say("unknown {n}", n=q.prints_unknown), q.prints_unknown > 0),
            ),
        ]

    def _row(self, title: Message, *facts: tuple[Message, bool]) -> Row:
        row: Row = [(fit(f" {self.words(title)}", 16), "strong")]
        for fact, alarm in facts:
            row.append((fit(("!! " if alarm else "") + self.words(fact), 16), "error" if alarm else ""))
        return row


class QueuesScreen(ListScreen):
    """Counts above, items below; Enter does something about one. It looks again every few seconds, and with F5.

    kinds: only items of these; nothing: of all.
    """

    means = here(restore=AGAIN, complete=Meaning(say("Print"), say("The list on paper, to go through")))
    title_of = say("Queues")
    hint: ClassVar[Message] = say("What waits. Enter: what can be done about it. F5: look again. F10: on paper")
    empty: ClassVar[Message] = say("Nothing waits.")
    widths: ClassVar[tuple[int, ...]] = (12, 36, 11)

    def __init__(self, typed: str = "", kinds: Collection[str] = ()) -> None:
        super().__init__(typed)
        self.table = QueueTable()
        self._kinds = kinds or QUEUE_KINDS.keys()

    def parts(self) -> ComposeResult:
        """The counts, then the list."""
        yield self.table
        yield from super().parts()

    def on_mount(self) -> None:
        """Look at once; the program looks again and again."""
        super().on_mount()
        self.desk.flow(self.desk.refresh_state())

    def redraw_frame(self) -> None:
        """The counts change with the status line: both always say the same."""
        super().redraw_frame()
        self.table.redraw()

    async def load(self, text: str) -> Sequence[ListRow]:
        """The items that fit what is typed."""
        found = [item for item in await self.desk.call(self.desk.port.queues.items) if item.kind in self._kinds]
        lines = [self._line(item) for item in found]
        kinds = [cell_len(self.desk.words(QUEUE_KINDS[item.kind])) for item in found]
        self.listing.widths = (max(kinds, default=0), *self.widths[1:])  # an order's serial needs the room
        return [line for line in lines if line.holds(text)]

    def _line(self, item: QueueItem) -> ListRow:
        mark = say("!!") if item.ways and not item.goes_on else Message("")
        told = item.reason if item.reason != Message("") else mark
        return ListRow((QUEUE_KINDS[item.kind], item.title, state_words(item.state), told), item, tone(item.state))

    async def chosen(self, line: ListRow) -> None:
        """What can be done about it."""
        item: QueueItem = line.value
        if item.kind == "manual":
            view = await self.desk.call(self.desk.port.work_by_hand.show, item.key)
            await self.desk.push_screen(ManualOrderScreen(view))
            return
        if not item.ways:
            if item.reason != Message(""):
                await self.desk.ask(RefusedDialog(item.title, (item.reason,)))  # in full, however long
            else:
                self.tell(say("This goes on by itself, or headquarters sees to it."))
            return

        async def ways(text: str) -> list[ListRow]:
            return [line for way in item.ways if (line := ListRow((way.label,), way)).holds(text)]

        way = await self.desk.ask(PickList(item.title, ways, widths=(60,)))
        if way is None or not await self._meant(item, way):
            return
        if way.name == ENTER:
            await self._enter(item)
            return
        words: str | None = ""
        if way.asks:
            words = await self.desk.ask(OneLine(item.title, way.asks, needed=True))
        if words is not None:
            await self._settle(item, way, words)

    async def _settle(self, item: QueueItem, way: Way, words: str) -> None:
        """Do it, with a supervisor's word where that is wanted; what is to be signed is shown."""

        def do(staff: str, password: str) -> PaperView | None:
            return self.desk.port.settling.settle(item.kind, item.key, way.name, words, staff, password)

        _, slip = await with_approval(self.desk, do)
        await self.do_restore()
        if slip is not None:
            await self.desk.push_screen(PreviewScreen(way.label, [slip], reprint=False))

    async def _enter(self, item: QueueItem) -> None:
        """A slip that waits is entered after all: its head stands there already."""
        await self.desk.push_screen(LaterScreen(*await self.desk.call(self.desk.port.handwriting.waiting, item.key)))

    async def _meant(self, item: QueueItem, way: Way) -> bool:
        """Whether it is to be done, with what it means said before; 'each by itself' narrows the list to them."""
        if way.name == EACH:
            self.entry.value = item.key
            return False
        return way.means is None or await self.desk.ask(Destroy(way.label, way.means)) is True

    async def do_complete(self) -> None:
        """The list on paper, for the supervisor to go through."""
        paper = await self.desk.call(self.desk.port.reports.print_queue_list)
        await self.desk.push_screen(PreviewScreen(say("Queue list"), (paper,), reprint=False))

    async def do_restore(self) -> None:
        """Look again."""
        await self.desk.refresh_state()
        self.table.redraw()
        self.reload()
