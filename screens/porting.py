"""Numbers that leave for another operator 携号转网 (catalogue M5): codes that were asked for and what became of each;
whether a number may leave, condition by condition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from boss_tui.desk.porting import STATES
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.clock import on_the_wall
from data.message import Message, quoted, say
from screens.cash import with_approval
from screens.dialogs.pick_list import pick
from screens.dialogs.waiting import waited
from screens.manage.people import Told
from screens.meanings import ACTS, AGAIN, here
from screens.numbers import NumbersFormScreen
from screens.widgets.listing import ListRow
from screens.worked_out import WorkedOutScreen

if TYPE_CHECKING:
    from boss_tui.desk.porting import PortingView

_TONES = {"authorised": "warn", "left": "good", "refused": "error"}


class WantsCodeForm(Form):
    """Who wants to leave with which number."""

    number: Annotated[str, Ask(say("Number"), "digits", help=say("The number that leaves."), length=11)]
    document: Annotated[
        str, Ask(say("Document no."), "code", help=say("Its owner's, as it is shown here and now."), length=30)
    ]


class NumberForm(Form):
    """A number."""

    number: Annotated[str, Ask(say("Number"), "digits", length=11)]


class PortingScreen(WorkedOutScreen[Sequence["PortingView"]]):
    """What was asked for, the latest first. Enter: what can be done about one. F4: a code, or the conditions."""

    means = here(restore=AGAIN, list=ACTS)
    title_of = say("Numbers that leave for another operator")
    hint: ClassVar[Message] = say("A number, a name, a state. Enter: what can be done. F4: ask for a code")
    empty: ClassVar[Message] = say("No code was asked for yet. F4: ask for one.")
    widths: ClassVar[tuple[int, ...]] = (12, 10, 14, 8, 24)

    def work(self) -> Sequence[PortingView]:
        """The latest."""
        return self.desk.port.porting.asked()

    def rows(self, known: Sequence[PortingView]) -> Iterable[ListRow]:
        """How far each is."""
        return map(_line, known)

    async def do_list(self) -> None:
        """A code, or whether a number may leave."""
        ways = [
            ListRow((say("Ask for an authorisation code"),), "code"),
            ListRow((say("Whether a number may leave"),), "may"),
        ]
        way = await self.desk.ask(pick(say("What can be done"), ways))
        if way == "code":
            title = say("Authorisation code to leave with a number")
            await self.desk.push_screen(NumbersFormScreen(title, WantsCodeForm, self._given))
        elif way == "may":
            await self.desk.push_screen(NumbersFormScreen(say("Whether a number may leave"), NumberForm, self._may))

    async def _given(self, said: WantsCodeForm, *_: str) -> Message:
        title = say("Authorisation code to leave with a number")
        made = await waited(self.desk, title, self.desk.port.porting.ask, said.number, said.document)
        if made is None:
            return say("Waited for no longer. Look here again before you ask anew.")
        if made.state == "refused":
            return say("The porting centre gives no code: {why}", why=quoted(made.reason))
        when = on_the_wall(made.until, "%H:%M")
        return say("Code {code}, for {number}: it counts until {when}.", code=made.code, number=made.number, when=when)

    async def _may(self, said: NumberForm, *_: str) -> Message:
        found = await self.desk.call(self.desk.port.porting.conditions, said.number)
        lines = [
            (say("{asked}: {told}", asked=each.asked, told=say("yes") if each.holds else each.against), "")
            for each in found
        ]
        await self.desk.ask(Told(say("Whether {number} may leave", number=said.number), *lines))
        holds = all(each.holds for each in found)
        return say("{number} may leave.", number=said.number) if holds else say("{number} stays.", number=said.number)

    async def chosen(self, line: ListRow) -> None:
        """What can be done."""
        one: PortingView = line.value
        if one.state == "authorised":
            await self._look(one)
        elif one.state == "left":
            title = say("{number} came back: it rests, and is sold again then", number=one.number)
            ways = [ListRow((title,), "back")]
            if await self.desk.ask(pick(say("What can be done"), ways)) == "back":
                await self._back(one)
        elif one.reason:
            self.tell(quoted(one.reason))

    async def _look(self, one: PortingView) -> None:
        title = say("Number {number}", number=one.number)
        told = await waited(self.desk, title, self.desk.port.porting.look, one.number)
        if told is None:
            self.tell(say("Waited for no longer: it is asked again by itself."), "warn")
            return
        made, unanswered = told
        if unanswered is not None:
            self.tell(say("No answer: {why} It is asked again by itself.", why=unanswered), "warn")
        else:
            self.tell(_standing(made), _TONES.get(made.state, ""))
        self.reload()

    async def _back(self, one: PortingView) -> None:
        def do(staff_no: str, password: str) -> None:
            self.desk.port.porting.came_back(one.number, staff_no, password)

        done, _ = await with_approval(self.desk, do)
        if done:
            self.tell(say("{number} is in stock again, and rests.", number=one.number), "good")
            self.reload()


def _line(one: PortingView) -> ListRow:
    return ListRow((one.number, one.customer, STATES[one.state], one.code, _standing(one)), one, _tone(one))


def _tone(one: PortingView) -> str:
    return _TONES.get(one.state, "dim")


def _standing(one: PortingView) -> Message:
    """How far it is, with its date."""
    match one.state:
        case "authorised":
            return say("counts until {when}", when=on_the_wall(one.until, "%m-%d %H:%M"))
        case "refused":
            return quoted(one.reason)
        case "left":
            return say("left on {day}", day=one.left_on)
        case "returned":
            return say("came back on {day}", day=one.back_on)
    return say("nobody took it over until {when}", when=on_the_wall(one.until, "%m-%d %H:%M"))
