"""C4.3 改支付方式 change payment method: cash or bank debit, prepaid or postpaid, accounts merged and split.

Prepaid and postpaid are another template in the network, so that change waits for its answer. Money moves between the
customer's own buckets by one posting: a deposit into the prepaid balance, a merged account's all into the other one.
Nothing may be owed for prepaid and merge (catalogue C4.3; domain-facts 2, 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from boss_tui.answers.business import Qualification, Quote, QuoteLine, Reason, Tender
from boss_tui.business.process import Run
from boss_tui.components.accounts.accounts import BUCKETS
from boss_tui.components.invoices.sales import Agreed
from boss_tui.components.network_elements import PROFILES
from boss_tui.components.products.products import PlanMove
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.wording import masked_document
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions import contracts
from boss_tui.transactions.arrears import nothing_owed
from boss_tui.transactions.c04_3.form import CHANGES, ChangePaymentForm
from boss_tui.transactions.c08.compare import moved_to
from boss_tui.transactions.contracts import HANDSET, PLAN, in_words
from boss_tui.transactions.lines import Fact, Line, LineTransaction
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from boss_tui.transactions.services import tell_network
from data.codes import BANKS, PAY_METHODS, PAY_TYPES
from data.errors import NotAllowed
from data.message import Message, both, say
from data.tables.account import BillingAccount
from data.tables.order import ProductOrder

ITEMS = {1: "deposit", 2: "prepayment"}
"""The charge item by which a bucket of a kind of money is moved."""


class ChangePaymentTransaction(LineTransaction[ChangePaymentForm]):
    """C4.3 改支付方式. `Line.more` is the account that a merge goes to."""

    form = ChangePaymentForm
    instead = say("Change it back with C4.3.")
    empty: ClassVar = {
        "F5": say("Number and card stay as they are."),
        "A2": say("The slip says it all: nobody has to be called."),
        "A3": say("A way of paying earns no points, and tenure runs on."),
        "A4": NO_PARTNER,
        "B2": NO_SHARE,
    }

    def look(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        """Each change has its own conditions, beside its own fields."""
        account = line.account
        run.notes.setdefault(
            "change",
            say(
                "Now: {type}, {method}",
                type=PAY_TYPES[line.subscription.pay_type],
                method=PAY_METHODS[account.pay_method],
            ),
        )
        if form.change is None:
            return
        with run.beside("change"):
            getattr(self, f"_{form.change}")(run, form, line)

    def touches(self, run: Run, form: ChangePaymentForm, line: Line) -> tuple[str, ...]:
        """The account; prepaid and postpaid ask whether all that the line has goes with it."""
        asks = ("pay", "plan", "service", "long_distance", "roaming") if form.change in PAY_TYPES else ()
        return ("account", *asks)

    def _cash(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        if line.account.pay_method == "cash":
            raise NotAllowed(say("Bills are paid at the counter already."))

    def _debit(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        if line.account.pay_type == "prepaid":
            raise NotAllowed(say("A prepaid number has no bills that a bank could pay."))
        for field in ("bank", "bank_account"):
            if getattr(form, field) == "":
                run.errors.setdefault(field, say("This field is needed."))
        if (form.bank, form.bank_account) == (line.account.bank, line.account.bank_account) != ("", ""):
            raise NotAllowed(say("This account is debited already."), field="bank_account")

    def _prepaid(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        self._other_type(run, form, line)
        nothing_owed(run, line.account)
        if "international" in {line.subscription.long_distance, line.subscription.roaming}:
            raise NotAllowed(say("Prepaid has no international services: end them first (C7.1, C7.3)."))
        self._breaks(run, line, HANDSET, PLAN)

    @staticmethod
    def _breaks(run: Run, line: Line, *kinds: str) -> None:
        """What is under contract changes, or ends for nothing, by a supervisor's word alone."""
        for agreement in (a for a in run.products.agreed(line.subscription.id) if a.kind in kinds):
            why = Reason("contract", "override", in_words(run, line, agreement))
            run.qualification = Qualification((*run.qualification.reasons, why))

    def _postpaid(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        self._other_type(run, form, line)
        if isinstance(line.more, PlanMove):
            self._breaks(run, line, PLAN)
        assessment = run.credit.assess(line.customer.id, line.customer.category, international=False)
        if assessment.limit <= 0:
            raise NotAllowed(say("The customer's credit allows no postpaid number."))
        run.notes["change"] = say("Credit: {yuan} yuan", yuan=yuan(assessment.limit))

    def _other_type(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        """Another type than now, that all products go with; the account is this number's alone."""
        if line.subscription.pay_type == form.change:
            raise NotAllowed(say("The number is {type} already.", type=PAY_TYPES[str(form.change)]))
        after = run.products.on(line.subscription)
        if form.plan and form.plan != line.subscription.plan:
            with run.beside("plan"):
                line.more = moved_to(run, line, form.plan, str(form.change))
                run.notes["plan"] = run.products.name(form.plan)
                after = list(line.more.basket.all)
        for product in after:
            if product.pay_type not in ("any", form.change):
                what = {"product": both(product.name_zh, product.name_en), "type": PAY_TYPES[str(form.change)]}
                plan = say(
                    "{product} can't be {type}: choose a new plan that can, below; or change it first (C8).", **what
                )
                raise NotAllowed(
                    plan if product.kind == "plan" else say("{product} can't be {type}: end it first.", **what)
                )
        if len(run.accounts.charged(line.account.id)) > 1:
            raise NotAllowed(say("Other numbers are charged to this account: split it first."))

    def _merge(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        if not form.account:
            raise NotAllowed(say("This field is needed."), field="account")
        target = run.accounts.numbered(form.account)
        if target is None or target.customer_id != line.customer.id or target.state != "active":
            raise NotAllowed(say("The customer has no such account. F4 shows them."), field="account")
        if target.id == line.account.id:
            raise NotAllowed(say("The number is charged to this account already."), field="account")
        if target.pay_type != line.subscription.pay_type:
            raise NotAllowed(
                say("That account is {type}: change that first.", type=PAY_TYPES[target.pay_type]), field="account"
            )
        nothing_owed(run, line.account)
        self._must_rest_on(run, line, target)
        line.more = target

    @staticmethod
    def _must_rest_on(run: Run, line: Line, target: BillingAccount) -> None:
        """What the line's services rest on goes along, or is there already."""
        if len(run.accounts.charged(line.account.id)) == 1:
            return
        for row in run.accounts.resting(line.subscription.id):
            kind = run.accounts.kind_of(row.bucket_id)
            if run.accounts.bucket(target.id, kind).amount < row.amount:
                raise NotAllowed(
                    say(
                        "International services rest on {yuan} yuan that this account does not have.",
                        yuan=yuan(row.amount),
                    ),
                    field="account",
                )

    def _split(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        if len(run.accounts.charged(line.account.id)) == 1:
            raise NotAllowed(say("This number has an account of its own already."))
        if run.accounts.resting(line.subscription.id):
            raise NotAllowed(say("International services rest on this account's money: end them first (C7.1, C7.3)."))

    def price(self, run: Run, form: ChangePaymentForm, line: Line) -> Quote:
        """What moves between the customer's own buckets: together nothing is due."""
        lines = list(super().price(run, form, line).lines)
        if form.change == "prepaid" and not run.errors:
            lines += self._moved(run, line.account, line.account, {1: 2})
        if isinstance(line.more, PlanMove):
            after = [product.code for product in line.more.basket.all]
            lines += run.tariff.monthly(after, line.customer.category)
        if form.change == "merge" and line.more and len(run.accounts.charged(line.account.id)) == 1:
            lines += self._moved(run, line.account, line.more, {1: 1, 2: 2})
        quote = Quote(tuple(lines))
        plan = line.more.basket.plan if isinstance(line.more, PlanMove) else None
        return contracts.with_terms(quote, plan, run.context.today) if plan else quote

    def agreed(self, run: Run, form: ChangePaymentForm, line: Line) -> Agreed | None:
        """What the plan binds to that goes along, where one does."""
        return contracts.agreed(line.more.basket.plan, run.quote) if isinstance(line.more, PlanMove) else None

    @staticmethod
    def _moved(run: Run, source: BillingAccount, target: BillingAccount, kinds: dict[int, int]) -> list[QuoteLine]:
        """All that the source holds of some kinds, out of its buckets and into the target's."""
        lines = []
        for kind, into in kinds.items():
            old, new = run.accounts.bucket(source.id, BUCKETS[kind]), run.accounts.bucket(target.id, BUCKETS[into])
            if old.amount:
                lines.append(run.tariff.line(ITEMS[kind], -old.amount, bucket_id=old.id))
                lines.append(run.tariff.line(ITEMS[into], old.amount, bucket_id=new.id))
        return lines

    def take(self, run: Run, line: Line, tenders: Sequence[Tender]) -> Taken:
        """What services rest on goes along with the number."""
        target = line.more
        if not isinstance(target, BillingAccount):
            return super().take(run, line, tenders)
        rested = run.accounts.let_go(line.subscription.id)
        taken = super().take(run, line, tenders)
        for row in rested:
            bucket = run.accounts.bucket(target.id, run.accounts.kind_of(row.bucket_id))
            run.accounts.hold(bucket, line.subscription.id, row.service, row.amount)
        return taken

    def act(self, run: Run, form: ChangePaymentForm, line: Line) -> None:
        """What is ours alone is changed now; another template waits for the network."""
        if form.change == "cash":
            run.accounts.change(line.account, pay_method="cash", bank="", bank_account="")
        elif form.change == "debit":
            run.accounts.change(line.account, pay_method="bank_debit", bank=form.bank, bank_account=form.bank_account)
        elif form.change in PAY_TYPES:
            self._tell_network(run, form, line)
        elif form.change == "merge":
            self._recharge(run, line, line.more)
        else:
            self._recharge(run, line, run.accounts.open(line.customer.id, line.subscription.pay_type))
        run.behaviour.watch(line.customer.id)

    @staticmethod
    def _recharge(run: Run, line: Line, account: BillingAccount) -> None:
        """Charge the number to another account; one that nothing is charged to any more is closed."""
        old, line.account = line.account, account
        line.subscription = run.products.change_subscription(line.subscription, account_id=account.id)
        if not run.accounts.charged(old.id):
            run.accounts.close(old.id)

    @staticmethod
    def _tell_network(run: Run, form: ChangePaymentForm, line: Line) -> None:
        if form.change == "postpaid":
            category = line.customer.category
            run.credit.open(line.customer.id, run.credit.assess(line.customer.id, category, international=False))
        element = run.network.element_of(line.number)
        stands = {**run.network.stands(line.subscription), "profile": PROFILES[form.change]}
        run.network.order("change_profile", element, msisdn=line.number, **stands)
        run.network.forward_again(line.subscription.id, element, line.number)
        if isinstance(line.more, PlanMove):
            tell_network(run, line.subscription, line.more)

    def about(self, run: Run, form: ChangePaymentForm, line: Line) -> tuple[Fact, ...]:
        """The change; of a bank account the ends only."""
        told: list[Fact] = [(say("Account"), line.account.number)]
        if isinstance(line.more, PlanMove):
            told.append((say("New plan"), run.products.name(form.plan)))
        if form.change == "debit":
            told.append(
                (
                    say("Bank account"),
                    say("{bank} {account}", bank=BANKS[form.bank], account=masked_document(form.bank_account)),
                )
            )
        return tuple(told)

    def titled(self, values: Mapping[str, Any]) -> Message:
        """What is changed."""
        return CHANGES.get(self.chosen(values, "change"), self.name)

    def facts(self, run: Run, form: ChangePaymentForm, line: Line) -> dict[str, Any]:
        """The change, and the account that the number is charged to now."""
        return {**super().facts(run, form, line), "change": form.change, "account": line.account.number}

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: the number and its account are of the other type once the network has it."""
        form = self.form_of(order)
        if form.change in PAY_TYPES:
            subscription = run.products.owned(str(order.subscription_id))
            run.products.change_subscription(subscription, pay_type=form.change)
            cleared = {"pay_method": "cash", "bank": "", "bank_account": ""} if form.change == "prepaid" else {}
            run.accounts.change(run.accounts.of(subscription.account_id), pay_type=form.change, **cleared)
            if form.plan and form.plan != subscription.plan:
                self._switch(run, order, form.plan)
            run.network.done()
        run.statistics.count("changed", order.amount)

    def begins(self, run: Run, form: ChangePaymentForm, case: Line | None) -> Iterable[str]:
        """The plan that goes along, where it does."""
        moved = case.more if case else None
        return moved.sold if isinstance(moved, PlanMove) else ()

    @staticmethod
    def _switch(run: Run, order: ProductOrder, plan: str) -> None:
        """The plan goes along, with its services and its fee from the order's day on, as C8 does it."""
        subscription = run.products.owned(str(order.subscription_id))
        owner = run.customers.owner(subscription.customer_id)
        moved = moved_to(run, Line(subscription, owner, run.accounts.of(subscription.account_id)), plan)
        day, after = date.fromisoformat(order.business_date), [product.code for product in moved.basket.all]
        run.products.move(subscription, moved, day)
        monthly = run.tariff.monthly(after, owner.category)
        run.billing.charge_from(subscription.id, monthly, {*after, *moved.ends}, day)
        contracts.follow(run, order)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The network never had it: the type was not changed, and money went back with the order's payments."""

    def choices(self, run: Run, form: ChangePaymentForm, field: str, text: str) -> list[Choice]:
        """Changes, banks, the customer's other accounts; beside what these forms share."""
        if field == "change":
            return [Choice(code, words) for code, words in CHANGES.items()]
        if field == "plan":
            plans = run.products.offered("plan")
            return [Choice(p.code, both(p.name_zh, p.name_en)) for p in plans if p.pay_type in ("any", form.change)]
        if field == "bank":
            return [Choice(code, words) for code, words in BANKS.items()]
        if field == "account":
            return self._accounts(run, form)
        return super().choices(run, form, field, text)

    def _accounts(self, run: Run, form: ChangePaymentForm) -> list[Choice]:
        line = self.line(run, form)
        if line is None:
            return []
        mine = [a for a in run.accounts.of_customer(line.customer.id) if a.state == "active"]
        return [
            Choice(a.number, PAY_TYPES[a.pay_type], PAY_METHODS[a.pay_method]) for a in mine if a.id != line.account.id
        ]

    def example(self, run: Run) -> dict[str, Any]:
        """The first postpaid number, whose bills a bank is to pay, or no longer."""
        subscription, typed = self.example_line(run, pay_type="postpaid")
        if run.accounts.of(subscription.account_id).pay_method == "bank_debit":
            return {**typed, "change": "cash"}
        return {**typed, "change": "debit", "bank": "ICBC", "bank_account": "6222020200112230012"}
