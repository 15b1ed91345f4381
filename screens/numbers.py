"""Document numbers 票据: whose they are, what the paper shows, what was spoiled, what goes back (catalogue M9)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, ClassVar

from boss_tui.answers.hall import NumberRange, NumberRun
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import yuan
from data.characters import is_digits
from data.errors import NotAllowed
from data.message import Message, say
from data.states import kind_name, state_name
from screens.dialogs.approval import Approval
from screens.dialogs.pick_list import Load, PickList
from screens.list_screen import ListScreen
from screens.local_form import ListedFormScreen
from screens.widgets.listing import ListRow

HALL = say("whole hall")
SUPERVISORS = {"supervisor", "manager"}
REASON = Ask(say("Reason"), "text", help=say("Why: it is kept on record."), width=40, length=80)
_TONES = {"void": "warn", "red": "warn", "unused": "dim", "returned": "dim"}


class SeenForm(Form):
    """What the paper shows."""

    number: Annotated[
        int, Ask(say("Number"), "digits", help=say("The number that the paper here shows next."), width=10, length=8)
    ]
    reason: Annotated[str, REASON] = ""


class VoidForm(Form):
    """Which are spoiled."""

    numbers: Annotated[
        str,
        Ask(
            say("Numbers"),
            "code",
            help=say("One, or the first and the last with a dash: 12345678-12345690."),
            width=20,
            length=17,
        ),
    ]
    reason: Annotated[str, REASON]


class IssueForm(Form):
    """To which counter, and how many."""

    counter: Annotated[
        str, Ask(say("Counter"), "code", help=say("Such as HZ0102; * for the whole hall."), width=8, length=12)
    ]
    pieces: Annotated[
        int, Ask(say("Pieces"), "digits", help=say("So many of those that come next; empty: all."), width=8, length=7)
    ] = 0


class ReturnForm(Form):
    """Why they go back."""

    reason: Annotated[str, REASON]


class AnewForm(Form):
    """Which paper was spoiled."""

    number: Annotated[
        str,
        Ask(
            say("Paper"), "code", help=say("Of today: its number as printed, or the last digits."), width=24, length=30
        ),
    ]
    reason: Annotated[str, REASON]


Do = Callable[[Any, str, str], Awaitable[Message]]
"""Does what a form says, with a supervisor's staff number and password where they were asked for; answers what was
done."""
Look = Callable[[Any], Awaitable[tuple[Any, tuple[Message, ...]]]]
"""Looks up what a form is about: the form with that in full, and what a supervisor is shown of it."""


class NumbersFormScreen(ListedFormScreen):
    """A small form about numbers; what the desk has against it stands beside its field, or asks a supervisor, who is
    shown all that it says: their word is for that."""

    typed_over: ClassVar[bool] = True

    def __init__(
        self,
        title: Message,
        form: type[Form],
        do: Do,
        look: Look | None = None,
        begun: Mapping[str, str] | None = None,
        lists: Mapping[str, Load] | None = None,
        box: type[Approval] = Approval,
    ) -> None:
        """`begun`: what stands in the fields at first. `lists`: what F4 lists, by field. `box`: asks who signs."""
        super().__init__(form.fields())
        self.title_of, self._form, self._do, self._look, self._begun = title, form, do, look, begun
        self._lists, self._box = lists or {}, box

    def on_mount(self) -> None:
        """What is known already, to be taken or typed over."""
        if self._begun:
            self.begin(self._begun)

    def list_of(self, name: str) -> Load | None:
        """As whoever opened the form has them."""
        return self._lists.get(name) or super().list_of(name)

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return self._form.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Do it."""
        done: list[Message] = []
        said: Any = None
        about: tuple[Message, ...] = ()

        async def do(staff_no: str = "", password: str = "") -> None:
            done.append(await self._do(said, staff_no, password))

        self.begin_anew()
        try:
            said = self._form.read(self.panel.values())
            said, about = await self._look(said) if self._look else (said, ())
            await do()
        except NotAllowed as refusal:
            if refusal.field != "approved_by":
                raise
            await self.desk.ask(self._box(do, (refusal.message,), (*about, *self._typed())))
        if done:
            await self.desk.pop_screen()
            self.desk.announce(done[0], "good")

    def _typed(self) -> tuple[Message, ...]:
        """Each field with what is in it, and what a code there is called."""
        values, notes = self.panel.values(), self.panel.notes
        filled = [(spec, values[spec.name]) for spec in self.panel.specs if values[spec.name]]
        return tuple(
            say("{label}: {value}", label=spec.ask.label, value=_with_name(text, notes.get(spec.name)))
            for spec, text in filled
        )


