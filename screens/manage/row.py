"""One row, as it stands and as the draft leaves it, by field; a new one; all that are marked, in the same fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.timer import Timer

from boss_tui.management.kit.subject import EMPTY
from boss_tui.management.words import can_choose, coded
from data.errors import BadForm
from data.message import Message, say
from data.statements import keys
from screens.actions import Meaning, here
from screens.dialogs.dialog import Confirm, Destroy, Lines
from screens.dialogs.pick_list import Load
from screens.frame import Plain
from screens.local_form import ListedFormScreen
from screens.manage.drafting import into_draft
from screens.manage.grid import first_three
from screens.manage.lines import LinesDialog
from screens.manage.text import Ahead, Facts, FactsDialog, TextDialog
from screens.widgets.form_panel import Field
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.desk.managing import DraftedRows, RowView
    from boss_tui.fields import FieldSpec
    from boss_tui.management.kit.subject import Entity, Fact, Key

SOON = 0.3
"""Seconds after a key, when what would come of a row is worked out."""
LINE_END = "⏎"
"""How a line end is shown, and may be typed, in a field of one line."""


def shown(text: str) -> str:
    """A text of several lines in one."""
    return text.replace("\n", LINE_END)


def meant(text: str) -> str:
    """The text that is meant by what stands in a field."""
    return text.replace(LINE_END, "\n")


class _FieldsScreen(ListedFormScreen):
    """What the three have in common: the fields of an entity, and F4 on one of them."""

    means = here(
        price=Meaning(say("See"), say("What would come of it")),
        complete=Meaning(say("Put in"), say("Into an edition, to be submitted")),
    )
    BINDINGS: ClassVar = [
        Binding("pagedown", "section(1)", show=False),
        Binding("pageup", "section(-1)", show=False),
    ]
    wanted: Message = say("F10: into the edition. F4: choices, or a text in lines")
    typed_over: ClassVar[bool] = True

    def __init__(self, name: str, entity: Entity, specs: Sequence[FieldSpec]) -> None:
        super().__init__(tuple(specs))
        self.name_of, self.entity = name, entity
        self.stood: Mapping[str, str] = {}
        self.explained: Mapping[str, str] = {}
        self.key: Key | None = None
        self.edition = ""
        self.preview = Facts()
        self.beside = Plain(Lines((say("What would come of it (F9)"), "head")), self.preview, id="beside")
        self._ahead: Timer | None = None

    def action_section(self, step: int) -> None:
        """To the next section of the form, or back."""
        to = self.panel.section_beside(self.panel.current, step)
        if to is not None:
            self.panel.focus_on(to)

    def parts(self) -> ComposeResult:
        """The form; beside it, where there is room, what would come of it."""
        with Container(id="body"):
            yield from super().parts()
            yield self.beside

    def on_resize(self) -> None:
        """Beside the form, where the screen is wide; else it is a key away."""
        self.beside.display = self._has_preview and self.has_class("-wide")
        self._look_ahead()

    @property
    def _has_preview(self) -> bool:
        return self.entity.trial is not None

    def on_input_changed(self, event: Field.Changed) -> None:
        """Shortly after the last key, what would come of it."""
        event.stop()
        if self._ahead is not None:
            self._ahead.stop()
        self._ahead = self.set_timer(SOON, self._look_ahead)

    def _look_ahead(self) -> None:
        if self.beside.display:
            self.desk.flow(self._show_ahead())

    async def _show_ahead(self) -> None:
        self.preview.show(await self._facts())

    async def _facts(self) -> Sequence[Fact]:
        return await self.desk.call(self.desk.port.trying.preview, self.name_of, self.key, self.typed())

    async def do_price(self) -> None:
        """What would come of it, over the form; what is to be filled in before."""
        if wrong := self._beside(self.check()):
            self.refuse(wrong)
            return
        facts = await self._facts()
        if not facts:
            self.tell(say("There is nothing to be seen ahead of such a row."), "warn")
            return
        await self.desk.ask(FactsDialog(say("What would come of it"), facts))

    def typed(self) -> dict[str, str]:
        """What stands in the fields, with its line ends."""
        return {name: meant(value) for name, value in self.panel.values().items()}

    def fill(self, typed: Mapping[str, str], stood: Mapping[str, str]) -> None:
        """Show a row. stood: what stands there now, where there is something."""
        self.stood = stood
        self.panel.show({name: shown(text) for name, text in typed.items()}, {}, {}, opened=True)
        for field in self.panel.fields.values():
            field.put(field.value)
        self.desk.flow(self._explain())

    async def _explain(self) -> None:
        """Say beside each field what its code means, and what stands there now where that is something else."""
        typed = self.typed()
        managing = self.desk.port.managing
        means = await self.desk.call(managing.meant, self.name_of, typed)
        stood = await self.desk.call(managing.meant, self.name_of, self.stood) if self.stood else {}
        notes = dict(means)
        for name, before in self.stood.items():
            if name in self.panel.fields and before != typed.get(name, ""):
                was = shown(before) or "-"
                told = say("now: {value}", value=coded(was, stood[name]) if name in stood else was)
                notes[name] = Message("{means}  {now}", {"means": means[name], "now": told}) if name in means else told
        self.panel.notes = notes
        self.panel.redraw()

    def on_form_panel_moved(self) -> None:
        """What was typed may mean something else now."""
        super().on_form_panel_moved()
        if self.explained != self.panel.values():
            self.explained = self.panel.values()
            self.desk.flow(self._explain())

    def list_of(self, name: str) -> Load | None:
        """The codes that it may hold, or what `ListedFormScreen` knows of its kind."""
        column = self.entity.column(name)
        return self._choices(name) if can_choose(self.entity, column) else super().list_of(name)

    def why_not(self, name: str) -> Message | None:
        """A text of several lines is opened in place of a list."""
        if name == "list" and self._in_lines:
            return None
        if name == "price" and not self._has_preview:
            return say("There is nothing to be seen ahead of such a row.")
        return super().why_not(name)

    @property
    def _in_lines(self) -> bool:
        column = self.entity.column(self.panel.current)
        return column.rows is not None or column.spec.ask.kind == "multiline"

    async def do_list(self) -> None:
        """The choices of the field, or its text in lines."""
        if not self._in_lines:
            await super().do_list()
            await self._explain()
            return
        column = self.entity.column(self.panel.current)
        field = self.panel.fields[column.name]
        if column.rows is not None:
            answer = await self.desk.ask(LinesDialog(self.entity, column, meant(field.value)))
        else:
            answer = await self.desk.ask(TextDialog(column.label, meant(field.value), self._ahead_of(column.name)))
        if answer is not None:
            field.value = shown(answer)
            await self._explain()

    def _ahead_of(self, column: str) -> Ahead | None:
        """What would come of the row with another text in a column; None: there is nothing to be seen ahead."""
        if not self._has_preview:
            return None

        async def ahead(text: str) -> Sequence[Fact]:
            typed = {**self.typed(), column: text}
            return await self.desk.call(self.desk.port.trying.preview, self.name_of, self.key, typed)

        return ahead

    def _choices(self, column: str) -> Load:
        async def load(text: str) -> list[ListRow]:
            found = await self.desk.call(self.desk.port.managing.choices, self.name_of, column, text)
            return [ListRow((choice.value, choice.label), choice.value) for choice in found]

        return load

    def on_field_left(self, event: Field.Left) -> None:
        """What names nothing is told where it was typed."""
        event.stop()
        self.desk.flow(self._leave(event))

    async def _leave(self, event: Field.Left) -> None:
        field = event.field
        if event.insist and field.value != field.opened:
            said = {field.spec.name: meant(field.value)}
            wrong = await self.desk.call(self.desk.port.managing.unnamed, self.name_of, said)
            if wrong:
                self.refuse(wrong)
                return
        super().on_field_left(event)

    async def do_complete(self) -> None:
        """Into the draft; what is wrong is told before anything is asked. What would refuse the edition is told, and
        goes in where that is wanted: another row of it may mend it."""
        wrong: Mapping[str, Message] = self.check()
        wrong = wrong or await self.desk.call(self.desk.port.managing.unnamed, self.name_of, self.said())
        beside = self._beside(wrong or await self._against())
        if beside and (wrong or not await self._all_the_same(beside)):
            self.refuse(beside)
            return
        told = await self.put()
        if told is not None:
            await self.desk.pop_screen()
            self.desk.announce(say("{told} F10: look at it, submit it", told=told), "good")

    def _beside(self, wrong: Mapping[str, Message]) -> dict[str, Message]:
        return {name: told for name, told in wrong.items() if name in self.panel.fields}

    async def _all_the_same(self, wrong: Mapping[str, Message]) -> bool:
        """Whether a row goes into the edition that would be refused with it as it is."""
        told = (say("{field}: {why}", field=self.entity.column(name).label, why=why) for name, why in wrong.items())
        question = Confirm(say("Into the edition all the same?"), say("As it is, it would be refused:"), *told)
        return await self.desk.ask(question) is True

    async def put(self) -> Message | None:
        """Put it into the draft; what there is to say of it, if it was done."""
        raise NotImplementedError

    def check(self) -> dict[str, Message]:
        """What is wrong with the row."""
        return row_faults(self.entity, self.typed())

    def said(self) -> dict[str, str]:
        """What is said anew."""
        fields = self.panel.fields.items()
        return {name: meant(field.value) for name, field in fields if field.value != field.opened}

    async def _against(self) -> Mapping[str, Message]:
        """What would refuse the edition, by field."""
        return await self.desk.call(self.desk.port.managing.against, self.name_of, self.key, self.typed(), self.edition)

    async def may_leave(self) -> bool:
        """What was typed and not put into the draft is asked about once, with how much it is."""
        changed = len(self.said())
        if not changed:
            return True
        left = say("{n} {n:field was|fields were} changed and not put into the edition.", n=changed)
        return await self.desk.ask(Destroy(say("Leave it so?"), left)) is True


def row_faults(entity: Entity, typed: Mapping[str, Any]) -> dict[str, Message]:
    """What is wrong with a row as it is typed, by field."""
    try:
        entity.read(typed)
    except BadForm as fault:
        return fault.errors
    return {}


class RowScreen(_FieldsScreen):
    """A row that is there: beside each field what stands there now. F10 puts what was changed into the draft."""

    def __init__(self, name: str, entity: Entity, view: RowView, begin_at: str = "") -> None:
        """`begin_at`: the field that the cursor is in at first."""
        super().__init__(name, entity, [c.spec for c in entity.columns if not c.is_key])
        self.view, self.begin_at, self.key = view, begin_at, view.key
        self.edition = view.edition.id if view.edition is not None else ""
        if not view.may_change:
            self.wanted = say("This row is only looked at here.")

    def heading(self) -> Message:
        """Which row, in which edition."""
        told = self.view.called
        edition = self.view.edition
        if edition is None:
            return told
        return say("{told}, edition {number} {title}", told=told, number=edition.number, title=edition.title)

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

    def why_not(self, name: str) -> Message | None:
        """Another's edition is looked at where there is one; a row is changed where that may be done."""
        if name == "complete" and not self.view.may_change:
            return say("This row is only looked at here.")
        if name == "hold" and not self.view.others:
            return say("No other edition is at this row.")
        return super().why_not(name)

    async def do_hold(self) -> None:
        """The other edition that is at this row: whose it is, and what it makes of it."""
        await self.desk.place("edition", self.view.others[0].edition.id)

    def typed(self) -> dict[str, str]:
        """With the key."""
        names = keys(self.entity.model)
        return {**dict(zip(names, map(str, self.view.key), strict=True)), **super().typed()}

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


