"""The ways of C12: what each looks at, and the lines and parts that it makes. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from boss_tui.answers.business import Notice, QuoteLine, Reason
from boss_tui.business.process import Run
from boss_tui.components.identity.proofs import by_document
from boss_tui.components.tenders.dues import DuesPart, Owed, opposite, paid_by, waived
from boss_tui.components.tenders.refunds import Back
from boss_tui.forms.typed import yuan
from boss_tui.transactions.c12.form import FeesCase, FeesForm
from boss_tui.transactions.payers import Payer, find_payer
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.order import ProductOrder

BILL, LATE_FEE, PREPAYMENT = "bill_payment", "late_fee", "prepayment"
NEEDED = say("This field is needed.")


def bills_of(run: Run, payer: Payer) -> list[Owed]:
    """What the payer's accounts owe, the oldest bill first; of those in dispute the clerk is told.

    The price rule of the late fee says how many fen it is a day for 10 yuan that are owed: so many per mille (M6).
    """
    rate = run.tariff.rate(LATE_FEE, payer.customer.category)
    found = [owed for account in payer.accounts for owed in run.billing.owed(account, rate)]
    for owed in found:
        if owed.bill.state == "onHold":
            told = say("The bill of {month} is in dispute: it is not collected.", month=owed.bill.month)
            run.notices.append(Notice("notice", told))
    return sorted((o for o in found if o.bill.state != "onHold"), key=lambda o: (o.bill.due_on, o.bill.id))


def collect(run: Run, form: FeesForm, case: FeesCase) -> None:
    """Bills with their late fee, the oldest first; what is over goes into the balance (catalogue C12)."""
    total = _total(run, form, case)
    money = total if form.amount is None else form.amount
    if not _pay(run, case, money):
        return
    over = money - total
    case.surplus = _surplus(run, form, case, over)
    if over > 0 and case.surplus is not None:
        pay_in(run, case, case.surplus, over)
        run.notes["amount"] = say("{over} yuan more than is owed go into the balance.", over=yuan(over))
    elif over < 0:
        run.notes["amount"] = say("Part of it: the oldest bills first.")


def _surplus(run: Run, form: FeesForm, case: FeesCase, over: int) -> BillingAccount | None:
    """The account that gets what is more than is owed: the only one, or the one of several that is said."""
    accounts = {account.number: account for account in case.payer.accounts}
    if form.surplus and form.surplus not in accounts:
        run.errors.setdefault("surplus", say("None of these accounts. F4 shows them."))
        return None
    if not form.surplus and len(accounts) > 1:
        if over > 0:
            told = say("{over} yuan are more than is owed: say which account gets them. F4.", over=yuan(over))
            run.errors.setdefault("surplus", told)
        return None
    chosen = accounts[form.surplus] if form.surplus else next(iter(case.payer.accounts))
    if over > 0 and chosen.state != "active":
        run.errors.setdefault("amount", say("This account is closed: take exactly what is owed."))
        return None
    return chosen


def from_balance(run: Run, form: FeesForm, case: FeesCase) -> None:
    """Bills of one account, paid out of its own prepaid balance: no money changes hands (domain-facts 8)."""
    account = _one(run, case)
    if account is None:
        return
    bucket = run.accounts.bucket(account.id, "prepaid")
    most = run.accounts.available(bucket)
    money = min(_total(run, form, case), most) if form.amount is None else form.amount
    if money > most or not most:
        run.errors.setdefault("amount", _balance(bucket, most))
    elif _pay(run, case, money):
        used = sum(line.amount for line in case.lines)
        case.lines.append(run.tariff.line(PREPAYMENT, -used, bucket_id=bucket.id, label=say("Out of the balance")))


def _balance(bucket: BalanceBucket, most: int) -> Message:
    """What a bucket holds, and what of it may be taken where that is less."""
    if most == bucket.amount:
        return say("The balance is {yuan}.", yuan=yuan(bucket.amount))
    return say(
        "The balance is {yuan}; international services rest on it: {most} may be taken.",
        yuan=yuan(bucket.amount),
        most=yuan(most),
    )


def _refundable(bucket: BalanceBucket, back: Back, most: int) -> Message:
    """What of a balance can't be paid out: what is not cleared, and what cards brought (domain-facts 8)."""
    return say(
        "The balance is {yuan}: {uncleared} of it are not cleared yet, {cards} are the value of cards; {most} "
        "can be refunded.",
        yuan=yuan(bucket.amount),
        uncleared=yuan(back.uncleared),
        cards=yuan(back.cards),
        most=yuan(most),
    )


