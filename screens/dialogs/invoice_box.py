"""What is asked of an invoice: now, later or none at the payment; for whom, there and where one is drawn later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers.business import Invoicing
from boss_tui.components.invoices.invoicing import InvoiceForm
from data.errors import BadForm
from data.message import Message, say
from screens.dialogs.dialog import YES, Box, Dialog, Heading, Lines
from screens.terminal import FastInput
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.invoice_words import WHEN

DIGITS = {"1": "now", "2": "later", "3": "none"}
"""What chooses when it is written."""
_CHOICES = say("1 now, 2 later, 3 none")


class InvoiceBox(Dialog[bool]):
    """Answers True once it is said.

    said: keeps it, or does it; what is wrong of it stands beside its field. drawn: one that was put off, so that only
    for whom is asked.
    """

    expected: ClassVar[bool] = True
    BINDINGS: ClassVar = [
        Binding(YES, "done", show=False, priority=True),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(
        self, title: Message, asked: Invoicing, said: Callable[[Invoicing], Awaitable[None]], *, drawn: bool = False
    ) -> None:
        super().__init__()
        self._title, self._asked, self._said, self._drawn = title, asked, said, drawn
        self.line = Lines((Message("\n"), ""))
        self.panel = FormPanel([spec for spec in InvoiceForm.fields() if not drawn or spec.name != "when"])

    def compose(self) -> ComposeResult:
        """The question, its fields, the keys."""
        keys = say("F10: draw it. Esc: not now") if self._drawn else say("F10: so it is. Esc: as it was")
        with Box(classes="-wide"):
            yield Heading(self._title)
            yield self.panel
            yield self.line
            yield Lines(*(() if self._drawn else ((_CHOICES, "key"),)), (keys, "key"))

    def on_mount(self) -> None:
        """As it was said so far."""
        digit = next(digit for digit, when in DIGITS.items() if when == self._asked.when)
        typed = {"when": digit, "title": self._asked.title, "tax_number": self._asked.tax_number}
        self.panel.show(typed, {}, self._notes(digit), opened=True)
        self._into(self.panel.specs[0].name)

    def _into(self, name: str) -> None:
        """The cursor into a field; the next key overtypes it."""
        self.panel.focus_on(name)
        self.panel.fields[name].select_all()

    def _notes(self, digit: str) -> dict[str, Message]:
        """Beside the fields: what the digit means, and what may stand there."""
        when = WHEN.get(DIGITS.get(digit, ""), _CHOICES)
        return {"when": when, "tax_number": say("15, 18 or 20 letters and digits.")}

    @property
    def _digit(self) -> str:
        return self.panel.values().get("when", "2").strip()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and right choose when, and move the cursor in the other fields."""
        return self.panel.current == "when" if action == "turn" else super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """The next choice."""
        digits = list(DIGITS)
        now = digits.index(self._digit) if self._digit in digits else 0
        field = self.panel.fields["when"]
        field.value = digits[(now + by) % len(digits)]
        field.select_all()

    def on_input_changed(self, event: FastInput.Changed) -> None:
        """What is typed says at once what it means."""
        event.stop()
        self.panel.show(self.panel.values(), {}, self._notes(self._digit))
        self.line.show((Message("\n"), ""))

    def on_field_left(self, event: Field.Left) -> None:
        """The next field; Enter in the last one, or where no invoice is wanted, ends."""
        event.stop()
        name = event.field.spec.name
        following = self.panel.beside(name, event.step)
        last = following is None or (name == "when" and self._digit == "3")
        if event.insist and last:
            self.action_done()
        elif following is not None:
            self._into(following)

    def action_done(self) -> None:
        """So it is."""
        self.desk.flow(self._done())

    async def _done(self) -> None:
        typed, when = self.panel.values(), DIGITS.get(self._digit, "")
        if not when:
            self._wrong({"when": _CHOICES})
            return
        try:
            asked = InvoiceForm.read({**typed, "when": when})
            await self._said(Invoicing(asked.when, asked.title, asked.tax_number))
        except BadForm as fault:
            self._wrong(fault.errors)
        else:
            self.finish(True)

    def _wrong(self, errors: dict[str, Message]) -> None:
        """Beside its field; what was typed stays, what was typed ahead goes."""
        shown = {name or "title": message for name, message in errors.items()}  # a rule over the whole form is of that
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.show(self.panel.values(), shown, self._notes(self._digit))
        name, message = next(iter(shown.items()))
        self.line.show((message, "error"))  # whole, where it has no room beside its field
        self._into(name)
