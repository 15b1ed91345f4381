"""What is international rests on a deposit, or on a balance that does instead, unless headquarters waives it (F8, F12).

What goes on under a new owner rests on theirs. At the desk: `boss_tui.transactions.reach`, `Accounts.hold`. Source:
domain-facts 8; catalogue C1, C5, C7.1, C7.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.components.accounts.holds import INTERNATIONAL, SERVICES
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.balances import held
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.headquarters.rules.trusted import may_be_in, of_any, ratings_of
from boss_tui.sync.effects import Fault
from data.parameters import INTERNATIONAL_BALANCE, INTERNATIONAL_DEPOSIT, Declared
from data.tables.account import BalanceBucket, BalanceHold, BillingAccount, CreditRating
from data.tables.customer import Category, Customer
from data.tables.order import Subscription

OPENS, REACHES = "C1", {"C7.1": "long_distance", "C7.3": "roaming"}
"""The business that opens a line, and those that change how far one reaches, with the column of each."""
GOES = "C5"
"""The business by which a line gets another owner."""
LEAST: Mapping[str, Declared] = {"deposit": INTERNATIONAL_DEPOSIT, "prepaid": INTERNATIONAL_BALANCE}
"""By the kind of bucket, how much of it must stay."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The services that begin and rest on nothing."""
    for order in told.added.get("product_order", ()):
        if order["business"] not in (OPENS, GOES, *REACHES) or is_opposite(known, told, order):
            continue
        owner = _owner(told, order)
        customer = told.row(known, Customer, owner) if owner else None
        services = _begins(known, told, order)
        if customer is None or not services:
            continue
        line = known.row(Subscription, order[LINE]) if order[LINE] else None
        prepaid = line is not None and line["pay_type"] == "prepaid"
        waived = "no" if prepaid else _waived(known, customer, order["business_date"])
        rests = [_rests(known, told, order, service) for service in services if not prepaid]
        if waived != "yes" and "yes" not in rests:
            sure = "perhaps" in (waived, *rests)
            yield Fault("trust", {"what": f"{order['business']} {services[0]}", "order": order["id"]}, note=sure)
    for hold in told.added.get("balance_hold", ()):
        if (right := _is_as_much(known, told, hold)) != "yes":
            what = {"what": f"balance_hold {hold['amount']}", "table": "balance_hold"}
            yield Fault("trust", what, note=right == "perhaps")
    for change in told.changed.get("balance_hold", ()):
        here = known.row(BalanceHold, *change.key)
        if here is not None and change.values.get("state") == "ended" and not _may_end(known, told, here):
            yield Fault("trust", {"what": f"balance_hold {here['service']}", "table": "balance_hold"})


def _is_as_much(known: Known, told: Claim, hold: Row) -> Answer:
    """Whether a service rests on money of its own line's account, and on so much of it as it needs, or did before: more
    would keep from its owner what is theirs."""
    bucket, line = told.row(known, BalanceBucket, hold["bucket_id"]), told.row(known, Subscription, hold[LINE])
    if bucket is None or line is None:
        return "yes"  # told elsewhere (`sync.effects`)
    account = told.row(known, BillingAccount, bucket["account_id"])
    moved = [each.values for each in told.changed.get("subscription", ()) if each.key[0] == hold[LINE]]
    owners = {line["customer_id"], *(values["customer_id"] for values in moved if "customer_id" in values)}
    accounts = {line["account_id"], *(values["account_id"] for values in moved if "account_id" in values)}
    if account is not None and account["id"] not in accounts and account["customer_id"] not in owners:
        return "no"
    before = known.told(BalanceHold, **{LINE: hold[LINE]}, service=hold["service"])
    if any(row["amount"] == hold["amount"] for row in before):
        return "yes"
    day, least = told.entry.business_date, LEAST.get(bucket["kind"])
    return known.number_stood(least, "", day, lambda wanted: wanted == hold["amount"]) if least else "no"


def _may_end(known: Known, told: Claim, hold: Row) -> bool:
    """Whether a service of C7 that rests on money is given up, or rests on other money from now on. A line that goes
    lets go of all."""
    again = ((row[LINE], row["service"]) for row in told.added.get("balance_hold", ()))
    if (hold[LINE], hold["service"]) in again or not told.entry.kind.startswith("C7"):
        return True
    orders = [order for order in orders_of(known, told) if order[LINE] == hold[LINE]]
    if any(order["reverses"] for order in orders) or told.entry.kind.endswith(".cancellation"):
        return True
    own = [order for order in orders if REACHES.get(order["business"]) == hold["service"]]
    forms = [form for form in map(told.form, own) if form is not None]
    return any(getattr(form.filled, hold["service"]) != INTERNATIONAL for form in forms)


def _owner(told: Claim, order: Row) -> str | None:
    """Whose services an order's are: the next owner's, where it brings one."""
    moved = (change.values for change in told.changed.get("subscription", ()) if change.key[0] == order[LINE])
    owner: str | None = next((values["customer_id"] for values in moved if "customer_id" in values), None)
    return owner or order["customer_id"]


def _begins(known: Known, told: Claim, order: Row) -> list[str]:
    """What becomes international with an order, or goes on so under another owner."""
    if order["business"] == GOES:
        line = known.row(Subscription, order[LINE])
        ends = {work["act"].removeprefix("set_") for work in told.of_order("work_order", order["id"])}
        return [each for each in SERVICES if line is not None and line[each] == INTERNATIONAL and each not in ends]
    if order["business"] == OPENS:
        new = [row for row in told.added.get("subscription", ()) if row["id"] == order[LINE]]
        return [service for service in SERVICES for row in new if row[service] == INTERNATIONAL]
    form, service = told.form(order), REACHES[order["business"]]
    line = known.row(Subscription, order[LINE]) if order[LINE] else None
    wanted = getattr(form.filled, service) if form is not None else ""
    return [service] if line is not None and wanted == INTERNATIONAL != line[service] else []


def _waived(known: Known, customer: Row, day: str) -> Answer:
    """Whether somebody needs no deposit."""

    def is_waived(row: Row) -> bool:
        return bool(row["deposit_waived"])

    answers = {
        of_any(known, CreditRating, ratings_of(known, customer), day, is_waived),
        of_any(known, Category, may_be_in(known, customer), day, is_waived),
    }
    return "yes" if "yes" in answers else "perhaps" if "perhaps" in answers else "no"


def _rests(known: Known, told: Claim, order: Row, service: str) -> Answer:
    """Whether a service rests on so much that is there."""
    answers = set[Answer]()
    for hold in told.of_order("balance_hold", order["id"]):
        bucket = told.row(known, BalanceBucket, hold["bucket_id"])
        if bucket is None or (hold[LINE], hold["service"]) != (order[LINE], service) or bucket["kind"] not in LEAST:
            continue
        came = sum(row["amount"] for row in told.added.get("balance_entry", ()) if row["bucket_id"] == bucket["id"])
        has = min(hold["amount"], held(known, bucket["id"]) + came)
        answers.add(_is_enough(known, LEAST[bucket["kind"]], order["business_date"], has))
    return "yes" if "yes" in answers else "perhaps" if "perhaps" in answers else "no"


def _is_enough(known: Known, least: Declared, day: str, fen: int) -> Answer:
    return known.number_stood(least, "", day, lambda wanted: fen >= wanted)
