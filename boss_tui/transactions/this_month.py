"""The month so far of a line: what it used, and what it is charged that is on no bill yet (catalogue C13, C8, C9)."""

from __future__ import annotations

from collections import Counter

from boss_tui.answers.business import Notice
from boss_tui.business.process import Run
from boss_tui.components.billing.usage import usage_in_words
from boss_tui.components.inquiry import Row
from boss_tui.forms.typed import yuan
from data.message import Message, listed, say
from data.tables.order import Subscription


def used(run: Run, subscription: Subscription) -> tuple[Message, ...]:
    """What it used in the month of the business date, kind by kind."""
    return tuple(usage_in_words(row) for row in run.billing.used_in(subscription.id, run.context.business_date[:7]))


def charged(run: Run, subscription: Subscription) -> list[tuple[Message, int]]:
    """What no bill has yet, item by item, in fen: fees of the month, usage so far, what a minimum spend adds."""
    sums: Counter[str] = Counter()
    for one in run.billing.unbilled(subscription, run.accounts.of(subscription.account_id)):
        sums[one.item] += one.amount
    return [(run.tariff.line(item, amount).label, amount) for item, amount in sums.items() if amount]


def rows(run: Run, subscription: Subscription) -> list[Row]:
    """Both, line by line, as an inquiry lists them, with the sum."""
    items = charged(run, subscription)
    total = sum(amount for _, amount in items)
    told: list[Row] = [(subscription.number, what, "") for what in used(run, subscription)]
    told += [(subscription.number, label, yuan(amount)) for label, amount in items]
    return [*told, (subscription.number, say("Not billed yet"), yuan(total))]


def notice(run: Run, subscription: Subscription) -> Notice:
    """The same in one sentence, for who is about to change or end it."""
    what = used(run, subscription)
    total = yuan(sum(amount for _, amount in charged(run, subscription)))
    usage = listed(what) if what else say("no usage")
    return Notice("notice", say("This month so far: {usage}; {yuan} yuan not billed yet.", usage=usage, yuan=total))
