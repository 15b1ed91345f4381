"""F5 product resources 产品资源, recharge cards 充值卡: runs of serials, the card of a PIN, what state each is in.

States: idle, sold, used; void (scrapped), locked (damaged or given back: not sold again here), expired. Each change is
noted with the order that made it, so that a reversal puts back what that order changed, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from boss_tui.components.base import Component, Piece, traced
from boss_tui.components.history import note
from boss_tui.components.resources.leases import must_not_be_over, not_over, sold_at
from data.errors import Conflict, NotAllowed, NotFound
from data.message import say
from data.parameters import CARD_EXCHANGE_AFTER, CARD_EXCHANGE_BEFORE
from data.states import state_name
from data.tables.life import ValueChange
from data.tables.stock import RechargeCard

PROOF = "proof"
"""The field of `ValueChange` that notes what proves a card's PIN to headquarters (`data.card_pins`)."""
MOST = 500
"""Cards of one sale at most."""
"""A card is exchanged from so many days before its last day, until so many after it (domain-facts 9)."""

_c = RechargeCard.table()
_RUN = select(*_c.c).where(_c.c.serial >= bindparam("first"), _c.c.serial <= bindparam("last")).order_by(_c.c.serial)
_IDLE = (
    _c.c.outlet == bindparam("outlet"),
    _c.c.state == "idle",
    _c.c.valid_to >= bindparam("today"),
    not_over(_c.c.lease_id, _c.c.serial),
)
_NEXT = (
    select(_c.c.face_value, func.min(_c.c.serial), func.count())
    .where(*_IDLE)
    .group_by(_c.c.face_value)
    .order_by(_c.c.face_value)
)


def last_of(first: str, count: int) -> str:
    """The serial that ends a run of so many."""
    return f"{int(first) + count - 1:0{len(first)}d}"


