"""Money over the counter: what was handed over, in which way, until it makes what is due."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers import Quote, Tender
from boss_tui.forms import yuan
from data.errors import BadForm
from data.message import Message, say
from screens.dialog import YES, Box, Dialog, Heading, Lines
from screens.frame import Plain
from screens.terminal import FastInput
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.listing import Line
from screens.widgets.pick_list import PickList
from screens.widgets.side_panel import QuoteTable
from screens.widgets.sums import Sums
from screens.widgets.tender_form import TenderForm, kinds

WAYS = ("1", "2", "3", "4")
"""The digits of the ways of paying."""


class TenderPanel(Dialog[list[Tender]]):
    """Answers the tenders that make up the amount. `due` below zero is paid out.

    What F10 would do now stands above the keys at all times: with nothing typed it takes exactly what is left, in the
    way that is set. That must have been seen: an F10 that was typed before the box was there takes only what was typed.
    """

    expected: ClassVar[bool] = True
    BINDINGS: ClassVar = [
        Binding(YES, "pay", show=False, priority=True),
        Binding("f1", "explain", show=False),
        Binding("f4", "list", show=False),
        Binding("f5", "again", show=False),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("pageup", "lines(-3)", show=False),
        Binding("pagedown", "lines(3)", show=False),
    ]

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self.quote = quote
        self.sums = Sums(quote)
        self.panel = FormPanel(TenderForm.fields())
        self.said = Lines()
        self._seen_at = float("inf")

    def compose(self) -> ComposeResult:
        """Price, sums, the form of one tender."""
        with Box(classes="-wide -pay"):
            yield Heading(say("Paying out") if self.quote.due < 0 else say("Payment"))
            with Plain(classes="-quote"):
                yield QuoteTable(self.quote, sums=False)
            yield self.sums
            yield self.panel
            yield self.said
            yield Lines((say("Enter: add   F4: way of paying   F5: anew   F10: complete   Esc: not yet"), "dim"))

    def on_mount(self) -> None:
        """The amount first: cash is what most people bring."""
        self._next()
        self.call_after_refresh(self._is_seen)

    def _is_seen(self) -> None:
        self._seen_at = self.desk.gate.now()

    def _next(self) -> None:
        self.panel.show({"kind": "1"}, {}, _notes("1"), opened=True)
        for field in self.panel.fields.values():
            field.put(field.opened)
        self.query_one(".-quote").display = self.sums.left > 0 or len(self.sums.tenders) < 2  # the sums need its room
        self.sums.redraw(layout=True)
        self.panel.focus_on("amount")
        self._foretell()

    # how it is paid

    @property
    def _kind(self) -> str:
        return self.panel.fields["kind"].value.strip()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and right choose in the field of how it is paid, and move the cursor in the others."""
        return self.panel.current == "kind" if action == "turn" else super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """The next way of paying."""
        now = int(self._kind) - 1 if self._kind in WAYS else -1 if by > 0 else 0
        self._set(WAYS[(now + by) % len(WAYS)])

    def action_list(self) -> None:
        """The ways of paying."""
        self.desk.flow(self._list())

    async def _list(self) -> None:
        lines = [Line((name,), way) for way, (_, name) in zip(WAYS, kinds(), strict=True)]

        async def load(text: str) -> list[Line]:
            wanted = text.strip().lower()
            return [line for line in lines if wanted in self.desk.words(line.cells[0]).lower()]

        taken = await self.desk.ask(PickList(say("Paid by"), load, current=self._kind))
        if taken is not None:
            self._set(taken)
            self.panel.focus_on("amount")

    def _set(self, way: str) -> None:
        field = self.panel.fields["kind"]
        field.value = way
        field.select_all()
        self._told()

    def on_input_changed(self, event: FastInput.Changed) -> None:
        """What is typed says at once how it is paid, and what F10 would do."""
        event.stop()
        self._told()

    def _told(self) -> None:
        self.panel.show(self.panel.values(), {}, _notes(self._kind))
        self._foretell()

    def action_explain(self) -> None:
        """F1: what each way of paying asks for."""
        self.said.show(
            (say("Cash: what was handed over; the change is told. Card, cheque and transfer: exactly, with their "
                 "reference. Several may be mixed: Enter after each. PgUp, PgDn: the lines of the price."), "")
        )  # fmt: skip

    def action_lines(self, by: int) -> None:
        """Move through the lines of the price."""
        self.query_one(".-quote", Plain).scroll_relative(y=by, animate=False)

    # adding and paying

    def on_field_left(self, event: Field.Left) -> None:
        """Enter in the amount adds cash; anything else wants a reference first."""
        event.stop()
        name = event.field.spec.name
        done = event.insist and (name == "reference" or (name == "amount" and self._kind == "1"))
        if done and self._untouched:
            self.desk.bell()
            self.said.show((say("Type the amount, or F10: {yuan} in cash.", yuan=yuan(self.sums.left)), "warn"))
        elif done:
            self._add()
        else:
            self._told()
            self.panel.focus_on(self.panel.beside(name, event.step) or "kind")

    @property
    def _untouched(self) -> bool:
        """Whether nothing has been typed since the last tender: an Enter too many must not be money."""
        typed = self.panel.values()
        return self._kind == "1" and bool(self.sums.tenders) and self.sums.left > 0 and not typed["amount"].strip()

    def _typed(self) -> Tender:
        """The tender that stands in the fields; an empty amount is all that is left. BadForm."""
        typed = self.panel.values()
        typed["amount"] = typed["amount"].strip() or yuan(self.sums.left)
        tender = TenderForm.read(typed).tender()
        if tender.kind != "cash" and tender.amount > self.sums.left:
            raise BadForm({"amount": say("More than what is left; only cash gives change.")})
        return tender

    def _add(self) -> bool:
        if self.sums.left <= 0:
            return True
        try:
            tender = self._typed()
        except BadForm as fault:
            return self._wrong(fault.errors)
        self.sums.tenders.append(tender)
        self._next()
        return True

    def _foretell(self) -> None:
        """What F10 would do now."""
        left = self.sums.left
        if left <= 0:
            self.said.show((say("F10: complete."), "strong"))
            return
        try:
            tender = self._typed()
        except BadForm as fault:
            self.said.show((next(iter(fault.errors.values())), "dim"))  # not wrong yet: it is being typed
            return
        way = dict(kinds())[tender.kind]
        if self.quote.due < 0 and tender.amount == left:
            told = say("F10: pay out {way} {yuan}, and complete.", way=way, yuan=yuan(tender.amount))
        elif tender.amount < left:
            told = say("Enter: {way} {yuan}; then {left} is still to pay.",
                       way=way, yuan=yuan(tender.amount), left=yuan(left - tender.amount))  # fmt: skip
        elif tender.amount > left:
            told = say("F10: {way} {yuan}, change {change}, and complete.",
                       way=way, yuan=yuan(tender.amount), change=yuan(tender.amount - left))  # fmt: skip
        else:
            told = say("F10: {way} {yuan} exactly, and complete.", way=way, yuan=yuan(tender.amount))
        self.said.show((told, "strong"))

    def _wrong(self, errors: dict[str, Message]) -> bool:
        """Show what is wrong; what was typed stays until it is overtyped, what was typed ahead goes."""
        name, message = next(iter(errors.items()))
        name = name or "reference"  # a rule over the whole form
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.show(self.panel.values(), {name: message}, _notes(self._kind))
        self.said.show((message, "error"))
        self.panel.focus_on(name)
        self.panel.fields[name].select_all()
        return False

    def action_again(self) -> None:
        """Nothing has been handed over."""
        self.sums.tenders.clear()
        self._next()

    def action_pay(self) -> None:
        """Complete, if the amount is there: what stands in the fields counts, and nothing means all that is left."""
        unseen = self.desk.gate.typed_at < self._seen_at
        if self.sums.left > 0 and unseen and not self.panel.fields["amount"].value.strip():
            return
        if self.sums.left > 0 and not self._add():
            return
        if self.sums.left > 0:
            self._wrong({"amount": say("{left} is still to pay. Enter adds it.", left=yuan(self.sums.left))})
            return
        self.finish(list(self.sums.tenders))

    def action_do(self, name: str) -> None:
        """Esc in a field as it was: not yet."""
        if name == "back":
            self.finish(None)


def _notes(way: str) -> dict[str, Message]:
    """Beside the fields: how it is paid, and the digits of all the ways."""
    names = [name for _, name in kinds()]
    digits = say("1 cash, 2 card, 3 cheque, 4 transfer")
    chosen = say("{way}   ({digits})", way=names[int(way) - 1], digits=digits) if way in WAYS else digits
    return {"kind": chosen, "amount": say("empty: all that is left")}
