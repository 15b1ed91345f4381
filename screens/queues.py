"""The queue monitor: what waits for headquarters, the network elements and the printers, and since when."""

from __future__ import annotations

from textual.app import ComposeResult

from data.message import Message, say
from screens.frame import DeskScreen, Plain
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, right


class QueueTable(Drawn):
    """Each queue with its count; what needs a person has a mark."""

    def rows(self, width: int) -> list[Row]:
        """Three sections."""
        q = self.desk.queues
        contact = say("never") if q.age is None else say("{n} min ago", n=q.age // 60)
        stale = say("STALE") if q.catalogue_stale else say("up to date")
        return [
            self._head(say("Headquarters"), width),
            self._fact(say("Link"), say("link up") if q.headquarters else say("link DOWN"), q.headquarters),
            self._fact(say("Last contact"), contact, True),
            self._count(say("Entries to be pushed"), q.outbox),
            self._count(say("Dead letters"), q.dead_letters, bad=True),
            self._fact(say("Catalogue"), stale, not q.catalogue_stale),
            self._head(say("Network"), width),
            self._count(say("Commands that wait"), q.network),
            self._count(say("Commands whose end is unknown"), q.network_unknown, bad=True),
            self._count(say("Manual work orders"), q.manual_orders, bad=True),
            self._head(say("Paper"), width),
            self._count(say("Prints that wait"), q.prints),
            self._count(say("Prints whose end is unknown"), q.prints_unknown, bad=True),
        ]

    def _fact(self, label: Message, value: Message, good: bool) -> Row:
        mark = "   " if good else "!! "
        return [(mark + fit(self.words(label), 30) + "  " + self.words(value), "" if good else "warn")]

    def _head(self, title: Message, width: int) -> Row:
        return [(fit(" " + self.words(title), width), "head")]

    def _count(self, label: Message, count: int, bad: bool = False) -> Row:
        alarm = bad and count > 0
        return [
            (("!! " if alarm else "   ") + fit(self.words(label), 30) + right(str(count), 8), "error" if alarm else "")
        ]


class QueuesScreen(DeskScreen):
    """Asks again every few seconds, and with F5."""

    AUTO_FOCUS = ""
    title_of = say("Queues")

    def parts(self) -> ComposeResult:
        """The table."""
        with Plain(id="form"):
            yield QueueTable()

    def on_mount(self) -> None:
        """Look at once, and again and again."""
        self.desk.flow(self.do_restore())
        self.set_interval(5, lambda: self.query_one(QueueTable).redraw())

    def key_escape(self) -> None:
        """Back."""
        self.action_do("back")

    async def do_restore(self) -> None:
        """Ask again."""
        await self.desk.refresh_state()
        self.query_one(QueueTable).redraw()
