"""The home prompt: a code and its data (`C1`, `kh`, 开户, `C2 13812345678`), anything that can be found, or a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.components.operators.grades import SUPERVISORS
from data.errors import NotAllowed
from data.message import Message, first_of, say
from screens.actions import ACTIONS, Action
from screens.dialogs.dialog import Lines
from screens.find import hit_line, open_hit
from screens.list_screen import ListScreen
from screens.matching import kept_fits, known_by, matches
from screens.meanings import AGAIN, NOTHING, Meaning, here
from screens.widgets.listing import ListInput, ListRow

if TYPE_CHECKING:
    from boss_tui.desk.editing import FirstLook
    from boss_tui.desk.managed import EntityView
    from screens.ports.signing import BusinessView

_OFFLINE = {
    "allowed": Message(""),
    "up_to_amount": say("without link: up to an amount"),
    "form_only": say("without link: form only"),
    "refused": say("not without link"),
}
_FIND_FROM = 3  # cells, so two Chinese characters; less fits half the province


def _parted(text: str) -> tuple[str, str]:
    """The first word of a line, and what stands behind it."""
    word, _, rest = text.replace("\u3000", " ").strip().partition(" ")
    return word, rest.strip()


def _first_look(look: FirstLook) -> Iterator[tuple[Message, str]]:
    """What a manager has to see to, a line each; what comes into force next."""
    if look.waiting:
        yield say("{n} {n:edition waits|editions wait} for you: manage (gl)", n=look.waiting), "warn"
    if look.reviews:
        yield say("{n} {n:emergency|emergencies} to be reviewed: manage (gl)", n=look.reviews), "warn"
    if look.overdue:
        yield say("{n} {n:emergency|emergencies} not reviewed in time: manage (gl)", n=look.overdue), "warn"
    if look.exceptions:
        told = say("{n} {n:exception|exceptions} of outlets to be decided: exceptions (yc)", n=look.exceptions)
        yield told, "warn"
    if look.back:
        yield say("{n} of your editions came back: rejected, overtaken or failed", n=look.back), "warn"
    if look.rights:
        yield (
            say("Rights of {n} {n:person|people} to be confirmed: M7, F4, review of rights", n=look.rights),
            "warn",
        )
    if look.drafts:
        yield say("Your drafts: {n} (F10)", n=look.drafts), ""
    for e in look.soon:
        yield say("From {day}: edition {number}, {title}", day=e.counts_from, number=e.number, title=e.title), "good"


_AT_THE_OFFICE = here(restore=AGAIN, complete=Meaning(say("Draft"), say("Your draft, to go on with")))


class Prompt(ListInput):
    """The prompt keeps what was entered; Ctrl+Up and Ctrl+Down bring it back."""

    BINDINGS: ClassVar = [
        Binding("ctrl+up,alt+up", "history(-1)", show=False),
        Binding("ctrl+down,alt+down", "history(1)", show=False),
    ]
    history: list[str]
    _place = 0

    def remember(self, text: str) -> None:
        """Keep a line that was entered."""
        if text.strip():
            self.history[:] = [*[line for line in self.history if line != text][-49:], text]
        self._place = len(self.history)

    def action_history(self, step: int) -> None:
        """An earlier line, or a later one."""
        self._place = max(0, min(len(self.history), self._place + step))
        self.value = self.history[self._place] if self._place < len(self.history) else ""
        self.cursor_position = len(self.value)

    def action_clear(self) -> None:
        """Nothing typed; a second time the customer goes out of view, or the prompt over a screen is left."""
        if self.value:
            self.value = ""
        else:
            self.screen.action_do("next" if type(self.screen) is HomeScreen else "back")  # type: ignore[attr-defined]  # a desk's screen


class HomeScreen(ListScreen):
    """Where every customer begins. `typed` is what the prompt begins with."""

    title_of = say("What is to be done?")
    is_first = True
    hint: ClassVar[Message] = say("Code, initials or word, with data: C1 / kh / C2 13812345678. Or a name, number")
    widths: ClassVar[tuple[int, ...]] = (5, 26, 22)

    def __init__(self, typed: str = "", history: list[str] | None = None) -> None:
        super().__init__(typed)
        self.entry = Prompt(self.listing, id="entry")
        self.entry.history = history if history is not None else []
        self._businesses: Sequence[BusinessView] = ()
        self._kept: Sequence[EntityView] | None = None
        self._said_left = Message("")
        self._drafts = 0

    def parts(self) -> ComposeResult:
        """What who signed on is told, above the rest."""
        self.greeting = Lines(*(self.desk.greeting if type(self) is HomeScreen else ()))
        yield self.greeting
        yield from super().parts()

    def on_mount(self) -> None:
        """Say what was left in the middle here, when the program or the power ended."""
        super().on_mount()
        if type(self) is HomeScreen:
            self.desk.flow(self._unfinished())

    @property
    def _is_office(self) -> bool:
        """Whether this is headquarters' own station."""
        return self.desk.state is not None and self.desk.state.is_office

    @property
    def _supervises(self) -> bool:
        """Whether who works here is one whose word clerks need: late work goes to them."""
        return self.desk.state is not None and self.desk.state.grade in SUPERVISORS

    def advice(self) -> Message:
        """No customer is served at the office."""
        return (
            say("A row or a word: M6 / price. gl: all that is kept, and the editions") if self._is_office else self.hint
        )

    def on_screen_resume(self) -> None:
        """One of them may have been taken up; what waits for a supervisor or a manager may have been done."""
        if self._said_left != Message("") or (self._supervises and type(self) is HomeScreen):
            self.desk.flow(self._unfinished())

    async def _unfinished(self) -> None:
        await self._to_decide()
        left = sum(form.unfinished for form in await self.desk.call(self.desk.port.held.forms))
        said = self.said_last[0]
        if left:
            self._said_left = say("Forms that were left unfinished: {n}. F6 takes them up again.", n=left)
            self.tell(self._said_left, "warn")
        elif said == self._said_left:
            self.tell(Message(""))
            self._said_left = Message("")

    async def _to_decide(self) -> None:
        """What waits for whoever works here, and at the office what is to come, stand above all."""
        late = [*await self._late_work(), *await self._left_to_others()] if self._supervises else []
        if not self._is_office:
            self.greeting.show(*self.desk.greeting, *late)
            return
        look = await self.desk.call(self.desk.port.editions.first_look)
        self._drafts = look.drafts
        self.means = _AT_THE_OFFICE
        self.redraw_frame()
        told = [*_first_look(look), *late]
        if self.desk.state is not None and not self.desk.state.business_date:
            told.append((say("No business day is open: open it first (qt)."), "warn"))
        elif look.behind:
            later = say("Today is {day}, a later date than is open here: qt, 1 goes on to it", day=look.behind)
            told.append((later, "warn"))
        self.greeting.show(*self.desk.greeting, *told)

    async def do_complete(self) -> None:
        """One's own draft, to go on with; of several, all editions."""
        drafts = await self.desk.call(self.desk.port.managing.drafts)
        if len(drafts) == 1:
            await self.desk.place("edition", drafts[0].id)
        else:
            await self.desk.place("editions")

    async def _late_work(self) -> list[tuple[Message, str]]:
        """What has gone to whoever works here since it is late."""
        late, of_some = await self.desk.call(self.desk.port.work_by_hand.overdue)
        told = say("{n} manual {n:work order is|work orders are} late and a task of yours: manual (rggd)", n=late)
        if of_some:
            told = say("Of the manual work orders that are open longest: {told}", told=told)
        return [(told, "warn")] if late else []

    async def _left_to_others(self) -> list[tuple[Message, str]]:
        """What people who work here no more have left that somebody must see to, a line for each of them."""
        where = say("M7, F4: what they still hold") if self._is_office else say("staff, F4")
        return [
            (
                say(
                    "{staff_no} {name} works here no more; still to be seen to: {what} ({where})",
                    staff_no=each.staff_no,
                    name=each.name,
                    what=first_of([held.what for held in each.left], apart=True),
                    where=where,
                ),
                "warn",
            )
            for each in await self.desk.call(self.desk.port.personnel.leavers)
        ]

    async def load(self, text: str) -> Sequence[ListRow]:
        """Businesses, places, and from three characters on what the desk finds."""
        if not self._businesses:
            self._businesses = await self.desk.call(self.desk.port.signing.businesses)
        word, rest = _parted(text)
        lines = [*self._of_businesses(word, rest), *await self._of_management(word), *self._of_actions(word)]
        lines.sort(key=lambda line: line.style != "strong")  # a whole word is meant, whoever's it is
        exact = bool(lines) and lines[0].style == "strong"
        if cell_len(text.strip()) >= _FIND_FROM and not exact:
            lines += [hit_line(hit) for hit in await self.desk.call(self.desk.port.finding.find, text.strip())]
        return lines

    def _of_businesses(self, word: str, rest: str) -> list[ListRow]:
        ranked = [(matches(word, b.code, *b.aliases), b) for b in self._businesses]
        fitting = sorted((pair for pair in ranked if pair[0]), key=lambda pair: -pair[0])
        return [
            ListRow(self._cells(b), (b, rest), "strong" if rank == 3 else "" if b.allowed else "off")
            for rank, b in fitting
        ]

    def _cells(self, business: BusinessView) -> tuple[str | Message, ...]:
        """Code, name, how it is typed too, and what stands in its way."""
        known = known_by(business.aliases, self.desk.words.language, self.desk.words(business.label))
        note = Message("") if self.desk.queues.headquarters else _OFFLINE[business.offline]
        return business.code, business.label, known, note if business.allowed else say("not for your role")

    async def _of_management(self, word: str) -> list[ListRow]:
        """What managers keep, by its code or what it is called; there is nothing of the kind but at the office."""
        if self._kept is None:
            self._kept = await self._managed()
        ranked = sorted(((kept_fits(word, kept), kept) for kept in self._kept), key=lambda pair: -pair[0])
        return [
            ListRow((kept.name.partition("/")[0], kept.says, kept.name), kept, "strong" if rank == 3 else "")
            for rank, kept in ranked
            if rank
        ]

    async def _managed(self) -> Sequence[EntityView]:
        if self.desk.state is None or self.desk.state.grade != "manager":
            return ()
        try:
            return await self.desk.call(self.desk.port.managing.entities)
        except NotAllowed:  # a manager at a hall
            return ()

    def _of_actions(self, word: str) -> list[ListRow]:
        if not word:
            return []
        offered = filter(self.desk.offers, ACTIONS)
        ranked = ((max(matches(word, *action.words), self._named(word, action)), action) for action in offered)
        return [
            ListRow(("", action.label, action.tooltip), action, "strong" if rank == 3 else "")
            for rank, action in ranked
            if rank
        ]

    def _named(self, word: str, action: Action) -> int:
        """How well a word fits what a place is called, and the words that open it, within them: one or two letters are
        initials, and no word."""
        said = self.desk.words(action.label), *action.words
        return min(matches(word, *said), 2) if not word.isascii() or len(word) >= _FIND_FROM else 0

    async def chosen(self, line: ListRow) -> None:
        """Open it with the rest of the line as its data."""
        self.tell(Message(""))
        word, _ = _parted(self.entry.value)
        if type(self) is HomeScreen and self.desk.greeting:
            self.desk.greeting = ()
            self.greeting.show()
        if isinstance(self.entry, Prompt):
            self.entry.remember(self.entry.value)
        self.entry.value = ""
        if isinstance(line.value, Action):
            await self.desk.act(line.value.name)
        elif hasattr(line.value, "may_change"):
            from screens.manage.entities import open_entity

            await open_entity(self.desk, line.value.name)
        elif isinstance(line.value, tuple):
            business, rest = line.value
            said = await self.desk.call(self.desk.port.forms.said, business.code, word, rest)
            await self.desk.open(business.code, dict(said))
        else:
            await open_hit(self.desk, line.value)

    def why_not(self, name: str) -> Message | None:
        """Home is where one comes back to; a draft of one's own is opened where there is one."""
        if name == "complete" and not self._drafts:
            return NOTHING
        if name == "back":
            return say("This is home. Ctrl+Q ends the program.")
        return super().why_not(name)

    async def do_hold(self) -> None:
        """Take up a form that was put aside."""
        await self.desk.place("held")

    async def do_palette(self) -> None:
        """Narrowed by what stands in the prompt, which is empty then; Ctrl+Up brings it back."""
        typed = self.entry.value
        await self.do_go()
        await self.desk.do_palette(typed)

    async def do_go(self) -> None:
        """Already here: an empty prompt, as anywhere; Ctrl+Up brings back what stood in it."""
        if isinstance(self.entry, Prompt):
            self.entry.remember(self.entry.value)
        self.entry.value = ""
        self.set_focus(self.entry)


class GoScreen(HomeScreen):
    """The prompt over another screen, which is there again when what was opened here is done."""

    async def chosen(self, line: ListRow) -> None:
        """Make room for what is opened."""
        await self.desk.pop_screen()
        await super().chosen(line)

    def why_not(self, name: str) -> Message | None:
        """From here one can go back; it completes nothing."""
        if name == "complete":
            return NOTHING
        return super(HomeScreen, self).why_not(name)
