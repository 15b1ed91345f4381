"""A real hall's morning, told to a real headquarters: as it was, or with a lie in one of its entries."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from boss_tui.answers.business import Tender
from boss_tui.headquarters.carried import take_carried
from boss_tui.headquarters.office import Office, author
from boss_tui.headquarters.push import take_batch
from boss_tui.sync.carry import Carried, CarriedBatch, carried_text, read_file, write_file
from boss_tui.sync.receipt import Receipt
from boss_tui.sync.shapes import entry_values
from boss_tui.sync.wire import pack, request_text, target
from data.clock import SeededClock
from data.journal import canonical, entry_hash
from data.published import COUNTER
from data.store import Store
from data.tables.order import ProductOrder
from data.tables.organisation import Counter, Outlet
from data.tables.sync import JournalEntry, SyncException
from tests.engines import Sqlite
from tests.hall import FACTS, Hall
from tests.homes import of_this_run
from tests.simulation.any_business import small_hall
from tests.simulation.honest import DEVICE, OWN, make_headquarters
from tests.tiers import nightly

Told = list[dict[str, Any]]
Body = dict[str, Any]
LIE = 2
"""Which of the openings lies: two honest ones stand before it, and one behind."""


@cache
def _folder() -> Path:
    return of_this_run("liar")


@cache
def _headquarters() -> str:
    url = f"sqlite:///{_folder() / 'central.db'}"
    make_headquarters(url)
    store = Store(url)
    with store.transaction(author("", "outlet"), journalled=False) as tx:
        tx.add(Outlet, code="HZ02", name_zh="河东营业厅", province="浙江")  # another hall
        tx.add(Counter, code="HZ0201", outlet="HZ02", name_zh="一号台席")
    store.close()
    return url


@cache
def _hall() -> Callable[[Path], str]:
    return small_hall(_folder())


def headquarters(folder: Path, *statements: str) -> Office:
    """A headquarters of one test's own, some hours after the morning; with statements, as somebody altered it, and
    without what it published: it knows its rows alone then."""
    store = Store(Sqlite().copy(_headquarters(), folder, "headquarters"), clock=SeededClock())
    assert isinstance(store.clock, SeededClock)
    store.clock.move(hours=3)
    if statements:
        _forget(store)
    by_hand(store, *statements)
    return Office(store, OWN)


def _forget(store: Store) -> None:
    """What was published is gone: nobody can, but a program that never wrote it down."""
    with store.engine.connect() as connection:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'published_line'"
        for name in connection.execute(text(guards)).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("DELETE FROM published_line"))
        connection.commit()


def hall(folder: Path, *statements: str) -> Hall:
    """A hall of one test's own."""
    made = Hall.copied(_hall(), folder)
    by_hand(made.store, *statements)
    return made


def by_hand(store: Store, *statements: str) -> None:
    """Somebody alters rows beside the program."""
    with store.engine.connect() as connection:
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0, statement
        connection.execute(text(f"UPDATE sequence SET value = value + 1 WHERE name = '{COUNTER}'"))
        connection.commit()


def opened(at: Hall, times: int = 4) -> Told:
    """So many numbers are opened, to the fen; the hall's journal."""
    for _ in range(times):
        view = at.desk.forms.begin("C1")
        view = at.desk.forms.fill(view.id, at.desk.forms.example("C1"))
        assert not view.errors, view.errors
        at.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
        at.desk.serving.next_customer()
    return journal(at)


def journal(at: Hall) -> Told:
    """A hall's journal."""
    with at.store.reading() as reading:
        return [entry_values(row) for row in reading.all(JournalEntry, outlet=FACTS.outlet, order=("seq",))]


@cache
def _morning() -> str:
    at = hall(_folder())
    told = json.dumps(opened(at))
    at.store.close()
    return told


def morning() -> Told:
    """Four openings in an honest hall."""
    found: Told = json.loads(_morning())
    return found


def openings(told: Told) -> list[int]:
    """Where the entries of openings stand."""
    return [place for place, entry in enumerate(told) if entry["kind"] == "C1"]


def lying(told: Told, alter: Callable[[Body, dict[str, Any]], None], at: int = LIE) -> Told:
    """The same with one of its openings altered, and a chain that is whole."""
    place = openings(told)[at]
    body = json.loads(told[place]["body"])
    alter(body, told[place])
    told[place]["body"] = canonical(body)
    return chained(told, place)


def chained(told: Told, start: int = 0) -> Told:
    """The same with hashes that fit, as one who holds the key could make them."""
    for index in range(start, len(told)):
        if index:
            told[index]["prev_hash"] = told[index - 1]["hash"]
        told[index]["hash"] = entry_hash(told[index], told[index]["prev_hash"])
    return told


def row(body: Body, table: str, nth: int = 0) -> dict[str, Any]:
    """A new row, or a change's values, in an entry."""
    found: list[dict[str, Any]] = [change[4] for change in body["changes"] if change[0] == table]
    return found[nth]


def push(office: Office, told: Told, stick: Path | None = None) -> list[SyncException]:
    """What headquarters put aside, or noted, of a journal: told over the link or, with a stick, in signed files."""
    body = pack({"outlet": FACTS.outlet, "feed_cursor": 0, "entries": told})
    signature = DEVICE.sign(request_text("POST", target(FACTS.outlet, "events"), body))
    if stick is None:
        take_batch(office, FACTS.outlet, body, signature)
    else:
        batch = CarriedBatch(body=base64.b64encode(body).decode(), signature=signature)
        carried = Carried(outlet=FACTS.outlet, feed_cursor=0, stream_cursor=0, batches=[batch], signature="")
        signed = carried.model_copy(update={"signature": DEVICE.sign(carried_text(carried))})
        write_file(stick / "stick", signed, office.key.public)
        take_carried(office, stick / "stick", stick / "back")
        assert read_file(stick / "back", Receipt, DEVICE).refusal is None
    return undecided(office)


def at_doors(lies: Iterable[Any], every: int = 1) -> list[Any]:
    """Lies with whether each comes on a stick: by day every so-manieth, by one door and the other in turn; all of them
    by both each night."""
    found = []
    for at, lie in enumerate(lies):
        by_day = not at % every
        first = bool(at // every % 2)
        found += [(lie, first) if by_day else nightly((lie, first))[0], *nightly((lie, not first))]
    return found


def undecided(office: Office) -> list[SyncException]:
    """All exceptions and notes."""
    with office.store.reading() as reading:
        return reading.all(SyncException, order=("seq",))


def orders(office: Office, told: Told) -> list[bool]:
    """Which of the openings headquarters has booked."""
    with office.store.reading() as reading:
        return [reading.find(ProductOrder, serial=told[place]["serial"]) is not None for place in openings(told)]


def behind(told: Told, kind: str, changes: list[list[Any]], **more: Any) -> Told:
    """The same with one entry more behind it: of a kind, with these changes, by who made the last one."""
    last = told[-1]
    body = {**json.loads(last["body"]), "changes": changes}
    entry = {**last, "seq": last["seq"] + 1, "kind": kind, "serial": f"{last['serial']}-{last['seq']}", **more}
    told.append({**entry, "body": canonical(body)})
    return chained(told, len(told) - 1)


def sold(told: Told) -> Body:
    """The body of the first of its openings."""
    body: Body = json.loads(told[openings(told)[0]]["body"])
    return body
