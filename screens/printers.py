"""Printers: how they stand, which counter's papers come out of which, and what a supervisor changes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from boss_tui.answers.hall import LogoView
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.errors import NotFound
from data.message import Message, say
from data.states import counted
from data.tables.printing import ANY
from printers.profiles import PROFILES
from printers.routes import KINDS, Place, name_of, names_of
from printers.setting_up import FAIL_OVER, USUAL
from screens.dialogs.pick_list import pick
from screens.dialogs.refusing import RefusedDialog
from screens.list_screen import ListScreen
from screens.local_form import LocalFormScreen
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from screens.ports.printers import PrinterView

NEW = "new"
_NEW = ListRow((say("+ New printer"),), NEW)
LOGO = "logo"


class PrinterForm(Form):
    """What is said of a printer."""

    code: Annotated[str, Ask(say("Code"), "code", help=say("Its short name here, such as P80."), width=13)]
    address: Annotated[
        str, Ask(say("Address"), "text", help=say("Such as tcp://192.168.1.50:9100 or serial:///dev/ttyS0."), width=40)
    ]
    profile: Annotated[
        str,
        Ask(
            say("Profile"),
            "text",
            help=say("What kind it is: its width, whether it cuts."),
            choices="profiles",
            width=16,
        ),
    ]
    kinds: Annotated[
        str,
        Ask(
            say("Papers"),
            "text",
            help=say("The kinds of paper that it takes."),
            choices="kinds",
            width=40,
            several=True,
        ),
    ]
    stand_in: Annotated[
        str,
        Ask(
            say("Stand-in"),
            "code",
            help=say("Who takes its papers while it can't print."),
            choices="stand_ins",
            width=13,
        ),
    ] = ""
    fail_over: Annotated[
        str,
        Ask(
            say("They go there"),
            "text",
            help=say("never, ask (a person says so), or self: by itself."),
            choices="fail_overs",
            width=13,
        ),
    ] = "never"


class PrinterScreen(LocalFormScreen):
    """A new printer, or what is said of one that is there. F4 lists what may stand in a field."""

    title_of = say("Printer")
    about = say("F4 lists what may stand in a field. F10 sets it up; every counter knows it from then on.")

    def __init__(self, printer: PrinterView | None, told: Callable[[Sequence[Message]], None]) -> None:
        specs = PrinterForm.fields()
        super().__init__(specs if printer is None else tuple(spec for spec in specs if spec.name != "code"))
        self._printer, self._told = printer, told

    def heading(self) -> Message:
        """Which printer it is about."""
        return say("Printer {printer}", printer=self._printer.code) if self._printer else say("New printer")

    def on_mount(self) -> None:
        """As it stands, or what most have."""
        at: Any = self._printer
        names = ("address", "profile", "kinds", "stand_in", "fail_over")
        usual = {"profile": USUAL, "kinds": ",".join(KINDS), "fail_over": "never"}
        values = {name: getattr(at, name) for name in names} if at else usual
        self.panel.show(values, {}, {}, opened=True)

    async def do_list(self) -> None:
        """What may stand in the field."""
        field = self.panel.fields[self.panel.current]
        lists: dict[str, list[ListRow]] = {
            "profiles": [
                ListRow((name, say("{n} {n:column|columns}", n=about.columns)), name)
                for name, about in PROFILES.items()
            ],
            "kinds": [ListRow((kind, name_of(kind)), kind) for kind in KINDS],
            "stand_ins": await self._stand_ins(),
            "fail_overs": [ListRow((name, words), name) for name, words in FAIL_OVER.items()],
        }
        if field.spec.ask.choices not in lists:
            self.tell(say("There is no list for this field: type it."))
            return
        taken = await self.desk.ask(pick(field.spec.ask.label, lists[field.spec.ask.choices]))
        if taken is not None:
            field.value = toggled(field.value, taken) if field.spec.ask.several else taken

    async def _stand_ins(self) -> list[ListRow]:
        code = self._printer.code if self._printer else ""
        others = [view for view in await self.desk.call(self.desk.port.printers.lines) if view.code != code]
        return [*(ListRow((view.code, view.profile), view.code) for view in others), ListRow(("-", say("nobody")), "")]

    async def do_complete(self) -> None:
        """Set it up."""
        typed = {name: value.strip() for name, value in self.panel.values().items()}
        code = self._printer.code if self._printer else typed.pop("code")
        try:
            told = await self.desk.call(self.desk.port.printers.set_up, code, typed)
        except NotFound as fault:
            self.refuse({fault.field or "profile": fault.message})
            return
        await self.desk.pop_screen()
        self._told(told)


class LogoForm(Form):
    """Which picture, on which papers."""

    picture: Annotated[
        str,
        Ask(
            say("Picture"),
            "text",
            help=say("A PNG file on this machine, such as /home/hall/logo.png."),
            width=50,
            length=300,
        ),
    ]
    kinds: Annotated[
        str,
        Ask(
            say("Papers"),
            "text",
            help=say("The kinds of paper that carry it; empty: what customers take along."),
            choices="kinds",
            width=44,
            several=True,
        ),
    ] = ""


class LogoScreen(LocalFormScreen):
    """The picture at the top of papers. F4 lists the kinds of paper."""

    title_of = say("Logo on papers")
    about = say(
        "A PNG picture in dark on white prints best; it is made smaller where it does not fit, 15 mm high at most. "
        "Papers that wait already keep what they have."
    )

    wanted = say("F10: set it. F4: the kinds of paper. F1: what belongs in a field")

    def __init__(self, told: Callable[[Sequence[Message]], None]) -> None:
        super().__init__(LogoForm.fields())
        self._told = told

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return LogoForm.partial(self.panel.values())[1]

    async def do_list(self) -> None:
        """The kinds of paper."""
        if self.panel.current != "kinds":
            self.tell(say("There is no list for this field: type it."))
            return
        field = self.panel.fields["kinds"]
        lines = [ListRow((kind, name_of(kind)), kind) for kind in KINDS]
        taken = await self.desk.ask(pick(field.spec.ask.label, lines))
        if taken is not None:
            field.value = toggled(field.value, taken)

    async def do_complete(self) -> None:
        """Set it."""
        values = self.panel.values()
        found = await self.desk.call(
            self.desk.port.printers.set_logo, values["picture"].strip(), values["kinds"].strip()
        )
        await self.desk.pop_screen()
        self._told([logo_in_words(found)])


def logo_in_words(view: LogoView | None) -> Message:
    """Which papers carry the logo."""
    if view is None:
        return say("No logo is set.")
    return say("Logo no. {n}, on: {kinds}", n=view.number, kinds=names_of(view.kinds))


def toggled(kinds: str, kind: str) -> str:
    """The kinds of paper with one more, or without it where it was there."""
    held = [each for each in kinds.split(",") if each]
    return ",".join([each for each in held if each != kind] if kind in held else [*held, kind])


class PrintersScreen(ListScreen):
    """Above, the printers: Enter says what can be done about one. Below, where each counter's papers come out, kind by
    kind: Enter chooses the paper, then the printer. A star is what is set for that counter itself."""

    title_of = say("Printers")
    hint: ClassVar[Message] = say("Enter: a printer, what can be done; a counter, where its papers come out.")
    widths: ClassVar[tuple[int, ...]] = ()

    async def load(self, text: str) -> Sequence[ListRow]:
        """Printers, a new one, then counters, narrowed by what is typed."""
        found = await self.desk.call(self.desk.port.printers.lines)
        places = await self.desk.call(self.desk.port.printers.places)
        counters = list(dict.fromkeys(place.counter for place in places))
        kinds = ListRow((say("Papers of"), *(name_of(kind) for kind in KINDS)), None, "head")
        logo = ListRow((say("Logo"), logo_in_words(await self.desk.call(self.desk.port.printers.logo))), LOGO)
        above = [line for line in (*map(self._of_printer, found), _NEW, logo) if line.holds(text)]
        below = [line for c in counters if (line := self._of_counter(c, places)).holds(text)] if found else []
        return [*above, *((kinds, *below) if below else ())]

    def _of_printer(self, view: PrinterView) -> ListRow:
        state, style = how(view)
        waits = say("waiting {n}", n=counted(view.waiting)) if view.waiting else Message("")
        other = f"> {view.stand_in}" if view.fail_over != "never" else ""
        last = Message("{other}  {waits}", {"other": other, "waits": waits})
        return ListRow((view.code, state, view.profile, view.address, last), view, style)

    def _of_counter(self, counter: str, places: Sequence[Place]) -> ListRow:
        at = {place.kind: place for place in places if place.counter == counter}
        title = say("the hall") if counter == ANY else counter
        whole = ANY in at and at[ANY].is_set
        cells = (self._star(at[kind], whole and counter != ANY) for kind in KINDS)
        return ListRow((title, *cells), counter)

    def _star(self, place: Place, whole: bool) -> str:
        star = "*" if place.printer and (place.is_set or whole) else ""
        return (place.printer or "-") + star

    async def chosen(self, line: ListRow) -> None:
        """What can be done about a printer, or where a counter's papers come out."""
        if line.value == NEW:
            await self.desk.push_screen(PrinterScreen(None, self.show_outcome))
        elif line.value == LOGO:
            await self._logo()
        elif isinstance(line.value, str):
            await self._route(line.value)
        elif line.value is not None:
            await self._about(line.value)

    def show_outcome(self, lines: Sequence[Message]) -> None:
        """What a change brought: one line in its place, more over the screen."""
        if len(lines) > 1:
            self.desk.flow(self._show(lines))
        else:
            self.tell(lines[0] if lines else say("Done: no paper comes out elsewhere by it."), "good")
        self.reload()

    async def _show(self, lines: Sequence[Message]) -> None:
        await self.desk.ask(RefusedDialog(say("What changes by it"), tuple(lines)))

    async def _logo(self) -> None:
        """Set the logo, or take it away."""
        if await self.desk.call(self.desk.port.printers.logo) is None:
            await self.desk.push_screen(LogoScreen(self.show_outcome))
            return
        lines = [
            ListRow((say("Another picture, or other papers"),), "set"),
            ListRow((say("No logo any more"),), "away"),
        ]
        way = await self.desk.ask(pick(say("Logo on papers"), lines))
        if way == "set":
            await self.desk.push_screen(LogoScreen(self.show_outcome))
        elif way == "away":
            await self.desk.call(self.desk.port.printers.put_logo_away)
            self.show_outcome([say("No logo is set.")])

    # where a counter's papers come out

    async def _route(self, counter: str) -> None:
        title = say("Papers of the hall") if counter == ANY else say("Papers of {counter}", counter=counter)
        places = await self.desk.call(self.desk.port.printers.places)
        at = {place.kind: place for place in places if place.counter == counter}
        kinds = [self._of_kind(kind, at.get(kind)) for kind in (ANY, *KINDS)]
        kind = await self.desk.ask(pick(title, kinds))
        if kind is None:
            return
        found = [
            view for view in await self.desk.call(self.desk.port.printers.lines) if kind == ANY or kind in view.kinds
        ]
        lines = [ListRow((view.code, view.profile, how(view)[0]), view.code) for view in found]
        if kind in at and at[kind].is_set and (counter, kind) != (ANY, ANY):
            lines.append(ListRow(("-", Message(""), say("not set: by the default")), ""))
        where = say("{kind}: out of which printer?", kind=name_of(kind))
        printer = await self.desk.ask(pick(where, lines))
        if printer is not None:
            self.show_outcome(await self.desk.call(self.desk.port.printers.set_route, counter, kind, printer))

    def _of_kind(self, kind: str, place: Place | None) -> ListRow:
        printer = place.printer if place else ""
        return ListRow((name_of(kind), printer, place.by if place else Message("")), kind)

    # a printer

    async def _about(self, view: PrinterView) -> None:
        way = await self.desk.ask(pick(say("Printer {printer}", printer=view.code), ways(view)))
        if way == "change":
            await self.desk.push_screen(PrinterScreen(view, self.show_outcome))
        elif way == "test":
            await self.desk.call(self.desk.port.printers.test, view.code)
            self.tell(say("A test page is on its way to {printer}.", printer=view.code), "good")
        elif way == "remove":
            await self._remove(view)
        elif way is not None:
            await self._change(view, {"state": way})

    async def _change(self, view: PrinterView, values: Mapping[str, str]) -> None:
        self.show_outcome(await self.desk.call(self.desk.port.printers.set_up, view.code, values))

    async def _remove(self, view: PrinterView) -> None:
        others = [other for other in await self.desk.call(self.desk.port.printers.lines) if other.code != view.code]
        lines = [ListRow((other.code, other.profile, how(other)[0]), other.code) for other in others]
        to: str | None = ""
        if others:
            to = await self.desk.ask(pick(say("Who takes the papers of {printer}?", printer=view.code), lines))
        if to is not None:
            self.show_outcome(await self.desk.call(self.desk.port.printers.remove, view.code, to))


def how(view: PrinterView) -> tuple[Message, str]:
    """How a printer stands, and the style of its line."""
    if view.state == "off":
        return say("off"), "off"
    if view.unknown:
        return say("unknown {n}", n=view.unknown), "error"
    if view.refused:
        return say("does not print"), "error"
    if view.near_end_since:
        return say("paper runs low"), "warn"
    return say("in use"), ""


def ways(view: PrinterView) -> list[ListRow]:
    """What can be done about a printer."""
    switch = ("off", say("Switch off: its papers wait")) if view.state == "active" else ("active", say("Switch on"))
    return [
        ListRow((say("Print a test page"),), "test"),
        ListRow((switch[1],), switch[0]),
        ListRow((say("Change address, profile, papers, stand-in"),), "change"),
        ListRow((say("Remove: another takes its papers"),), "remove"),
    ]
