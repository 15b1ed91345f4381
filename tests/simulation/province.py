"""A province for the simulations: headquarters with its office, three outlets that it has supplied, one calendar.

The hall is the demonstration's; the other two come about as any outlet does: by an edition, a code to enrol with, what
headquarters hands down to them, passwords for once. Made once in a folder, copied for each run.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from boss_tui.chores.scheduling import perform_due
from boss_tui.components.till.business_days import today
from boss_tui.components.till.shifts import expected_cash
from boss_tui.desk import Desk, Station
from boss_tui.desk.drafts import expire
from boss_tui.desk.staff import change_password
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.app import create_app
from boss_tui.headquarters.enrolment import make_code
from boss_tui.headquarters.leases import hand_down
from boss_tui.headquarters.office import Office
from boss_tui.sync.enrolment import enrol
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.link import Link
from boss_tui.sync.stock import ask_for_more
from data import schema
from data.clock import CHINA, SeededClock, stamp
from data.demo_staff import OFFICE_MANAGERS, PASSWORD
from data.journal import Author
from data.statements import table_name
from data.store import Store
from data.tables.finance import BusinessDay, Shift
from data.tables.organisation import Counter, Operator, Outlet
from data.tables.printing import ANY, PrinterRoute
from data.tables.sync import JournalHead, Printer, Setting
from tests import linked_hall
from tests.boss_tui.sync.world import URL, Direct, device
from tests.boss_tui.transactions.following import all_answered
from tests.boss_tui.verify.history import pieces
from tests.hall import FACTS, START
from tests.head_office import KEY
from tests.simulation.clerk import Clerk

MAKER, CHECKER = OFFICE_MANAGERS
MANAGERS = (MAKER, CHECKER, "3003")
STOCK = (("handset", 4, ""), ("card", 40, ""))
"""What a new outlet is handed beside what it asks for itself."""
PAPERS = "invoice,receipt,slip,contract,report,cash"
FLOAT, IN_SAFE = 50_000, 200_000
"""Fen of a shift's float, and of what an outlet's safe begins with."""


class Place(Struct, frozen=True):
    """Where an outlet is and who works there: `number` makes its device's key."""

    code: str
    number: int
    region: str
    channel: str
    clerk: str
    supervisor: str

    @property
    def counter(self) -> str:
        """Its only counter that is used."""
        return f"{self.code}01"

    @property
    def key(self) -> DeviceKey:
        """Of its device."""
        return device(self.number)


HALL = Place(FACTS.outlet, 2, "杭州", "own", FACTS.clerk, FACTS.supervisor)
FOUNDED = (Place("NB01", 3, "宁波", "own", "1101", "2101"), Place("JX01", 4, "嘉兴", "agent", "1201", "2201"))
PLACES = (HALL, *FOUNDED)


@dataclass
class Shop:
    """An outlet of a province: its store, and the people at its counter.

    Attributes:
        linked: whether its link is up.
        read: the last item of the stream that it has read, and the scopes that it read it in.
    """

    place: Place
    store: Store
    office: Office
    linked: bool = True
    read: tuple[int, tuple[str, ...]] = (0, ())
    clerk: Clerk = field(init=False)
    chief: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.clerk = Clerk(self._desk(), self.store, self.place.supervisor, PASSWORD)
        self.chief = self._desk()

    def _desk(self) -> Desk:
        return Desk(self.store, Station(self.place.code, self.place.counter, linked=True))

    @property
    def name(self) -> str:
        """Its code."""
        return self.place.code

    def link(self) -> Link:
        """Straight into headquarters."""
        transport = Direct(create_app(self.office))
        return Link(self.store, self.place.code, URL, self.place.key, transport=transport)

    def at_work(self) -> None:
        """Clerk and supervisor sign on, who are there each day. NotAllowed: one of them may not any more."""
        for desk, staff_no in ((self.chief, self.place.supervisor), (self.clerk.desk, self.place.clerk)):
            desk.signing.sign_on(staff_no, PASSWORD)

    def day(self) -> str:
        """The open business date; empty: it is closed."""
        with self.store.reading() as reading:
            found = today(reading, self.place.code)
        return found.business_date if found else ""

    def open_day(self, day: str) -> None:
        """Business begins: the clock is vouched for, the date, the clerk's shift."""
        self.chief.trust.vouch_for_clock(self.place.supervisor, PASSWORD)
        self.chief.day.open(day)
        self.clerk.desk.till.open_shift(FLOAT, self.place.supervisor, PASSWORD)

    def close_day(self) -> None:
        """The shift is counted, the date is closed."""
        with self.store.reading() as reading:
            shifts = reading.all(Shift, outlet=self.place.code, state="open", order=("till",))
            counted = [(shift, pieces(expected_cash(reading, shift))) for shift in shifts]
        for shift, counts in counted:
            self.chief.till.close_shift(counts, "", self.place.supervisor, PASSWORD, of=shift.operator)
        self.chief.day.close("what is open is seen to tomorrow")

    def fall_due(self) -> None:
        """What was set for this date is done."""
        perform_due(self.store, self.place.code)

    def forms_end(self) -> None:
        """Forms whose time is over are ended, as the outlet's program does by itself, whoever is there."""
        with self.store.transaction(Author(self.place.code, "draft", "housekeeping")) as tx:
            expire(tx)

    def network_answers(self) -> None:
        """Every work order is done, by the network or by hand; and so is what follows from that."""
        all_answered(self.store, self.place.code, self.place.clerk)


