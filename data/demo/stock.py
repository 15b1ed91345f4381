"""The stock: numbers, cards and papers that the outlet holds under leases; at headquarters also what nobody holds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from data.card_pins import SETTING
from data.clock import Clock, stamp
from data.demo import cards, numbers, papers, recharge
from data.demo.hall import OUTLET, Rows
from data.journal import canonical
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import BlankCard, ImsiReserve, RechargeCard
from data.tables.sync import Lease, Setting

SELL_DAYS, GRACE_DAYS = 180, 30


def rows(given_out: dict[str, int], seed: int, clock: Clock, *, headquarters: bool) -> Rows:
    """Numbers and cards in stock, after the cards of each kind that customers have, and the leases that cover them."""
    chance = random.Random(seed)
    held = numbers.stock(numbers.STOCK_PREFIX, numbers.STOCK)
    mine = list(cards.stock(given_out, chance, outlet=OUTLET, lease_id="lease-sim"))
    yield PhoneNumber, [numbers.phone_number(number, outlet=OUTLET, lease_id="lease-number") for number in held]
    yield SimCard, mine
    yield BlankCard, list(cards.blanks(outlet=OUTLET))
    yield ImsiReserve, list(cards.kept(random.Random(seed + 1), outlet=OUTLET))
    yield Setting, [{"name": SETTING, "value": recharge.secret(seed).hex()}]
    yield RechargeCard, list(recharge.rows(seed, clock.now().date(), OUTLET))
    yield Lease, list(_leases(held, [card["iccid"] for card in mine], clock))
    if headquarters:
        free = numbers.stock(numbers.FREE_PREFIX, numbers.STOCK)
        yield PhoneNumber, [numbers.phone_number(number) for number in free]
        yield SimCard, list(cards.stock({kind: given_out[kind] + n for kind, n in cards.STOCK.items()}, chance))


def _leases(held: list[str], iccids: list[str], clock: Clock) -> Iterator[dict[str, Any]]:
    """One lease for each kind of scarce thing. `content` is in the shape that headquarters writes."""
    now = clock.now()
    dates = {
        "handed_at": stamp(now), "sell_until": stamp(now + timedelta(days=SELL_DAYS)),
        "reclaim_after": stamp(now + timedelta(days=SELL_DAYS + GRACE_DAYS)), "state": "running", "outlet": OUTLET,
    }  # fmt: skip
    contents: dict[str, tuple[dict[str, Any], int]] = {
        "number": ({"numbers": held}, len(held)), "sim": ({"iccids": iccids}, len(iccids)),
    }  # fmt: skip
    for kind, code in papers.CODES.items():
        last = papers.FIRST + papers.PIECES - 1
        span = {"range": papers.range_id(kind), "code": code, "first": papers.FIRST, "last": last}
        contents[kind] = (span, papers.PIECES)
    for kind, (content, pieces) in contents.items():
        yield {"id": f"lease-{kind}", "kind": kind, "content": canonical(content), "pieces": pieces, **dates}