def _total(run: Run, form: FeesForm, case: FeesCase) -> int:
    """What is owed in all, without late fee where that is left out."""
    if form.waives:
        _waive(run, form, case)
    return sum(owed.total for owed in case.owed)


def _pay(run: Run, case: FeesCase, money: int) -> bool:
    """Lines and parts of what so much money pays; whether there is anything to pay, and with."""
    if not case.owed:
        run.errors.setdefault("action", say("Nothing is owed. Choose advance to pay something in."))
    elif money <= 0:
        run.errors.setdefault("amount", say("More than nothing."))
    else:
        case.parts = paid_by(case.owed, money)
        case.lines = bill_lines(run, case.parts)
    return bool(case.parts)


def _waive(run: Run, form: FeesForm, case: FeesCase) -> None:
    if not any(owed.late_fee for owed in case.owed):
        run.errors.setdefault("waive", say("There is no late fee."))
    left = sum(owed.late_fee for owed in case.owed)
    told = say("A supervisor must allow that the late fee of {yuan} yuan is left out.", yuan=yuan(left))
    case.reasons.append(Reason(LATE_FEE, "override", told, amount=left))
    case.owed = waived(case.owed)
    if not form.reason:
        run.errors.setdefault("reason", NEEDED)


def advance(run: Run, form: FeesForm, case: FeesCase) -> None:
    """Money into the prepaid balance of one account."""
    account = _one(run, case)
    if account is None:
        return
    if not form.amount:
        run.errors.setdefault("amount", NEEDED if form.amount is None else say("More than nothing."))
        return
    if account.state != "active":
        run.errors.setdefault("who", say("This account is closed."))
        return
    pay_in(run, case, account, form.amount)


def refund(run: Run, form: FeesForm, case: FeesCase) -> None:
    """Prepaid balance that is paid out to its owner, with a reason, once nothing is owed (domain-facts 8)."""
    account = _one(run, case)
    _owner_shows(run, form, case)
    if not form.reason:
        run.errors.setdefault("reason", NEEDED)
    if account is None:
        return
    bucket = run.accounts.bucket(account.id, "prepaid")
    most = run.accounts.available(bucket)
    back = run.finance.held_as(bucket.id)
    refundable = max(0, min(most, back.payable - back.cards))
    run.notes["amount"] = _balance(bucket, most) if refundable == most else _refundable(bucket, back, refundable)
    money = refundable if form.amount is None else form.amount
    if not 0 < money <= refundable:
        run.errors.setdefault("amount", run.notes["amount"])
    elif case.owed:
        total = yuan(sum(owed.total for owed in case.owed))
        run.errors.setdefault("action", say("{yuan} yuan are owed: collect them first.", yuan=total))
    else:
        case.lines = [run.tariff.line(PREPAYMENT, -money, bucket_id=bucket.id, label=say("Balance refunded"))]


def correct(run: Run, form: FeesForm, case: FeesCase) -> None:
    """A payment that went to the wrong account: opposite entries there, and the right ones (domain-facts 8).

    Both sides agree: the slip names them, and a supervisor allows it.
    """
    for name in ("serial", "right", "reason"):
        if not getattr(form, name):
            run.errors.setdefault(name, NEEDED)
    if not (form.serial and form.right):
        return
    with run.beside("serial"):
        case.wrong = _wrong_payment(run, form.serial, case.payer)
    with run.beside("right"):
        right = find_payer(run, form.right)
        _other_than(run, right, case.payer)
        case.right = right
    if case.wrong is None or case.right is None:
        return
    told = say(
        "A supervisor must allow that {yuan} yuan go from {wrong} to {right}.",
        yuan=yuan(case.wrong.amount),
        wrong=case.payer.customer.name,
        right=case.right.customer.name,
    )
    case.reasons.append(Reason("correct", "override", told, amount=case.wrong.amount))
    _move(run, case, case.wrong, case.right)


