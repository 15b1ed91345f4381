"""The people of the counter: one's own password, who was shut out by wrong ones, and the code that lets them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from textual.app import ComposeResult

from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from screens.dialogs.approval import Secret
from screens.dialogs.dialog import Box, Confirm, Dialog, Heading, Lines
from screens.list_screen import ListScreen
from screens.local_form import LocalFormScreen
from screens.meanings import AGAIN, Meaning, here
from screens.terminal import FastInput
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from screens.ports.signing import ChallengeView, StaffView

GRADES = {"clerk": say("clerk"), "supervisor": say("supervisor"), "manager": say("manager")}
STATES = {
    "active": say("on the staff"),
    "locked": say("locked by headquarters"),
    "left": say("left"),
    "paused": say("waits until {time}"),
    "shut": say("LOCKED: too many wrong passwords"),
}
_RULES = say("8 characters (managers 12), three of: digits, small letters, capitals, others. Not your number or name.")


class NewPasswordForm(Form):
    """The old one once, the new one twice."""

    old: Annotated[str, Ask(say("Password now"), "password", width=24)]
    password: Annotated[str, Ask(say("New password"), "password", help=_RULES, width=24)]
    again: Annotated[str, Ask(say("Once more"), "password", help=say("The new password again."), width=24)]


class PasswordScreen(LocalFormScreen):
    """Another password of one's own. `why`: it must be changed before anything else, and nothing else can be done."""

    title_of = say("Change the password")
    about = _RULES
    private = True
    _whatever = ("help", "language", "theme", "quit", "sign_off", "complete", "lock")

    def __init__(self, why: str = "") -> None:
        super().__init__(NewPasswordForm.fields())
        self._why = why
        self.keeps = False

    def parts(self) -> ComposeResult:
        """Why, the form, the rules."""
        told = {
            "initial": say("Headquarters gave you this password. Choose your own before anything else."),
            "expired": say("Your password is too old. Choose another before anything else."),
        }
        yield Lines((told.get(self._why, Message("")), "warn"), (_RULES, "dim"), (Message("\n"), ""))
        yield from super().parts()

    def why_not(self, name: str) -> Message | None:
        """Where it must be changed, nothing else is done."""
        if self._why and name not in self._whatever:
            return say("Change your password first, or sign off.")
        return super().why_not(name)

    def check(self) -> dict[str, Message]:
        """Both are the same."""
        typed = self.panel.values()
        if typed["again"] and typed["again"] != typed["password"]:
            return {"again": say("This is not the same as the new password.")}
        return {}

    async def do_complete(self) -> None:
        """Change it, and go on."""
        typed = self.panel.values()
        missing = {name: say("This field is needed.") for name in ("old", "password", "again") if not typed[name]}
        if missing or self.check():
            self.refuse(missing or self.check())
            return
        try:
            await self.desk.call(self.desk.port.signing.change_password, typed["old"], typed["password"])
        except NotAllowed as refusal:
            self.refuse({refusal.field or "old": refusal.message})
            return
        if self._why:
            await self.desk.entered()
        else:
            await self.desk.pop_screen()
        self.desk.announce(say("Your password is changed."), "good")


class StaffScreen(ListScreen):
    """Everybody of the outlet; Enter on one who was shut out unlocks, F4 shows what somebody still holds."""

    means = here(
        restore=AGAIN,
        list=Meaning(say("Holds"), say("What they still hold: drawer, forms, words given; who takes it over")),
    )
    title_of = say("Staff")
    hint: ClassVar[Message] = say("Enter: unlock who was shut out by wrong passwords. F4: what they still hold")
    widths: ClassVar[tuple[int, ...]] = (6, 10, 10, 12)

    async def load(self, text: str) -> Sequence[ListRow]:
        """Narrowed by what is typed."""
        lines = [self._line(view) for view in await self.desk.call(self.desk.port.signing.staff)]
        return [line for line in lines if line.holds(text)]

    def _line(self, view: StaffView) -> ListRow:
        state = Message(STATES[view.state].template, {"time": on_the_wall(view.until, "%H:%M")})
        at = on_the_wall(view.last_at, "%Y-%m-%d %H:%M") if view.last_at else ""
        came = say("last on {time} {counter}", time=at, counter=view.last_counter)
        shut = view.state in ("paused", "shut")
        cells = (view.staff_no, view.name, GRADES[view.grade], state, came if at else Message(""))
        return ListRow(cells, view, "warn" if shut else "off" if view.state in ("left", "locked") else "")

    async def do_list(self) -> None:
        """What who is under the mark still holds."""
        from screens.manage.people import show_held

        if self.listing.marked is not None:
            await show_held(self, self.listing.marked.value.staff_no)

    async def chosen(self, line: ListRow) -> None:
        """Unlock, after a question."""
        view: StaffView = line.value
        if view.state not in ("paused", "shut"):
            self.tell(say("There is nothing to unlock."))
            return
        name = say(
            "{staff_no} {name}: {n} wrong {n:password|passwords}.",
            staff_no=view.staff_no,
            name=view.name,
            n=view.failed,
        )
        if await self.desk.ask(Confirm(say("Unlock?"), name)):
            await self.desk.call(self.desk.port.signing.unlock_staff, view.staff_no)
            self.tell(say("{staff_no} can sign on again.", staff_no=view.staff_no), "good")
            self.reload()


class UnlockCode(Dialog[str]):
    """Locked, and nobody here can unlock: what to tell headquarters over the phone, and the code that is read out."""

    def __init__(self, asked: ChallengeView) -> None:
        super().__init__()
        self._asked = asked

    def compose(self) -> ComposeResult:
        """What to do, what to say, the field."""
        asked = self._asked
        facts = say("Outlet {outlet}   Staff number {staff_no}", outlet=asked.outlet, staff_no=asked.staff_no)
        with Box():
            yield Heading(say("Too many wrong passwords"))
            yield Lines(
                (say("Another supervisor unlocks this staff number (staff), at any counter of the hall."), ""),
                (say("When none is here, call headquarters and say:"), ""),
                (Message("\n"), ""),
                (facts, "strong"),
                (say("Challenge {challenge}", challenge=asked.text), "strong"),
                (Message("\n"), ""),
                (say("The code that they read out:"), ""),
            )
            yield Secret(False, id="code")
            yield Lines((Message("\n"), ""), (say("Enter: unlock        Esc: back"), "key"))

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """The code."""
        event.stop()
        if event.value.strip():
            self.finish(event.value.strip())
        else:
            self.desk.bell()
