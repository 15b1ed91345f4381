"""C9 销号 close account in two steps: barred both ways at once (预销), closed for good on the 1st of next month (销号).

With the first step everything is paid, or paid out, in one quote; a clerk needs a supervisor. Until the day of closing
it can be undone with the same business (action undo); on the day that it was done a supervisor can take it back whole.
On the day itself the program goes on alone: the network forgets the subscriber, the number rests, the card is void.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from boss_tui.answers.business import Quote, QuoteLine, Tender
from boss_tui.business.priced import Books
from boss_tui.business.process import Run, meant
from boss_tui.business.reversal import Reversal
from boss_tui.components.billing.final_bills import next_month
from boss_tui.components.loyalty import LAPSED, PAID_BY_POINTS, SPENT
from boss_tui.components.products.suspending import extent_of
from boss_tui.components.resources.number_locks import PORTED
from boss_tui.components.tenders.dues import opposite
from boss_tui.components.tenders.taken import Taken
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions import this_month
from boss_tui.transactions.c09.form import ACTIONS, FINAL, LEAVES, POINTS, CloseAccountForm, ClosingCase
from boss_tui.transactions.c09.quote import charge_and_refund, entries, final_bill, give_back_penalty
from boss_tui.transactions.lines import Fact, Line, LineTransaction, identified
from data.errors import NotAllowed
from data.message import Message, listed, say
from data.parameters import FOLLOW_UP_DAYS
from data.states import state_name
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription

CAUSE = "closing"
TITLES = {
    "close": say("Closing begun"),
    "undo": say("Closing undone"),
    FINAL: say("Closed for good"),
    LEAVES: say("Ported out"),
}
KEPT_BY = {"fraud": say("fraud"), "court": say("a court's order")}
"""Causes of a stop that keep a number from being closed."""
UNDONE = say("The closing was undone.")
CLOSES = say("The number is being closed.")
GIVE_MONTHLY = ("C10",)
"""Businesses whose dated acts give of what the account holds, which a closing pays out."""


class CloseAccountTransaction(LineTransaction[CloseAccountForm, ClosingCase]):
    """C9 销号."""

    means: ClassVar = meant(("销号", "xh", "预销", "yx", "close account"), action="close")
    form = CloseAccountForm
    states = ("active", "suspended", "pendingTerminate")
    reversal = Reversal("day")
    gives_back = True  # what points pay, what a closing brought that is undone
    instead = say("Undo the closing with this business instead.")
    empty: ClassVar = {
        "F8": say("Who leaves is given no credit: everything is settled at once."),
        "B2": say("Providers share in what was charged until the end; a closing makes no commission."),
    }

    def look(self, run: Run, form: CloseAccountForm, line: Line) -> None:
        """Whether it may be closed, or undone, and what that costs and gives back."""
        line.more = closing = ClosingCase(next_month(run.context.today))
        closing.bar = _closing(run, line.subscription.id)
        if form.action is None:
            return
        with run.beside("number"):
            if form.action == "close":
                _may_close(run, line)
                charge_and_refund(run, line, closing, form.points or "spend")
            elif form.action == "undo":
                closing.day = _may_undo(run, line, closing)
                give_back_penalty(run, line, closing)
        if form.action in (FINAL, LEAVES):
            run.errors.setdefault("action", say("The program does this by itself when the day has come."))
        made_of = [[label.as_json(), amount] for label, amount in _made_of(run, closing)]
        run.facts |= {"day": closing.day.isoformat(), "undoes": form.action == "undo", "made_of": made_of}

    def explain(self, run: Run, form: CloseAccountForm, case: Line[ClosingCase] | None) -> None:
        """What the month had so far, for who may know."""
        line = case
        if line is not None and form.action == "close" and identified(run, line):
            run.notices.append(this_month.notice(run, line.subscription))

    def price(self, run: Run, form: CloseAccountForm, line: Line) -> Quote:
        """All that is owed and given back, with whatever fee the price rules ask for."""
        fees = [fee for fee in super().price(run, form, line).lines if fee.item != PAID_BY_POINTS]
        closing: ClosingCase = line.more
        return Quote((*fees, *closing.lines)) if closing.lines or form.action == "close" else Quote()

    def rest_line(self, run: Run, case: Line[ClosingCase] | None, amount: int) -> QuoteLine | None:
        """None: the account does not stay whose it was."""
        return None

    def take(self, run: Run, line: Line, tenders: Sequence[Tender]) -> Taken:
        """The money; what services rested on is free, since they end with it."""
        if line.subscription.state != "pendingTerminate":
            run.accounts.let_go(line.subscription.id)
        return super().take(run, line, tenders)

    def priced(self, form: CloseAccountForm, order: Mapping[str, Any], books: Books) -> None:
        """What is settled at a close are bills, penalties and balances: no price."""
        return

    def act(self, run: Run, form: CloseAccountForm, line: Line) -> None:
        """Settle, bar, set the day; or undo that."""
        if form.action == "undo":
            self._undo(run, line)
        else:
            self._close(run, line)
        run.behaviour.watch(line.customer.id)

    def _close(self, run: Run, line: Line) -> None:
        closing: ClosingCase = line.more
        subscription = line.subscription
        final = run.billing.issue_final(line.account, subscription.id, closing.final)
        run.finance.bill(closing.entries)
        parts = [*closing.parts, *final]
        if parts:
            run.billing.settle(parts, run.finance.latest_posting())
        for points, why in ((closing.spent, SPENT), (closing.lapsed, LAPSED)):
            if points:
                run.loyalty.award(line.customer.id, -points, why)
        before = run.products.causes(subscription.id)
        run.products.suspend(subscription, CAUSE, extent="all", starts=run.context.today, ends=None, reason="")
        run.network.bar(subscription, extent_of(before), "all")
        for code in GIVE_MONTHLY:
            run.processes.unschedule(subscription.id, code, CLOSES)
        run.processes.schedule(subscription.id, closing.day, {"number": line.number, "action": FINAL})

    def _undo(self, run: Run, line: Line) -> None:
        closing: ClosingCase = line.more
        if closing.bar is not None:
            run.loyalty.reverse(closing.bar.order_id, LAPSED)
            run.accounts.hold_again(closing.bar.order_id)
        run.processes.unschedule(line.subscription.id, self.code, UNDONE)
        run.processes.set_again(line.subscription.id, CLOSES)
        _lift(run, line.subscription)

    def about(self, run: Run, form: CloseAccountForm, line: Line) -> tuple[Fact, ...]:
        """The account, the day, and what the final bill is made of."""
        label = say("Closed on") if form.action == "close" else say("Would have closed")
        about = ((say("Account"), line.account.number), (label, line.more.day.isoformat()))
        used = this_month.used(run, line.subscription) if form.action == "close" else ()
        made_of = ((say("In the final bill: {item}", item=item), fen) for item, fen in _made_of(run, line.more))
        return (*about, *(((say("Used this month"), listed(used)),) if used else ()), *made_of)

    def titled(self, values: Mapping[str, Any]) -> Message:
        """Closing, or undoing that."""
        return TITLES.get(self.chosen(values, "action"), self.name)

    def advice(self, run: Run, form: CloseAccountForm, line: Line) -> tuple[Message, ...]:
        """What the customer signs for."""
        closing: ClosingCase = line.more
        if form.action == "undo":
            return (UNDONE, say("The number works again once the network confirms, as a rule within minutes."))
        told = [
            say("The number is barred now, both ways, and closed for good on {day}.", day=closing.day.isoformat()),
            say("Until then it can be undone here; this month's charges stay paid."),
            say(
                "After that nobody can have the number for {n} {n:day|days}.", n=run.resources.days_of_rest(line.number)
            ),
        ]
        if closing.lapsed:
            told.append(say("{n} {n:point lapses|points lapse}.", n=closing.lapsed))
        return tuple(told)

    def corrects(self, run: Run, form: CloseAccountForm, line: Line) -> str:
        """The closing whose penalties come back with its undoing."""
        bar = line.more.bar
        return bar.order_id if bar and form.action == "undo" else ""

    def facts(self, run: Run, form: CloseAccountForm, line: Line) -> dict[str, Any]:
        """What was done, and the day."""
        closing: ClosingCase = line.more
        final = yuan(sum(charged.amount for charged in closing.final))
        return {
            **super().facts(run, form, line),
            "action": form.action,
            "closes_on": closing.day.isoformat(),
            "final_bill": final,
        }

    # the day of closing

    def due(self, run: Run, order: ProductOrder) -> bool:
        """The 1st has come, or another operator has the number: the network is to forget the subscriber. NotAllowed:
        nothing is being closed any more."""
        subscription = run.products.owned(str(order.subscription_id))
        if self.form_of(order).action == LEAVES:
            _leave(run, subscription)
        elif _closing(run, subscription.id) is None:
            state = state_name(subscription.state)
            raise NotAllowed(say("The number is {state}: this can't be done now.", state=state))
        run.network.delete(subscription, run.products.on(subscription))
        return True

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工, of each of the three: barred; working again; closed for good."""
        subscription, action = run.products.owned(str(order.subscription_id)), self.form_of(order).action
        if action in (FINAL, LEAVES):
            self._end(run, subscription, has_left=action == LEAVES)
        elif action == "undo":
            _restore(run, subscription)
        else:
            run.products.change_subscription(subscription, state="pendingTerminate")
            run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)
        run.network.done()
        run.statistics.count(
            {FINAL: "closed", LEAVES: "closed", "undo": "reopened"}.get(action, "closing"), order.amount
        )

    def _end(self, run: Run, subscription: Subscription, *, has_left: bool) -> None:
        """销号: nothing is left of it but its history. The number rests, or is with another operator."""
        bar = _closing(run, subscription.id)
        fraud = any(one.cause == "fraud" for one in run.products.causes(subscription.id))
        begun = date.fromisoformat(bar.starts_on) if bar else run.context.today
        day = (run.context.today if has_left else next_month(begun) - timedelta(days=1)).isoformat()
        run.billing.end(subscription.id, day)
        run.products.terminate(subscription, day)
        run.partners.end_all(subscription.id)
        run.processes.unschedule(subscription.id, "", say("The number was closed."))
        if has_left:
            run.resources.ported(subscription.number)
        else:
            run.resources.quarantine(subscription.number, fraud=fraud)
        run.resources.void(subscription.iccid, "closed")
        run.accounts.close_if_done(subscription.account_id)

    # taking back

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The network had none of it: a closing is called off; an undoing that is called off closes on its day."""
        subscription, action = run.products.owned(str(order.subscription_id)), self.form_of(order).action
        if action in (FINAL, LEAVES):
            raise NotAllowed(say("The day of closing has come: this is not called off any more."))
        if action == "undo":
            run.loyalty.reverse(order.id)
            bar = run.products.cancel_suspension(order.id)
            day = next_month(date.fromisoformat(bar.starts_on) if bar else run.context.today)
            run.processes.schedule(subscription.id, day, {"number": subscription.number, "action": FINAL})
            return
        self._take_back(run, order, subscription)
        run.products.cancel_suspension(order.id)

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """A closing is taken back whole on its own day: bills, points and money as before, and the line works."""
        if self.form_of(order).action != "close":
            raise NotAllowed(say("Only the closing itself can be taken back: else do this business again."))
        subscription = run.products.owned(str(order.subscription_id))
        self._take_back(run, order, subscription)
        if _lift(run, subscription):
            return True
        _restore(run, subscription)
        return False

    def finish_reversal(self, run: Run, order: ProductOrder) -> None:
        """The network has lifted the bar."""
        _restore(run, run.products.owned(str(order.subscription_id)))
        run.network.done()

    def _take_back(self, run: Run, order: ProductOrder, subscription: Subscription) -> None:
        """The opposite of what was entered at the counter; money and papers are the desk's."""
        parts = opposite(run.billing.paid_by(order.id))
        if parts:
            run.billing.settle(parts, run.finance.latest_posting())
        run.finance.bill(entries(run, *run.billing.void_final(order.id)))
        run.loyalty.reverse(order.id)
        run.processes.unschedule(subscription.id, self.code, say("The order was cancelled."))
        run.processes.set_again(subscription.id, CLOSES)

    # lists and examples

    def choices(self, run: Run, form: CloseAccountForm, field: str, text: str) -> list[Choice]:
        """Close or undo, spend or lose."""
        words = {"action": ACTIONS, "points": POINTS}.get(field)
        if words is None:
            return super().choices(run, form, field, text)
        return [Choice(code, label) for code, label in words.items()]

    def example(self, run: Run) -> dict[str, Any]:
        """The first number that may be closed."""
        _, typed = self.example_line(run, state="active")
        return {**typed, "action": "close"}


