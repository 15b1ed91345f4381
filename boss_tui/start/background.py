"""The chores of a home, put together: printing, network, completion, headquarters, drafts, what falls due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from boss_tui.chores.asking_again import AskingAgain
from boss_tui.chores.completion import complete_finished
from boss_tui.chores.controlling import perform_orders
from boss_tui.chores.issuing import Issuing
from boss_tui.chores.porting_out import PortingOut
from boss_tui.chores.scheduling import perform_due
from boss_tui.desk import Desk, Station
from boss_tui.desk.drafts import expire
from boss_tui.desk.unattended import Unattended
from boss_tui.headquarters.desk import desk as office_desk
from boss_tui.headquarters.desk import station as office_station
from boss_tui.headquarters.office import Office
from boss_tui.home.settings import Home
from boss_tui.messages.sending import Messages
from boss_tui.network.gateway_address import open_gateway as open_sms_gateway
from boss_tui.payments import open_gateway
from boss_tui.payments.closing import Closing
from boss_tui.start.home_files import equipped, home_key, note_head, note_of, note_quietly, services_of
from boss_tui.start.housekeeping import Chore, Housekeeping, Work
from data.journal import Author
from data.restored import is_restored
from data.store import Store
from printers.spool import Spool

if TYPE_CHECKING:
    from boss_tui.sync.link import Link
    from boss_tui.sync.noted import Note

log = logging.getLogger("boss.housekeeping")
PAYMENT_SECONDS, SERVICES_SECONDS = 3.0, 5.0
LOOK_SECONDS = 1.0
JOB_SECONDS, MESSAGE_SECONDS = 2.0, 5.0
PRINT_SECONDS, NETWORK_SECONDS, HEAD_SECONDS, DRAFT_SECONDS, CALENDAR_SECONDS = 0.4, 0.5, 2.0, 15.0, 20.0


def housekeeping(home: Home, store: Store, headquarters_url: str = "") -> Housekeeping:
    """Everything that goes on beside the desk. `headquarters_url` empty: the outlet works alone."""
    outlet, counter = home.settings.outlet, home.settings.counter
    trusted = partial(_trusted, note_of(home), store)
    chores: list[Chore] = [
        Printers(Spool(store, outlet, counter, font=home.settings.pdf_font)),
        Chore("network", NETWORK_SECONDS, trusted(_network(home, store, headquarters_url))),
        Chore("drafts", DRAFT_SECONDS, lambda: _expire(store, outlet)),
        Chore("journal's end", HEAD_SECONDS, lambda: note_head(home, store) and False),
        Chore("calendar", CALENDAR_SECONDS, trusted(lambda: perform_due(store, outlet) > 0)),
    ]
    control = partial(perform_orders, store, outlet, counter)
    chores.append(Chore("credit control", CALENDAR_SECONDS, trusted(lambda: control() > 0)))
    chores.append(Chore("jobs", JOB_SECONDS, trusted(Unattended(store, lambda: _counter_desk(home, store)).step)))
    gateway = open_gateway(home, store.clock)
    if gateway is not None:
        chores.append(Chore("payments", PAYMENT_SECONDS, trusted(Closing(store, outlet, gateway).step)))
    again = AskingAgain(store, outlet, services_of(home.folder, store.clock))
    chores.append(Chore("services", SERVICES_SECONDS, trusted(again.step)))
    issuing = Issuing(store, outlet, services_of(home.folder, store.clock))
    chores.append(Chore("electronic invoices", SERVICES_SECONDS, trusted(issuing.step)))
    porting = PortingOut(store, outlet, services_of(home.folder, store.clock))
    chores.append(Chore("porting", SERVICES_SECONDS, trusted(porting.step)))
    if headquarters_url:
        chores.append(Chore("headquarters", home.settings.exchange_seconds, _link(home, store, headquarters_url)))
    return Housekeeping(*chores)


def office_housekeeping(home: Home, store: Store) -> Housekeeping:
    """The same at headquarters' own station: what outlets told it of orders and network is theirs to do."""
    return Housekeeping(
        Printers(Spool(store, home.settings.outlet, home.settings.counter, font=home.settings.pdf_font)),
        Chore("journal's end", HEAD_SECONDS, lambda: note_head(home, store) and False),
        office_jobs(Office(store, home_key(home, "headquarters")), home),
        office_messages(Office(store, home_key(home, "headquarters")), home),
    )


