"""Closing the day: the check list, each line one key away from being done, and the close itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, say
from screens.day_figures import DayReportScreen
from screens.dialogs.dialog import Destroy
from screens.dialogs.one_line import OneLine
from screens.list_screen import ListScreen
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from screens.ports.till import ToDoView

_NOW = ListRow((say("F10"), say("Close the day now"), say("Nothing stops it any more")), "close", "good")
_STOPS, _WORD, _LOOK = say("STOPS"), say("EXPLAIN"), say("look")

_QUEUES = {
    "prints": ("print", "printer"),
    "unknown": ("print", "printer"),
    "manual": ("manual",),
    "dated": ("dated",),
    "dead": ("headquarters",),
    "journal": ("headquarters",),
    "payments": ("payment",),
    "alarm": ("alarm",),
    "slip": ("slip",),
}
"""The items of the queues that each kind of what is left open is about."""


class DayCheckScreen(ListScreen):
    """What still has to be done before the day is closed: Enter goes there and comes back; F10 closes the day."""

    title_of = say("Close the day")
    hint: ClassVar[Message] = say("Enter: see to the marked line. F10: close the day. F5: look again")
    widths: ClassVar[tuple[int, ...]] = (7, 36, 30)

    async def load(self, text: str) -> list[ListRow]:
        """First what stops the close; where nothing does, the close."""
        found = await self.desk.call(self.desk.port.day.check)
        stops = sum(one.stops for one in found)
        if stops:
            self.tell(say("The day can't be closed yet: {n} to be done before.", n=stops), "warn")
        elif any(one.wants_word for one in found):
            self.tell(say("Nothing stops the close. What is left open is closed with a word about it."), "good")
        else:
            self.tell(say("Nothing stops the close of the day."), "good")
        lines = [self._line(one) for one in found]
        lines = lines if stops else [_NOW, *lines]
        return self.narrowed(lines, text)

    def _line(self, one: ToDoView) -> ListRow:
        mark, style = (_STOPS, "error") if one.stops else (_WORD, "warn") if one.wants_word else (_LOOK, "")
        return ListRow((mark, one.title, one.detail), one, style)

    async def chosen(self, line: ListRow) -> None:
        """Go where it is done."""
        if line.value == "close":
            await self.do_complete()
            return
        one: ToDoView = line.value
        await self._ways()[one.kind](one)
        await self.desk.refresh_state()

    def _ways(self) -> dict[str, Callable[[ToDoView], Awaitable[None]]]:
        return {
            "shift": self._shift,
            "safe": self._safe,
            "forms": self._forms,
            "staff": self._staff,
            "orders": self._orders,
            "queues": self._queues,
        }

    async def _shift(self, one: ToDoView) -> None:
        """Count the drawer and close the shift, wherever it was left."""
        from screens.counting import CloseShiftScreen

        await self.desk.push_screen(CloseShiftScreen(one.key, one.title))

    async def _safe(self, _one: ToDoView) -> None:
        from screens.counting import CountSafeScreen

        await self.desk.push_screen(CountSafeScreen())

    async def _forms(self, _one: ToDoView) -> None:
        from screens.held import HeldScreen

        await self.desk.push_screen(HeldScreen())

    async def _staff(self, _one: ToDoView) -> None:
        from screens.staff import StaffScreen

        await self.desk.push_screen(StaffScreen())

    async def _orders(self, _one: ToDoView) -> None:
        from screens.orders import OrdersScreen

        await self.desk.push_screen(OrdersScreen(under_way=True))

    async def _queues(self, one: ToDoView) -> None:
        from screens.queues import QueuesScreen

        await self.desk.push_screen(QueuesScreen(kinds=_QUEUES.get(one.key, ())))

    def why_not(self, name: str) -> Message | None:
        """F10 closes the day; a supervisor does it."""
        if name != "complete":
            return super().why_not(name)
        state = self.desk.state
        supervises = state is not None and state.grade in {"supervisor", "manager"}
        return None if supervises else say("A supervisor opens and closes the business day.")

    async def do_complete(self) -> None:
        """Close it for good, where nothing stops that, with a word about what wants one; the report is printed, and
        shown."""
        found = await self.desk.call(self.desk.port.day.check)
        if any(one.stops for one in found):
            self.desk.bell()
            self.listing.move(-len(self.listing.items))
            await self.do_restore()
            return
        word = await self._word([one for one in found if one.wants_word])
        if word is None or not await self.desk.ask(Destroy(self.title_of, self._question(found))):
            return
        state = self.desk.state
        paper = await self.desk.call(self.desk.port.day.close, word)
        await self.desk.refresh_state()
        await self.desk.pop_screen()
        await self.desk.push_screen(DayReportScreen(paper, state.business_date if state is not None else ""))
        self.desk.announce(say("The day is closed, its report printed. F4: copy. F10: file. F3: back"), "good")

    async def _word(self, wanting: Sequence[ToDoView]) -> str | None:
        """What the supervisor says of what is left open; empty where nothing wants a word, None: nothing was said."""
        if not wanting:
            return ""
        told = say("This is left open. Say why, and who sees to it:")
        about = [one.title for one in wanting]
        return await self.desk.ask(OneLine(self.title_of, told, needed=True, about=about)) or None

    def _question(self, found: Sequence[ToDoView]) -> Message:
        state = self.desk.state
        date = state.business_date if state is not None else ""
        if not found:
            return say("The business date {date} is closed and can't be opened again.", date=date)
        return say(
            "The business date {date} is closed and can't be opened again. Its report names what is left open: "
            "{n} {n:kind|kinds}.",
            date=date,
            n=len(found),
        )