def _move(run: Run, case: FeesCase, wrong: ProductOrder, right: Payer) -> None:
    back = opposite(run.billing.paid_by(wrong.id))
    case.lines = bill_lines(run, back)
    for bucket, money in run.accounts.moved(run.finance.posting_of(wrong.id)).items():
        case.lines.append(run.tariff.line(PREPAYMENT, -money, bucket_id=bucket))
    forward = paid_by(bills_of(run, right), wrong.amount)
    case.parts = [*back, *forward]
    case.lines += bill_lines(run, forward)
    left = wrong.amount - sum(part.amount + part.late_fee for part in forward)
    if left:
        [account] = right.accounts
        pay_in(run, case, account, left)
    run.notes["right"] = Message("{text}", {"text": right.customer.name})


def _wrong_payment(run: Run, serial: str, payer: Payer) -> ProductOrder:
    order = run.processes.order_of(serial)
    if order is None or order.business != run.context.business or order.customer_id != payer.customer.id:
        raise NotFound(say("This customer has no payment {serial}. F4 shows theirs.", serial=serial))
    if order.amount <= 0 or order.state != "completed" or order.reverses:
        raise NotAllowed(say("Order {serial} brought no money.", serial=serial))
    if run.processes.taken_back(order) is not None:
        raise NotAllowed(say("Order {serial} was taken back already.", serial=serial))
    run.notes["serial"] = say("{yuan} yuan on {day}", yuan=yuan(order.amount), day=order.business_date)
    return order


def _other_than(run: Run, right: Payer, wrong: Payer) -> None:
    if len(right.accounts) != 1:
        raise NotAllowed(say("Say one account: a number, or the account's."))
    [account] = right.accounts
    if account.id in {one.id for one in wrong.accounts}:
        raise NotAllowed(say("That is where it went."))
    if account.state != "active" and not bills_of(run, right):
        raise NotAllowed(say("This account is closed."))


def bill_lines(run: Run, parts: Iterable[DuesPart]) -> list[QuoteLine]:
    """A line for each bill and rate of tax, and one for all the late fee: shown apart (domain-facts 8)."""
    parts = list(parts)
    lines = [
        run.tariff.line(
            BILL,
            part.amount,
            label=say("Bill {month}  {account}", month=part.month, account=part.account),
            tax_rate=part.tax_rate,
            taxed=part.tax,
        )
        for part in parts
    ]
    late_fee = sum(part.late_fee for part in parts)
    return [*lines, run.tariff.line(LATE_FEE, late_fee)] if late_fee else lines


def pay_in(run: Run, case: FeesCase, account: BillingAccount, money: int) -> None:
    """A line into an account's prepaid balance."""
    bucket = run.accounts.bucket(account.id, "prepaid")
    case.lines.append(run.tariff.line(PREPAYMENT, money, bucket_id=bucket.id))
    case.advanced[account.id] = money


def _one(run: Run, case: FeesCase) -> BillingAccount | None:
    if len(case.payer.accounts) == 1:
        [account] = case.payer.accounts
        return account
    run.errors.setdefault("accounts", say("Say one account. F4 shows them."))
    return None


def _owner_shows(run: Run, form: FeesForm, case: FeesCase) -> None:
    customer = case.payer.customer
    if by_document(customer.id) in run.context.identified:
        return
    with run.beside("document_number"):
        if not form.document_number:
            raise NotAllowed(say("Ask for the owner's document."))
        run.customers.shows(customer, form.document_number)
        run.proven.add(by_document(customer.id))


WAYS: dict[str, Callable[[Run, FeesForm, FeesCase], None]] = {
    "collect": collect,
    "balance": from_balance,
    "advance": advance,
    "refund": refund,
    "correct": correct,
}

NAMES: dict[str, Message] = {
    "collect": say("Fees collected"),
    "balance": say("Fees paid from the balance"),
    "advance": say("Advance payment"),
    "refund": say("Refund of the balance"),
    "correct": say("Payment corrected"),
}