def office_jobs(office: Office, home: Home) -> Chore:
    """What goes on by itself with the jobs of headquarters' managers."""
    return Chore("jobs", JOB_SECONDS, unattended(office, home).step)


def unattended(office: Office, home: Home) -> Unattended:
    """The jobs of headquarters' managers, gone on with by a desk that has what its home has."""
    return Unattended(office.store, lambda: equipped(office_desk(office), home))


def office_messages(office: Office, home: Home) -> Chore:
    """What goes on with messages to customers: they go by way of a folder of the home's."""
    messages: Messages | None = None

    def work() -> bool:
        nonlocal messages
        if messages is None:
            gateway = open_sms_gateway(home.settings.sms_gateway, home.folder)
            with office.store.reading() as reading:
                messages = Messages(office.store, office_station(reading).outlet, gateway)
        return messages.step()

    return Chore("messages", MESSAGE_SECONDS, work)


def _counter_desk(home: Home, store: Store) -> Desk:
    return equipped(Desk(store, Station.of(home.settings, linked=bool(home.settings.headquarters))), home)


def _trusted(note: Note, store: Store, work: Work) -> Work:
    """What waits while the store is not the one that was noted (design 5.2): nobody knows what was done already."""

    def done() -> bool:
        with store.reading() as reading:
            doubted = note.doubt(reading) is not None
        return not doubted and work()

    return done


class Printers(Chore):
    """A thread for each printer, from when it is set up until it is removed; off ones print test pages."""

    def __init__(self, spool: Spool) -> None:
        super().__init__("printers", LOOK_SECONDS, self._look)
        self._spool = spool
        self._at: dict[str, Chore] = {}

    def _look(self) -> bool:
        self._spool.take_over()
        wanted = set(self._spool.printers())
        for code in wanted - self._at.keys():
            self._at[code] = Chore(f"printer {code}", PRINT_SECONDS, partial(self._print, code))
            self._at[code].start()
        for code in self._at.keys() - wanted:
            self._at.pop(code).end()
        return False

    def _print(self, code: str) -> bool:
        if self._spool.step(code) is not None:
            return True
        self._spool.look(code)
        return False

    def wake(self) -> None:
        """Let each printer look for work at once, and look for printers."""
        super().wake()
        for chore in list(self._at.values()):
            chore.wake()

    def stop(self) -> None:
        """End after what is being printed."""
        super().stop()
        for chore in self._at.values():
            chore.end()
        for chore in self._at.values():
            chore.stop()


def _network(home: Home, store: Store, headquarters_url: str) -> Callable[[], bool]:
    from boss_tui.network.work import Network

    network = Network(store, home.settings.outlet, home.folder, alone=not headquarters_url)

    def work() -> bool:
        moved = network.step()
        return bool(complete_finished(store, home.settings.outlet)) or moved

    return work


def _link(home: Home, store: Store, url: str) -> Callable[[], bool]:
    """Made at the first turn: enrolment may come while the program runs."""
    from boss_tui.sync.link import FIRST_DELAY, LONGEST_DELAY, Link

    link: Link | None = None
    every = home.settings.exchange_seconds
    longest = FIRST_DELAY if home.settings.demo else LONGEST_DELAY  # who mends a simulated link looks on

    def exchange() -> bool:
        nonlocal link
        if link is None:
            link = Link(store, home.settings.outlet, url, home_key(home), every=every, longest=longest)
        if link.wait() <= 0:
            _exchange(home, link)
        return False

    return exchange


def _exchange(home: Home, link: Link) -> None:
    """Push, pull, ask for more stock where it is low; a restored store first gets back what it lost. Where that is less
    than what was noted, the note stays, and a supervisor decides."""
    from boss_tui.sync.rejoin import rejoin
    from boss_tui.sync.stock import ask_for_more

    done = link.exchange()
    if done.fault is not None or done.stopped is not None:
        return
    with link.store.reading() as reading:
        restored = is_restored(reading)
    if restored:
        rejoin(link)
        note_quietly(home, link.store)
    ask_for_more(link)


def _expire(store: Store, outlet: str) -> bool:
    with store.transaction(Author(outlet, "draft", "housekeeping")) as tx:
        return expire(tx) > 0
