"""C5 过户 transfer of ownership: number, card and plan go to another customer, who is asked for everything anew.

Nothing may be owed, no contract may run unless its penalty is paid, a beautiful number may be barred from transfer.
The old owner's deposit goes back; the balance pays what is left to bill (`c05_month`), and its rest goes along or back,
in one quote with what the new owner pays.
Orders, bills and points stay with the old owner, and what they take of providers ends; minimum spend and its contract
go with the number. International services that a deposit stood for end (domain-facts 2). What is done is not taken
back: it is transferred once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from boss_tui.answers.business import Notice, Quote, QuoteLine, Tender
from boss_tui.business.process import Run
from boss_tui.business.vault import Vault
from boss_tui.components.customers.parties import Party, party
from boss_tui.components.products.agreements import months_after, penalty
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.wording import masked_document
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions import agents, contracts, secrets
from boss_tui.transactions.arrears import must_be_nothing
from boss_tui.transactions.c05 import new_owner
from boss_tui.transactions.c05.case import TransferCase
from boss_tui.transactions.c05.form import TransferForm
from boss_tui.transactions.c05.month import DAY, MONTHS, Settled, bill, in_words, settled
from boss_tui.transactions.lines import Fact, Line, LineTransaction
from boss_tui.transactions.lists import somebody
from data.errors import NotAllowed, OutOfStock
from data.message import Message, both, listed, say
from data.parameters import FOLLOW_UP_DAYS
from data.tables.order import ProductOrder

KINDS = {"new_document_kind", "new_agent_document_kind"}
PENALTY, DEPOSIT, PREPAYMENT = "plan_penalty", "deposit", "prepayment"
BALANCES = {"goes": say("It goes with the number"), "back": say("It goes back to the old owner")}


class TransferTransaction(LineTransaction[TransferForm, TransferCase]):
    """C5 过户."""

    form = TransferForm
    instead = say("Transfer it back with C5: both owners sign again.")
    empty: ClassVar = {
        "B2": say("Providers share in what was charged until today; a transfer makes no commission."),
    }

    def protect(self, values: Mapping[str, Any], vault: Vault) -> dict[str, str]:
        """The new owner's own service password, typed twice."""
        return secrets.chosen(values, vault, str(values.get("new_document_number") or ""))

    def look(self, run: Run, form: TransferForm, line: Line) -> None:
        """What keeps the number with its owner; who the new one is, and what they are trusted with."""
        line.more = case = TransferCase(form)
        with run.beside("number"):
            self._statement(run, line)
            self._may_go(run, line)
        self._contracts(run, form, line, case)
        self._international(run, line, case)
        case.agent = agents.agent_of(run, form, new_owner.NEW)
        new_owner.are_apart(run, form, line, case)
        if form.new_document_kind and form.new_document_number:
            with run.beside("new_document_number"):
                new_owner.look_at(run, form, line, case)
        new_owner.typed(run, form, case)
        case.month = settled(run, line, form.month)
        secrets.must_agree(run, form.new_password, form.repeat_password)
        self._providers(run, line)

    @staticmethod
    def _providers(run: Run, line: Line) -> None:
        """What the old owner takes of providers is not the new one's: it ends."""
        rows = run.partners.had(line.subscription.id)
        had = [run.partners.service(row.service) for row in rows if row.state == "active"]
        if had:
            names = listed(both(service.name_zh, service.name_en) for service in had)
            told = say("Paid services that end with the transfer: {names}", names=names)
            run.notices.append(Notice("change", told))

    @staticmethod
    def _statement(run: Run, line: Line) -> None:
        """What is owed of the account, bill by bill; anything keeps the number back."""
        owed = run.billing.owed(line.account)
        run.notices += [
            Notice("notice", say("Bill of {month}: {yuan} yuan unpaid.", month=one.bill.month, yuan=yuan(one.amount)))
            for one in owed
        ]
        must_be_nothing(owed)

    @staticmethod
    def _may_go(run: Run, line: Line) -> None:
        """A beautiful number is barred from transfer for some months from its opening; what the old owner has set for a
        day is not the new one's."""
        run.resources.must_not_be_locked(line.number)
        months = run.resources.transfer_ban(line.number)
        last = months_after(date.fromisoformat(line.subscription.opened_on), months) if months else None
        if last and run.context.today <= last:
            raise NotAllowed(say("This number can't be transferred until {day}.", day=last.isoformat()))
        if any(act.business == contracts.SELLS for act in run.processes.waiting(line.subscription.id)):
            raise NotAllowed(say("A handset's contract runs on this number: end it first (C10)."))
        for act in run.processes.waiting(line.subscription.id):
            raise NotAllowed(
                say(
                    "{business} waits for {day} on this number: take it back first.",
                    business=act.business,
                    day=act.due_on,
                )
            )

    @staticmethod
    def _contracts(run: Run, form: TransferForm, line: Line, case: TransferCase) -> None:
        found = (run.products.bound(line.subscription.id, kind) for kind in ("handset", "plan"))
        case.bound = tuple(agreement for agreement in found if agreement)
        due = sum(penalty(agreement, run.context.today) for agreement in case.bound)
        if case.bound and not form.penalty:
            last = max(agreement.ends_on for agreement in case.bound)
            run.errors.setdefault(
                "penalty", say("Under contract until {day}: y pays {yuan} yuan.", day=last, yuan=yuan(due))
            )

    @staticmethod
    def _international(run: Run, line: Line, case: TransferCase) -> None:
        """International services that a deposit of the old owner stands for end with it."""
        if run.accounts.bucket(line.account.id, "deposit").amount:
            after = (("long_distance", "domestic"), ("roaming", "national"))
            case.ends = tuple((n, to) for n, to in after if getattr(line.subscription, n) == "international")

    def asked(self, run: Run, form: TransferForm, line: Line) -> PriceQuery:
        """By the new owner's category, with their deposit."""
        case: TransferCase = line.more
        category = case.person.category if case.person else line.customer.category
        return PriceQuery(
            (line.subscription.plan,), category, deposit=case.assessment.deposit if case.assessment else 0
        )

    def price(self, run: Run, form: TransferForm, line: Line) -> Quote:
        """The fee, penalties, the new owner's deposit; the old one's money back or along."""
        lines = list(super().price(run, form, line).lines)
        if form.penalty:
            dues = [penalty(agreement, run.context.today) for agreement in line.more.bound]
            lines += [run.tariff.line(PENALTY, due) for due in dues if due]
        month: Settled = line.more.month
        return Quote((*lines, *month.lines, *self._old_money(run, form, line, month.due)))

    @staticmethod
    def _old_money(run: Run, form: TransferForm, line: Line, billed: int) -> list[QuoteLine]:
        """Out of the old owner's buckets, unless other numbers of theirs are charged to the account too. The balance
        pays what they are billed (fen) first: what goes along is the rest."""
        if len(run.accounts.charged(line.account.id)) > 1:
            return []
        deposit = run.accounts.bucket(line.account.id, "deposit")
        balance = run.accounts.bucket(line.account.id, "prepaid")
        lines = []
        if deposit.amount:
            lines.append(run.tariff.line(DEPOSIT, -deposit.amount, bucket_id=deposit.id))
        if balance.amount:
            label = say("The old owner's balance")
            lines.append(run.tariff.line(PREPAYMENT, -balance.amount, bucket_id=balance.id, label=label))
            if form.balance != "back" and balance.amount > billed:
                label = say("Balance for the new owner")
                lines.append(run.tariff.line(PREPAYMENT, balance.amount - billed, label=label))
        return lines

    def rest_line(self, run: Run, case: Line[TransferCase] | None, amount: int) -> QuoteLine | None:
        """None: the account does not stay whose it was."""
        return None

    def take(self, run: Run, line: Line, tenders: Sequence[Tender]) -> Taken:
        """What has no bucket of its own goes into the new owner's, whose account is opened here."""
        case: TransferCase = line.more
        account = run.accounts.open(new_owner.enter(run, line).id, line.subscription.pay_type)
        case.account = account
        run.accounts.let_go(line.subscription.id)
        buckets = {1: run.accounts.bucket(account.id, "deposit").id, 2: run.accounts.bucket(account.id, "prepaid").id}
        taken = run.finance.take(run.quote, tenders, buckets)
        if case.assessment and case.assessment.deposit:
            deposit = run.accounts.bucket(account.id, "deposit")
            run.accounts.hold_for(line.subscription, deposit, case.assessment.deposit)
        return taken

    def act(self, run: Run, form: TransferForm, line: Line) -> None:
        """The number is the new owner's; what the old account no longer serves ends."""
        case: TransferCase = line.more
        if case.customer is None or case.account is None or case.month is None:
            raise NotAllowed(say("The form is not complete."))
        bill(run, line, case.month)
        if case.assessment:
            run.credit.open(case.customer.id, case.assessment)
        if case.agent:
            run.customers.acted_by(case.customer, case.agent, form.new_agent_name, form.new_agent_phone)
        for bound in case.bound:
            run.products.unbind(line.subscription.id, bound.kind)
        run.products.hand_over(line.subscription, case.customer.id, case.account.id, password_hash=form.new_password)
        self._leave(run, line)
        element = run.network.element_of(line.number)
        for name, value in case.ends:
            told = {name: value, f"old_{name}": "international"}
            run.network.order(f"set_{name}", element, msisdn=line.number, **told)
        run.loyalty.join(case.customer.id)
        ended = run.partners.end_all(line.subscription.id)
        run.billing.charge_from(line.subscription.id, (), ended, run.context.today)
        for service in ended:
            run.network.follow_up(
                task="provider",
                provider=run.partners.service(service).partner,
                service=service,
                msisdn=line.number,
                what="cancel",
            )
        run.behaviour.watch(case.customer.id)

    @staticmethod
    def _leave(run: Run, line: Line) -> None:
        """An account that nothing is charged to any more is closed, its bank debits no longer, its bill is not sent."""
        if run.accounts.charged(line.account.id):
            return
        run.accounts.change(line.account, pay_method="cash", bank="", bank_account="")
        run.accounts.close(line.account.id)
        if not any(run.accounts.charged(account.id) for account in run.accounts.of_customer(line.customer.id)):
            run.customers.change(line.customer, bill_medium="none")

    def about(self, run: Run, form: TransferForm, line: Line) -> tuple[Fact, ...]:
        """Both owners, and the new one's account."""
        return (
            (say("Old owner"), f"{line.customer.name} {masked_document(line.customer.document_number)}"),
            (say("New owner"), f"{form.new_name} {masked_document(form.new_document_number)}"),
            (say("New account"), line.more.account.number),
            (say("This month"), MONTHS[form.month or DAY]),
            *(((say("New owner's agent"), form.new_agent_name),) if line.more.agent else ()),
        )

    def advice(self, run: Run, form: TransferForm, line: Line) -> tuple[Message, ...]:
        """What both sign."""
        words = [in_words(line.more.month, form.month)]
        if line.more.ends:
            words.append(say("International services end with the old owner's deposit."))
        spend = line.subscription.minimum_spend
        if spend:
            words.append(say("This number has a minimum spend of {yuan} yuan a month.", yuan=yuan(spend)))
        return tuple(words)

    def parties(self, run: Run, line: Line, agent: str) -> tuple[Party, ...]:
        """Both owners are bound, each has the agreement, and both sign it."""
        case: TransferCase = line.more
        today, new_agent = run.context.today, case.form.new_agent_name if case.agent else ""
        old = party(line.customer, today, agent, say("Old owner"))
        new = (party(case.customer, today, new_agent, say("New owner")),) if case.customer else ()
        return (old, *new)

    def facts(self, run: Run, form: TransferForm, line: Line) -> dict[str, Any]:
        """Both owners."""
        case: TransferCase = line.more
        return {
            **super().facts(run, form, line),
            "new_customer": form.new_name,
            "account": case.account.number if case.account else "",
        }

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: international services have ended; the new owner is called."""
        subscription = run.products.owned(str(order.subscription_id))
        ended = {str(work.act).removeprefix("set_") for work in run.network.done()}
        after = {"long_distance": "domestic", "roaming": "national"}
        if ended & after.keys():
            run.products.change_subscription(subscription, **{name: after[name] for name in after if name in ended})
        run.statistics.count("transferred", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """Both have signed, and the new owner's money and password are in force: it is not called off."""
        raise NotAllowed(self.instead)

    def choices(self, run: Run, form: TransferForm, field: str, text: str) -> list[Choice]:
        """Who pays this month and where the balance goes, beside what these forms share."""
        if field == "month":
            return [Choice(code, words) for code, words in MONTHS.items()]
        if field == "balance":
            return [Choice(code, words) for code, words in BALANCES.items()]
        return super().choices(run, form, "agent_document_kind" if field in KINDS else field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """A number that may go, a postpaid one first, to somebody new."""
        lines = run.products.some_lines(self.states)
        for subscription in sorted(lines, key=lambda one: one.pay_type != "postpaid"):
            owner = run.customers.owner(subscription.customer_id)
            account = run.accounts.of(subscription.account_id)
            plan = run.products.product(subscription.plan)
            free = not (run.billing.owed(account) or run.products.bound(subscription.id, "handset", "plan"))
            plain = not (run.resources.transfer_ban(subscription.number) or plan.categories)
            if free and plain and not plan.minimum_age and not run.processes.running(subscription.id):
                return {
                    "number": subscription.number,
                    "document_number": owner.document_number,
                    "new_document_number": somebody(run),
                    "new_name": "沈佳音",
                    "new_address": "浙江省杭州市西湖区文三路138号",
                    "new_phone": "13812345678",
                    "new_password": "274916",
                    "repeat_password": "274916",
                }
        raise OutOfStock(say("No number is left to make an example of."))
