"""One row, as it stands and as the draft leaves it, by field; a new one; all that are marked, in the same fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from boss_tui.management.kit.entity import EMPTY
from data.clock import is_made_key
from data.errors import BadForm
from data.message import Message, say
from data.statements import keys
from screens.dialogs.dialog import Destroy, Lines
from screens.manage.drafting import FIRST_DRAFTED, into_draft
from screens.manage.grid import first_three
from screens.manage.row_fields import RowFieldsScreen
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.desk.managed import DraftedRows, RowView
    from boss_tui.management.kit.entity import Entity, Key


_LOOKED_AT = say("This row is only looked at here.")


class RowScreen(RowFieldsScreen):
    """A row that is there: beside each field what stands there now. F10 puts what was changed into the draft."""

    def __init__(self, name: str, entity: Entity, view: RowView, begin_at: str = "") -> None:
        """`begin_at`: the field that the cursor is in at first."""
        there = view.after or view.before or {}
        self._unread = {column: text for column, text in there.items() if is_made_key(text)}
        shown = [c.spec for c in entity.columns if not c.is_key and c.name not in self._unread]
        super().__init__(name, entity, shown)
        self.view, self.begin_at, self.key = view, begin_at, view.key
        self.edition = view.edition.id if view.edition is not None else ""
        if not view.may_change:
            self.wanted = _LOOKED_AT

    def heading(self) -> Message:
        """Which row, in which edition."""
        return self.in_edition(self.view.called)

    def parts(self) -> ComposeResult:
        """What kind of row it is and who else is at it, above the form."""
        if self.view.told is not None:
            yield Lines((self.view.told, "warn"))
        yield Lines(*((say("!! {met}. F6: look at it", met=met), "warn") for met in self.view.met[:2]))
        yield from super().parts()

    def on_mount(self) -> None:
        """The row as the draft leaves it, and as it stands beside it."""
        before, after = self.view.before or {}, self.view.after or self.view.before or {}
        self.fill({name: after.get(name, "") for name in self.panel.fields}, before)
        self.panel.focus_on(self.begin_at)
        if self.view.may_change:
            self.desk.flow(self.go_into(self.view.edition))

    def why_not(self, name: str) -> Message | None:
        """A row is changed where that may be done; what an edition says of it already is gone on with there."""
        if name == "complete" and not self.view.may_change:
            return _LOOKED_AT
        if name == "hold" and not self.view.others:
            if not self.view.may_change:
                return say("No other edition is at this row.")
            if self.view.op:
                return say("This row is in edition {number} already.", number=self.into.number if self.into else "-")
        return super().why_not(name)

    async def do_hold(self) -> None:
        """Look at another edition that is at this row; or into another one, where none of one's own is at it."""
        others = [each.edition for each in self.view.others]
        if not self.view.may_change or self.view.op:
            await self.desk.place("edition", others[0].id)
            return
        look = [
            ListRow((say("Look at edition {number} of {author}", number=e.number, author=e.author),), e) for e in others
        ]
        which = await self._choose_edition(look)
        if which in others:
            await self.desk.place("edition", which.id)

    def typed(self) -> dict[str, str]:
        """With the key, and with what names rows whose keys nobody typed: those tell nobody anything."""
        names = keys(self.entity.model)
        return {**self._unread, **dict(zip(names, map(str, self.view.key), strict=True)), **super().typed()}

    async def do_restore(self) -> None:
        """As it was opened."""
        for field in self.panel.fields.values():
            field.put(field.opened)
        self.panel.redraw()

    async def put(self) -> Message | None:
        """What was changed."""
        typed = self.said()
        if not typed:
            self.tell(say("Nothing was changed."), "warn")
            return None

        def change(edition: str, said: dict[str, str]) -> DraftedRows:
            return self.desk.port.managing.change(self.name_of, [self.view.key], typed, edition, **said)

        return await into_draft(self.desk, self.name_of, change, self.edition)


