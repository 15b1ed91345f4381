"""What can be done with the drawer, the shifts and the safe of the hall: the lines of the till's screen, and their own
screens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from msgspec import Struct

from boss_tui.answers.hall import ShiftLine
from boss_tui.forms.typed import yuan
from data.clock import on_the_wall
from data.message import Message, both, say
from data.states import SHIFT_STATES
from screens.cash import BankScreen, MoveCashScreen, with_approval
from screens.counting import CloseShiftScreen, CountSafeScreen, HandOverScreen
from screens.dialogs.one_line import OneLine
from screens.frame import DeskApp
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, Meaning, here
from screens.preview import PreviewScreen
from screens.widgets.listing import ListRow

_CLOSE = say("Close the shift")
_MOVES = (
    ListRow((say("Drop into the safe"), say("Cash out of the drawer")), "drop"),
    ListRow((say("Change from the safe"), say("Notes and coins into the drawer")), "change"),
    ListRow((say("Pay an expense"), say("Cash out of the drawer, of the house")), "expense"),
    ListRow((say("Money returned"), say("Of an expense, into the drawer")), "return"),
)
_HAND_OVER = ListRow((say("Hand over"), say("Counted, a colleague goes on with the drawer")), "hand_over")
_SUSPEND = ListRow((say("Suspend the shift"), say("The drawer is taken out; it goes on here or there")), "suspend")
_RESUME = ListRow((say("Resume the shift"), say("Put your drawer in here")), "resume")
_OPEN_DRAWER = ListRow((say("Open the drawer"), say("Without a sale: with a reason, on record")), "open_drawer")
_SHIFTS = ListRow((say("Shifts of the hall"), say("Who has a drawer, and where; close one that was left")), "shifts")
_BLIND = ListRow((say("Count blind"), say("Off now: cashiers are told what must be in a drawer")), "blind")
_SEEN = ListRow((say("Count blind: off"), say("On now: cashiers are not told what must be in a drawer")), "seen")
_SAFE = ListRow((say("Safe"), say("What it holds; to the bank and from there; count it")), "safe")


class CounterShifts(Struct, frozen=True):
    """What stands at a counter: the shift here and the operator's own, where there are such; the suspended ones of
    others.

    supervises: whether the operator is a supervisor. blind: whether shifts are counted blind here.
    """

    me: str
    here: ShiftLine | None
    own: ShiftLine | None
    suspended: tuple[ShiftLine, ...]
    supervises: bool
    blind: bool

    @classmethod
    async def seen(cls, desk: DeskApp) -> CounterShifts:
        """As it is now."""
        state, shifts = desk.state, await desk.call(desk.port.till.shifts)
        me, counter = (state.staff_no, state.counter) if state is not None else ("", "")
        here = next((shift for shift in shifts if shift.till == counter and shift.state == "open"), None)
        own = next((shift for shift in shifts if shift.staff_no == me), None)
        suspended = tuple(shift for shift in shifts if shift.state == "suspended" and shift.staff_no != me)
        supervises = state is not None and state.grade in {"supervisor", "manager"}
        return cls(me, here, own, suspended, supervises, await desk.call(desk.port.till.blind))

    @property
    def mine(self) -> bool:
        """Whether the drawer here is the operator's own."""
        return self.here is not None and self.here.staff_no == self.me

    @property
    def closes(self) -> bool:
        """Whether the operator may close the shift here."""
        return self.here is not None and (self.mine or self.supervises)

    @property
    def close(self) -> ListRow:
        """The line that counts and closes the shift here; whose it is, where it is another's."""
        if self.mine or self.here is None:
            return ListRow((_CLOSE, say("Count notes and coins; Z report")), "close")
        who = f"{self.here.staff_no} {self.here.name}"
        return ListRow((_CLOSE, say("It is {operator}'s: count it; Z report", operator=who)), "close")

    @property
    def barred(self) -> Message | None:
        """Why the operator can take no drawer here: they have one elsewhere. Told before anything is counted."""
        own = self.own
        if own is None or own == self.here:
            return None
        if own.state == "open":
            return say("Your drawer is open at till {till}: close, hand over or suspend it there.", till=own.till)
        return say("Your drawer is suspended: resume it at a counter that has none.") if self.here else None

    @property
    def first(self) -> ListRow | None:
        """What comes first where it is not to open or close a shift."""
        if self.here is not None:
            return self._take_over(self.here)
        return _RESUME if self.own is not None and self.own.state == "suspended" else None

    @property
    def watched(self) -> tuple[ListRow, ...]:
        """What a supervisor sees to, whatever drawer is here."""
        return (_SHIFTS, _SAFE, _SEEN if self.blind else _BLIND) if self.supervises else ()

    def lines(self) -> Iterator[ListRow]:
        """What can be done with a drawer, as one is here or not."""
        if self.closes:
            yield from _MOVES
            yield _OPEN_DRAWER
            yield _SUSPEND
            if self.mine:
                yield _HAND_OVER
            elif self.here is not None:
                yield self._take_over(self.here)
        if self.here is None and self.own is None:
            yield from map(self._take_over, self.suspended)

    def _take_over(self, shift: ShiftLine) -> ListRow:
        who = f"{shift.staff_no} {shift.name}"
        about = say("It is {operator}'s: count it, and go on with it", operator=who)
        if shift.state == "suspended":
            about = say("The suspended one of {operator}: count it, and go on with it", operator=who)
        return ListRow((say("Take over"), about), f"take_over {shift.staff_no}")