def _made_of(run: Run, closing: ClosingCase) -> list[tuple[Message, str]]:
    """What the final bill is made of: the charge items, and yuan."""
    sums: Counter[str] = Counter()
    for charged in closing.final:
        sums[charged.item] += charged.amount
    return [(run.tariff.line(item, amount).label, yuan(amount)) for item, amount in sums.items() if amount]


def _closing(run: Run, subscription_id: str) -> Suspension | None:
    """The bar of a closing that is under way."""
    return run.products.cause(subscription_id, CAUSE)


def _leave(run: Run, subscription: Subscription) -> None:
    """携出: another operator has the number. Its month is billed to today, for its account to pay. NotAllowed: it
    was closed meanwhile."""
    if subscription.state == "terminated":
        state = state_name(subscription.state)
        raise NotAllowed(say("The number is {state}: this can't be done now.", state=state))
    account = run.accounts.of(subscription.account_id)
    if [one.id for one in run.accounts.charged(account.id)] == [subscription.id]:
        charged = run.billing.unbilled(subscription, account, run.context.today)
        _, booked = final_bill(
            run, account, charged
        )  # before it is issued: by what is on a bill already, tax is rounded
        run.billing.issue_final(account, subscription.id, charged)
        run.finance.bill(booked)
    run.products.change_subscription(subscription, state="pendingTerminate")


