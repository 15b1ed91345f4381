"""Slips to be ticked off, kind by kind: what is not ticked is not in hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.dialogs.dialog import YES, Box, Dialog, Heading, Lines
from screens.terminal import FastInput
from screens.widgets.listing import Listing, ListInput, ListRow

ALL = ""


class SlipView(Protocol):
    """A slip: its reference, fen."""

    @property
    def reference(self) -> str: ...  # noqa: D102 (its class says it)
    @property
    def amount(self) -> int: ...  # noqa: D102 (its class says it)


class SlipsView(Protocol):
    """The slips of one kind of tender, and their sum in fen."""

    @property
    def kind(self) -> str: ...  # noqa: D102 (as above)
    @property
    def name(self) -> Message: ...  # noqa: D102 (as above)
    @property
    def slips(self) -> Sequence[SlipView]: ...  # noqa: D102 (as above)
    @property
    def amount(self) -> int: ...  # noqa: D102 (its class says it)


class TickList(Dialog[dict[str, list[str]]]):
    """Answers the references that were not ticked, by kind. Enter ticks the marked slip and goes to the next; typed
    text finds one by its reference; the first line ticks all. F10 goes on."""

    BINDINGS: ClassVar = [Binding(YES, "yes", show=False, priority=True)]

    def __init__(self, title: Message, kinds: Sequence[SlipsView]) -> None:
        super().__init__()
        self._title, self._kinds = title, kinds
        self.ticked: set[tuple[str, str]] = set()
        self.listing = Listing((4, 30))
        self.entry = ListInput(self.listing)
        self._told = Lines((Message("\n"), ""))

    def compose(self) -> ComposeResult:
        """Heading, field, list, what is ticked so far, keys."""
        with Box(classes="-list"):
            yield Heading(self._title)
            yield self.entry
            yield self.listing
            yield self._told
            yield Lines((say("Enter ticks a slip that is in hand. F10: go on. Esc: no"), "dim"))

    def on_mount(self) -> None:
        """The whole list."""
        self._show("", 0)

    def _lines(self, text: str) -> Iterator[ListRow]:
        every = {(of.kind, slip.reference) for of in self._kinds for slip in of.slips}
        if not text:
            yield ListRow((_box(every <= self.ticked), say("All of them"), ""), ALL)
        for of in self._kinds:
            told = say("{tender}: {count} {count:slip|slips}", tender=of.name, count=len(of.slips))
            slips = [slip for slip in of.slips if text.casefold() in slip.reference.casefold()]
            if not text:
                yield ListRow(("", told, yuan(of.amount)), None, "strong")
            for slip in slips:
                key = (of.kind, slip.reference)
                yield ListRow((_box(key in self.ticked), slip.reference, yuan(slip.amount)), key)

    def _show(self, text: str, at: int) -> None:
        lines = list(self._lines(text))
        self.listing.show(lines)
        self.listing.at = min(at, max(len(lines) - 1, 0))
        self.listing.redraw()
        left = sum((of.kind, slip.reference) not in self.ticked for of in self._kinds for slip in of.slips)
        told = say("{n} {n:slip is|slips are} not ticked.", n=left) if left else say("Every slip is in hand.")
        self._told.show((told, "warn" if left else "good"))

    def on_input_changed(self, event: FastInput.Changed) -> None:
        """Find by reference."""
        event.stop()
        self._show(event.value.strip(), 0)

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """The marked line."""
        event.stop()
        self.listing.choose()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Tick it, or take the tick back; the next line is marked, and the whole list is there again."""
        event.stop()
        value, at, field = event.line.value, self.listing.at, self.entry
        if value == ALL:
            every = {(of.kind, slip.reference) for of in self._kinds for slip in of.slips}
            self.ticked = set() if every <= self.ticked else every
        elif value is not None:
            self.ticked ^= {value}
            at += 1
        if field.value:
            field.value = ""  # which shows the list anew
        else:
            self._show("", at)

    def action_yes(self) -> None:
        """Go on with what is ticked."""
        missing: dict[str, list[str]] = {}
        for of in self._kinds:
            lacking = [slip.reference for slip in of.slips if (of.kind, slip.reference) not in self.ticked]
            if lacking:
                missing[of.kind] = list(dict.fromkeys(lacking))
        self.finish(missing)

    def action_do(self, name: str) -> None:
        """Esc in an empty field gives up; other actions mean nothing here."""
        if name == "back":
            self.finish(None)


def _box(ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"
