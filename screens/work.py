"""Who did what: the hall person by person for a supervisor, one person's acts one by one; everybody sees their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from boss_tui.desk.deeds import deed_said
from boss_tui.forms.typed import fen_typed, yuan
from data.clock import on_the_wall
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from screens.widgets.listing import ListRow
from screens.worked_out import WorkedOutScreen

if TYPE_CHECKING:
    from boss_tui.components.operators.work_record import Deed, Total

WHY = {"word": say("word"), "back": say("taken back"), "refused": say("refused"), "reprint": say("reprint")}
"""What makes an act an exception."""


class WorkScreen(WorkedOutScreen[Sequence["Total"] | str]):
    """What everybody did today, a line for each person; Enter: act by act."""

    title_of = say("Who did what")
    hint: ClassVar[Message] = say("Today, person by person. Enter on somebody: act by act.")
    widths: ClassVar[tuple[int, ...]] = (6, 8, 10, 14, 14, 20)

    def work(self) -> Sequence[Total] | str:
        """Everybody's. Who is no supervisor sees their own alone."""
        try:
            return self.desk.port.personnel.work()
        except NotAllowed:
            return self.desk.state.staff_no if self.desk.state else ""

    def rows(self, known: Sequence[Total] | str) -> Iterable[ListRow]:
        """Person by person."""
        if isinstance(known, str):
            return [ListRow((known, say("My own, act by act")), known)]
        return map(_total, known)

    async def chosen(self, line: ListRow) -> None:
        """That person's acts."""
        await self.desk.push_screen(DeedsScreen(str(line.value)))


def _total(each: Total) -> ListRow:
    cells = (
        each.staff_no,
        each.name,
        say("{n} {n:order|orders}", n=each.orders),
        say("in {yuan}", yuan=yuan(each.taken)),
        say("out {yuan}", yuan=yuan(each.paid_out)),
        say("back {back}, looks {looks}, refused {refused}", back=each.back, looks=each.looks, refused=each.refused),
    )
    return ListRow(cells, each.staff_no, "warn" if each.back or each.refused else "")


def _at_least(text: str) -> tuple[int, str]:
    """The least amount that is typed (fen; 0 where none is, or not yet), and the words behind it."""
    first, _, words = text.strip().partition(" ")
    if not first.startswith(">"):
        return 0, text
    try:
        return fen_typed(first[1:], "amount"), words
    except BadForm:
        return 0, words


class DeedsScreen(WorkedOutScreen[Sequence["Deed"]]):
    """What one person did today, the latest first; Enter opens the order or act behind it."""

    hint: ClassVar[Message] = say("The latest first. Enter: the order behind it, its papers. >100: of at least so much")
    widths: ClassVar[tuple[int, ...]] = (8, 8, 16, 20, 12, 12)

    def __init__(self, staff_no: str) -> None:
        super().__init__()
        self._staff_no = staff_no

    def heading(self) -> Message:
        """Whose."""
        return say("What {staff_no} did", staff_no=self._staff_no)

    def work(self) -> Sequence[Deed]:
        """The latest."""
        return self.desk.port.personnel.work_of(self._staff_no)

    def rows(self, known: Sequence[Deed]) -> Iterable[ListRow]:
        """Act by act."""
        return map(self._line, known)

    def words_of(self, text: str) -> str:
        """What stands behind the amount."""
        return _at_least(text)[1]

    def fits(self, line: ListRow, text: str) -> bool:
        """Of at least the amount that stands before the words, such as >100."""
        deed: Deed = line.value
        return abs(deed.amount) >= _at_least(text)[0]

    def _line(self, deed: Deed) -> ListRow:
        why = " ".join(self.desk.words(WHY[each]) for each in deed.why)
        amount = yuan(deed.amount) if deed.kind == "order" else ""
        cells = (on_the_wall(deed.at, "%H:%M:%S"), deed.counter, deed_said(deed), deed.subject, amount, why)
        return ListRow(cells, deed, "warn" if deed.why else "")

    async def chosen(self, line: ListRow) -> None:
        """The order or act behind it; Enter there shows the papers, or the edition."""
        from screens.matrix import open_run

        deed: Deed = line.value
        serial = await self.desk.call(self.desk.port.personnel.run_of, deed)
        if not serial:
            self.tell(say("There is no order behind this."))
            return
        await open_run(self.desk, deed.what.split()[0] if deed.kind == "act" else "", serial)