def _may_close(run: Run, line: Line) -> None:
    if line.subscription.state == "pendingTerminate":
        raise NotAllowed(say("This number is being closed already. Choose undo to keep it."), field="action")
    kept = [KEPT_BY[one.cause] for one in run.products.causes(line.subscription.id) if one.cause in KEPT_BY]
    if kept:
        raise NotAllowed(say("The number is stopped by {cause}: it can't be closed.", cause=kept[0]))
    run.resources.must_not_be_locked(line.number, but=PORTED)
    waits = [act for act in run.processes.waiting(line.subscription.id) if not act.follows]
    if waits:
        serial = run.processes.order(waits[0].order_id).serial
        raise NotAllowed(say("Order {serial} waits for its day: cancel it first, or wait.", serial=serial))


def _may_undo(run: Run, line: Line, closing: ClosingCase) -> date:
    """The day of closing. NotAllowed: nothing is being closed, or that day has come."""
    if line.subscription.state != "pendingTerminate" or closing.bar is None:
        raise NotAllowed(say("This number is not being closed: there is nothing to undo."), field="action")
    day = next_month(date.fromisoformat(closing.bar.starts_on))
    if day <= run.context.today:
        raise NotAllowed(say("The day of closing has come, {day}: it can't be undone.", day=day.isoformat()))
    return day


def _lift(run: Run, subscription: Subscription) -> bool:
    """Have the network lift what the closing barred and no other cause does; answers whether there is work for it."""
    closing = _closing(run, subscription.id)
    if closing:
        run.products.lift(closing)
    run.network.bar(subscription, "all", extent_of(run.products.causes(subscription.id)))
    return run.network.ordered()


def _restore(run: Run, subscription: Subscription) -> None:
    """The closing is over: the subscription is what its other causes leave it."""
    state = "suspended" if run.products.causes(subscription.id) else "active"
    run.products.change_subscription(subscription, state=state)
