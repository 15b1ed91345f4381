"""The Textual application: puts gate, actions, desk and screens together. It knows no business.

Nothing heavy is imported before the first frame: the desk is made by `connect`, in the one thread that all calls to the
desk are made in, and what is typed meanwhile waits in the gate.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import screens  # first: it sets what Textual reads at its import
from boss_tui.locale import DEFAULT, LANGUAGES, words
from data.errors import BossError
from screens.acts import Acts, showable
from screens.frame import DeskScreen, P, T
from screens.ports import Connect, OperatorView
from screens.start import StartScreen
from screens.terminal import guard_handlers
from screens.themes import THEMES

log = logging.getLogger("boss")
_LOOK = 5.0  # seconds between looks at state and queues


class BossApp(Acts):
    """The desk on a terminal.

    connect: makes the desk; run once, in the desk's own thread, after the first frame.
    language: zh_CN or en, until somebody signs on who has one.
    theme: boss-dark or boss-light.
    """

    CSS_PATH = str(Path(screens.__file__).with_name("styles") / "desk.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "boss"

    def __init__(self, connect: Connect, *, language: str = DEFAULT, theme: str = "boss-dark") -> None:
        super().__init__()
        guard_handlers()
        self.words = words(showable(language))
        self._connect = connect
        self._desk_thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._telling = False
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme
        self.gate.begin()  # until the desk is there
        self.gate.on_flush = lambda _: self.bell()

    def get_default_screen(self) -> StartScreen:
        """The first frame."""
        return StartScreen()

    def on_ready(self) -> None:
        """The first frame is on its way: now the rest."""
        self.call_after_refresh(lambda: self.flow(self._begin()))

    async def _begin(self) -> None:
        try:
            self.port = await self.call(self._load)
            await self.refresh_state()
            await self.show_entrance()
        except Exception as fault:
            await self._hopeless(fault)
        finally:
            self.gate.end()
        self.set_interval(_LOOK, self._look)

    def _load(self) -> Any:
        """What the first frame did not wait for."""
        import screens.business
        import screens.home
        import screens.sign_on  # noqa: F401 (loaded here, so that no key waits for it)

        return self._connect()

    async def _hopeless(self, fault: Exception) -> None:
        """Without a desk there is nothing to do but to say why, and end."""
        from screens.dialogs import ErrorDialog, Refused

        log.error("the desk could not be opened", exc_info=fault)
        self.gate.end()
        try:
            if isinstance(fault, BossError):
                await self.ask_at_start(Refused(StartScreen.title_of, (fault.message,)))
            else:
                await self.ask_at_start(ErrorDialog(fault))
        finally:
            self.gate.begin()
        self.exit(return_code=fault.exit_code if isinstance(fault, BossError) else 1)

    # the desk

    async def call(self, work: Callable[P, T], *args: P.args, **keywords: P.kwargs) -> T:
        """Call the desk in its own thread, one call after the other, while keys wait."""
        with self.gate.held():
            return await self._aside(work, *args, **keywords)

    async def _aside(self, work: Callable[P, T], *args: P.args, **keywords: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._desk_thread, lambda: work(*args, **keywords))

    async def refresh_state(self) -> None:
        """Ask the desk where we are and what waits."""
        await self._read()
        self.redraw_frames()

    async def _read(self) -> None:
        self.state = await self._aside(self.port.state)
        self.queues = await self._aside(self.port.queues)
        if self.customer is not None:  # what the network has done meanwhile changes what they own
            self.customer = await self._aside(self.port.customer, self.customer.customer_id)

    async def _look(self) -> None:
        """The same now and then; nobody waits for it."""
        before = (self.state, self.queues, self.customer)
        try:
            await self._read()
        except BossError as fault:
            log.warning("state unknown: %s", fault)
        if (self.state, self.queues, self.customer) != before:
            self.redraw_frames()

    async def signed_on(self, operator: OperatorView) -> None:
        """Somebody has signed on: their language, then home."""
        if operator.language in LANGUAGES:
            self.speak(operator.language)
        await self.refresh_state()
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
        from screens.dialogs import ErrorDialog

        try:
            await self.ask(ErrorDialog(fault))
            await self.bury()
        finally:
            self._telling = False

    async def on_unmount(self) -> None:
        """The desk's thread ends with the program."""
        self._desk_thread.shutdown(wait=False)


def top(app: BossApp) -> DeskScreen | None:
    """The full screen that is shown, below its dialogs."""
    return next((screen for screen in reversed(app.screen_stack) if isinstance(screen, DeskScreen)), None)
