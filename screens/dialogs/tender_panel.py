"""Money over the counter: what was handed over, in which way, until it makes what is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers.business import MUCH_CHANGE, Quote, Tender
from boss_tui.forms.typed import fen_typed, yuan
from boss_tui.payments.codes import provider_of
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from screens.dialogs.dialog import YES, Box, Dialog, Heading, Lines
from screens.dialogs.tender_choices import asked_by_code, which_tender, which_way
from screens.frame import Plain
from screens.terminal import FastInput
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.invoice_words import in_words
from screens.widgets.purse import Purse
from screens.widgets.side_panel import QuoteTable
from screens.widgets.sums import Sums
from screens.widgets.tender_form import TenderForm
from screens.widgets.tender_words import Said, about_change, about_tender


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
        Binding("f7", "round", show=False),
        Binding("f8", "rest", show=False),
        Binding("ctrl+k", "invoice", show=False, priority=True),
        Binding("delete", "take_out", show=False, priority=True),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("pageup", "lines(-3)", show=False),
        Binding("pagedown", "lines(3)", show=False),
    ]

    def __init__(self, quote: Quote, purse: Purse) -> None:
        super().__init__()
        self.quote, self.purse, self.ways = quote, purse, purse.ways
        self.sums = Sums(quote, purse.ways)
        self.sums.tenders = purse.tenders
        self._warned = False
        self.panel = FormPanel(TenderForm.fields())
        self.lines = Plain(classes="-quote")
        self.said = Lines()
        self.invoice = Lines(*self._about_invoice())
        self._seen_at = float("inf")

    def compose(self) -> ComposeResult:
        """Price, sums, the form of one tender."""
        with Box(classes="-wide -pay"):
            yield Heading(say("Paying out") if self.quote.due < 0 else say("Payment"))
            with self.lines:
                yield QuoteTable(self.quote, sums=False)
            yield self.sums
            yield self.panel
            yield self.said
            yield self.invoice
            yield Lines((say("Enter: add F4: ways Del: take out F5: anew F10: complete Esc: not yet"), "dim"))

    def on_mount(self) -> None:
        """The amount first: cash is what most people bring."""
        self._next()
        self.call_after_refresh(self._is_seen)

    def _is_seen(self) -> None:
        self._seen_at = self.desk.gate.now()

    def _next(self) -> None:
        self._warned = False
        self.panel.show({"kind": "1"}, {}, self._notes("1"), opened=True)
        for field in self.panel.fields.values():
            field.put(field.opened)
        self.lines.display = self.sums.left > 0 or len(self.sums.tenders) < 2  # the sums need its room
        self.sums.redraw(layout=True)
        self.panel.focus_on("amount")
        self._foretell()

    # how it is paid

    @property
    def _kind(self) -> str:
        return self.panel.fields["kind"].value.strip()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and right choose in the field of how it is paid, and move the cursor in the others."""
        if action == "take_out":
            return bool(self.sums.tenders) and not self.panel.fields[self.panel.current].value
        return self.panel.current == "kind" if action == "turn" else super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """The next way of paying."""
        digits = list(self.ways.chosen_by)
        now = digits.index(self._kind) if self._kind in digits else -1 if by > 0 else 0
        self._set(digits[(now + by) % len(digits)])

    def action_list(self) -> None:
        """The ways of paying."""
        self.desk.flow(self._list())

    async def _list(self) -> None:
        taken = await which_way(self.desk, self.ways, self._kind)
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
        self.panel.show(self.panel.values(), {}, self._notes(self._kind))
        self._foretell()

    def action_explain(self) -> None:
        """F1: what each way of paying asks for."""
        self.said.show(
            (
                say(
                    "Cash: what was handed over; the change is told. All else: exactly, with its reference, which pays "
                    "once. Several may be mixed: Enter after each. F7 rounds cash to the jiao, F8 puts change into the "
                    "balance. Ctrl+K: the invoice. PgUp, PgDn: the lines of the price."
                ),
                "",
            )
        )

    def action_lines(self, by: int) -> None:
        """Move through the lines of the price."""
        self.lines.scroll_relative(y=by, animate=False)

    # the invoice

    @property
    def _invoiced(self) -> bool:
        """Whether anything is invoiced of what is paid here."""
        return self.quote.due > 0 and bool(self.quote.turnover)

    def _about_invoice(self) -> list[tuple[Message, str]]:
        """When the invoice is written, for whom, and the key that says otherwise."""
        return [(in_words(self.purse.invoicing), "")] if self._invoiced else []

    def action_invoice(self) -> None:
        """Ctrl+K: now, later or none; title and tax number."""
        if self._invoiced:
            self.desk.flow(self._ask_invoice())
        else:
            self.desk.bell()
            self.said.show((say("Nothing of this is invoiced."), "warn"))

    async def _ask_invoice(self) -> None:
        from screens.dialogs.invoice_box import InvoiceBox

        question = say("Does the customer want an invoice?")
        await self.desk.ask(InvoiceBox(question, self.purse.invoicing, self.purse.invoice))
        self.invoice.show(*self._about_invoice())

    # adding and paying

    def on_field_left(self, event: Field.Left) -> None:
        """Enter in the amount adds cash; anything else wants a reference first."""
        event.stop()
        name = event.field.spec.name
        if event.insist and self._scanned():
            self.desk.flow(self._ask())
            return
        done = event.insist and (name == "reference" or (name == "amount" and self._kind == "1"))
        if done and self._untouched:
            self.desk.bell()
            self.said.show((say("Type the amount, or F10: {yuan} in cash.", yuan=yuan(self.sums.left)), "warn"))
        elif done:
            self._add()
        else:
            self._told()
            self.panel.focus_on(self.panel.beside(name, event.step) or "kind")

    # mobile payment

    def _scanned(self) -> str:
        """The field that holds a payment code, which a scanner may send into either; empty: none does."""
        typed = self.panel.values()
        return next((name for name in ("amount", "reference") if provider_of(typed.get(name, ""))), "")

    async def _ask(self) -> None:
        """Ask the customer's provider for what was typed, or for all that is left."""
        name = self._scanned()
        code, typed = self.panel.fields[name].value, self.panel.fields["amount"].value.strip()
        amount = fen_typed(typed) if name == "reference" and typed else self.sums.left
        if not 0 < amount <= self.sums.left:
            self._wrong({"amount": say("More than what is left; only cash gives change.")})
            return
        self.panel.fields[name].put("")
        view = await asked_by_code(self.desk, self.purse, amount, code)
        if view is None or view.state != "paid":
            reason = Message("{text}", {"text": view.reason}) if view is not None and view.reason else Message("")
            self._wrong({"kind": say("Not paid. {why} Another code, or another way of paying.", why=reason)})
            return
        self.sums.tenders.append(view.tender)
        await self.purse.save(self.sums.tenders)
        self._next()

    @property
    def _untouched(self) -> bool:
        """Whether nothing has been typed since the last tender: an Enter too many must not be money."""
        typed = self.panel.values()
        return self._kind == "1" and bool(self.sums.tenders) and self.sums.left > 0 and not typed["amount"].strip()

    def _typed(self) -> Tender:
        """The tender that stands in the fields; an empty amount is all that is left. BadForm."""
        typed = self.panel.values()
        typed["amount"] = typed["amount"].strip() or yuan(self.sums.left)
        tender = self.ways.read(typed)
        if not self.ways.all[tender.kind].drawer and tender.amount > self.sums.left:
            raise BadForm({"amount": say("More than what is left; only cash gives change.")})
        return tender

    def _add(self, then: Callable[[], None] = lambda: None) -> None:
        """Take what stands in the fields, if anything is still to come, and go on. What has a number is put on disk
        first: the desk says whether it has paid before."""
        if self.sums.left <= 0:
            then()
            return
        try:
            tender = self._typed()
        except BadForm as fault:
            self._wrong(fault.errors)
            return
        if self.ways.all[tender.kind].reference:
            self.desk.flow(self._add_numbered(tender, then))
            return
        self.sums.tenders.append(tender)
        self._save()
        self._next()
        then()

    async def _add_numbered(self, tender: Tender, then: Callable[[], None]) -> None:
        try:
            await self.purse.save([*self.sums.tenders, tender])
        except NotAllowed as refusal:
            if refusal.field != "tenders":
                raise
            self._wrong({"reference": refusal.message})
            return
        self.sums.tenders.append(tender)
        self._next()
        then()

    def _save(self) -> None:
        """What has been handed over is on disk before anything else is done."""
        self.desk.flow(self.purse.save(self.sums.tenders))

    def _foretell(self) -> None:
        """What F10 would do now."""
        left = self.sums.left
        if left <= 0:
            self.said.show((say("F10: complete."), "strong"), *self._about_change(-left))
            return
        if self._scanned():
            self.said.show((say("Enter: ask for it with this code."), "strong"))
            return
        try:
            tender = self._typed()
        except BadForm as fault:
            self.said.show((next(iter(fault.errors.values())), "dim"))  # not wrong yet: it is being typed
            return
        told = about_tender(tender, self.ways.name(tender.kind), left, out=self.quote.due < 0)
        self.said.show((told, "strong"), *self._about_change(tender.amount - left))

    def _about_change(self, change: int) -> Said:
        if self.quote.due < 0:
            return []
        return about_change(change, keeps=self.purse.keeps_rest, kept=bool(self.sums.rest))

    def _wrong(self, errors: dict[str, Message]) -> None:
        """Show what is wrong; what was typed stays until it is overtyped, what was typed ahead goes."""
        name, message = next(iter(errors.items()))
        name = name or "reference"  # a rule over the whole form
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.show(self.panel.values(), {name: message}, self._notes(self._kind))
        self.said.show((message, "error"))
        self.panel.focus_on(name)
        self.panel.fields[name].select_all()

    def action_again(self) -> None:
        """Nothing has been handed over."""
        self.desk.flow(self._all_out())

    async def _all_out(self) -> None:
        for tender in self.sums.tenders:
            await self.purse.drop(tender)
        self.sums.clear()
        await self.purse.save(())
        self._next()

    def action_take_out(self) -> None:
        """One tender was wrong: it alone goes."""
        self.desk.flow(self._take_out())

    async def _take_out(self) -> None:
        tenders = self.sums.tenders
        chosen = await which_tender(self.desk, self.ways, tenders)
        if chosen is None:
            return
        gone = tenders[chosen]
        await self.purse.drop(gone)
        del tenders[chosen]
        self.sums.unround()
        await self.purse.save(tenders)
        self._next()
        told = say("Taken out: {way} {yuan}.", way=self.ways.name(gone.kind), yuan=yuan(gone.amount))
        self.said.show((told, "warn"))

    # change that no coin pays

    def action_round(self) -> None:
        """F7: what is paid in cash is rounded down to the jiao: nobody pays more than the price."""
        if self.quote.due >= 0:
            self._settle_by(self.sums.round_down)

    def action_rest(self) -> None:
        """F8: the fen of the change into the balance; once more: all of the change; once more: none."""
        if self.quote.due >= 0 and self.purse.keeps_rest:
            self._settle_by(self.sums.keep_rest)

    def _settle_by(self, means: Callable[[], None]) -> None:
        """Take the amount that is typed, if one is; then what no coin pays is settled by these means."""

        def then() -> None:
            means()
            self._save()
            self._next()

        self._add(then) if self.panel.fields["amount"].value.strip() else then()

    def action_pay(self) -> None:
        """Complete, if the amount is there: what stands in the fields counts, and nothing means all that is left."""
        if self.sums.left > 0 and self._scanned():
            self.desk.flow(self._ask())
            return
        unseen = self.desk.gate.typed_at < self._seen_at
        if self.sums.left > 0 and unseen and not self.panel.fields["amount"].value.strip():
            return
        self._add(lambda: self._complete(unseen=unseen))

    def _complete(self, *, unseen: bool) -> None:
        if self.sums.left > 0:
            self._wrong({"amount": say("{left} is still to pay. Enter adds it.", left=yuan(self.sums.left))})
            return
        if not self._warned and not unseen and self._asks_about_change():
            return
        self.finish(self.sums.handed_over)

    def _asks_about_change(self) -> bool:
        """Once: change that no coin pays, and change so large that a digit too many was typed."""
        change = -self.sums.left
        if change >= MUCH_CHANGE:
            told = (
                say("{change} of change is unusually much. F10: it is right. F5: anew.", change=yuan(change)),
                "warn",
            )
            self.said.show(told)
        elif self.sums.coinless:
            self.said.show(*self._about_change(change), (say("F10: complete, with the fen."), "strong"))
        else:
            return False
        self._warned = True
        self.desk.bell()
        return True

    def _notes(self, digit: str) -> dict[str, Message]:
        """Beside the fields: how it is paid, and that there are other ways."""
        return {"kind": self.ways.note(digit), "amount": say("empty: the rest. Or scan their code")}

    def action_do(self, name: str) -> None:
        """Esc in a field as it was: not yet."""
        if name == "back":
            self.finish(None)