def _with_name(code: str, name: Message | None) -> Message | str:
    return code if name is None else Message("{code} {name}", {"code": code, "name": name})


class NumbersScreen(ListScreen):
    """The ranges of the outlet. Enter: every number of one, and what can be done with them."""

    title_of = say("Document numbers")
    hint: ClassVar[Message] = say("Which numbers are where. Enter: each number, issue, void, return.")
    empty: ClassVar[Message] = say("No numbers were handed down yet.")
    widths: ClassVar[tuple[int, ...]] = (12, 30, 10, 8, 8)

    async def load(self, text: str) -> Sequence[ListRow]:
        """The ranges that fit what is typed; those with something left first."""
        found = sorted(await self.desk.call(self.desk.port.numbers.ranges), key=lambda row: row.state != "open")
        lines = [self._line(row) for row in found]
        return [line for line in lines if line.holds(text)]

    def _line(self, row: NumberRange) -> ListRow:
        numbers = f"{row.code} {row.first:08d}-{row.last:08d}"
        where = row.counter or HALL
        left = say("{n} left", n=row.left) if row.state == "open" else state_name(row.state)
        tone = "" if row.state == "open" else "dim"
        return ListRow((kind_name(row.kind), numbers, where, f"{row.next:08d}", left), row, tone)

    async def chosen(self, line: ListRow) -> None:
        """What can be done."""
        row: NumberRange = line.value
        title = say("{code} from {first}", code=row.code, first=f"{row.first:08d}")
        ways = [ListRow((say("Every number: what became of it"),), "each"), *self._ways(row)]

        async def load(text: str) -> list[ListRow]:
            return [line for line in ways if line.holds(text)]

        way = await self.desk.ask(PickList(title, load, widths=(64,)))
        if way == "each":
            runs = await self.desk.call(self.desk.port.numbers.runs_of, row.id)
            await self.desk.push_screen(EachNumberScreen(title, runs))
        elif way is not None:
            form, do = _ACTS[way]
            look = self.looked if way == "anew" else None
            await self.desk.push_screen(
                NumbersFormScreen(_TITLES[way], form, lambda said, *who: do(self, row, said, *who), look)
            )

    def _ways(self, row: NumberRange) -> list[ListRow]:
        """What this person can do with these numbers here and now."""
        state = self.desk.state
        mine = state is not None and row.counter == state.counter
        supervises = state is not None and state.grade in SUPERVISORS
        open_ = row.state == "open"
        may = {
            "seen": open_ and mine,
            "void": open_,
            "issue": open_ and supervises,
            "return": open_ and supervises,
            "anew": True,
        }
        return [ListRow((_TITLES[way],), way) for way, can in may.items() if can]

    async def seen(self, row: NumberRange, said: SeenForm, staff_no: str, password: str) -> Message:
        """The paper shows another number, or the one that was expected."""
        jumped = await self.desk.call(
            self.desk.port.numbers.seen, row.kind, said.number, said.reason, staff_no, password
        )
        if jumped:
            return say("Noted. Numbers that are void now: {n}", n=jumped)
        return say("Noted: {number} comes next.", number=f"{said.number:08d}")

    async def void(self, row: NumberRange, said: VoidForm, staff_no: str, password: str) -> Message:
        """Blanks were spoiled."""
        first, last = await self.desk.call(
            self.desk.port.numbers.void, row.id, said.numbers, said.reason, staff_no, password
        )
        return say("Void: {first} to {last}.", first=f"{first:08d}", last=f"{last:08d}")

    async def issue(self, row: NumberRange, said: IssueForm, _staff_no: str, _password: str) -> Message:
        """To a counter, or back to the hall."""
        to = "" if said.counter == "*" else said.counter
        await self.desk.call(self.desk.port.numbers.issue, row.id, to, said.pieces)
        return say("They are with {counter} now.", counter=to.upper() or HALL)

    async def return_range(self, row: NumberRange, said: ReturnForm, _staff_no: str, _password: str) -> Message:
        """To headquarters."""
        await self.desk.call(self.desk.port.numbers.return_range, row.id, said.reason)
        return say("They are returned: none of them is used any more.")

    async def looked(self, said: AnewForm) -> tuple[AnewForm, tuple[Message, ...]]:
        """Which document the digits are of, in full."""
        paper = await self.desk.call(self.desk.port.numbers.spoiled, said.number)
        whole = said.model_copy(update={"number": paper.number})
        what = say("{kind} {number}", kind=kind_name(paper.kind), number=paper.number)
        of = say(
            "Order {serial}, {customer}, {yuan} yuan",
            serial=paper.serial,
            customer=paper.customer or "-",
            yuan=yuan(paper.amount),
        )
        return whole, (what, of)

    async def anew(self, _row: NumberRange, said: AnewForm, staff_no: str, password: str) -> Message:
        """A printed paper was spoiled."""
        paper = await self.desk.call(self.desk.port.numbers.print_anew, said.number, said.reason, staff_no, password)
        return say("It is printed again as {number}; the old number is void.", number=paper.number)


