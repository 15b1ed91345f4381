"""The list of a subject's rows: a filter line above, a cursor on row and column, marks, and what is done with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, say
from screens.dialogs.dialog import Lines
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import pick
from screens.frame import DeskScreen
from screens.manage.filter_line import FilterInput
from screens.manage.grid import Grid
from screens.manage.own_acts import own_acts
from screens.meanings import ACTS, AGAIN, TRY, Meaning, here
from screens.terminal import FastInput, refreshed
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.desk.managed import ListPage
    from boss_tui.management.kit.acts import OfficeAct
    from boss_tui.management.kit.entity import Entity, Key
    from boss_tui.management.kit.subject import RuleRun

_NO_SUCH = say("No row fits. Esc empties the filter.")
Do = Callable[[], Awaitable[None]]


class RowsScreen(DeskScreen):
    """A subject's rows. Enter works on one, F4 shows what can be done, F10 looks at the open draft."""

    means = here(
        restore=AGAIN,
        list=ACTS,
        hold=Meaning(say("Edits"), say("Editions: those that wait, and your own")),
        price=TRY,
        complete=Meaning(say("Draft"), say("The open draft, to be looked at and submitted")),
    )
    hint: ClassVar[Message] = say("Filter: word, column:value, amount>10, is:changing. Ins: mark. F4: more")

    def __init__(self, name: str, entity: Entity) -> None:
        super().__init__()
        self.name_of, self.entity = name, entity
        self.grid = Grid(entity)
        self.entry = FilterInput(id="entry")
        self.shown: ListPage | None = None
        self.as_of = ""
        self._counted, self._coming = ("", ""), ""
        self._loaded = False
        self._draft = ""

    def parts(self) -> ComposeResult:
        """Hint, filter, rows."""
        yield Lines((self.hint, "dim"))
        yield self.entry
        yield self.grid

    def heading(self) -> Message:
        """What is listed, as of when, how many, and how many are marked."""
        fit, every = self._counted
        told = say("{name} {says}", name=self.name_of, says=self.entity.says)
        if self.shown is not None:
            told = say("{told}, as of {day}: {n} {n:row|rows}", told=told, day=self.shown.day, n=every)
            if fit != every:
                told = say("{told}, {n} {n:fits|fit}", told=told, n=fit)
            if self._coming:
                told = say("{told}, {n} in open editions", told=told, n=self._coming)
        if self.grid.marked:
            told = say("{told}, {n} marked", told=told, n=len(self.grid.marked))
        if self.shown is not None and not self.shown.may_change:
            told = say("{told} [read only]", told=told)
        return told

    def help_sections(self) -> list[tuple[Message, Message]]:
        """What the list is, by its declaration."""
        from screens.manage.explained import of_rows

        return of_rows(self.name_of, self.entity, self._may_change)

    def on_mount(self) -> None:
        """The first page; keys wait for it from now on, or they would go to a list that has no rows yet."""
        self.desk.flow(self._open())

    async def _open(self) -> None:
        await refreshed(self)  # there is room then to know how long a page is
        await self.load()

    def on_screen_resume(self) -> None:
        """What was done meanwhile may have changed the rows."""
        if self._loaded:
            self.desk.flow(self.load(keep=True))

    def changed_beside(self) -> None:
        """An import has put rows into an edition."""
        self.on_screen_resume()

    def on_input_changed(self, event: FastInput.Changed) -> None:
        """Narrow."""
        event.stop()
        if not self.desk.gate.types_on:
            self.desk.flow(self.load())

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """Work on the row under the cursor."""
        event.stop()
        self.desk.flow(self._edit())

    # pages

    async def load(self, *, keep: bool = False, at: int = 0, **place: Any) -> None:
        """A page, and the count. keep: the same page again, the cursor where it is. A filter that is not understood is
        told, and the rows stay as they are."""
        at = self.grid.at if keep and self.shown is not None else at
        asked = {"sort": self._sort(), "as_of": self.as_of, "size": self.grid.page, **place}
        if self._is_office and (keep or not self._loaded):
            draft = await self.desk.call(self.desk.port.managing.at_hand, self.name_of)
            self._draft = draft.id if draft is not None else ""
        try:
            found = await self.desk.call(self.desk.port.managing.page, self.name_of, self.entry.value, **asked)
            if not place:
                fit, every = await self.desk.call(
                    self.desk.port.managing.count, self.name_of, self.entry.value, self.as_of, found.page
                )
                self._counted, self._coming = (str(fit), str(every)), found.how_many_come
        except BadForm as fault:
            self.tell(fault.message, "warn")
            return
        rows = (*found.coming, *found.page.rows)
        if not rows:
            self.tell(_NO_SUCH if self.entry.value.strip() else found.none_yet)
        elif self.said_last[0] in (_NO_SUCH, found.none_yet) or not keep:
            self.tell(Message(""))
        self.shown, self._loaded = found, True
        self.grid.show(rows, at, found.names)
        self.redraw_frame()

    def _sort(self) -> str:
        return f"{'-' if self.grid.falling else ''}{self.grid.sort}" if self.grid.sort else ""

    def action_move(self, by: int) -> None:
        """A row up or down; beyond the page the next one."""
        if self.grid.move(by):
            self.redraw_frame()
        else:
            self._turn(by, 0 if by > 0 else self.grid.page)

    def action_turn(self, by: int) -> None:
        """A page up or down."""
        self._turn(by, self.grid.at)

    def _turn(self, by: int, at: int) -> None:
        page = self.shown.page if self.shown else None
        if page is not None and by > 0 and page.after is not None:
            self.desk.flow(self.load(at=at, after=page.after))
        elif page is not None and by < 0 and page.before is not None:
            self.desk.flow(self.load(at=at, before=page.before))
        else:
            self.grid.show(self.grid.rows_shown, len(self.grid.rows_shown) if by > 0 else 0)

    def action_edge(self, to: int) -> None:
        """The first row of the list, or the last."""
        self.desk.flow(self.load(at=self.grid.page, last=True) if to > 0 else self.load())

    def action_column(self, by: int) -> None:
        """Another column under the cursor."""
        self.grid.move_column(by)

    def action_sort(self, falling: bool) -> None:
        """By the column under the cursor."""
        self.grid.sort, self.grid.falling = self.grid.columns[self.grid.column].name, falling
        self.desk.flow(self.load())

    def action_mark(self) -> None:
        """Mark the row, and go to the next."""
        self.grid.mark()
        self.redraw_frame()
        self.action_move(1)

    # what can be done

    @property
    def wanted(self) -> list[Key]:
        """The rows that are meant: those that are marked, else the one under the cursor."""
        if self.grid.marked:
            return sorted(self.grid.marked)
        return [self.grid.here.key] if self.grid.here else []

    async def do_list(self) -> None:
        """What can be done here. What ends rows stands apart, and asks."""
        is_stock, may_change = self.entity.stock is not None, self._may_change
        done = [*(self._of_stock() if is_stock else self._of_published()), (say("Jobs"), self._jobs)]
        key = self.grid.here.key if self.grid.here else None
        here = str(key[0]) if key else ""
        done[3:3] = own_acts(self, self.entity.name, here, self._is_office)
        acts = await self.desk.call(self.desk.port.acting.acts, self.name_of)
        done += [(act.says, partial(self._act, act, key)) for act in acts if not act.is_careful]
        of_rules = await self.desk.call(self.desk.port.row_files.run_of, self.name_of)
        if of_rules is not None and may_change:
            done.append((of_rules.says, partial(self._run, of_rules)))
        done += [(say("No marks"), self._unmark)] if self.grid.marked else []
        if self.grid.marked and not is_stock and may_change:
            done.append((say("Change all that are marked"), self._change_marked))
        lines = [ListRow((told,), do) for told, do in done]
        careful = [ListRow((act.says,), partial(self._act, act, key)) for act in acts if act.is_careful]
        if not is_stock and may_change:
            careful.append(ListRow((self.entity.ends,), self._end))
        if (do := await self.desk.ask(pick(say("What can be done"), lines, careful))) is not None:
            await do()

    def _of_published(self) -> list[tuple[Message, Do]]:
        """What can be done with published rows: what puts something into an edition, where that may be done here."""
        made = [(say("New row"), self._new), (say("Copy of this row"), self._copy)]
        looked = [
            (say("History of this row"), self._history),
            (say("What differs between two dates"), self._difference),
            (say("As of another date"), self._as_of),
        ]
        editions = [(say("Editions"), self._editions)] if self._is_office else []
        return [*(made if self._may_change else []), *looked, *self._files(), *editions]

    def _of_stock(self) -> list[tuple[Message, Do]]:
        from screens.manage.life import onward

        onwards = onward(self.desk, self.entity) if self._is_office else []
        return [(say("Life of this piece"), self._life), *self._files(), *onwards]

    def _files(self) -> list[tuple[Message, Do]]:
        return [(say("Into a file"), self._export), *([(say("From a file"), self._import)] if self._may_change else [])]

    @property
    def _may_change(self) -> bool:
        """Whether rows are changed here, by whoever looks."""
        return self.shown is not None and self.shown.may_change

    @property
    def _is_office(self) -> bool:
        """Whether editions are worked on here."""
        return self.desk.state is not None and self.desk.state.is_office

    def why_not(self, name: str) -> Message | None:
        """Editions are the office's."""
        if name in ("hold", "complete") and not self._is_office:
            return say("Editions are worked on at headquarters' office.")
        if name == "complete" and not (self._draft or self._adding()):
            return say("No edition is open: change a row first.")
        return super().why_not(name)

    async def do_restore(self) -> None:
        """Look again."""
        await self.load(keep=True)

    async def do_hold(self) -> None:
        """Editions: those that wait, and one's own."""
        await self._editions()

    async def do_complete(self) -> None:
        """The open draft, to be looked at and submitted."""
        from screens.manage.editions import EditionScreen

        self.tell(Message(""))  # what was told of the draft counts until it is looked at
        await self.desk.push_screen(EditionScreen(self._draft or self._adding()))

    def _adding(self) -> str:
        """The edition that is going to add the row under the cursor, of whatever subject; empty: none is."""
        pending = self.grid.here.pending if self.grid.here is not None else ()
        return next((each.edition for each in pending if each.op == "add"), "")

    async def do_price(self) -> None:
        """Try what would come of it."""
        from screens.manage.trying import try_out

        await try_out(self.desk, self.name_of, self.grid.here.key if self.grid.here is not None else None)

    async def _edit(self) -> None:
        from screens.manage.row import RowScreen

        if self.entity.stock is not None:
            await self._life()
        elif self.grid.here is not None:
            try:
                view = await self.desk.call(self.desk.port.managing.row, self.name_of, self.grid.here.key)
            except NotFound as fault:
                await self._show_adding(fault)
                return
            await self.desk.push_screen(RowScreen(self.name_of, self.entity, view, self.grid.chosen_column))

    async def _show_adding(self, fault: NotFound) -> None:
        """A row that is not there yet, and not in a draft of one's own: the edition that adds it, and that it does."""
        from screens.manage.editions import EditionScreen

        edition = self._adding()
        if not edition:
            raise fault
        await self.desk.push_screen(EditionScreen(edition, fault.message))

    async def _life(self) -> None:
        """What became of the piece under the cursor."""
        from screens.manage.life import LifeScreen

        if self.grid.here is not None:
            await self.desk.push_screen(LifeScreen(self.name_of, self.entity, self.grid.here.key))

    async def _new(self) -> None:
        from screens.manage.row import NewRowScreen

        typed = await self.desk.call(self.desk.port.managing.blank, self.name_of)
        await self.desk.push_screen(NewRowScreen(self.name_of, self.entity, typed))

    async def _copy(self) -> None:
        from screens.manage.row import NewRowScreen

        if self.grid.here is not None:
            typed = await self.desk.call(self.desk.port.managing.copied, self.name_of, self.grid.here.key)
            await self.desk.push_screen(NewRowScreen(self.name_of, self.entity, typed, self.grid.here.key))

    async def _change_marked(self) -> None:
        from screens.manage.row import MarkedScreen

        await self.desk.push_screen(MarkedScreen(self.name_of, self.entity, self.wanted))

    async def _unmark(self) -> None:
        self.grid.marked.clear()
        self.grid.redraw()
        self.redraw_frame()

    async def _end(self) -> None:
        """Rows end."""
        from screens.manage.drafting import end_rows

        told = await end_rows(self.desk, self.name_of, self.entity, self.wanted) if self.wanted else None
        if told is not None:
            self.grid.marked.clear()
            await self.load(keep=True)
            self.tell(say("{told} F10: look at it, submit it", told=told), "good")

    async def _history(self) -> None:
        from screens.manage.past import HistoryScreen

        if self.grid.here is not None:
            await self.desk.push_screen(HistoryScreen(self.name_of, self.entity, self.grid.here.key))

    async def _difference(self) -> None:
        from screens.manage.past import DifferenceScreen

        question = say("From which business date to which? Such as 20261101 20261201; one: until today.")
        typed = await self.desk.ask(OneLine(say("What differs between two dates"), question, needed=True))
        if typed:
            first, _, last = typed.strip().partition(" ")
            await self.desk.push_screen(DifferenceScreen(self.name_of, self.entity, first, last.strip()))

    async def _as_of(self) -> None:
        typed = await self.desk.ask(OneLine(say("As of another date"), say("Which business date? Empty: today's.")))
        if typed is None:
            return
        before, self.as_of = self.as_of, typed
        try:
            await self.load()
        except NotAllowed as fault:
            self.as_of = before
            self.tell(fault.message, "error")

    async def _export(self) -> None:
        from screens.manage.files import export

        await export(self.desk, self.name_of, self.entry.value, self._sort(), self.as_of)

    async def _import(self) -> None:
        from screens.manage.files import begin

        await begin(self.desk, self.name_of, self.entity)

    async def _act(self, act: OfficeAct, here: Key | None) -> None:
        from screens.manage.acting import begin

        await begin(self.desk, self.name_of, act, here, narrowed=self.entry.value)

    async def _run(self, of_rules: RuleRun) -> None:
        from screens.manage.jobs import run

        await run(self.desk, self.name_of, of_rules)

    async def _editions(self) -> None:
        from screens.manage.edition_list import EditionsScreen

        await self.desk.push_screen(EditionsScreen(self.name_of.partition("/")[0]))

    async def _jobs(self) -> None:
        from screens.manage.jobs import JobsScreen

        await self.desk.push_screen(JobsScreen())
