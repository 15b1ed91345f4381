"""Signing on: a staff number and a password, before anything else. It is the first frame, so it imports nothing heavy:
what is typed is answered while the desk is still being opened, and only the last Enter waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from boss_tui.forms.fields import Ask, FieldSpec
from data.errors import BossError, Locked
from data.message import Message, say
from screens.dialogs.dialog import Lines
from screens.frame import DeskScreen, Plain
from screens.meanings import Meaning, here
from screens.widgets.form_panel import Field, FormPanel

STAFF_NO = FieldSpec("staff_no", Ask(label=say("Staff number"), kind="code", width=12), required=True)
PASSWORD = FieldSpec("password", Ask(label=say("Password"), kind="password", width=24), required=True)


class SignOnScreen(DeskScreen):
    """Enter in the password signs on, and so does the key that completes any other form; a refusal empties the password
    and says why."""

    title_of: Message = say("Sign on")
    private = True
    lines: ClassVar[tuple[tuple[Message, str], ...]] = ((say("Sign on with your staff number and password."), ""),)
    specs: ClassVar[Sequence[FieldSpec]] = (STAFF_NO, PASSWORD)
    first: ClassVar[Message] = say("Sign on first.")
    """What is said to whoever presses a key that does something."""
    means = here(complete=Meaning(say("Go in"), say("Sign on with what is typed, as Enter in the password does")))
    does: ClassVar[tuple[str, ...]] = ("help", "language", "theme", "quit", "sign_off", "complete")
    """The actions that are done here, before anybody has signed on."""

    def parts(self) -> ComposeResult:
        """A few words and the fields."""
        yield Lines((Message("\n"), ""), *self.lines, (Message("\n"), ""))
        self.panel = FormPanel(self.specs)
        self.advice = Lines(*self._advice())  # below the fields, which must not move when it comes
        with Plain(id="form"):
            yield self.panel
            yield self.advice

    def _advice(self) -> list[tuple[Message, str]]:
        told = self.desk.state.advice if self.desk.state else ()
        return [(Message("\n"), ""), *((line, "good") for line in told)] if told else []

    def redraw_frame(self) -> None:
        """There may be advice by now."""
        super().redraw_frame()
        if self.made and self.advice.lines != self._advice():
            self.advice.show(*self._advice())

    def why_not(self, name: str) -> Message | None:
        """Nothing is done before somebody has signed on."""
        if name == "sign_off" and self.desk.state is None:
            return say("The desk is being opened.")
        if name == "quit":
            return self.why_not_quit()
        return super().why_not(name) if name in self.does else self.first

    def on_field_left(self, event: Field.Left) -> None:
        """The last Enter signs on."""
        event.stop()
        name = event.field.spec.name
        following = self.panel.beside(name, event.step)
        if event.insist and following is None:
            self.desk.flow(self._try())
        elif following:
            self.panel.focus_on(following)

    async def do_complete(self) -> None:
        """As the last Enter does, once something is typed in each field."""
        empty = next((name for name, typed in self.panel.values().items() if not typed), None)
        if empty is None:
            await self._try()
            return
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.focus_on(empty)
        self.tell(self.first, "warn")

    async def _try(self) -> None:
        typed = self.panel.values()
        try:
            await self.enter(typed)
        except Locked as refusal:
            self._refuse(refusal)
            await self._unlock(self.staff_no)
        except BossError as refusal:
            self._refuse(refusal)

    @property
    def staff_no(self) -> str:
        """Who types."""
        return self.panel.values()["staff_no"]

    def _refuse(self, refusal: BossError) -> None:
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.fields["password"].put("")
        wrong = (
            self.panel.fields.get("" if isinstance(refusal, Locked) else refusal.field) or self.panel.fields["password"]
        )
        self.panel.focus_on(wrong.spec.name)
        wrong.select_all()  # who comes next types over a number that can't sign on
        self.tell(refusal.message, "error")

    async def _unlock(self, staff_no: str) -> None:
        """Offer the way by telephone where there is a headquarters; else a supervisor has to come."""
        from screens.staff import UnlockCode

        try:
            asked = await self.desk.call(self.desk.port.signing.challenge, staff_no)
        except BossError as none:
            self.tell(none.message, "error")
            return
        while (code := await self.desk.ask(UnlockCode(asked))) is not None:
            try:
                await self.desk.call(self.desk.port.signing.unlock_by_code, staff_no, code)
            except BossError as refusal:
                self.tell(refusal.message, "error")
                asked = await self.desk.call(self.desk.port.signing.challenge, staff_no)
            else:
                self.tell(say("Unlocked: type your password."), "good")
                return

    def why_not_quit(self) -> Message | None:
        """Why the program may not be ended from here by whoever passes."""
        if self.desk.left_locked:
            return say("The counter was left locked: sign on before you end the program.")
        return None

    async def enter(self, typed: dict[str, str]) -> None:
        """Sign on and go home. This screen stays beneath, for the next who signs on; it keeps nothing of this one."""
        await self.desk.opened()
        operator = await self.desk.sign_on(typed["staff_no"], typed["password"])
        for field in self.panel.fields.values():
            field.put("")
        self.panel.focus_on(STAFF_NO.name)
        self.tell(Message(""))
        await self.desk.signed_on(operator)
