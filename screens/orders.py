"""Orders: where each stands, with the four states apart, and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers.business import Invoicing, OrderView, Outcome, PaperView
from boss_tui.forms.typed import yuan
from data.clock import on_the_wall
from data.message import Message, quoted, say
from screens.dialogs.approval import Approval
from screens.dialogs.one_line import OneLine
from screens.dialogs.outcome import OutcomeDialog
from screens.frame import DeskApp, DeskScreen, Plain
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, NOTHING, PAPERS, here
from screens.preview import PreviewScreen
from screens.widgets.drawn import Drawn
from screens.widgets.listing import Figure, ListRow
from screens.widgets.text import Row, fit, wrapped

STATES = {
    "acknowledged": say("acknowledged"),
    "inProgress": say("in progress"),
    "held": say("held"),
    "pending": say("pending"),
    "completed": say("completed"),
    "cancelled": say("cancelled"),
    "failed": say("failed"),
    "partial": say("partial"),
    "rejected": say("rejected"),
    "syncing": say("syncing"),
    "retrying": say("retrying"),
    "dead-letter": say("DEAD LETTER"),
    "dead_letter": say("DEAD LETTER"),
    "queued": say("queued"),
    "sent": say("sent"),
    "answered": say("answered"),
    "open": say("waiting"),
    "done": say("done"),
    "unconfirmed": say("sent, unconfirmed"),
    "unknown": say("UNKNOWN"),
    "sending": say("sending"),
    "refused": say("REFUSED"),
    "off": say("off"),
    "near_end": say("paper low"),
}
_BAD = {"failed", "rejected", "dead-letter", "dead_letter", "unknown", "refused"}
_SETTLED = {"completed", "acknowledged", "answered", "done", "unconfirmed"}


def state_words(state: str) -> Message:
    """A state of order, outbox, command or print job, in words."""
    return STATES.get(state, quoted(state))


def tone(state: str) -> str:
    """The style of a state; words and a mark carry it as well."""
    return "error" if state in _BAD else "good" if state in _SETTLED else "warn"


def worst(states: Sequence[str]) -> str:
    """The state that wants most attention; empty when there are none."""
    ranked = sorted(states, key=lambda state: (state not in _BAD, state in _SETTLED))
    return ranked[0] if ranked else ""


def _standing(order: OrderView) -> tuple[Message, str]:
    """The order's state, with a mark for the first of the other three that wants attention; the style of the line."""
    apart = (
        (say("Headquarters"), order.outbox),
        (say("Network"), worst([state for _, state, _ in order.network])),
        (say("Paper"), worst([state for _, state, _ in order.prints])),
    )
    said = state_words(order.state)
    bad = next((where for where, state in apart if state in _BAD), None)
    if bad is not None:
        return say("!{where} {state}", state=said, where=bad), "error"
    return said, "error" if order.state in _BAD else ""


class OrdersScreen(ListScreen):
    """The latest orders; Enter opens one. Of a serial its end is shown: date and running number."""

    title_of = say("Orders")
    hint: ClassVar[Message] = say("Serial or its end, number or its last digits, name. Enter opens the order.")
    widths: ClassVar[tuple[int, ...]] = (10, 5, 15, 11, 8, 9)

    def __init__(self, typed: str = "", *, under_way: bool = False) -> None:
        super().__init__(typed)
        self._under_way = under_way

    def heading(self) -> Message:
        """Which orders."""
        return say("Orders open in the network") if self._under_way else self.title_of

    async def load(self, text: str) -> Sequence[ListRow]:
        """Each order, with what it was about and how it stands."""
        found = await self.desk.call(partial(self.desk.port.lookups.orders, text.strip(), under_way=self._under_way))
        return [self._line(order) for order in found]

    def _line(self, order: OrderView) -> ListRow:
        at = on_the_wall(order.made_at, "%H:%M") if order.made_at else ""
        business = say("{code} {business}", code=order.code, business=order.business)
        state, bad = _standing(order)
        amount = Figure(yuan(order.amount))
        return ListRow((order.serial[-10:], at, business, order.phone, order.customer, amount, state), order, bad)

    async def chosen(self, line: ListRow) -> None:
        """Open it."""
        order = await self.desk.call(self.desk.port.lookups.order, line.value.serial)
        await self.desk.push_screen(OrderScreen(order))

    def why_not(self, name: str) -> Message | None:
        """An invoice is drawn of an order of the list."""
        if name == "invoice" and self.listing.marked is None:
            return NOTHING
        return super().why_not(name)

    async def do_invoice(self) -> None:
        """Draw the invoice that was put off, of the marked order."""
        marked = self.listing.marked
        assert marked is not None
        order = await self.desk.call(self.desk.port.lookups.order, marked.value.serial)
        if order.undrawable is not None:
            self.desk.bell()
            self.tell(order.undrawable, "warn")
            return
        await draw(self.desk, order)
        await self.do_restore()


