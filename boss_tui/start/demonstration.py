"""The demonstration hall: a home with headquarters, network element and printer simulated in the same program.

Everything is real but the machines: the outlet's store, headquarters' store behind HTTP, batch files in a gateway's
folder, ESC/POS bytes on a socket. Each simulated machine keeps its state in the home folder and can be made to fail.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, cast

from boss_tui.components.operators.passwords import hashed
from boss_tui.components.till.shifts import next_day, open_day, open_shift
from boss_tui.home import machine_faults
from boss_tui.home.folder import in_the_making
from boss_tui.home.settings import Home
from boss_tui.start.demonstration_staff import SCRIPT
from boss_tui.start.home_files import home_key, renew_head
from boss_tui.start.housekeeping import Chore, Housekeeping, Work
from boss_tui.sync.first import FirstEdition
from data import demo, schema
from data.clock import Clock, SystemClock, stamp
from data.demo.hall import ELEMENT, OFFICE, OFFICE_COUNTER
from data.demo_staff import OFFICE_MANAGERS
from data.journal import Author
from data.progress import Report, unreported
from data.store import Store
from data.tables.network import NetworkElement
from data.tables.sync import JournalHead, Printer, Setting

if TYPE_CHECKING:
    from boss_tui.headquarters.service import Running
    from boss_tui.messages.centre import SmsCentre
    from boss_tui.network.machine.faults import Faults
    from boss_tui.remote.simulated import ServiceState
    from printers.simulator import Simulator

HEADQUARTERS_FILE = "headquarters.db"
ELEMENT_FILE = "element.db"
LOCK_FILE = "simulated.lock"
SCRIPT_FLOAT = 50_000
SLOW_POLLS = 15
"""A slow element looks at every so-manieth of its polls, and obeys one command then."""
PRINTER = "80mm"
SIMULATED = "network:127.0.0.1:"
"""Where the simulated printer listens, at a port that is another one each time."""


def make(
    folder: Path,
    *,
    customers: int = 300,
    clock: Clock | None = None,
    encrypted: bool = True,
    store: str = "",
    tell: Report = unreported,
) -> Home:
    """A new demonstration home: settings, the outlet's store, headquarters' store, the element, keys. In seconds.

    The business day is open; the scripts' counter has its shift open. `store`: the URL of an empty database for the
    outlet's store, which is otherwise a file of the home. Nothing half is left in the folder when it fails.
    """
    clock = clock or SystemClock()
    facts = demo.facts()
    with in_the_making(folder):
        home = Home.make(
            folder,
            outlet=facts.outlet,
            counter=facts.counter,
            demo=True,
            encrypted=encrypted,
            exchange_seconds=1.0,
            **({"store": store} if store else {}),
        )
        _stores(home, customers, clock, tell)
    return home


def _stores(home: Home, customers: int, clock: Clock, tell: Report) -> None:
    hasher = cache(hashed)  # both stores have the same hashes: what headquarters signs is what the outlet holds
    store = home.open_store(clock)
    schema.create(store)
    first = FirstEdition(home_key(home, "headquarters").sign)
    make = partial(demo.make, hasher=hasher, publish=first, clock=clock, customers=customers, services=True, tell=tell)
    make(store, printers={PRINTER: f"{SIMULATED}9100"})
    central = headquarters_store(home, clock)
    schema.create(central)
    make(central, role="headquarters")
    _know(home, store, central)
    _open(store, home.settings.outlet)
    _open_office(central)
    _preload(home, store, tell)
    renew_head(home, store)
    central.close()
    store.close()


def _know(home: Home, store: Store, central: Store) -> None:
    """The hall and its headquarters know each other's keys, as after an enrolment."""
    from boss_tui.sync.keys import KEY_SETTING
    from data.tables.sync import EnrolledOutlet

    outlet, now = home.settings.outlet, stamp(store.clock.now())
    with central.transaction(Author(outlet, "enrol", "demonstration"), journalled=False, lock=outlet) as tx:
        tx.add(EnrolledOutlet, outlet=outlet, public_key=home_key(home).public, last_contact=now)
    with store.transaction(Author(outlet, "sync", "headquarters")) as tx:
        tx.add(Setting, name=KEY_SETTING, value=home_key(home, "headquarters").public)


