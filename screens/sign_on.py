"""Signing on: a staff number and a password, before anything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from textual.app import ComposeResult

from boss_tui.forms import Ask, FieldSpec, Form
from data.errors import BossError
from data.message import Message, say
from screens.dialog import Lines
from screens.frame import DeskScreen, Plain
from screens.widgets.form_panel import Field, FormPanel


class SignOnForm(Form):
    """Who is here."""

    staff_no: Annotated[str, Ask(label=say("Staff number"), kind="code", width=12)]
    password: Annotated[str, Ask(label=say("Password"), kind="password", width=24)]


class SignOnScreen(DeskScreen):
    """Enter in the password signs on; a refusal empties the password and says why."""

    title_of: Message = say("Sign on")
    private = True
    lines: ClassVar[tuple[tuple[Message, str], ...]] = ((say("Sign on with your staff number and password."), ""),)
    specs: ClassVar[Sequence[FieldSpec]] = SignOnForm.fields()
    _only = ("help", "language", "theme", "quit", "sign_off")

    def parts(self) -> ComposeResult:
        """A few words and the fields."""
        advice = self.desk.state.advice if self.desk.state else ()
        told = [(line, "good") for line in advice]
        yield Lines((Message("\n"), ""), *told, *self.lines, (Message("\n"), ""))
        self.panel = FormPanel(self.specs)
        with Plain(id="form"):
            yield self.panel

    def why_not(self, name: str) -> Message | None:
        """Nothing is done before somebody has signed on."""
        return super().why_not(name) if name in self._only else say("Sign on first.")

    def on_field_left(self, event: Field.Left) -> None:
        """The last Enter signs on."""
        event.stop()
        name = event.field.spec.name
        following = self.panel.beside(name, event.step)
        if event.insist and following is None:
            self.desk.flow(self._try())
        elif following:
            self.panel.focus_on(following)

    async def _try(self) -> None:
        typed = self.panel.values()
        try:
            await self.enter(typed)
        except BossError as refusal:
            self.desk.gate.flush()
            self.desk.bell()
            self.panel.fields["password"].put("")
            self.panel.focus_on("password")
            self.tell(refusal.message, "error")

    async def enter(self, typed: dict[str, str]) -> None:
        """Sign on and go home."""
        operator = await self.desk.call(self.desk.port.sign_on, typed["staff_no"], typed["password"])
        await self.desk.signed_on(operator)
