"""The review of rights at the office 权限复核: who has what, the overdue first; each is confirmed, or ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from boss_tui.components.operators.rights_review import STATES
from data.errors import NotAllowed
from data.message import Message, say
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, Meaning, here
from screens.widgets.listing import HEADING, ListRow
from screens.worked_out import WorkedOutScreen

if TYPE_CHECKING:
    from boss_tui.desk.personnel import ReviewLine

PEOPLE = "M7/operator"
_STYLES = {"lapsed": "error", "due": "warn", "never": "", "good": "off"}


class ReviewsScreen(WorkedOutScreen[Sequence["ReviewLine"]]):
    """Everybody who works, and how their rights stand; Enter: what they have."""

    title_of = say("Review of rights")
    hint: ClassVar[Message] = say("The overdue stand first. Enter on somebody: what they have, to confirm or to leave.")
    widths: ClassVar[tuple[int, ...]] = (6, 8, 6, 12, 24, 10)

    def work(self) -> Sequence[ReviewLine]:
        """Everybody."""
        return self.desk.port.personnel.review()

    def rows(self, known: Sequence[ReviewLine]) -> Iterable[ListRow]:
        """How their rights stand."""
        return map(_line, known)

    async def chosen(self, line: ListRow) -> None:
        """What they have."""
        await self.desk.push_screen(RightsScreen(line.value))


def _line(each: ReviewLine) -> ListRow:
    told = say("due {day}", day=each.due_on) if each.due_on else Message("")
    cells = (each.staff_no, each.name, each.outlet, each.role_name, STATES[each.state], each.confirmed_on, told)
    return ListRow(cells, each, _STYLES[each.state])


class RightsScreen(ListScreen):
    """What somebody may do. F10 confirms it, Delete ends them; both go into the edition that is open."""

    means = here(restore=AGAIN, complete=Meaning(say("Keep"), say("They keep what they have")))
    hint: ClassVar[Message] = say("F10: confirm, into an edition. Delete: they leave. F3: back")
    widths: ClassVar[tuple[int, ...]] = (34,)

    def __init__(self, line: ReviewLine) -> None:
        super().__init__()
        self._line = line

    def heading(self) -> Message:
        """Whose."""
        return say("Rights of {staff_no} {name}", staff_no=self._line.staff_no, name=self._line.name)

    async def load(self, text: str) -> Sequence[ListRow]:
        """Who they are, then each right."""
        facts = await self.desk.call(self.desk.port.personnel.rights_of, self._line.staff_no)
        told = STATES[self._line.state], self._line.confirmed_on
        head = [
            ListRow((say("Confirmed"), *told), style=_STYLES[self._line.state]),
            ListRow((say("May"),), style=HEADING),
        ]
        return self.narrowed([*head, *(ListRow((fact.label, fact.value)) for fact in facts)], text)

    async def chosen(self, line: ListRow) -> None:
        """Nothing more is behind a right."""
        del line
        self.tell(self.hint)

    def why_not(self, name: str) -> Message | None:
        """One's own are for somebody else to look at."""
        if name == "complete" and self.desk.state is not None and self.desk.state.staff_no == self._line.staff_no:
            return say("Another person confirms your own.")
        return super().why_not(name)

    async def do_complete(self) -> None:
        """They keep what they have."""
        from screens.manage.drafting import into_draft

        def confirm(edition: str, said: dict[str, str]) -> Any:
            return self.desk.port.personnel.confirm([self._line.staff_no], edition, **said)

        await self._into(lambda: into_draft(self.desk, PEOPLE, confirm))

    async def do_cancel(self) -> None:
        """They are on the staff no more, after a question."""
        from boss_tui.management.subjects import named
        from screens.manage.drafting import end_rows

        await self._into(lambda: end_rows(self.desk, PEOPLE, named(PEOPLE)[1], [(self._line.staff_no,)]))

    async def _into(self, put: Callable[[], Awaitable[Message | None]]) -> None:
        try:
            told = await put()
        except NotAllowed as refused:
            self.tell(refused.message, "warn")
            return
        if told is not None:
            await self.desk.pop_screen()
            self.desk.announce(told, "good")
