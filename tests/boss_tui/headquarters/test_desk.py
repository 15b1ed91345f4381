"""The office: a desk over headquarters' store, with a journal and a business date of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_tui.desk import Desk as CounterDesk
from boss_tui.desk import Station
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.enrolment import make_code
from boss_tui.headquarters.office import Office
from boss_tui.matrix import row
from boss_tui.reports.left_open import left_open
from boss_tui.sync.keys import make_key
from boss_tui.verify import verify
from data.errors import NotAllowed, NotFound
from data.tables.act import Act
from data.tables.order import ProductOrder
from data.tables.sync import JournalEntry, JournalHead
from tests.boss_tui.editions.office import CHECKER, DESK, LATER, MAKER, OFFICE, PASSWORD, TODAY, TOMORROW, price
from tests.boss_tui.editions.office import Desk as Stage
from tests.engines import Engine, Shared, Sqlite, Template
from tests.hall import Hall


@pytest.fixture(scope="module")
def office_made(shared: Shared) -> Template:
    """An office, made once."""
    return Template(shared, "office", Stage.make_template)


@pytest.fixture
def stage(office_made: Template, tmp_path: Path) -> Iterator[Stage]:
    """A copy of it."""
    engine: Engine = Sqlite()
    made = Stage(office_made.on(engine)(tmp_path))
    yield made
    made.store.close()


def at(stage: Stage, staff_no: str, folder: Path) -> CounterDesk:
    """A desk of the office with somebody signed on."""
    path = folder / f"{staff_no}.key"
    made = offices.desk(Office(stage.store, make_key(path)))
    made.signing.sign_on(staff_no, PASSWORD)
    return made


def test_a_price_from_a_date_by_two_managers_through_the_door(stage: Stage, tmp_path: Path) -> None:
    maker, checker = at(stage, MAKER, tmp_path), at(stage, CHECKER, tmp_path)
    state = maker.signing.state()
    assert (state.outlet, state.counter, state.business_date) == (OFFICE, DESK, TODAY)
    made = maker.editions.new("M6", "Cards", "Dearer cards", LATER)
    maker.editions.put(str(made.number), [price(1500)])
    assert maker.editions.submit(made.id).state == "submitted"
    assert (maker.editions.waiting(), [each.id for each in checker.editions.waiting()]) == ([], [made.id])
    shown = checker.editions.show(str(made.number))
    assert [(d.column, d.before, d.after) for d in shown.differences] == [("amount", 1000, 1500)]
    assert [act.act for act in shown.acts] == ["edition.new", "edition.submit"]
    assert checker.editions.approve(made.id, shown.seen).state == "approved"
    for day, amount in ((TOMORROW, 1000), (LATER, 1500)):
        maker.day.close()
        maker.day.open(day)
        assert stage.price() == amount
    assert [each.state for each in maker.editions.listed(subject="M6")] == ["in_force"]
    assert maker.editions.listed(state="draft") == []
    with stage.store.reading() as reading:
        assert verify(reading) == []


def test_the_day_of_an_office_waits_for_no_headquarters_and_no_safe(stage: Stage, tmp_path: Path) -> None:
    at(stage, MAKER, tmp_path).editions.new("M6", "Cards", "Dearer cards")
    with stage.store.reading() as reading:
        assert reading.one(JournalHead, outlet=OFFICE).seq > 0
        assert left_open(reading, OFFICE, TODAY) == []


def test_an_act_is_found_by_its_serial_and_in_the_matrix_and_is_no_order(stage: Stage, tmp_path: Path) -> None:
    maker = at(stage, MAKER, tmp_path)
    made = maker.editions.new("M6", "Cards", "Dearer cards")
    with stage.store.reading() as reading:
        act = reading.one(Act, edition=made.id)
        alive = {cell.code: cell for cell in row(reading, "M6") if cell.state == "alive"}
        assert reading.all(ProductOrder) == []
        assert reading.one(JournalEntry, serial=act.serial).kind == "edition.new"
    assert set(alive) == {"M6-F7", "M6-F13", "M6-F14"}
    assert {cell.serial for cell in alive.values()} == {act.serial}
    assert [(hit.kind, hit.title) for hit in maker.finding.find(act.serial)] == [("act", act.serial)]
    assert maker.lookups.orders("") == []


def test_of_an_emergency_there_is_a_list(stage: Stage, tmp_path: Path) -> None:
    maker, checker = at(stage, MAKER, tmp_path), at(stage, CHECKER, tmp_path)
    made = maker.editions.new("M6", "Cards", "Wrong price")
    maker.editions.put(made.id, [price(900)])
    maker.editions.let_count_at_once(made.id)
    assert [each.id for each in checker.editions.reviews()] == [made.id]
    assert checker.editions.first_look().overdue == 0
    checker.editions.review(made.id, "right so")
    assert checker.editions.reviews() == []
    back, left = maker.editions.roll_back(made.id, "not needed any more")
    assert (left, back.rolls_back) == ([], made.id)
    maker.editions.describe(back.id, title="Back")
    assert maker.editions.rebase(back.id) == []
    maker.editions.drop(back.id, 0)
    maker.editions.withdraw(back.id)
    assert [each.state for each in maker.editions.listed()] == ["withdrawn", "in_force"]


def test_there_is_no_such_edition(stage: Stage, tmp_path: Path) -> None:
    maker = at(stage, MAKER, tmp_path)
    for which in ("7", "no-such", "", "7" * 30):
        with pytest.raises(NotFound):
            maker.editions.show(which)


def test_a_hall_works_on_no_editions(hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="office"):
        hall.desk.editions.listed()
    with pytest.raises(NotAllowed, match="office"):
        hall.desk.editions.new("M6", "x")
    with hall.store.reading() as reading, pytest.raises(NotAllowed):
        offices.station(reading)


def test_a_counter_that_is_not_the_offices_is_none(stage: Stage, tmp_path: Path) -> None:
    from data.errors import BadForm

    made = offices.desk(Office(stage.store, make_key(tmp_path / "k")), "HZ0101")
    with pytest.raises(BadForm):
        made.signing.sign_on(MAKER, PASSWORD)
    assert Station(OFFICE, DESK) == offices.desk(Office(stage.store, make_key(tmp_path / "l"))).seat.station


def test_the_office_is_no_outlet_that_enrols(stage: Stage, tmp_path: Path) -> None:
    office = Office(stage.store, make_key(tmp_path / "k"))
    with pytest.raises(NotAllowed, match=OFFICE):
        make_code(office, OFFICE, "somebody")
    with pytest.raises(NotFound):
        make_code(office, "HQ2", "somebody")


def test_no_customer_is_served_at_the_office(stage: Stage, tmp_path: Path) -> None:
    desk = at(stage, MAKER, tmp_path)
    assert desk.signing.businesses() == []
    with pytest.raises(NotAllowed, match="served at outlets"):
        desk.forms.begin("C1")
    waiting = desk.queues.counts()
    assert (waiting.outbox, waiting.headquarters) == (0, True)
