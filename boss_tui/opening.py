"""Opening the desk: the sign-on first, then settings, store and desk in a thread, then housekeeping beside it."""

from __future__ import annotations

import gc
import logging
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from boss_tui.app import BossApp
from data.message import Message

if TYPE_CHECKING:
    from boss_tui.demonstration import Simulated
    from boss_tui.housekeeping import Housekeeping
    from boss_tui.settings import Home
    from data.clock import Clock
    from data.store import Store
    from screens.ports import DeskPort

_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


NO_ADVICE: tuple[Message, ...] = ()


class Opened:
    """A home that is open: store, simulated machines, housekeeping. Closed in the opposite order.

    Attributes:
        home, store: what `connect` opened.
        machines, chores: what `keep_house` started; machines only in a demonstration.
    """

    home: Home
    store: Store
    chores: Housekeeping
    machines: Simulated | None = None

    def __init__(self, folder: str, *, demo: bool = False, customers: int = 300, clock: Clock | None = None) -> None:
        self._folder, self._demo, self._customers, self._clock = folder, demo, customers, clock
        self._parts = ExitStack()

    def connect(self) -> DeskPort:
        """Make the desk. Run in a thread, after the first frame; answers once somebody can sign on."""
        from boss_tui.desk import Desk, Station
        from data.migrations import check

        self.home = home = self._home()
        self._parts.callback(_end_log, _log_to(home.folder / "log" / "boss.log"))
        self.store = store = home.open_store(self._clock)
        self._parts.callback(store.close)
        check(store)
        advice = NO_ADVICE
        if home.settings.demo:
            from boss_tui.demonstration import ADVICE as advice
        linked = bool(home.settings.demo or home.settings.headquarters)
        about = home.settings
        return Desk(store, Station(about.outlet, about.counter, linked, about.paper_language), advice)

    def keep_house(self) -> None:
        """Start what goes on beside the desk. Run in another thread, after `connect`."""
        try:
            self._keep_house(self.home)
        finally:
            gc.freeze()  # what is there by now stays; no collection looks through it while somebody types
            gc.enable()

    def _keep_house(self, home: Home) -> None:
        from boss_tui.background import housekeeping

        url = home.settings.headquarters
        if home.settings.demo:
            from boss_tui.demonstration import Simulated

            self.machines = self._parts.enter_context(Simulated(home, self.store))
            url = self.machines.headquarters_url
        self.chores = self._parts.enter_context(housekeeping(home, self.store, url))

    def _home(self) -> Home:
        from boss_tui.settings import FILE, Home, home_folder

        folder = home_folder(Path(self._folder) if self._folder else None)
        if self._demo and not (folder / FILE).exists():
            from boss_tui.demonstration import make

            return make(folder, customers=self._customers)
        return Home(folder)

    def close(self) -> None:
        """Stop housekeeping, then the machines, then let go of the store."""
        self._parts.close()


def open_desk(folder: str = "", *, demo: bool = False, customers: int = 300) -> int:
    """Open the desk of a home, and answer the exit code when it is closed."""
    opened = Opened(folder, demo=demo, customers=customers)
    app = BossApp(opened.connect, opened.keep_house, language=os.environ.get("BOSS_LANGUAGE", "zh_CN"))
    try:
        app.run()
    finally:
        opened.close()
    return app.return_code or 0


class _Log(logging.FileHandler):
    """A log that can't be written (a full disk, a folder that is gone) never stops what wanted to be noted."""

    def emit(self, record: logging.LogRecord) -> None:
        """Note it, if that can be."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)


def _log_to(path: Path) -> _Log:
    """Faults go to a file: the screen belongs to the application."""
    path.parent.mkdir(exist_ok=True)
    handler = _Log(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_LOG_FORMAT))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.WARNING)
    return handler


def _end_log(handler: _Log) -> None:
    logging.getLogger().removeHandler(handler)
    handler.close()
