"""A small hall for tests: an outlet, two counters, three people, a chart of accounts, and a day that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from boss_tui.components.ledger import ledger
from boss_tui.components.ledger.ledger import Leg
from boss_tui.components.till.figures import TENDERS
from boss_tui.components.till.shifts import DENOMINATIONS
from data import schema
from data.clock import SeededClock, new_key
from data.journal import Author
from data.store import Store, UnitOfWork
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.finance import LedgerAccount, Payment, PaymentTender, Posting, Shift
from data.tables.order import ProductOrder
from data.tables.organisation import Counter, Operator, Outlet
from data.tables.sync import JournalHead
from data.tables.tariff import ChargeItem

OUTLET, TILL, OTHER_TILL = "0431", "0431-1", "0431-2"
CLERK, COLLEAGUE, SUPERVISOR = "1001", "1002", "9001"
DAY, NEXT_DAY = "2026-11-23", "2026-11-24"

CHART = {
    ledger.CASH: "asset",
    ledger.CARD: "asset",
    ledger.BANK: "asset",
    ledger.SAFE: "asset",
    ledger.CHEQUES: "asset",
    ledger.PREPAID: "liability",
    ledger.DEPOSITS: "liability",
    ledger.OUTPUT_TAX: "liability",
    ledger.PARTNERS: "liability",
    "6001": "income",
    "6003": "income",
    ledger.SUNDRY_EXPENSES: "expense",
    ledger.OVER_SHORT: "expense",
}


def author(kind: str = "test", operator: str = CLERK) -> Author:
    return Author(OUTLET, kind, operator, TILL, "", DAY)


def make(url: str) -> Store:
    """A store at the address, with the hall in it."""
    store = Store(url, clock=SeededClock())
    schema.create(store)
    with store.transaction(author("setup"), journalled=False) as tx:
        people(tx)
        chart(tx)
        customer(tx)
    return store


def people(tx: UnitOfWork) -> None:
    tx.add(JournalHead, outlet=OUTLET)
    tx.add(Outlet, code=OUTLET, name_zh="长春大街营业厅", province="07")
    for till in (TILL, OTHER_TILL):
        tx.add(Counter, code=till, outlet=OUTLET, name_zh=f"{till[-1]}号台")
    for staff_no, name, role in (
        (CLERK, "王芳", "clerk"),
        (COLLEAGUE, "李强", "clerk"),
        (SUPERVISOR, "赵敏", "supervisor"),
    ):
        tx.add(Operator, staff_no=staff_no, outlet=OUTLET, name=name, role=role, password_hash="-")


def chart(tx: UnitOfWork) -> None:
    for code, kind in CHART.items():
        tx.add(LedgerAccount, code=code, name_zh=code, kind=kind, per_till=int(code == ledger.CASH))
    tx.add(ChargeItem, code="number_fee", name_zh="选号费", name_en="Number fee", ledger_account="6001")
    tx.add(ChargeItem, code="handset", name_zh="机器费", name_en="Handset", ledger_account="6003")
    tx.add(
        ChargeItem, code="prepay", name_zh="预存话费", name_en="Prepayment", fee_kind=2, ledger_account=ledger.PREPAID
    )


RESERVE = 10_000_000


def reserve(store: Store) -> None:
    """What the safe holds before the first day, in fen."""
    with store.transaction(author("reserve", SUPERVISOR)) as tx:
        _reserve(tx)


def _reserve(tx: UnitOfWork) -> None:
    ledger.post(
        tx,
        outlet=OUTLET,
        business_date="2026-11-20",
        business="M11",
        operator=SUPERVISOR,
        lines=(Leg(ledger.SAFE, RESERVE, "reserve"), Leg(ledger.BANK, -RESERVE, "reserve")),
    )


def customer(tx: UnitOfWork) -> None:
    """One customer with one account and one bucket of prepaid money: all keyed `one`."""
    tx.add(Category, code="ordinary", name_zh="普通")
    tx.add(DocumentKind, code="00", name_zh="居民身份证", rule="resident_id", category="ordinary")
    tx.add(
        Customer,
        id="one",
        outlet=OUTLET,
        name="张三",
        name_key="张三",
        document_kind="00",
        category="ordinary",
        document_number="11010519491231002X",
        created_at=tx.now(),
    )
    tx.add(
        BillingAccount, id="one", outlet=OUTLET, number="1", customer_id="one", pay_type="prepaid", opened_at=tx.now()
    )
    tx.add(BalanceBucket, id="one", account_id="one", kind="prepaid")


@contextmanager
def writing(store: Store, kind: str = "test", operator: str = CLERK) -> Iterator[UnitOfWork]:
    with store.transaction(author(kind, operator)) as tx:
        yield tx


def entry(tx: UnitOfWork, *lines: Leg, shift_id: str | None = None, till: str = TILL, date: str = DAY) -> Posting:
    """A posting with as little said as can be."""
    return ledger.post(
        tx, outlet=OUTLET, business_date=date, business="C12", operator=CLERK, lines=lines, shift_id=shift_id, till=till
    )


RATES = {"number_fee": 900, "handset": 1300}
ACCOUNTS = {kind: account for account, kind in TENDERS.items()}


def sale(
    tx: UnitOfWork,
    shift: Shift,
    items: Sequence[tuple[str, int, int]],
    tenders: Mapping[str, int],
    *,
    business: str = "C10",
    bucket: str | None = None,
) -> Posting:
    """An order with its payment: items as (charge item, fen with tax, fen of tax); tenders as {kind: fen}."""
    order = new_key(tx.clock)
    due = sum(amount for _, amount, _ in items)
    tx.add(
        ProductOrder,
        id=order,
        serial=order,
        outlet=shift.outlet,
        counter=shift.till,
        operator=shift.operator,
        business=business,
        business_date=shift.business_date,
        state="completed",
        draft_id=order,
        amount=due,
        created_at=tx.now(),
    )
    lines = [Leg(ACCOUNTS[kind], amount) for kind, amount in tenders.items()]
    for code, amount, tax in items:
        account = tx.one(ChargeItem, code=code).ledger_account
        rate = RATES.get(code, 0)
        lines.append(Leg(account, tax - amount, code, bucket if account == ledger.PREPAID else None, rate))
        if tax:
            lines.append(Leg(ledger.OUTPUT_TAX, -tax, code, tax_rate=rate))
    posting = ledger.post(
        tx,
        outlet=shift.outlet,
        business_date=shift.business_date,
        business=business,
        operator=shift.operator,
        lines=lines,
        order_id=order,
        shift_id=shift.id,
        till=shift.till,
    )
    payment = tx.add(
        Payment,
        id=new_key(tx.clock),
        outlet=shift.outlet,
        order_id=order,
        posting_id=posting.id,
        shift_id=shift.id,
        due=due,
        tendered=due,
    )
    for number, (kind, amount) in enumerate(tenders.items(), start=1):
        tx.add(PaymentTender, payment_id=payment.id, line=number, kind=kind, amount=amount)
    return posting


def pieces(amount: int) -> dict[int, int]:
    """Notes and coins that make up an amount of fen."""
    counts = {}
    for denomination in DENOMINATIONS:
        counts[denomination], amount = divmod(amount, denomination)
    return counts
