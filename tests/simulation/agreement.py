"""What always holds of a hall's money, whatever was done: the books, shifts, days, the month, papers and files say the
same to the fen. Asked by `tests.simulation.month` after each step.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

from sqlalchemy import BigInteger, cast, func, select

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.ledger.ledger import OUTPUT_TAX, SUSPENSE
from boss_tui.components.tenders.tenders import ways
from boss_tui.components.till.figures import x_figures
from boss_tui.locale import words
from boss_tui.reports import closing
from boss_tui.reports.figures import DayFigures, day_figures
from boss_tui.reports.files import as_csv
from boss_tui.reports.period import Span, figures_report
from boss_tui.reports.report import as_json
from data.journal import canonical
from data.store import Reading
from data.tables.document import PaperDocument, PaperTax
from data.tables.finance import BusinessDay, Payment, PaymentTender, Posting, RunningTotal, Shift
from data.tables.order import HandwrittenSlip
from tests.hall import FACTS

_r = RunningTotal.table()
_p = Payment.table()
_t = PaymentTender.table()
_po = Posting.table()
_d = PaperDocument.table()
_x = PaperTax.table()


def _sum(column: Any) -> Any:
    return func.coalesce(cast(func.sum(column), BigInteger), 0)


def day_agrees(reading: Reading, day: str) -> None:
    """The open day: its shifts, the ledger, what was handed over the counter, papers and slips."""
    figures = day_figures(reading, FACTS.outlet, day)
    shifts = [x_figures(reading, shift) for shift in figures.shifts]
    for of, key in (
        ("tenders", "key"),
        ("rates", "rate"),
        ("items", "item"),
        ("operators", "key"),
        ("tills", "key"),
        ("businesses", "key"),
        ("refunds", "key"),
    ):
        whole = _plain(getattr(figures.takings, of), key)
        parts = Counter[Any]()
        for shift in shifts:
            for part, amount in _plain(getattr(shift.takings, of), key).items():
                parts[part] += amount
        assert {name: fen for name, fen in parts.items() if fen} == whole, (of, parts, whole)
    assert sum(shift.takings.tax for shift in shifts) + sum(one.tax for one in figures.outside) == figures.tax
    taken = figures.takings.total
    assert sum(one.amount for one in (*figures.orders, *figures.back)) == taken, "orders, and what was taken back"
    _books_agree(reading, day, figures)
    _papers_agree(reading, day, figures)


def _books_agree(reading: Reading, day: str, figures: DayFigures) -> None:
    """The ledger's running totals, and what was really handed over the counter."""
    asked = select(_r.c.account, _sum(_r.c.amount)).where(_r.c.business_date == day).group_by(_r.c.account)
    totals = dict(reading.rows(asked))
    assert sum(totals.values()) == 0
    assert -totals.get(OUTPUT_TAX, 0) == figures.tax, "output tax of the ledger is the day's"
    handed = (
        select(_t.c.kind, _sum(_t.c.amount))
        .select_from(_t.join(_p, _p.c.id == _t.c.payment_id).join(_po, _po.c.id == _p.c.posting_id))
        .where(_po.c.business_date == day)
        .group_by(_t.c.kind)
    )
    of_orders, of_slips = (
        {kind: fen for kind, fen in reading.rows(handed.where(one)) if fen}
        for one in (_p.c.order_id.is_not(None), _p.c.order_id.is_(None))
    )
    known = ways(reading)
    assert of_orders == _plain(figures.takings.tenders, "key")
    for kind in {"card", "cheque"} & known.keys():  # transfers stand with what the safe brings to the bank
        in_books = totals.get(known[kind].account, 0)
        assert in_books == of_orders.get(kind, 0) + of_slips.get(kind, 0), kind
    _suspense_agrees(reading, totals, figures, sum(of_slips.values()))
    cash = sum(move.amount for move in figures.moves) + _plain(figures.takings.tenders, "key").get("cash", 0)
    assert totals.get("1001", 0) == cash, "drawers of the day"


def _suspense_agrees(reading: Reading, totals: dict[str, int], figures: DayFigures, of_slips: int) -> None:
    """What went into suspense and out of it, by the ledger, the payments and the slips themselves."""
    acts = _plain(figures.suspense, "key")
    assert -totals.get(SUSPENSE, 0) == sum(acts.values())
    assert of_slips == acts.get("taken", 0) + acts.get("given_back", 0)
    paid = _plain(figures.takings.tenders, "key").get("suspense", 0)
    assert paid == -acts.get("used", 0) - acts.get("returned", 0)
    slips = reading.all(HandwrittenSlip)
    assert figures.in_suspense == sum(slip.held for slip in slips)
    assert all(slip.held >= 0 and not (slip.held and slip.state == "settled") for slip in slips)


def _papers_agree(reading: Reading, day: str, figures: DayFigures) -> None:
    """What papers of the day say of each rate of tax is what was entered."""
    said = (
        select(_x.c.rate, _sum(_x.c.tax))
        .select_from(_x.join(_d, _d.c.id == _x.c.document_id))
        .where(_d.c.business_date == day, _d.c.drawn_later == 0)
        .group_by(_x.c.rate)
    )
    entered = {one.rate: one.tax for one in figures.takings.rates if one.tax}
    assert {rate: tax for rate, tax in reading.rows(said) if tax} == entered
    for paper in figures.papers:
        assert paper.missing == 0
        assert paper.last - paper.first + 1 == paper.normal + paper.void + paper.red


def closed_reports(reading: Reading, first: str) -> dict[tuple[str, str], bytes]:
    """Each closed report since a date, as it is given out now: a day's by its date, a shift's by its key."""
    found = {}
    for row in reading.all(BusinessDay, state="closed"):
        if row.business_date >= first:
            made = closing.of_day(reading, FACTS.outlet, row.business_date, BUSINESS_NAMES)
            found["day", row.business_date] = canonical(as_json(made)).encode()
    for shift in reading.all(Shift, state="closed"):
        if shift.business_date >= first:
            made = closing.of_shift(reading, shift, BUSINESS_NAMES)
            found["z", shift.id] = canonical(as_json(made)).encode()
    return found


def month_agrees(reading: Reading, span: Span) -> None:
    """The month is its days, in each of its tables and in its file."""
    month = {by: figures_report(reading, FACTS.outlet, span, by, BUSINESS_NAMES) for by in ("day", "tender", "rate")}
    (by_day,), (by_tender,), (by_rate,) = (report.sections for report in month.values())
    ledger = reading.scalar(
        select(_sum(_r.c.amount)).where(
            _r.c.account == OUTPUT_TAX, _r.c.business_date >= span.since, _r.c.business_date <= span.until
        )
    )
    assert sum(_number(row[3]) for row in by_day.rows) == -int(ledger), "tax of the month"
    total = sum(_number(row[2]) for row in by_day.rows)
    assert total == sum(_number(row[-1]) for row in by_tender.rows) == month["day"].summary[0].value
    assert sum(_number(row[2]) for row in by_rate.rows) <= -int(ledger)
    exported = list(csv.reader(io.StringIO(as_csv(month["day"], words("en")).decode("utf-8-sig"))))
    assert f"{total / 100:.2f}" == next(row[1] for row in exported if row and row[0] == "Taken in all")


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _plain(found: Any, key: str) -> dict[Any, int]:
    """What each comes to, but for nothing; a rate with its tax."""
    told = {getattr(one, key): one.net * 10**9 + one.tax if key == "rate" else one.amount for one in found}
    return {name: amount for name, amount in told.items() if amount}
