"""Editions on the screen: those that wait for me and one's own; one of them with each field before and after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from data.states import state_name
from screens.dialog import Confirm, Destroy
from screens.dialogs import OneLine, RefusedDialog
from screens.list_screen import ListScreen
from screens.manage.grid import named
from screens.manage.past import OPS, value_in_words
from screens.widgets.listing import ListRow
from screens.widgets.pick_list import pick

if TYPE_CHECKING:
    from boss_tui.desk.editing import EditionView
    from data.tables.edition import Edition

Do = Callable[[], Awaitable[None]]


class EditionsScreen(ListScreen):
    """Editions of a subject (of all, where none is named): first those that wait for whoever works here."""

    hint: ClassVar[Message] = say("!! waits for you. Enter: look at it. Type to narrow")
    widths: ClassVar[tuple[int, ...]] = (5, 4, 20, 10, 6)
    empty: ClassVar[Message] = say("There are no editions.")

    def __init__(self, subject: str = "") -> None:
        super().__init__()
        self.subject = subject

    def heading(self) -> Message:
        """Of which subject."""
        return say("Editions {subject}", subject=self.subject)

    async def load(self, text: str) -> Sequence[ListRow]:
        """What waits, what is to be reviewed, the rest."""
        port = self.desk.port.editions
        waiting, reviews = await self.desk.call(port.waiting), await self.desk.call(port.reviews)
        mine = {each.id for each in (*waiting, *reviews)}
        rest = [each for each in await self.desk.call(port.listed, "", self.subject) if each.id not in mine]
        return self.narrowed(
            [*(self._line(e, "!!") for e in (*waiting, *reviews)), *(self._line(e) for e in rest)], text
        )

    def _line(self, e: Edition, mark: str = "") -> ListRow:
        day = e.counts_from or e.effective_from or "-"
        over = e.state in ("withdrawn", "rejected", "stale", "failed")
        cells = (f"{mark}{e.number}", e.subject, state_name(e.state), day, e.author, e.title)
        return ListRow(cells, e, "warn" if mark else "off" if over else "")

    async def chosen(self, line: ListRow) -> None:
        """Look at one."""
        await self.desk.push_screen(EditionScreen(line.value.id))


class EditionScreen(ListScreen):
    """One edition: a line for each field that it changes. F10 submits one's own draft, or approves another's."""

    hint: ClassVar[Message] = say("F10: submit one's own, approve another's. F4: what else can be done")
    widths: ClassVar[tuple[int, ...]] = (24, 8, 16, 14)
    empty: ClassVar[Message] = say("Nothing is changed by it.")

    def __init__(self, edition: str) -> None:
        super().__init__()
        self.edition_id = edition
        self.view: EditionView | None = None

    def heading(self) -> Message:
        """Number, title, state, author, from when."""
        if self.view is None:
            return say("Edition")
        e = self.view.edition
        return say(
            "Edition {number} {title}: {state}, by {author}, from {day}",
            number=e.number,
            title=e.title,
            state=state_name(e.state),
            author=e.author,
            day=e.counts_from or e.effective_from or say("its approval"),
        )

    async def load(self, text: str) -> Sequence[ListRow]:
        """Each field before and after, and what moved meanwhile."""
        self.view = await self.desk.call(self.desk.port.editions.show, self.edition_id)
        self.redraw_frame()
        told = self.view.faults or tuple(self._met(self.view))
        if told:
            self.tell(told[0], "warn")
        return self.narrowed([self._line(d) for d in self.view.differences], text)

    def _met(self, view: EditionView) -> list[Message]:
        return [
            say(
                "Edition {number} of {author} ({state}) is at {row}, too: {columns}",
                number=met.edition.number,
                author=met.edition.author,
                state=state_name(met.edition.state),
                row=f"{met.table} {named(met.key)}",
                columns=", ".join(met.columns) or met.op,
            )
            for met in view.meetings
        ]

    def _line(self, d: Any) -> ListRow:
        entity = self._entity(d.table)
        column: Message | str = d.column
        before, after = str(d.before), str(d.after)
        if entity is not None and any(each.name == d.column for each in entity.columns):
            column = entity.column(d.column).label
            before, after = (value_in_words(entity, d.column, value) for value in (d.before, d.after))
        cells = (f"{d.table} {named(d.key)}", OPS[d.op], column, before, f"-> {after}")
        moved = d.stands not in (d.before, d.after)
        return ListRow(cells, d, "warn" if moved else "")

    def _entity(self, table: str) -> Any:
        from boss_tui.management import subjects

        try:
            return subjects.named(f"{self.view.edition.subject}/{table}")[1] if self.view else None
        except NotAllowed:
            return None

    async def chosen(self, line: ListRow) -> None:
        """What can be done with it."""
        del line  # of the edition as a whole
        await self.do_list()

    # what can be done

    @property
    def _mine(self) -> bool:
        state = self.desk.state
        return self.view is not None and state is not None and self.view.edition.author == state.staff_no

    async def do_list(self) -> None:
        """What can be done, by its state and by who looks."""
        if self.view is None:
            return
        state = self.view.edition.state
        done: list[tuple[Message, Do]] = []
        if self._mine and state in ("draft", "submitted", "rejected", "stale"):
            done += [(say("Title, reason, date"), self._describe), (say("Base it on what stands now"), self._rebase)]
            done += [(say("Take this line out"), self._drop)]
        if state == "submitted" and not self._mine:
            done.append((say("Reject"), self._reject))
        if state == "in_force":
            done.append((say("Roll back"), self._roll_back))
            if self.view.edition.emergency and not self.view.edition.reviewed_at:
                done.append((say("Review"), self._review))
        done.append((say("Who did what with it"), self._acts))
        if state in ("draft", "submitted", "rejected", "stale", "approved"):
            done.append((say("Withdraw"), self._withdraw))
        if self._mine and state == "draft":
            done.append((say("An emergency: let it count at once, unapproved"), self._emergency))
        lines = [ListRow((told,), do) for told, do in done]
        do: Do | None = await self.desk.ask(pick(say("What can be done"), lines, self.desk.words))
        if do is not None:
            await do()

    async def do_complete(self) -> None:
        """Submit one's own draft; approve what another submitted, as it is shown."""
        if self.view is None:
            return
        e, port = self.view.edition, self.desk.port.editions
        fields = say("{n} {n:field|fields}", n=len(self.view.differences))
        if e.state == "submitted" and not self._mine:
            if await self.desk.ask(Confirm(say("Approve?"), self.heading(), fields)):
                await self._done(port.approve, e.id, self.view.seen)
        elif e.state == "draft" and self._mine:
            if await self.desk.ask(Confirm(say("Submit?"), self.heading(), fields)):
                await self._done(port.submit, e.id)
        else:
            self.tell(say("Nothing is to be done now: it is {state}.", state=state_name(e.state)), "warn")

    async def _done(self, act: Callable[..., Any], *said: str) -> None:
        """Do it, and say what became of it; why not, line by line, where it can't be."""
        try:
            await self.desk.call(act, *said)
        except NotAllowed as fault:
            if len(fault.reasons) < 2:
                raise
            await self.desk.ask(RefusedDialog(say("This can't be"), fault.reasons))
            return
        await self._narrow(self.entry.value, self.listing.at)
        if self.view is not None:
            e = self.view.edition
            told = say("Edition {number}: {state}.", number=e.number, state=state_name(e.state))
            self.tell(told, "good" if not self.view.faults else "warn")

    async def _why(self, title: Message) -> str | None:
        return await self.desk.ask(OneLine(title, say("Why?"), needed=True))

    async def _reject(self) -> None:
        if why := await self._why(say("Reject")):
            await self._done(self.desk.port.editions.reject, self.edition_id, why)

    async def _withdraw(self) -> None:
        why = await self._why(say("Withdraw"))
        sure = bool(why) and await self.desk.ask(Destroy(say("Withdraw?"), self.heading()))
        if why and sure:
            await self._done(self.desk.port.editions.withdraw, self.edition_id, why)

    async def _roll_back(self) -> None:
        if why := await self._why(say("Roll back")):
            made, left = await self.desk.call(self.desk.port.editions.roll_back, self.edition_id, why)
            await self.desk.push_screen(EditionScreen(made.id))
            for each in left[:1]:
                row = f"{each.table} {named(each.key)} {each.column}".strip()
                who = each.by.author if each.by else "-"
                self.desk.announce(say("Left as it is: {row}, changed since by {who}.", row=row, who=who), "warn")

    async def _review(self) -> None:
        if words := await self.desk.ask(OneLine(say("Review"), say("What was it?"), needed=True)):
            await self._done(self.desk.port.editions.review, self.edition_id, words)

    async def _emergency(self) -> None:
        told = say("It counts at once for all; another person reviews it the next day.")
        if await self.desk.ask(Destroy(say("An emergency?"), self.heading(), told)):
            await self._done(self.desk.port.editions.let_count_at_once, self.edition_id)

    async def _drop(self) -> None:
        if self.listing.marked is not None:
            await self.desk.call(self.desk.port.editions.drop, self.edition_id, self.listing.marked.value.position)
            await self._narrow(self.entry.value, self.listing.at)

    async def _describe(self) -> None:
        from screens.manage.row import new_edition

        said = await new_edition(self.desk)
        if said is not None:
            await self._done(lambda which: self.desk.port.editions.describe(which, **said), self.edition_id)

    async def _rebase(self) -> None:
        moved = await self.desk.call(self.desk.port.editions.rebase, self.edition_id)
        await self._narrow(self.entry.value, self.listing.at)
        self.tell(say("{n} {n:field|fields} had moved.", n=len(moved)), "good")

    async def _acts(self) -> None:
        acts = self.view.acts if self.view else ()
        told = tuple(
            say(
                "{at} {operator} {act} {serial}",
                at=on_the_wall(act.at, "%m-%d %H:%M"),
                operator=act.operator,
                act=act.act,
                serial=act.serial,
            )
            for act in acts
        )
        await self.desk.ask(RefusedDialog(self.heading(), told))
