"""Money over the counter: what is due, what was handed over in which way, and the change, big enough to read aloud."""

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
from screens.widgets.drawn import Drawn
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.side_panel import QuoteTable
from screens.widgets.tender_form import TenderForm, kinds
from screens.widgets.text import Row, fit, right

_DIGITS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", " # ", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ".": (" ", " ", " ", " ", "#"),
    "-": ("   ", "   ", "###", "   ", "   "),
}


def big(amount: int, style: str = "bar") -> list[Row]:
    """An amount in digits of five lines, drawn as blanks in reverse: every terminal has those."""
    rows: list[Row] = []
    for y in range(5):
        row: Row = []
        for c in yuan(amount):
            row += [("  ", style if dot == "#" else "") for dot in _DIGITS[c][y]]
            row.append((" ", ""))
        rows.append(row)
    return rows


class Sums(Drawn):
    """Due, handed over, and what is left or goes back."""

    def __init__(self, due: int) -> None:
        super().__init__()
        self.due = due
        self.tenders: list[Tender] = []

    @property
    def left(self) -> int:
        """Fen still to come; negative is change."""
        return abs(self.due) - sum(tender.amount for tender in self.tenders)

    def rows(self, width: int) -> list[Row]:
        """The sums, then the change in big digits."""
        names = dict(kinds())
        title = say("To pay out") if self.due < 0 else say("Due")
        rows: list[Row] = [[(self._sum(title, abs(self.due), width), "strong")]]
        for tender in self.tenders:
            rows.append([(self._sum(names[tender.kind], tender.amount, width, tender.reference), "")])
        if self.left > 0:
            return [*rows, [(self._sum(say("Still to pay"), self.left, width), "warn")]]
        return [*rows, [(self._sum(say("Change to give"), -self.left, width), "good")], *big(-self.left)]

    def _sum(self, label: Message, amount: int, width: int, more: str = "") -> str:
        return fit(f"{self.words(label)}  {more}", width - 14) + right(yuan(amount), 14)


class TenderPanel(Dialog[list[Tender]]):
    """Answers the tenders that make up the amount. `due` below zero is paid out."""

    expected: ClassVar[bool] = True
    BINDINGS: ClassVar = [
        Binding(YES, "pay", show=False, priority=True),
        Binding("f5", "again", show=False),
    ]

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self.quote = quote
        self.sums = Sums(quote.due)
        self.panel = FormPanel(TenderForm.fields())
        self.said = Lines()

    def compose(self) -> ComposeResult:
        """Price, sums, the form of one tender."""
        with Box(classes="-wide -pay"):
            yield Heading(say("Payment"))
            with Plain(classes="-quote"):
                yield QuoteTable(self.quote)
            yield self.sums
            yield self.panel
            yield self.said
            yield Lines(
                (say("Enter: add this amount. Tab: how it is paid. F5: anew. F10: complete. Esc: not yet"), "dim")
            )

    def on_mount(self) -> None:
        """The amount first: cash is what most people bring."""
        self._next()

    def _next(self) -> None:
        self.panel.show({"kind": "1"}, {}, self._notes("1"), opened=True)
        for field in self.panel.fields.values():
            field.put(field.opened)
        self.sums.redraw(layout=True)
        self.panel.focus_on("amount")

    def _notes(self, kind: str) -> dict[str, Message]:
        names = [name for _, name in kinds()]
        chosen = names[int(kind) - 1] if kind in {"1", "2", "3", "4"} else say("1 cash, 2 card, 3 cheque, 4 transfer")
        return {"kind": chosen, "amount": say("empty: all that is left")}

    def on_field_left(self, event: Field.Left) -> None:
        """Enter in the amount adds cash; anything else wants a reference first."""
        event.stop()
        name = event.field.spec.name
        kind = self.panel.fields["kind"].value.strip()
        self.panel.show(self.panel.values(), {}, self._notes(kind))
        done = event.insist and (name == "reference" or (name == "amount" and kind == "1"))
        if done:
            self._add()
        else:
            self.panel.focus_on(self.panel.beside(name, event.step) or "kind")

    def _add(self) -> bool:
        if self.sums.left <= 0:
            return True
        typed = self.panel.values()
        typed["amount"] = typed["amount"] or yuan(self.sums.left)
        try:
            tender = TenderForm.read(typed).tender()
        except BadForm as fault:
            return self._wrong(fault.errors)
        if tender.kind != "cash" and tender.amount > self.sums.left:
            return self._wrong({"amount": say("More than what is left; only cash gives change.")})
        self.sums.tenders.append(tender)
        self.said.show()
        self._next()
        return True

    def _wrong(self, errors: dict[str, Message]) -> bool:
        """Show what is wrong; what was typed stays, what was typed ahead goes."""
        name, message = next(iter(errors.items()))
        name = name or "reference"  # a rule over the whole form
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.show(self.panel.values(), {name: message}, {})
        self.said.show((message, "error"))
        self.panel.focus_on(name)
        return False

    def action_again(self) -> None:
        """Nothing has been handed over."""
        self.sums.tenders.clear()
        self.said.show()
        self._next()

    def action_pay(self) -> None:
        """Complete, if the amount is there; what stands in the field counts."""
        if self.panel.fields["amount"].value and not self._add():
            return
        if self.sums.left > 0:
            self._wrong({"amount": say("{left} is still to pay. Enter adds it.", left=yuan(self.sums.left))})
            return
        self.finish(list(self.sums.tenders))

    def action_do(self, name: str) -> None:
        """Esc in a field as it was: not yet."""
        if name == "back":
            self.finish(None)
