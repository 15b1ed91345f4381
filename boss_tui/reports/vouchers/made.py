"""Vouchers, made of the postings of closed business days: one a day, summed by account, tender and tax rate."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, bindparam, case, cast, func, select

from boss_tui.components.tenders.tenders import ways
from boss_tui.reports.vouchers.chart import ChartPlace, Standard, standard_of
from data.errors import Conflict, NotAllowed, NotFound
from data.message import Message, both, say
from data.store import Reading
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay, LedgerAccount, Posting, PostingLine
from data.tables.organisation import Operator, Outlet

WORD = "记"
"""The kind of voucher 凭证字: a general one."""


class VoucherEntry(Struct, frozen=True):
    """A line of a voucher.

    Attributes:
        standard: the account of the standard chart.
        item, item_name: the auxiliary item: our own account, which is finer.
        tax_rate: hundredths of a percent, where what it is about is taxed.
        debit, credit: fen; one of them is 0, and neither is below it.
    """

    standard: Standard
    item: str
    item_name: Message
    tax_rate: int
    debit: int
    credit: int

    @property
    def amount(self) -> int:
        """Fen: a debit positive, a credit negative."""
        return self.debit - self.credit


class Voucher(Struct, frozen=True):
    """A voucher: it balances.

    Attributes:
        outlet, outlet_name: whose day it was.
        business_date: the date of the voucher, YYYY-MM-DD.
        number: within its month, by business days: the same whenever it is made.
        reference: what tells it from every other, so that no house enters it twice.
        maker: who closed the day.
        attachments: how many papers with numbers the day has.
        entries: debits first, by account.
    """

    outlet: str
    outlet_name: Message
    business_date: str
    number: int
    reference: str
    maker: str
    attachments: int
    entries: tuple[VoucherEntry, ...]

    @property
    def numbered(self) -> str:
        """Its word and number 凭证字号, such as 记-0023."""
        return f"{WORD}-{self.number:04d}"

    @property
    def total(self) -> int:
        """Fen of all debits, which is that of all credits."""
        return sum(entry.debit for entry in self.entries)


_p = Posting.table()
_l = PostingLine.table()
_d = PaperDocument.table()
_b = BusinessDay.table()
_DAY: Any = bindparam("day", required=False)
_OUTLET: Any = bindparam("outlet", required=False)


def _sum(of: Any) -> Any:
    return cast(func.coalesce(func.sum(of), 0), BigInteger)


_LINES = (
    select(
        _l.c.account,
        _l.c.tax_rate,
        _sum(case((_l.c.amount > 0, _l.c.amount), else_=0)),
        _sum(case((_l.c.amount < 0, -_l.c.amount), else_=0)),
    )
    .select_from(_p.join(_l, _l.c.posting_id == _p.c.id))
    .where(_p.c.outlet == _OUTLET, _p.c.business_date == _DAY)
    .group_by(_l.c.account, _l.c.tax_rate)
    .order_by(_l.c.account, _l.c.tax_rate)
)
_ATTACHED = select(func.count()).where(_d.c.outlet == _OUTLET, _d.c.business_date == _DAY)
_BEFORE = select(func.count()).where(
    _b.c.outlet == _OUTLET, _b.c.business_date >= bindparam("first", required=False), _b.c.business_date <= _DAY
)


def vouchers(reading: Reading, outlet: str, first: str, last: str, house: Sequence[ChartPlace] = ()) -> list[Voucher]:
    """The vouchers of the outlet's closed business days from one to another, both with. A day without postings has
    none. NotFound: there is no such day. NotAllowed: none of them is closed, or an account has no place in the chart.
    Conflict: the books of a day do not balance. `house`: its own chart of accounts (`chart.of_the_house`)."""
    days = [
        day
        for day in reading.all(BusinessDay, outlet=outlet, order=("business_date",))
        if first <= day.business_date <= last
    ]
    if not days:
        raise NotFound(say("There is no business day from {first} to {last}.", first=first, last=last))
    closed = [day for day in days if day.state == "closed"]
    if not closed:
        raise NotAllowed(say("The day {date} is still open: its voucher is made once it is closed.", date=first))
    hall = reading.one(Outlet, code=outlet)
    name = both(hall.name_zh, hall.name_en or hall.name_zh)
    made = [_voucher(reading, name, day, house) for day in closed]
    return [voucher for voucher in made if voucher.entries]


def open_days(reading: Reading, outlet: str, first: str, last: str) -> list[str]:
    """The days among them that have no voucher yet, since they are open."""
    return [
        day.business_date
        for day in reading.all(BusinessDay, outlet=outlet, state="open")
        if first <= day.business_date <= last
    ]


def _voucher(reading: Reading, outlet_name: Message, day: BusinessDay, house: Sequence[ChartPlace]) -> Voucher:
    of = {"outlet": day.outlet, "day": day.business_date}
    entries = _entries(reading, day, house)
    over = sum(entry.amount for entry in entries)
    if over:
        raise Conflict(say("The books of {date} do not balance. Run 'boss verify'.", date=day.business_date))
    ((attached,),) = reading.rows(_ATTACHED, **of)
    ((number,),) = reading.rows(_BEFORE, first=f"{day.business_date[:7]}-01", **of)
    by = reading.find(Operator, staff_no=day.closed_by)
    return Voucher(
        day.outlet,
        outlet_name,
        day.business_date,
        number,
        f"{day.outlet}-{day.business_date.replace('-', '')}",
        by.name if by else day.closed_by,
        attached,
        entries,
    )


def _entries(reading: Reading, day: BusinessDay, house: Sequence[ChartPlace]) -> tuple[VoucherEntry, ...]:
    """What each account moved, debits and credits apart: a refund does not hide what was sold."""
    names = {row.code: both(row.name_zh, row.name_en or row.name_zh) for row in reading.all(LedgerAccount)}
    tenders = {way.account: way.provider for way in ways(reading).values()}
    moved: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for account, rate, debit, credit in reading.rows(_LINES, outlet=day.outlet, day=day.business_date):
        sums = moved[account, rate]
        sums[0], sums[1] = sums[0] + debit, sums[1] + credit
    found: list[VoucherEntry] = []
    for (account, rate), (debit, credit) in moved.items():
        standard = standard_of(account, day.business_date, tenders, house)
        name = names.get(account, both(account, account))
        found += [VoucherEntry(standard, account, name, rate, *side) for side in ((debit, 0), (0, credit)) if any(side)]
    return tuple(sorted(found, key=lambda entry: (entry.credit > 0, entry.standard.code, entry.item, entry.tax_rate)))


def fingerprint(made: Iterable[Voucher]) -> str:
    """A hash over what the vouchers say, in whatever file they come: that they were made of the same books."""
    facts = [
        (
            each.reference,
            each.numbered,
            [(e.standard.code, e.item, e.tax_rate, e.debit, e.credit) for e in each.entries],
        )
        for each in made
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def summary(voucher: Voucher, entry: VoucherEntry, most: int) -> Message:
    """The words 摘要 of a line, in at most so many characters: which hall's day, what it was, at which rate."""
    zh = f"{voucher.business_date}营业 {_said(voucher.outlet_name, 'zh_CN')} {_said(entry.item_name, 'zh_CN')}"
    en = f"Business of {voucher.business_date}, {_said(voucher.outlet_name, 'en')}: {_said(entry.item_name, 'en')}"
    rate = f" {entry.tax_rate / 100:g}%" if entry.tax_rate else ""
    return both(f"{zh[: most - len(rate)]}{rate}", f"{en[: most - len(rate)]}{rate}")


def _said(name: Message, language: str) -> str:
    return str(name.values.get(language, ""))


def accounts_of(made: Sequence[Voucher]) -> list[tuple[Standard, str, Message]]:
    """The accounts and items that the vouchers use, each once, by code."""
    found = {
        (entry.standard.code, entry.item): (entry.standard, entry.item, entry.item_name)
        for voucher in made
        for entry in voucher.entries
    }
    return [found[key] for key in sorted(found)]
