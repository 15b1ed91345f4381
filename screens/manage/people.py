"""What can be done with somebody of the staff list, beside what can be done with any row: a one-time password, and what
they still hold."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from data.errors import NotAllowed, NotFound
from data.message import Message, say
from screens.dialogs.dialog import Box, Dialog, Heading, Lines
from screens.frame import DeskScreen

Do = Callable[[], Awaitable[None]]
HELD = say("What they still hold")


class Told(Dialog[bool]):
    """Something that stays until Enter or Esc: it is told once."""

    BINDINGS: ClassVar = [Binding("enter", "cancel", show=False)]
    keys: Message = say("Enter or Esc: back")

    def __init__(self, title: Message, *lines: tuple[Message, str]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    @property
    def first(self) -> Message:
        """What is told first."""
        return self._lines[0][0]

    def compose(self) -> ComposeResult:
        """Heading, what is told, keys."""
        with Box():
            yield Heading(self._title)
            yield Lines(*self._lines, (Message("\n"), ""), (self.keys, "key"))


def acts(screen: DeskScreen, here: str, at_office: bool) -> list[tuple[Message, Do]]:
    """By the words of the list of what can be done. `here`: the staff number under the cursor."""
    held = (HELD, partial(_holds, screen, here))
    given = (say("One-time password"), partial(_password, screen, here))
    return [given, held, (say("Review of rights"), partial(_review, screen))] if at_office else [held]


async def _review(screen: DeskScreen) -> None:
    """Who has what, the overdue first."""
    from screens.manage.reviews import ReviewsScreen

    await screen.desk.push_screen(ReviewsScreen())


async def _whose(screen: DeskScreen, here: str, title: Message) -> str:
    """A staff number: that one, or another, such as of somebody whom the open draft adds."""
    from screens.dialogs.one_line import OneLine

    return await screen.desk.ask(OneLine(title, say("Staff number"), needed=True, typed=here)) or ""


async def _password(screen: DeskScreen, here: str) -> None:
    """Whose, and why where it is not the first; it is shown until a key is pressed: nobody can look it up again."""
    from screens.dialogs.one_line import OneLine

    title = say("One-time password")
    if not (staff_no := await _whose(screen, here, title)):
        return
    give = screen.desk.port.personnel.give_password
    try:
        try:
            given = await screen.desk.call(give, staff_no)
        except NotAllowed as refused:
            if refused.field != "reason":
                raise
            why = await screen.desk.ask(OneLine(title, say("Why do they need another one?"), needed=True))
            if why is None:
                return
            given = await screen.desk.call(give, staff_no, why)
    except NotAllowed as refused:
        screen.tell(refused.message, "warn")
        return
    when = {
        "draft": say("It counts once edition {number} is approved.", number=given.edition),
        "in_force": say("It counts now. Edition {number} is to be reviewed by another person.", number=given.edition),
    }
    lines = [
        (Message(given.password), "strong"),
        (when[given.state], ""),
        (say("Nobody can look it up again."), "warn"),
    ]
    await screen.desk.ask(Told(say("Password of {staff_no}", staff_no=given.staff_no), *lines))


async def _holds(screen: DeskScreen, here: str) -> None:
    """What they still hold, and what becomes of it: who is under the cursor, else who is named."""
    if staff_no := here or await _whose(screen, here, HELD):
        await show_held(screen, staff_no)


async def show_held(screen: DeskScreen, staff_no: str) -> None:
    """What somebody still holds, as far as it is known here; or that there is no such person."""
    try:
        found = await screen.desk.call(screen.desk.port.personnel.leaving, staff_no)
    except NotFound as refused:
        screen.tell(refused.message, "warn")
        return
    lines = [(say("{what}. {then}", what=each.what, then=each.then), "warn" if each.first else "") for each in found]
    await screen.desk.ask(Told(HELD, *(lines or [(say("Nothing is left."), "")])))