class NewRowScreen(_FieldsScreen):
    """A row that is not there yet; `copy_of`: the row of which it is a copy."""

    def __init__(self, name: str, entity: Entity, typed: Mapping[str, str], copy_of: Key | None = None) -> None:
        super().__init__(name, entity, [column.spec for column in entity.columns])
        self._begun, self._copy_of = typed, copy_of

    def heading(self) -> Message:
        """Of what."""
        return say("{name}: new row", name=self.entity.says)

    def on_mount(self) -> None:
        """What stands there at first."""
        self.fill(self._begun, {})

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
            return self.desk.port.managing.add(self.name_of, typed, edition, self._copy_of, **said)

        return await into_draft(self.desk, self.name_of, add)


class MarkedScreen(_FieldsScreen):
    """All rows that are marked: what is typed counts for each; an empty field stays as it is, - empties."""

    wanted: Message = say("What is typed counts for all; - empties a field. F10: into the edition")

    def __init__(self, name: str, entity: Entity, wanted: Sequence[Key]) -> None:
        super().__init__(name, entity, [c.spec for c in entity.columns if not c.is_key])
        self._rows = list(wanted)

    def heading(self) -> Message:
        """How many, and the first three."""
        return say("{name}, change {rows}", name=self.entity.says, rows=first_three(self._rows))

    def on_mount(self) -> None:
        """Nothing yet."""
        self.tell(self.wanted)

    def check(self) -> dict[str, Message]:
        """Each field that is typed, by itself."""
        wrong: dict[str, Message] = {}
        for name, text in self.typed().items():
            if text and text != EMPTY:
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
        told = rows, say("Fields: {names}", names=columns)
        if not await self.desk.ask(Destroy(say("Change these rows?"), *told)):
            return None

        def change(edition: str, said: dict[str, str]) -> DraftedRows:
            return self.desk.port.managing.change(self.name_of, self._rows, typed, edition, **said)

        return await into_draft(self.desk, self.name_of, change)
