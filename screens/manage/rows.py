"""The list of a subject's rows: a filter line above, a cursor on row and column, marks, and what is done with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from data.errors import NotAllowed, NotFound
from data.message import Message, say
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import pick
from screens.manage.own_acts import own_acts
from screens.manage.paged import PagedScreen
from screens.meanings import ACTS, AGAIN, TRY, Meaning, here
from screens.terminal import FastInput
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.management.kit.acts import OfficeAct
    from boss_tui.management.kit.entity import Key
    from boss_tui.management.kit.subject import RuleRun

Do = Callable[[], Awaitable[None]]


class RowsScreen(PagedScreen):
    """A subject's rows. Enter works on one, F4 shows what can be done, F10 looks at the open draft."""

    means = here(
        restore=AGAIN,
        list=ACTS,
        hold=Meaning(say("Edits"), say("Editions: those that wait, and your own")),
        price=TRY,
        complete=Meaning(say("Draft"), say("The open draft, to be looked at and submitted")),
    )

    def help_sections(self) -> list[tuple[Message, Message]]:
        """What the list is, by its declaration."""
        from screens.manage.explained import of_rows

        return of_rows(self.name_of, self.entity, self._may_change)

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """Work on the row under the cursor."""
        event.stop()
        self.desk.flow(self._edit())

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
        await self.desk.push_screen(NewRowScreen(self.name_of, self.entity, typed, added=self.added))

    def added(self) -> None:
        """A row is made here, which the filter may hide: all are listed again, rows to come first."""
        if self.entry.value:
            with self.prevent(FastInput.Changed):
                self.entry.value = ""
            self.grid.at = 0

    async def _copy(self) -> None:
        from screens.manage.row import NewRowScreen

        if self.grid.here is not None:
            typed = await self.desk.call(self.desk.port.managing.copied, self.name_of, self.grid.here.key)
            await self.desk.push_screen(NewRowScreen(self.name_of, self.entity, typed, self.grid.here.key, self.added))

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
