"""What a supervisor allows in advance (授权): one-time codes to be read out over the phone, grants to clerks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from boss_tui.answers.hall import AuthorityView, Bounds
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, yuan
from data.clock import on_the_wall
from data.message import Message, say
from screens.dialogs.dialog import Destroy
from screens.dialogs.refusing import RefusedDialog
from screens.list_screen import ListScreen
from screens.local_form import LocalFormScreen
from screens.widgets.listing import ListRow

KINDS = {"grant": say("grant"), "code": say("code")}
_NEW_GRANT = ListRow(("+", say("New grant"), say("a clerk may do for some hours what needs a supervisor")), "grant")
_NEW_CODES = ListRow(("+", say("New codes"), say("to be read out over the phone, one for each approval")), "codes")


class BoundsForm(Form):
    """How far it goes."""

    business: Annotated[
        str, Ask(say("Business"), "code", help=say("The catalogue's code, such as C9; empty: any."), width=8, length=6)
    ] = ""
    hours: Annotated[int, Ask(say("Hours"), "digits", help=say("For how long, from now on."), width=6, length=3)]
    amount: Annotated[Fen, Ask(say("Up to, yuan"), "money", help=say("The amount at most; empty: any."), width=12)] = 0


class GrantForm(BoundsForm):
    """To whom, and how often."""

    operator: Annotated[str, Ask(say("Staff number"), "code", help=say("Who may; empty: anybody here."), width=10)] = ""
    uses: Annotated[int, Ask(say("Times"), "digits", help=say("How often at most."), width=6, length=4)] = 1

    def bounds(self) -> Bounds:
        """As the desk takes them."""
        return Bounds(self.hours, self.amount, self.uses, self.business, self.operator)


class CodesForm(BoundsForm):
    """How many."""

    count: Annotated[
        int, Ask(say("Codes"), "digits", help=say("How many, each for one approval."), width=6, length=2)
    ] = 5

    def bounds(self) -> Bounds:
        """As the desk takes them."""
        return Bounds(self.hours, self.amount, 1, self.business)


class GrantScreen(LocalFormScreen):
    """A new grant."""

    title_of = say("New grant")

    def __init__(self) -> None:
        super().__init__(GrantForm.fields())

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return GrantForm.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Give it."""
        bounds = GrantForm.read(self.panel.values()).bounds()
        made = await self.desk.call(self.desk.port.approvals.grant, bounds)
        await self.desk.pop_screen()
        self.desk.announce(say("Grant No. {number} is given.", number=made.number), "good")


class CodesScreen(LocalFormScreen):
    """New codes; they are shown once."""

    title_of = say("New codes")

    def __init__(self) -> None:
        super().__init__(CodesForm.fields())

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return CodesForm.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Make them, and show them this once."""
        form = CodesForm.read(self.panel.values())
        made = await self.desk.call(self.desk.port.approvals.make_codes, form.count, form.bounds())
        codes = tuple(Message("{text}", {"text": view.code}) for view in made)
        await self.desk.ask(RefusedDialog(say("Write these down: they are shown this once"), codes))
        await self.desk.pop_screen()


class AuthoritiesScreen(ListScreen):
    """What may still be used. Enter: a new one, or the end of the marked one."""

    title_of = say("Authorities")
    hint: ClassVar[Message] = say("Enter on a new one makes it; on one of the list, withdraws it.")
    widths: ClassVar[tuple[int, ...]] = (6, 10, 8, 8, 12, 6)

    async def load(self, text: str) -> Sequence[ListRow]:
        """New ones first, then what is there, narrowed by what is typed."""
        found = await self.desk.call(self.desk.port.approvals.authorities)
        lines = [_NEW_CODES, _NEW_GRANT, *(self._line(view) for view in found)]
        return [line for line in lines if line.holds(text)]

    def _line(self, view: AuthorityView) -> ListRow:
        amount = say("to {yuan}", yuan=yuan(view.amount)) if view.amount else say("any amount")
        until = on_the_wall(view.until, "%m-%d %H:%M")
        ends = say("until {time}, by {staff_no}", time=until, staff_no=view.supervisor)
        times = f"x{view.uses_left}"
        cells = (str(view.number), KINDS[view.kind], view.business or "*", view.operator or "*", amount, times, ends)
        return ListRow(cells, view)

    async def chosen(self, line: ListRow) -> None:
        """Make a new one, or end one."""
        if line.value == "grant":
            await self.desk.push_screen(GrantScreen())
        elif line.value == "codes":
            await self.desk.push_screen(CodesScreen())
        elif await self.desk.ask(Destroy(self.title_of, say("Withdraw No. {number}?", number=line.value.number))):
            await self.desk.call(self.desk.port.approvals.withdraw_authority, line.value.number)
            self.reload()
