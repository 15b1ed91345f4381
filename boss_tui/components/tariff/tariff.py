"""F6 tariff and discount 资费优惠: in: business, product, customer, outlet, time; out: the price, line by line.

Prices are rows (`PriceRule`) that a manager publishes (M6). For each charge item one rule wins (`price_rules`); where
it asks less than the list price, by a percent or an amount of its own, the line names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from boss_tui.answers.business import Quote, QuoteLine
from boss_tui.components.base import Component, traced
from boss_tui.components.tariff.price_rules import Sale, Tried, tried, winners, with_list_prices
from boss_tui.forms.typed import yuan
from data.clock import wall_time
from data.message import Message, both, say
from data.store import Reading
from data.tables.organisation import Outlet
from data.tables.product import Product
from data.tables.resource import NumberGrade
from data.tables.tariff import ChargeItem, PriceRule, TaxRate

NUMBER_FEE = "number_fee"
PREPAYMENT = "prepayment"
DEPOSIT = "deposit"
OPENING = "C1"


class PriceQuery(Struct, frozen=True):
    """What a price is asked for.

    Attributes:
        products: the codes of plan and services.
        category: the customer's category.
        grade: the chosen number's grade, which may have a fee.
        extra_prepayment: fen that the customer pays in beyond what is needed.
        deposit: fen of deposit that credit asks for.
    """

    products: tuple[str, ...]
    category: str
    grade: NumberGrade | None = None
    extra_prepayment: int = 0
    deposit: int = 0


class Tariff(Component):
    """F6: the price of a business."""

    code = "F6"

    @traced
    def price(self, asked: PriceQuery) -> Quote:
        """The quote: what published rules say, the number's fee, the deposit, the prepayment (catalogue C1-F6)."""
        lines = [*self._counting(self._sale(asked.products, asked.category))]
        if asked.grade and asked.grade.fee:
            lines.append(self._plain(NUMBER_FEE, asked.grade.fee))
        if asked.deposit:
            lines.append(self._plain(DEPOSIT, asked.deposit))
        if asked.extra_prepayment:
            lines.append(self.line(PREPAYMENT, asked.extra_prepayment, label=say("Extra prepaid")))
        return Quote(tuple(lines), _terms(asked.grade))

    @traced
    def tried(self, sale: Sale) -> list[Tried]:
        """Every rule of a business, with why it counts in a sale or does not (catalogue M6)."""
        return tried(self.tx.all(PriceRule, business=sale.business), sale)

    @traced
    def monthly(self, products: Iterable[str], category: str) -> tuple[QuoteLine, ...]:
        """What these products are charged each month: what an opening with them says today (catalogue C1-F6)."""
        return self._counting(self._sale(tuple(products), category, OPENING), monthly=1)

    @traced
    def line(self, item: str, amount: int, **more: Any) -> QuoteLine:
        """A line of so many fen that is not in the price rules: a bill, a penalty, what is given back.

        `more`: other columns of the line, such as `bucket_id` or a `label` of its own.
        """
        return self._plain(item, amount, **more)

    def rest(self, amount: int, bucket_id: str = "") -> QuoteLine:
        """The line of so many fen of the change that stay in the customer's balance."""
        return self.line("prepayment", amount, label=say("Rest of the change, kept"), bucket_id=bucket_id)

    @traced
    def rate(self, item: str, category: str = "", business: str = "", product: str = "") -> int:
        """The amount that the winning rule names for an item that is charged by it; 0 for none. `business`: whose rule
        it is, if not this one's. `product`: what it is for."""
        business = business or self.context.business
        rules = self.tx.all(PriceRule, business=business, item=item, state="published")
        sale = self._sale((product,) if product else (), category, business)
        return next((rule.amount * rule.percent // 100 for rule in winners(rules, sale)), 0)

    def _sale(self, products: tuple[str, ...], category: str, business: str = "") -> Sale:
        """What is priced here and now; of what is entered later, when it was written."""
        context = self.context
        time = context.slip.written_at if context.slip else wall_time(self.tx.present())
        region = self.tx.worked_out(("region", context.outlet), lambda: region_of(self.tx, context.outlet))
        return Sale(business or context.business, products, category, context.outlet, context.priced_on, time, region)

    def _counting(self, sale: Sale, **of: Any) -> tuple[QuoteLine, ...]:
        """The lines of the rules that count in a sale. `of`: columns of the rules that are asked for."""

        def lines() -> tuple[QuoteLine, ...]:
            rules = self.tx.all(PriceRule, business=sale.business, state="published", **of)
            return tuple(self._line(rule, listed) for rule, listed in with_list_prices(rules, sale))

        return self.tx.worked_out(("priced", sale, *of.items()), lines)  # a step asks several times for the same

    def _line(self, rule: PriceRule, listed: PriceRule) -> QuoteLine:
        amount = rule.amount * rule.percent // 100
        list_amount = max(rule.amount, listed.amount)
        discount = both(rule.name_zh, rule.name_en) if rule.percent != 100 or amount < list_amount else Message("")
        line = self._plain(
            rule.item,
            amount,
            list_amount=list_amount,
            monthly=bool(rule.monthly),
            discount=discount,
            resource=rule.product,
        )
        if rule.monthly and rule.product:
            return replace(line, label=say("{product}: {item}", product=self._product(rule.product), item=line.label))
        return line

    def _product(self, code: str) -> Message:
        """What a product is called: of several lines for services each says for which it is."""
        product = self.tx.one(Product, code=code)
        return both(product.name_zh, product.name_en)

    def _plain(self, item_code: str, amount: int, **more: Any) -> QuoteLine:
        item = self.tx.one(ChargeItem, code=item_code)
        columns: dict[str, Any] = {
            "label": both(item.name_zh, item.name_en),
            "list_amount": amount,
            "tax_rate": self.tax_rate(item.tax_category),
            **more,
        }
        return QuoteLine(item.code, kind=item.fee_kind, amount=amount, **columns)

    def tax_rate(self, category: str) -> int:
        """A tax category's rate on the business date, in hundredths of a percent; 0 when it has none."""
        return tax_rate_on(self.tx, category, self.context.priced_on)


def region_of(reading: Reading, outlet: str) -> str:
    """The region that an outlet is in, as its row stands; empty: in none, or there is no such outlet."""
    found = reading.find(Outlet, code=outlet) if outlet else None
    return found.region if found is not None else ""


def tax_rate_on(reading: Reading, category: str, day: str) -> int:
    """A tax category's rate on a business date, in hundredths of a percent; 0 when it has none."""
    rates = [rate for rate in reading.all(TaxRate, category=category) if rate.valid_from <= day]
    return max(rates, key=lambda rate: rate.valid_from).rate if rates else 0


def _terms(grade: NumberGrade | None) -> tuple[Message, ...]:
    """What a beautiful number binds to (catalogue C1-F5)."""
    if grade is None or not grade.minimum_spend:
        return ()
    spend = yuan(grade.minimum_spend)
    if not grade.contract_months:
        return (say("This number has a minimum spend of {yuan} yuan a month.", yuan=spend),)
    return (
        say(
            "This number has a minimum spend of {yuan} yuan a month, for {months} {months:month|months}.",
            yuan=spend,
            months=grade.contract_months,
        ),
    )
