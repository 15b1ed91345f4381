"""A believable hall, made in seconds: what boss shows, tries and is tested on. Up to a million customers, streamed.

Everything is written as the state at the journal's start: it came from headquarters before the journal began (seq 0),
so that the first thing done at the desk is entry 1. What headquarters publishes is its first edition.

The same seed makes the same rows, keys included, at the outlet and at headquarters, wherever and whenever it is run;
only dates follow the clock. An unfinished making has no journal head and is no store to work on: throw it away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from typing import Any, Literal

from data.bulk import Bulk, Keys, bulk, without_indexes
from data.clock import Clock, stamp
from data.demo import articles, hall, handsets, numbers, papers, prices, products, providers, rules, stock, words
from data.demo.bills import Bills, rates
from data.demo.contracts import contracts
from data.demo.customers import People, Someone, credit, monthly_charges, subscriptions
from data.demo.facts import Facts, KnownPerson, facts
from data.demo.hall import OFFICE, OUTLET, SCOPES
from data.demo.numbers import grade_of
from data.demo.sales import DAYS, POINTS, Sales
from data.message import say
from data.progress import Report, unreported
from data.standard.rows import Rows
from data.store import Store
from data.tables.account import BalanceBucket, BillingAccount, CustomerCredit
from data.tables.base import Table
from data.tables.customer import Customer
from data.tables.life import Agreement
from data.tables.order import Sequence, Subscription, SubscriptionProduct
from data.tables.provider import ProviderSubscription
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import ChargeSchedule, LoyaltyAccount
from data.tables.sync import JournalHead, Setting

__all__ = ["Facts", "KnownPerson", "facts", "grade_of", "make"]

Role = Literal["outlet", "headquarters"]
Collected = dict[type[Table], list[dict[str, Any]]]
Part = Rows | Iterator[tuple[type[Table], list[dict[str, Any]]]]
Published = list[tuple[type[Table], list[dict[str, Any]]]]
Publish = Callable[[Bulk, Published, str, tuple[str, ...]], int]
"""Writes rows as the first edition, on a business date, for a store in some scopes; answers its last item's number."""

WITH_HISTORY = 300
"""So many customers have orders, money, papers and bills; any more were taken over from the old system, owing
nothing."""

SUBSCRIBER_PASSWORD = "274916"
_CHUNK = 5_000
_MANY = (  # in this order nothing refers to a row that is not there yet: SQLite would search all tables for such
    Customer,
    CustomerCredit,
    LoyaltyAccount,
    BillingAccount,
    BalanceBucket,
    PhoneNumber,
    SimCard,
    Subscription,
    SubscriptionProduct,
    ChargeSchedule,
    Agreement,
    ProviderSubscription,
)
_CHINA = timezone(timedelta(hours=8))
_KEYS_FROM = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)


