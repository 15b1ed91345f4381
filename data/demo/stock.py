"""The stock: numbers, cards and papers that the outlet holds under leases; at headquarters also what nobody holds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from data.card_pins import SETTING
from data.clock import Clock, stamp, wall_date
from data.demo import cards, handsets, numbers, papers, recharge
from data.demo.hall import OUTLET
from data.journal import canonical
from data.standard.rows import Rows
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import BlankCard, Handset, ImsiReserve, RechargeCard
from data.tables.sync import Lease, Setting

SELL_DAYS, GRACE_DAYS = 180, 30


def rows(given_out: dict[str, int], seed: int, clock: Clock, *, papers_used: int, headquarters: bool) -> Rows:
    """Numbers and cards in stock, after the cards of each kind that customers have, and the leases that cover them.

    `papers_used`: how many papers the hall's past sales have.
    """
    chance = random.Random(seed)
    held = [
        numbers.phone_number(number, outlet=OUTLET, lease_id=lease_id("number"))
        for number in numbers.stock(numbers.STOCK_PREFIX, numbers.STOCK)
    ]
    mine = list(cards.stock(given_out, chance, outlet=OUTLET, lease_id=lease_id("sim")))
    blanks = [{**row, "lease_id": lease_id("blank", row["kind"])} for row in cards.blanks(outlet=OUTLET)]
    kept = list(cards.imsis(random.Random(seed + 1), outlet=OUTLET, lease_id=lease_id("imsi")))
    recharge_cards = [
        {**row, "lease_id": lease_id("card", str(row["face_value"]))}
        for row in recharge.rows(seed, wall_date(clock.now()), OUTLET)
    ]
    if headquarters:
        yield PhoneNumber, [numbers.phone_number(n) for n in numbers.stock(numbers.FREE_PREFIX, numbers.STOCK)]
        yield SimCard, list(cards.stock({kind: given_out[kind] + n for kind, n in cards.STOCK.items()}, chance))
        yield from _free(seed, clock)
    else:
        recharge_cards = [{**row, "pin_cipher": ""} for row in recharge_cards]
    yield PhoneNumber, held
    yield SimCard, mine
    yield BlankCard, blanks
    yield ImsiReserve, kept
    yield Setting, [{"name": SETTING, "value": recharge.secret(seed).hex()}]
    yield RechargeCard, recharge_cards
    by_kind = (
        ("number", "", len(held)),
        ("sim", "", len(mine)),
        ("imsi", "", len(kept)),
        *(("blank", of, pieces) for of, pieces in _counted(blanks, "kind")),
        *(("card", of, pieces) for of, pieces in _counted(recharge_cards, "face_value")),
        *(("handset", of, pieces) for of, pieces in _counted(handsets.stock(), "model")),
    )
    yield Lease, list(_leases(by_kind, papers_used, clock))


def lease_id(kind: str, of: str = "") -> str:
    """The key of the lease that the hall's stock of a kind came in."""
    return f"lease-{kind}-{of}" if of else f"lease-{kind}"


def _free(seed: int, clock: Clock) -> Rows:
    """What nobody holds yet, besides numbers and SIM cards: as much as the hall has."""
    yield BlankCard, list(cards.blanks(first=1_000_000))
    yield ImsiReserve, list(cards.imsis(random.Random(seed + 2), first=1_000_000))
    yield Handset, list(handsets.stock(first=100_000))
    yield RechargeCard, list(recharge.rows(seed, wall_date(clock.now()), "", first=recharge.STOCK))


def _counted(rows: Iterable[dict[str, Any]], sort: str) -> list[tuple[str, int]]:
    """How many rows there are, sort by sort."""
    return list(Counter(str(row[sort]) for row in rows).items())


def _leases(by_kind: Iterable[tuple[str, str, int]], papers_used: int, clock: Clock) -> Iterator[dict[str, Any]]:
    """One lease for each kind and sort of scarce thing. `content` is in the shape that headquarters writes."""
    now = clock.now()
    dates = {
        "handed_at": stamp(now),
        "sell_until": stamp(now + timedelta(days=SELL_DAYS)),
        "reclaim_after": stamp(now + timedelta(days=SELL_DAYS + GRACE_DAYS)),
        "state": "running",
        "outlet": OUTLET,
    }
    for kind, of, pieces in by_kind:
        yield {"id": lease_id(kind, of), "kind": kind, "of": of, "content": "{}", "pieces": pieces, **dates}
    for kind, code in papers.CODES.items():
        content: dict[str, Any] = {"range": papers.range_id(kind), "code": code, **papers.span(papers_used)}
        yield {
            "id": lease_id(kind),
            "kind": kind,
            "content": canonical(content),
            "pieces": content["last"] - content["first"] + 1,
            **dates,
        }