def make_template(folder: Path) -> Path:
    """The stores of a province in an empty folder, closed: all outlets are open for business."""
    linked_hall.make_template(folder)
    clock = SeededClock(START, 7)
    clock.move(minutes=1)
    office = Office(Store(f"sqlite:///{folder / 'central'}.db", clock=clock), KEY)
    hall = Shop(HALL, Store(f"sqlite:///{folder / 'hall'}.db", clock=clock), office)
    _in_force(office, *FOUNDED)
    shops = [hall, *(_founded(folder, place, office) for place in FOUNDED)]
    hall.at_work()
    hall.clerk.desk.till.open_shift(FLOAT)
    hall.link().exchange()
    for store in (office.store, *(shop.store for shop in shops)):
        store.close()
    (folder / "hall.db").rename(folder / f"{HALL.code}.db")
    return folder


def _in_force(office: Office, *places: Place) -> None:
    """The edition that opens outlets, with counters and staff."""
    rows = [row for place in places for row in _rows(place)]
    form = {"title": "New outlets", "reason": "opened", "effective_from": "", "scope": "", "rows": rows}
    maker, checker = (at_office(office, who) for who in OFFICE_MANAGERS)
    checker.editions.approve(maker.managing.make("M7", form).edition.id)


def _rows(place: Place) -> list[dict[str, object]]:
    here = {"outlet": place.code}
    partner = {"partner": "AG001"} if place.channel == "agent" else {}
    told: list[tuple[type, dict[str, str]]] = [
        (
            Outlet,
            {
                "code": place.code,
                "name_zh": f"{place.region}营业厅",
                "province": "浙江",
                "region": place.region,
                "channel": place.channel,
                **partner,
            },
        ),
        (Counter, {"code": place.counter, **here, "name_zh": "一号台"}),
        (Operator, {"staff_no": place.clerk, "name": f"{place.region}甲", **here, "role": "clerk"}),
        (Operator, {"staff_no": place.supervisor, "name": f"{place.region}乙", **here, "role": "supervisor"}),
    ]
    return [{"table": table_name(model), "op": "add", "values": values} for model, values in told]


def _founded(folder: Path, place: Place, office: Office) -> Shop:
    """An outlet from nothing: it enrols, is handed everything down, its people choose passwords, the day begins."""
    store = Store(f"sqlite:///{folder / place.code}.db", clock=office.store.clock)
    schema.create(store)
    with store.transaction(Author(place.code, "init", "boss"), journalled=False) as tx:
        tx.add(JournalHead, outlet=place.code)
        tx.add(Setting, name="outlet", value=place.code)
    code = make_code(office, place.code, MAKER)
    enrol(store, place.code, URL, code, place.key, transport=Direct(create_app(office)))
    shop = Shop(place, store, office)
    link = shop.link()
    link.exchange()
    ask_for_more(link)
    until = stamp(store.clock.now() + timedelta(days=90))
    for kind, count, of in STOCK:
        hand_down(office.store, place.code, kind, count, until, of=of)
    for staff_no in (place.clerk, place.supervisor):
        given = at_office(office, MAKER).personnel.give_password(staff_no, "new here")
        link.exchange()
        change_password(store, shop.chief.seat.station, staff_no, given.password, PASSWORD)
    with store.transaction(Author(place.code, "printer", place.supervisor)) as tx:
        tx.add(
            Printer,
            code="P80",
            address="file:/dev/null",
            profile="80mm",
            kinds="invoice,receipt,slip,contract,report,cash",
        )
        tx.add(PrinterRoute, counter=ANY, kind=ANY, printer="P80")
    shop.at_work()
    shop.chief.day.open(START.astimezone(CHINA).date().isoformat())
    shop.chief.safe.bank(IN_SAFE, "withdrawal", "ZP1", "money for change")
    shop.clerk.desk.till.open_shift(FLOAT)
    link.exchange()
    return shop


def at_office(office: Office, staff_no: str) -> Desk:
    """A desk of the office with somebody signed on."""
    made = offices.desk(office)
    made.signing.sign_on(staff_no, PASSWORD)
    return made


class Province:
    """One run's own: a copy of the template, people at work everywhere."""

    def __init__(self, template: Path, folder: Path) -> None:
        for file in template.glob("*.db"):
            shutil.copyfile(file, folder / file.name)
        self.clock = SeededClock(START, 1)
        self.clock.move(minutes=30)
        self.office = Office(Store(f"sqlite:///{folder / 'central'}.db", clock=self.clock), KEY)
        self.managers = {who: at_office(self.office, who) for who in MANAGERS}
        self.shops = {
            place.code: Shop(place, Store(f"sqlite:///{folder / place.code}.db", clock=self.clock), self.office)
            for place in PLACES
        }
        for shop in self.shops.values():
            shop.at_work()

    def today(self) -> str:
        """The calendar's day."""
        return self.clock.now().astimezone(CHINA).date().isoformat()

    def office_day(self) -> str:
        """The office's open business date."""
        with self.office.store.reading() as reading:
            return reading.one(BusinessDay, outlet=self.managers[MAKER].seat.station.outlet, state="open").business_date

    def later(self, days: int) -> str:
        """A day after the office's."""
        return (self.clock.now().astimezone(CHINA).date() + timedelta(days=days)).isoformat()

    def close(self) -> None:
        """Let go of all stores."""
        self.office.store.close()
        for shop in self.shops.values():
            shop.store.close()
