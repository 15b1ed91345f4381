"""What every screen of the desk shares: the program as screens see it, the frame around a screen, and its actions.

A piece of work that calls the desk is a *flow*: keys wait until it ends, its faults are told, and a dialog that it
opens lets the keys through while it asks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from data.errors import BossError, ClockDoubted, Expired, SignedOff, StoreDoubted
from data.message import Message
from screens import actions, keys, meanings
from screens.aside import in_a_thread
from screens.terminal import GatedApp
from screens.widgets.drawn import Drawn, looks_of
from screens.widgets.lines import KeyLine, MessageLine, StatusLine

if TYPE_CHECKING:
    from boss_tui.answers.business import DraftView, Handwritten
    from boss_tui.answers.hall import Queues
    from boss_tui.locale import Words
    from screens.dialogs.dialog import Dialog
    from screens.ports import DeskPort
    from screens.ports.lookups import CustomerView
    from screens.ports.signing import DeskState, OperatorView

P = ParamSpec("P")
T = TypeVar("T")


class Plain(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A part that scrolls, and never takes the focus from a field, nor a key from its screen."""


class DeskApp(GatedApp):
    """The program as screens see it. `words` puts a Message into the language of the screen.

    `state` and `queues` come together: while the desk is being opened, `state` is None and there are no queues.
    """

    port: DeskPort
    words: Words
    state: DeskState | None = None
    queues: Queues
    customer: CustomerView | None = None
    """The customer in view, as the desk has told it last: it is the desk that knows who is served."""

    locked: bool = False
    """Whether the counter is locked."""
    language_chosen: bool = False
    """Whether a language was chosen while nobody was signed on."""
    left_locked: bool = False
    """Whether somebody was signed off behind the lock: then the program is not ended by whoever passes."""
    greeting: tuple[tuple[Message, str], ...] = ()
    """What who signed on is told on the first screen: when they were here last, how long their password holds."""

    job: Message = Message("")
    """The long work that goes on beside, in a few words; empty: none."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.at_work: set[str] = set()  # the keys of jobs that this program is at
        self.besides: set[asyncio.Task[None]] = set()  # what goes on while keys do
        self._looks: tuple[str, dict[str, Style]] = ("", {})
        self._flows: set[asyncio.Task[None]] = set()

    @property
    def looks(self) -> dict[str, Style]:
        """What the names of styles look like in the theme of the moment."""
        if self._looks[0] != self.theme:
            self._looks = (self.theme, looks_of(self.theme_variables))
        return self._looks[1]

    async def opened(self) -> None:
        """Wait until the desk is there."""

    async def call(self, work: Callable[P, T], *args: P.args, **keywords: P.kwargs) -> T:
        """Call the desk, in a thread, while keys wait."""
        with self.gate.held():
            return await self._aside(work, *args, **keywords)

    async def seek(self, work: Callable[P, T], *args: P.args, **keywords: P.kwargs) -> T:
        """Ask the desk for what is looked for; letters go on meanwhile, which look for something else."""
        with self.gate.held(narrows=True):
            return await self._aside(work, *args, **keywords)

    async def _aside(self, work: Callable[P, T], *args: P.args, **keywords: P.kwargs) -> T:
        return await asyncio.to_thread(work, *args, **keywords)

    async def apart(self, work: Callable[P, T], *args: P.args, **keywords: P.kwargs) -> T:
        """Call the desk while keys go on, in a thread that the program's end does not wait for: of what others take
        their time over."""
        return await in_a_thread(partial(work, *args, **keywords))

    def flow(self, work: Coroutine[Any, Any, None], *, narrows: bool = False) -> None:
        """Do a piece of work. Keys wait from now on until it has ended. `narrows`: but for letters, which narrow
        further what it looks for."""
        self.gate.begin(narrows=narrows)
        task = asyncio.create_task(self._flow(work))
        self._flows.add(task)
        task.add_done_callback(partial(self._flow_ended, narrows=narrows))

    async def _flow(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except BossError as refusal:
            self.gate.flush()
            if isinstance(refusal, SignedOff):
                await self.signed_off()
            screen = self.screen_below()
            if screen is not None:
                screen.refused(refusal)
            if isinstance(refusal, Expired) and not refusal.field:
                await self._flow(self.renew())
            if isinstance(refusal, ClockDoubted):
                await self._flow(self.vouch(refusal.message))
            if isinstance(refusal, StoreDoubted):
                await self._flow(self.accept_store(refusal.message))
        except Exception as fault:
            self.report_fault(fault)

    def beside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do something while keys go on; what fails is told."""

        async def told() -> None:
            try:
                await work
            except BossError as fault:
                self.announce(fault.message, "error")
            except Exception as fault:
                self.report_fault(fault)

        task = asyncio.create_task(told())
        self.besides.add(task)
        task.add_done_callback(self.besides.discard)
        return task

    async def renew(self) -> None:
        """The form that is shown is past its time: go on with what was typed in a new one."""
        screen = self.screen_below()
        if screen is not None:
            await screen.renew()

    def _flow_ended(self, task: asyncio.Task[None], *, narrows: bool) -> None:
        self._flows.discard(task)
        self.gate.end(narrows=narrows)

    async def ask(self, dialog: Dialog[T]) -> T | None:
        """Ask something, from within a flow. None is Esc. What was typed ahead is for the dialog only if it was
        to be expected."""
        if not dialog.expected:
            self.gate.flush()
        await self.push_screen(dialog)
        self.redraw_frames()  # the keys below are another's now
        self.gate.end()
        try:
            answer = await dialog.answer
        finally:
            self.gate.begin()
        await dialog.gone()
        self.redraw_frames()
        return answer

    def screen_below(self) -> DeskScreen | None:
        """The screen that is shown, below whatever asks over it."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, DeskScreen)), None)

    def announce(self, message: Message, tone: str = "") -> None:
        """Say something in the line of the screen that is shown. tone: error, warn, good or none."""
        screen = self.screen_below()
        if screen is not None:
            screen.tell(message, tone)
        if tone == "error":
            self.bell()

    async def open(self, code: str, values: dict[str, Any] | None = None, slip: Handwritten | None = None) -> None:
        """Open a business with what is known already. slip: the one that it enters later."""
        raise NotImplementedError

    async def show_draft(self, draft: DraftView, recalled: bool = False, doubted: str = "") -> None:
        """Put a draft on the screen. recalled: it was put aside, or left unfinished, with something typed in it.
        doubted: the field that was filled with what nobody has said yet."""
        raise NotImplementedError

    async def place(self, name: str, typed: str = "") -> None:
        """Go to one of the places that are no business (held, orders, till, find, edition), with something typed."""
        raise NotImplementedError

    async def sign_on(self, staff_no: str, password: str) -> OperatorView:
        """Sign somebody on, at the station where they work."""
        raise NotImplementedError

    async def prove(self, staff_no: str, password: str) -> None:
        """Whoever is to sign on is who they say; nobody is signed on, or off."""
        raise NotImplementedError

    async def signed_on(self, operator: OperatorView) -> None:
        """Somebody has signed on."""
        raise NotImplementedError

    async def entered(self) -> None:
        """Who signed on may begin."""
        raise NotImplementedError

    async def vouch(self, why: Message) -> None:
        """The machine's clock can't be right: a supervisor's word is asked for."""
        raise NotImplementedError

    async def accept_store(self, why: Message) -> None:
        """The store is not the one that was noted: a supervisor's word is asked for."""
        raise NotImplementedError

    async def end_work(self) -> None:
        """Sign off whoever works here."""
        raise NotImplementedError

    async def signed_off(self) -> None:
        """Nobody works here any more, by the desk's own word."""
        raise NotImplementedError

    async def refresh_state(self) -> None:
        """Ask the desk again where we are, and show it."""
        raise NotImplementedError

    async def do_language(self) -> None:
        """The next language."""
        raise NotImplementedError

    async def do_palette(self, typed: str = "") -> None:
        """Everything that can be done, narrowed at first by what was typed."""
        raise NotImplementedError

    async def act(self, name: str) -> None:
        """Do an action of the table on the screen that is shown, or say why not; from within a flow."""
        raise NotImplementedError

    def offers(self, action: actions.Action) -> bool:
        """Whether there is an action here."""
        is_demo, is_office = (self.state.is_demo, self.state.is_office) if self.state is not None else (False, False)
        return (is_demo or not action.in_demo) and (is_office or not action.at_office)

    async def recognise(self, in_view: tuple[str, str]) -> None:
        """Show whom the desk has in view now: customer and number, as a form that was looked at has told them."""
        shown = self.customer
        if in_view != ((shown.customer_id, shown.number) if shown else ("", "")):
            await self.look_again()

    async def look_again(self) -> None:
        """Show the customer in view as they stand now."""
        self.customer = await self.call(self.port.serving.in_view)
        self.redraw_frames()

    async def meet(self, customer_id: str, number: str = "") -> None:
        """This customer is now in front of the clerk, with the number that they were found by."""
        self.customer = await self.call(self.port.serving.meet, customer_id, number)
        self.redraw_frames()

    def redraw_frames(self) -> None:
        """Draw the frames of all screens again: state, queues or customer have changed."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.redraw_frame()


class DeskScreen(Screen[None]):
    """A full screen: state above, its own parts in the middle, one line of words and the keys below."""

    AUTO_FOCUS = "*"
    BINDINGS: ClassVar = [*keys.bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (Textual declares it so)
    title_of: Message = Message("")
    private: bool = False
    """Whether the customer is kept out of view here."""
    is_first: bool = False
    """Whether every customer begins here: the next business is chosen on it."""
    keeps: bool = False
    """Whether a form or money is open here, which leaving would be asked about."""
    means: Mapping[str, meanings.Meaning] = {}
    """What actions do here, where the table says it too generally."""

    @property
    def desk(self) -> DeskApp:
        """The program."""
        return cast("DeskApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame; subclasses answer `parts`."""
        # Textual would set these once all is mounted, and then match the stylesheet again for each widget.
        self.set_class(self.app.size.width < 110, "-narrow")
        self.set_class(self.app.size.width >= 110, "-wide")
        yield StatusLine()
        yield from self.parts()
        yield MessageLine()
        yield KeyLine()

    def parts(self) -> ComposeResult:
        """What is special about this screen."""
        yield Widget()

    @property
    def made(self) -> bool:
        """Whether the making of the screen succeeded."""
        return self.is_running and bool(self.query(KeyLine))

    def heading(self) -> Message:
        """What the screen is called, for the status line."""
        return self.title_of

    def help_sections(self) -> list[tuple[Message, Message]]:
        """What there is to know of the screen (F1), each with what it is about."""
        return []

    def tell(self, message: Message, tone: str = "") -> None:
        """Say something in the line above the keys; a screen that has been left says nothing."""
        for line in self.query(MessageLine):
            line.tell(message, tone)

    def refused(self, refusal: BossError) -> None:
        """What was asked of the desk here was refused."""
        self.desk.bell()
        self.tell(refusal.message, "error")

    @property
    def said_last(self) -> tuple[Message, str]:
        """What stands in the line above the keys, and its tone; nothing on a screen that has been left."""
        return next(((line.said, line.tone) for line in self.query(MessageLine)), (Message(""), ""))

    @property
    def is_silent(self) -> bool:
        """Whether nothing stands in the line above the keys that somebody may not have read yet."""
        return all(line.tone not in {"error", "warn"} for line in self.query(MessageLine))

    def redraw_frame(self) -> None:
        """State, queues, customer, or what can be done here, have changed."""
        for line in (*self.query(StatusLine), *self.query(KeyLine)):  # none yet, while the screen is being made
            line.redraw()

    def changed_beside(self) -> None:
        """What goes on beside has come to an end: what is shown here may stand otherwise now."""

    def retell(self) -> None:
        """The language has changed: say everything again."""
        for drawn in self.query(Drawn):
            drawn.retell()

    def why_not(self, name: str) -> Message | None:
        """Why an action can't be done here and now; None when it can."""
        is_done = hasattr(self, f"do_{name}") or hasattr(self.desk, f"do_{name}")
        if is_done and name in actions.BY_NAME and self.desk.offers(actions.BY_NAME[name]):
            return None
        return meanings.NOTHING

    def action_do(self, name: str) -> None:
        """Do an action of the table, or say why not."""
        reason = self.why_not(name)
        if reason:
            self.desk.gate.flush()
            self.desk.bell()
            self.tell(reason, "warn")
            return
        self.desk.flow(self.do(name))

    async def do(self, name: str) -> None:
        """Do an action of the table, from within a flow."""
        reason = self.why_not(name)
        if reason:
            self.tell(reason, "warn")
            return
        act = getattr(self, f"do_{name}", None) or getattr(self.desk, f"do_{name}")
        await act()

    async def renew(self) -> None:
        """What is shown here is past its time: begin anew, where there is something to begin."""

    async def keep_typed(self) -> None:
        """What was typed and not told to the desk yet goes to disk: the program ends without asking."""

    async def may_leave(self) -> bool:
        """Whether the screen can be left: asks when something would be lost."""
        return True

    async def do_back(self) -> None:
        """Leave this screen."""
        if await self.may_leave():
            await self.desk.pop_screen()
