"""Where running orders stand 流程监控 (catalogue M19, F14): process by process, then its steps, then orders at a step.

What is over its limit stands first and says so; the step in which orders spend most of their time is named, and has the
longest bar.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.management.m19.times import (
    ProcessStanding,
    Step,
    StepTimes,
    bar,
    bottleneck,
    in_minutes,
    overdue,
    step_name,
    versions,
)
from data.message import Message, say
from screens.frame import DeskScreen
from screens.widgets.listing import HEADING, Figure, ListRow
from screens.widgets.text import right
from screens.worked_out import WorkedOutScreen

_NONE = Message("")


def acts(screen: DeskScreen, here: str) -> list[tuple[Message, Callable[[], Awaitable[None]]]]:
    """By the words of the list of what can be done. `here`: the business under the cursor."""

    async def these() -> None:
        await screen.desk.push_screen(StepsScreen(here))

    async def all_of_them() -> None:
        await screen.desk.push_screen(StandingsScreen())

    of_all = (say("Where the orders of all processes stand"), all_of_them)
    return [(say("Where its orders stand"), these), of_all] if here else [of_all]


class StandingsScreen(WorkedOutScreen[Sequence[ProcessStanding]]):
    """A line for each process that has orders; Enter: its steps."""

    title_of = say("Where orders stand")
    hint: ClassVar[Message] = say("Last 30 days (of very many a sample). OVER: too long. Enter: step by step")
    empty: ClassVar[Message] = say("No order runs, and none was done in 30 days.")
    widths: ClassVar[tuple[int, ...]] = (5, 16, 7, 10)

    def work(self) -> Sequence[ProcessStanding]:
        """Of all processes."""
        return self.desk.port.lookups.standings()

    def rows(self, known: Sequence[ProcessStanding]) -> Iterable[ListRow]:
        """What is over its limit first."""
        return map(_of_process, known)

    def above(self, known: Sequence[ProcessStanding], lines: Sequence[ListRow]) -> Sequence[ListRow]:  # noqa: ARG002
        """What each column is."""
        heads = (say("Code"), say("Business"), Figure(self.desk.words(say("Running"))), _NONE, say("Bottleneck"))
        return [ListRow(heads, None, HEADING)] if lines else []

    async def chosen(self, line: ListRow) -> None:
        """Its steps."""
        await self.desk.push_screen(StepsScreen(line.value.business, line.value))


class StepsScreen(WorkedOutScreen[ProcessStanding]):
    """The steps of a process: how many wait, how long they take, by which limit; Enter: the orders there."""

    hint: ClassVar[Message] = say("Minutes, last 30 days (of very many a sample). OVER: too long. Enter: orders")
    empty: ClassVar[Message] = say("No order runs, and none was done in 30 days.")
    widths: ClassVar[tuple[int, ...]] = (18, 6, 9, 7, 6, 5, 6)
    _HEADS: ClassVar[tuple[Message, ...]] = (
        say("Waits"),
        _NONE,
        say("Longest"),
        say("Median"),
        say("p90"),
        say("Within"),
        say("Time spent"),
    )

    def __init__(self, business: str, known: ProcessStanding | None = None) -> None:
        super().__init__(known=known)
        self.business = business

    def heading(self) -> Message:
        """Of which business; where its orders spend most of their time."""
        name = say("{code} {business}", code=self.business, business=BUSINESS_NAMES[self.business])
        if self.known is None or self.known.bottleneck is None:
            return name
        return say("{name}: bottleneck {step}", name=name, step=bottleneck(self.known))

    def work(self) -> ProcessStanding:
        """Of this one."""
        (found,) = self.desk.port.lookups.standings(self.business)
        return found

    def rows(self, known: ProcessStanding) -> Iterable[ListRow]:
        """Its steps, those over their limit first."""
        return map(_of_times, known.times)

    def above(self, known: ProcessStanding, lines: Sequence[ListRow]) -> Sequence[ListRow]:
        """The version it is at, and what each column is."""
        self.redraw_frame()
        heads: list[Message | str] = [
            name if name in (_NONE, self._HEADS[-1]) else Figure(self.desk.words(name)) for name in self._HEADS
        ]
        about = ListRow((versions(known),), None, HEADING)
        return [about, ListRow((say("Step"), *heads), None, HEADING)] if lines else [about]

    async def chosen(self, line: ListRow) -> None:
        """The orders there."""
        if line.value is not None:
            await self.desk.push_screen(AtStepScreen(self.business, line.value))


class AtStepScreen(WorkedOutScreen[Sequence[Step]]):
    """The orders at a step: what is over its limit, what waits, then what took longest; Enter: the order."""

    hint: ClassVar[Message] = say("Over the limit first, then what waits, then the slowest. Enter: the order")
    widths: ClassVar[tuple[int, ...]] = (22, 8, 9)

    def __init__(self, business: str, act: str) -> None:
        super().__init__()
        self.business, self.act = business, act

    def heading(self) -> Message:
        """At which step, of which business."""
        return say("{code}: {step}", code=self.business, step=step_name(self.act))

    def work(self) -> Sequence[Step]:
        """Of this step."""
        return self.desk.port.lookups.at_step(self.business, self.act)

    def rows(self, known: Sequence[Step]) -> Iterable[ListRow]:
        """Serial, outlet, minutes, whether it is late."""
        return map(_of_order, known)

    async def chosen(self, line: ListRow) -> None:
        """The order, in all its states."""
        from screens.orders import OrderScreen

        await self.desk.push_screen(OrderScreen(await self.desk.call(self.desk.port.lookups.order, line.value)))


def _share(each: StepTimes) -> Message:
    """Of all the time that orders spent, how much they spent there."""
    return say("{share}% {bar}", share=right(str(round(100 * each.share)), 3), bar=bar(each.share, 5))


def _over(count: int) -> Message:
    return say("!! {n} OVER", n=count) if count else _NONE


def _of_process(one: ProcessStanding) -> ListRow:
    slowest = one.bottleneck
    drawn = say("{share} {step}", share=_share(slowest), step=step_name(slowest.act)) if slowest else _NONE
    cells = (one.business, BUSINESS_NAMES[one.business], Figure(one.orders), _over(one.over), drawn)
    return ListRow(cells, one, "error" if one.over else "")


def _of_times(each: StepTimes) -> ListRow:
    minutes = (
        in_minutes(each.longest) if each.waiting else "-",
        in_minutes(each.median) if each.done else "-",
        in_minutes(each.p90) if each.done else "-",
        "-" if each.limit is None else str(each.limit),
    )
    numbers = map(Figure, minutes)
    share = _share(each)
    waiting = Figure(each.waiting)
    cells: tuple[str | Message, ...] = (step_name(each.act), waiting, _over(each.over), *numbers, share)
    return ListRow(cells, each.act, "error" if each.over else "")


def _of_order(step: Step) -> ListRow:
    if step.over and step.limit is not None:
        told = overdue(step.minutes, step.limit)
    elif step.waits:
        told = say("waits; may for {limit} min", limit=step.limit or "-")
    else:
        told = say("done")
    minutes = Figure(in_minutes(step.minutes))
    return ListRow((step.serial, step.outlet, minutes, told), step.serial, "error" if step.over else "")
