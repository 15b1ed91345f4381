"""Prices (catalogue F6, M6): charge items, price rules, discounts, tax by date."""

from typing import ClassVar

from data.tables.base import Table, fen, headquarters, integer, options, ref, revision, state, text


class ChargeItem(Table, table=True):
    """What can be charged. fee_kind: 0 fee, 1 deposit, 2 prepayment (domain-facts 8). `ledger_account` is credited."""

    __owner__ = headquarters("tariffs")
    __component__ = "F6"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("fee_kind", "ledger_account")
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    fee_kind: int = integer(0)
    ledger_account: str = ref("ledger_account.code", index=False)
    tax_category: str = text("none")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class TaxRate(Table, table=True):
    """A tax category's rate in hundredths of a percent from a business date on (13 % is 1300)."""

    __owner__ = headquarters("tariffs")
    __component__ = "F6"
    __table_args__ = options()
    category: str = text(key=True)
    valid_from: str = text(key=True)
    rate: int = integer()
    revision: int = revision()


class PriceRule(Table, table=True):
    """A price: for a charge item, in a business, of a product, category, outlet, region and time; empty means any.

    The most specific rule wins (the greatest `rank`). `percent` under 100 is a discount on the amount, told by name.
    `weekdays`: digits, 1 is Monday. `from_time`, `to_time`: HH:MM on the hall's wall, the last minute not in it.
    """

    __owner__ = headquarters("tariffs")
    __component__ = "F6"
    __refers__: ClassVar = {
        "product": ("product", "handset_bundle"),
        "category": ("category",),
        "outlet": ("outlet",),
    }
    __table_args__ = options()
    id: str = text(key=True)
    item: str = ref("charge_item.code", index=False)
    business: str = text(index=True)
    product: str = text("")
    category: str = text("")
    outlet: str = text("")
    region: str = text("")
    valid_from: str = text("")
    valid_to: str = text("")
    weekdays: str = text("")
    from_time: str = text("")
    to_time: str = text("")
    amount: int = fen()
    percent: int = integer(100)
    monthly: int = integer(0)
    name_zh: str = text("")
    name_en: str = text("")
    rank: int = integer(0)
    state: str = state("state", "draft", "published", "withdrawn", default="published")
    revision: int = revision()
