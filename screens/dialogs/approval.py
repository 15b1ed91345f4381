"""Another person's staff number and password: a supervisor approves, a colleague says yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult

from data.errors import NotAllowed, NotFound
from data.message import Message, say
from screens.dialogs.dialog import Box, Dialog, Heading, Lines
from screens.terminal import FastInput


class Secret(FastInput):
    """A field of one line in a dialog; Enter goes to the next one, or ends."""

    def __init__(self, password: bool, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, password=password)


class Approval(Dialog[bool]):
    """A supervisor's staff number and password, for what the rules leave to one; or a one-time code alone.

    reasons: what is asked for. about: what it is about, and the money: their word is for that, and nothing else.
    said: does what they allow, with the two; why it is refused stands in the box, which stays open for another try.
    """

    head: ClassVar[Message] = say("A supervisor is asked to allow this")
    at_office: ClassVar[Message] = say("Another manager is asked to allow this")
    """The head at headquarters' office, where nobody is a supervisor."""
    asked: ClassVar[Message] = say("Staff number, or a code over the phone (12-483920)")
    keys: ClassVar[Message] = say("Enter: allow        Esc: no")
    helps: ClassVar[Message] = say(
        "The other person types their own staff number and password; what they allow is on record. Where a code over "
        "the phone is good for it, it is typed in place of the number, without a password. Esc: not allowed."
    )

    def __init__(
        self,
        said: Callable[[str, str], Awaitable[None]],
        reasons: tuple[Message, ...],
        about: tuple[Message, ...] = (),
    ) -> None:
        super().__init__()
        self._said, self._reasons, self._about = said, reasons, about
        self.staff, self.password = Secret(False, id="staff"), Secret(True, id="password")
        self.refused = Lines((Message("\n"), ""), id="refused")

    def compose(self) -> ComposeResult:
        """What is asked for, and by whom."""
        with Box():
            yield Heading(self.at_office if self.desk.state is not None and self.desk.state.is_office else self.head)
            yield Lines(
                *((line, "strong") for line in self._about),
                *((say("- {reason}", reason=reason), "warn") for reason in self._reasons),
            )
            yield Lines((self.asked, "strong"))
            yield self.staff
            yield Lines((say("Password"), "strong"))
            yield self.password
            yield self.refused
            yield Lines((self.keys, "key"))

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """Next field, or the try."""
        event.stop()
        staff = self.staff.value.strip()
        if event.input.id == "staff" and "-" not in staff:
            self.set_focus(self.password)
            return
        self.desk.flow(self._try(staff, self.password.value))

    async def _try(self, staff: str, password: str) -> None:
        try:
            await self._said(staff, password)
        except (NotAllowed, NotFound) as refusal:
            self._again(refusal.message)
        except BaseException:
            self.finish(False)
            raise
        else:
            self.finish(True)

    def _again(self, why: Message) -> None:
        """What was wrong, in the box. The number is kept and marked: the next key overtypes it, Enter goes on."""
        self.desk.gate.flush()
        self.desk.bell()
        self.refused.show((why, "error"))
        self.password.value = ""
        self.set_focus(self.staff)
        self.staff.select_all()


class SignedOn(Approval):
    """A supervisor who is there, with their own password: no code over the phone is good for it."""

    asked: ClassVar[Message] = say("Staff number")


class Colleague(Approval):
    """The other one of a handover says yes, with their own password."""

    head: ClassVar[Message] = say("The other one says yes")
    at_office: ClassVar[Message] = head
    asked: ClassVar[Message] = say("Staff number")
    keys: ClassVar[Message] = say("Enter: yes        Esc: no")


class Giver(Colleague):
    """Whose drawer it is says yes, or a supervisor for them."""

    head: ClassVar[Message] = say("Whose drawer it is says yes, or a supervisor")
