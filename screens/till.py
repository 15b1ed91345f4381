"""The till: the shift is opened with a float, closed by counting notes and coins; X, Z and day report can be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar

from boss_tui.answers.business import PaperView
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, yuan
from data.errors import ClockDoubted, NotAllowed
from data.message import Message, say
from screens.cash import AmountForm, AmountScreen, Said
from screens.day import DayCheckScreen
from screens.day_figures import report_screen
from screens.dialogs.dialog import Confirm, Destroy
from screens.drawers import DRAWER, CounterShifts
from screens.frame import DeskScreen
from screens.list_screen import ListScreen
from screens.local_form import LocalFormScreen
from screens.past_reports import PastScreen
from screens.period_figures import PeriodScreen
from screens.widgets.listing import ListRow


class FloatForm(AmountForm):
    """What is in the drawer when the shift opens."""

    amount: Annotated[Fen, Ask(label=say("Float"), kind="money", width=12, help=say("Yuan in the drawer, e.g. 500"))]


class OpenShiftScreen(AmountScreen):
    """The float."""

    title_of = say("Open the shift")
    wanted = say("The float in the drawer, out of the safe. Enter: the shift is open")
    form = FloatForm
    shows = False

    def said(self, typed: AmountForm) -> Said:
        """Out of the safe into the drawer."""

        def do(staff: str, password: str) -> PaperView | None:
            return self.desk.port.till.open_shift(typed.amount, staff, password)

        return do

    async def _is_meant(self, amount: int) -> bool:
        """A business date that is over is no habit: it is looked at first."""
        told = await self.desk.call(self.desk.port.till.not_today)
        if told is not None and not await self.desk.ask(Destroy(say("Open the shift on that date?"), told)):
            return False
        return await super()._is_meant(amount)

    def much(self, amount: int) -> Message:
        """What is unusual."""
        return say("{yuan} yuan in the drawer is unusually much.", yuan=yuan(amount))

    def done(self, typed: AmountForm) -> Message:
        """It is open."""
        return say("The shift is open with {amount} in the drawer.", amount=yuan(typed.amount))


class DayForm(Form):
    """Which business date is opened."""

    business_date: Annotated[
        Day, Ask(label=say("Business date"), kind="date", width=12, help=say("2026-11-27 or 20261127"))
    ]


class OpenDayScreen(LocalFormScreen):
    """The business date; the next one stands there already."""

    title_of = say("Open the day")
    wanted = say("Enter opens this date. Type another one over it.")

    def __init__(self, proposed: str) -> None:
        super().__init__(DayForm.fields())
        self._proposed = proposed

    def on_mount(self) -> None:
        """The next date, to be taken with Enter or typed over."""
        self.panel.show({"business_date": self._proposed}, {}, {}, opened=True)
        self.panel.fields["business_date"].select_all()

    def check(self) -> dict[str, Message]:
        """A date."""
        return DayForm.partial(self.panel.values())[1]

    async def _is_today(self, day: str) -> bool:
        """Whether this day is meant, where the PC's clock can't be right: who says so vouches for it."""
        why = (
            await self.desk.call(self.desk.port.queues.counts)
        ).clock  # as it is now: the status line lags behind a leap
        if why is None:
            return True
        question = Confirm(self.title_of, why, say("Is it really {day} today?", day=day))
        return await self.desk.ask(question) is True

    async def do_complete(self) -> None:
        """Open it; what the desk says against it stands beside the field."""
        try:
            day = DayForm.read(self.panel.values()).business_date.isoformat()
            if await self._is_today(day):
                await self.desk.call(self.desk.port.day.open, day)
            else:
                return
        except ClockDoubted:
            raise
        except NotAllowed as refusal:
            self.refuse({"business_date": refusal.message})
            return
        await self.desk.refresh_state()
        await self.desk.pop_screen()
        self.desk.announce(say("Business date {date} is open.", date=day), "good")


_OPEN = ListRow((say("Open the shift"), say("Float in the drawer")), "open")
_REPORTS = (
    ListRow((say("X report"), say("The shift so far; changes nothing")), "x"),
    ListRow((say("Z report"), say("The last shift that was closed")), "z"),
    ListRow((say("Day report"), say("The business date, all tills")), "day"),
)
_OPEN_DAY = ListRow((say("Open the day"), say("The next business date")), "open_day")
_CLOSE_DAY = ListRow((say("Close the day"), say("What is still to be done, and the close")), "close_day")
_PAST = ListRow((say("Reports of all days"), say("Any day, any Z: look, print a copy")), "past")
_FIGURES = ListRow((say("Figures"), say("By day, clerk, business, tender; of any period")), "figures")


class TillScreen(ListScreen):
    """What can be done with the till; a supervisor also opens and closes the business day."""

    title_of = say("Till")
    hint: ClassVar[Message] = say("The key before a line opens it at once; or type to narrow, and Enter.")
    menu = True
    widths: ClassVar[tuple[int, ...]] = (22, 40)
    _barred: Message | None = None
    """Why who works here can take no drawer, where that is so."""

    async def load(self, text: str) -> list[ListRow]:
        """What can be done now; at the office there is a business date, and no drawer.

        What hangs on the drawer comes last: a key means the same whether one is open or not.
        """
        state = self.desk.state
        if state is not None and state.is_office:
            ahead = await self.desk.call(self.desk.port.day.ahead)
            return self._of_office(text, ahead, open_now=bool(state.business_date))
        place = await CounterShifts.seen(self.desk)
        lines = [place.close if place.closes else place.first or _OPEN, *_REPORTS]
        day = state is not None and state.business_date
        if place.supervises:
            lines.append(_CLOSE_DAY if day else _OPEN_DAY)
        self._barred = place.barred
        if self._barred is not None:
            self.tell(self._barred, "warn")
        elif not day:
            told = say("No business day is open: {n} opens the next one.", n=len(lines))
            self.tell(told if place.supervises else say("The business day is not open. A supervisor opens it."), "warn")
        every = [*lines, *place.watched, _PAST, _FIGURES, *place.lines()]
        self.listing.give_keys(every)
        return self.narrowed(every, text)

    def _of_office(self, text: str, ahead: str, *, open_now: bool) -> list[ListRow]:
        if not open_now:
            self.tell(say("No business day is open: {n} opens the next one.", n=1), "warn")
        on = ListRow((say("Go on to {day}", day=ahead), say("Close the open business date, open today's")), "go_on")
        lines = [*([on] if ahead else []), _CLOSE_DAY if open_now else _OPEN_DAY]
        self.listing.give_keys(lines)
        return self.narrowed(lines, text)

    async def chosen(self, line: ListRow) -> None:
        """Do it; the whole list is there again afterwards."""
        self.entry.value = ""
        if self._barred is not None and str(line.value).partition(" ")[0] in {"open", "take_over"}:
            self.desk.announce(self._barred, "error")
        elif line.value == "open":
            await self.desk.push_screen(OpenShiftScreen())
        elif line.value == "open_day":
            await self.desk.push_screen(OpenDayScreen(await self.desk.call(self.desk.port.day.next)))
        elif line.value == "go_on":
            await self._go_on()
        elif line.value == "close_day":
            await self.desk.push_screen(DayCheckScreen())
        elif line.value in _SCREENS:
            await self.desk.push_screen(_SCREENS[line.value]())
        elif (act := str(line.value).partition(" ")[0]) in DRAWER:
            await DRAWER[act](self.desk, line)
            self.reload()
        else:
            state = self.desk.state
            key = state.business_date if line.value == "day" and state is not None else ""
            paper = await self.desk.call(self.desk.port.reports.shown, line.value, key)
            await self.desk.push_screen(report_screen(line.value, paper, key))

    async def _go_on(self) -> None:
        """The office's next business date, in one step; where a word is wanted at the close, to where it is said."""
        day = await self.desk.call(self.desk.port.day.ahead)
        what = say("Editions that were approved for a date until then come into force.")
        if not await self.desk.ask(Confirm(say("Go on to business date {day}?", day=day), what)):
            return
        try:
            day = await self.desk.call(self.desk.port.day.go_on)
        except NotAllowed as refusal:
            if refusal.field != "word":
                raise
            await self.desk.push_screen(DayCheckScreen())
            return
        await self.desk.refresh_state()
        self.desk.announce(say("Business date {date} is open.", date=day), "good")
        self.reload()


_SCREENS: dict[str, Callable[[], DeskScreen]] = {"past": PastScreen, "figures": PeriodScreen}
