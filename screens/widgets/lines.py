"""The three lines that frame every screen: where we are, what there is to say, and which keys do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import events
from textual.screen import ModalScreen

from data.message import Message, say
from data.states import counted
from screens.actions import ACTIONS, Action
from screens.keys import shown
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, headed, plain, width_of

if TYPE_CHECKING:
    from screens.frame import DeskScreen

_LATE = 0.15  # seconds; a mark that flickers with each key would be worse than none
_NO_DRAWER = {False: say("till closed"), True: say("drawer out")}
"""Where no shift is open at the counter, by whether who is signed on has one that waits to be resumed."""

MINUTE, HOUR = 60, 3600  # seconds


class StatusLine(Drawn):
    """Outlet, counter, operator, business date and till on the left; link, queues and keys waiting on the right;
    below it the name of the screen and the customer in front of the clerk."""

    def __init__(self) -> None:
        super().__init__()
        self._marks = (0, 0, False)

    def on_mount(self) -> None:
        """Look now and then whether keys wait."""
        self.set_interval(_LATE, self._look)

    def _look(self) -> None:
        gate = self.desk.gate
        marks = (gate.waiting if gate.busy else 0, gate.dropped, gate.long)
        if marks != self._marks:
            self._marks = marks
            self.redraw()
            for line in self.screen.query(MessageLine):
                line.redraw()

    def rows(self, width: int) -> list[Row]:
        """Two lines."""
        return [self._place(width), self._subject(width)]

    def _place(self, width: int) -> Row:
        marks = self._queues()
        room = width - width_of(marks) - 2
        return [(fit(" " + self._where(), room) + " ", "bar"), *marks, (" ", "bar")]

    def _where(self) -> str:
        state = self.desk.state
        if state is None:
            return self.words(say("boss: the desk is being opened"))
        till = say("till open") if state.shift_open else _NO_DRAWER[state.shift_suspended]
        if state.is_office:
            till = Message("") if state.business_date else say("day closed")
        return "  ".join(
            part
            for part in (
                f"{self.words(state.outlet_name)} {state.counter}",
                state.operator,
                state.business_date,
                self.words(till),
                self.words(say("[TRAINING]")) if state.training else "",
            )
            if part
        )

    def _queues(self) -> Row:
        gate = self.desk.gate
        marks: Row = []
        if gate.busy and gate.waiting:
            marks.append((self.words(say("{n} {n:key|keys} waiting", n=gate.waiting)) + " ", "mark"))
        elif gate.long:
            marks.append((self.words(say("working")) + " ", "mark"))
        elif gate.dropped:
            marks.append((self.words(say("{n} {n:key|keys} dropped", n=gate.dropped)) + " ", "mark"))
        if self.desk.state is None:
            return marks
        if self.desk.job != Message(""):
            marks.append((self.words(self.desk.job) + " ", "mark"))
        queues = self.desk.queues
        if queues.alarms:
            marks.append((self.words(say("ALARM{n}", n=queues.alarms)) + " ", "mark"))
        if queues.refused:
            marks.append((self.words(say("REFUSED{n}", n=counted(queues.refused))) + " ", "mark"))
        if queues.clock is not None:
            marks.append((self.words(say("CLOCK?")) + " ", "mark"))
        link = say("linked") if queues.headquarters else _no_link(queues.age)
        marks.append((self.words(link), "bar" if queues.headquarters else "mark"))
        for word, count, bad in (
            (say("Out"), queues.outbox, queues.dead_letters),
            (say("Net"), counted(queues.network), queues.network_unknown + queues.manual_orders),
            (say("Prt"), counted(queues.prints), queues.prints_unknown),
        ):
            marks.append(
                (f" {self.words(word)}{count}" + (f"!{counted(bad)}" if bad else ""), "mark" if bad else "bar")
            )
        return marks

    def _subject(self, width: int) -> Row:
        screen = cast("DeskScreen", self.screen)
        title = " " + headed(self.words(screen.heading()))
        customer = None if screen.private else self.desk.customer
        if customer is None:
            return [(fit(title, width), "head")]
        others = [number for number in customer.numbers if number != customer.number]
        tag = f" {plain(self.words(customer.category))} " if customer.colour else ""
        who, short = (
            f" {'  '.join(part)} "
            for part in (
                (customer.name, customer.document, " ".join([customer.number, *others[:1]])),
                (customer.name, customer.number),
            )
        )
        if cell_len(title + tag + who) > width:  # what the screen is goes before a document
            who = short
        room = max(width - cell_len(tag + who), min(cell_len(title), width // 2))
        rest = width - room - cell_len(tag)
        marked: Row = [(tag, f"tag-{customer.colour}")] if tag else []
        return [(fit(title, room), "head"), *marked, (fit(who, rest), "head")]


def _no_link(age: int | None) -> Message:
    """For how long headquarters has not answered, in seconds, where that is long enough to tell."""
    if age is None or age < MINUTE:
        return say("NO LINK")
    if age < HOUR:
        return say("NO LINK {n} min", n=age // MINUTE)
    return say("NO LINK {n} h", n=age // HOUR)


class MessageLine(Drawn):
    """One line that says what has just happened, or what is wrong in the field that has the focus; above all, why a key
    was dropped, for as long as its mark stays: what is told meanwhile waits beneath."""

    def __init__(self) -> None:
        super().__init__()
        self.said: Message = Message("")
        self.tone = ""

    def tell(self, message: Message, tone: str = "") -> None:
        """Say this now. tone: error, warn, good or none."""
        if (message, tone) != (self.said, self.tone):
            self.said, self.tone = message, tone
            self.redraw()

    def rows(self, width: int) -> list[Row]:
        """One line; its mark tells the tone without colour."""
        why = self.desk.gate.why_dropped
        said, tone = (self.said, self.tone) if why is None else (why, "warn")
        mark = {"error": "!! ", "warn": "!  ", "good": "OK "}.get(tone, "   ")
        return [[(fit(mark + self.words(said) if said != Message("") else "", width), tone)]]


class KeyLine(Drawn):
    """The keys and what they do here. One that does nothing now is shown with a dash, and says why when pressed.

    Blank below a dialog, which says its own keys: these mean nothing there.
    """

    def rows(self, width: int) -> list[Row]:
        """One line."""
        row: Row = []
        if isinstance(self.desk.screen, ModalScreen):
            return [row]
        for action in (a for a in ACTIONS if a.footer):
            screen = cast("DeskScreen", self.screen)
            off, about = screen.why_not(action.name) is not None, screen.means.get(action.name, action)
            row.append((shown(action.key), "off" if off else "key"))
            row.append((("-" if off else " ") + self.words(about.label) + " ", "off" if off else ""))
        return [row if width_of(row) <= width else _narrow(row)]

    def action_at(self, x: int) -> Action | None:
        """The action whose words stand at a column."""
        spans = iter(self._rows(self.content_size.width)[0])
        end = 0
        if isinstance(self.desk.screen, ModalScreen):
            return None
        for action in (a for a in ACTIONS if a.footer):
            end += cell_len(next(spans)[0]) + cell_len(next(spans)[0])
            if x < end:
                return action
        return None

    def on_click(self, event: events.Click) -> None:
        """The mouse does what the key does."""
        action = self.action_at(event.x)
        if action:
            cast("DeskScreen", self.screen).action_do(action.name)


def _narrow(row: Row) -> Row:
    """The same without blanks between key and word."""
    return [(text[1:] if text.startswith(" ") else text, style) for text, style in row]
