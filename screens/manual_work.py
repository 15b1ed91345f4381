"""Manual work orders 人工工单: whose each is and until when, the late ones first; what a person can do about one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from boss_tui.answers.hall import WORK_AT_ONCE
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.network.owning import KINDS, LEVELS
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import Load, PickList
from screens.list_screen import ListScreen
from screens.local_form import ListedFormScreen
from screens.meanings import ACTS, AGAIN, here
from screens.orders import OrderScreen, state_words
from screens.widgets.listing import HEADING, ListRow
from screens.worked_out import WorkedOutScreen

if TYPE_CHECKING:
    from boss_tui.desk.work_by_hand import StepView, WorkView

Do = Callable[[], Awaitable[None]]
_WHEN = "%m-%d %H:%M"


def standing(view: WorkView) -> tuple[Message, str]:
    """How late one is, in words, and the style of its line."""
    if view.held_until:
        return say("put off until {time}", time=on_the_wall(view.held_until, _WHEN)), "off"
    if view.level:
        return LEVELS[view.level], "error" if view.level > 1 else "warn"
    return say("until {time}", time=on_the_wall(view.due_at, _WHEN)), ""


class ManualWorkScreen(WorkedOutScreen[Sequence["WorkView"]]):
    """Those that are open; Enter opens one."""

    title_of = say("Manual work orders")
    hint: ClassVar[Message] = say("The late ones stand first. Enter opens one: take, hand over, put off, settle.")
    empty: ClassVar[Message] = say("Nothing is to be done by hand.")
    widths: ClassVar[tuple[int, ...]] = (16, 5, 6, 6)

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._asked = WORK_AT_ONCE

    def work(self) -> Sequence[WorkView]:
        """Those that are open, as many as are asked for."""
        return self.desk.port.work_by_hand.listed(most=self._asked)

    def rows(self, known: Sequence[WorkView]) -> Iterable[ListRow]:
        """Whose each is, until when."""
        return map(_line, known)

    async def load(self, text: str) -> Sequence[ListRow]:
        """Below them, where there may be more, how many were looked through."""
        lines = await super().load(text)
        if self.known is None or len(self.known) < self._asked or self.listing.further is not None:
            return lines
        told = say("The {n} that are open longest were looked through. Enter: more", n=self._asked)
        return [*lines, ListRow((told,))]

    async def chosen(self, line: ListRow) -> None:
        """Open it, or ask for more."""
        if line.value is None:
            self._asked += WORK_AT_ONCE
            self.reload()
            return
        await self.desk.push_screen(ManualOrderScreen(line.value))


def _line(view: WorkView) -> ListRow:
    told, style = standing(view)
    cells = (told, view.outlet, view.owner or say("nobody's"), KINDS[view.kind], view.what)
    return ListRow(cells, view, style)


class ManualOrderScreen(ListScreen):
    """One: what is to be done, for which order, whose it is; then what was done about it. F4, Enter: what can be."""

    means = here(restore=AGAIN, list=ACTS)
    hint: ClassVar[Message] = say("Enter: what can be done about it. F3: back")
    widths: ClassVar[tuple[int, ...]] = (16, 26)

    def __init__(self, view: WorkView) -> None:
        super().__init__()
        self.view = view

    def heading(self) -> Message:
        """What is to be done."""
        return self.view.what

    async def load(self, text: str) -> Sequence[ListRow]:
        """The facts, then the steps."""
        view = self.view = await self.desk.call(self.desk.port.work_by_hand.show, self.view.key)
        told, style = standing(view)
        owner = say("{staff_no} {name}", staff_no=view.owner, name=view.owner_name) if view.owner else say("nobody's")
        facts = (
            ListRow((say("To do"), view.what)),
            ListRow((say("Reason"), view.why if view.why != Message("") else "-")),
            ListRow((say("Order"), say("{code} {serial}", code=view.business, serial=view.serial))),
            ListRow((say("State"), state_words(view.state))),
            *([ListRow((say("Time limit"), told), style=style)] if view.state == "open" else []),
            ListRow((say("Who has it"), owner)),
            ListRow((say("Since"), on_the_wall(view.created_at, "%Y-%m-%d %H:%M"))),
            ListRow((say("What was done about it"),), style=HEADING),
        )
        return self.narrowed([*facts, *map(_step, view.steps)], text)

    async def chosen(self, line: ListRow) -> None:
        """What can be done."""
        del line  # of the work as a whole
        await self.do_list()

    async def do_list(self) -> None:
        """What can be done about it."""
        desk, key = self.desk.port.work_by_hand, self.view.key
        ways: list[tuple[Message, Do]] = []
        if self.view.state == "open" and not (self.desk.state is not None and self.desk.state.is_office):
            ways = [
                (say("Take it"), lambda: self._now(desk.take, key)),
                (say("Hand it over"), lambda: self.desk.push_screen(HandOverScreen(self.view))),
                (say("Put it off"), lambda: self.desk.push_screen(HoldScreen(self.view))),
                (say("Take it up again"), lambda: self._now(desk.resume, key)),
                (say("Done by hand"), lambda: self._settle(done=True)),
                (say("Failed: give it up"), lambda: self._settle(done=False)),
            ]
        ways.append((say("Open the order"), self._order))

        async def load(text: str) -> list[ListRow]:
            lines = [ListRow((told,), do) for told, do in ways]
            return [line for line in lines if line.holds(text)]

        do: Do | None = await self.desk.ask(PickList(self.view.what, load, widths=(60,)))
        if do is not None:
            await do()

    async def _now(self, act: Callable[..., WorkView], *said: object, **more: object) -> None:
        try:
            self.view = await self.desk.call(lambda: act(*said, **more))
        except NotAllowed as refused:
            self.tell(refused.message, "warn")
            return
        self.reload()
        await self.desk.refresh_state()

    async def _settle(self, *, done: bool) -> None:
        question = say("What was done, and where? It is kept with the order.") if done else say("Why?")
        words = await self.desk.ask(OneLine(self.view.what, question, needed=True))
        if words is not None:
            await self._now(self.desk.port.work_by_hand.settle, self.view.key, words, done=done)

    async def _order(self) -> None:
        await self.desk.push_screen(OrderScreen(await self.desk.call(self.desk.port.lookups.order, self.view.serial)))


def _step(step: StepView) -> ListRow:
    until = say("until {time}", time=on_the_wall(step.until, _WHEN)) if step.until else Message("")
    more = say("to {staff_no}", staff_no=step.to) if step.to else until
    words = Message("{text}", {"text": step.words}) if step.words else Message("")
    return ListRow((on_the_wall(step.at, "%m-%d %H:%M:%S"), step.act, step.operator, more, words))


class _AboutScreen(ListedFormScreen):
    """A small form about one, sent with F10."""

    form: ClassVar[type[Form]]

    def __init__(self, view: WorkView) -> None:
        super().__init__(self.form.fields())
        self._view = view

    async def send(self, typed: dict[str, str]) -> None:
        """Do it."""
        raise NotImplementedError

    async def do_complete(self) -> None:
        """Do it, and go back."""
        try:
            await self.send(self.panel.values())
        except NotAllowed as refused:
            if refused.field not in self.panel.fields:
                self.tell(refused.message, "warn")
                return
            self.refuse({refused.field: refused.message})
            return
        await self.desk.pop_screen()


class HandOverForm(Form):
    """To whom, and what they must know."""

    to: Annotated[str, Ask(say("Handed to"), "code", help=say("A staff number of this hall. F4: who."), width=12)]
    words: Annotated[str, Ask(say("What to know"), help=say("It is kept with the work order."), width=50, length=200)]


class HandOverScreen(_AboutScreen):
    """Give it to a colleague."""

    title_of = say("Hand it over")
    form = HandOverForm

    def list_of(self, name: str) -> Load | None:
        """Who is here."""
        return self.lines_of(self.desk.port.work_by_hand.colleagues) if name == "to" else super().list_of(name)

    async def send(self, typed: dict[str, str]) -> None:
        """Hand it over."""
        await self.desk.call(self.desk.port.work_by_hand.hand, self._view.key, typed["to"], typed["words"])


class HoldForm(Form):
    """Until when, and why."""

    until: Annotated[str, Ask(say("Until"), "date", width=12)]
    time: Annotated[str, Ask(say("Time"), help=say("Such as 09:30; empty: 09:00."), width=6)] = ""
    words: Annotated[str, Ask(say("Reason"), help=say("It is kept with the work order."), width=50, length=200)]


class HoldScreen(_AboutScreen):
    """Put it off."""

    title_of = say("Put it off")
    form = HoldForm

    async def send(self, typed: dict[str, str]) -> None:
        """Put it off."""
        said = (typed["until"], typed["time"], typed["words"])
        await self.desk.call(self.desk.port.work_by_hand.hold, self._view.key, *said)
