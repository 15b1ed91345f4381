"""Document numbers accounted for 票据领用存 (catalogue M9): code by code, whose they are, each number, and its paper.

In a hall over its counters, at headquarters' office over all outlets; there they are received, handed out and asked
back as well, and each of that is seen in the account at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from boss_tui.answers.hall import NumberRun
from boss_tui.components.documents.number_accounts import FATE_NAMES, FATES, CodeAccount, NumberAccount
from boss_tui.components.documents.number_stock import printed_number
from data.characters import is_digits
from data.message import Message, say
from data.states import kind_name
from screens.dialogs.pick_list import pick
from screens.manage.acting import begin
from screens.meanings import ACTS, AGAIN, here
from screens.numbers import EachNumberScreen, NumbersScreen
from screens.preview import PreviewScreen
from screens.widgets.listing import Figure, ListRow
from screens.worked_out import WorkedOutScreen

M9 = "M9"
_WITH_PAPER = ("used", "void", "red")
_HEADS = (say("Received"), *{**FATE_NAMES, "red": say("Reds"), "missing": say("Gaps")}.values())
_FIGURES = (9, 9, 6, 5, 4, 4, 8)
"""Cells of the sums but the last."""


class NumberAccountsScreen(WorkedOutScreen[Sequence[CodeAccount]]):
    """Each code with its sums, and beneath it whose the numbers are. Enter: each number of them."""

    means = here(restore=AGAIN, list=ACTS)
    title_of = say("Document numbers accounted for")
    hint: ClassVar[Message] = say("A code, an outlet, a counter. Enter: each number. F4: move them. Yellow: gaps")
    empty: ClassVar[Message] = say("No numbers were handed down yet.")
    widths: ClassVar[tuple[int, ...]] = (17, *_FIGURES)

    def work(self) -> Sequence[CodeAccount]:
        """Code by code."""
        return self.desk.port.numbers.accounts()

    def rows(self, known: Sequence[CodeAccount]) -> Iterable[ListRow]:
        """The codes, each above its hands."""
        return (line for one in known for line in self._lines(one))

    def above(self, known: Sequence[CodeAccount], lines: Sequence[ListRow]) -> Sequence[ListRow]:  # noqa: ARG002
        """What each column is."""
        return [ListRow((say("Code"), *_figures(map(self.desk.words, _HEADS))), None, "head")] if lines else []

    def _lines(self, one: CodeAccount) -> Iterator[ListRow]:
        name = Message("{code} {kind}", {"code": one.code, "kind": kind_name(one.kind)})
        sums = (f"{n:,}" for n in (one.received, *map(one.total, FATES)))
        yield ListRow((name, *_figures(sums)), one, "" if one.is_whole else "warn")
        for line in one.lines:
            whose = _whose(line)
            pieces = _figures(("", *(f"{n:,}" if (n := getattr(line, fate)) else "" for fate in FATES)))
            tone = "warn" if line.gaps else "dim"
            yield ListRow((Message("  {whose}", {"whose": whose or say("Headquarters")}), *pieces), line, tone)

    async def do_list(self) -> None:
        """At the office: numbers are received, handed to an outlet, asked back. In a hall: what is done by range."""
        here = self.listing.marked
        value = here.value if here is not None else None
        if self.desk.state is None or not self.desk.state.is_office:
            code = value.code if isinstance(value, CodeAccount | NumberAccount) else ""
            await self.desk.push_screen(NumbersScreen(code))
            return
        acts = await self.desk.call(self.desk.port.acting.acts, M9)
        lines = [ListRow((act.says,), act) for act in acts if not act.is_careful]
        careful = [ListRow((act.says,), act) for act in acts if act.is_careful]
        act = await self.desk.ask(pick(say("What can be done"), lines, careful))
        if act is not None:
            await begin(self.desk, M9, act, known=await self._known(value))

    async def _known(self, value: object) -> dict[str, str]:
        """What the marked line says of numbers that are moved: their kind, code and outlet, and one of them that is
        left there."""
        if not isinstance(value, CodeAccount | NumberAccount):
            return {}
        known = {"kind": value.kind, "code": value.code}
        if isinstance(value, NumberAccount) and value.outlet:
            runs = await self.desk.call(self.desk.port.numbers.runs_in, value)
            left = next((run.first for run in runs if run.fate == "unused"), None)
            known |= {"outlet": value.outlet, "number": "" if left is None else printed_number(value.code, left)}
        return known

    async def chosen(self, line: ListRow) -> None:
        """Each number of one pair of hands; of a code what is wrong with it, or where nothing is, of its only hands."""
        if isinstance(line.value, NumberAccount):
            await self._each_of(line.value)
        elif isinstance(line.value, CodeAccount):
            wrong = [
                *(NumberRun(first, last, "missing") for first, last in line.value.gaps),
                *(NumberRun(first, last, "unknown") for first, last in line.value.unexplained),
            ]
            if wrong:
                await self.desk.push_screen(HandsScreen(line.value.kind, line.value.code, "", wrong))
            elif len(line.value.lines) == 1:
                await self._each_of(line.value.lines[0])
            else:
                self.tell(say("Every number of {code} is accounted for.", code=line.value.code))

    async def _each_of(self, hands: NumberAccount) -> None:
        runs = await self.desk.call(self.desk.port.numbers.runs_in, hands)
        await self.desk.push_screen(HandsScreen(hands.kind, hands.code, _whose(hands), runs))


def _figures(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(Figure, told))


def _whose(line: NumberAccount) -> str:
    """Whose numbers they are: an outlet's, or a counter's there; empty: headquarters'."""
    return "/".join(filter(None, (line.outlet, line.counter)))


class HandsScreen(EachNumberScreen):
    """What became of every number of a code in one pair of hands. Enter: its paper."""

    hint: ClassVar[Message] = say("Type a number of 8 digits, or a word. Enter: the paper of that number.")

    def __init__(self, kind: str, code: str, whose: str, runs: Sequence[NumberRun]) -> None:
        super().__init__(say("{code} {whose}", code=code, whose=whose), runs)
        self._kind, self._code = kind, code

    async def chosen(self, line: ListRow) -> None:
        """The paper of the number that was typed, or of the only one."""
        run: NumberRun = line.value
        typed = self.entry.value.strip()
        number = int(typed) if len(typed) == 8 and is_digits(typed) else run.first
        if run.fate not in _WITH_PAPER:
            self.tell(say("These numbers have no paper."), "warn")
        elif run.pieces > 1 and number == run.first and not typed:
            self.tell(say("Type which of them, in 8 digits."), "warn")
        else:
            paper = await self.desk.call(self.desk.port.numbers.paper, self._kind, self._code, number)
            title = say("{kind} {number}", kind=kind_name(paper.kind), number=paper.number)
            await self.desk.push_screen(PreviewScreen(title, (paper,), reprint=False))