async def _move(desk: DeskApp, line: ListRow) -> None:
    await desk.push_screen(MoveCashScreen(line.value, title_of(line)))


async def _close(desk: DeskApp, _line: ListRow) -> None:
    place = await CounterShifts.seen(desk)
    await desk.push_screen(CloseShiftScreen() if place.mine or place.here is None else closing(place.here))


def closing(shift: ShiftLine) -> CloseShiftScreen:
    """The count of somebody's shift, and its end."""
    which = say("Shift of {operator} {name} at till {till}", operator=shift.staff_no, name=shift.name, till=shift.till)
    return CloseShiftScreen(shift.staff_no, which)


async def _hand_over(desk: DeskApp, _line: ListRow) -> None:
    await desk.push_screen(HandOverScreen())


async def _take_over(desk: DeskApp, line: ListRow) -> None:
    await desk.push_screen(HandOverScreen(line.value.partition(" ")[2]))


async def _suspend(desk: DeskApp, line: ListRow) -> None:
    reason = await desk.ask(OneLine(title_of(line), say("Why, where it is worth a word.")))
    if reason is None:
        return

    def do(staff: str, password: str) -> None:
        desk.port.till.suspend_shift(reason, staff, password)

    if (await with_approval(desk, do))[0]:
        await desk.refresh_state()
        desk.announce(say("The drawer may be taken out. Resume it here or at another counter."), "good")


async def _resume(desk: DeskApp, _line: ListRow) -> None:
    await desk.call(desk.port.till.resume_shift)
    await desk.refresh_state()
    desk.announce(say("The shift goes on at this counter."), "good")


async def _open_drawer(desk: DeskApp, line: ListRow) -> None:
    reason = await desk.ask(OneLine(title_of(line), say("Why? It stands on X and Z."), needed=True))
    if not reason:
        return
    done, slip = await with_approval(desk, lambda staff, password: desk.port.till.open_drawer(reason, staff, password))
    if done and slip is not None:
        await desk.push_screen(PreviewScreen(title_of(line), [slip], reprint=False))


async def _blind(desk: DeskApp, line: ListRow) -> None:
    await desk.call(partial(desk.port.till.count_blind, on=line.value == "blind"))
    desk.announce(say("It holds at every counter from now on."), "good")


async def _shifts(desk: DeskApp, _line: ListRow) -> None:
    await desk.push_screen(ShiftsScreen())


async def _safe(desk: DeskApp, _line: ListRow) -> None:
    await desk.push_screen(SafeScreen())


