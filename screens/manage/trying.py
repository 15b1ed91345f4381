"""What would come of it: a subject's try-out on the screen, on a date, with the open draft in the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.errors import BadForm
from data.message import Message, say
from screens.dialogs.pick_list import Load
from screens.dialogs.waiting import waited
from screens.frame import DeskApp, Plain
from screens.local_form import ListedFormScreen
from screens.manage.text import Facts
from screens.meanings import Meaning, here
from screens.widgets.form_panel import Field
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.desk.trying import Begun
    from boss_tui.management.kit.entity import Key
    from boss_tui.management.kit.subject import TryOut


class _With(Form):
    """With which edition in the rows, on which date."""

    edition: Annotated[
        str,
        Ask(
            say("With edition"),
            "digits",
            help=say("Its number: its rows are tried as if they counted; empty: as the rows stand."),
            length=9,
        ),
    ] = ""
    on: Annotated[
        str,
        Ask(say("On the date"), "date", help=say("A business date, today's or a later one; empty: the edition's.")),
    ] = ""


async def try_out(desk: DeskApp, name: str, key: Key | None = None) -> None:
    """Open a subject's try-out, about a row if one is meant; or say that it has none."""
    from boss_tui.management import subjects

    subject, _ = subjects.named(name)
    if subject.tries is None:
        desk.announce(say("There is nothing to try of {code}.", code=subject.code), "warn")
        return
    await desk.push_screen(TryScreen(subject.tries, await desk.call(desk.port.trying.opened, name, key)))


async def try_edition(desk: DeskApp, edition: str, position: int | None) -> None:
    """Try what an edition changes, before it is decided: the line of it that is meant, else the first that can be."""
    from boss_tui.management import subjects

    begun = await desk.call(desk.port.trying.begun, edition, position)
    tries = subjects.subject(begun.code).tries
    assert tries is not None  # of others nothing is begun
    await desk.push_screen(TryScreen(tries, begun))


class TryScreen(ListedFormScreen):
    """What is asked for, and what comes of it. F9 works it out; nothing is changed."""

    BINDINGS: ClassVar = [
        Binding("pagedown", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
    ]
    means = here(price=Meaning(say("Try"), say("Work it out")), complete=Meaning(say("Try"), say("Work it out")))
    typed_over: ClassVar[bool] = True

    def __init__(self, tries: TryOut, begun: Begun) -> None:
        super().__init__((*tries.form.fields(), *_With.fields()))
        self.code, self._form, self._begun = begun.code, tries.form, begun
        self.keeps = False
        self._tried: Mapping[str, str] = {}
        self.found = Facts(None)
        self.shown = Plain(self.found, id="found")

    def on_mount(self) -> None:
        """What is known already; where that is all that is asked for, what comes of it."""
        begun = self._begun
        self.begin({**begun.typed, "edition": begun.edition, "on": begun.on})
        if not begun.typed or not begun.at_once:
            return
        try:
            self._form.read(begun.typed)
        except BadForm:
            return
        self.desk.flow(self.do_price())

    def on_input_changed(self, event: Field.Changed) -> None:
        """What came of something else is not told any more."""
        event.stop()
        if self.found.facts is not None and self.panel.values() != self._tried:
            self.found.show(None)
            self.tell(say("F9: work it out anew"))

    def action_turn(self, pages: int) -> None:
        """Further through what came of it, or back."""
        (self.shown.scroll_page_down if pages > 0 else self.shown.scroll_page_up)(animate=False)

    def heading(self) -> Message:
        """Of what."""
        return say("Try {code}", code=self.code)

    def parts(self) -> ComposeResult:
        """The form, and what came of it."""
        yield from super().parts()
        yield self.shown

    def list_of(self, name: str) -> Load | None:
        """The list that the field names, or what `ListedFormScreen` knows of its kind."""
        if name == "edition":
            return self.lines_of(self.desk.port.trying.editions)

        async def load(text: str) -> list[ListRow]:
            found = await self.desk.call(self.desk.port.trying.choices, self.code, name, text)
            return [ListRow((choice.value, choice.label), choice.value) for choice in found]

        return load if self.panel.fields[name].spec.ask.choices else super().list_of(name)

    async def do_price(self) -> None:
        """Work it out; what came of what was asked before goes first, so that no refusal stands over it."""
        self.found.show(None)
        self._tried, typed = self.panel.values(), self.panel.values()
        on, edition = typed.pop("on"), typed.pop("edition").strip()
        try_out, said = self.desk.port.trying.try_out, (self.code, typed, on, edition)
        found = await waited(self.desk, self.heading(), lambda _: try_out(*said))
        if found is not None:
            self.panel.show(self.panel.values(), {}, self.panel.notes)  # what was wrong before is not any more
            self.tell(self.wanted)
            self.panel.fields[self.panel.current].select_all()  # what is typed next is tried instead
            self.found.show(found)
            self.shown.scroll_home(animate=False)
            self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        """How to come to what there is no room for."""
        if self.shown.max_scroll_y:
            self.tell(say("PgDn, PgUp: the rest of it"))

    async def do_complete(self) -> None:
        """The same: there is nothing to complete."""
        await self.do_price()
