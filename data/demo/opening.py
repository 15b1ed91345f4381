"""One opening of the demonstration: its price, its taxes, the acts that the network did for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from msgspec import Struct

from data.clock import stamp
from data.demo import prices
from data.demo.customers import SubscriptionRows
from data.demo.products import CONTAINED

_CHINA = timezone(timedelta(hours=8))


_MANUAL = {"VMAIL", "RBT"}


_COMMANDS = {"CLIP": "clip", "CW": "waiting", "CLIR": "clir"}


class PastSale(Struct, frozen=True):
    """One opening: when, where, by whom."""

    line: SubscriptionRows
    day: date
    at: str
    till: str
    operator: str
    order_id: str
    serial: str
    lines: tuple[prices.Charge, ...]

    @property
    def now(self) -> tuple[prices.Charge, ...]:
        """What was paid at once."""
        return tuple(line for line in self.lines if not line.monthly)

    @property
    def due(self) -> int:
        """Fen that were due."""
        return sum(line.amount for line in self.now)


def taxes_of(lines: list[prices.Charge]) -> dict[int, tuple[int, int]]:
    """Gross fen and tax of each rate."""
    told: dict[int, tuple[int, int]] = {}
    for priced in lines:
        if priced.tax_rate and priced.amount:
            amount, tax = told.get(priced.tax_rate, (0, 0))
            told[priced.tax_rate] = amount + priced.amount, tax + priced.tax
    return told


def network_acts(line: SubscriptionRows) -> list[tuple[str, dict[str, str]]]:
    """What the network was asked for a line, as the desk asks for it."""
    msisdn, plan = line.number["number"], line.products[0]
    created = {
        "imsi": line.card["imsi"],
        "msisdn": msisdn,
        "profile": "2" if line.account["pay_type"] == "prepaid" else "1",
        "access": "both",
        "data": "on" if "DATA" in line.products else "off",
        "long_distance": "domestic",
        "roaming": line.subscription["roaming"],
    }
    inside = set(line.products) | set(CONTAINED[plan])
    services = sorted(_COMMANDS[code] for code in inside & set(_COMMANDS))
    return [
        ("create_subscriber", created),
        *(("set_supplementary", {"msisdn": msisdn, "service": service, "on": "on"}) for service in services),
        *(("manual", {"product": code, "msisdn": msisdn}) for code in sorted(inside & _MANUAL)),
    ]


def moment(day: date, hour: int, minute: int) -> str:
    """A moment of a day in China, as stored."""
    return stamp(datetime(day.year, day.month, day.day, hour, minute, tzinfo=_CHINA))