def make(
    store: Store,
    *,
    hasher: Callable[[str], str],
    publish: Publish,
    clock: Clock,
    customers: int = 300,
    seed: int = 2026,
    role: Role = "outlet",
    printers: dict[str, str] | None = None,
    services: bool = False,
    tell: Report = unreported,
) -> None:
    """Fill a store that has its tables and nothing in them.

    `hasher` makes the stored hash of a password; `publish` writes what headquarters publishes. `printers`: addresses by
    profile (58mm, 80mm). `services`: those of others are simulated beside it, and are asked. At headquarters there is
    stock that no outlet holds yet, to be leased, and the journal is that of its own station.
    """
    today = clock.now().astimezone(_CHINA).date()
    keys = Keys(seed, _KEYS_FROM)
    people = People(seed, keys)
    headquarters = role == "headquarters"
    what = say("Making headquarters' customers") if headquarters else say("Making the outlet's customers")
    tell(what, 0, customers)
    sales = Sales(keys, today, subscriptions(min(customers, WITH_HISTORY)))
    bills = Bills(keys, today, seed)
    with bulk(store) as into:
        published: Published = []
        for part in (
            hall.rows(hasher, printers or {}),
            hall.office(hasher),
            rules.rows(served=services),
            products.rows(),
            handsets.rows(),
            prices.rows(),
            words.rows(),
            articles.rows(),
            providers.rows(),
            rates(),
            numbers.rows(subscriptions(customers)),
        ):
            _insert(into, part, published)
        last = publish(into, published, today.isoformat(), () if headquarters else SCOPES)
    sales.open()
    made = people.make(customers, (today - timedelta(days=DAYS)).isoformat())
    secret = hasher(SUBSCRIBER_PASSWORD)
    with bulk(store) as into:
        _customers(into, list(islice(made, WITH_HISTORY)), keys, secret, (sales, bills))
        bills.close(sales)
        sales.close()
        _insert(into, iter(sales.rows.items()))
        _insert(into, iter(bills.rows.items()))
        _insert(into, papers.rows(sales.count, headquarters=headquarters))
    with without_indexes(store, _MANY if customers > WITH_HISTORY else ()):
        done = WITH_HISTORY
        while chunk := list(islice(made, _CHUNK)):
            with bulk(store) as into:
                _customers(into, chunk, keys, secret, None)
            done += len(chunk)
            tell(what, done, customers)
        tell(say("Making the indexes"), 0, 0)
    with bulk(store) as into:
        _insert(into, stock.rows(people.cards, seed, clock, papers_used=sales.count, headquarters=headquarters))
        _insert(into, _ends(clock, subscriptions(customers), last, headquarters))


def _insert(into: Bulk, part: Part, published: Published | None = None) -> None:
    """Write rows; what headquarters publishes is collected in `published`."""
    for model, rows in part:
        if model.__owner__.part and published is not None:
            published.append((model, list(rows)))
        else:
            into.insert(model, rows)


def _customers(
    into: Bulk, someones: list[Someone], keys: Keys, secret: str, history: tuple[Sales, Bills] | None
) -> None:
    """Write customers and all that is theirs; with `history`, what they bought, used and paid too."""
    rows: Collected = {model: [] for model in _MANY}
    for someone in someones:
        rows[Customer].append(someone.customer)
        rows[CustomerCredit].append(credit(someone.customer))
        for line in someone.lines:
            line.subscription["password_hash"] = secret
            if history:
                history[0].add(line)
                history[1].add(line)
            opened = line.subscription["opened_on"]
            rows[BillingAccount].append(line.account)
            rows[BalanceBucket] += line.buckets.values()
            rows[Subscription].append(line.subscription)
            rows[PhoneNumber].append(line.number)
            rows[SimCard].append(line.card)
            rows[SubscriptionProduct] += [
                {"subscription_id": line.subscription["id"], "product": product, "valid_from": opened}
                for product in line.products
            ]
            rows[ChargeSchedule] += monthly_charges(line, opened, keys)
            if history:
                rows[Agreement] += contracts(line, keys)
                for model, row in providers.had(line, history[0].count, keys):
                    rows[model].append(row)
        points = POINTS * len(someone.lines) if history else 0
        since = someone.lines[0].subscription["opened_on"]
        rows[LoyaltyAccount].append({"customer_id": someone.customer["id"], "points": points, "tenure_from": since})
    _insert(into, iter(rows.items()))


def _ends(clock: Clock, accounts: int, last: int, headquarters: bool) -> Rows:
    """What makes it a store to work on: where its numbering stands, whose it is, and the journal's head.

    `last`: the last item that it has of what headquarters published.
    """
    if headquarters:
        yield Setting, [{"name": "office", "value": OFFICE}]
        yield JournalHead, [{"outlet": OFFICE}]
        return
    yield Sequence, [{"name": "billing_account", "value": accounts}]
    yield (
        Setting,
        [
            {"name": "outlet", "value": OUTLET},
            {"name": "made_at", "value": stamp(clock.now())},
            {"name": "demo", "value": "yes"},
        ],
    )
    yield JournalHead, [{"outlet": OUTLET, "stream_cursor": last}]