async def draw(desk: DeskApp, order: OrderView) -> None:
    """Ask for whom the invoice of an order is, draw it, and show it."""
    from screens.dialogs.invoice_box import InvoiceBox

    drawn: list[PaperView] = []

    async def said(asked: Invoicing) -> None:
        drawn.append(await desk.call(desk.port.invoices.draw, order.serial, asked.title, asked.tax_number))

    title = say("Draw the invoice of {serial}", serial=order.serial)
    if await desk.ask(InvoiceBox(title, order.buyer, said, drawn=True)):
        await desk.push_screen(PreviewScreen(title, drawn))
        desk.announce(say("Invoice {number} is drawn.", number=drawn[0].number), "good")
        await desk.refresh_state()


LABEL = 20
"""Columns before what is said of a fact."""


class OrderStates(Drawn):
    """The four states of one order, each under its own heading, and what it was about."""

    def __init__(self, order: OrderView) -> None:
        super().__init__()
        self.order = order

    def rows(self, width: int) -> list[Row]:
        """Facts, then the states."""
        order = self.order
        facts = [(label, value if isinstance(value, str) else self.words(value)) for label, value in order.lines]
        rows: list[Row] = [row for label, value in facts for row in self._fact(label, value, width)]
        rows += self._section(say("Order"), [(Message(""), order.state, Message(""))], width)
        rows += self._section(say("Headquarters"), [(Message(""), order.outbox, Message(""))], width)
        rows += self._section(say("Network"), order.network, width)
        return rows + self._section(say("Paper"), order.prints, width)

    def _fact(self, label: Message, value: str, width: int) -> list[Row]:
        """What it is about, whole: on as many lines as it needs."""
        first, *more = wrapped(value, width - LABEL) or [""]
        head: Row = [(fit("  " + self.words(label), LABEL), "dim"), (first, "")]
        return [head, *([(" " * LABEL + each, "")] for each in more)]

    def _section(self, title: Message, states: Sequence[tuple[Message, str, Message]], width: int) -> list[Row]:
        rows: list[Row] = [[(fit(" " + self.words(title), width), "head")]]
        for name, state, more in states:
            what = self.words(name)
            text = fit(f"  {what}", 34 if what else 3) + fit(self.words(state_words(state)), 16) + self.words(more)
            rows.append([(fit(text, width), tone(state))])
        if not states:
            rows.append([("   -", "dim")])
        return rows


class OrderScreen(DeskScreen):
    """One order. F4 or Enter shows its papers, F5 asks again, Delete cancels it."""

    means = here(restore=AGAIN, list=PAPERS)
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [Binding("escape", "do('back')", show=False), Binding("enter", "do('list')", show=False)]

    def __init__(self, order: OrderView) -> None:
        super().__init__()
        self.states = OrderStates(order)

    def heading(self) -> Message:
        """Its serial."""
        return say("Order {serial}", serial=self.states.order.serial)

    def parts(self) -> ComposeResult:
        """The states, scrolled when there are many."""
        with Plain(id="form"):
            yield self.states

    def on_mount(self) -> None:
        """Say what can be done here."""
        if self.states.order.undrawable is None:
            self.tell(say("Enter: its papers. F5: ask again. Ctrl+K: draw its invoice. Delete: cancel it. F3: back"))
        else:
            self.tell(say("Enter: its papers. F5: ask again. Delete: cancel it. F3: back"))

    def why_not(self, name: str) -> Message | None:
        """An order that can't be cancelled says why."""
        if name == "cancel" and self.states.order.stays != Message(""):
            return self.states.order.stays
        if name == "invoice":
            return self.states.order.undrawable
        return super().why_not(name)

    async def do_restore(self) -> None:
        """Ask again."""
        self.states.order = await self.desk.call(self.desk.port.lookups.order, self.states.order.serial)
        self.states.redraw(layout=True)

    async def do_cancel(self) -> None:
        """Cancel the order: a reason, a supervisor's approval; then what goes back, and the papers."""
        serial, title = self.states.order.serial, say("Cancel order {serial}", serial=self.states.order.serial)
        reason = await self.desk.ask(OneLine(title, say("Why is it cancelled?"), needed=True))
        if reason is None:
            return
        order = self.states.order
        about = say("{code} {business}  {number}", code=order.code, business=order.business, number=order.phone)
        paid = (
            say("It paid out {yuan}: take that from the customer.", yuan=yuan(-order.amount))
            if order.amount < 0
            else say("Amount of the order: {yuan}", yuan=yuan(order.amount))
        )
        seen = {"seen": order.shown} if order.shown else {}
        done: list[Outcome] = []

        async def cancel(staff: str, password: str) -> None:
            done.append(await self.desk.call(self.desk.port.orders.cancel, serial, reason, staff, password, **seen))

        if not await self.desk.ask(Approval(cancel, (title, quoted(reason)), (about, paid))):
            return
        await self.desk.ask(OutcomeDialog(done[0], title))
        await self.do_restore()
        await self.desk.refresh_state()

    async def do_invoice(self) -> None:
        """Draw the invoice that was put off."""
        await draw(self.desk, self.states.order)
        await self.do_restore()

    async def do_list(self) -> None:
        """Its papers."""
        papers = await self.desk.call(self.desk.port.lookups.papers, self.states.order.serial)
        await self.desk.push_screen(PreviewScreen(say("Papers of {serial}", serial=self.states.order.serial), papers))
