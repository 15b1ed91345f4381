"""Closing the day: the check list, each line one key away from being done, and the close itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, say
from screens.dialog import Destroy
from screens.list_screen import ListScreen
from screens.reports import DayReportScreen
from screens.widgets.listing import Line

if TYPE_CHECKING:
    from screens.day_port import ToDoView

_NOW = Line((say("F10"), say("Close the day now"), say("Nothing stops it any more")), "close", "good")
_STOPS, _LOOK = say("STOPS"), say("look")


class DayCheckScreen(ListScreen):
    """What still has to be done before the day is closed: Enter goes there and comes back; F10 closes the day."""

    title_of = say("Close the day")
    hint: ClassVar[Message] = say("Enter: see to the marked line. F10: close the day. F5: look again")
    widths: ClassVar[tuple[int, ...]] = (6, 36, 30)

    async def load(self, text: str) -> list[Line]:
        """First what stops the close; where nothing does, the close."""
        found = await self.desk.call(self.desk.port.day_check)
        stops = sum(one.stops for one in found)
        if stops:
            self.tell(say("The day can't be closed yet: {n} to be done before.", n=stops), "warn")
        else:
            self.tell(say("Nothing stops the close of the day."), "good")
        lines = [self._line(one) for one in found]
        lines = lines if stops else [_NOW, *lines]
        sought = text.strip().casefold()
        return [line for line in lines if sought in " ".join(map(self.desk.words, line.cells)).casefold()]

    def _line(self, one: ToDoView) -> Line:
        return Line((_STOPS if one.stops else _LOOK, one.title, one.detail), one, "error" if one.stops else "warn")

    async def chosen(self, line: Line) -> None:
        """Go where it is done."""
        if line.value == "close":
            await self.do_complete()
            return
        one: ToDoView = line.value
        await self._ways()[one.kind](one)
        await self.desk.refresh_state()

    def _ways(self) -> dict[str, Callable[[ToDoView], Awaitable[None]]]:
        return {"shift": self._shift, "safe": self._safe, "forms": self._forms, "orders": self._orders,
                "queues": self._queues}  # fmt: skip

    async def _shift(self, one: ToDoView) -> None:
        """Count the drawer and close the shift, wherever it was left."""
        from screens.counting import CloseShiftScreen

        await self.desk.push_screen(CloseShiftScreen(one.key))

    async def _safe(self, _one: ToDoView) -> None:
        from screens.drawers import SafeScreen

        await self.desk.push_screen(SafeScreen())

    async def _forms(self, _one: ToDoView) -> None:
        from screens.held import HeldScreen

        await self.desk.push_screen(HeldScreen())

    async def _orders(self, _one: ToDoView) -> None:
        from screens.orders import OrdersScreen

        await self.desk.push_screen(OrdersScreen())

    async def _queues(self, _one: ToDoView) -> None:
        from screens.queues import QueuesScreen

        await self.desk.push_screen(QueuesScreen())

    def why_not(self, name: str) -> Message | None:
        """F10 closes the day."""
        return None if name == "complete" else super().why_not(name)

    async def do_complete(self) -> None:
        """Close it for good, where nothing stops that; the report is printed, and shown."""
        found = await self.desk.call(self.desk.port.day_check)
        stops = [one for one in found if one.stops]
        if stops:
            self.desk.bell()
            await self.do_restore()
            return
        state = self.desk.state
        question = say("The business date is closed and can't be opened again.")
        if await self.desk.ask(Destroy(self.title_of, question)):
            paper = await self.desk.call(self.desk.port.close_day)
            await self.desk.refresh_state()
            await self.desk.pop_screen()
            await self.desk.push_screen(DayReportScreen(paper, state.business_date if state is not None else ""))
