"""What C7.1 and C7.3 share: how far a line reaches (calls, roaming), in steps of which the widest is international.

International is sold against a deposit or a set balance on the account (domain-facts 8), never on a prepaid line
(catalogue C1). The account's deposit secures all that is international on it, and goes back when the last of that is
given up. Without a link only a deposit counts: the balance may have been spent elsewhere meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, TypeVar

from msgspec import Struct

from boss_tui.answers.business import Notice, Quote, Tender
from boss_tui.business.process import Run
from boss_tui.components.accounts.holds import INTERNATIONAL, SERVICES
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.components.tenders.taken import Taken
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction
from data.codes import REACH
from data.errors import NotAllowed
from data.message import Message, say
from data.parameters import FOLLOW_UP_DAYS, INTERNATIONAL_BALANCE, Declared
from data.tables.order import ProductOrder, Subscription

UNTIL, BEFORE = "until", "before"
"""Parameters of a reach that ends on a day: its last day, and what it was before."""
ENDED = ("terminated", "cancelled")

R = TypeVar("R", bound=PasswordForm)


class ReachCase(Struct):
    """From one reach to another; fen of deposit that is asked for (negative: given back); the kind of bucket that it
    rests on from now on, and how many fen of it; its last day, if it has."""

    before: str
    wanted: str
    deposit: int = 0
    rests: tuple[str, int] | None = None
    until: date | None = None

    @property
    def begins(self) -> bool:
        """Whether it becomes international with this."""
        return self.wanted == INTERNATIONAL != self.before


class ReachTransaction(LineTransaction[R, ReachCase]):
    """A business that changes one reach of a line.

    Class attributes, beside the others':
        column: the subscription's, the form's field and the network's parameter: long_distance or roaming.
        kinds: what it may be, the narrowest first.
        prepaid: what of that a prepaid line may have.
        longest: how long international lasts at most; None: without end.
    """

    column: ClassVar[str]
    kinds: ClassVar[tuple[str, ...]]
    prepaid: ClassVar[tuple[str, ...]]
    longest: ClassVar[Declared | None] = None
    identity = "password"
    instead = say("Change it once more.")
    empty: ClassVar = {
        "F5": say("Number and card stay: nothing is reserved."),
        "A3": say("It earns no points, and tenure runs on."),
        "B1": say("Calls are charged as they are made: nothing is charged by the month."),
    }

    def look(self, run: Run, form: R, line: Line) -> None:
        """What it is and may be; the day until which; the deposit."""
        before, wanted = self._now(line.subscription), getattr(form, self.column)
        change = ReachCase(before, wanted or before)
        line.more = change
        run.notes[self.column] = say("Now: {reach}", reach=REACH[before])
        if not wanted:
            return
        with run.beside(self.column):
            if line.subscription.pay_type == "prepaid" and wanted not in self.prepaid:
                raise NotAllowed(say("A prepaid line can't have this."))
            self._deposit(run, line, change)
            if wanted == before and not change.deposit and not self._extends(run, form, line):
                raise NotAllowed(say("It is so already."))
            run.notes[self.column] = say("{before} to {wanted}", before=REACH[before], wanted=REACH[wanted])
        with run.beside(UNTIL):
            change.until = self._last_day(run, form, wanted)

    def touches(self, run: Run, form: R, line: Line) -> tuple[str, ...]:
        """This reach. What is international rests on one deposit: two may begin together, but none end meanwhile."""
        change: ReachCase = line.more
        if INTERNATIONAL not in (change.before, change.wanted):
            return (self.column,)
        ends = change.wanted != INTERNATIONAL
        return (self.column, INTERNATIONAL if ends else f"{INTERNATIONAL}:{self.column}")

    def _now(self, subscription: Subscription) -> str:
        return str(getattr(subscription, self.column))

    def _extends(self, run: Run, form: R, line: Line) -> bool:
        """Whether only its last day changes."""
        until = getattr(form, UNTIL, None)
        known = run.products.parameter(line.subscription.id, self.column, UNTIL)
        return bool(self.longest and until and known and until.isoformat() != known)

    def _last_day(self, run: Run, form: R, wanted: str) -> date | None:
        """International that ends: until which day. NotAllowed: none is said, it is over, or too late."""
        until: date | None = getattr(form, UNTIL, None)
        if wanted != INTERNATIONAL or self.longest is None:
            if until is not None:
                raise NotAllowed(say("Only international has a last day."))
            return None
        most = self.longest.of(run.context.tx)
        latest = run.context.today + timedelta(days=most - 1)
        if until is None:
            raise NotAllowed(say("Until which day? {day} at the latest.", day=latest.isoformat()))
        if until < run.context.today:
            raise NotAllowed(say("This day is over."))
        if until > latest:
            raise NotAllowed(say("At most {n} {n:day|days}: {day} at the latest.", n=most, day=latest.isoformat()))
        return until

    def _deposit(self, run: Run, line: Line, change: ReachCase) -> None:
        """What is asked for, or given back when nothing international is left on the account."""
        held = run.accounts.bucket(line.account.id, "deposit").amount
        if change.begins:
            asked = run.credit.assess(line.customer.id, line.customer.category, international=True).deposit
            balance = run.accounts.bucket(line.account.id, "prepaid").amount
            kept = INTERNATIONAL_BALANCE.of(run.context.tx)
            if asked > held and run.context.online and balance >= kept:
                told = say(
                    "The balance is {yuan} yuan: no deposit is needed. {held} of it stay while this is on.",
                    yuan=yuan(balance),
                    held=yuan(kept),
                )
                run.notices.append(Notice("notice", told))
                change.rests = "prepaid", kept
                return
            change.deposit = max(0, asked - held)
            change.rests = ("deposit", asked) if asked else None
        elif held and change.wanted != INTERNATIONAL and not self._others(run, line):
            change.deposit = -held
            run.notices.append(Notice("notice", say("The deposit of {yuan} yuan goes back.", yuan=yuan(held))))

    def _others(self, run: Run, line: Line) -> bool:
        """Whether anything else on the account is international, or is to be once the network has done it."""
        return any(
            getattr(subscription, column) == INTERNATIONAL
            or any(hold.service == column for hold in run.accounts.resting(subscription.id))
            for subscription in run.accounts.charged(line.account.id)
            for column in SERVICES
            if (subscription.id, column) != (line.subscription.id, self.column)
        )

    def price(self, run: Run, form: R, line: Line) -> Quote:
        """The deposit, in or out, and what price rules say."""
        change: ReachCase = line.more
        plan = (line.subscription.plan,)
        quote = run.tariff.price(PriceQuery(plan, line.customer.category, deposit=max(0, change.deposit)))
        quote = quote.with_months(())
        if change.deposit >= 0:
            return quote
        bucket = run.accounts.bucket(line.account.id, "deposit").id
        return Quote((*quote.lines, run.tariff.line("deposit", change.deposit, bucket_id=bucket)))

    def take(self, run: Run, line: Line, tenders: Sequence[Tender]) -> Taken:
        """What is given up rests on nothing any more, so that its deposit can go back."""
        if line.more.wanted != INTERNATIONAL:
            run.accounts.let_go(line.subscription.id, self.column)
        return super().take(run, line, tenders)

    def act(self, run: Run, form: R, line: Line) -> None:
        """Tell the network, and set the day on which it ends by itself."""
        change: ReachCase = line.more
        subscription = line.subscription
        if change.rests:
            kind, amount = change.rests
            run.accounts.hold(run.accounts.bucket(line.account.id, kind), subscription.id, self.column, amount)
        if change.wanted != change.before:
            self._tell(run, subscription, change.wanted)
        if self.longest:
            self._end_on(run, subscription, change)
        run.behaviour.watch(line.customer.id)

    def _tell(self, run: Run, subscription: Subscription, wanted: str) -> None:
        told = {self.column: wanted, f"old_{self.column}": self._now(subscription)}
        element = run.network.element_of(subscription.number)
        run.network.order(f"set_{self.column}", element, msisdn=subscription.number, **told)

    def _end_on(self, run: Run, subscription: Subscription, change: ReachCase) -> None:
        """What was set before is called off; the new end, if there is one, is the first day without it."""
        run.processes.unschedule(subscription.id, self.code, say("It was changed before."))
        until = change.until.isoformat() if change.until else ""
        run.products.set_parameter(subscription.id, self.column, UNTIL, until)
        if change.begins:
            run.products.set_parameter(subscription.id, self.column, BEFORE, change.before)
        self._schedule(run, subscription)

    def _schedule(self, run: Run, subscription: Subscription) -> None:
        """Let it end by itself on the day after its last."""
        until = run.products.parameter(subscription.id, self.column, UNTIL)
        if until:
            back = run.products.parameter(subscription.id, self.column, BEFORE)
            form = {"number": subscription.number, self.column: back}
            touches = (self.column, INTERNATIONAL)
            day = date.fromisoformat(until) + timedelta(days=1)
            run.processes.schedule(subscription.id, day, form, touches=touches)

    def about(self, run: Run, form: R, line: Line) -> tuple[Fact, ...]:
        """From what to what, and until when."""
        change: ReachCase = line.more
        changed = say("{before} to {after}", before=REACH[change.before], after=REACH[change.wanted])
        until = [(say("Until"), change.until.isoformat())] if change.until else []
        return ((self.name, changed), *until)

    def advice(self, run: Run, form: R, line: Line) -> tuple[Message, ...]:
        """What becomes of the deposit, or stays of the balance."""
        if line.more.rests and line.more.rests[0] == "prepaid":
            kept = yuan(line.more.rests[1])
            return (say("{yuan} yuan of the balance stay on the account while international is on.", yuan=kept),)
        if line.more.deposit <= 0:
            return ()
        return (say("The deposit is given back when international is given up."),)

    def facts(self, run: Run, form: R, line: Line) -> dict[str, Any]:
        """From what to what, and until when."""
        change: ReachCase = line.more
        until = change.until.isoformat() if change.until else ""
        return {**super().facts(run, form, line), "before": change.before, self.column: change.wanted, UNTIL: until}

    def due(self, run: Run, order: ProductOrder) -> bool:
        """Its last day is over."""
        subscription = run.products.owned(str(order.subscription_id))
        if subscription.state in ENDED or self._now(subscription) != INTERNATIONAL:
            return False  # there is nothing left to end
        run.products.set_parameter(subscription.id, self.column, UNTIL, "")
        self._tell(run, subscription, getattr(self.form_of(order), self.column))
        return True

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: the line reaches as far as was asked for."""
        subscription = run.products.owned(str(order.subscription_id))
        wanted = getattr(self.form_of(order), self.column)
        if wanted != INTERNATIONAL:
            run.accounts.let_go(subscription.id, self.column)
        if subscription.state not in ENDED and self._now(subscription) != wanted:
            run.products.change_subscription(subscription, **{self.column: wanted})
        run.network.done()
        run.statistics.count("changed", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The network never had it: its end is as it was before."""
        if self.longest:
            subscription = run.products.owned(str(order.subscription_id))
            run.processes.unschedule(subscription.id, self.code, say("The order was cancelled."))
            run.products.restore_parameters(subscription.id, order.id)
            self._schedule(run, subscription)

    def choices(self, run: Run, form: R, field: str, text: str) -> list[Choice]:
        """How far it may reach."""
        if field == self.column:
            return [Choice(kind, REACH[kind]) for kind in self.kinds]
        return super().choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """The first line that may change, to what is next to it and not international."""
        subscription, typed = self.example_line(run, pay_type="postpaid")
        others = [kind for kind in self.kinds if kind not in (INTERNATIONAL, self._now(subscription))]
        return {**typed, self.column: others[-1]}
