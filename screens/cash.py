"""Cash in and out of the drawer, and between safe and bank: an amount, what it is for, and the slip to be signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar

from boss_tui.answers.business import MUCH, PaperView
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, yuan
from data.errors import NotAllowed
from data.message import Message, say
from screens.dialogs.approval import SignedOn
from screens.dialogs.dialog import Destroy
from screens.frame import DeskApp
from screens.local_form import LocalFormScreen
from screens.preview import PreviewScreen

Said = Callable[[str, str], PaperView | None]
"""Does it, with a supervisor's staff number and password, or with neither; answers its slip, where it has one."""


class AmountForm(Form):
    """An amount of cash, in fen, and what else its screen asks for."""

    amount: Annotated[Fen, Ask(label=say("Amount"), kind="money", width=12, help=say("Yuan, such as 500 or 12.50"))]


class MoveForm(AmountForm):
    """Cash for a purpose of the drawer's."""

    note: Annotated[
        str, Ask(label=say("What for"), width=40, length=60, help=say("In so many words: it stands on X and Z"))
    ]


class BankForm(AmountForm):
    """Cash of the safe to the bank, or from there."""

    reference: Annotated[
        str, Ask(label=say("Bank's number"), width=24, length=40, help=say("Number on the bank's paper"))
    ]
    note: Annotated[str, Ask(label=say("Note"), width=40, length=60, help=say("Who carried it, in what bag"))] = ""


async def with_approval(desk: DeskApp, said: Said) -> tuple[bool, PaperView | None]:
    """Do it, with a supervisor's word where that is wanted: whether it was done, and its slip."""
    done: list[PaperView | None] = []

    async def do(staff: str = "", password: str = "") -> None:
        done.append(await desk.call(said, staff, password))

    try:
        await do()
    except NotAllowed as refusal:
        if refusal.field != "approved_by":
            raise
        await desk.ask(SignedOn(do, (refusal.message,)))
    return (True, done[0]) if done else (False, None)


class AmountScreen(LocalFormScreen):
    """A form with an amount, done with F10: a subclass says how."""

    wanted = say("F10: done, with a slip to be signed. F1: what belongs in a field")
    form: ClassVar[type[AmountForm]]
    shows: ClassVar[bool] = True
    """Whether the slip is shown then."""

    def __init__(self) -> None:
        super().__init__(self.form.fields())

    def check(self) -> dict[str, Message]:
        """As the form is read."""
        return self.form.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Do it, and show the slip."""
        typed = self.form.read(self.panel.values())
        if not await self._is_meant(typed.amount):
            return
        done, slip = await with_approval(self.desk, self.said(typed))
        if not done:
            self.tell(say("Not completed. The form is still here."), "warn")
            return
        await self.desk.refresh_state()
        await self.desk.pop_screen()
        if slip is not None and self.shows:
            await self.desk.push_screen(PreviewScreen(self.title_of, [slip], reprint=False))
        self.desk.announce(self.done(typed), "good")

    def said(self, typed: AmountForm) -> Said:
        """What is done with what was typed."""
        raise NotImplementedError

    def done(self, typed: AmountForm) -> Message:
        """What is told then."""
        return say(
            "{yuan} yuan: {what}. Have the slip signed.",
            yuan=yuan(typed.amount),
            what=self.title_of,
        )

    async def _is_meant(self, amount: int) -> bool:
        """An amount that is unusually large is looked at twice."""
        return amount < MUCH or await self.desk.ask(Destroy(say("Is this amount right?"), self.much(amount))) is True

    def much(self, amount: int) -> Message:
        """What is unusual about it."""
        return say("{yuan} yuan is unusually much.", yuan=yuan(amount))


class MoveCashScreen(AmountScreen):
    """Cash in or out of the drawer for a purpose."""

    form = MoveForm

    def __init__(self, purpose: str, title: Message) -> None:
        super().__init__()
        self.title_of, self._purpose = title, purpose

    def said(self, typed: AmountForm) -> Said:
        """In for change and money returned, out for the rest."""
        assert isinstance(typed, MoveForm)
        port = self.desk.port
        act = port.till.cash_in if self._purpose in {"change", "return"} else port.till.cash_out

        def do(staff: str, password: str) -> PaperView:
            return act(typed.amount, self._purpose, typed.note, staff, password)

        return do


class BankScreen(AmountScreen):
    """Cash of the safe to the bank, or from there."""

    form = BankForm

    def __init__(self, purpose: str, title: Message) -> None:
        super().__init__()
        self.title_of, self._purpose = title, purpose

    def said(self, typed: AmountForm) -> Said:
        """With the number of the bank's paper."""
        assert isinstance(typed, BankForm)

        def do(staff: str, password: str) -> PaperView:
            return self.desk.port.safe.bank(typed.amount, self._purpose, typed.reference, typed.note, staff, password)

        return do
