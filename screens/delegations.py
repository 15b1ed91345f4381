"""Rights, and one's word to others, that are handed to another person for some business dates 代班授权."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from boss_tui.components.operators.delegations import STATES, right_name
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from screens.dialogs.dialog import Destroy
from screens.dialogs.pick_list import Load
from screens.local_form import ListedFormScreen
from screens.widgets.listing import ListRow
from screens.worked_out import WorkedOutScreen

if TYPE_CHECKING:
    from boss_tui.desk.delegating import DelegationView

_LISTED = ("taker", "right")


class DelegationForm(Form):
    """To whom, what, for how long, why."""

    taker: Annotated[str, Ask(say("Handed to"), "code", help=say("Somebody here, by staff number. F4: who."), width=12)]
    right: Annotated[
        str,
        Ask(say("Right"), help=say("approvals: your word to others; or a right of yours: C12, M6.check."), width=12),
    ] = "approvals"
    since: Annotated[str, Ask(say("From"), "date", help=say("Empty: from now on."), width=12)] = ""
    until: Annotated[str, Ask(say("Until"), "date", help=say("The last business date of it, inclusive."), width=12)]
    reason: Annotated[str, Ask(say("Reason"), help=say("Kept, and headquarters reads it."), width=40, length=80)]


class NewDelegationScreen(ListedFormScreen):
    """A new one."""

    title_of = say("New delegation")

    def __init__(self) -> None:
        super().__init__(DelegationForm.fields())

    def on_mount(self) -> None:
        """What is handed over as a rule."""
        self.begin({"right": "approvals"})

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return DelegationForm.partial(self.panel.values())[1]

    def list_of(self, name: str) -> Load | None:
        """Who is here, or what is one's own to hand over."""
        return self.lines_of(self.desk.port.delegating.choices, name) if name in _LISTED else super().list_of(name)

    async def do_complete(self) -> None:
        """Hand it over."""
        try:
            asked = DelegationForm.read(self.panel.values())
            said = (asked.taker, asked.right, asked.since, asked.until, asked.reason)
            made = await self.desk.call(self.desk.port.delegating.hand, *said)
        except BadForm as fault:
            self.refuse(fault.errors)
            return
        except NotAllowed as fault:
            if not fault.field:
                raise
            self.refuse({fault.field: fault.message})
            return
        await self.desk.pop_screen()
        what = right_name(made.right)
        told = say("{right} is handed to {taker} until {day}.", right=what, taker=made.taker, day=made.until)
        self.desk.announce(told, "good")


class DelegationsScreen(WorkedOutScreen[Sequence["DelegationView"]]):
    """What is handed to whom. Enter: a new one, or the end of the marked one."""

    title_of = say("Delegations")
    hint: ClassVar[Message] = say("Enter on the first line makes a new one; on one of the list, withdraws it.")
    widths: ClassVar[tuple[int, ...]] = (4, 14, 18, 19, 8)

    def work(self) -> Sequence[DelegationView]:
        """Those that are not over."""
        return self.desk.port.delegating.listed()

    def rows(self, known: Sequence[DelegationView]) -> Iterable[ListRow]:
        """A new one first, then what is there."""
        new = ListRow(("+", say("New delegation"), say("hand a right, or your word, to somebody")), "new")
        return [new, *map(_line, known)]

    async def chosen(self, line: ListRow) -> None:
        """Make a new one, or end one."""
        if line.value == "new":
            await self.desk.push_screen(NewDelegationScreen())
        elif await self.desk.ask(Destroy(self.title_of, say("Withdraw No. {number}?", number=line.value.number))):
            await self.desk.call(self.desk.port.delegating.withdraw, line.value.number)
            self.reload()


def _line(view: DelegationView) -> ListRow:
    cells = (
        str(view.number),
        say("{giver} to {taker}", giver=view.giver, taker=view.taker),
        right_name(view.right),
        f"{view.since[5:]} .. {view.until}",
        STATES[view.state],
        view.reason,
    )
    return ListRow(cells, view, "warn" if view.state == "idle" else "off" if view.state == "to_come" else "")
