"""C12 收/退通信费 collect and refund fees: bills and advances taken, balance paid out, wrong payments put right.

It is about accounts, found by a number, an account or the customer. What each way looks at stands in `c12_ways`; here
is what they share: who may, the money, the bills, the papers, and taking back. A payment of the same business date is
taken back by a supervisor: its bills are open again. Without a link only what headquarters said last is collected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from boss_tui.answers.business import Notice, PaperView, Qualification, Quote, QuoteLine, Tender
from boss_tui.business.process import Done, Run, Transaction, meant
from boss_tui.business.reversal import Reversal
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.tenders.dues import opposite
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.wording import masked_name
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions.arrears import resume_paid
from boss_tui.transactions.c12.form import ACTIONS, FeesCase, FeesForm
from boss_tui.transactions.c12.ways import NAMES, WAYS, bills_of
from boss_tui.transactions.lines import Fact
from boss_tui.transactions.payers import Payer, account_choices, find_payer, payer_choices, subject_of
from data.clock import CHINA, moment
from data.errors import NotAllowed, OutOfStock
from data.message import Message, say
from data.parameters import FEN_A_POINT
from data.tables.order import ProductOrder

NOTHING = Taken("", 0, 0, 0, ())
PER_CENT_OF_PER_CENT = 10_000


class FeesTransaction(Transaction[FeesForm, FeesCase]):
    """C12 收/退通信费."""

    means: ClassVar = meant(("缴费", "jf", "sf"), action="collect")
    form = FeesForm
    reversal = Reversal("day")
    empty: ClassVar = {
        "F5": say("No number, card or handset changes hands."),
        "F8": say("A payment is not trusted: it is there. The limit stays what it is."),
        "F10": say("The network is told by the resumption that a payment brings (C6), not by the payment."),
        "A2": say("It is settled with its paper at the counter: nothing is left to call about."),
    }

    def fill(self, run: Run, form: FeesForm) -> FeesCase | None:
        """Find whose accounts, show what they owe, and let the chosen way work it out."""
        if not form.who:
            run.qualification = Qualification(tuple(run.operators.may()))
            return None
        case: FeesCase | None = None
        with run.beside("who"):
            case = FeesCase(find_payer(run, form.who, form.accounts or ""))
        if case is not None:
            self._look(run, form, case)
        return case

    def _look(self, run: Run, form: FeesForm, case: FeesCase) -> None:
        case.owed = bills_of(run, case.payer)
        _show(run, case)
        if form.action in WAYS:
            WAYS[form.action](run, form, case)
        run.quote = Quote(tuple(case.lines))
        reasons = (*run.operators.may(max(0, run.quote.due)), *run.finance.ready())
        reasons += run.eligibility.ask(subject_of(case.payer)).reasons
        run.qualification = Qualification((*reasons, *case.reasons))

    def supervised(self, form: FeesForm) -> bool:
        """A late fee that is left out, a payment that is put right."""
        return form.waives or form.action == "correct"

    def limited_by(self, form: FeesForm, order: Mapping[str, Any]) -> int:
        """What is taken in."""
        return max(0, int(order["amount"]))

    def perform(self, run: Run, form: FeesForm, case: FeesCase | None, tenders: Sequence[Tender]) -> Done:
        """Money, bills, papers, figures: in one transaction."""
        if case is None or not case.lines:
            raise NotAllowed(say("The form is not complete."))
        taken = run.finance.take(run.quote, tenders, {})
        run.billing.settle(case.parts, run.finance.posting_of(run.context.order_id))
        if case.wrong is not None:
            run.accounts.shorten(case.wrong.id)
        valid = self._extend(run, case)
        resumed = resume_paid(run, case.gains.accounts)
        papers = self._papers(run, form, case, taken, valid)
        customer = case.payer.customer
        self._award(run, case)
        run.behaviour.watch(customer.id)
        channel = run.partners.channel()
        run.settlement.owe(channel, "commission", taken.due * channel.rate // PER_CENT_OF_PER_CENT if channel else 0)
        if case.wrong is None:
            run.statistics.count("accepted", taken.due)
        run.statistics.count(form.action, case.amount)
        subscription = case.payer.subscription
        facts = {"customer": customer.name, "action": form.action, "resumed": resumed}
        return Done(
            customer.id,
            subscription.id if subscription else None,
            "completed",
            taken.due,
            taken.tendered,
            taken.change,
            papers,
            facts,
        )

    def rest_line(self, run: Run, case: FeesCase | None, amount: int) -> QuoteLine | None:
        """Into the balance of the account that is paid for: the only one, or the one that the rest is to go to."""
        if case is None or run.quote.due <= 0:
            return None
        alone = next(iter(case.payer.accounts)) if len(case.payer.accounts) == 1 else case.surplus
        return run.tariff.rest(amount, run.accounts.bucket(alone.id, "prepaid").id) if alone else None

    def _award(self, run: Run, case: FeesCase) -> None:
        """A point for each yuan of a bill that is paid, late fees apart; money that is paid in ahead earns its points
        with the bills that it pays. A correction takes them along."""
        if case.wrong is not None:
            run.loyalty.reverse(case.wrong.id)
        paid = sum(part.amount for part in case.parts if part.amount > 0)
        points = paid // FEN_A_POINT.of(run.context.tx, self.code)
        if points:
            run.loyalty.award(case.gains.customer.id, points, self.code)

    @staticmethod
    def _extend(run: Run, case: FeesCase) -> str:
        """The time that money brings to prepaid lines; the last one's last day."""
        found = [
            run.accounts.extend(subscription, money)
            for account, money in case.advanced.items()
            for subscription in run.accounts.charged(account)
        ]
        return max(found, default="")

    def _papers(self, run: Run, form: FeesForm, case: FeesCase, taken: Taken, valid: str) -> tuple[PaperView, ...]:
        advice = _advice(run, case, valid)
        payer, gains = case.payer, case.gains
        about: tuple[Fact, ...] = ((_known_by(payer), payer.shown),)
        if form.reason:
            about += ((say("Reason"), form.reason),)
        sale = Sale(
            payer.customer.id,
            payer.customer.name,
            NAMES[form.action],
            about,
            run.quote,
            taken,
            advice,
            invoiced=form.action != "balance",
        )
        if case.wrong is None:
            return run.documents.of(sale)
        red = run.documents.red_letter(form.reason, NOTHING, case.wrong.id)
        forward = Quote(tuple(line for line in run.quote.lines if line.amount > 0))
        both_named = (*about, (say("Should go to"), f"{gains.customer.name} {gains.shown}"))
        to = Sale(
            gains.customer.id,
            gains.customer.name,
            NAMES[form.action],
            ((_known_by(gains), gains.shown),),
            forward,
            taken,
        )
        slip = Sale(payer.customer.id, payer.customer.name, NAMES[form.action], both_named, run.quote, taken, advice)
        return (*red, run.documents.invoice(to), run.documents.slip(slip))

    def titled(self, values: Mapping[str, Any]) -> Message:
        """Which way money went."""
        return NAMES.get(self.chosen(values, "action"), self.name)

    def finish(self, run: Run, order: ProductOrder) -> None:
        """A correction takes the wrong payment back: neither is corrected again."""
        form = self.form_of(order)
        wrong = run.processes.order_of(form.serial) if form.action == "correct" else None
        if wrong is not None:
            run.processes.takes_back(order, wrong)

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """The bills are as open as before, and prepaid lines live as long; money and papers are the desk's."""
        back = opposite(run.billing.paid_by(order.id))
        run.billing.settle(back, run.finance.posting_of(run.context.order_id))
        run.accounts.shorten(order.id)
        run.settlement.reverse(order.id)
        run.loyalty.reverse(order.id)
        return False

    # lists and examples

    def choices(self, run: Run, form: FeesForm, field: str, text: str) -> list[Choice]:
        """Who, what, which accounts, which payment."""
        if field in ("who", "right"):
            return payer_choices(run, text)
        if field == "action":
            return [Choice(code, label) for code, label in ACTIONS.items()]
        if form.who:
            with run.beside("who"):
                return self._theirs(run, form, field)
        return []

    def _theirs(self, run: Run, form: FeesForm, field: str) -> list[Choice]:
        """The accounts, and the payments, of who is meant. NotFound, NotAllowed: nobody, or several."""
        payer = find_payer(run, form.who)
        if field == "surplus":
            wanted = {account.number for account in find_payer(run, form.who, form.accounts or "").accounts}
            return [choice for choice in account_choices(run, payer.customer) if choice.value in wanted]
        if field == "accounts":
            return [Choice("all", say("All accounts")), *account_choices(run, payer.customer)]
        return [
            Choice(order.serial, say("{yuan} yuan", yuan=yuan(order.amount)), Message(order.business_date))
            for order in run.processes.latest(self.code, payer.customer.id)
            if order.amount > 0
        ]

    def example(self, run: Run) -> dict[str, Any]:
        """A number of this hall whose account has owed something for long."""
        for account in run.billing.unpaid():
            for subscription in run.accounts.charged(account):
                return {"who": subscription.number, "action": "collect"}
        raise OutOfStock(say("Nobody owes anything here."))


