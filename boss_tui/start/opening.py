"""Opening the desk: the sign-on first, then settings, store and desk in a thread, then housekeeping beside it."""

from __future__ import annotations

import gc
import logging
import os
import sys
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from boss_tui.home.folder import home_folder, is_made, written_setting
from boss_tui.locale import DEFAULT, words
from boss_tui.start.app import BossApp
from boss_tui.start.logs import Log, end_log, log_to
from data.message import Message, say
from screens.action_handlers import showable

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.home.presence import Presence
    from boss_tui.home.settings import Home
    from boss_tui.start.demonstration import Simulated
    from boss_tui.start.housekeeping import Housekeeping
    from boss_tui.sync.keys import DeviceKey
    from data.clock import Clock
    from data.store import Store
    from screens.ports import DeskPort

log = logging.getLogger("boss")


NO_TERMINAL = say("The desk needs a terminal to be typed in. boss --help lists what works without one.")
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
    _desk: Desk
    machines: Simulated | None = None

    def __init__(self, folder: str, *, demo: bool = False, customers: int = 300, clock: Clock | None = None) -> None:
        self._folder, self._demo, self._customers, self._clock = folder, demo, customers, clock
        self._parts = ExitStack()
        self._presence: Presence | None = None
        self._log: Log | None = None
        self._office: Desk | None = None

    def connect(self) -> DeskPort:
        """Make the desk. Run in a thread, after the first frame; answers once somebody can sign on."""
        from boss_tui.desk import Desk, Station
        from data.migrations import check

        left = self._come()
        home = self.home
        self.store = store = home.open_store(self._clock)
        self._parts.callback(store.close)
        check(store)
        advice = NO_ADVICE
        if home.settings.demo:
            from boss_tui.start.demonstration_staff import ADVICE as advice
        station = Station.of(home.settings, linked=bool(home.settings.demo or home.settings.headquarters))
        with store.reading() as reading:
            station.must_be_there(reading)
        from boss_tui.payments import open_gateway
        from boss_tui.start.home_files import equipped, home_key, note_of

        self._desk = desk = equipped(Desk(store, station, (*left, *advice), partial(_device, home)), home)
        desk.seat.gateway, desk.seat.head_note = open_gateway(home, self._clock), note_of(home)
        if self._is_office():
            from boss_tui.headquarters.desk import rules
            from boss_tui.headquarters.office import Office

            desk.seat.rules = rules(Office(store, home_key(home, "headquarters")))
        return desk

    def _is_office(self) -> bool:
        """Whether the home is headquarters' own."""
        from data.tables.sync import Setting

        with self.store.reading() as reading:
            return reading.find(Setting, name="office") is not None

    def office(self, staff_no: str) -> DeskPort | None:
        """The desk of headquarters' office, in a demonstration, where this member of staff works there."""
        from data.tables.organisation import Operator

        if not self.home.settings.demo:
            return None
        with self.store.reading() as reading:
            person = reading.find(Operator, staff_no=staff_no)
        if person is not None and person.outlet == self.home.settings.outlet:
            return None
        if self._office is None:
            from boss_tui.headquarters.desk import desk
            from boss_tui.headquarters.office import Office
            from boss_tui.start.demonstration import headquarters_store
            from boss_tui.start.home_files import equipped, home_key

            central = headquarters_store(self.home, self.store.clock)
            self._parts.callback(central.close)
            self._office = equipped(desk(Office(central, home_key(self.home, "headquarters"))), self.home)
        with self._office.seat.store.reading() as reading:
            person = reading.find(Operator, staff_no=staff_no)
        works_there = person is not None and person.outlet == self._office.seat.station.outlet
        return self._office if works_there else None

    def _note_head(self) -> None:
        """The last thing before the store is closed."""
        from boss_tui.start.home_files import note_quietly

        note_quietly(self.home, self.store)

    def lock_after(self) -> float:
        """Seconds without a key after which the counter locks itself, once settings were read; 0: never."""
        return self.home.settings.lock_after_minutes * 60

    def _come(self) -> tuple[Message, ...]:
        """Find the home, its log and its counter free; answers what there is to say about who was here before.
        Occupied while another desk of the counter is open: then it can be tried again."""
        from boss_tui.home.presence import Presence
        from data.clock import SystemClock

        if self._presence is None:
            self.home = home = self._home()
            self.begin_log()
            self._presence = Presence(home.folder, home.settings.counter, self._clock or SystemClock())
        before = self._presence.take()
        self._parts.callback(self._presence.leave)
        if before is None:
            return NO_ADVICE
        told = say(
            "The desk of this counter was left without being closed: {holder}. F6 has forms that were open.",
            holder=before.in_words(),
        )
        log.warning("the desk of this counter was left without being closed: %s", before)
        return (told,)

    def begin_log(self) -> None:
        """From now on faults go to the home's log, if there is a home; repeating it changes nothing."""
        folder = home_folder(self._folder)
        if self._log is None and is_made(folder):
            self._log = log_to(folder / "log" / "boss.log")
            self._parts.callback(end_log, self._log)

    def present(self, operator: str) -> None:
        """Who is signed on, for whoever finds this desk open; empty: nobody."""
        if self._presence is not None:
            self._presence.signed_on(operator)

    def keep_house(self) -> None:
        """Start what goes on beside the desk. Run in another thread, after `connect`."""
        try:
            self._desk.warm_up()
            self._keep_house(self.home)
        finally:
            gc.freeze()  # what is there by now stays; no collection looks through it while somebody types
            gc.enable()

    def _keep_house(self, home: Home) -> None:
        from boss_tui.start.background import housekeeping, office_housekeeping
        from boss_tui.start.home_files import compare_head

        if wrong := compare_head(home, self.store):
            log.warning("the store is not the one that was noted: %s", wrong)
            self._desk.signing.warn(wrong)
        self._parts.callback(self._note_head)

        url = home.settings.headquarters
        if home.settings.demo:
            from boss_tui.start.demonstration import Simulated

            self.machines = self._parts.enter_context(Simulated(home, self.store))
            url = self.machines.headquarters_url
            self._desk.seat.failing = self._desk.machines.failing
        kept = office_housekeeping(home, self.store) if self._is_office() else housekeeping(home, self.store, url)
        self.chores = self._parts.enter_context(kept)

    def _home(self) -> Home:
        from boss_tui.home.settings import Home

        folder = home_folder(self._folder)
        if self._demo and not is_made(folder):
            from boss_tui.start.demonstration import make

            return make(folder, customers=self._customers)
        return Home(folder)

    def close(self) -> None:
        """Stop housekeeping, then the machines, then let go of the store, of the counter and of the log."""
        self._parts.close()
        self._presence = self._log = None


def tidy() -> None:
    """Collect what closed screens leave, since its parts all refer to each other.

    Left to itself the collector comes some screens later, and then while somebody types. What a start has made is put
    aside (`keep_house`), so that this takes some milliseconds.
    """
    if gc.isenabled():
        gc.collect()


def _device(home: Home) -> DeviceKey:
    from boss_tui.start.home_files import home_key

    return home_key(home)


def open_desk(folder: str = "", *, demo: bool = False, customers: int = 300) -> int:
    """Open the desk of a home, and answer the exit code when it is closed. There is none without a
    terminal."""
    language = os.environ.get("BOSS_LANGUAGE") or written_setting(home_folder(folder), "language") or DEFAULT
    if not sys.stdin.isatty():
        print(words(showable(language))(NO_TERMINAL), file=sys.stderr)
        return 2
    opened = Opened(folder, demo=demo, customers=customers)
    app = BossApp(
        opened.connect,
        opened.keep_house,
        opened.present,
        language=language,
        encoding=written_setting(home_folder(folder), "terminal_encoding"),
        lock_after=opened.lock_after,
        elsewhere=opened.office,
        tidy=tidy,
    )
    opened.begin_log()
    try:
        app.run()
    finally:
        opened.close()
    return app.return_code or 0
