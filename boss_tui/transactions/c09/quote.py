"""What a closing costs and gives back, and what its undoing does, line by line (catalogue C9, domain-facts 6, 8, 9).

Owed: unpaid bills with late fee, the final bill, penalties of contracts that still run. Given back: balance, deposit.
Points of a customer who leaves altogether pay part of what is charged, or lapse. An account that other numbers are
charged to goes on: its bills come as always, and its money stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from boss_tui.answers.business import Notice, QuoteLine
from boss_tui.business.process import Run
from boss_tui.components.billing.final_bills import Charged, taxes_of
from boss_tui.components.finance.finance import CONTRACT_ITEM
from boss_tui.components.loyalty import PAID_BY_POINTS
from boss_tui.components.tenders.dues import paid_by
from boss_tui.forms.typed import yuan
from boss_tui.transactions.c09.form import ClosingCase
from boss_tui.transactions.c12.ways import BILL, LATE_FEE, PREPAYMENT, bill_lines
from boss_tui.transactions.contracts import PENALTY, in_words, penalty_line, penalty_of
from boss_tui.transactions.lines import Line
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BillingAccount

DEPOSIT, PREPAID, GIFT = "deposit", "prepaid", "gift"
PLAN_PENALTY = "plan_penalty"
_BACK = {
    DEPOSIT: (DEPOSIT, say("Deposit returned")),
    PREPAID: (PREPAYMENT, say("Balance refunded")),
    GIFT: (CONTRACT_ITEM, say("Contract prepayment returned")),
}
"""The charge item and the words for each bucket that is paid out."""
COLLECTS = "C12"
"""The business whose price rule says what a day of late fee costs."""


def charge_and_refund(run: Run, line: Line, closing: ClosingCase, points: str) -> None:
    """Everything that is owed and given back when the number is given up. NotAllowed: a bill is in dispute."""
    _bills(run, line, closing)
    last = [s.id for s in run.accounts.charged(line.account.id)] == [line.subscription.id]
    if last:
        _final_bill(run, line, closing)
    else:
        stays = say("Other numbers are charged to this account: its bills and its money stay as they are.")
        run.notices.append(Notice("change", stays))
    _penalties(run, line, closing)
    if not run.products.others(line.subscription):
        _points(run, line, closing, points)
    if last:
        _money(run, line, closing)


def _bills(run: Run, line: Line, closing: ClosingCase) -> None:
    owed = run.billing.owed(line.account, run.tariff.rate(LATE_FEE, line.customer.category, COLLECTS))
    disputed = [one for one in owed if one.bill.state == "onHold"]
    if disputed:
        raise NotAllowed(say("The bill of {month} is in dispute: it is decided first.", month=disputed[0].bill.month))
    closing.parts = paid_by(owed, sum(one.total for one in owed))
    closing.lines += bill_lines(run, closing.parts)


def _final_bill(run: Run, line: Line, closing: ClosingCase) -> None:
    closing.final = run.billing.unbilled(line.subscription, line.account)
    lines, closing.entries = final_bill(run, line.account, closing.final)
    closing.lines += lines


def final_bill(run: Run, account: BillingAccount, charged: list[Charged]) -> tuple[list[QuoteLine], list[QuoteLine]]:
    """A final bill as it is priced, a line for each rate of tax in it; and as it is entered in the books."""
    brings = run.billing.brings(account, charged)
    label = say("Final bill {month}  {account}", month=run.context.business_date[:7], account=account.number)
    lines = [
        run.tariff.line(BILL, one.amount, label=label, tax_rate=one.rate, taxed=one.tax) for one in brings if one.amount
    ]
    return lines, entries(run, charged, taxes_of(charged, brings))


def entries(run: Run, charged: Iterable[Charged], taxes: Iterable[int]) -> list[QuoteLine]:
    """The lines of a final bill, or their opposites, as they are entered in the books."""
    return [
        run.tariff.line(line.item, line.amount, tax_rate=line.tax_rate, taxed=tax)
        for line, tax in zip(charged, taxes, strict=True)
    ]


def _penalties(run: Run, line: Line, closing: ClosingCase) -> None:
    for agreement in run.products.agreed(line.subscription.id):
        due = penalty_of(run, line, agreement)
        run.notices.append(Notice("change", in_words(run, line, agreement)))
        if due:
            closing.lines.append(penalty_line(run, agreement, due))


def _points(run: Run, line: Line, closing: ClosingCase, points: str) -> None:
    """Points pay what is charged, never out: so many fen for a hundred, as the price rule says (M6)."""
    has, rate = run.loyalty.points(line.customer.id), run.tariff.rate(PAID_BY_POINTS, line.customer.category)
    if not has:
        return
    charged = sum(priced.amount for priced in closing.lines)
    paid = min(has * rate // 100, charged) if points == "spend" else 0
    closing.spent = -(-paid * 100 // rate) if paid else 0
    closing.lapsed = has - closing.spent
    run.notes["points"] = say(
        "{n} {n:point|points}: {spent} {spent:pays|pay} {yuan} yuan, {lapsed} {lapsed:lapses|lapse}",
        n=has,
        spent=closing.spent,
        yuan=yuan(paid),
        lapsed=closing.lapsed,
    )
    if paid:
        closing.lines.append(run.tariff.line(PAID_BY_POINTS, -paid))


def _money(run: Run, line: Line, closing: ClosingCase) -> None:
    """Balance and deposit go back, and what a contract's prepayment still holds: its penalty takes a part of that."""
    for bucket in run.accounts.buckets(line.account.id):
        stays = run.finance.held_as(bucket.id).uncleared if bucket.amount else 0
        if stays:
            told = say("{yuan} yuan are not cleared yet: they stay, and are refunded later (C12).", yuan=yuan(stays))
            run.notices.append(Notice("notice", told))
        if bucket.amount > stays:
            item, label = _BACK[bucket.kind]
            closing.lines.append(run.tariff.line(item, stays - bucket.amount, bucket_id=bucket.id, label=label))


def give_back_penalty(run: Run, line: Line, closing: ClosingCase) -> None:
    """An undone closing: the contracts run on, so their penalties come back; the deposit is taken again. The month's
    charges stay paid (domain-facts 6), and so do the bills; the balance is paid in as the customer likes (C12), but for
    what a service rests on. What a contract's prepayment held is held again."""
    if closing.bar is None:
        return
    for item in (PLAN_PENALTY, PENALTY):
        paid = run.finance.brought(closing.bar.order_id, item)
        if paid:
            closing.lines.append(run.tariff.line(item, -paid, source=closing.bar.order_id))
    for kind in (DEPOSIT, GIFT):
        item, _ = _BACK[kind]
        again = -run.finance.brought(closing.bar.order_id, item)
        if again > 0:
            bucket = next(one for one in run.accounts.buckets(line.account.id) if one.kind == kind)
            closing.lines.append(run.tariff.line(item, again, bucket_id=bucket.id))
    balance = run.accounts.bucket(line.account.id, PREPAID)
    rests = max((one.amount for one in run.accounts.let_go_by(closing.bar.order_id, balance.id)), default=0)
    if rests > balance.amount:
        label = say("Balance that international services rest on")
        priced = run.tariff.line(PREPAYMENT, rests - balance.amount, bucket_id=balance.id, label=label)
        closing.lines.append(priced)
