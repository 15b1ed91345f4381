"""A slip that was written by hand while nothing could be entered 补录: what stands on it, then its business as ever."""

from __future__ import annotations

from typing import Annotated

from boss_tui.answers import Handwritten
from boss_tui.forms import Ask, Fen, Form
from data.errors import BadForm
from data.message import Message, say
from screens.local_form import LocalFormScreen


class SlipForm(Form):
    """What stands on the slip, and why it can't be done, where that is so."""

    code: Annotated[str, Ask(say("Business"), "code", say("The catalogue's code, such as C2."), width=8, length=6)]
    number: Annotated[str, Ask(say("Slip number"), "code", say("As it is printed on the slip. It is entered once."),
                               width=22, length=20)]  # fmt: skip
    written_on: Annotated[str, Ask(say("Written on"), "text", say("The business date of the slip: 2026-11-27 or "
                                                                  "20261127."), width=12, length=10)]  # fmt: skip
    written_at: Annotated[str, Ask(say("At"), "text", say("The time on the slip, such as 14:05."), width=8,
                                   length=5)]  # fmt: skip
    written_by: Annotated[str, Ask(say("By"), "code", say("The staff number of who wrote it."), width=10, length=10)]
    why: Annotated[
        str,
        Ask(say("Can't be done"), "text", say("Only where it can't be done any more: why. It waits among the queues "
                                              "then."), width=50, length=200),
    ] = ""  # fmt: skip
    amount: Annotated[Fen, Ask(say("Taken, yuan"), "money", say("What was taken for it, where it can't be done."),
                               width=12)] = 0  # fmt: skip

    def slip(self) -> Handwritten:
        """As the desk takes it."""
        return Handwritten(self.number, self.written_on, self.written_at, self.written_by)


class LaterScreen(LocalFormScreen):
    """The slip's head; F10 opens its business, at the prices of its day, or puts it down for somebody to settle."""

    title_of = say("Enter a slip later")
    about = say(
        "What was written by hand during an outage. Its business opens with F10, under today's date and numbers, at "
        "the prices of the day it was written; papers and lists say so. What can't be done any more is put down with "
        "why."
    )

    def __init__(self) -> None:
        super().__init__(SlipForm.fields())

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return SlipForm.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Open it, or put it down."""
        try:
            form = SlipForm.read(self.panel.values())
            code = form.code.upper()
            slip = await self.desk.call(self.desk.port.check_slip, form.slip())
            if form.why:
                await self.desk.call(self.desk.port.put_slip_down, slip, code, form.why, form.amount)
            elif code not in {business.code for business in await self.desk.call(self.desk.port.businesses)}:
                raise BadForm({"code": say("There is no business {code} here.", code=code)})
        except BadForm as fault:
            self.refuse(fault.errors)
            return
        await self.desk.pop_screen()
        if form.why:
            await self.desk.refresh_state()
            self.desk.told(say("Slip {number} waits among the queues.", number=slip.number), "good")
        else:
            await self.desk.open(code, slip=slip)
