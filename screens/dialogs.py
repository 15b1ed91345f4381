"""The dialogs that more than one screen opens: a fault, a supervisor's approval, a reason, a password."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from boss_tui.answers import DraftView, Outcome, Tender
from data.errors import NotAllowed, NotFound
from data.message import Message, quoted, say
from screens.dialog import Box, Dialog, Heading, Lines
from screens.frame import Plain
from screens.terminal import FastInput
from screens.widgets.drawn import Drawn
from screens.widgets.paper import PaperPreview
from screens.widgets.sums import big
from screens.widgets.text import Row, fit, width_of, wrapped

BESIDE = 8
"""Cells before and after what stands beside the big digits."""

SCROLL: list[BindingType] = [
    Binding("pageup,up", "scroll(-5)", show=False),
    Binding("pagedown,down", "scroll(5)", show=False),
]


class ErrorDialog(Dialog[None]):
    """A fault of the program: what happened, in full. c copies it; Esc, F3 or Enter close it; other keys do nothing."""

    BINDINGS: ClassVar = [
        Binding("c", "copy", show=False),
        Binding("enter", "cancel", show=False),
        *SCROLL,
    ]

    def __init__(self, fault: BaseException) -> None:
        super().__init__()
        self.fault = fault
        self.trace = "".join(traceback.format_exception(fault))
        self.body = Plain()

    def compose(self) -> ComposeResult:
        """Heading, what it means, the trace, the keys."""
        with Box(classes="-wide -error"):
            yield Heading(say("A fault of the program"))
            yield Lines(
                (say("Nothing was lost that had been saved. Copy this for support, close it, and go on."), ""),
            )
            with self.body:
                yield Lines((quoted(self.trace), ""))
            yield Lines((say("c: copy        Esc: close"), "key"))

    def action_copy(self) -> None:
        """To the clipboard, by the terminal."""
        self.desk.copy_to_clipboard(self.trace)

    def action_scroll(self, by: int) -> None:
        """Move through the trace."""
        self.body.scroll_relative(y=by, animate=False)

    def on_key(self, event: events.Key) -> None:
        """Swallow everything else."""
        if event.key not in {"c", "enter", "pageup", "pagedown", "up", "down"}:
            event.stop()


class RefusedDialog(Dialog[None]):
    """Why a business can't be done, every reason. Esc, F3 or Enter close it."""

    BINDINGS: ClassVar = [Binding("enter", "cancel", show=False)]

    def __init__(self, title: Message, reasons: tuple[Message, ...]) -> None:
        super().__init__()
        self._title, self._reasons = title, reasons

    def compose(self) -> ComposeResult:
        """Heading, reasons, keys."""
        with Box():
            yield Heading(self._title)
            yield Lines(*((say("- {reason}", reason=reason), "") for reason in self._reasons))
            yield Lines((Message("\n"), ""), (say("Esc or Enter: back to the form"), "key"))


class Secret(FastInput):
    """A field of one line in a dialog; Enter goes to the next one, or ends."""

    def __init__(self, password: bool, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, password=password)


class Approval(Dialog[bool]):
    """A supervisor's staff number and password, for what the rules leave to one; or a one-time code alone.

    reasons: what is asked for. about: what it is about, and the money: their word is for that, and nothing else.
    said: does what they allow, with the two; why it is refused stands in the box, which stays open for another try.
    """

    head: ClassVar[Message] = say("A supervisor is asked to allow this")
    asked: ClassVar[Message] = say("Staff number, or a code over the phone (12-483920)")
    keys: ClassVar[Message] = say("Enter: allow        Esc: no")

    def __init__(
        self,
        said: Callable[[str, str], Awaitable[None]],
        reasons: tuple[Message, ...],
        about: tuple[Message, ...] = (),
    ) -> None:
        super().__init__()
        self._said, self._reasons, self._about = said, reasons, about
        self.staff, self.password = Secret(False, id="staff"), Secret(True, id="password")
        self.refused = Lines((Message("\n"), ""), id="refused")

    def compose(self) -> ComposeResult:
        """What is asked for, and by whom."""
        with Box():
            yield Heading(self.head)
            yield Lines(
                *((line, "strong") for line in self._about),
                *((say("- {reason}", reason=reason), "warn") for reason in self._reasons),
            )
            yield Lines((self.asked, "strong"))
            yield self.staff
            yield Lines((say("Password"), "strong"))
            yield self.password
            yield self.refused
            yield Lines((self.keys, "key"))

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """Next field, or the try."""
        event.stop()
        staff = self.staff.value.strip()
        if event.input.id == "staff" and "-" not in staff:
            self.set_focus(self.password)
            return
        self.desk.flow(self._try(staff, self.password.value))

    async def _try(self, staff: str, password: str) -> None:
        try:
            await self._said(staff, password)
        except (NotAllowed, NotFound) as refusal:
            self._again(refusal.message)
        except BaseException:
            self.finish(False)
            raise
        else:
            self.finish(True)

    def _again(self, why: Message) -> None:
        """What was wrong, in the box. The number is kept and marked: the next key overtypes it, Enter goes on."""
        self.desk.gate.flush()
        self.desk.bell()
        self.refused.show((why, "error"))
        self.password.value = ""
        self.set_focus(self.staff)
        self.staff.select_all()


class SignedOn(Approval):
    """A supervisor who is there, with their own password: no code over the phone is good for it."""

    asked: ClassVar[Message] = say("Staff number")


class Colleague(Approval):
    """The other one of a handover says yes, with their own password."""

    head: ClassVar[Message] = say("The other one says yes")
    asked: ClassVar[Message] = say("Staff number")
    keys: ClassVar[Message] = say("Enter: yes        Esc: no")


