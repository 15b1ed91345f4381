"""What completing a business brought: the sums large, the papers below them."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult

from boss_tui.answers.business import Outcome, Tender
from data.message import Message, quoted, say
from screens.dialogs.dialog import SCROLL, Box, Dialog, Heading, Lines
from screens.frame import Plain
from screens.widgets.drawn import Drawn
from screens.widgets.paper import PaperPreview
from screens.widgets.sums import big
from screens.widgets.text import Row, fit, width_of, wrapped

BESIDE = 8
"""Cells before and after what stands beside the big digits."""


def way_out(tender: Tender) -> Message:
    """How an amount is paid out, in words."""
    from boss_tui.forms.typed import yuan

    if tender.kind == "cash":
        return say("Paid out in cash: {yuan}", yuan=yuan(tender.amount))
    way = say("transfer") if tender.kind == "transfer" else quoted(tender.kind)
    return say("Paid out by {way} {reference}: {yuan}", way=way, reference=tender.reference, yuan=yuan(tender.amount))


class Result(Drawn):
    """The change in big digits, above it what was done."""

    def __init__(self, outcome: Outcome, label: Message) -> None:
        super().__init__()
        self.outcome, self.label = outcome, label

    def rows(self, width: int) -> list[Row]:
        """What was done, then money."""
        from boss_tui.forms.typed import yuan

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
        from boss_tui.forms.typed import yuan

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
