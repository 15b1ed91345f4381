"""The business catalogue on the screen: 41 businesses × 20 components, each cell with the last run that used it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, say
from screens.frame import DeskApp
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, TRY, Meaning, here
from screens.widgets.listing import HEADING, ListRow

if TYPE_CHECKING:
    from boss_tui.desk.act_view import ActView
    from boss_tui.matrix import Cell

_STYLES = {"alive": "", "empty": "off", "waiting": "warn", "unbuilt": "off"}
_GROUPS = ("F", "A", "B")


class MatrixScreen(ListScreen):
    """A line for each business, a mark for each component; Enter opens the row."""

    title_of = say("Business catalogue")
    hint: ClassVar[Message] = say("# alive  . empty, with a reason  ? no run yet  - not built yet")
    widths: ClassVar[tuple[int, ...]] = (5, 26, 14, 4, 2)

    async def load(self, text: str) -> Sequence[ListRow]:
        """The rows whose code or name holds what is typed, under a heading."""
        from boss_tui.catalogue import BUSINESS_NAMES

        wanted = self.narrowed([ListRow((code, name), code) for code, name in BUSINESS_NAMES.items()], text)
        heading = ListRow(
            ("", "", *(f"{group}1-{n}" for group, n in zip(_GROUPS, (14, 4, 2), strict=True))), "", HEADING
        )
        cells = await self.desk.call(self.desk.port.lookups.matrix_of, [row.value for row in wanted])
        return [heading, *(self._row(row, cells[row.value]) for row in wanted)] if wanted else []

    def _row(self, row: ListRow, cells: Sequence[Cell]) -> ListRow:
        from boss_tui.matrix import MARKS

        marks = ("".join(MARKS[cell.state] for cell in cells if _component(cell)[0] == group) for group in _GROUPS)
        unbuilt = all(cell.state == "unbuilt" for cell in cells)
        return ListRow((*row.cells, *marks), row.value, "off" if unbuilt else "")

    async def chosen(self, line: ListRow) -> None:
        """Its cells."""
        await self.desk.push_screen(MatrixRowScreen(line.value))


class MatrixRowScreen(ListScreen):
    """The 20 cells of a business: what was called there, or why nothing is; Enter opens the last run. F9 tries out what
    managers keep: what that uses is alive when one comes back."""

    means = here(restore=AGAIN, price=TRY, complete=Meaning(say("Orders"), say("Where its orders stand")))
    hint: ClassVar[Message] = say("Enter: the last run that used it. F10: where its orders stand")
    widths: ClassVar[tuple[int, ...]] = (9, 19, 10, 16)

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def heading(self) -> Message:
        """Of which business."""
        from boss_tui.catalogue import BUSINESS_NAMES

        return say("{code} {business}", code=self.code, business=BUSINESS_NAMES[self.code])

    async def load(self, text: str) -> Sequence[ListRow]:
        """Cell, component, how it stands, the run, the calls or the reason."""
        cells = await self.desk.call(self.desk.port.lookups.matrix_of, [self.code])
        return self.narrowed([_cell(cell) for cell in cells[self.code]], text)

    async def chosen(self, line: ListRow) -> None:
        """The last run; why there is none."""
        from boss_tui.matrix import STATES

        cell: Cell = line.value
        if cell.serial:
            await open_run(self.desk, self.code, cell.serial)
        else:
            self.tell(cell.reason if cell.reason != Message("") else STATES[cell.state], "warn")

    def why_not(self, name: str) -> Message | None:
        """What managers keep is tried, as far as it is built."""
        if name == "price" and not _is_tried(self.code):
            return say("There is nothing to try of {code}.", code=self.code)
        return super().why_not(name)

    async def do_price(self) -> None:
        """Try it out."""
        from screens.manage.trying import try_out

        await try_out(self.desk, self.code)

    async def do_complete(self) -> None:
        """Where its orders stand."""
        from screens.processes import StepsScreen

        await self.desk.push_screen(StepsScreen(self.code))


def _is_tried(business: str) -> bool:
    from boss_tui.management import subjects

    return business in subjects.MODULES and subjects.subject(business).tries is not None


def _component(cell: Cell) -> str:
    return cell.code.rpartition("-")[2]


def _cell(cell: Cell) -> ListRow:
    from boss_tui.catalogue import COMPONENTS
    from boss_tui.matrix import STATES

    told: str | Message = ", ".join(cell.calls) or (cell.reason if cell.state != "waiting" else "")  # Enter says that
    cells = (cell.code, COMPONENTS[_component(cell)], STATES[cell.state], cell.serial, told)
    return ListRow(cells, cell, _STYLES[cell.state])


async def open_run(desk: DeskApp, business: str, serial: str) -> None:
    """A run by its serial: an order, or an act of management."""
    from boss_tui.catalogue import is_managed
    from screens.orders import OrderScreen

    if is_managed(business):
        await desk.push_screen(ActScreen(await desk.call(desk.port.lookups.act, serial)))
    else:
        await desk.push_screen(OrderScreen(await desk.call(desk.port.lookups.order, serial)))


class ActScreen(ListScreen):
    """An act of management: who did what, what was said with it, which components it used. F10 opens its edition."""

    means = here(restore=AGAIN, complete=Meaning(say("Look"), say("Open the edition")))
    hint: ClassVar[Message] = say("F10: the edition that it was done to. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (22,)

    def __init__(self, act: ActView) -> None:
        super().__init__()
        self.act = act

    def heading(self) -> Message:
        """Its serial."""
        return say("{what} {serial}", what=self.act.what, serial=self.act.serial)

    async def load(self, text: str) -> Sequence[ListRow]:
        """The facts, then what it used."""
        return self.narrowed([ListRow(line) for line in self.act.lines], text)

    async def chosen(self, line: ListRow) -> None:
        """The edition."""
        del line  # of the act as a whole
        await self.do_complete()

    def why_not(self, name: str) -> Message | None:
        """There is an edition to open, or none."""
        if name == "complete" and not self.act.edition:
            return say("It was done to no edition.")
        return super().why_not(name)

    async def do_complete(self) -> None:
        """Open the edition."""
        from screens.manage.editions import EditionScreen

        if self.act.edition:
            await self.desk.push_screen(EditionScreen(self.act.edition))