class NewRowScreen(RowFieldsScreen):
    """A row that is not there yet; `copy_of`: the row of which it is a copy."""

    def __init__(
        self,
        name: str,
        entity: Entity,
        typed: Mapping[str, str],
        copy_of: Key | None = None,
        added: Callable[[], None] = lambda: None,
    ) -> None:
        """`added`: done once it is in an edition."""
        super().__init__(name, entity, [column.spec for column in entity.columns])
        self._begun, self.copy_of, self._added = typed, copy_of, added

    def heading(self) -> Message:
        """Of what, in which edition; of which row it is a copy, where that has a key that people know."""
        if self.copy_of is not None and not is_made_key(self.copy_of[0]):
            key = "/".join(map(str, self.copy_of))
            return self.in_edition(say("{name}: new row, a copy of {key}", name=self.entity.says, key=key))
        return self.in_edition(say("{name}: new row", name=self.entity.says))

    def on_mount(self) -> None:
        """What stands there at first."""
        self.fill(self._begun, {})
        self.desk.flow(self.go_into_open())

    def check(self) -> dict[str, Message]:
        """As any row; nor is it over before it begins."""
        from boss_tui.management.kit.working import must_not_be_over

        wrong, state = super().check(), self.desk.state
        if not wrong and state is not None:
            try:
                must_not_be_over(self.entity.read(self.typed()), state.business_date)
            except BadForm as fault:
                return fault.errors
        return wrong

    async def put(self) -> Message | None:
        """All of it."""
        typed = self.typed()

        def add(edition: str, said: dict[str, str]) -> DraftedRows:
            return self.desk.port.managing.add(self.name_of, typed, edition, self.copy_of, **said)

        told = await into_draft(self.desk, self.name_of, add, self.edition)
        if told is not None:
            self._added()
        return told


class MarkedScreen(RowFieldsScreen):
    """All rows that are marked: what is typed counts for each; an empty field stays as it is, - empties."""

    def __init__(self, name: str, entity: Entity, wanted: Sequence[Key]) -> None:
        super().__init__(name, entity, [c.spec for c in entity.columns if not c.is_key])
        self._rows = list(wanted)

    def heading(self) -> Message:
        """How many, and the first three."""
        return self.in_edition(say("{name}, change {rows}", name=self.entity.says, rows=first_three(self._rows)))

    def parts(self) -> ComposeResult:
        """What is typed here, above the form."""
        yield Lines((say("What is typed counts for all of them; - empties a field."), "dim"))
        yield from super().parts()

    def on_mount(self) -> None:
        """Nothing yet."""
        self.desk.flow(self.go_into_open())

    def check(self) -> dict[str, Message]:
        """Each field that is typed, by itself."""
        wrong: dict[str, Message] = {}
        for name, text in self.typed().items():
            if text and text != EMPTY and name not in self.entity.kinds:  # what each row makes of it, its edition tells
                try:
                    self.entity.form.one(name, text)
                except BadForm as fault:
                    wrong |= fault.errors
        return wrong

    async def _against(self) -> Mapping[str, Message]:
        """Of many rows it is told of the edition."""
        return {}

    async def put(self) -> Message | None:
        """What was typed, for each, after a question whose yes is another key."""
        typed = {name: text for name, text in self.typed().items() if text}
        if not typed:
            self.tell(say("Nothing was changed."), "warn")
            return None
        columns = ", ".join(self.desk.words(self.entity.column(name).label) for name in typed)
        rows = await self.desk.call(self.desk.port.trying.rows_named, self.name_of, self._rows)
        told = rows, say("Fields: {names}", names=columns), FIRST_DRAFTED
        if not await self.desk.ask(Destroy(say("Change these rows?"), *told)):
            return None

        def change(edition: str, said: dict[str, str]) -> DraftedRows:
            return self.desk.port.managing.change(self.name_of, self._rows, typed, edition, **said)

        return await into_draft(self.desk, self.name_of, change, self.edition)
