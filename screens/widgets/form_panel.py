"""A form on the screen: one widget a field, and one that draws everything around them.

The panel draws labels, sections, errors and notes itself, at places that never move while somebody types; a field that
appears or goes does so only when the field that it hangs on is left. It knows no business and no desk: it tells its
screen when a field is left, and is shown what came back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message as TextualMessage

from boss_tui.forms.fields import half_width
from data.message import Message, say
from screens.terminal import FastInput
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit

if TYPE_CHECKING:
    from boss_tui.forms.fields import FieldSpec

LABEL = 14
GUTTER = LABEL + 4
WIDEST = 40
"""Cells of a field at most: what is longer, or has lines, is seen in part."""
NO_LAST_DAY = "9999-12-31"
"""How a document's last day is stored when it has none (`typed.LONG_TERM`)."""
_FOLDED = {"digits", "code", "date", "choice", "flag"}


class Field(FastInput):
    """One field. `saved` is what the desk has; `opened` what stood there when the form was opened.

    It takes more than the rule's length: cut off in silence, a number with one digit too many would look right.
    """

    BINDINGS: ClassVar = [
        Binding("enter", "leave(1, True)", show=False),
        Binding("down,tab", "leave(1, False)", show=False),
        Binding("up,shift+tab", "leave(-1, False)", show=False),
        Binding("escape", "undo", show=False),
    ]

    class Left(TextualMessage):
        """The field is being left. step: 1 forward, -1 back. insist: stay if what was typed is wrong."""

        def __init__(self, field: Field, step: int, insist: bool) -> None:
            super().__init__()
            self.field, self.step, self.insist = field, step, insist

    class Entered(TextualMessage):
        """The field has the focus now."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(
            id=f"field-{spec.name}",
            classes="-section" if spec.ask.section != Message("") else None,
            password=spec.ask.kind == "password",
        )
        self.spec = spec
        self.saved = self.opened = ""
        self._doubted: str | None = None
        needed = WIDEST if spec.ask.kind == "multiline" else max(spec.ask.width, spec.ask.length)
        self.styles.width = min(needed, WIDEST) + 1

    @property
    def changed(self) -> bool:
        """Whether it holds something that the desk has not been told."""
        return self.value != self.saved

    def put(self, value: str) -> None:
        """Show what the desk has."""
        self.saved = value
        if self.value != value:
            with self.prevent(FastInput.Changed):
                self.value = value
                self.cursor_position = len(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Take text; what an input method types in full width is folded where only half width can be meant."""
        if self.spec.ask.kind in _FOLDED:
            text = unicodedata.normalize("NFKC", text)
        elif self.spec.ask.kind in ("money", "rate"):
            text = half_width(text)
        super().replace(text.upper() if self.spec.ask.kind == "code" else text, start, end)

    def on_focus(self) -> None:
        """Tell the panel."""
        self._doubted = None
        self.post_message(self.Entered(self))

    def action_leave(self, step: int, insist: bool) -> None:
        """Go on, or back."""
        self.post_message(self.Left(self, step, insist))

    def action_undo(self) -> None:
        """Where something is typed: warn, then what stood here before. Where nothing is: leave the screen."""
        if self.changed and self._doubted != self.value:
            self._doubted = self.value
            self.screen.tell(say("Esc once more takes back what is typed here."), "warn")  # type: ignore[attr-defined]  # a desk's screen
        elif self.changed:
            self.put(self.saved)
            self.select_all()
        else:
            self.screen.action_do("back")  # type: ignore[attr-defined]  # a desk's screen