DRAWER: Mapping[str, Callable[[DeskApp, ListRow], Awaitable[None]]] = {
    **dict.fromkeys(("drop", "change", "expense", "return"), _move),
    "close": _close,
    "hand_over": _hand_over,
    "take_over": _take_over,
    "suspend": _suspend,
    "resume": _resume,
    "open_drawer": _open_drawer,
    "shifts": _shifts,
    "safe": _safe,
    "blind": _blind,
    "seen": _blind,
}
"""What each line does."""


class ShiftsScreen(ListScreen):
    """The shifts of the hall that are not closed. Enter counts and closes one, wherever it was left; F4 takes a
    suspended one over, here: a supervisor's."""

    means = here(restore=AGAIN, list=Meaning(say("Take"), say("Take the drawer over, counted")))
    title_of = say("Shifts of the hall")
    hint: ClassVar[Message] = say("Enter: count it, close the shift. F4: take a suspended one over here")
    widths: ClassVar[tuple[int, ...]] = (8, 16, 12, 12)
    empty: ClassVar[Message] = say("Every shift is closed.")

    async def load(self, text: str) -> list[ListRow]:
        """By tills."""
        found = await self.desk.call(self.desk.port.till.shifts)
        return self.narrowed(map(_shift_line, found), text)

    async def chosen(self, line: ListRow) -> None:
        """Count and close it."""
        await self.desk.push_screen(closing(line.value))

    def why_not(self, name: str) -> Message | None:
        """A drawer that is out of its counter can be put in here."""
        marked = self.listing.marked
        if name == "list" and (marked is None or marked.value.state != "suspended"):
            return say("Only a suspended drawer can be taken over at another counter.")
        return super().why_not(name)

    async def do_list(self) -> None:
        """Take it over, counted."""
        marked = self.listing.marked
        assert marked is not None
        own = (await CounterShifts.seen(self.desk)).own
        if own is not None:  # told before anything is counted
            self.tell(say("You have a drawer at till {till}: close it or hand it over first.", till=own.till), "warn")
            return
        await self.desk.push_screen(HandOverScreen(marked.value.staff_no))


def _shift_line(shift: ShiftLine) -> ListRow:
    who = f"{shift.staff_no} {shift.name}"
    since = on_the_wall(shift.since, "%m-%d %H:%M")
    return ListRow((shift.till, who, SHIFT_STATES[shift.state], shift.business_date, since), shift)


_OF_SAFE = (
    ListRow((say("To the bank"), say("Cash of the safe, with the deposit slip's number")), "deposit"),
    ListRow((say("From the bank"), say("Cash into the safe, with the bank paper's number")), "withdrawal"),
    ListRow((say("Count the safe"), say("Note by note; what is over or short has a reason")), "count"),
    ListRow((say("Less at the bank"), say("It counted less than a deposit's slip says")), "bank_short"),
    ListRow((say("More at the bank"), say("It counted more than a deposit's slip says")), "bank_over"),
)


class SafeScreen(ListScreen):
    """What the safe holds, and what can be done with it; a supervisor's."""

    title_of = say("Safe")
    hint: ClassVar[Message] = say("The key before a line opens it at once; or type to narrow, and Enter.")
    menu = True
    widths: ClassVar[tuple[int, ...]] = (22, 40)

    async def load(self, text: str) -> list[ListRow]:
        """What it holds, then what can be done."""
        held = await self.desk.call(self.desk.port.safe.held)
        told = say("In the safe by the books: {yuan} yuan.", yuan=yuan(held.balance))
        if held.counted_at:
            told = say(
                "In the safe by the books: {yuan} yuan. Counted last {at} by {operator}.",
                yuan=yuan(held.balance),
                at=on_the_wall(held.counted_at, "%m-%d %H:%M"),
                operator=held.counted_by,
            )
        self.tell(told)
        self.listing.give_keys(_OF_SAFE)
        return self.narrowed(_OF_SAFE, text)

    async def chosen(self, line: ListRow) -> None:
        """Do it."""
        if line.value == "count":
            await self.desk.push_screen(CountSafeScreen())
        else:
            await self.desk.push_screen(BankScreen(line.value, title_of(line)))


def title_of(line: ListRow) -> Message:
    """What a line is called, as the title of what it opens."""
    return line.cells[0] if isinstance(line.cells[0], Message) else both(line.cells[0], line.cells[0])
