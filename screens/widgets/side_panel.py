"""What stands beside a form: what the rules say, what the clerk must know, what is reserved, and the price."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.cells import cell_len

from boss_tui.answers.business import AskedView, DraftView, Held, Quote, QuoteLine
from boss_tui.forms.typed import yuan
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
    "change": ("-  ", "warn"),
    "notice": ("!  ", "warn"),
    "prompt": ("?  ", "warn"),
    "script": ('"  ', "strong"),
    "recommendation": ("+  ", "good"),
}
_HELD = {
    "number": say("number"),
    "sim": say("SIM"),
    "handset": say("handset"),
    "card": say("recharge card"),
}


class QuoteTable(Drawn):
    """The price, line by line. Shared by the side panel, the tender panel and the outcome."""

    def __init__(self, quote: Quote, sums: bool = True) -> None:
        """`sums`: whether the sums stand below; they don't where they are shown beside."""
        super().__init__()
        self.quote, self._sums = quote, sums

    def rows(self, width: int) -> list[Row]:
        """A line each, then the sums."""
        return quote_rows(self.quote, width, self.words, self._sums)


def quote_rows(quote: Quote, width: int, words: Callable[[Message | str], str], sums: bool) -> list[Row]:
    """The rows of a price."""
    rows = [row for line in quote.lines for row in _line_rows(line, width, words)]
    rows += [[(" " + piece, "warn")] for term in quote.terms for piece in wrapped(words(term), width - 2)]
    if not sums:
        return rows
    if quote.monthly:
        rows.append([(_sum(words(say("A month")), quote.monthly, width), "dim")])
    return [*rows, [(_sum(words(say("To pay now")), quote.due, width), "strong")]]


def _line_rows(line: QuoteLine, width: int, words: Callable[[Message | str], str]) -> list[Row]:
    unit = words(say("/month")) if line.monthly else ""
    amount = yuan(line.amount) + unit
    *above, last = wrapped(words(line.label), width - 15)
    rows: list[Row] = [[(" " + piece, "")] for piece in above]
    rows.append([(fit(" " + last, width - 14) + right(amount, 14), "")])
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
        """The worst first, the price, then what is to be said."""
        rows: list[Row] = []
        reasons = sorted(self.draft.qualification.reasons, key=lambda r: ("no", "override", "yes").index(r.verdict))
        for reason in reasons:
            rows += self._marked(*_VERDICTS[reason.verdict], reason.message, width)
        for asked in self.draft.asked:
            rows += self._asked(asked, width)
        notices = self.draft.notices
        for notice in (n for n in notices if n.kind == "change"):  # what is lost is read before what it might save
            rows += self._marked(*_KINDS["change"], notice.text, width)
        for message, style in self.extra:
            rows += self._marked("   ", style, message, width)
        said: list[Row] = []
        for notice in (n for n in notices if n.kind != "change"):
            said += self._marked(*_KINDS.get(notice.kind, _KINDS["notice"]), notice.text, width)
        for held in self.draft.held:
            said += self._held(held, width)
        price = self._price(width)
        return [*price, *rows, *said] if self.detailed else [*rows, *price, *said]  # asked for: it comes first

    def _asked(self, asked: AskedView, width: int) -> list[Row]:
        """A service: that it is being asked, that it agrees, or that it can't be asked; what it has against it stands
        among the reasons."""
        if asked.state == "asking":
            return self._marked(".. ", "strong", say("Asking: {name}", name=asked.name), width)
        if asked.state == "":
            return self._marked("!  ", "warn", say("{name}: {words}", name=asked.name, words=asked.words), width)
        return self._marked(*_VERDICTS["yes"], asked.name, width) if asked.state == "yes" else []

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
        if not self.draft.quote.lines or not (self.detailed or self.screen.has_class("-wide")):
            return []
        return [*quote_rows(self.draft.quote, width - 1, self.words, sums=False), [("", "")]]


class PriceLine(Drawn):
    """What is always seen of the price, below what scrolls: its sums; and how much more there is to scroll to."""

    def __init__(self, more: Callable[[], int]) -> None:
        """`more`: how many lines are below those that are shown."""
        super().__init__()
        self.quote = Quote()
        self._more = more

    def show(self, quote: Quote) -> None:
        """Show the sums of this price."""
        self.quote = quote
        self.redraw(layout=True)

    def rows(self, width: int) -> list[Row]:
        """One line where there is little room; with more of it the sums stand below each other."""
        more = self._more()
        below = self.words(say("PgDn: {n} more", n=more)) if more else ""
        if not self.screen.has_class("-wide"):
            told = self.words(self._told()) if self.quote.lines else ""
            room = width - cell_len(below)
            return [[(fit(told, room), "strong"), (below, "warn")]]
        return [[(fit(below, width), "warn")], *(self._sums(width) if self.quote.lines else [])]

    def _told(self) -> Message:
        told = say("{sum} {due}", sum=self._sum_of(), due=yuan(abs(self.quote.due)))
        if not self.quote.monthly:
            return say("{told}. F9: line by line", told=told)
        return say("{told}, a month {monthly}. F9: line by line", told=told, monthly=yuan(self.quote.monthly))

    def _sum_of(self) -> Message:
        """What the sum of the lines is: it may be the customer who gets it."""
        return say("To give back now") if self.quote.due < 0 else say("To pay now")

    def _sums(self, width: int) -> list[Row]:
        monthly = [[(_sum(self.words(say("A month")), self.quote.monthly, width), "dim")]] if self.quote.monthly else []
        return [*monthly, [(_sum(self.words(self._sum_of()), abs(self.quote.due), width), "strong")]]