def bring_down(home: Home, store: Store, central: Store) -> None:
    """What headquarters has published since, and what it has for the hall, as an exchange would bring it."""
    from boss_tui.headquarters.feed import page
    from boss_tui.headquarters.office import Office
    from boss_tui.sync.stream import take_page

    outlet, office = home.settings.outlet, Office(central, home_key(home, "headquarters"))
    while True:
        with store.reading() as reading:
            head = reading.one(JournalHead, outlet=outlet)
        stream = page(office, outlet, head.feed_cursor, 200, head.stream_cursor).stream
        if stream is None or stream.through == head.stream_cursor:
            return
        take_page(store, outlet, stream)


def _open(store: Store, outlet: str) -> None:
    """Open the shift of the scripts' counter, on the business day that the hall is in."""
    author = Author(outlet, "shift.open", SCRIPT.staff_no, SCRIPT.counter)
    with store.transaction(author) as tx:
        shift = open_shift(tx, outlet=outlet, till=SCRIPT.counter, operator=SCRIPT.staff_no, float_amount=SCRIPT_FLOAT)
        author.business_date = shift.business_date


def _open_office(central: Store) -> None:
    """Open the office's business day: the one that the clock shows."""
    author = Author(OFFICE, "day.open", OFFICE_MANAGERS[0], OFFICE_COUNTER)
    with central.transaction(author) as tx:
        day = open_day(tx, OFFICE, next_day(tx, OFFICE), author.operator, approved_by=author.operator)
        author.business_date = day.business_date


def headquarters_store(home: Home, clock: Clock | None = None) -> Store:
    """Headquarters' store of the demonstration: a plain SQLite file in the home folder."""
    return Store(f"sqlite:///{home.folder / HEADQUARTERS_FILE}", clock=clock)


def _preload(home: Home, store: Store, tell: Report) -> None:
    """Let the element know the subscribers that the hall has already."""
    from boss_tui.network.machine.state import State
    from boss_tui.network.preload import preload

    state = State(home.folder / ELEMENT_FILE)
    with store.reading() as reading:
        preload(state, reading, tell=tell)
    state.close()


