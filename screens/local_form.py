"""A small form that is no business of the catalogue: checked on the screen, sent with F10."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from boss_tui.forms.fields import Choice, FieldSpec
from boss_tui.forms.typed import toggled
from data.errors import BadForm, BossError
from data.message import Message, quoted, say
from screens.dialogs.dialog import Destroy
from screens.dialogs.pick_list import Load, PickList
from screens.frame import DeskScreen, Plain
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.listing import ListRow


class LocalFormScreen(DeskScreen):
    """A form that is checked here and sent with F10; one of a single field with Enter too."""

    keeps = True
    about: Message = Message("")
    """What there is to know about the form, for the help."""
    wanted: Message = Message("")
    """What is to be done, in a line; it stands there while nothing is wrong."""
    typed_over: ClassVar[bool] = False
    """Whether fields hold something at first, so that the next key types over it wherever the cursor comes."""

    def __init__(self, specs: tuple[FieldSpec, ...]) -> None:
        super().__init__()
        self.panel = FormPanel(specs)

    def parts(self) -> ComposeResult:
        """The form."""
        with Plain(id="form"):
            yield self.panel

    def on_field_left(self, event: Field.Left) -> None:
        """The next one, if this one is right or need not be."""
        event.stop()
        wrong = self.check()
        name = event.field.spec.name
        if event.insist and name in wrong:
            self.refuse({name: wrong[name]})
            return
        self._no_longer_wrong(name)
        following = self.panel.beside(name, event.step)
        if following:
            self.panel.focus_on(following)
        elif event.insist and len(self.panel.specs) == 1:
            self.desk.flow(self.do_complete())
        else:
            self.tell(say("F10: go on"))

    def _no_longer_wrong(self, name: str) -> None:
        """What was wrong with a field is not said any more: it is looked at anew when it is sent."""
        self.panel.errors = {field: told for field, told in self.panel.errors.items() if field != name}
        self.panel.redraw()

    def begin_anew(self) -> None:
        """What was wrong before is not said any more while it is looked at anew."""
        self.panel.errors = {}
        self.panel.redraw()
        self.tell(self.wanted)

    def check(self) -> dict[str, Message]:
        """What is wrong with what is typed so far."""
        return {}

    async def do_complete(self) -> None:
        """Send it."""
        raise NotImplementedError

    def refuse(self, errors: Mapping[str, Message]) -> None:
        """Show what is wrong, in place of what a field has to say; what was typed ahead goes."""
        name, message = next(iter(errors.items()))
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.show(self.panel.values(), errors, self.panel.notes)
        self.panel.focus_on(name)
        self.panel.fields[name].select_all()
        self.tell(message, "error")

    def refused(self, refusal: BossError) -> None:
        """What names a field that is asked for stands beside it; anything else in the line of the screen."""
        told = refusal.errors if isinstance(refusal, BadForm) else {refusal.field: refusal.message}
        beside = {name: message for name, message in told.items() if name in self.panel.values()}
        if beside:
            self.refuse(beside)
        else:
            super().refused(refusal)

    async def may_leave(self) -> bool:
        """What was typed and not sent is asked about; where nothing is kept, nothing is lost."""
        if not self.keeps or not self.panel.opened_values():
            return True
        return await self.desk.ask(Destroy(say("Leave it so?"), say("What was typed here is forgotten."))) is True

    def expectation(self) -> Message:
        """What the field that the cursor is in expects."""
        from boss_tui.forms.expected import expected

        return expected(self.panel.fields[self.panel.current].spec)

    def on_form_panel_moved(self) -> None:
        """A field without fault has nothing of its own to say."""
        if self.panel.current not in self.panel.errors:
            self.tell(self.panel.cut_here() or self.wanted)
        self.redraw_frame()  # what a key does may hang on the field
        if self.typed_over:
            self.panel.fields[self.panel.current].select_all()

    def begin(self, values: Mapping[str, str]) -> None:
        """What stands in the fields at first."""
        self.panel.show(dict(values), {}, {}, opened=True)
        if self.typed_over:
            self.panel.fields[self.panel.current].select_all()


class ListedFormScreen(LocalFormScreen):
    """A form of which F4 lists what may stand in a field; of others it says what is expected. What a code of such a
    list is called stands beside it."""

    def __init__(self, specs: tuple[FieldSpec, ...]) -> None:
        super().__init__(specs)
        self.explained: Mapping[str, str] = {}

    def begin(self, values: Mapping[str, str]) -> None:
        """What stands in the fields at first, and what it is called."""
        super().begin(values)
        if any(values.get(name) and self._names(name) is not None for name in self.panel.fields):
            self.desk.flow(self.explain())

    def on_input_changed(self, event: Field.Changed) -> None:
        """What was said of another code stands beside its field no more."""
        event.stop()
        name = next((name for name, field in self.panel.fields.items() if field is event.input), "")
        if event.value != self.explained.get(name, event.value) and self._names(name) is not None:
            self.explained = {field: text for field, text in self.explained.items() if field != name}
            self.panel.notes = {field: told for field, told in self.panel.notes.items() if field != name}
            self.panel.redraw()

    def on_form_panel_moved(self) -> None:
        """What was typed may mean something else now."""
        super().on_form_panel_moved()
        if self.explained != self.panel.values():
            self.desk.flow(self.explain())

    async def explain(self) -> None:
        """Say beside each field of a list what its code means; what a screen says beside others stays."""
        before, self.explained = self.explained, self.panel.values()
        for name, text in self.explained.items():
            load = self._names(name) if text != before.get(name, "") else None
            if load is not None:
                called = await self._called(load, text.strip())
                rest = {field: told for field, told in self.panel.notes.items() if field != name}
                self.panel.notes = rest if called is None else {**rest, name: called}
        self.panel.redraw()

    def _names(self, name: str) -> Load | None:
        """The list in which the codes of a field have names."""
        return None if self.panel.fields[name].spec.ask.kind == "date" else self.list_of(name)

    @staticmethod
    async def _called(load: Load, text: str) -> Message | None:
        """What a code is called in a list; None: it is not in it, or its name says nothing more."""
        lines = await load(text) if text else []
        cells = next((line.cells for line in lines if line.value == text), ())
        called = next((cell for cell in cells if cell != text), "")
        return (called if isinstance(called, Message) else quoted(called)) if called else None

    def list_of(self, name: str) -> Load | None:
        """The list of a field, such as days for a date; None: it has none."""
        from boss_tui.forms.expected import days

        state = self.desk.state
        if self.panel.fields[name].spec.ask.kind != "date" or state is None or not state.business_date:
            return None
        return self.lines_of(days, state.business_date)

    def lines_of(self, find: Callable[..., Sequence[Choice]], *asked: str) -> Load:
        """A list of what is found, narrowed by what is typed."""

        async def load(text: str) -> list[ListRow]:
            found = await self.desk.call(find, *asked)
            lines = [ListRow((each.value, each.label), each.value) for each in found]
            return [line for line in lines if line.holds(text)]

        return load

    def why_not(self, name: str) -> Message | None:
        """A list belongs to a field that has one."""
        if name == "list" and self.list_of(self.panel.current) is None:
            return self.expectation()
        return super().why_not(name)

    def expectation(self) -> Message:
        """A list that there is for it, but for days: they may be any."""
        from boss_tui.forms.expected import expected

        spec = self.panel.fields[self.panel.current].spec
        return expected(spec, spec.ask.kind != "date" and self.list_of(spec.name) is not None)

    async def do_list(self) -> None:
        """What may stand in the field; once it is taken, the next field, as at a counter's form. Where several may
        stand in it, F4 again adds another one."""
        field = self.panel.fields[self.panel.current]
        load = self.list_of(field.spec.name)
        if load is None:
            return
        answer = await self.desk.ask(PickList(field.spec.ask.label, load, current=field.value))
        if answer is None:
            return
        field.value = toggled(field.value, answer) if field.spec.ask.several else answer
        await self.explain()
        if not field.spec.ask.several:
            self.panel.focus_on(self.panel.beside(field.spec.name, 1) or field.spec.name)
