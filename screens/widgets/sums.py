"""What is due, what was handed over in which way, and the change, big enough to read aloud."""

from __future__ import annotations

from boss_tui.answers.business import Quote, Tender
from boss_tui.forms.typed import yuan
from data.message import Message, say
from data.tender_kinds import JIAO, REST, ROUNDING
from screens.widgets.drawn import Drawn
from screens.widgets.tender_form import Ways
from screens.widgets.text import Row, fit, right

_DIGITS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", " # ", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ".": (" ", " ", " ", " ", "#"),
    "-": ("   ", "   ", "###", "   ", "   "),
}


LEAST = 8
"""Rows that the sums have at least."""


def big(amount: int, style: str = "bar") -> list[Row]:
    """An amount in digits of five lines, drawn as blanks in reverse: every terminal has those."""
    rows: list[Row] = []
    for y in range(5):
        row: Row = []
        for c in yuan(amount):
            row += [("  ", style if dot == "#" else "") for dot in _DIGITS[c][y]]
            row.append((" ", ""))
        rows.append(row)
    return rows


class Sums(Drawn):
    """Due, handed over, and what is left or goes back: always all three. Where there is no room for every tender the
    earlier ones are summed up, and the change is not in big digits."""

    def __init__(self, quote: Quote, ways: Ways) -> None:
        super().__init__()
        self.due, self.monthly, self.ways = quote.due, quote.monthly, ways
        self.tenders: list[Tender] = []
        self.rest = 0
        """Fen of the change that stay in the customer's balance."""

    @property
    def left(self) -> int:
        """Fen still to come; negative is change."""
        return abs(self.due) + self.rest - sum(tender.amount for tender in self.tenders)

    @property
    def coinless(self) -> int:
        """Fen of the change that no coin pays."""
        return max(-self.left, 0) % JIAO

    @property
    def handed_over(self) -> list[Tender]:
        """The tenders that make up the amount, with what of the change stays in the balance."""
        return [*self.tenders, *([Tender(REST, self.rest)] if self.rest else [])]

    def clear(self) -> None:
        """Nothing has been handed over."""
        self.tenders.clear()
        self.rest = 0

    def unround(self) -> None:
        """Neither rounded nor kept: both are of the sums as they were."""
        self.tenders[:] = [tender for tender in self.tenders if tender.kind != ROUNDING]
        self.rest = 0

    def round_down(self) -> None:
        """What is still to come is rounded down to the jiao; of change, what is missing to the next jiao is given."""
        self.unround()
        if by := self.left % JIAO:
            self.tenders.append(Tender(ROUNDING, by))

    def keep_rest(self) -> None:
        """The fen of the change into the balance; once more: all of the change; once more: none."""
        had = self.rest
        self.unround()
        change, fen = max(-self.left, 0), self.coinless
        self.rest = fen if fen and not had else 0 if had == change else change

    def rows(self, width: int) -> list[Row]:
        """The sums, then the change in big digits."""
        title = say("To pay out") if self.due < 0 else say("Due")
        month = self.words(say("(a month {yuan})", yuan=yuan(self.monthly))) if self.monthly else ""
        ends = [self._sum(say("Handed over"), sum(t.amount for t in self.tenders), width)] * (len(self.tenders) > 1)
        height = self.content_size.height or LEAST
        kept = [self._sum(say("Into the balance"), self.rest, width)] * (self.rest > 0)
        ends = [*ends, *kept]
        rows: list[Row] = [
            [(self._sum(title, abs(self.due), width, month), "strong")],
            *([(line, "")] for line in self._handed(width, height - 2 - len(ends))),
            *([(line, "")] for line in ends),
        ]
        if self.left > 0:
            left = say("Still to pay out") if self.due < 0 else say("Still to pay")
            return [*rows, [(self._sum(left, self.left, width), "warn")]]
        rows.append([(self._sum(say("Change to give"), -self.left, width), "good")])
        digits = big(-self.left)
        return [*rows, *digits] if len(rows) + len(digits) <= height else rows

    def _handed(self, width: int, room: int) -> list[str]:
        """A line each, the latest last; the earlier ones in one line when there are more than room for."""
        lines = [self._sum(self.ways.name(t.kind), t.amount, width, t.reference) for t in self.tenders]
        if len(lines) <= room:
            return lines
        early = self.tenders[: len(lines) - room + 1]
        more = say("{n} more before", n=len(early))
        return [self._sum(more, sum(t.amount for t in early), width), *lines[len(early) :]]

    def _sum(self, label: Message, amount: int, width: int, more: str = "") -> str:
        return fit(f"{self.words(label)}  {more}", width - 14) + right(yuan(amount), 14)

    def on_resize(self) -> None:
        """There is room for more, or for less."""
        self.redraw()
