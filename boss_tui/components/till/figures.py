"""What was taken, how, and for what: sums over the books for one shift or one business day (catalogue F11, F13).

All of them are made by SQL from the posting lines, so that X, Z and day report can't disagree. Nothing is written
here; how figures look on paper and in files is in `boss_tui.reports`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, case, cast, func, or_, select

from boss_tui.components.ledger import ledger
from boss_tui.components.tenders.tenders import Ways, standard, ways
from boss_tui.components.till.blind import put_down_before
from boss_tui.components.till.card_figures import card_sums
from boss_tui.components.till.drawer_record import openings, tills_of
from boss_tui.components.till.sums import ItemSum, Move, Opened, Outside, RateSum, SafeMove, ShiftFigures, Sum, Takings
from data.message import both, say
from data.store import Reading
from data.tables.finance import CashMovement, Posting, PostingLine, Shift, ShiftCount, ShiftTender, SuspenseEntry
from data.tables.organisation import Operator
from data.tables.tariff import ChargeItem

TENDERS = {way.account: way.code for way in standard().values()}
"""The accounts of the ways of paying that every outlet has, and their codes."""


AT_CLOSE = ("difference", "handover")


COMMISSION = "6401"


_NOT_TAKEN = (ledger.PARTNERS, COMMISSION)  # what is owed to partners for an order is not part of what was taken


_p = Posting.table()


_l = PostingLine.table()


_m = CashMovement.table()


_FEN = cast(func.sum(_l.c.amount), BigInteger)


_OF_SHIFT = (_p.c.shift_id == bindparam("shift", required=False),)  # IN lists are written out before values are known


_OF_DAY = (
    _p.c.outlet == bindparam("outlet", required=False),
    _p.c.business_date == bindparam("day", required=False),
)


_ORDERS = (_p.c.order_id.is_not(None), _p.c.shift_id.is_not(None))
"""What orders brought at tills; what is entered for them without money, such as a final bill, is not part of it."""


def _lines(scope: tuple[Any, ...], *by: Any) -> Any:
    """Groups, number of postings and fen of the lines of postings in a scope."""
    joined = _l.join(_p, _p.c.id == _l.c.posting_id)
    return (
        select(*by, func.count(_p.c.id.distinct()), _FEN).select_from(joined).where(*scope).group_by(*by).order_by(*by)
    )


def _taken(scope: tuple[Any, ...], by: Any, accounts: tuple[str, ...]) -> Any:
    """Groups, number of orders and fen that they brought in any tender."""
    joined = _l.join(_p, _p.c.id == _l.c.posting_id)
    wanted = (*scope, *_ORDERS, _l.c.account.in_(accounts))
    return (
        select(by, func.count(_p.c.order_id.distinct()), _FEN)
        .select_from(joined)
        .where(*wanted)
        .group_by(by)
        .order_by(by)
    )


def _earned(where: tuple[Any, ...]) -> Any:
    """What lines come to by charge item, rate of tax and account: asked once, for both tables that are made of it."""
    by = (_l.c.item, _l.c.tax_rate, _l.c.account)
    joined = _l.join(_p, _p.c.id == _l.c.posting_id)
    return select(*by, _FEN).select_from(joined).where(*where).group_by(*by).order_by(*by)


@lru_cache(maxsize=8)
def _statements(scope: tuple[Any, ...], accounts: tuple[str, ...]) -> dict[str, Any]:
    """What is asked of the lines in a scope. `accounts`: those of the ways of paying."""
    items = (*scope, *_ORDERS, _l.c.account.not_in((*accounts, *_NOT_TAKEN)))
    return {
        "businesses": _taken(scope, _p.c.business, accounts),
        "operators": _taken(scope, _p.c.operator, accounts),
        "tills": _taken(scope, _p.c.till, accounts),
        "tenders": _taken(scope, _l.c.account, accounts),
        "refunds": _lines((*scope, *_ORDERS, _l.c.account.in_(accounts), _l.c.amount < 0), _l.c.account),
        "earned": _earned(items),
        "moves": _lines((*scope, _p.c.order_id.is_(None), _l.c.account == ledger.CASH), _l.c.item),
    }


_NOTES = (
    select(_p.c.made_at, _l.c.item, _l.c.amount, _p.c.note, _p.c.operator, func.coalesce(_m.c.approved_by, ""))
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id).outerjoin(_m, _m.c.posting_id == _p.c.id))
    .where(*_OF_SHIFT, _p.c.order_id.is_(None), _l.c.account == ledger.CASH, _l.c.item.not_in(AT_CLOSE))
    .order_by(_p.c.made_at)
)


_EXPECTED = select(func.coalesce(_FEN, 0)).where(
    _l.c.posting_id.in_(select(_p.c.id).where(*_OF_SHIFT)), _l.c.account == ledger.CASH, _l.c.item.not_in(AT_CLOSE)
)
"""The shift's postings first: joined, SQLite would begin with all cash that there ever was."""


