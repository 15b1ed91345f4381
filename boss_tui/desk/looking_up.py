"""Looking up: whatever is looked for, an order with its papers, a customer at a glance, what businesses there are.

What of a customer's is opened is on record. How each is found is said in `order_view`, `hits` and `order_search`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from boss_tui.answers.business import OrderView, PaperView
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.invoices import invoice_requests
from boss_tui.components.till.business_days import today
from boss_tui.desk import order_view, shown
from boss_tui.desk.cancelling import why_not
from boss_tui.desk.customer_card import CustomerCard, customer
from boss_tui.desk.seat import Seat
from data.errors import NotFound
from data.message import Message, say
from data.tables.order import ProductOrder

if TYPE_CHECKING:
    from boss_tui.desk.act_view import ActView
    from boss_tui.management.m19.times import ProcessStanding, Step
    from boss_tui.matrix import Cell


class LookingUp:
    """The part of the desk that looks things up."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def customer(self, customer_id: str) -> CustomerCard:
        """Any customer at a glance, who does not come into view by it; that they were opened is on record."""
        with self._seat.reading() as reading:
            card = customer(reading, customer_id, self._seat.today(reading))
        self._seat.opened("look.customer", customer_id)
        return card

    def order(self, serial: str) -> OrderView:
        """Where an order stands, and why it can't be cancelled if so; that it was opened is on record. NotFound."""
        outlet = self._seat.station.outlet
        with self._seat.reading() as reading:
            row = reading.one(ProductOrder, serial=serial)
            day = today(reading, outlet)
            refusal = why_not(reading, row, outlet, self._seat.operator, day.business_date if day else "")
            view = replace(
                order_view.order(reading, row),
                stays=refusal or Message(""),
                shown=shown.of_order(row),
                undrawable=invoice_requests.why_not(reading, row, outlet),
                buyer=order_view.buyer_of(reading, row),
            )
        self._seat.opened("look.order", serial)
        return view

    def orders(self, text: str, *, under_way: bool = False) -> list[OrderView]:
        """The latest orders that fit a text: a serial or its end, a number or its last digits, a name. Empty: the
        latest of all. under_way: only those that the network is not done with."""
        with self._seat.reading() as reading:
            return order_view.orders(reading, self._seat.station.outlet, text, under_way=under_way)

    def papers(self, serial: str) -> list[PaperView]:
        """The documents of an order; that they were opened is on record."""
        with self._seat.reading() as reading:
            found = order_view.papers(reading, serial)
        self._seat.opened("look.papers", serial)
        return found

    def act(self, serial: str) -> ActView:
        """An act of management by its serial. NotFound."""
        from boss_tui.desk.act_view import act_view

        with self._seat.reading() as reading:
            return act_view(reading, serial)

    def standings(self, business: str = "") -> list[ProcessStanding]:
        """Where the orders of each process stand; `business`: of that one. NotFound: the catalogue has none such."""
        from boss_tui.management.m19.times import standings

        _must_be_there([business] if business else [])
        with self._seat.reading() as reading:
            return standings(reading, business)

    def at_step(self, business: str, act: str) -> list[Step]:
        """The orders of a business at a step: what is over its limit first."""
        from boss_tui.management.m19.times import at_step

        with self._seat.reading() as reading:
            return at_step(reading, business, act)

    def matrix(self, code: str) -> list[Cell]:
        """The 20 cells of a business."""
        return self.matrix_of([code])[code]

    def matrix_of(self, codes: Iterable[str]) -> dict[str, list[Cell]]:
        """The 20 cells of each business, as far as this store knows of its runs. NotFound."""
        from boss_tui.matrix import row

        wanted = list(codes)
        _must_be_there(wanted)
        with self._seat.store.reading() as reading:
            return {code: row(reading, code) for code in wanted}


def _must_be_there(codes: Iterable[str]) -> None:
    for code in codes:
        if code not in BUSINESS_NAMES:
            raise NotFound(say("There is no business {code} in the catalogue.", code=code))
