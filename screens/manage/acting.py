"""An act of the office on the screen: its form, and what came of it, which stays until a key is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from pydantic_core import PydanticUndefined
from textual.binding import Binding

from data.clock import is_made_key
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import YES, Destroy
from screens.dialogs.pick_list import Load
from screens.frame import DeskApp
from screens.local_form import ListedFormScreen
from screens.manage.people import Told
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.forms.form import Form
    from boss_tui.management.kit.acts import OfficeAct
    from boss_tui.management.kit.entity import Key
    from boss_tui.management.kit.subject import Fact


async def begin(
    desk: DeskApp,
    name: str,
    act: OfficeAct,
    key: Key | None = None,
    known: Mapping[str, str] | None = None,
    narrowed: str = "",
) -> None:
    """Open an act's form, at a row of a list (`narrowed`: its filter); `known`: what stands in it already, of what was
    marked elsewhere."""
    typed = await desk.call(desk.port.acting.begun, name, act.name, key, narrowed)
    await desk.push_screen(ActScreen(name, act, {**typed, **(known or {})}))


def usual(form: type[Form]) -> dict[str, str]:
    """What stands in a form by itself, field by field: its defaults, where they are something."""
    fields = form.model_fields.items()
    return {name: str(each.default) for name, each in fields if each.default not in (None, PydanticUndefined)}


class LeadsOn(Told):
    """What came of an act that another one goes on from: the keys that complete a form lead there."""

    BINDINGS: ClassVar = [Binding(YES, "go_on", show=False, priority=True)]

    def __init__(self, title: Message, onward: Message, *lines: tuple[Message, str]) -> None:
        super().__init__(title, *lines)
        self.keys = say("F10: {act}        Enter or Esc: back", act=onward)

    def action_go_on(self) -> None:
        """Go on with what was made."""
        self.finish(True)


class ActScreen(ListedFormScreen):
    """What is asked for. F10 does it."""

    wanted: Message = say("F10: do it")
    typed_over: ClassVar[bool] = True

    def __init__(self, name: str, act: OfficeAct, typed: Mapping[str, str]) -> None:
        super().__init__(act.form.fields())
        self.name_of, self.act, self._begun = name, act, typed

    def heading(self) -> Message:
        """What is done."""
        return self.act.says

    def on_mount(self) -> None:
        """What stands there at first: of the row, else what is usual."""
        at_first = {**dict.fromkeys(self.panel.fields, ""), **usual(self.act.form), **self._begun}
        self.begin({name: at_first[name] for name in self.panel.fields})
        self.tell(self.wanted)

    def check(self) -> dict[str, Message]:
        """Each field by itself."""
        wrong: dict[str, Message] = {}
        for name, text in self.panel.values().items():
            try:
                self.act.form.one(name, text)
            except BadForm as fault:
                wrong |= fault.errors
        return wrong

    def list_of(self, name: str) -> Load | None:
        """As the act declares it."""

        async def load(text: str) -> list[ListRow]:
            found = await self.desk.call(self.desk.port.acting.choices, self.name_of, self.act.name, name, text)
            made = any(is_made_key(choice.value) for choice in found)  # which tells nobody anything
            return [
                ListRow((choice.label,) if made else (choice.value, choice.label), choice.value) for choice in found
            ]

        listed = name in self.act.choices or self.panel.fields[name].spec.ask.choices
        return load if listed else super().list_of(name)

    async def do_complete(self) -> None:
        """Do it."""
        wrong = self.check()
        if wrong:
            self.refuse(wrong)
            return
        typed = self.panel.values()
        self.begin_anew()
        ahead = await self._ahead(typed) if self.act.many else ()
        if self.act.many and not await self._sure(ahead):
            return
        found = await self._done(typed, ahead)
        if found is None:
            return
        onward = await self.desk.call(self.desk.port.acting.then, self.name_of, self.act.name, typed)
        await self.desk.pop_screen()
        told = [(line, "") for line in _lines(found)]
        if onward is None:
            await self.desk.ask(Told(self.act.says, *told))
        elif await self.desk.ask(LeadsOn(self.act.says, onward.act.says, *told)):
            await self.desk.push_screen(ActScreen(onward.name, onward.act, onward.typed))

    async def _ahead(self, typed: Mapping[str, str]) -> Sequence[Fact]:
        """What would come of it: how many, which first, and that it is less than was asked for."""
        return await self.desk.call(self.desk.port.acting.ahead, self.name_of, self.act.name, typed)

    async def _sure(self, ahead: Sequence[Fact]) -> bool:
        """Whether that is wanted."""
        about = (say("What would come of it"), *_lines(ahead))
        return await self.desk.ask(Destroy(say("{act}?", act=self.act.says), *about)) is True

    async def _done(self, typed: Mapping[str, str], ahead: Sequence[Fact]) -> Sequence[Fact] | None:
        """What came of it; where another person has to sign, they are asked, and see what would come of it. None: they
        did not sign."""
        done: list[Sequence[Fact]] = []

        async def do(staff_no: str = "", password: str = "") -> None:
            port = self.desk.port.acting
            done.append(await self.desk.call(port.do, self.name_of, self.act.name, typed, staff_no, password))

        try:
            await do()
        except NotAllowed as refusal:
            if refusal.field != "approved_by":
                raise
            await self.desk.ask(Approval(do, (refusal.message,), (self.act.says, *_lines(ahead))))
        return done[0] if done else None


def _lines(facts: Sequence[Fact]) -> list[Message]:
    return [fact.told for fact in facts if not is_made_key(fact.value)]  # which nobody reads: commands take it
