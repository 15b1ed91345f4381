"""The lock: what was open stays behind it, and the operator's own password opens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boss_tui.forms.fields import FieldSpec
from data.message import Message, say
from screens.dialogs.approval import SignedOn
from screens.meanings import Meaning, here
from screens.sign_on import PASSWORD, SignOnScreen


class Successor(SignedOn):
    """Whoever is to work here in place of who has locked the counter, by their own password: a passer-by signs nobody
    off."""

    head: ClassVar[Message] = say("Somebody else is to work here")
    at_office: ClassVar[Message] = head
    keys: ClassVar[Message] = say("Enter: sign on        Esc: it stays locked")
    helps: ClassVar[Message] = say(
        "Who is to work here now signs on with their own staff number and password. Who has locked the counter is "
        "signed off then. Esc: it stays locked."
    )


class LockScreen(SignOnScreen):
    """The counter is locked; what was open is behind it."""

    title_of = say("Locked")
    lines: ClassVar[tuple[tuple[Message, str], ...]] = (
        (say("The counter is locked. What you were doing is kept behind this screen."), ""),
        (say("Somebody else who is to work here: F3."), "dim"),
    )
    means = here(
        back=Meaning(say("Other"), say("Somebody else is to work here: who locked it is signed off")),
        **SignOnScreen.means,
    )
    does = (*SignOnScreen.does, "back")
    specs: ClassVar[Sequence[FieldSpec]] = (PASSWORD,)
    first: ClassVar[Message] = say("The counter is locked: type the password first.")

    def why_not_quit(self) -> Message | None:
        """Behind the lock somebody's work is open, and beyond the program their machine."""
        return say("The counter is locked: type the password first, then end the program.")

    async def do_back(self) -> None:
        """Somebody else signs on. Who locked it and went home is signed off then: their forms and their drawer stay
        theirs, for whoever may."""
        who = self.desk.state.operator if self.desk.state is not None else ""
        kept = say("What is open is kept, and can be taken up again (F6). A drawer stays theirs until it is counted.")
        proved: list[tuple[str, str]] = []

        async def proves(staff_no: str, password: str) -> None:
            await self.desk.prove(staff_no, password)
            proved.append((staff_no, password))

        if await self.desk.ask(Successor(proves, (), (say("{operator} is signed off by that.", operator=who), kept))):
            await self.desk.end_work()
            await self.desk.signed_on(await self.desk.sign_on(*proved[-1]))

    @property
    def staff_no(self) -> str:
        """Who has locked it."""
        return self.desk.state.staff_no if self.desk.state is not None else ""

    async def enter(self, typed: dict[str, str]) -> None:
        """Unlock and go on where it was."""
        await self.desk.call(self.desk.port.signing.unlock, typed["password"])
        self.desk.locked = False
        await self.desk.pop_screen()