_DEBIT = case((_l.c.amount > 0, _l.c.amount), else_=0)


_MOVED_BY = "M11"  # the till's own business, which moves cash without an order


_of_safe = _l.c.account == ledger.SAFE


of_safe = or_(_of_safe, and_(_l.c.account == ledger.BANK, _p.c.business == _MOVED_BY))
"""The lines that move cash of the safe, and at the bank: what customers transfer to the bank is not of them."""


_SAFE = (
    select(
        _l.c.item,
        func.count(_p.c.id.distinct()),
        *(
            cast(func.sum(case((which, amount), else_=0)), BigInteger)
            for which, amount in (
                (and_(_of_safe, _l.c.amount > 0), _l.c.amount),
                (and_(_of_safe, _l.c.amount < 0), -_l.c.amount),
                (_l.c.account == ledger.BANK, _l.c.amount),
            )
        ),
    )
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(*_OF_DAY, of_safe)
    .group_by(_l.c.item)
    .order_by(_l.c.item)
)


_OUTSIDE = (
    select(
        _p.c.business,
        func.count(_p.c.id.distinct()),
        cast(func.sum(_DEBIT), BigInteger),
        *(
            cast(func.sum(case((_l.c.account == account, -_l.c.amount), else_=0)), BigInteger)
            for account in (ledger.OUTPUT_TAX, ledger.DEFERRED_TAX)
        ),
    )
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(*_OF_DAY, _p.c.shift_id.is_(None), _p.c.business != _MOVED_BY)
    .group_by(_p.c.business)
    .order_by(_p.c.business)
)


_EXPECTED_OF_DAY = (
    select(_p.c.shift_id, _FEN)
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(*_OF_DAY, _p.c.shift_id.is_not(None), _l.c.account == ledger.CASH, _l.c.item.not_in(AT_CLOSE))
    .group_by(_p.c.shift_id)
)


_e = SuspenseEntry.table()


def _suspense(*where: Any) -> Any:
    """Entries and fen of each act of money in suspense."""
    return (
        select(_e.c.act, func.count(), cast(func.sum(_e.c.amount), BigInteger))
        .where(*where)
        .group_by(_e.c.act)
        .order_by(_e.c.act.desc())
    )


_SUSPENSE = _suspense(_e.c.shift_id == bindparam("shift"))


_SUSPENSE_OF_DAY = _suspense(_e.c.outlet == bindparam("outlet"), _e.c.business_date == bindparam("day"))


_IN_SUSPENSE = select(cast(func.coalesce(func.sum(_e.c.amount), 0), BigInteger)).where(
    _e.c.outlet == bindparam("outlet"), _e.c.business_date <= bindparam("day")
)


Ask = Callable[[str], list[tuple[Any, ...]]]


def expected_cash(reading: Reading, shift: Shift) -> int:
    """Fen of cash that must be in the till: float, sales, refunds, and what was put in or taken out."""
    return int(reading.scalar(_EXPECTED, shift=shift.id))


def expected_by_shift(reading: Reading, outlet: str, business_date: str, shifts: Iterable[Shift]) -> dict[str, int]:
    """Fen of cash that must be in each drawer of a business date whose shift is not closed."""
    left = [shift.id for shift in shifts if shift.state != "closed"]
    held = dict(reading.rows(_EXPECTED_OF_DAY, outlet=outlet, day=business_date)) if left else {}
    return {shift_id: int(held.get(shift_id, 0)) for shift_id in left}


def x_figures(reading: Reading, shift: Shift) -> ShiftFigures:
    """The figures of a shift, open (X) or closed (Z). A closed shift's never change: it takes no more postings."""
    now = reading.one(Shift, id=shift.id)
    operator = reading.find(Operator, staff_no=now.operator)
    counts = reading.all(ShiftCount, shift_id=now.id, order=("-denomination",))

    known = ways(reading)
    sums = _statements(_OF_SHIFT, _accounts(known))

    def ask(of: str) -> list[tuple[Any, ...]]:
        return reading.rows(sums[of], shift=now.id)

    return ShiftFigures(
        shift=now,
        operator=operator.name if operator else now.operator,
        takings=_takings(reading, ask, known),
        moves=tuple(move for move in _sums(ask("moves")) if move.key not in AT_CLOSE),
        expected=expected_cash(reading, now),
        notes=tuple(Move(*row) for row in reading.rows(_NOTES, shift=now.id)),
        counts=tuple((count.denomination, count.pieces) for count in counts),
        cards=card_sums(reading, now),
        opened=tuple(Opened(each.made_at, each.operator, each.reason) for each in openings(reading, now)),
        tills=tuple(tills_of(reading, now)),
        ticked=tuple(sorted(reading.all(ShiftTender, shift_id=now.id), key=lambda row: list(known).index(row.kind))),
        in_drawer=frozenset(code for code, way in known.items() if way.drawer or not way.digit),
        suspense=_sums(reading.rows(_SUSPENSE, shift=now.id)),
        put_down=tuple(one.amount for one in put_down_before(reading, now.outlet, now.id) if one.state != "accepted"),
        taken_from=_cashier(reading.find(Shift, id=now.taken_from) if now.taken_from else None),
        handed_to=_cashier(reading.find(Shift, taken_from=now.id) if now.state == "closed" else None),
    )