class RechargeCards(Component):
    """F5: the outlet's recharge cards."""

    code = "F5"

    @traced
    def run_of(self, first: str, count: int) -> list[RechargeCard]:
        """The cards of an unbroken run that may be sold: idle, of this outlet, one face value, not expired.

        NotAllowed names the first card that may not; beside `count` where fewer of them would do.
        """
        cards = self.tx.models(RechargeCard, _RUN, first=first, last=last_of(first, count))
        mine = [card for card in cards if card.outlet == self.context.outlet and len(card.serial) == len(first)]
        if not mine or mine[0].serial != first:
            raise NotAllowed(say("This card is not in this outlet's stock. F4 shows what is."))
        for place, card in enumerate(mine):
            wanted = last_of(first, place + 1)
            if card.serial != wanted:
                raise NotAllowed(say("The run is broken: {serial} is not in stock here.", serial=wanted), field="count")
            self._must_be_for_sale(card, mine[0].face_value)
        if len(mine) < count:
            after = last_of(first, len(mine) + 1)
            raise NotAllowed(say("The run is broken: {serial} is not in stock here.", serial=after), field="count")
        return mine

    def _must_be_for_sale(self, card: RechargeCard, face_value: int) -> None:
        if card.state != "idle":
            state = state_name(card.state)
            raise Conflict(say("Card {serial} is {state}.", serial=card.serial, state=state))
        if card.face_value != face_value:
            raise NotAllowed(say("Card {serial} has another face value.", serial=card.serial), field="count")
        if card.valid_to < self.context.business_date:
            raise NotAllowed(say("Card {serial} expired on {day}.", serial=card.serial, day=card.valid_to))
        must_not_be_over(self.tx, card.lease_id, card.serial, sold_at(self.context))

    @traced
    def of_pin(self, check: str) -> RechargeCard:
        """The card of a typed PIN, by its keyed hash. NotFound."""
        found = self.tx.all(RechargeCard, pin_check=check)
        if not found:
            raise NotFound(say("No card has this PIN here. Type it once more."))
        return found[0]

    @traced
    def card(self, serial: str) -> RechargeCard:
        """A card by its serial. NotFound."""
        card = self.tx.find(RechargeCard, serial=serial)
        if card is None:
            raise NotFound(say("There is no card with this serial here."))
        return card

    def must_be_sold(self, card: RechargeCard) -> None:
        """A card that is redeemed, exchanged or given back was sold, and not used. NotAllowed says what it is."""
        if card.state != "sold":
            state = state_name(card.state)
            raise NotAllowed(say("Card {serial} is {state}.", serial=card.serial, state=state))

    def must_be_valid(self, card: RechargeCard) -> None:
        """A card that is redeemed has not expired."""
        if card.valid_to < self.context.business_date:
            raise NotAllowed(say("Card {serial} expired on {day}.", serial=card.serial, day=card.valid_to))

    def must_be_near_its_end(self, card: RechargeCard) -> None:
        """A card is exchanged around its last day only (domain-facts 9)."""
        end, today = date.fromisoformat(card.valid_to), self.context.today
        before, after = CARD_EXCHANGE_BEFORE.of(self.tx), CARD_EXCHANGE_AFTER.of(self.tx)
        if not end - timedelta(days=before) <= today <= end + timedelta(days=after):
            said = say(
                "A card is exchanged from {before} {before:day|days} before its last day, {day}, until {after} "
                "{after:day|days} after it.",
                before=before,
                day=card.valid_to,
                after=after,
            )
            raise NotAllowed(said)

    @traced
    def sell(self, cards: Iterable[RechargeCard]) -> None:
        """The cards are the buyer's, whoever that is."""
        for card in cards:
            self.context.sold.append(Piece("card", str(card.face_value)))
            self._change(card, state="sold", sold_order=self.context.order_id)

    @traced
    def use(self, card: RechargeCard, proof: str) -> None:
        """The card's value is a customer's balance now. `proof`: of its PIN; empty: that could not be read."""
        note(self.context, card.serial, {}, {PROOF: proof})
        self._change(card, state="used", used_order=self.context.order_id)

    @traced
    def put_aside(self, cards: Iterable[RechargeCard], state: str, reason: str) -> None:
        """Take cards out of sale for good: void, or locked (damaged, given back)."""
        for card in cards:
            if card.state == "sold":  # its buyer brings it back
                self.context.sold.append(Piece("card", str(card.face_value), -1))
            self._change(card, state=state, reason=reason)

    @traced
    def restore(self, order_id: str) -> list[RechargeCard]:
        """Put back what an order changed. NotAllowed when something else was done with a card since."""
        changes = self.tx.all(ValueChange, order_id=order_id, field="state", order=("subject",))
        return [self._restored(change) for change in changes if self.tx.find(RechargeCard, serial=change.subject)]

    def _restored(self, change: ValueChange) -> RechargeCard:
        card = self.tx.one(RechargeCard, serial=change.subject)
        if card.state != change.after:
            state = state_name(card.state)
            raise NotAllowed(say("Card {serial} is {state} by now: this stays.", serial=card.serial, state=state))
        orders: dict[str, Any] = {"used_order": None}
        if change.before in {"idle", "locked"}:
            orders["sold_order"] = None
        return self._change(card, state=change.before, reason="", **orders)

    def used_by(self, order_id: str) -> RechargeCard:
        """The card that an order redeemed."""
        return self.tx.one(RechargeCard, used_order=order_id)

    @traced
    def for_sale(self) -> list[tuple[int, str, int]]:
        """What may be sold here: face value in fen, first serial, how many there are."""
        found = self.tx.rows(
            _NEXT, outlet=self.context.outlet, today=self.context.business_date, sold_at=sold_at(self.context)
        )
        return [(int(value), str(serial), int(count)) for value, serial, count in found]

    def _change(self, card: RechargeCard, **values: Any) -> RechargeCard:
        note(self.context, card.serial, card.__dict__, {"state": values["state"]})
        return self.tx.change(card, **values)
