"""Invoices that were put off (catalogue M9): how each stands, on paper and electronic 数电票; what waits or was refused
and why; the ways out: asked for, asked about now, sent anew, red-lettered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, ClassVar

from boss_tui.components.invoices.electronic_invoices import CREDIT, STATES
from boss_tui.components.invoices.electronic_slips import OPEN, REASONS
from boss_tui.components.invoices.invoice_requests import STATES as PUT_OFF
from boss_tui.components.invoices.invoicing import BuyerForm
from boss_tui.desk.electronic import LATEST, ElectronicView, PutOff, SlipView
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, yuan
from data.message import Message, quoted, say
from screens.dialogs.pick_list import Load, pick
from screens.dialogs.waiting import waited
from screens.manage.people import Told
from screens.numbers import NumbersFormScreen
from screens.orders import OrderScreen, draw
from screens.widgets.listing import HEADING, Figure, ListRow
from screens.worked_out import WorkedOutScreen

_TONES = {"failed": "error", "waiting": "warn", "issuing": "warn", "issued": "good", "cancelled": "dim"}
WHY = say("01 wrong, 02 goods returned, 03 service ended, 04 discount.")
Way = Callable[[PutOff], Awaitable[None]]


class AskedForm(BuyerForm):
    """For whom it is, and where it is sent."""

    mail: Annotated[
        str, Ask(say("E-mail"), help=say("Where the platform sends it; empty: nowhere."), width=36, length=80)
    ] = ""


class RedForm(Form):
    """How much is taken back, and why."""

    amount: Annotated[Fen, Ask(say("Amount"), "money", help=say("Yuan that are taken back."), width=12)]
    reason: Annotated[
        str,
        Ask(say("Reason"), "digits", help=say("01 wrong, 02 goods returned, 03 service ended, 04 discount."), length=2),
    ]


class RedScreen(NumbersFormScreen):
    """So much of an electronic invoice is taken back. F4: the reasons that the tax platform knows."""

    about = say(
        "An electronic invoice is never void: what of it does not stand is taken back by a confirmation slip, which "
        "the buyer confirms where they have used the invoice already."
    )

    def list_of(self, name: str) -> Load | None:
        """The reasons."""

        async def load(text: str) -> list[ListRow]:
            return [ListRow((code, told), code) for code, told in REASONS.items() if code.startswith(text.strip())]

        return load if name == "reason" else None


class ElectronicScreen(WorkedOutScreen[Sequence[PutOff]]):
    """What was put off, and beneath each electronic one its slips. Enter: what can be done about it."""

    title_of = say("Invoices put off")
    hint: ClassVar[Message] = say("Serial, title, state. Enter: what can be done. F4: the month's credit.")
    empty: ClassVar[Message] = say("No invoice was put off here.")
    widths: ClassVar[tuple[int, ...]] = (10, 10, 10, 20, 22)

    def work(self) -> Sequence[PutOff]:
        """What was put off."""
        return self.desk.port.electronic.put_off()

    def rows(self, known: Sequence[PutOff]) -> Iterable[ListRow]:
        """Each with its slips."""
        return (line for one in known for line in _lines(one))

    def above(self, known: Sequence[PutOff], lines: Sequence[ListRow]) -> Sequence[ListRow]:  # noqa: ARG002
        """How many are listed, where there may be more."""
        told = say("Of each state the latest {n} are listed.", n=LATEST)
        return [ListRow((told,), None, HEADING)] if len(known) >= LATEST else []

    async def chosen(self, line: ListRow) -> None:
        """What can be done."""
        one: PutOff = line.value
        ways, careful = self._ways(one)
        title = say("Invoice of {serial}", serial=one.serial)
        way: Way | None = await self.desk.ask(pick(title, ways, careful))
        if way is not None:
            await way(one)
            self.reload()

    def _ways(self, one: PutOff) -> tuple[list[ListRow], list[ListRow]]:
        """What can be done about one here and now; and what takes it back."""
        ways: list[tuple[Message, Way]] = []
        made = one.electronic
        state = made.state if made is not None else ""
        if one.state == "waiting":
            ways += [(say("Ask for it electronically"), self._ask_for), (say("Draw it on paper"), self._draw)]
        if state == "failed":
            ways.append((say("Put right for whom it is, and send it anew"), self._anew))
        if state in ("waiting", "issuing") or (made is not None and any(slip.state in OPEN for slip in made.slips)):
            ways.append((say("Ask the tax platform now"), self._ask_now))
        ways.append((say("Its order"), self._order))
        may_be_red = made is not None and state not in ("failed", "cancelled") and made.left > 0
        careful = [ListRow((say("Red-letter it, or a part of it"),), self._red)] if may_be_red else []
        return [ListRow((told,), way) for told, way in ways], careful

    async def _ask_for(self, one: PutOff) -> None:
        async def do(said: AskedForm, _: str, __: str) -> Message:
            await self.desk.call(self.desk.port.electronic.draw, one.serial, said.title, said.tax_number, said.mail)
            return say("It is asked for: its number comes from the tax platform.")

        await self._form(say("Electronic invoice of {serial}", serial=one.serial), AskedForm, do, one)

    async def _anew(self, one: PutOff) -> None:
        async def do(said: BuyerForm, _: str, __: str) -> Message:
            await self.desk.call(self.desk.port.electronic.anew, one.serial, said.title, said.tax_number)
            return say("It is sent anew.")

        await self._form(say("Send the invoice of {serial} anew", serial=one.serial), BuyerForm, do, one)

    async def _form(self, title: Message, form: type[Form], do: Any, one: PutOff) -> None:
        made = one.electronic
        whose = made if made is not None else one
        begun = {"title": whose.title, "tax_number": whose.tax_number}
        await self.desk.push_screen(NumbersFormScreen(title, form, do, begun=begun))

    async def _draw(self, one: PutOff) -> None:
        await draw(self.desk, await self.desk.call(self.desk.port.lookups.order, one.serial))

    async def _ask_now(self, one: PutOff) -> None:
        told = await waited(
            self.desk, say("Invoice of {serial}", serial=one.serial), self.desk.port.electronic.ask_now, one.serial
        )
        if told is None:
            self.tell(say("Waited for no longer: it is asked again by itself."), "warn")
            return
        made, unanswered = told
        if unanswered is not None:
            self.tell(say("No answer: {why} It is asked again by itself.", why=unanswered), "warn")
        else:
            self.tell(_standing(made), _TONES[made.state])

    async def _order(self, one: PutOff) -> None:
        await self.desk.push_screen(OrderScreen(await self.desk.call(self.desk.port.lookups.order, one.serial)))

    async def _red(self, one: PutOff) -> None:
        async def do(said: RedForm, staff_no: str, password: str) -> Message:
            red = self.desk.port.electronic.red
            await self.desk.call(red, one.serial, said.amount, said.reason, staff_no, password)
            return say("It is applied for: the confirmation slip comes from the tax platform.")

        left = yuan(one.electronic.left) if one.electronic is not None else ""
        title = say("Red-letter the invoice of {serial}", serial=one.serial)
        await self.desk.push_screen(RedScreen(title, RedForm, do, begun={"amount": left}))

    async def do_list(self) -> None:
        """What the tax platform allows this month."""
        title = say("The month's credit at the tax platform")
        told = await waited(self.desk, title, lambda _: self.desk.port.electronic.credit())
        if told is not None:
            lines = [(say("{label}: {value}", label=CREDIT[name], value=yuan(fen)), "") for name, fen in told.items()]
            await self.desk.ask(Told(title, *lines))


def _lines(one: PutOff) -> Iterator[ListRow]:
    made = one.electronic
    amount = Figure(yuan(made.amount if made is not None else one.amount))
    state = _standing(made) if made is not None else PUT_OFF[one.state]
    number = made.number if made is not None else one.number
    tone = _TONES[made.state] if made is not None else "warn" if one.state == "waiting" else "dim"
    yield ListRow((one.serial[-10:], one.shown, amount, number, state), one, tone)
    for slip in made.slips if made is not None else ():
        yield ListRow(("", slip.slip, Figure(yuan(-slip.amount)), slip.number, slip.told), one, _slip_tone(slip))


def _standing(made: ElectronicView) -> Message:
    """How far one is, and what the platform says to it."""
    state = STATES[made.state]
    return say("{state}: {why}", state=state, why=quoted(made.message)) if made.message else state


def _slip_tone(slip: SlipView) -> str:
    return "warn" if slip.state in OPEN else "good" if slip.number else "error"
