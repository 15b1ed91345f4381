"""The Textual application: puts gate, actions, desk and screens together. It knows no business.

Nothing heavy is imported before the first frame, which is the sign-on: the desk is made meanwhile by `connect`, in the
one thread that all calls to the desk are made in. What is typed is answered; what needs the desk waits for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import screens  # first: it sets what Textual reads at its import
from boss_tui.locale import DEFAULT, LANGUAGES, words
from boss_tui.start.on_terminal import OnTerminal
from data.errors import BossError
from data.message import Message, say
from screens.action_handlers import showable
from screens.frame import DeskScreen, P, T
from screens.sign_on import SignOnScreen
from screens.terminal import (
    bubble_past_the_idle,
    guard_handlers,
    let_go_of_closed,
    open_screens_once,
    search_handlers_once,
)
from screens.themes import THEMES
from screens.too_small import TooSmallScreen

if TYPE_CHECKING:
    from boss_tui.home.presence import Occupied
    from data.message import Message
    from screens.ports import Connect, DeskPort
    from screens.ports.signing import OperatorView

log = logging.getLogger("boss")
_LOOK = 5.0  # seconds between looks at state and queues
_AT_MOST, _PAUSE = 2.0, 0.05
"""Seconds that housekeeping waits for a sign-on that is being typed, and between two looks."""


class BossApp(OnTerminal):
    """The desk on a terminal.

    connect: makes the desk; run once, in the desk's own thread, after the first frame.
    keep_house: starts what goes on beside the desk; run once it can be used, in another thread.
    present: told who has signed on at this counter, and that nobody is any more.
    language: zh_CN or en, of all who have chosen none.
    theme: boss-dark or boss-light.
    lock_after: tells after how many seconds without a key the counter locks itself; 0: never.
    encoding: what the terminal speaks; empty: what its locale says.
    tidy: takes away what closed screens leave, at a moment when nobody types.
    elsewhere: the desk of another station at which a member of staff works, if it is not this counter's.
    """

    CSS_PATH = str(Path(screens.__file__).with_name("styles") / "desk.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "boss"

    def __init__(
        self,
        connect: Connect,
        keep_house: Callable[[], object] = bool,
        present: Callable[[str], object] = bool,
        *,
        language: str = DEFAULT,
        theme: str = "boss-dark",
        encoding: str = "",
        lock_after: Callable[[], float] = float,
        tidy: Callable[[], object] | None = None,
        elsewhere: Callable[[str], DeskPort | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._elsewhere = elsewhere
        self.terminal_encoding = encoding
        self.lock_after, self.tidy = lock_after, tidy
        guard_handlers()
        let_go_of_closed()
        search_handlers_once()
        open_screens_once()
        bubble_past_the_idle()
        self.language = showable(language)
        self.words = words(self.language)
        self._connect, self._keep_house, self._present = connect, keep_house, present
        self._counter: DeskPort | None = None
        self._desk_thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._telling = False
        self._noticed: set[str] = set()  # what was told of printers, by its key
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme
        self.gate.begin()  # until there is a field that keys can go to
        self.gate.on_flush = lambda _: self.bell()

    def get_default_screen(self) -> SignOnScreen:
        """The first frame."""
        return SignOnScreen()

    def on_ready(self) -> None:
        """The first frame is on its way: now the rest."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.gate.end()
        self.look_at_size()
        self.opening = asyncio.create_task(self._open())

    async def _open(self) -> None:
        try:
            if not await self._come():
                return
            await self.refresh_state()
            if self.state is not None and self.state.operator:
                await self.show_entrance()
            self.there.set()
            await self._signed_on()
            await asyncio.to_thread(self._load_rest)
        except Exception as fault:
            self.flow(self._hopeless(fault))
            return
        self.set_interval(_LOOK, self._look)
        self.set_interval(_LOOK, self._lock_when_idle)

    async def _signed_on(self) -> None:
        """Until whoever types at the sign-on is at home, or has rested; some time at most. What is loaded beside takes
        time of the processor's from them."""
        until = self.gate.now() + _AT_MOST
        while not (self.gate.calm or self._is_home()) and self.gate.now() < until:
            await asyncio.sleep(_PAUSE)

    def _is_home(self) -> bool:
        return len(self.screen_stack) > 1 and self.state is not None and self.state.operator != ""

    async def _come(self) -> bool:
        """Get the desk. Where another of this counter is open, somebody says which of the two it shall be: answers
        whether it is this one."""
        from boss_tui.home.presence import Occupied  # the first frame has come

        try:
            self.port = await self._aside(self._load)
        except Occupied as other:
            chosen = asyncio.get_running_loop().create_future()
            self._cancel_waiting()
            self.flow(self._ask_which(other, chosen))
            if not await chosen:
                self.exit(return_code=other.exit_code)
                return False
            await self._aside(other.end)
            self.port = await self._aside(self._load)
        return True

    async def _ask_which(self, other: Occupied, chosen: asyncio.Future[bool]) -> None:
        from screens.dialogs.dialog import Confirm, Dialog
        from screens.dialogs.refusing import RefusedDialog

        title = say("Another desk of this counter is open")
        ending = say("That desk can be ended from here: what was typed there is kept. Yes ends it and opens this one.")
        if other.here:
            question: Dialog[bool] = Confirm(title, other.message, ending)
            answer = await self.ask(question)
            chosen.set_result(answer is True)
        else:
            await self.ask(RefusedDialog(title, (other.message, say("Close it there first."))))
            chosen.set_result(False)

    def _cancel_waiting(self) -> None:
        """What waits for the desk waits no longer, so that keys get to a dialog."""
        for waiting in self._flows - {asyncio.current_task()}:
            waiting.cancel()

    def _load(self) -> Any:
        """What the sign-on waits for."""
        import screens.home  # noqa: F401 (loaded here, so that no key waits for it)

        return self._connect()

    def _load_rest(self) -> None:
        """What the first business would wait for."""
        import screens.business  # noqa: F401 (as above)

        self._keep_house()

    async def _hopeless(self, fault: Exception) -> None:
        """Without a desk there is nothing to do but to say why, and end."""
        from screens.dialogs.refusing import ErrorDialog, RefusedDialog

        log.error("the desk could not be opened", exc_info=fault)
        if not self.there.is_set():  # what waits for it would wait for ever
            self._cancel_waiting()
        if isinstance(fault, BossError):
            await self.ask(RefusedDialog(say("The desk can't be opened"), (fault.message,)))
        else:
            await self.ask(ErrorDialog(fault))
        self.exit(return_code=fault.exit_code if isinstance(fault, BossError) else 1)

    async def opened(self) -> None:
        """Wait until the desk is there."""
        await self.there.wait()

    # the desk

    async def _aside(self, work: Callable[P, T], *args: P.args, **keywords: P.kwargs) -> T:
        """The desk has a thread of its own: one call comes after the other."""
        return await asyncio.get_running_loop().run_in_executor(self._desk_thread, lambda: work(*args, **keywords))

    async def refresh_state(self) -> None:
        """Ask the desk where we are and what waits."""
        await self._read()
        self.redraw_frames()

    async def _read(self) -> None:
        self.state, self.queues = await self._aside(lambda: (self.port.signing.state(), self.port.queues.counts()))
        self._present(self.state.operator if self.state else "")
        met = self.customer
        if met is not None and not self.locked:  # what the network has done meanwhile changes what they own
            now = await self._aside(self.port.serving.in_view)
            if self.customer is met:  # the clerk may have gone on to the next
                self.customer = now

    async def _look(self) -> None:
        """The same now and then; nobody waits for it."""
        before = (self.state, self.queues, self.customer)
        try:
            await self._read()
            if self._left_behind() and not self.gate.busy:  # who is signing off just now is not sent away
                self.flow(self._sent_away())
            self._notice()
        except BossError as fault:
            log.warning("state unknown: %s", fault)
        if (self.state, self.queues, self.customer) != before:
            self.redraw_frames()

    def _notice(self) -> None:
        """Tell once what a printer of this counter wants, where nothing else is being told."""
        here = {key for key, _ in self.queues.paper}
        self._noticed &= here
        screen = top(self)
        if screen is None or self.locked or self.gate.busy or not (self.state and self.state.operator):
            return
        for key, message in self.queues.paper:
            if key not in self._noticed and screen.is_silent:
                self._noticed.add(key)
                screen.tell(message, "warn")

    def _left_behind(self) -> bool:
        """Whether screens of somebody are open, and nobody is signed on."""
        at_work = [s for s in self.screen_stack if isinstance(s, DeskScreen) and not isinstance(s, SignOnScreen)]
        return self.state is not None and not self.state.operator and bool(at_work)

    async def _sent_away(self) -> None:
        """Who worked here may no more (headquarters said so meanwhile). It is asked once more while keys wait: another
        may have signed on since."""
        await self.refresh_state()
        if not self._left_behind() or self.state is None:
            return
        why = self.state.dismissed
        await self.signed_off()
        self.announce(say("Signed off: {why}", why=why) if why is not None else say("You were signed off."), "error")

    async def _lock_when_idle(self) -> None:
        """Lock the counter that nobody has touched for so long; what is open, dialogs too, stays behind the lock."""
        seconds = self.lock_after()
        at_work = self.state is not None and self.state.operator and not self.locked
        if seconds <= 0 or not at_work or self.gate.busy or isinstance(self.screen, TooSmallScreen):
            return
        if self.gate.now() - self.gate.touched_at >= seconds:
            self.flow(self.do_lock())

    async def sign_on(self, staff_no: str, password: str) -> OperatorView:
        """Sign somebody on, at this counter or at the station where they work, which the desk is then of."""
        other: DeskPort | None = await self._aside(self._elsewhere, staff_no)
        at = other or self.port
        operator = await self.call(at.signing.sign_on, staff_no, password, self.words.language)
        self.port, self._counter = at, self.port
        return operator

    async def prove(self, staff_no: str, password: str) -> None:
        """Whoever is to sign on is who they say, at this counter or at the station where they work."""
        other: DeskPort | None = await self._aside(self._elsewhere, staff_no)
        await self.call((other or self.port).signing.prove, staff_no, password)

    async def signed_off(self) -> None:
        """Nobody works here any more: it is this counter's desk again, in the program's language."""
        self.port, self._counter = self._counter or self.port, None
        await super().signed_off()
        if self.words.language != self.language:
            self.speak(self.language)

    async def signed_on(self, operator: OperatorView) -> None:
        """Somebody has signed on: in their language, or in the one that was chosen at the sign-on; then home."""
        if operator.language in LANGUAGES and not self.language_chosen:
            self.speak(operator.language)
        self.left_locked = False
        self.greeting = greeting(operator)
        await self.refresh_state()
        if operator.change:
            from screens.staff import PasswordScreen

            await self.push_screen(PasswordScreen(operator.change))
        else:
            await self._enter()

    async def entered(self) -> None:
        """The password is changed: home."""
        await self.refresh_state()
        await self._enter()

    async def _enter(self) -> None:
        """Home, in the language that is from now on theirs."""
        if self.language_chosen:
            await self.call(self.port.signing.speak, self.words.language)
            self.language_chosen = False
        await self.show_entrance()

    # faults

    def report_fault(self, fault: BaseException) -> None:
        """A fault of the program is logged and shown; the program goes on."""
        log.error("fault on the screen", exc_info=fault)
        self.gate.flush()
        if not self._telling and self.is_running:
            self._telling = True
            self.flow(self._tell(fault))

    async def _tell(self, fault: BaseException) -> None:
        from screens.dialogs.refusing import ErrorDialog

        try:
            await self.ask(ErrorDialog(fault))
            await self.bury()
        finally:
            self._telling = False

    async def on_unmount(self) -> None:
        """The desk's thread ends with the program; what it has begun, such as to open the store, it ends first."""
        if self.opening is not None:
            self.opening.cancel()
        await asyncio.to_thread(self._desk_thread.shutdown, cancel_futures=True)


def greeting(operator: OperatorView) -> tuple[tuple[Message, str], ...]:
    """What who signs on is told: when they were here last, and what was tried since (management-facts 6)."""
    from data.clock import on_the_wall

    last, lines = operator.last, []
    if last.at:
        time = on_the_wall(last.at, "%Y-%m-%d %H:%M")
        lines.append((say("Last signed on {time} at {counter}.", time=time, counter=last.counter), "dim"))
    if last.failed:
        told = say("Wrong passwords since: {n}. Was that you? If not, tell your supervisor.", n=last.failed)
        lines.append((told, "warn"))
    if operator.days_left is not None:
        told = say("Your password holds for {n} more {n:day|days}: change it (password).", n=operator.days_left)
        lines.append((told, "warn"))
    return tuple(lines)


def top(app: BossApp) -> DeskScreen | None:
    """The full screen that is shown, below its dialogs."""
    return next((screen for screen in reversed(app.screen_stack) if isinstance(screen, DeskScreen)), None)
