"""Rows within a row, such as the steps of a process, as a grid: each field of each line by keys.

The lines stand one below the other; the fields of the marked one are typed below them. Enter goes on, from the last
field of the last line into a new one. What takes a line out is no neighbour of what adds one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.management.called import coded, fields_meant
from boss_tui.management.kit.repeating import BETWEEN
from data.errors import BadForm
from data.message import Message, say
from screens.dialogs.dialog import YES, Box, Dialog, Heading, Lines
from screens.dialogs.pick_list import pick
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.listing import Listing, ListRow

if TYPE_CHECKING:
    from boss_tui.forms.fields import FieldSpec
    from boss_tui.management.kit.entity import Column, Entity


def split(typed: str, specs: Sequence[FieldSpec]) -> list[dict[str, str]]:
    """Lines as they are typed, each by field."""
    lines = [line for line in typed.split("\n") if line.strip()]
    cells = ([cell.strip() for cell in line.split(BETWEEN)] for line in lines)
    return [dict(zip((spec.name for spec in specs), [*row, *[""] * len(specs)], strict=False)) for row in cells]


def joined(rows: Sequence[dict[str, str]]) -> str:
    """Lines by field, as they are typed; empty ones are none."""
    lines = (f" {BETWEEN} ".join(row.values()).rstrip(f" {BETWEEN}") for row in rows)
    return "\n".join(line for line in lines if line.strip())


class LinesDialog(Dialog[str]):
    """Answers the lines as they are typed. Ins adds one, F7 copies it, Alt+Up and Alt+Down move it, F8 takes it out."""

    expected: ClassVar[bool] = True
    BINDINGS: ClassVar = [
        Binding(YES, "take", show=False, priority=True),
        Binding("insert,ctrl+n", "add", show=False, priority=True),
        Binding("f7", "copy", show=False, priority=True),
        Binding("f8", "take_out", show=False, priority=True),
        Binding("f4", "list", show=False, priority=True),
        Binding("f5", "again", show=False, priority=True),
        Binding("alt+up,ctrl+up", "move(-1)", show=False, priority=True),
        Binding("alt+down,ctrl+down", "move(1)", show=False, priority=True),
        Binding("pageup", "go(-1)", show=False, priority=True),
        Binding("pagedown", "go(1)", show=False, priority=True),
    ]

    def __init__(
        self, entity: Entity, column: Column, typed: str, called: Mapping[str, Mapping[str, Message]] | None = None
    ) -> None:
        """`called`: what codes are called, by the field that holds them."""
        super().__init__()
        assert column.rows is not None
        self._called = called or {}
        self._fault: Message | None = None
        self._entity, self._column, self._typed = entity, column, typed
        self.specs = column.rows.fields()
        self.rows = split(typed, self.specs) or [self._empty()]
        self.at = 0
        self.listing = Listing(())
        self.panel = FormPanel(self.specs)
        self.said = Lines((Message("\n"), ""))

    def _empty(self) -> dict[str, str]:
        return {spec.name: "" for spec in self.specs}

    def compose(self) -> ComposeResult:
        """Heading, the lines, the fields of one, what is wrong, keys."""
        with Box(classes="-list"):
            yield Heading(self._column.label)
            yield self.listing
            yield self.panel
            yield self.said
            yield Lines(
                (say("Ins: add  F7: copy  Alt+Up, Alt+Down: move  F4: choices"), "key"),
                (say("PgUp, PgDn: lines  F5: as it was  F8: take this line out"), "key"),
                (say("F10: take them  Esc: leave"), "key"),
            )

    def on_mount(self) -> None:
        """The first line."""
        self._show()

    def _show(self) -> None:
        lines = [ListRow((str(n), *self._cells(row))) for n, row in enumerate(self.rows, 1)]
        self.listing.fit_to(lines)
        self.listing.show(lines, self.at)
        self.panel.show(self.rows[self.at], {}, {}, opened=True)
        for field in self.panel.fields.values():
            field.put(field.opened)
        self.panel.focus_on(self.specs[0].name)
        self.panel.fields[self.specs[0].name].select_all()
        self._say_what_it_is()

    def _cells(self, row: Mapping[str, str]) -> Iterator[Message | str]:
        """A line as it is read: codes with what they are called."""
        for name, typed in row.items():
            told = self._codes(name, row).get(typed)
            yield coded(typed, told) if told is not None else typed

    def _codes(self, name: str, row: Mapping[str, str]) -> Mapping[str, Message]:
        """What codes in a field of a line are called; nothing: it takes none."""
        known = (self._called.get(field, {}) for field in fields_meant(name, row))
        return {code: told for codes in known for code, told in codes.items()}

    @property
    def _codes_here(self) -> Mapping[str, Message]:
        """The same, of the field at hand."""
        return self._codes(self.panel.current, self.panel.values())

    def _say_what_it_is(self) -> None:
        """Below the fields, what the code in the one at hand is called; what is wrong comes first."""
        if self._fault is not None:
            self.said.show((self._fault, "error"))
            return
        field = self.panel.fields[self.panel.current]
        told = self._codes_here.get(field.value.strip())
        self.said.show((told or Message("\n"), "good"))

    def on_form_panel_moved(self) -> None:
        """What was typed may be another code."""
        self._say_what_it_is()

    def _keep(self) -> None:
        """What stands in the fields goes into its line."""
        self.rows[self.at] = {name: text.replace(BETWEEN, "/").strip() for name, text in self.panel.values().items()}

    def _to(self, at: int) -> None:
        self._fault = None
        self.at = max(0, min(at, len(self.rows) - 1))
        self._show()

    # keys

    def on_field_left(self, event: Field.Left) -> None:
        """The next field; the next line; after the last one a new one. Back goes to the line before."""
        event.stop()
        name = event.field.spec.name
        following = self.panel.beside(name, event.step)
        if following is not None and following != name:
            self.panel.focus_on(following)
            return
        self._keep()
        is_last = self.at == len(self.rows) - 1
        if event.step > 0 and is_last and event.insist and any(self.rows[self.at].values()):
            self.rows.append(self._empty())
        self._to(self.at + event.step)

    def help_sections(self) -> list[tuple[Message, Message]]:
        """That there is a list, where the codes are known."""
        from boss_tui.forms.expected import expected

        field = self.panel.fields[self.panel.current].spec
        return [(field.ask.label, expected(field, bool(self._codes_here))), *super().help_sections()[1:]]

    def action_go(self, by: int) -> None:
        """Another line."""
        self._keep()
        self._to(self.at + by)

    def action_add(self) -> None:
        """An empty line after this one."""
        self._keep()
        self.rows.insert(self.at + 1, self._empty())
        self._to(self.at + 1)

    def action_copy(self) -> None:
        """This line once more, after it."""
        self._keep()
        self.rows.insert(self.at + 1, dict(self.rows[self.at]))
        self._to(self.at + 1)

    def action_move(self, by: int) -> None:
        """This line up or down."""
        self._keep()
        to = self.at + by
        if 0 <= to < len(self.rows):
            self.rows.insert(to, self.rows.pop(self.at))
            self._to(to)

    def action_take_out(self) -> None:
        """This line goes; F5 brings all back as they were."""
        self.rows.pop(self.at)
        self.rows = self.rows or [self._empty()]
        self._to(self.at)

    def action_list(self) -> None:
        """The codes that the field takes, where they are known, and on from there; else what is expected in it."""
        from boss_tui.forms.expected import expected

        if self._codes_here:
            self.desk.flow(self._choose())
        else:
            self.said.show((expected(self.panel.fields[self.panel.current].spec), "dim"))

    async def _choose(self) -> None:
        field = self.panel.fields[self.panel.current]
        lines = [ListRow((code, told), code) for code, told in self._codes_here.items()]
        chosen: str | None = await self.desk.ask(pick(field.spec.ask.label, lines))
        if chosen is not None:
            field.value = chosen
            self.post_message(Field.Left(field, 1, True))

    def action_again(self) -> None:
        """As they were opened."""
        self.rows = split(self._typed, self.specs) or [self._empty()]
        self._to(0)

    def action_take(self) -> None:
        """All of them, if nothing is wrong."""
        self._keep()
        typed = joined(self.rows)
        try:
            self._entity.form.one(self._column.name, typed)
        except BadForm as fault:
            self.desk.gate.flush()
            self.desk.bell()
            self._fault = next(iter(fault.errors.values()))
            self._show()
            return
        self.finish(typed)