class FormPanel(Drawn):
    """The fields of a form, their labels, and what is wrong or worth knowing beside each."""

    can_focus = False

    class Moved(TextualMessage):
        """Another field has the focus."""

    def __init__(self, specs: Sequence[FieldSpec], *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.specs = tuple(specs)
        self.fields = {spec.name: Field(spec) for spec in self.specs}
        self.defaults: Mapping[str, str] = {}
        self.errors: Mapping[str, Message] = {}
        self.notes: Mapping[str, Message] = {}
        self.current = self.specs[0].name if self.specs else ""

    def compose(self) -> ComposeResult:
        """The fields alone."""
        for spec in self.specs:
            yield self.fields[spec.name]
        self._hide()

    def put_in_order(self, names: Sequence[str]) -> None:
        """The same fields in another order."""
        by_name = {spec.name: spec for spec in self.specs}
        self.specs = tuple(by_name[name] for name in names if name in by_name)
        for before, after in pairwise(self.specs if self.children else ()):
            self.move_child(self.fields[after.name], after=self.fields[before.name])

    # what is shown

    def values(self) -> dict[str, str]:
        """What stands in the fields that are asked for."""
        return {name: field.value for name, field in self.fields.items() if field.display}

    def changes(self, secrets: bool = True) -> dict[str, str]:
        """What the desk has not been told yet, with or without secrets. A field that is not asked for now is empty for
        it, and keeps its text here: what can't be seen is not judged, and stands there again when it is asked for."""
        meant = {name: field.value if self.asked(name) else "" for name, field in self.fields.items()}
        return {
            name: value
            for name, value in meant.items()
            if value != self.fields[name].saved and (secrets or self.fields[name].spec.ask.kind != "password")
        }

    def show(
        self,
        values: Mapping[str, Any],
        errors: Mapping[str, Message],
        notes: Mapping[str, Message],
        opened: bool = False,
    ) -> None:
        """Show what the desk answered. A field in which something new has been typed meanwhile keeps it."""
        for name, field in self.fields.items():
            value = self._typed(values.get(name), field.spec.ask.kind)
            if opened:
                field.opened = value
            if not field.changed or field.value == value:
                field.put(value)
        self.errors, self.notes = errors, notes
        self._hide()
        self.redraw()

    def _typed(self, value: Any, kind: str) -> str:
        """A stored value as it would be typed."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "y" if value else "n"
        return self.words(say("long-term")) if kind == "date" and value == NO_LAST_DAY else str(value)

    def mark_saved(self, changes: Mapping[str, str]) -> None:
        """The desk has these."""
        for name, value in changes.items():
            self.fields[name].saved = value

    def opened_values(self) -> dict[str, str]:
        """What must change for the form to be as it was opened."""
        return {name: field.opened for name, field in self.fields.items() if field.value != field.opened}

    def _hide(self) -> None:
        """Fields that hang on another are there only while that one holds what they want."""
        for name, field in self.fields.items():
            asked = self.asked(name)
            if field.display != asked:
                field.display = asked
                self._drawn = None
                self.refresh(layout=True)

    def asked(self, name: str) -> bool:
        """Whether a field is asked for now."""
        return self.fields[name].spec.ask.asked(self._held)

    def _held(self, name: str) -> str | None:
        """What a field holds, or means when it is empty; None when it is not asked for."""
        if not self.asked(name):
            return None
        return self.fields[name].value or self.defaults.get(name, "")

    # the focus

    def order(self) -> list[str]:
        """The names of the fields that are asked for, in order."""
        return [spec.name for spec in self.specs if self.fields[spec.name].display]

    def beside(self, name: str, step: int) -> str | None:
        """The field before or after one; None beyond the last. Before the first is the first."""
        order = self.order()
        place = (order.index(name) if name in order else 0) + step
        return order[max(place, 0)] if place < len(order) else None

    def section_beside(self, name: str, step: int) -> str | None:
        """The first field of the next section, or of the one that the field is in, or was before; None: there is no
        other."""
        order = self.order()
        begins = [at for at, each in enumerate(order) if not at or self.fields[each].spec.ask.section != Message("")]
        at = order.index(name)
        found = [each for each in begins if (each > at if step > 0 else each < at)]
        return order[found[0 if step > 0 else -1]] if found else None

    def focus_on(self, name: str) -> None:
        """Put the cursor into a field, at once."""
        if name in self.fields and self.fields[name].display and self.is_attached:  # its screen may have gone
            self.screen.set_focus(self.fields[name])
            self.current = name

    def on_field_entered(self, event: Field.Entered) -> None:
        """Mark the field that has the focus."""
        event.stop()
        self.current = event.field.spec.name
        self.redraw()
        self.post_message(self.Moved())

    # drawing

    def rows(self, width: int) -> list[Row]:
        """A line a field, and one above each section."""
        rows: list[Row] = []
        for spec in self.specs:
            if not self.fields[spec.name].display:
                continue
            if spec.ask.section != Message(""):
                rows.append([(fit(self.words(spec.ask.section), width), "head")])
            rows.append(self._row(spec, width))
        return rows

    def _row(self, spec: FieldSpec, width: int) -> Row:
        here = spec.name == self.current
        label: Row = [
            (">" if here else " ", "mark" if here else ""),
            (fit(self.words(spec.ask.label), LABEL), "strong" if here else ""),
            ("*" if spec.required else " ", "dim"),
            (" " * (GUTTER - LABEL - 2), ""),
        ]
        taken = GUTTER + self._taken(spec)
        return [*label, (" " * (taken - GUTTER), ""), *self._aside(spec, width - taken)]

    def _taken(self, spec: FieldSpec) -> int:
        """Cells of a field and the blank after it."""
        width = self.fields[spec.name].styles.width
        return int(width.value if width else 0) + 1

    def cut_here(self) -> Message | None:
        """What is said beside the field that has the focus and has no room there; None: it is read whole."""
        label = self.fields[self.current].spec.ask.label if self.current else None
        return next((told for of, told, _ in self.cut() if of == label), None)

    def cut(self) -> list[tuple[Message, Message, str]]:
        """What has no room beside its field, now that the panel is laid out: the field's label, the words, a style."""
        room = {spec.name: self.content_size.width - GUTTER - self._taken(spec) for spec in self.specs}
        shown = [spec for spec in self.specs if self.fields[spec.name].display and self.content_size.width]
        found = []
        for spec in shown:
            error, note = self.errors.get(spec.name), self.notes.get(spec.name)
            if error is not None and cell_len("! " + self.words(error)) > room[spec.name]:
                found.append((spec.ask.label, error, "error"))
            elif error is None and note is not None and cell_len(self.words(note)) > room[spec.name]:
                found.append((spec.ask.label, note, "good"))
        return found

    def _aside(self, spec: FieldSpec, room: int) -> Row:
        if room <= 2:
            return []
        error = self.errors.get(spec.name)
        if error is not None:
            return [(fit("! " + self.words(error), room), "error")]
        note = self.notes.get(spec.name)
        if note is not None:
            return [(fit(self.words(note), room), "good")]
        is_empty = not self.fields[spec.name].value
        words = [told] if is_empty and (told := self._means(spec, self.defaults.get(spec.name))) else []
        if spec.ask.choices and spec.name == self.current:
            words.append("F4")
        return [(fit(" ".join(words), room), "dim")] if words else []

    def _means(self, spec: FieldSpec, default: str | None) -> str:
        """What the empty field means: what would be typed for it, and that in words; empty where it means nothing."""
        means = self.words(spec.ask.means)
        if means and default and means.casefold() != default:
            return f"[{default} {means}]"
        return f"[{means or default}]" if means or default else ""

    def on_resize(self, event: events.Resize) -> None:
        """What stands beside the fields is cut anew."""
        del event
        self.redraw()
