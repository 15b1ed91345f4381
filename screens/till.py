"""The till: the shift is opened with a float, closed by counting notes and coins; X, Z and day report can be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import create_model
from textual.app import ComposeResult

from boss_tui.answers import PaperView
from boss_tui.forms import Ask, Day, Fen, FieldSpec, Form, yuan
from data.errors import BadForm, ClockDoubted, NotAllowed
from data.message import Message, say
from screens.cash import AmountScreen, BankScreen, MoveCashScreen, Said
from screens.day import DayCheckScreen
from screens.dialog import Confirm, Destroy
from screens.dialogs import Approval, OneLine
from screens.figures import PeriodScreen
from screens.frame import DeskApp, DeskScreen
from screens.list_screen import ListScreen
from screens.local_form import LocalFormScreen
from screens.ports import DeskState
from screens.preview import PreviewScreen
from screens.reports import PastScreen, report_screen
from screens.widgets.drawn import Drawn
from screens.widgets.listing import Line
from screens.widgets.text import Row, fit, right

FACES = (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1)
"""Face values in fen: notes of 100 to 1 yuan, coins of 1 yuan, 5 and 1 jiao, and fen, seldom but legal."""


class FloatForm(Form):
    """What is in the drawer when the shift opens."""

    amount: Annotated[Fen, Ask(label=say("Float"), kind="money", width=12, help=say("Yuan in the drawer, e.g. 500"))]


class OpenShiftScreen(AmountScreen):
    """The float."""

    title_of = say("Open the shift")
    form = FloatForm
    shows = False

    def said(self, typed: Form) -> Said:
        """Out of the safe into the drawer."""
        assert isinstance(typed, FloatForm)

        def do(staff: str, password: str) -> PaperView | None:
            return self.desk.port.open_shift(typed.amount, staff, password)

        return do

    def much(self, amount: int) -> Message:
        """What is unusual."""
        return say("{yuan} yuan in the drawer is unusually much.", yuan=yuan(amount))

    def done(self, typed: Form) -> Message:
        """It is open."""
        assert isinstance(typed, FloatForm)
        return say("The shift is open with {amount} in the drawer.", amount=yuan(typed.amount))


class DayForm(Form):
    """Which business date is opened."""

    business_date: Annotated[
        Day, Ask(label=say("Business date"), kind="date", width=12, help=say("2026-11-27 or 20261127"))
    ]


class OpenDayScreen(LocalFormScreen):
    """The business date; the next one stands there already."""

    title_of = say("Open the day")

    def __init__(self, proposed: str) -> None:
        super().__init__(DayForm.fields())
        self._proposed = proposed

    def on_mount(self) -> None:
        """The next date, to be taken with Enter or typed over."""
        self.panel.show({"business_date": self._proposed}, {}, {}, opened=True)
        self.panel.fields["business_date"].select_all()
        self.tell(say("Enter opens this date. Type another one over it."))

    def check(self) -> dict[str, Message]:
        """A date."""
        return DayForm.partial(self.panel.values())[1]

    async def _is_today(self, day: str) -> bool:
        """Whether this day is meant, where the PC's clock can't be right: who says so vouches for it."""
        why = (await self.desk.call(self.desk.port.queues)).clock  # as it is now: the status line lags behind a leap
        if why is None:
            return True
        question = Confirm(self.title_of, why, say("Is it really {day} today?", day=day))
        return await self.desk.ask(question) is True

    async def do_complete(self) -> None:
        """Open it; what the desk says against it stands beside the field."""
        try:
            day = DayForm.read(self.panel.values()).business_date.isoformat()
            if await self._is_today(day):
                await self.desk.call(self.desk.port.open_day, day)
            else:
                return
        except BadForm as fault:
            self.refuse(fault.errors)
            return
        except ClockDoubted:
            raise
        except NotAllowed as refusal:
            self.refuse({"business_date": refusal.message})
            return
        await self.desk.refresh_state()
        await self.desk.pop_screen()
        self.desk.told(say("Business date {date} is open.", date=day), "good")


def _count_specs() -> tuple[FieldSpec, ...]:
    """A field for the pieces of each face value."""
    fields = {
        f"pieces_{face}": (
            Annotated[
                int,
                Ask(label=say("{face} yuan", face=yuan(face)), kind="digits", width=8, help=say("How many pieces")),
            ],
            0,
        )
        for face in FACES
    }
    form: type[Form] = create_model("CountForm", __base__=Form, **fields)  # type: ignore[call-overload]
    return form.fields()


class Total(Drawn):
    """What was counted so far."""

    amount = 0

    def rows(self, width: int) -> list[Row]:
        """One line."""
        return [[(fit(self.words(say("Counted")), 18) + right(yuan(self.amount), 12) + " " * (width - 30), "strong")]]


class CloseShiftScreen(LocalFormScreen):
    """Pieces by note and coin. The expected amount is not shown before the count is sent: a blind count."""

    title_of = say("Close the shift: count the drawer")
    about = say(
        "Count the pieces of each note and coin in the drawer; an empty field is none. F10 closes the shift and prints "
        "the Z report. When the count differs from the books a reason is asked for; for more, a supervisor."
    )

    def __init__(self) -> None:
        super().__init__(_count_specs())
        self.total = Total()

    def parts(self) -> ComposeResult:
        """The form and its sum."""
        yield from super().parts()
        yield self.total

    def on_input_changed(self) -> None:
        """Sum as you count."""
        counts = self.counts()
        self.total.amount = sum(face * pieces for face, pieces in counts.items())
        self.total.redraw()
        self.panel.notes = {f"pieces_{face}": say("= {sum}", sum=yuan(face * pieces)) for face, pieces in counts.items()
                            if pieces}  # fmt: skip
        self.panel.redraw()

    def counts(self) -> dict[int, int]:
        """Pieces by face value; what is no number counts as none, and is refused by `check`."""
        typed = {face: self.panel.fields[f"pieces_{face}"].value.strip() for face in FACES}
        return {face: int(text) if _counted(text) else 0 for face, text in typed.items()}

    def check(self) -> dict[str, Message]:
        """Whole numbers."""
        return {
            name: say("A number of pieces, such as 12.")
            for name, value in self.panel.values().items()
            if value.strip() and not _counted(value.strip())
        }

    async def do_complete(self) -> None:
        """Close it and show the Z report."""
        wrong = self.check()
        if wrong:
            self.refuse(wrong)
            return
        counts = self.counts()
        total = sum(face * pieces for face, pieces in counts.items())
        question = say("Counted {total}. The shift is closed and can't be opened again.", total=yuan(total))
        if not await self.desk.ask(Destroy(self.title_of, question)):
            return
        paper = await self._close(counts)
        if paper is None:
            self.tell(say("Not completed. The form is still here."), "warn")
            return
        await self.desk.refresh_state()
        await self.desk.pop_screen()
        await self.desk.push_screen(PreviewScreen(say("Z report"), [paper], reprint=False))

    async def _close(self, counts: Mapping[int, int]) -> PaperView | None:
        """A difference wants a reason, a large one a supervisor as well; None when it was left at that."""
        reason, closed = "", list[PaperView]()

        async def close(staff: str = "", password: str = "") -> None:
            closed.append(await self.desk.call(self.desk.port.close_shift, counts, reason, staff, password))

        while not closed:
            try:
                await close()
            except NotAllowed as refusal:
                if refusal.field == "reason" and not reason:
                    reason = await self.desk.ask(OneLine(self.title_of, refusal.message, needed=True)) or ""
                    if not reason:
                        return None
                elif refusal.field == "approved_by":
                    if not await self.desk.ask(Approval(close, (refusal.message,))):
                        return None
                else:
                    raise
        return closed[0]


def _counted(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


_OPEN = Line((say("Open the shift"), say("Float in the drawer")), "open")
_CLOSE = Line((say("Close the shift"), say("Count notes and coins; Z report")), "close")
_REPORTS = (
    Line((say("X report"), say("The shift so far; changes nothing")), "x"),
    Line((say("Z report"), say("The last shift that was closed")), "z"),
    Line((say("Day report"), say("The business date, all tills")), "day"),
)
_MOVES = (
    Line((say("Drop into the safe"), say("Cash out of the drawer")), "drop"),
    Line((say("Change from the safe"), say("Notes and coins into the drawer")), "change"),
    Line((say("Pay an expense"), say("Cash out of the drawer, of the house")), "expense"),
    Line((say("Money returned"), say("Of an expense, into the drawer")), "return"),
)
_SAFE = Line((say("Safe"), say("What it holds; to the bank and from there; count it")), "safe")
_OPEN_DAY = Line((say("Open the day"), say("The next business date")), "open_day")
_CLOSE_DAY = Line((say("Close the day"), say("What is still to be done, and the close")), "close_day")
_PAST = Line((say("Reports of all days"), say("Any day, any Z: look, print a copy")), "past")
_FIGURES = Line((say("Figures"), say("By day, clerk, business, tender…, of any period")), "figures")


class TillScreen(ListScreen):
    """What can be done with the till; a supervisor also opens and closes the business day."""

    title_of = say("Till")
    hint: ClassVar[Message] = say("A digit opens its line at once; or type to narrow, and Enter.")
    widths: ClassVar[tuple[int, ...]] = (22, 40)

    async def load(self, text: str) -> list[Line]:
        """What can be done now."""
        state = self.desk.state
        running = state is not None and state.shift_open
        lines = [_CLOSE if running else _OPEN, *_REPORTS]
        if _supervises(state):
            lines.append(_CLOSE_DAY if state is not None and state.business_date else _OPEN_DAY)
        lines += _MOVES if running else ()
        if _supervises(state):
            lines.append(_SAFE)
        lines += (_PAST, _FIGURES)
        self.listing.numbered = True
        return narrowed(self.desk, lines, text)

    async def chosen(self, line: Line) -> None:
        """Do it."""
        if line.value == "open":
            await self.desk.push_screen(OpenShiftScreen())
        elif line.value == "close":
            await self.desk.push_screen(CloseShiftScreen())
        elif line.value == "open_day":
            await self.desk.push_screen(OpenDayScreen(await self.desk.call(self.desk.port.next_day)))
        elif line.value == "close_day":
            await self.desk.push_screen(DayCheckScreen())
        elif line.value in _SCREENS:
            await self.desk.push_screen(_SCREENS[line.value]())
        elif line in _MOVES:
            await self.desk.push_screen(MoveCashScreen(line.value, _title(line)))
        else:
            state = self.desk.state
            key = state.business_date if line.value == "day" and state is not None else ""
            paper = await self.desk.call(self.desk.port.report, line.value, key)
            await self.desk.push_screen(report_screen(line.value, paper, key))


_OF_SAFE = (
    Line((say("To the bank"), say("Cash of the safe, with the number of the deposit slip")), "deposit"),
    Line((say("From the bank"), say("Cash into the safe, with the number of the bank's paper")), "withdrawal"),
)


class SafeScreen(ListScreen):
    """What the safe holds, and what can be done with it; a supervisor's."""

    title_of = say("Safe")
    hint: ClassVar[Message] = say("A digit opens its line at once; or type to narrow, and Enter.")
    widths: ClassVar[tuple[int, ...]] = (22, 40)

    async def load(self, text: str) -> list[Line]:
        """What it holds, then what can be done."""
        held = await self.desk.call(self.desk.port.safe_balance)
        self.tell(say("In the safe by the books: {yuan} yuan.", yuan=yuan(held)))
        self.listing.numbered = True
        return narrowed(self.desk, _OF_SAFE, text)

    async def chosen(self, line: Line) -> None:
        """Do it."""
        await self.desk.push_screen(BankScreen(line.value, _title(line)))


_SCREENS: dict[str, Callable[[], DeskScreen]] = {"safe": SafeScreen, "past": PastScreen, "figures": PeriodScreen}


def narrowed(desk: DeskApp, lines: Sequence[Line], text: str) -> list[Line]:
    """The lines whose words hold a text."""
    sought = text.casefold()
    return [line for line in lines if sought in " ".join(desk.words(cell) for cell in line.cells).casefold()]


def _title(line: Line) -> Message:
    return line.cells[0] if isinstance(line.cells[0], Message) else Message("")


def _supervises(state: DeskState | None) -> bool:
    return state is not None and state.role in {"supervisor", "manager"}
