"""What stands beside a form: what the rules say, what the clerk must know, what is reserved, and the price."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from boss_tui.answers import DraftView, Held, Quote, QuoteLine
from boss_tui.forms import yuan
from data.clock import moment
from data.message import Message, say
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, right, wrapped

_NO = say("NO")
_VERDICTS: dict[str, tuple[str | Message, str]] = {
    "yes": ("OK ", "good"),
    "override": ("?  ", "warn"),
    "no": (_NO, "error"),
}
_KINDS = {
    "notice": ("!  ", "warn"),
    "prompt": ("?  ", "warn"),
    "script": ('"  ', "strong"),
    "recommendation": ("+  ", "good"),
}
_HELD = {
    "number": say("number"),
    "sim": say("SIM"),
    "handset": say("handset"),
    "card": say("card"),
}


class QuoteTable(Drawn):
    """The price, line by line. Shared by the side panel, the tender panel and the outcome."""

    def __init__(self, quote: Quote = Quote()) -> None:  # noqa: B008 (a frozen value)
        super().__init__()
        self.quote = quote

    def show(self, quote: Quote) -> None:
        """Show this price."""
        self.quote = quote
        self.redraw(layout=True)

    def rows(self, width: int) -> list[Row]:
        """A line each, then the sums."""
        return quote_rows(self.quote, width, self.words)


def quote_rows(quote: Quote, width: int, words: Callable[[Message | str], str]) -> list[Row]:
    """The rows of a price."""
    rows = [row for line in quote.lines for row in _line_rows(line, width, words)]
    if quote.monthly:
        rows.append([(_sum(words(say("A month")), quote.monthly, width), "dim")])
    return [*rows, [(_sum(words(say("To pay now")), quote.due, width), "strong")]]


def _line_rows(line: QuoteLine, width: int, words: Callable[[Message | str], str]) -> list[Row]:
    unit = words(say("/month")) if line.monthly else ""
    amount = yuan(line.amount) + unit
    rows: list[Row] = [[(fit(" " + words(line.label), width - 14) + right(amount, 14), "")]]
    if line.discount != Message("") or line.list_amount != line.amount:
        why = line.discount if line.discount != Message("") else say("Reduced")
        said = words(say("{why}  (list price {amount})", why=why, amount=yuan(line.list_amount)))
        rows.append([(fit("   " + said, width), "dim")])
    return rows


def _sum(label: str, amount: int, width: int) -> str:
    return fit(label, width - 14) + right(yuan(amount), 14)


class SidePanel(Drawn):
    """Reasons, notices, reservations and price of a draft. `now` tells the time; `detailed`: the price in lines."""

    def __init__(self, draft: DraftView, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.draft = draft
        self.detailed = False
        self.extra: list[tuple[Message, str]] = []
        self._now = now

    def on_mount(self) -> None:
        """The minutes that are left go down."""
        self.set_interval(20, self._tick)

    def _tick(self) -> None:
        if self.draft.held:
            self.redraw()

    def show(self, draft: DraftView, extra: list[tuple[Message, str]]) -> None:
        """Show this draft, and what its screen adds."""
        if (draft, extra) != (self.draft, self.extra):
            self.draft, self.extra = draft, extra
            self.redraw(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The worst first."""
        rows: list[Row] = []
        reasons = sorted(self.draft.qualification.reasons, key=lambda r: ("no", "override", "yes").index(r.verdict))
        for reason in reasons:
            rows += self._marked(*_VERDICTS[reason.verdict], reason.message, width)
        for notice in self.draft.notices:
            rows += self._marked(*_KINDS.get(notice.kind, _KINDS["notice"]), notice.text, width)
        for message, style in self.extra:
            rows += self._marked("   ", style, message, width)
        for held in self.draft.held:
            rows += self._held(held, width)
        if self.detailed and not self.screen.has_class("-wide"):
            return self._price(width) + rows  # asked for: it comes first where there is little room
        return rows + self._price(width)

    def _marked(self, mark: str | Message, style: str, message: Message, width: int) -> list[Row]:
        lines = wrapped(self.words(message), width - 4)
        first = fit(self.words(mark), 3)
        return [[((first if n == 0 else "   ") + line, style)] for n, line in enumerate(lines)]

    def _held(self, held: Held, width: int) -> list[Row]:
        minutes = int((moment(held.until) - self._now()).total_seconds() // 60)
        what = _HELD.get(held.kind, Message(held.kind.replace("{", "")))
        if minutes < 0:
            message = say("The reservation of {what} {key} has ended: choose again.", what=what, key=held.key)
            return self._marked(_NO, "error", message, width)
        message = say("Reserved: {what} {key}, {minutes} min left", what=what, key=held.key, minutes=minutes)
        return self._marked("#  ", "warn" if minutes < 5 else "", message, width)

    def _price(self, width: int) -> list[Row]:
        quote = self.draft.quote
        if not quote.lines:
            return []
        if self.detailed or self.screen.has_class("-wide"):
            return [*quote_rows(quote, width - 1, self.words), [("", "")]]
        words = say("To pay now {due}, a month {monthly}. F9: line by line",
                    due=yuan(quote.due), monthly=yuan(quote.monthly))  # fmt: skip
        return self._marked("=  ", "strong", words, width)
