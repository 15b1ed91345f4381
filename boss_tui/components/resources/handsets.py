"""F5 product resources 产品资源, handsets 机身: units by IMEI, bundles with a contract, what comes back.

States: in_stock, sold, returned (not to be sold as new), faulty, scrapped. A unit in stock is reserved and sold by
`resources`; here is what is particular to handsets. The windows are those of the warranty rules (三包, set in M5).
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import bindparam, select

from boss_tui.components.base import Component, Piece, traced, valid_on
from boss_tui.components.history import note
from boss_tui.components.resources.leases import not_over, sold_at
from data.errors import NotAllowed, NotFound
from data.message import both, say
from data.states import state_name
from data.tables.finance import Posting, PostingLine
from data.tables.life import Agreement, ValueChange
from data.tables.stock import Handset, HandsetBundle

"""Days after the sale until which a unit is taken back, or exchanged for the same model."""
ITEM = "handset"

_p = Handset.table()
_STOCK = (
    select(*_p.c)
    .where(_p.c.outlet == bindparam("outlet"), _p.c.state == "in_stock", not_over(_p.c.lease_id, _p.c.imei))
    .order_by(_p.c.model, _p.c.imei)
    .limit(bindparam("most"))
)


class Handsets(Component):
    """F5: handsets."""

    code = "F5"

    @traced
    def in_stock(self, limit: int = 30) -> list[Handset]:
        """Units that may be sold here, model by model."""
        return self.tx.models(Handset, _STOCK, outlet=self.context.outlet, most=limit, sold_at=sold_at(self.context))

    @traced
    def unit(self, imei: str) -> Handset:
        """A unit by its IMEI. NotFound."""
        unit = self.tx.find(Handset, imei=imei)
        if unit is None:
            raise NotFound(say("There is no handset with this IMEI here."))
        return unit

    @traced
    def bundles(self, model: str) -> list[HandsetBundle]:
        """The contracts that a model is sold with today."""
        rows = self.tx.all(HandsetBundle, order=("code",))
        return [row for row in rows if row.model == model and valid_on(row, self.context.priced_on)]

    def bundle(self, code: str, model: str, plan: str) -> HandsetBundle:
        """A contract for this model and plan, or whatever plan while none is known. NotAllowed says why it is none."""
        found = next((row for row in self.bundles(model) if row.code == code), None)
        if found is None:
            raise NotAllowed(say("This handset is not sold with {code}. F4 shows its contracts.", code=code))
        if found.plans and plan and plan not in found.plans.split(","):
            name = both(found.name_zh, found.name_en)
            raise NotAllowed(say("{bundle} is for the plans {plans} only.", bundle=name, plans=found.plans))
        return found

    def contract(self, code: str) -> HandsetBundle:
        """A contract that somebody has, whether it is still sold or not."""
        return self.tx.one(HandsetBundle, code=code)

    @traced
    def must_be_within(self, unit: Handset, days: int) -> None:
        """A unit comes back within so many days of its sale. NotAllowed when it is too late, or was never sold."""
        if unit.state != "sold":
            raise NotAllowed(say("This handset is {state}.", state=state_name(unit.state)))
        last = date.fromisoformat(unit.sold_on) + timedelta(days=days)
        if self.context.today > last:
            raise NotAllowed(
                say(
                    "It was sold on {day}: the {days} {days:day for this is|days for this are} over.",
                    day=unit.sold_on,
                    days=days,
                )
            )

    @traced
    def paid_for(self, unit: Handset) -> int:
        """Fen that were paid for a unit itself, tax included; of one given in exchange, what the first one cost."""
        postings = self.tx.all(Posting, order_id=self.sale_of(unit))
        lines = [line for posting in postings for line in self.tx.all(PostingLine, posting_id=posting.id, item=ITEM)]
        return -sum(line.amount for line in lines)

    def sale_of(self, unit: Handset) -> str:
        """The order that a unit was sold by; of one given in exchange, that of the first one."""
        came = self.tx.all(ValueChange, order_id=unit.sold_order, field="state")
        return self.sale_of(self.tx.one(Handset, imei=came[0].subject)) if came else str(unit.sold_order)

    @traced
    def hand_over(self, unit: Handset, customer_id: str | None, sold_on: str = "") -> Handset:
        """A unit that `Resources.sell` sold is this customer's. `sold_on`: of the unit that it replaces, whose warranty
        goes on."""
        return self.tx.change(
            unit,
            sold_order=self.context.order_id,
            customer_id=customer_id,
            sold_on=sold_on or self.context.business_date,
        )

    @traced
    def come_back(self, unit: Handset, state: str) -> Handset:
        """A sold unit is with us again: `returned`, or `faulty`."""
        note(self.context, unit.imei, {"state": unit.state}, {"state": state})
        self.context.sold.append(Piece("goods", unit.model, -1))
        return self.tx.change(unit, state=state)

    @traced
    def reverse_sale(self, order_id: str) -> list[Handset]:
        """What an order sold is in stock again, what it took back is sold. NotAllowed when that changed since."""
        return [self._unsold(unit) for unit in self.tx.all(Handset, sold_order=order_id)]

    def reverse_return(self, unit: Handset) -> Handset:
        """A unit that an order took back is the customer's again."""
        if unit.state not in {"returned", "faulty"}:
            raise NotAllowed(say("This handset is {state}.", state=state_name(unit.state)))
        note(self.context, unit.imei, {"state": unit.state}, {"state": "sold"})
        return self.tx.change(unit, state="sold")

    def _unsold(self, unit: Handset) -> Handset:
        if unit.state != "sold":
            raise NotAllowed(say("This handset is {state}.", state=state_name(unit.state)))
        return self.tx.change(
            unit, state="in_stock", sold_order=None, sold_on="", customer_id=None, subscription_id=None
        )

    def early_end(self, agreement: Agreement, retail: int, left: int) -> int:
        """What ending a contract early costs, in fen: the difference to the retail price, and a part of what is left of
        the prepayment (domain-facts 9). For C5, C8 and C9."""
        bundle = self.tx.one(HandsetBundle, code=agreement.product)
        return max(retail - bundle.price, 0) + left * agreement.penalty_percent // 100