_TITLES = {
    "seen": say("Check the number that the paper here shows"),
    "void": say("Blanks are spoiled: make numbers void"),
    "issue": say("Give them to a counter"),
    "return": say("Return them to headquarters"),
    "anew": say("A spoiled paper: print it under the next number"),
}
_ACTS: dict[str, tuple[type[Form], Callable[..., Awaitable[Message]]]] = {
    "seen": (SeenForm, NumbersScreen.seen),
    "void": (VoidForm, NumbersScreen.void),
    "issue": (IssueForm, NumbersScreen.issue),
    "return": (ReturnForm, NumbersScreen.return_range),
    "anew": (AnewForm, NumbersScreen.anew),
}


class EachNumberScreen(ListScreen):
    """What became of every number of a range, in runs."""

    hint: ClassVar[Message] = say("Every number is accounted for. Type to narrow.")
    widths: ClassVar[tuple[int, ...]] = (20, 8, 16)

    def __init__(self, title: Message, runs: Sequence[NumberRun]) -> None:
        super().__init__()
        self.title_of, self._runs = title, runs

    async def load(self, text: str) -> Sequence[ListRow]:
        """The runs that hold a number, or fit a word."""
        lines = [self._line(run) for run in self._runs]
        sought = text.strip().casefold()
        if len(sought) == 8 and is_digits(sought):
            return [line for line in lines if line.value.first <= int(sought) <= line.value.last]
        return [line for line in lines if line.holds(text)]

    def _line(self, run: NumberRun) -> ListRow:
        numbers = f"{run.first:08d}" if run.pieces == 1 else f"{run.first:08d}-{run.last:08d}"
        return ListRow((numbers, str(run.pieces), state_name(run.fate), run.reason), run, _TONES.get(run.fate, ""))

    async def chosen(self, line: ListRow) -> None:
        """In full."""
        if line.value.reason:
            self.tell(Message("{text}", {"text": line.value.reason}))
