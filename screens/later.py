"""A slip that was written by hand while nothing could be entered 补录: what stands on it, then its business as ever."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import asdict

from boss_tui.answers.business import Handwritten
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen
from data.errors import BadForm
from data.message import Message, say
from screens.cash import Said, with_approval
from screens.dialogs.pick_list import pick
from screens.local_form import LocalFormScreen
from screens.widgets.listing import ListRow
from screens.widgets.tender_form import Ways


class SlipForm(Form):
    """What stands on the slip, and why it can't be done, where that is so."""

    code: Annotated[str, Ask(say("Business"), "code", help=say("The catalogue's code, such as C2."), width=8, length=6)]
    number: Annotated[
        str,
        Ask(
            say("Slip number"),
            "code",
            help=say("As it is printed on the slip. It is entered once."),
            width=22,
            length=20,
        ),
    ]
    written_on: Annotated[
        str,
        Ask(
            say("Written on"),
            "text",
            help=say("The business date of the slip: 2026-11-27 or 20261127."),
            width=12,
            length=10,
        ),
    ]
    written_at: Annotated[
        str, Ask(say("At"), "text", help=say("The time on the slip, such as 14:05."), width=8, length=5)
    ]
    written_by: Annotated[
        str, Ask(say("By"), "code", help=say("The staff number of who wrote it."), width=10, length=10)
    ]
    why: Annotated[
        str,
        Ask(
            say("Can't be done"),
            "text",
            help=say("Only where it can't be done any more: why. It waits among the queues then."),
            width=50,
            length=200,
        ),
    ] = ""
    taken: Annotated[
        Fen,
        Ask(
            say("Taken, yuan"),
            "money",
            help=say("What was taken for it, where it can't be done. It is booked as money in suspense."),
            width=12,
        ),
    ] = 0
    way: Annotated[
        str,
        Ask(
            say("Paid by"),
            "choice",
            help=say("The digit of the way that it was taken; F4: all ways."),
            choices="way",
            width=3,
        ),
    ] = "1"
    reference: Annotated[
        str,
        Ask(
            say("Reference"),
            "code",
            help=say("The number of the card's slip, the cheque, the transfer; cash has none."),
            width=24,
            length=40,
        ),
    ] = ""

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

    def __init__(self, code: str = "", slip: Handwritten | None = None) -> None:
        """`code`, `slip`: of one that waits, and is entered after all."""
        super().__init__(SlipForm.fields())
        self._head = {"code": code, **asdict(slip)} if slip is not None else {}
        self._ways = Ways(())

    async def _look(self) -> None:
        self._ways = Ways(await self.desk.call(self.desk.port.paying.tender_ways))

    def on_mount(self) -> None:
        """What is known of the slip stands there already."""
        self.begin(self._head)
        self.desk.flow(self._look())

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return SlipForm.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Open it, or put it down."""
        form = SlipForm.read(self.panel.values())
        code = form.code.upper()
        slip = await self.desk.call(self.desk.port.handwriting.check, form.slip())
        if form.why:
            done, _ = await with_approval(self.desk, self._down(form, slip, self._way(form.way)))
            if not done:
                self.tell(say("Not completed. The form is still here."), "warn")
                return
        elif code not in {business.code for business in await self.desk.call(self.desk.port.signing.businesses)}:
            raise BadForm({"code": say("There is no business {code} here.", code=code)})
        await self.desk.pop_screen()
        if form.why:
            await self.desk.refresh_state()
            self.desk.announce(say("Slip {number} waits among the queues.", number=slip.number), "good")
        else:
            await self.desk.open(code, slip=slip)

    def _down(self, form: SlipForm, slip: Handwritten, way: str) -> Said:
        """Put it down, with its money."""

        def do(staff: str, password: str) -> None:
            self.desk.port.handwriting.put_down(
                slip, form.code.upper(), form.why, form.taken, way, form.reference, staff, password
            )

        return do

    def _way(self, digit: str) -> str:
        """The code of a way of paying. BadForm: it is none that was taken by hand."""
        way = self._ways.chosen_by.get(digit.strip())
        if way is None or not way.by_hand:
            raise BadForm({"way": say("Not one of the choices. F4 shows them.")})
        return way.code

    async def do_list(self) -> None:
        """F4: how it may have been paid by hand."""
        if self.panel.current != "way":
            self.desk.bell()
            return
        lines = [ListRow((digit, way.name), digit) for digit, way in self._ways.chosen_by.items() if way.by_hand]
        taken = await self.desk.ask(pick(say("Paid by"), lines))
        if taken is not None:
            self.panel.fields["way"].put(taken)