def _show(run: Run, case: FeesCase) -> None:
    """Who it is and what they owe, bill by bill; without a link, as of when that is."""
    customer, total = case.payer.customer, sum(owed.total for owed in case.owed)
    run.facts["customer_id"] = customer.id
    run.facts["bills"] = [
        {
            "account": owed.account,
            "month": owed.bill.month,
            "due_on": owed.bill.due_on,
            "amount": owed.amount,
            "late_fee": owed.late_fee,
        }
        for owed in case.owed
    ]
    run.notes["who"] = say(
        "{name}  owed: {yuan}  accounts: {n}",
        name=masked_name(customer.name),
        n=len(case.payer.accounts),
        yuan=yuan(total),
    )
    buckets = [run.accounts.bucket(account.id, "prepaid") for account in case.payer.accounts]
    free = sum(run.accounts.available(bucket) for bucket in buckets)
    if total and free:
        told = say("The balance of {yuan} yuan can pay for it: choose balance.", yuan=yuan(free))
        run.notices.append(Notice("recommendation", told))
    known = run.billing.as_of()
    if not run.context.online and known:
        when = moment(known).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        run.notices.append(Notice("notice", say("Bills as of {when}: what came later is not known here.", when=when)))


def _known_by(payer: Payer) -> Message:
    return say("Number") if payer.subscription else say("Account")


def _advice(run: Run, case: FeesCase, valid: str) -> tuple[Message, ...]:
    """What is still owed, what the balance is, until when a prepaid line lives."""
    payer = case.gains
    left = sum(owed.total for owed in bills_of(run, payer))
    told = [say("Still owed: {yuan}.", yuan=yuan(left))] if case.parts else []
    if case.advanced or any(line.bucket_id for line in case.lines):
        balance = sum(run.accounts.bucket(account.id, "prepaid").amount for account in payer.accounts)
        told.append(say("The balance is {yuan}.", yuan=yuan(balance)))
    return (*told, *([say("Valid until {day}.", day=valid)] if valid else []))
