"""What providers sell through us, and who has some of it: mostly ordered by a message (catalogue C7.5, A4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.bulk import Keys
from data.demo.customers import SubscriptionRows
from data.demo.products import ON_SALE_FROM
from data.standard.rows import Rows
from data.tables.base import Table
from data.tables.provider import ProviderService, ProviderSubscription
from data.tables.service import ChargeSchedule

_SERVICES = (  # code, provider, names, fen, rhythm
    ("MUSIC", "SP001", "彩云音乐包", "Cloud music", 1_000, "month"),
    ("MORNING", "SP002", "天气早报", "Weather in the morning", 200, "month"),
    ("READ", "SP003", "掌上阅读包月", "Books by the month", 500, "month"),
    ("STARS", "SP004", "星座运势", "Horoscope", 800, "month"),
    ("GAME", "SP004", "游戏点播", "Games by the piece", 200, "piece"),
)
FEES = {code: fee for code, _, _, _, fee, rhythm in _SERVICES if rhythm == "month"}
_ORDERED = ("STARS", "READ", "MUSIC")
EVERY = 6
"""One of so many postpaid lines has a service that its owner ordered by a message, and may not remember."""


def rows() -> Rows:
    """The services on offer."""
    names = ("code", "partner", "name_zh", "name_en", "fee", "rhythm")
    yield ProviderService, [dict(zip(names, row, strict=True)) for row in _SERVICES]


def had(line: SubscriptionRows, n: int, key: Keys) -> Iterator[tuple[type[Table], dict[str, Any]]]:
    """What line number n has of providers, and what it is charged for that."""
    if n % EVERY or line.subscription["pay_type"] == "prepaid":
        return
    subscription, service = line.subscription["id"], _ORDERED[n // EVERY % len(_ORDERED)]
    since = max(line.subscription["opened_on"], ON_SALE_FROM)
    yield (
        ProviderSubscription,
        {
            "id": key(),
            "subscription_id": subscription,
            "service": service,
            "told_by": "message",
            "since": since,
        },
    )
    yield (
        ChargeSchedule,
        {
            "id": key(),
            "subscription_id": subscription,
            "item": "provider_fee",
            "product": service,
            "amount": FEES[service],
            "starts_on": since,
            "state": "running",
        },
    )
