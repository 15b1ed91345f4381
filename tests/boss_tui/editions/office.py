"""An office to test editions in: headquarters' store with its people, a few published rows, a business date open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from boss_tui.components.base import Context
from boss_tui.components.operators.passwords import hashed
from boss_tui.components.till.shifts import close_day, open_day
from boss_tui.editions import drafts, lifecycle
from boss_tui.editions.due import come_due
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.rows_date import stand_on
from boss_tui.editions.subjects import Rules
from boss_tui.headquarters.desk import found
from boss_tui.headquarters.stream import publish
from boss_tui.sync.dates import bring_to
from boss_tui.sync.keys import DeviceKey
from data import schema
from data.clock import Clock, SeededClock
from data.engine import file_of
from data.journal import Author
from data.store import Store, UnitOfWork
from data.tables.edition import Edition
from data.tables.organisation import Operator
from data.tables.tariff import PriceRule
from tests.engines import with_tables
from tests.hall import START

OFFICE, DESK = "HQ", "HQ01"
MAKER, CHECKER, THIRD, CLERK = "3001", "3002", "3003", "1001"
TODAY, TOMORROW, LATER, LAST = "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-28"
T = TypeVar("T")
_FIRST = Edition(
    id="first", number=0, subject="load", title="The first", author="", made_at="", counts_from="2026-01-01", at_once=0
)

PASSWORD = "demo-1234"

_PEOPLE = {MAKER: "manager", CHECKER: "manager", THIRD: "manager", CLERK: "clerk", "2001": "supervisor"}
_RIGHTS = (
    *(("manager", right) for right in ("M6", "M6.check", "M6.emergency")),
    *(("manager", right) for code in ("M4", "M9", "M10") for right in (code, f"{code}.check")),
    ("supervisor", "M6.check"),
    ("clerk", "M6"),
)


KEY = DeviceKey(bytes(32))
RULES = Rules(lambda tx, edition, lines: publish(tx, KEY, edition, lines))


def first_lines() -> Iterator[RowEdit]:
    """What is published before anybody works here."""
    secret = hashed(PASSWORD)
    yield RowEdit("outlet", (OFFICE,), "add", {"name_zh": "省公司", "province": "浙江"})
    yield RowEdit("counter", (DESK,), "add", {"outlet": OFFICE, "name_zh": "一号台"})
    for staff_no, role in _PEOPLE.items():
        yield RowEdit(
            "operator",
            (staff_no,),
            "add",
            {
                "outlet": OFFICE,
                "name": staff_no,
                "role": role,
                "password_hash": secret,
                "password_use": "lasting",
            },
        )
    for role, right in _RIGHTS:
        yield RowEdit("role_right", (role, right), "add", {})
    yield RowEdit("ledger_account", ("6001",), "add", {"name_zh": "收入", "kind": "income"})
    for item in ("card", "fee"):
        yield RowEdit("charge_item", (item,), "add", {"name_zh": item, "ledger_account": "6001"})
    yield RowEdit("price_rule", ("P1",), "add", {"item": "card", "business": "C1", "amount": 1000})
    yield RowEdit("price_rule", ("P2",), "add", {"item": "fee", "business": "C1", "amount": 2000})
    yield RowEdit("interface", ("own",), "add", {"name_zh": "本网"})
    yield RowEdit("business_interface", ("C1", "own"), "add", {})
    yield RowEdit("product", ("PLAN",), "add", {"name_zh": "套餐"})
    yield RowEdit("process", ("M6",), "add", {"number": "BP1", "steps": "[]"})


class Desk:
    """Editions worked on at the office, each act a transaction of its own, as a desk does."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.store = Store(url, clock=clock or SeededClock(START))

    @classmethod
    def over(cls, store: Store) -> Desk:
        """The office in a store that is open already."""
        made = cls.__new__(cls)
        made.store = store
        return made

    @classmethod
    def make_template(cls, url: str) -> None:
        """The office in an empty database, closed."""
        cls.made(url).store.close()

    @classmethod
    def made(cls, url: str, clock: Clock | None = None, day: str = TODAY) -> Desk:
        """A new office in an empty database."""
        if url.startswith("sqlite"):
            with_tables(file_of(url))
        made = cls(url, clock)
        if not made.store.is_sqlite:
            schema.create(made.store)
        with made.store.transaction(Author("", "first", ""), journalled=False) as tx:
            lines = list(first_lines())
            stand_on(tx, day)
            publish(tx, KEY, _FIRST, lines)
            found(tx, OFFICE)
        made.open_day(day)
        return made

    @contextmanager
    def at_work(self, staff_no: str, business: str = "M6") -> Iterator[Context]:
        """A transaction of somebody's, and its context."""
        with self.store.transaction(Author(OFFICE, "edition", staff_no, DESK)) as tx:
            yield context(tx, staff_no, business)

    def act(self, staff_no: str, what: Callable[..., T], *said: Any, business: str = "M6", **more: Any) -> T:
        """Do one thing."""
        with self.at_work(staff_no, business) as at:
            return what(at, *said, **more)

    def drafted(self, *lines: RowEdit, by: str = MAKER, business: str = "M6", **said: str) -> str:
        """A draft with these lines; its key."""
        said = {"title": "Prices", "reason": "Because", **said}
        made = self.act(by, drafts.new, business=business, **said)
        self.act(by, drafts.put_lines, made.id, lines, RULES, business=business)
        return made.id

    def submitted(self, *lines: RowEdit, by: str = MAKER, **said: str) -> str:
        """One that waits to be decided."""
        made = self.drafted(*lines, by=by, **said)
        self.act(by, lifecycle.submit, made, RULES)
        return made

    def approved(self, *lines: RowEdit, by: str = MAKER, **said: str) -> str:
        """One that was approved."""
        made = self.submitted(*lines, by=by, **said)
        self.act(CHECKER if by != CHECKER else THIRD, lifecycle.approve, made, RULES)
        return made

    def open_day(self, day: str) -> list[Edition]:
        """Open a business date, after closing the one before."""
        with self.store.transaction(Author(OFFICE, "day.open", MAKER, DESK)) as tx:
            at = context(tx, MAKER, "M6")
            if at.business_date:
                tx.author.business_date = at.business_date
                close_day(tx, OFFICE, at.business_date, MAKER)
        with self.store.transaction(Author(OFFICE, "day.open", MAKER, DESK)) as tx:
            open_day(tx, OFFICE, day, MAKER, approved_by=MAKER)
            tx.author.business_date = day
            bring_to(tx, day)
            return come_due(tx, day, RULES)

    def row(self, model: Any, **key: Any) -> Any:
        """A row as it stands."""
        with self.store.reading() as reading:
            return reading.find(model, **key)

    def edition(self, edition_id: str) -> Edition:
        """An edition as it stands."""
        found: Edition = self.row(Edition, id=edition_id)
        return found

    def price(self, rule: str = "P1") -> int | None:
        """What a price rule says now; None: there is none."""
        found = self.row(PriceRule, id=rule)
        return found.amount if found else None


def context(tx: UnitOfWork, staff_no: str, business: str) -> Context:
    """Who does it, where, when."""
    from boss_tui.components.till.business_days import today

    day = today(tx, OFFICE)
    tx.author.business_date = day.business_date if day else ""
    role = tx.one(Operator, staff_no=staff_no).role
    return Context(tx, business, OFFICE, DESK, staff_no, role, tx.author.business_date)


def price(amount: int, rule: str = "P1", **more: Any) -> RowEdit:
    """A price becomes another."""
    return RowEdit("price_rule", (rule,), "change", {"amount": amount, **more})


def new_price(rule: str, **values: Any) -> RowEdit:
    """A price that was not there."""
    return RowEdit("price_rule", (rule,), "add", {"item": "card", "business": "C1", "amount": 1, **values})


def end(table: str, *key: Any) -> RowEdit:
    """A row that ends."""
    return RowEdit(table, key, "end", {})
