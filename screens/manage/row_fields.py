"""The fields of a row on the screen: choices, texts in lines, what would come of it; see `row` for whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.timer import Timer

from boss_tui.management import subjects
from boss_tui.management.called import coded
from boss_tui.management.choosing import can_choose
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from screens.dialogs.dialog import Destroy, Lines
from screens.dialogs.pick_list import Load
from screens.frame import Plain
from screens.local_form import ListedFormScreen
from screens.manage.drafting import NEW, all_the_same, joined
from screens.manage.lines import LinesDialog
from screens.manage.text import Ahead, Facts, FactsDialog, TextDialog
from screens.meanings import Meaning, here
from screens.widgets.form_panel import Field
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.forms.fields import FieldSpec
    from boss_tui.management.kit.entity import Entity, Key
    from boss_tui.management.kit.subject import Fact
    from data.tables.edition import Edition


_NOTHING_AHEAD = say("There is nothing to be seen ahead of such a row.")
_TRIED_IN_LIST = say("Such a row is tried from the list: put it in, and press F9 there.")
_INTO_ANY = say("F10: into the edition. F4: choices, or a text in lines")
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


class RowFieldsScreen(ListedFormScreen):
    """What the screens of one row, of a new one and of many have in common."""

    means = here(
        hold=Meaning(say("Edits"), say("Into another edition, or into a new one")),
        price=Meaning(say("See"), say("What would come of it")),
        complete=Meaning(say("Propose"), say("Into an edition, to be submitted")),
    )
    BINDINGS: ClassVar = [
        Binding("pagedown", "section(1)", show=False),
        Binding("pageup", "section(-1)", show=False),
    ]
    typed_over: ClassVar[bool] = True

    def __init__(self, name: str, entity: Entity, specs: Sequence[FieldSpec]) -> None:
        super().__init__(tuple(specs))
        self.name_of, self.entity = name, entity
        self.stood: Mapping[str, str] = {}
        self.key: Key | None = None
        self.copy_of: Key | None = None
        self.edition = ""
        self.into: Edition | None = None
        self.preview = Facts()
        self.beside = Plain(Lines((say("What would come of it (F9)"), "head")), self.preview, id="beside")
        self._ahead: Timer | None = None

    def in_edition(self, told: Message) -> Message:
        """A heading, with the edition that the row goes into."""
        if self.into is None:
            return told
        return say("{told}, edition {number} {title}", told=told, number=self.into.number, title=self.into.title)

    def action_section(self, step: int) -> None:
        """To the next section of the form, or back."""
        to = self.panel.section_beside(self.panel.current, step)
        if to is not None:
            self.panel.focus_on(to)

    def parts(self) -> ComposeResult:
        """The form; beside it, where there is room, what would come of it."""
        self._in_order()
        with Container(id="body"):
            yield from super().parts()
            yield self.beside

    def _in_order(self) -> None:
        """Of what is said in Chinese and in English, the language of the screen first."""
        self.panel.put_in_order([column.name for column in self.entity.form_in(self.desk.words.language)])

    def retell(self) -> None:
        """The other language comes first."""
        self._in_order()
        super().retell()

    async def go_into(self, into: Edition | None, edition: str = "") -> None:
        """Say into which edition the row goes; None: into a new one (`NEW`), or it is asked about."""
        self.into, self.edition = into, into.id if into is not None else edition
        self.wanted = await self._where_to()
        self.tell(self.wanted)
        self.redraw_frame()
        self._look_ahead()

    async def go_into_open(self) -> None:
        """Into the open edition of its business, where there is one."""
        await self.go_into(await self.desk.call(self.desk.port.managing.draft, self.name_of))

    async def _where_to(self) -> Message:
        """What F10 does: into which edition, from when and for whom that counts."""
        if self.into is None:
            return say("F10: into a new edition. F6: another. F4: choices") if self.edition else _INTO_ANY
        reaches = await self.desk.call(self.desk.port.managing.reaches, self.into.scope)
        day = self.into.effective_from or say("its approval")
        return say(
            "F10: into edition {number}, from {day}, for {reaches}. F6: another",
            number=self.into.number,
            day=day,
            reaches=reaches,
        )

    async def do_hold(self) -> None:
        """Into another edition of one's own, or a new one."""
        await self._choose_edition()

    async def _choose_edition(self, also: Sequence[ListRow] = ()) -> Any:
        """What was chosen: an edition to go into, by its key, or a value of what else there is (`also`)."""
        drafts = await self.desk.call(self.desk.port.managing.drafts)
        which = await joined(self.desk, [each for each in drafts if each.id != self.edition], also)
        if isinstance(which, str):
            await self.go_into(next((each for each in drafts if each.id == which), None), NEW)
        return which

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
        self.preview.show(await self._facts_yet(self.typed()))

    async def _facts(self, typed: Mapping[str, str]) -> Sequence[Fact]:
        said = self.key, typed, self._to_edition, self.copy_of
        return await self.desk.call(self.desk.port.trying.preview, self.name_of, *said)

    async def _facts_yet(self, typed: Mapping[str, str]) -> Sequence[Fact]:
        """What would come of it while it is being typed: nothing, of what can't be a row yet."""
        try:
            return await self._facts(typed)
        except (BadForm, NotAllowed):
            return []

    @property
    def _to_edition(self) -> str | None:
        """The edition that it goes into, as the desk is asked about it: None is a new one."""
        return None if self.edition == NEW else self.edition

    async def do_price(self) -> None:
        """What would come of it, over the form; what is to be filled in before, and why nothing would."""
        if wrong := self._beside(await self._wrong()):
            self.refuse(wrong)
            return
        facts = await self._facts(self.typed())
        if facts:
            await self.desk.ask(FactsDialog(say("What would come of it"), facts))
        elif against := self._beside(await self._against()):
            self.refuse(against)
        else:
            self.tell(_NOTHING_AHEAD, "warn")

    def typed(self) -> dict[str, str]:
        """What stands in the fields, with its line ends."""
        return {name: meant(value) for name, value in self.panel.values().items()}

    def fill(self, typed: Mapping[str, str], stood: Mapping[str, str]) -> None:
        """Show a row. stood: what stands there now, where there is something."""
        self.stood = stood
        self.panel.show({name: shown(text) for name, text in typed.items()}, {}, {}, opened=True)
        for field in self.panel.fields.values():
            field.put(field.value)
        self.desk.flow(self.explain())

    async def explain(self) -> None:
        """Say beside each field what its code means, and what stands there now where that is something else."""
        self.explained = self.panel.values()
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
        if self.panel.current not in self.panel.errors and (cut := self.panel.cut_here()) is not None:
            self.tell(cut)

    def list_of(self, name: str) -> Load | None:
        """The codes that it may hold, or what `ListedFormScreen` knows of its kind."""
        column = self.entity.column(name)
        return self._choices(name) if can_choose(self.entity, column) else super().list_of(name)

    def why_not(self, name: str) -> Message | None:
        """A text of several lines is opened in place of a list."""
        if name == "list" and self._in_lines:
            return None
        if name == "price" and not self._has_preview:
            return _TRIED_IN_LIST if subjects.named(self.name_of)[0].tries is not None else _NOTHING_AHEAD
        return super().why_not(name)

    @property
    def _in_lines(self) -> bool:
        column = self.entity.column(self.panel.current)
        return column.rows is not None or column.spec.ask.kind == "multiline"

    async def do_list(self) -> None:
        """The choices of the field, or its text in lines."""
        if not self._in_lines:
            await super().do_list()
            return
        column = self.entity.column(self.panel.current)
        field = self.panel.fields[column.name]
        if column.rows is not None:
            called = await self.desk.call(self.desk.port.managing.cell_words, self.name_of, column.name)
            answer = await self.desk.ask(LinesDialog(self.entity, column, meant(field.value), called))
        else:
            answer = await self.desk.ask(TextDialog(column.spec, meant(field.value), self._ahead_of(column.name)))
        if answer is not None:
            field.value = shown(answer)
            await self.explain()

    def _ahead_of(self, column: str) -> Ahead | None:
        """What would come of the row with another text in a column; None: there is nothing to be seen ahead."""
        if not self._has_preview:
            return None

        async def ahead(text: str) -> Sequence[Fact]:
            return await self._facts_yet({**self.typed(), column: text})

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
            if wrong := await self._unnamed(said):
                self.refuse(wrong)
                return
        super().on_field_left(event)

    async def do_complete(self) -> None:
        """Into the draft; what is wrong is told before anything is asked. What would refuse the edition is told, and
        goes in where that is wanted: another row of it may mend it."""
        wrong = await self._wrong()
        beside = self._beside(wrong or await self._against())
        if beside and (wrong or not await all_the_same(self.desk, map(self._in_words, beside.items()))):
            self.refuse(beside)
            return
        told = await self.put()
        if told is not None:
            await self.desk.pop_screen()
            self.desk.announce(say("{told} F10: look at it, submit it", told=told), "good")

    def _in_words(self, wrong: tuple[str, Message]) -> Message:
        name, why = wrong
        return say("{field}: {why}", field=self.entity.column(name).label, why=why)

    def _beside(self, wrong: Mapping[str, Message]) -> dict[str, Message]:
        return {name: told for name, told in wrong.items() if name in self.panel.fields}

    async def put(self) -> Message | None:
        """Put it into the draft; what there is to say of it, if it was done."""
        raise NotImplementedError

    def check(self) -> dict[str, Message]:
        """What is wrong with the row."""
        return row_faults(self.entity, self.typed())

    async def _wrong(self) -> Mapping[str, Message]:
        """What is wrong with the row, or names nothing that there is."""
        return self.check() or await self._unnamed(self.said())

    async def _unnamed(self, said: Mapping[str, str]) -> dict[str, Message]:
        """What names nothing that there is, and what to do about it."""
        wrong = await self.desk.call(self.desk.port.managing.unnamed, self.name_of, said)
        return {name: say("{told} F4 lists them.", told=told) for name, told in wrong.items()}

    def said(self) -> dict[str, str]:
        """What is said anew."""
        fields = self.panel.fields.items()
        return {name: meant(field.value) for name, field in fields if field.value != field.opened}

    async def _against(self) -> Mapping[str, Message]:
        """What would refuse the edition, by field."""
        said = self.key, self.typed(), self._to_edition
        return await self.desk.call(self.desk.port.trying.against, self.name_of, *said)

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