def day_sums(reading: Reading, outlet: str, business_date: str) -> tuple[Takings, tuple[Sum, ...]]:
    """What an outlet took on a business date, and the cash that was moved otherwise, differences and hand-overs too."""

    known = ways(reading)
    sums = _statements(_OF_DAY, _accounts(known))

    def ask(of: str) -> list[tuple[Any, ...]]:
        return reading.rows(sums[of], outlet=outlet, day=business_date)

    return _takings(reading, ask, known), _sums(ask("moves"))


def outside_sums(reading: Reading, outlet: str, business_date: str) -> tuple[Outside, ...]:
    """What was posted on a business date outside of any shift: bills, recharges, what fell due. With the shifts and
    `safe_sums` it is all that was posted on that date."""
    return tuple(Outside(*row) for row in reading.rows(_OUTSIDE, outlet=outlet, day=business_date))


def safe_sums(reading: Reading, outlet: str, business_date: str) -> tuple[SafeMove, ...]:
    """What moved cash of the safe on a business date, between it and drawers or the bank, by purpose."""
    return tuple(SafeMove(*row) for row in reading.rows(_SAFE, outlet=outlet, day=business_date))


def suspense_sums(reading: Reading, outlet: str, business_date: str) -> tuple[tuple[Sum, ...], int]:
    """What went into suspense and out of it on a business date, by act, and fen that are there when it ends."""
    of = {"outlet": outlet, "day": business_date}
    return _sums(reading.rows(_SUSPENSE_OF_DAY, **of)), int(reading.scalar(_IN_SUSPENSE, **of))


def _accounts(known: Ways) -> tuple[str, ...]:
    return tuple(way.account for way in known.values())


def _cashier(shift: Shift | None) -> str:
    return shift.operator if shift is not None else ""


def _takings(reading: Reading, ask: Ask, known: Ways) -> Takings:
    earned = ask("earned")
    items = _items(reading, earned)
    codes = {way.account: way.code for way in known.values()}
    tenders, refunds = (
        tuple(Sum(codes[account], count, amount) for account, count, amount in ask(of)) for of in ("tenders", "refunds")
    )
    names = {way.code: way.name for way in known.values()}
    rates = _rates(earned)
    return Takings(
        _sums(ask("businesses")), _sums(ask("operators")), tenders, items, refunds, names, rates, _sums(ask("tills"))
    )


def _sums(rows: Iterable[tuple[Any, ...]]) -> tuple[Sum, ...]:
    return tuple(Sum(key, count, amount) for key, count, amount in rows)


def _rates(rows: Iterable[tuple[Any, ...]]) -> tuple[RateSum, ...]:
    """Amounts and tax by rates; credits are turned into plain amounts."""
    sums: dict[int, list[int]] = {}
    for _item, rate, account, amount in rows:
        sums.setdefault(rate, [0, 0])[account == ledger.OUTPUT_TAX] -= amount
    return tuple(RateSum(rate, net, tax) for rate, (net, tax) in sorted(sums.items(), reverse=True))


BOOKED = {"bill": say("Charged on bills")}
"""What lines of the books are called that are of no charge item: what a bill puts on account."""


def _items(reading: Reading, rows: Iterable[tuple[Any, ...]]) -> tuple[ItemSum, ...]:
    """Income and tax of each charge item; credits are turned into plain amounts."""
    net: dict[str, int] = {}
    tax: dict[str, int] = {}
    for item, _rate, account, amount in rows:
        side = tax if account == ledger.OUTPUT_TAX else net
        side[item] = side.get(item, 0) - amount
    known = {row.code: row for row in reading.all(ChargeItem)}
    found = []
    for item in sorted({*net, *tax}):
        row = known.get(item)
        name = both(row.name_zh, row.name_en) if row else BOOKED.get(item, both(item, item))
        found.append(ItemSum(item, name, net.get(item, 0), tax.get(item, 0)))
    return tuple(found)