class Giver(Colleague):
    """Whose drawer it is says yes, or a supervisor for them."""

    head: ClassVar[Message] = say("Whose drawer it is says yes, or a supervisor")


def way_out(tender: Tender) -> Message:
    """How an amount is paid out, in words."""
    from boss_tui.forms import yuan

    if tender.kind == "cash":
        return say("Paid out in cash: {yuan}", yuan=yuan(tender.amount))
    way = say("transfer") if tender.kind == "transfer" else quoted(tender.kind)
    return say("Paid out by {way} {reference}: {yuan}", way=way, reference=tender.reference, yuan=yuan(tender.amount))


class OneLine(Dialog[str]):
    """One line of text: a note, a reason. about: what the question is about, line by line. typed: what stands there
    already, to be taken with Enter or typed over."""

    expected: ClassVar[bool] = True

    def __init__(
        self, title: Message, question: Message, needed: bool = False, *, about: Sequence[Message] = (), typed: str = ""
    ) -> None:
        super().__init__()
        self._title, self._question, self._needed = title, question, needed
        self._about, self._typed = about, typed
        self.field, self.refused = Secret(False, id="line"), Lines((Message("\n"), ""), id="said")

    def compose(self) -> ComposeResult:
        """Heading, question, field."""
        with Box():
            yield Heading(self._title)
            yield Lines((self._question, ""), *((say("- {reason}", reason=one), "warn") for one in self._about))
            yield self.field
            yield self.refused
            yield Lines((say("Enter: go on        Esc: back"), "key"))

    def on_mount(self) -> None:
        """What stands there already is marked: the next key overtypes it."""
        self.field.value = self._typed
        self.field.select_all()

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """The answer."""
        event.stop()
        if event.value.strip() or not self._needed:
            self.finish(event.value.strip())
        else:
            self.desk.bell()
            self.refused.show((say("A word is needed here: it is kept."), "error"))


class Result(Drawn):
    """The change in big digits, above it what was done."""

    def __init__(self, outcome: Outcome, label: Message) -> None:
        super().__init__()
        self.outcome, self.label = outcome, label

    def rows(self, width: int) -> list[Row]:
        """What was done, then money."""
        from boss_tui.forms import yuan

        done = self.outcome
        if done.state == "cancelled" or "told" in done.facts:
            return self._cancelled(width)
        told = say("{business} is done. Order {serial}", business=self.label, serial=done.serial)
        if done.state != "completed":
            told = say("{business}: accepted, under way. Order {serial}", business=self.label, serial=done.serial)
        paid = [
            say("Due {due}", due=yuan(done.due)),
            say("Handed over {tendered}", tendered=yuan(done.tendered)),
            say("Change {change}", change=yuan(done.change)),
        ]
        if done.due < 0:
            paid = [say("Given back {due}", due=yuan(-done.due))]
        shown = list(map(self.words, paid)) if done.due or done.tendered else []
        return [*_told(self.words(told), width), *_money(shown, done.change, width)]

    def _cancelled(self, width: int) -> list[Row]:
        """What goes back, or is taken in again, in which way; big, what is counted in cash."""
        from boss_tui.forms import yuan

        done = self.outcome
        said = say("Order {serial} is cancelled.", serial=done.serial)
        if done.state != "cancelled":
            said = say("It is taken back, by order {serial}.", serial=done.serial)
        told = list(done.facts.get("told", ()))
        if done.due and not told:
            told = [say("Give back {due}", due=yuan(-done.due)), say("In cash {cash}", cash=yuan(done.change))]
        counted = done.change or max(done.due, 0)
        return [*_told(self.words(said), width), *_money(list(map(self.words, told)), counted, width)]


def _told(said: str, width: int) -> list[Row]:
    """What was done, whole."""
    first, *more = wrapped(said, width - 4)
    return [[(fit(" OK " + first, width), "good")], *([(fit("    " + line, width), "good")] for line in more)]


def _money(sums: list[str], counted: int, width: int) -> list[Row]:
    """The sums, one below the other, and beside them in big digits what is counted out; in one line where nothing is,
    or where there is no room for both."""
    if not sums:
        return []
    digits = big(counted) if counted else []
    left = max(map(cell_len, sums)) + BESIDE
    if not digits or left + width_of(digits[0]) > width:
        return [[(fit("    " + "   ".join(sums), width), "strong")]]
    lines = [*sums, *[""] * (len(digits) - len(sums))]
    return [[(fit("    " + line, left), "strong"), *row] for line, row in zip(lines, digits, strict=True)]


class OutcomeDialog(Dialog[None]):
    """The outcome. Stays until a key is pressed; arrows and page keys move through the papers."""

    BINDINGS: ClassVar = SCROLL

    def __init__(self, outcome: Outcome, label: Message) -> None:
        super().__init__()
        self.outcome, self._label = outcome, label
        self.body = Plain()

    def compose(self) -> ComposeResult:
        """Result, papers, keys."""
        with Box(classes="-full"):
            yield Heading(say("Done"))
            yield Result(self.outcome, self._label)
            with self.body:
                yield PaperPreview(self.outcome.papers)
            yield Lines((say("Arrows: the papers        any other key: go on"), "key"))

    def action_scroll(self, by: int) -> None:
        """Move through the papers."""
        self.body.scroll_relative(y=by, animate=False)

    def on_key(self, event: events.Key) -> None:
        """Any other key ends it, and does nothing else."""
        if event.key not in {"pageup", "pagedown", "up", "down"}:
            event.stop()
            self.finish(None)


def refusals(draft: DraftView) -> tuple[Message, ...]:
    """Every reason against a draft."""
    return tuple(reason.message for reason in draft.qualification.reasons if reason.verdict == "no")