class Simulated:
    """The machines around a demonstration hall, running: headquarters, element, printer.

    One program at a time runs them; others of the same home find them running, and use them.

    Each can be made to fail, so that failure can be shown, too: by what any program of the home says of it
    (`boss_tui.desk.machines`), which stands until it is mended; in a test also here, by `cut` and `mend` of the way to
    headquarters, `faults` of the element, the printer's own switch, cover and paper.

    Attributes:
        headquarters_url: where headquarters answers.
        own: whether this program runs them; only then there are the others.
        printer: the simulated printer.
        faults: what goes wrong at the element next.
        sms_centre: the simulated SMS centre, with faults of its own.
        services: what the services of others know, and what goes wrong there.
    """

    printer: Simulator
    faults: Faults
    sms_centre: SmsCentre
    services: ServiceState
    _running: Running

    def __init__(self, home: Home, store: Store) -> None:
        self._home, self._store = home, store
        self._parts = ExitStack()
        self._lock: IO[str] | None = None
        self.own = False
        self.headquarters_url = ""
        self._obeyed: dict[str, tuple[str, ...]] = {}

    def start(self) -> Self:
        """Start them, or find them running. Outside: another program runs them, and they do not come up there."""
        self._lock = (self._home.folder / LOCK_FILE).open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.headquarters_url = machine_faults.awaited_headquarters(self._home.folder)
            return self
        self.own = True
        self._start_headquarters()
        self._start_printer()
        self._start_services()
        self._start_what_fails()
        return self

    def stop(self) -> None:
        """Stop what this program runs."""
        self._parts.close()
        if self._lock is not None:
            self._lock.close()

    def cut(self) -> None:
        """Headquarters can't be reached from now on: nobody listens there."""
        self._running.stop()

    def mend(self) -> None:
        """Headquarters is there again, at the same place and with all that it has."""
        port = int(self.headquarters_url.rpartition(":")[2])
        self._running = self._serve(port)

    def _serve(self, port: int) -> Running:
        from boss_tui.headquarters.service import Running

        return Running(self._central, home_key(self._home, "headquarters"), port=port).start()

    def _start_headquarters(self) -> None:
        from boss_tui.headquarters.office import Office
        from boss_tui.messages.centre import SmsCentre
        from boss_tui.network.gateway import FolderGateway
        from boss_tui.start.background import office_jobs, office_messages

        self._central = central = headquarters_store(self._home, self._store.clock)
        self._parts.callback(central.close)
        self._running = running = self._serve(0)
        self._parts.callback(self._stop_headquarters)
        self.headquarters_url = running.url
        office = Office(central, home_key(self._home, "headquarters"))
        self.sms_centre = SmsCentre(FolderGateway(self._home.folder / "sms"))
        self._parts.enter_context(Housekeeping(office_jobs(office, self._home), office_messages(office, self._home)))

    def _stop_headquarters(self) -> None:
        """Stop the one that runs now: after a cut it is another than at the start."""
        self._running.stop()

    def _start_printer(self) -> None:
        from printers.profiles import profile
        from printers.simulator import Simulator

        self.printer = self._parts.enter_context(Simulator("127.0.0.1", 0, profile(PRINTER).columns))
        with self._store.transaction(Author(self._home.settings.outlet, "printer", "demonstration")) as tx:
            row = tx.find(Printer, code=f"P{PRINTER[:2]}")
            if row is not None and row.address.startswith(SIMULATED):  # one that was given another stays there
                tx.change(row, address=self.printer.address)

    def _start_services(self) -> None:
        from boss_tui.remote.simulated import Simulated as Services

        self.services = self._parts.enter_context(Services(self._home.folder)).state

    def _start_what_fails(self) -> None:
        """What works on its own begins once all are as is wanted: a machine that was to fail still does."""
        from boss_tui.network.machine.faults import Faults

        self.faults = Faults()
        self._parts.callback(machine_faults.note_running, self._home.folder, "", {})
        self._obey()
        self._note_running()
        chores = (
            Chore("element", 0.3, self._element()),
            Chore("SMS centre", 1.0, self.sms_centre.step),
            Chore("faults", machine_faults.LOOK_SECONDS, self._obey),
        )
        self._parts.enter_context(Housekeeping(*chores))

    def _obey(self) -> bool:
        """Let each machine be as is wanted."""
        from boss_tui.start import failing

        wanted = machine_faults.wanted(self._home.folder)
        if wanted == self._obeyed:
            return False
        ways: dict[str, Callable[[tuple[str, ...]], None]] = {
            "link": self._let_link,
            "printer": partial(failing.let_printer, self.printer),
            "element": partial(failing.let_element, self.faults),
            "sms": partial(failing.let_sms_centre, self.sms_centre.faults),
        }
        for machine, let in ways.items():
            faults = wanted.get(machine, ())
            if faults != self._obeyed.get(machine, ()):
                let(faults)
                others = {name: one for name, one in self._obeyed.items() if name != machine}
                self._obeyed = {**others, machine: faults} if faults else others
                self._note_running()
        return False

    def _let_link(self, wrong: tuple[str, ...]) -> None:
        if wrong:
            self.cut()
        else:
            self.mend()

    def _note_running(self) -> None:
        machine_faults.note_running(self._home.folder, self.headquarters_url, self._obeyed)

    def _element(self) -> Work:
        """What polls the element's gateway."""
        from boss_tui.network.dialects import dialect
        from boss_tui.network.element import Element
        from boss_tui.network.gateway_address import open_gateway

        with self._store.reading() as reading:
            row = reading.one(NetworkElement, code=ELEMENT)
        gateway = open_gateway(row.gateway, self._home.folder)
        faults, element, polls = self.faults, cast("Element | None", None), 0

        def poll() -> bool:
            nonlocal element, polls
            if element is None:  # made in the chore's own thread, as its database wants
                element = Element(
                    self._home.folder / ELEMENT_FILE,
                    dialect(row.dialect),
                    gateway,
                    clock=self._store.clock,
                    code=row.code,
                )
                element.faults = faults
            polls = (polls + 1) % (SLOW_POLLS if faults.slow else 1)
            return not polls and bool(element.step().commands) and not faults.slow

        return poll

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
