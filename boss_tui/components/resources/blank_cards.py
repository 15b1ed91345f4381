"""The part of F5 about blank cards 空卡, which are written at the counter with an IMSI that is kept for it.

A blank card has a serial of 16 digits. Once it is written it is a SIM card like any other, of the ICCID and IMSI that
were kept; their key stays where it was kept, so that it stands in no journal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, bindparam, select

from boss_tui.components.base import Component, traced
from boss_tui.components.resources.leases import not_over, sold_at
from data.errors import OutOfStock
from data.message import say
from data.tables.resource import SimCard
from data.tables.stock import BlankCard, ImsiReserve

SERIAL = 16
"""The digits of a blank card's serial; an ICCID has 20 (domain-facts 5)."""

_blank = BlankCard.table()
_kept = ImsiReserve.table()
_NEXT = (
    select(*_kept.c)
    .where(_kept.c.outlet == bindparam("outlet"), _kept.c.state == "free", not_over(_kept.c.lease_id, _kept.c.imsi))
    .order_by(_kept.c.imsi)
    .limit(1)
)


def free_blanks(not_held: Callable[[str, Any], Any]) -> Select[Any]:
    """The blank cards of an outlet that no draft holds. `not_held`: the condition for a kind and its key."""
    return (
        select(*_blank.c)
        .where(_blank.c.outlet == bindparam("outlet"), _blank.c.state == "blank", not_held("blank", _blank.c.serial))
        .where(not_over(_blank.c.lease_id, _blank.c.serial))
        .order_by(_blank.c.kind, _blank.c.serial)
        .limit(bindparam("most"))
    )


class BlankCards(Component):
    """F5: blank cards."""

    code = "F5"

    @traced
    def next_imsi(self) -> ImsiReserve:
        """The next IMSI that is kept here for a blank card. OutOfStock when there is none."""
        found = self.tx.models(ImsiReserve, _NEXT, outlet=self.context.outlet, sold_at=sold_at(self.context))
        if not found:
            raise OutOfStock(say("No IMSI is left for blank cards. Take a card that is paired already."))
        return found[0]

    @traced
    def write(self, serial: str, subscription_id: str) -> SimCard:
        """A blank card is written: from now on it is a SIM card, sold to a subscription."""
        blank, kept = self.tx.one(BlankCard, serial=serial), self.next_imsi()
        self.tx.change(kept, state="used")
        self.tx.change(blank, state="written", iccid=kept.iccid)
        return self.tx.add(
            SimCard,
            iccid=kept.iccid,
            imsi=kept.imsi,
            kind=blank.kind,
            state="sold",
            outlet=self.context.outlet,
            subscription_id=subscription_id,
        )

    def blank(self, serial: str) -> BlankCard:
        """A blank card by its serial."""
        return self.tx.one(BlankCard, serial=serial)

    def card_named(self, typed: str) -> SimCard:
        """The SIM card that an ICCID means, or the serial of a blank one that was written."""
        iccid = self.blank(typed).iccid if len(typed) == SERIAL else typed
        return self.tx.one(SimCard, iccid=iccid)
