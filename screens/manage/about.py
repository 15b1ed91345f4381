"""What an edition is about, asked for in one box: its title, why, from which business date, whom it reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.form import Form
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from screens.dialogs.dialog import YES, Box, Dialog, Heading, Lines
from screens.dialogs.pick_list import PickList
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.listing import ListRow


class AboutForm(Form):
    """What is asked of a new edition."""

    title: Annotated[str, Ask(say("Edition title"), help=say("What it changes, in a few words."), length=60)]
    reason: Annotated[str, Ask(say("Reason"), length=200)]
    effective_from: Annotated[
        str,
        Ask(say("From"), "date", help=say("A business date, such as 20261201; empty: at once, when it is approved.")),
    ] = ""
    scope: Annotated[
        str,
        Ask(
            say("Reaches"),
            help=say("Whom all of it reaches; empty: all outlets. One price alone: its Region."),
            choices="scope",
        ),
    ] = ""


_HELP = {spec.name: spec.ask.help for spec in AboutForm.fields()}
_MEANT = {"effective_from": say("at once, when approved"), "scope": say("all outlets")}


class About(Dialog[dict[str, str]]):
    """Answers what was typed, as it was typed. Enter goes on and ends behind the last field; F10 ends at once."""

    expected: ClassVar[bool] = True
    BINDINGS: ClassVar = [Binding(YES, "take", show=False, priority=True), Binding("f4", "list", show=False)]

    def __init__(
        self, title: Message, typed: Mapping[str, str] | None = None, fields: Sequence[str] = tuple(_HELP)
    ) -> None:
        """`typed`: what stands there already; `fields`: those that are asked for."""
        super().__init__()
        self._title, self._typed = title, typed or {}
        self.panel = FormPanel([spec for spec in AboutForm.fields() if spec.name in fields])
        self.said = Lines((Message(""), ""))

    def compose(self) -> ComposeResult:
        """Heading, fields, what there is to say, keys."""
        with Box(classes="-wide"):
            yield Heading(self._title)
            yield Lines((Message("\n"), ""))
            yield self.panel
            yield self.said
            yield Lines((say("Enter: on        F4: choices        F10: go on        Esc: back"), "key"))

    def on_mount(self) -> None:
        """What is known already."""
        self.panel.show(self._typed, {}, {}, opened=True)
        for field in self.panel.fields.values():
            field.put(field.opened)
        self.panel.focus_on(self.panel.specs[0].name)
        self.desk.flow(self._show())

    def on_form_panel_moved(self) -> None:
        """What is asked for here."""
        self.panel.fields[self.panel.current].select_all()
        error = self.panel.errors.get(self.panel.current)
        self.said.show((error, "error") if error else (_HELP[self.panel.current], "dim"))

    def on_field_left(self, event: Field.Left) -> None:
        """The next; behind the last it is done."""
        event.stop()
        following = self.panel.beside(event.field.spec.name, event.step)
        if following is not None:
            self.panel.focus_on(following)
            self.desk.flow(self._show())
        elif event.insist:
            self.action_take()

    def action_list(self) -> None:
        """Whom it may reach, from when; of a text, what is expected."""
        from boss_tui.forms.expected import days, expected

        current, state = self.panel.current, self.desk.state
        managing = self.desk.port.managing
        if current == "scope":
            self.desk.flow(self._choose(managing.scopes))
        elif current == "effective_from" and state is not None and state.business_date:
            self.desk.flow(self._choose(days, state.business_date))
        else:
            self.said.show((expected(self.panel.fields[current].spec), "dim"))

    async def _choose(self, find: Callable[..., Sequence[Choice]], *asked: str) -> None:
        found, field = await self.desk.call(find, *asked), self.panel.fields[self.panel.current]

        async def load(text: str) -> list[ListRow]:
            lines = (ListRow((choice.value or "-", choice.label), choice.value) for choice in found)
            return [line for line in lines if line.holds(text)]

        chosen = await self.desk.ask(PickList(field.spec.ask.label, load, current=field.value))
        if chosen is not None:
            field.value = chosen
            await self._show()

    def action_take(self) -> None:
        """Answer, if nothing is wrong."""
        self.desk.flow(self._take())

    async def _take(self) -> None:
        wrong = await self._look()
        typed = {name: text.strip() for name, text in self.panel.values().items()}
        missing = say("A word is needed here: it is kept.")
        wrong |= {spec.name: missing for spec in self.panel.specs if spec.required and not typed[spec.name]}
        if not wrong:
            self.finish(typed)
            return
        first = next(spec.name for spec in self.panel.specs if spec.name in wrong)
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.errors = wrong
        self.panel.redraw()
        self.panel.focus_on(first)
        self.said.show((wrong[first], "error"))

    async def _show(self) -> None:
        await self._look()

    async def _look(self) -> dict[str, Message]:
        """Say beside the fields what they mean; what is wrong with them."""
        typed, wrong, notes = self.panel.values(), dict[str, Message](), dict[str, Message]()
        for name, means in (each for each in _MEANT.items() if each[0] in typed):
            if not typed[name].strip():
                notes[name] = means
        managing = self.desk.port.managing
        try:
            if typed.get("scope", "").strip():
                notes["scope"] = await self.desk.call(managing.reaches, typed["scope"])
        except BadForm as fault:
            wrong |= fault.errors
        try:
            if typed.get("effective_from", "").strip():
                self.panel.fields["effective_from"].put(
                    await self.desk.call(managing.later_day, typed["effective_from"])
                )
        except NotAllowed as fault:
            wrong["effective_from"] = fault.message
        self.panel.notes, self.panel.errors = notes, wrong
        self.panel.redraw()
        return wrong
